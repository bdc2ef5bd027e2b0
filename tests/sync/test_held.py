"""A held series (varattu sarja) at the workstation: it numbers without a network, and never twice."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.decisions import KIND, Decide, deciding_domain, series_of
from tests.fakes.server import Wire
from tests.fakes.words import FakeWords
from tests.sync.stations import Region, Station, region
from workbench.errors import UserError
from workbench.server import held as server_held
from workbench.server.database import Database
from workbench.server.principal import ADMINISTRATION
from workbench.store.backup import make_backup, restore
from workbench.store.store import Store
from workbench.sync import held
from workbench.sync.conflicts import WHOLE, Conflict, load_conflicts
from workbench.sync.deciding import DiscardWork, ResolveConflict
from workbench.sync.engine import Engine
from workbench.sync.errors import Offline

BOARD = series_of("hallitus")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Region]:
    with region(tmp_path, deciding_domain()) as made:
        yield made


@pytest.fixture
def first(place: Region) -> Station:
    """A workstation that holds the board's series."""
    station = place.stations[0]
    held.take(station.engine, BOARD)
    return station


def decide(station: Station, title: str = "Päätös", body: str = "hallitus") -> int | None:
    number = station.run(Decide(body=body, title=title)).result
    assert number is None or isinstance(number, int)
    return number


def numbers(region: Region) -> dict[str, int]:
    """Title → number of the board's decisions on the server."""
    found = region.visible("person-registrar")
    return {d["title"]: d["number"] for (k, _i), (_s, _r, d) in found.items() if k == KIND}


def break_hold(region: Region) -> None:
    server = region.server
    server_held.break_hold(server.database, server.domain, ADMINISTRATION, server.at, BOARD)


def conflicts(station: Station) -> list[Conflict]:
    with station.store.read_as(station.session) as reader:
        return load_conflicts(reader)


def choose(station: Station, take: str) -> None:
    """Choose for the first conflict."""
    (found, *_rest) = conflicts(station)
    assert found.why == "number" and [f.name for f in found.fields] == [WHOLE]
    station.run(
        ResolveConflict(kind=KIND, row_id=found.row_id, choices={WHOLE: {"take": take}}, rev=found.rev)
    )


def offline(station: Station) -> None:
    station.wire.faults.rate = 1.0


def online(station: Station) -> None:
    station.wire.faults.rate = 0.0


def copy_of(station: Station, place: Region, home: Path) -> Station:
    """The same profile on another machine."""
    shutil.copytree(station.store.home, home, ignore=shutil.ignore_patterns("running*", ".syncing"))
    return opened(station, place, home)


def opened(station: Station, place: Region, home: Path) -> Station:
    clock = FakeClock(place.server.at)
    store = Store.open(home, deciding_domain(), clock, FakeWords())
    assert store.workstation == station.store.workstation
    wire = Wire(place.server, station.person_id, store.workstation)
    made = Station(station.who, store, wire, Engine(store, wire, station.person_id), clock)
    place.stations.append(made)
    return made


def test_a_holder_numbers_at_once_and_the_server_takes_the_numbers(place: Region, first: Station) -> None:
    offline(first)
    assert [decide(first, f"P{n}") for n in (1, 2, 3)] == [1, 2, 3]
    assert decide(first, "Muu", "lautakunta") is None, "of a series that is not held"
    with pytest.raises(Offline):
        first.engine.run()
    assert decide(first, "P4") == 4
    online(first)
    report = first.sync()
    assert (report.applied, report.conflicts, report.lost_holds) == (5, 0, [])
    assert numbers(place) == {"P1": 1, "P2": 2, "P3": 3, "P4": 4, "Muu": 1}
    place.assert_converged(first)
    assert decide(first, "P5") == 5


def test_a_diary_is_never_held(place: Region) -> None:
    with pytest.raises(UserError, match="ei voi varata"):
        held.take(place.stations[0].engine, "case:924:2026")


def test_another_is_told_who_holds_a_series_and_since_when(place: Region, first: Station) -> None:
    other = place.join("both")
    other.sync()
    with pytest.raises(UserError, match=r"Registrar Testinen, 24\.11\.2026 klo 12\.00") as refused:
        held.take(other.engine, BOARD)
    assert refused.value.code == "held"
    assert held.list_held(other.store) == []
    # What she decides meanwhile waits, whole, and is numbered when the series is free.
    assert decide(other, "Toisen") is None
    assert other.sync().conflicts == 1
    assert "on varattu" in conflicts(other)[0].message
    assert decide(first, "Oma") == 1
    first.sync()
    held.give_back(first.engine, BOARD)
    choose(other, "mine")
    assert other.sync().applied == 1
    assert numbers(place) == {"Oma": 1, "Toisen": 2}


def test_taking_twice_is_taking_once_and_an_answer_that_was_lost_does_no_harm(
    place: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    station = place.stations[0]
    real = Wire.hold

    def lost(wire: Wire, series: str) -> dict[str, Any]:
        real(wire, series)
        raise Offline("vastaus katosi")

    with monkeypatch.context() as patched:
        patched.setattr(Wire, "hold", lost)
        with pytest.raises(Offline):
            held.take(station.engine, BOARD)
    assert decide(station, "P1") is None, "it does not know that it holds"
    made = held.take(station.engine, BOARD)
    assert (made.generation, held.take(station.engine, BOARD).generation) == (1, 1)
    assert decide(station, "P2") == 1
    choose(station, "mine")  # what had no number gets the next
    assert station.sync().applied == 2
    assert numbers(place) == {"P2": 1, "P1": 2}


def test_what_waited_without_a_number_is_numbered_by_the_server_first(place: Region) -> None:
    station = place.stations[0]
    assert decide(station, "Ennen") is None
    assert held.take(station.engine, BOARD).known == 2
    assert decide(station, "Jälkeen") == 2
    station.sync()
    assert numbers(place) == {"Ennen": 1, "Jälkeen": 2}


def test_giving_back_waits_for_the_numbers_and_then_the_server_goes_on(place: Region, first: Station) -> None:
    assert decide(first, "P1") == 1
    held.give_back(first.engine, BOARD)  # what waits is sent first
    assert held.list_held(first.store) == []
    assert decide(first, "P2") is None
    first.sync()
    assert numbers(place) == {"P1": 1, "P2": 2}
    assert held.take(first.engine, BOARD).generation == 2
    with pytest.raises(UserError, match="ei ole varattu"):
        held.give_back(first.engine, series_of("lautakunta"))


def test_a_give_back_whose_answer_was_lost_is_settled_at_the_next_contact(
    place: Region, first: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Wire.give_back

    def lost(wire: Wire, series: str, used: int) -> dict[str, Any]:
        real(wire, series, used)
        raise Offline("vastaus katosi")

    monkeypatch.setattr(Wire, "give_back", lost)
    with pytest.raises(Offline):
        held.give_back(first.engine, BOARD)
    assert decide(first, "P1") is None, "it may be another's by now"
    assert first.sync().lost_holds == [BOARD]
    assert first.sync().lost_holds == []
    assert numbers(place) == {"P1": 1}


def test_a_give_back_that_did_not_arrive_leaves_the_series_held(place: Region, first: Station) -> None:
    real = first.wire.give_back
    first.wire.give_back = lambda *_a: (_ for _ in ()).throw(Offline("pyyntö katosi"))  # type: ignore[method-assign]
    with pytest.raises(Offline):
        held.give_back(first.engine, BOARD)
    assert [h.confirmed for h in held.list_held(first.store)] == [False]
    first.wire.give_back = real  # type: ignore[method-assign]
    assert first.sync().lost_holds == []
    assert decide(first, "P1") == 1


def test_late_numbers_of_a_broken_holder_that_follow_in_order_are_taken(
    place: Region, first: Station
) -> None:
    offline(first)
    assert [decide(first, f"P{n}") for n in (1, 2)] == [1, 2]
    break_hold(place)
    online(first)
    report = first.sync()
    assert (report.applied, report.conflicts, report.lost_holds) == (2, 0, [BOARD])
    assert decide(first, "P3") is None, "she holds it no more"
    first.sync()
    assert numbers(place) == {"P1": 1, "P2": 2, "P3": 3}


def test_late_numbers_that_clash_wait_for_a_person_and_nothing_is_lost(place: Region, first: Station) -> None:
    offline(first)
    assert [decide(first, f"P{n}") for n in (1, 2)] == [1, 2]
    break_hold(place)
    other = place.join("both")
    other.sync()
    held.take(other.engine, BOARD)
    assert decide(other, "Toisen") == 1
    other.sync()
    online(first)
    report = first.sync()
    assert (report.applied, report.conflicts) == (0, 2)
    assert ["Varauksesi on purettu" in c.message for c in conflicts(first)] == [True, True]
    assert {c.title for c in conflicts(first)} == {"P1", "P2"}
    assert numbers(place) == {"Toisen": 1}
    # While another holds the series only that one gives its numbers.
    choose(first, "mine")
    assert first.sync().conflicts == 1
    held.give_back(other.engine, BOARD)
    choose(first, "theirs")
    choose(first, "mine")
    first.sync()
    place.assert_converged(first)
    assert sorted(numbers(place).values()) == [1, 2] and "Toisen" in numbers(place)


def first_is_refused(station: Station, **why: str) -> None:
    """Once: the first of what the station sends is refused, and the server sees the rest alone."""
    real = station.wire.push

    def push(epoch: str, groups: Any) -> dict[str, Any]:
        station.wire.push = real  # type: ignore[method-assign]
        answer = real(epoch, groups[1:])
        refused = {"group_id": json.loads(groups[0])["group_id"], "status": "rejected", **why}
        return answer | {"results": [refused, *answer["results"]]}

    station.wire.push = push  # type: ignore[method-assign]


def test_a_number_waits_for_the_one_before_it(place: Region, first: Station) -> None:
    """What the server stumbled over comes again; those behind it are not taken out of their order."""
    offline(first)
    assert [decide(first, f"P{n}") for n in (1, 2)] == [1, 2]
    online(first)
    first_is_refused(first, code="internal")
    report = first.sync()
    assert (report.applied, report.conflicts) == (0, 0)
    assert decide(first, "P3") == 3
    assert first.sync().applied == 3
    assert numbers(place) == {"P1": 1, "P2": 2, "P3": 3}


def test_what_was_let_go_leaves_no_gap(place: Region, first: Station) -> None:
    offline(first)
    assert [decide(first, f"P{n}") for n in (1, 2, 3)] == [1, 2, 3]
    online(first)
    first_is_refused(first, code="problems", message="ei käy")
    assert first.sync().quarantined == 1
    assert conflicts(first) == [], "those behind wait while the first may still come"
    (aside,) = first.groups(state="quarantine")
    first.run(DiscardWork(group_id=aside["group_id"]))
    first.sync()
    assert [c.title for c in conflicts(first)] == ["P2", "P3"]
    choose(first, "mine")
    choose(first, "mine")
    assert decide(first, "P4") == 3
    assert first.sync().applied == 3
    assert numbers(place) == {"P2": 1, "P3": 2, "P4": 3}
    place.assert_converged(first)


def test_a_restored_backup_gives_no_number_before_the_server_has_told_where_the_series_is(
    place: Region, first: Station, tmp_path: Path
) -> None:
    assert decide(first, "P1") == 1
    backup = make_backup(first.store, tmp_path / "backups")
    assert decide(first, "P2") == 2
    first.sync()
    folder = getattr(backup, "folder", backup)
    restore(folder, tmp_path / "restored")
    again = opened(first, place, tmp_path / "restored")
    assert [h.confirmed for h in held.list_held(again.store)] == [False]
    assert decide(again, "Ilman") is None
    again.sync()
    assert [c.title for c in conflicts(again)] == ["Ilman"]
    choose(again, "mine")
    assert decide(again, "P4") == 4
    again.sync()
    assert numbers(place) == {"P1": 1, "P2": 2, "Ilman": 3, "P4": 4}
    place.assert_converged(again)


def test_a_copied_profile_cannot_number_twice(place: Region, first: Station, tmp_path: Path) -> None:
    other = copy_of(first, place, tmp_path / "copy")
    assert (decide(first, "Oma"), decide(other, "Kopion")) == (1, 1)
    first.sync()
    report = other.sync()
    assert (report.applied, report.conflicts) == (0, 1)
    assert "Numero 1 on jo annettu" in conflicts(other)[0].message
    choose(other, "mine")
    assert other.sync().applied == 1
    assert numbers(place) == {"Oma": 1, "Kopion": 2}
    first.sync()
    assert decide(first, "Jatko") == 3


def test_a_crash_leaves_neither_a_gap_nor_a_double(first: Station) -> None:
    """A command that did not end gave no number; one that did is still there after a new start."""
    assert decide(first, "P1") == 1
    real = first.store.transaction

    class Crash(Exception):
        pass

    @contextlib.contextmanager
    def transaction() -> Iterator[Any]:
        with real() as connection:
            yield connection
            raise Crash

    first.store.transaction = transaction  # type: ignore[method-assign]
    with pytest.raises(Crash):
        decide(first, "Kadonnut")
    home, clock = first.store.home, first.clock
    first.store.close()
    first.store = Store.open(home, deciding_domain(), clock, FakeWords())
    assert decide(first, "P2") == 2
    assert {r["title"]: r["number"] for r in first.rows(KIND)} == {"P1": 1, "P2": 2}


def test_a_server_restored_from_before_takes_the_numbers_again(
    place: Region, first: Station, tmp_path: Path
) -> None:
    assert decide(first, "P1") == 1
    first.sync()
    database = tmp_path / "server.db"
    with (
        contextlib.closing(sqlite3.connect(database)) as live,
        contextlib.closing(sqlite3.connect(tmp_path / "kept.db")) as kept,
    ):
        live.backup(kept)
    assert [decide(first, f"P{n}") for n in (2, 3)] == [2, 3]
    first.sync()
    place.server.database.close()
    for name in ("server.db", "server.db-wal", "server.db-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    shutil.copy(tmp_path / "kept.db", database)
    place.server.database = Database(f"sqlite:///{database}")
    place.server.new_epoch()
    assert numbers(place) == {"P1": 1}
    assert decide(first, "P4") == 4
    first.sync()
    assert numbers(place) == {"P1": 1, "P2": 2, "P3": 3, "P4": 4}
    assert conflicts(first) == []
    place.assert_converged(first)


def start(home: Path, count: int) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "tests.fakes.numbering", str(home), str(count)]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8")


def test_processes_of_one_profile_number_without_gap_or_double_and_so_after_a_kill(
    place: Region, first: Station
) -> None:
    """Two windows at once; then one that is killed as it numbers. What was said is there, and the server takes all."""
    home, clock = first.store.home, first.clock
    first.store.close()
    children = [start(home, 20) for _n in range(2)]
    said = [int(line) for child in children for line in child.communicate(timeout=120)[0].splitlines()]
    assert [child.returncode for child in children] == [0, 0]
    assert sorted(said) == list(range(1, 41))
    third = start(home, 100_000)
    assert third.stdout is not None
    before = [int(third.stdout.readline()) for _n in range(5)]
    third.kill()
    before += [
        int(line) for line in third.communicate(timeout=120)[0].splitlines(keepends=True) if line[-1] == "\n"
    ]
    first.store = Store.open(home, deciding_domain(), clock, FakeWords())
    first.engine = Engine(first.store, first.wire, first.person_id)
    following = decide(first)
    assert following is not None and before == list(range(41, 41 + len(before))) and following > before[-1]
    first.sync()
    given = [
        d["number"] for (kind, _i), (_s, _r, d) in place.visible("person-registrar").items() if kind == KIND
    ]
    assert sorted(given) == list(range(1, following + 1))
    assert conflicts(first) == []
