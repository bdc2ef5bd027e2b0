"""Many workstations at once on PostgreSQL: a reader misses nothing, numbers have neither gap nor double."""

from __future__ import annotations

import copy
import itertools
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from sqlalchemy import select

from tests.fakes.ports import free_port
from tests.fakes.serving import start_server, wait_until_ready
from tests.server.conftest import another_database
from tests.server.office import DOMAIN, NOW, Office, founded
from workbench.clock import SystemClock
from workbench.ids import new_id
from workbench.organisation.commands import GiveRole
from workbench.organisation.model import Role
from workbench.server.administration import execute
from workbench.server.database import Database
from workbench.server.identity import accounts
from workbench.server.place import Place, Settings, opened
from workbench.server.principal import ADMINISTRATION, Principal
from workbench.server.pull import pull
from workbench.server.push import push
from workbench.setup.municipality import SetUp, set_up
from workbench.sync.wire import Group

WRITERS, EACH = 16, 25
FIVE = ("924", "236", "421", "074", "849")

Written = TypeVar("Written")


def registering(template: Group, municipality: str) -> Group:
    """The same registration, of another case in a municipality."""
    made: Any = copy.deepcopy(template)
    case_id, made["group_id"], made["municipality"] = new_id(), new_id(), municipality
    made["args"] |= {"municipality": municipality, "case_id": case_id}
    for op in made["ops"]:
        op["op_id"] = new_id()
        if op["kind"] == "case_file":
            op["id"] = case_id
            op["patch"] |= {"municipality": municipality}
        else:
            op["id"] = new_id()
            op["patch"]["case_id"] = case_id
    return dict(made)  # type: ignore[return-value]


def spoilt(template: Group, municipality: str) -> Group:
    """A registration that is refused after its number was thought of: it also names a case that is not there."""
    made: Any = registering(template, municipality)
    stray = copy.deepcopy(made["ops"][-1]) | {
        "op_id": new_id(),
        "id": new_id(),
        "kind": "note",
        "type": "create",
    }
    stray["patch"] = {"case_id": new_id(), "text": "x", "made_at": "2026-11-24T10:00:00.000000Z"}
    made["ops"].append(stray)
    return dict(made)  # type: ignore[return-value]


@contextmanager
def five_municipalities(database: Database, folder: Path) -> Iterator[tuple[Office, Group]]:
    """A server with five municipalities that one registrar works for, and a registration to copy."""
    with founded(database, folder) as office:
        for code in FIVE[3:]:
            set_up(office.local.store, office.local.session("admin", ""), SetUp(code=code))
        results = push(database, DOMAIN, ADMINISTRATION, office.made(), NOW)["results"]
        assert {r["status"] for r in results} == {"applied"}
        for code in FIVE:
            role = GiveRole(person_id="person-registrar", municipality=code, role=Role.REGISTRAR)
            execute(database, DOMAIN, role, NOW, municipality=code)
        office.local.register("Malli", documents=(), parties=(), handler_id="")
        (template,) = office.made()
        yield office, template


def round_of(template: Group, writer: int, n: int) -> list[Group]:
    """What a writer sends in its n-th request: one to three registrations, every third time with one that fails."""
    groups = [registering(template, FIVE[(writer + n + k) % 5]) for k in range(1 + n % 3)]
    if n % 3 == 2:
        groups.insert(1, spoilt(template, FIVE[(writer + n) % 5]))
    return groups


def numbers_given(results: list[Any], given: dict[str, list[int]]) -> int:
    """Keep the numbers of what was applied; returns how many groups were not."""
    refused = 0
    for result in results:
        if result["status"] != "applied":
            assert result.get("why") == "deleted", result
            refused += 1
            continue
        data = next(r["data"] for r in result["rows"] if r["kind"] == "case_file")
        given.setdefault(data["municipality"], []).append(data["running"])
    return refused


def assert_whole(office: Office, written: list[dict[str, list[int]]], seen: set[str]) -> None:
    """The numbers told have neither gap nor double, the register holds the same, and the reader saw each row."""
    table = DOMAIN.kinds.table("case_file")
    with office.database.reading() as connection:
        rows = connection.execute(select(table.c.id, table.c.municipality, table.c.running)).all()
    for code in FIVE:
        numbers = sorted(n for given in written for n in given.get(code, []))
        assert numbers == list(range(1, len(numbers) + 1)), code
        assert numbers == sorted(r.running for r in rows if r.municipality == code)
    assert seen == {r.id for r in rows}
    assert office.faults() == []


def polled_while_written(
    write: Callable[[int], Written], poll: Callable[[threading.Event], set[str]]
) -> tuple[list[Written], set[str]]:
    """All writers at once, and a poller who goes on until they have ended; what each wrote, and what the poller saw."""
    stop = threading.Event()
    with ThreadPoolExecutor(WRITERS + 1) as pool:
        poller = pool.submit(poll, stop)
        try:
            written = list(pool.map(write, range(WRITERS)))
        finally:
            stop.set()
        return written, poller.result()


def test_sixteen_writers_and_a_poller(postgresql: str, tmp_path: Path) -> None:
    with (
        another_database(postgresql) as database,
        five_municipalities(database, tmp_path) as (office, template),
    ):
        begin = pull(database, DOMAIN, Principal("person-registrar", "poller"), NOW)["horizon"]

        def write(number: int) -> tuple[int, dict[str, list[int]]]:
            mine = Database(database.url, pool=1)
            given: dict[str, list[int]] = {}
            refused = 0
            for n in range(EACH):
                who = Principal("person-registrar", f"client-{number}")
                groups = round_of(template, number, n)
                answer = push(mine, DOMAIN, who, groups, NOW + timedelta(seconds=n))
                refused += numbers_given(answer["results"], given)
            mine.close()
            return refused, given

        def poll(stop: threading.Event) -> set[str]:
            mine, after, seen = Database(database.url, pool=1), begin, set()
            while True:
                last_round = stop.is_set()
                page = pull(mine, DOMAIN, Principal("person-registrar", "poller"), NOW, after=after, limit=17)
                seen |= {e["id"] for e in page["entries"] if e["kind"] == "case_file"}
                after = page["next"]
                if last_round and not page["more"]:
                    mine.close()
                    return seen

        written, seen = polled_while_written(write, poll)
        assert sum(refused for refused, _given in written) == WRITERS * (EACH // 3)
        assert_whole(office, [given for _refused, given in written], seen)


@pytest.mark.timeout(300)
def test_several_server_processes_over_one_database(postgresql: str, tmp_path: Path) -> None:
    """Sixteen workstations and a reader over HTTP, each call answered by the next of three processes that know
    nothing of one another."""
    with (
        another_database(postgresql) as database,
        five_municipalities(database, tmp_path) as (office, template),
        ExitStack() as stack,
    ):
        place = Place(tmp_path / "server")
        place.make(Settings(database=database.url))
        ports = [free_port() for _n in range(3)]
        processes = []
        for port in ports:
            process = start_server(place.folder, port, tmp_path / "server.log")
            stack.callback(process.wait, 60)
            stack.callback(process.terminate)
            processes.append(process)
        for process, port in zip(processes, ports, strict=True):
            wait_until_ready(process, port, tmp_path / "server.log")
        turns = itertools.count()
        with opened(place, DOMAIN, SystemClock()) as desk:
            now, policy = desk.clock.now(), desk.policy
            account = desk.database.write(
                lambda c: accounts.create_account(c, policy, "registrar", "person-registrar", now)
            )

        def call(http: httpx.Client, method: str, path: str, **more: Any) -> Any:
            answer = http.request(method, f"http://127.0.0.1:{ports[next(turns) % 3]}{path}", **more)
            assert answer.status_code == 200, answer.text
            return answer.json()

        def joined(http: httpx.Client) -> None:
            with opened(place, DOMAIN, SystemClock()) as desk:
                code = desk.database.write(
                    lambda c: accounts.new_enrolment(c, desk.policy, account, desk.clock.now())
                )
            client = new_id()
            told = call(http, "POST", "/v1/enrol", json={"token": code, "client_id": client})
            http.headers.update({"Authorization": f"Bearer {told['access_token']}", "X-Client-Id": client})

        clients = [stack.enter_context(httpx.Client(timeout=60)) for _n in range(WRITERS + 1)]
        for http in clients:
            joined(http)
        begin = call(clients[-1], "GET", "/v1/pull")["horizon"]

        def write(number: int) -> dict[str, list[int]]:
            given: dict[str, list[int]] = {}
            for n in range(EACH // 3):
                answer = call(
                    clients[number], "POST", "/v1/push", json={"groups": round_of(template, number, n)}
                )
                numbers_given(answer["results"], given)
            return given

        def poll(stop: threading.Event) -> set[str]:
            after, seen = begin, set()
            while True:
                last_round = stop.is_set()
                page = call(clients[-1], "GET", "/v1/pull", params={"after": after, "limit": 17})
                seen |= {e["id"] for e in page["entries"] if e["kind"] == "case_file"}
                after = page["next"]
                if last_round and not page["more"]:
                    return seen
                call(clients[-1], "GET", "/v1/wait", params={"after": after, "timeout": 1})

        written, seen = polled_while_written(write, poll)
        assert_whole(office, written, seen)


@pytest.mark.parametrize("turns", [6])
def test_two_writers_of_the_same_rows_wait_for_each_other(
    postgresql: str, tmp_path: Path, turns: int
) -> None:
    """Opposite orders of the same cases: neither is lost, nobody sees an error."""
    with another_database(postgresql) as database, founded(database, tmp_path) as office:
        cases, groups = zip(*(office.register(f"Asia {n}") for n in range(4)), strict=True)
        office.push(list(groups), "registrar")

        def edit(number: int) -> list[str]:
            mine, statuses = Database(database.url, pool=1), []
            for turn in range(turns):
                made = []
                for case_id in cases if (number + turn) % 2 else reversed(cases):
                    op = {
                        "op_id": new_id(),
                        "type": "patch",
                        "kind": "case_file",
                        "id": case_id,
                        "base_rev": 1,
                    }
                    op |= {"patch": {("summary", "public_title")[number]: f"{number}.{turn}"}}
                    made.append(groups[0] | {"group_id": new_id(), "command": "case.edit", "ops": [op]})
                    made[-1]["args"] = {"case_id": case_id, "changes": {}}
                answer = push(mine, DOMAIN, Principal("person-registrar", f"w{number}"), made, NOW)  # type: ignore[arg-type]
                statuses += [r["status"] for r in answer["results"]]
            mine.close()
            return statuses

        with ThreadPoolExecutor(2) as pool:
            assert {s for found in pool.map(edit, range(2)) for s in found} == {"applied"}
        for row in office.rows("registrar", "case_file").values():
            assert row["rev"] == 1 + 2 * turns
        assert office.faults() == []
