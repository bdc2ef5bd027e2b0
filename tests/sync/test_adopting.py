"""A register that was kept on a workstation comes to the server: nothing is lost, numbers are given once."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from tests.cases.test_undo import Hand
from tests.fakes.ring import FakeRing
from tests.fakes.server import Faults, Server
from tests.fakes.world import CODES, OTHER_PUBLIC_CLASS, SECRET, World, world
from tests.sync.stations import Region, Station, region
from tests.sync.test_joining import reach
from workbench.cases.corrections import MergeCases, SplitCase, VoidCase
from workbench.cases.edit import EditCase, SetCaseValues
from workbench.cases.parts import AddNote, LinkCases, MarkCase, SaveView
from workbench.cases.queries import find_case_id
from workbench.cases.search import search
from workbench.cases.story import load_story
from workbench.domain import whole_domain
from workbench.ids import new_id
from workbench.errors import NotAllowed, Problems, UserError
from workbench.organisation.commands import AddPerson
from workbench.organisation.upkeep import EditPerson
from workbench.server.identity.schema import adoption
from workbench.server.schema import audit, audit_value, scope_stat
from workbench.server.trail import verify
from workbench.store import adopting, journal
from workbench.store.check import check_store
from workbench.store.ordering import components
from workbench.store.undo import Undo
from workbench.sync.engine import Engine
from workbench.sync.errors import Offline
from workbench.sync.joining import Joined, join
from workbench.sync.wire import digest_of

KINDS = whole_domain().kinds
NUMBERS = {"number", "year", "running", "former_numbers"}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Region]:
    """A server whose series of 924 has given the numbers 1 to 3."""
    (tmp_path / "region").mkdir()
    with region(tmp_path / "region") as made:
        yield made


@pytest.fixture
def own(tmp_path: Path) -> Iterator[World]:
    """A workstation by itself, which knows the same people by ids of its own."""
    with alone(tmp_path / "own") as made:
        yield made


@contextmanager
def alone(folder: Path, who: str = "registrar") -> Iterator[World]:
    folder.mkdir()
    with world(folder, prefix="own-") as made:
        made.store.set_meta("user", f"own-{who}")
        made.store.workstation = new_id()  # the world is a copy of one
        made.store.set_meta("workstation", made.store.workstation)
        yield made


def adopt(
    monkeypatch: pytest.MonkeyPatch, server: Server, own: World, who: str = "registrar", **more: Any
) -> Joined:
    """Join with a code that lets the workstation's register come along."""
    reach(monkeypatch, server, own, who, **more)
    server.allow_adoption(f"person-{who}", own.store.workstation)
    made = join(own.store, "https://server.example", "koodi", FakeRing())
    while own.store.index_behind():
        pass
    return made


Rows = dict[tuple[str, str], dict[str, Any]]


def served(server: Server, kind: str = "case_file") -> dict[str, dict[str, Any]]:
    table = KINDS.table(kind)
    with server.database.reading() as connection:
        return {r["id"]: dict(r) for r in connection.execute(select(table)).mappings()}


def everything(server: Server) -> Rows:
    return {(k, i): row for k in KINDS.names() for i, row in served(server, k).items()}


def registered(own: World) -> Rows:
    return {
        (k, row["id"]): row
        for k in KINDS.names()
        for row in own.rows(k)
        if row["scope_id"] != adopting.COMMON
    }


def on_server(value: Any) -> Any:
    """A value of the workstation as the server says it: people by the server's ids."""
    if isinstance(value, dict):
        return {k: on_server(v) for k, v in value.items()}
    if isinstance(value, list):
        return [on_server(v) for v in value]
    return value.replace("own-", "person-") if isinstance(value, str) else value


def assert_nothing_lost(server: Server, before: Rows, mine: Rows, blobs: dict[tuple[str, str], bytes]) -> None:
    """Every row of the workstation is on the server as it was, and nothing else has changed there."""
    there = everything(server)
    assert there.keys() == before.keys() | mine.keys()
    for key, row in before.items():
        assert there[key] == row, key
    for (kind, row_id), row in mine.items():
        got = there[kind, row_id]
        names = {"scope_id", *KINDS[kind].by_name}
        if kind == "case_file" and got["number"] != row["number"]:
            assert got["former_numbers"] == [*(row["former_numbers"] or []), row["number"]]
            names -= NUMBERS
        for name in names:
            assert got[name] == on_server(row[name]), (kind, row_id, name)
    for where, content in blobs.items():
        assert server.contents[where] == content
    cases = [c for c in served(server).values() if c["running"] is not None]
    numbers = [(c["municipality"], c["year"], c["running"]) for c in cases]
    assert len(numbers) == len(set(numbers))


def assert_sound(server: Server, own: World) -> None:
    assert check_store(own.store) == []
    with server.database.reading() as connection:
        assert list(verify(connection)) == []
        held: dict[str, list[tuple[str, str, int]]] = {}
        for (kind, row_id), row in everything(server).items():
            held.setdefault(row["scope_id"], []).append((kind, row_id, row["rev"]))
        for stat in connection.execute(select(scope_stat)):
            assert (stat.held, stat.digest) == digest_of(held.pop(stat.scope, [])), stat.scope
        assert held == {}


def contents(own: World) -> dict[tuple[str, str], bytes]:
    return {where: own.store.blobs.read(*where) for where in own.store.named_blobs()}


def as_station(place: Region, own: World, wire: Any, who: str = "registrar") -> Station:
    station = Station(who, own.store, wire, Engine(own.store, wire, f"person-{who}"), own.clock)
    return station


# -- numbers ---------------------------------------------------------------------------------------------


def test_both_are_found_by_the_old_number_and_no_file_changes(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = own.register("Venevalkaman paikka")
    (before,) = own.rows("case_file")
    documents, versions = own.rows("document"), own.rows("document_version")
    kept = contents(own)
    (theirs,) = [c for c in served(place.server).values() if c["number"] == before["number"]]
    made = adopt(monkeypatch, place.server, own)
    assert made.adopted == 1 and not made.waiting
    after = own.row("case_file", mine)
    assert after["running"] == 4 and after["former_numbers"] == [before["number"]]
    assert made.report.renumbered == [(before["number"], after["number"])]
    assert served(place.server)[mine]["number"] == after["number"]
    # What stands on a document stays: its identifier, its file, its text.
    assert [d["identifier"] for d in own.rows("document", case_id=mine)] == [d["identifier"] for d in documents]
    assert {v["sha256"] for v in versions} == {v["sha256"] for v in own.rows("document_version", case_id=mine)}
    assert contents(own).items() >= kept.items() and place.server.contents.items() >= kept.items()
    own.people = {name: f"person-{name}" for name in own.people}
    with own.read() as reader:
        assert {h.case.id for h in search(reader, before["number"])} == {mine, theirs["id"]}
        assert find_case_id(reader, before["number"]) == theirs["id"]
        assert find_case_id(reader, after["number"]) == mine
        story = load_story(reader, mine, "924")
        # Its history goes on from what was done before, by people as they are called.
        assert f"{before['number']} on nyt {after['number']}" in story[0].title
        assert story[-1].command == "case.register" and story[-1].who == "Registrar Testinen"
    assert_sound(place.server, own)
    # Everybody else finds it by both numbers, too.
    other = place.join("registrar")
    other.sync()
    while other.store.index_behind():
        pass
    with other.store.read_as(other.session) as reader:
        assert {h.case.id for h in search(reader, before["number"])} == {mine, theirs["id"]}
    place.assert_converged(other)


def test_a_number_no_case_has_any_more_leads_to_the_case_that_had_it(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Only the neighbour sees 236, where the server's case of the number is secret from nobody else's register.
    mine = own.register("Oma")
    adopt(monkeypatch, place.server, own)
    number = own.row("case_file", mine)["former_numbers"][0]
    taken = next(c for c in own.rows("case_file") if c["number"] == number)
    with own.store.transaction() as connection:  # as if the other case were out of sight
        table = KINDS.table("case_file")
        connection.execute(update(table).where(table.c.id == taken["id"]).values(scope_id="case:elsewhere"))
    own.people = {name: f"person-{name}" for name in own.people}
    with own.read() as reader:
        assert find_case_id(reader, number) == mine


def test_the_first_register_founds_the_series_gaps_and_voids_and_all(
    tmp_path: Path, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "server").mkdir()
    with world(tmp_path / "server") as origin:
        server = Server.holding(tmp_path / "server", origin)
    ids = [own.register(f"Asia {n}") for n in range(4)]
    own.run(VoidCase(case_id=ids[1], reason="väärin"))
    before = {c["id"]: c["number"] for c in own.rows("case_file")}
    base, mine = everything(server), registered(own)
    made = adopt(monkeypatch, server, own)
    assert made.report.renumbered == []
    assert {i: c["number"] for i, c in served(server).items()} == before
    assert_nothing_lost(server, base, mine, {})
    assert served(server)[ids[1]]["voided_at"] is not None
    # A second register of the same municipality: its numbers were given here already.
    with alone(tmp_path / "second") as second:
        late = [second.register(f"Toinen {n}") for n in range(6)]
        told = adopt(monkeypatch, server, second)
        numbers = {i: c["running"] for i, c in served(server).items()}
        # Numbers above those given here stay; the rest follow after the highest of both.
        assert [numbers[i] for i in late] == [7, 8, 9, 10, 5, 6]
        assert len(told.report.renumbered) == 4
        assert_sound(server, second)
    server.close()


def test_numbers_below_the_servers_next_were_given_though_no_row_is_there(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a series the server uses, its earlier numbers may stand on paper elsewhere."""
    from workbench.store.authority import correct_series

    with place.server.database.writing() as connection:
        correct_series(connection, "case:924:2026", 100)
    for n in range(5):
        own.register(f"Asia {n}")
    adopt(monkeypatch, place.server, own)
    assert sorted(c["running"] for c in served(place.server).values()) == [1, 2, 3, *range(100, 105)]


def test_what_an_earlier_system_called_it_is_kept_too(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, here = next(iter(served(place.server))), own.register("Sama vanhasta")
    table = KINDS.table("case_file")
    with place.server.database.writing() as connection:
        connection.execute(update(table).where(table.c.id == there).values(external_id="D-77"))
    with own.store.transaction() as connection:
        connection.execute(update(table).where(table.c.id == here).values(external_id="D-77"))
    (number,) = [c["number"] for c in own.rows("case_file")]
    adopt(monkeypatch, place.server, own)
    got = served(place.server)[here]
    assert got["external_id"] is None and got["former_numbers"] == [number, "D-77"]


# -- nothing is lost -------------------------------------------------------------------------------------


def work(own: World, seed: int) -> None:
    """A register with a bit of everything in it, cases that name one another too."""
    hand = Hand(own, seed)
    rng = random.Random(seed)
    for _turn in range(12):
        command = hand.command()
        try:
            if command is not None:
                own.run(command)
        except UserError:
            continue  # not lawful just now
    for _turn in range(6):
        one, other = rng.sample(hand.cases, 2)
        documents = own.rows("document", case_id=one, attached_to=None)
        made = rng.choice(
            [
                LinkCases(case_id=one, other_id=other),
                LinkCases(case_id=other, other_id=one),
                MergeCases(case_id=one, into_id=other, reason="sama asia"),
                MarkCase(case_id=one, mark="favourite"),
                SaveView(name=f"näkymä {rng.random()}", query={"handler": "own-preparer"}),
                VoidCase(case_id=one, reason="väärin"),
                SplitCase(
                    case_id=one,
                    document_ids=tuple(d["id"] for d in documents[:1]),
                    title="Erotettu",
                    class_code=OTHER_PUBLIC_CLASS,
                    reason="oma asiansa",
                ),
            ]
        )
        try:
            own.run(made)
        except UserError:
            continue
        hand.cases = [c["id"] for c in own.rows("case_file")]


@settings(max_examples=12)
@given(seed=st.integers(0, 2**32), rate=st.sampled_from([0.0, 0.25]), size=st.integers(1, 40))
def test_every_row_and_file_comes_as_it_was(seed: int, rate: float, size: int) -> None:
    """Whatever the register, on a line that loses requests and answers, cut off and begun again."""
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        (folder / "region").mkdir()
        with region(folder / "region") as place, alone(folder / "own") as own:
            work(own, seed)
            server = place.server
            before, mine, kept = everything(server), registered(own), contents(own)
            entries = adopting.heads
            with own.store.reader() as connection:
                ends = entries(connection)
            wire = reach(patch, server, own)
            server.allow_adoption("person-registrar", own.store.workstation)
            patch.setattr("workbench.sync.engine.Limits.of", lambda _told: _small(size))
            wire.faults = Faults(random.Random(seed), 0.0)
            joined = False
            for _turn in range(400):
                try:
                    if not joined and not own.store.is_joined:
                        join(own.store, "https://server.example", "koodi", FakeRing())
                    else:
                        joined = True
                        Engine(own.store, wire, "person-registrar").run()
                    with own.store.reader() as connection:
                        if not adopting.unsettled(connection):
                            break
                except Offline:
                    pass
                finally:
                    wire.faults.rate = rate
            wire.faults.rate = 0.0
            Engine(own.store, wire, "person-registrar").run()
            with own.store.reader() as connection:
                assert not adopting.unsettled(connection)
                # The journal of before is here as it was, and the server knows its end.
                assert journal.verify(connection) == []
            assert_nothing_lost(server, before, mine, kept)
            assert_sound(server, own)
            with server.database.reading() as connection:
                (row,) = connection.execute(select(adoption)).mappings()
                assert row["ended_at"] is not None and row["heads"] == ends
                told = connection.execute(
                    select(audit.c.chain, audit_value.c.content)
                    .select_from(audit.join(audit_value, audit_value.c.audit_n == audit.c.n))
                    .where(audit.c.command == adopting.JOURNAL)
                ).all()
            assert {t.chain: [t.content["words"]["n"], t.content["words"]["head"]] for t in told} == ends
            place.assert_converged(as_station(place, own, wire))


def _small(size: int) -> Any:
    from workbench.sync.engine import Limits

    return Limits(push_ops=size, pull_rows=max(size, 5))


def test_objects_come_after_what_they_name() -> None:
    rng = random.Random(5)
    for _turn in range(200):
        nodes = [str(n) for n in range(rng.randint(1, 9))]
        names = {n: [rng.choice(nodes) for _i in range(rng.randint(0, 3))] for n in nodes}
        reach_of = {n: _reached(n, names) for n in nodes}
        seen: set[str] = set()
        for together in components(nodes, names):
            for n in together:
                assert {m for m in nodes if m in reach_of[n] and n in reach_of[m]} | {n} == set(together)
                assert reach_of[n] <= seen | set(together)
            seen |= set(together)
        assert seen == set(nodes)


def _reached(start: str, names: dict[str, list[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for other in names[waiting.pop()]:
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found
