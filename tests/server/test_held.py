"""Held number series (varatut sarjat) on the server: who takes them, whose numbers are taken, what is kept of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from click.testing import Result
from sqlalchemy import select
from typer.testing import CliRunner

from tests.fakes.clock import FakeClock
from tests.fakes.decisions import KIND, deciding_domain, series_of
from tests.server.http import Served, code_of, served
from tests.server.office import NOW, Office, founded
from workbench.errors import NotAllowed, UserError
from workbench.ids import new_id
from workbench.server import held
from workbench.server.cli import main as server_cli
from workbench.server.database import Database
from workbench.server.held import Held
from workbench.server.place import Place, opened
from workbench.server.principal import ADMINISTRATION, Principal
from workbench.server.push import push
from workbench.server.schema import audit
from workbench.server.trail import verify
from workbench.sync.wire import Group

DOMAIN = deciding_domain()
BOARD = series_of("hallitus")
ONE, TWO = Principal("person-registrar", "client-one"), Principal("person-both", "client-two")
ADMIN = Principal("person-admin", "client-admin")


@pytest.fixture
def server(database: Database, tmp_path: Path) -> Iterator[Office]:
    with database.writing() as connection:
        DOMAIN.kinds.table(KIND).create(connection)
    with founded(database, tmp_path) as made:
        yield made


def take(server: Office, who: Principal = ONE, series: str = BOARD) -> held.Grant:
    return held.take(server.database, DOMAIN, who, NOW, series)


def break_hold(server: Office, who: Principal = ADMIN) -> held.Grant:
    return held.break_hold(server.database, DOMAIN, who, NOW, BOARD)


def decision(who: Principal, title: str, number: int | None = None, generation: int = 1) -> Group:
    row_id, group_id = new_id(), new_id()
    patch = {"municipality": "924", "body": "hallitus", "title": title}
    op = {"op_id": new_id(), "type": "create", "kind": KIND, "id": row_id}
    group: dict[str, Any] = {
        "group_id": group_id,
        "command": f"{KIND}.decide",
        "args": {"body": "hallitus", "title": title},
        "at": "2026-11-24T09:00:00.000000Z",
        "actor": who.person_id,
        "municipality": "924",
        "about": [KIND, row_id],
        "ops": [op | {"patch": patch | ({"number": number} if number else {})}],
    }
    if number:
        group["held"] = {BOARD: {"generation": generation, "numbers": [number]}}
    return group  # type: ignore[return-value]


def send(server: Office, who: Principal, *groups: Group) -> list[str]:
    """What became of each, in a word; the numbers asked are looked at by :func:`numbers`."""
    results = push(server.database, DOMAIN, who, groups, NOW)["results"]
    return [r.get("why") or r["status"] for r in results]


def numbers(server: Office) -> dict[str, int]:
    table = DOMAIN.kinds.table(KIND)
    with server.database.reading() as connection:
        assert list(verify(connection)) == []
        return {r.title: r.number for r in connection.execute(select(table.c.title, table.c.number))}


def deeds(server: Office) -> list[tuple[str, str, str, str]]:
    c = audit.c
    query = select(c.command, c.actor_id, c.chain, c.row_id).where(c.kind == "series").order_by(c.n)
    with server.database.reading() as connection:
        return [tuple(row) for row in connection.execute(query)]


def test_a_series_is_one_workstations_until_it_is_given_back(server: Office) -> None:
    first = take(server)
    assert (first.generation, first.next, first.mine, first.municipality) == (1, 1, True, "924")
    assert take(server) == first, "the same workstation again"
    for other in (TWO, Principal(ONE.person_id, "another-client")):
        with pytest.raises(Held, match=r"Registrar Testinen, 24\.11\.2026 klo 12\.00 alkaen"):
            take(server, other)
    assert send(server, ONE, decision(ONE, "P1", 1)) == ["applied"]
    with pytest.raises(Held, match="viimeksi annettu on 2"):
        held.give_back(server.database, DOMAIN, ONE, NOW, BOARD, 2)
    assert not held.give_back(server.database, DOMAIN, TWO, NOW, BOARD, 0).mine
    assert [g.generation for g in held.held_by(server.database, ONE)] == [1], "another gives nothing back"
    for _twice in range(2):
        assert held.give_back(server.database, DOMAIN, ONE, NOW, BOARD, 1).holder == ""
    again = take(server, TWO)
    assert (again.generation, again.next) == (2, 2)
    assert deeds(server) == [
        ("series.hold", "person-registrar", "924", BOARD),
        ("series.give_back", "person-registrar", "924", BOARD),
        ("series.hold", "person-both", "924", BOARD),
    ]
    assert numbers(server) == {"P1": 1}


def test_only_the_holders_numbers_are_taken_and_only_in_order(server: Office) -> None:
    take(server)
    assert send(server, TWO, decision(TWO, "vieras", 1), decision(TWO, "ilman")) == ["number", "number"]
    assert send(server, ONE, decision(ONE, "ilman")) == ["number"], "her workstation gives them, nobody else"
    second, first = decision(ONE, "P2", 2), decision(ONE, "P1", 1)
    assert send(server, ONE, second) == ["blocked"]
    assert send(server, ONE, first, second) == ["applied", "applied"]
    assert send(server, ONE, second) == ["applied"], "sent again it is answered alike"
    assert send(server, ONE, decision(ONE, "toinen P2", 2)) == ["number"], "as from a copied profile"
    assert send(server, ONE, decision(ONE, "P3", 3)) == ["applied"]
    assert numbers(server) == {"P1": 1, "P2": 2, "P3": 3}


def test_a_number_that_the_row_does_not_have_is_not_given_to_it(server: Office) -> None:
    take(server)
    group = decision(ONE, "P1", 1)
    group["ops"][0]["patch"]["number"] = 7
    assert send(server, ONE, group) == ["number"]
    assert numbers(server) == {}


def test_a_broken_holders_numbers_are_taken_in_order_or_wait_for_a_person(server: Office) -> None:
    take(server)
    broken = break_hold(server)
    assert (broken.holder, broken.generation) == ("", 0)
    assert send(server, ONE, decision(ONE, "myöhässä", 1)) == ["applied"]
    assert send(server, TWO, decision(TWO, "palvelimen")) == ["applied"]
    assert send(server, ONE, decision(ONE, "päällekkäin", 2), decision(ONE, "jatko", 3)) == [
        "number",
        "applied",
    ]
    assert take(server, TWO).generation == 2
    assert send(server, ONE, decision(ONE, "toisen sarjaan", 4)) == ["number"]
    assert send(server, TWO, decision(TWO, "vanha lupa", 4, generation=1)) == ["number"]
    assert send(server, TWO, decision(TWO, "uusi lupa", 4, generation=2)) == ["applied"]
    assert sorted(numbers(server).values()) == [1, 2, 3, 4]
    assert [command for command, *_rest in deeds(server)] == ["series.hold", "series.break", "series.hold"]
    break_hold(server)
    break_hold(server)  # nothing is held: nothing is done
    assert len(deeds(server)) == 4


def test_who_may_take_and_who_may_break(server: Office) -> None:
    outsider, preparer = Principal("person-neighbour", "c-1"), Principal("person-preparer", "c-2")
    for who in (outsider, preparer):
        with pytest.raises(NotAllowed):
            take(server, who)
        with pytest.raises(NotAllowed):
            held.give_back(server.database, DOMAIN, who, NOW, BOARD, 0)
    for series in ("case:924:2026", "document:x", "olematon"):
        with pytest.raises(UserError, match="ei voi varata"):
            take(server, ONE, series)
    take(server)
    for who in (ONE, TWO, outsider, preparer):
        with pytest.raises(NotAllowed, match="pääkäyttäjä"):
            break_hold(server, who)
    assert take(server).mine
    break_hold(server, ADMINISTRATION)
    assert held.all_held(server.database, ADMINISTRATION) == []


def test_of_two_that_ask_at_once_one_gets_it_while_the_server_numbers(
    server: Office, again: Callable[[], Database]
) -> None:
    """A grant and a number never pass each other: the grant begins after every number that was given."""
    databases = [again() for _n in range(3)]
    start = Barrier(3)

    def ask(database: Database, who: Principal) -> int:
        start.wait()
        try:
            return held.take(database, DOMAIN, who, NOW, BOARD).next
        except Held:
            return 0

    def number(database: Database) -> list[str]:
        start.wait()
        groups = [decision(TWO, f"S{n}") for n in range(5)]
        return [r["status"] for g in groups for r in push(database, DOMAIN, TWO, [g], NOW)["results"]]

    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(ask, d, w) for d, w in zip(databases, (ONE, TWO), strict=False)]
        numbered = pool.submit(number, databases[2])
        following = sorted(f.result() for f in asked)
        done = numbered.result()
    assert following[0] == 0 and following[1] >= 1
    assert following[1] == done.count("applied") + 1, "what was numbered came before the grant"
    assert sorted(numbers(server).values()) == list(range(1, following[1]))


@pytest.fixture
def http(server: Office, tmp_path: Path) -> Iterator[Served]:
    with served(server, tmp_path / "http", DOMAIN) as made:
        yield made


def test_over_http(http: Served) -> None:
    path = f"/v1/held/{BOARD}"
    taken = http.call("registrar", "PUT", path)
    assert taken.status_code == 200 and taken.json()["generation"] == 1
    listed = http.call("registrar", "GET", "/v1/held").json()["held"]
    assert listed == [taken.json()]
    assert http.call("both", "GET", "/v1/held").json() == {"held": []}
    refused = http.call("both", "PUT", path)
    assert (refused.status_code, code_of(refused)) == (423, "held")
    assert "Registrar Testinen" in refused.json()["detail"]
    assert code_of(http.call("preparer", "PUT", path)) == "forbidden"
    assert "Registrar" not in http.call("preparer", "PUT", path).text
    assert code_of(http.call("both", "DELETE", path, params={"break": "1"})) == "forbidden"
    assert code_of(http.call("registrar", "PUT", "/v1/held/case:924:2026")) == "not_found"
    assert code_of(http.call("registrar", "PUT", "/v1/held/a%20b")) == "invalid"
    person = Principal("person-registrar", "")
    group = decision(person, "P1", 1)
    answer = http.call("registrar", "POST", "/v1/push", json={"groups": [group]})
    assert [r["status"] for r in answer.json()["results"]] == ["applied"]
    wrong = decision(person, "P2", 2) | {"held": {BOARD: {"generation": 1, "numbers": ["2"]}}}
    assert code_of(http.call("registrar", "POST", "/v1/push", json={"groups": [wrong]})) == "invalid"
    late = http.call("registrar", "DELETE", path, params={"used": "9"})
    assert (late.status_code, code_of(late)) == (423, "held")
    assert http.call("admin", "DELETE", path, params={"break": "1"}).json()["holder"] == ""
    gone = http.call("registrar", "DELETE", path, params={"used": "1"})
    assert gone.status_code == 200 and not gone.json()["mine"]


def test_the_command_line_lists_and_breaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_cli, "whole_domain", deciding_domain)
    folder = tmp_path / "server"

    def run(*words: str, code: int = 0) -> Result:
        done = CliRunner().invoke(server_cli.app, [*words, "--data", str(folder)])
        assert done.exit_code == code, done.output + repr(done.exception)
        return done

    run("init")
    run("unit", "add", "924", "--office", "tekninen=Tekninen toimi")
    run("user", "add", "Rauni Registraattori", "--unit", "924", "--role", "registrar", "--username", "rauni")
    person_id = run("user", "list").stdout.split("\t")[1]
    with opened(Place(folder), DOMAIN, FakeClock(NOW)) as desk:
        held.take(desk.database, DOMAIN, Principal(person_id, "client"), NOW, BOARD)
    assert run("series", "list").stdout.startswith(f"{BOARD}\tRauni Registraattori\t2026-11-24T10:00:00")
    (listed,) = json.loads(run("series", "list", "--json").stdout)
    assert (listed["series"], listed["next"], listed["holder"]) == (BOARD, 1, person_id)
    assert "purettu" in run("series", "break", BOARD).stderr
    assert run("series", "list").stdout == ""
    assert "ei voi varata" in run("series", "break", "case:924:2026", code=1).stderr
