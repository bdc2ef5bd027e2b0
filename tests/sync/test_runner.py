"""The background: what starts a cycle, and how long it waits after failures."""

from __future__ import annotations

import random
import threading
from typing import Any

from tests.sync.stations import Region
from workbench.errors import StorageProblem
from workbench.sync.engine import Report
from workbench.sync.errors import Busy, Offline, SignedOut, SyncError
from workbench.sync.retry import LONGEST, Backoff
from workbench.sync.runner import ALWAYS_S, Runner


def test_waits_grow_with_jitter_and_end_with_success() -> None:
    backoff = Backoff(random.Random(1))
    waits = [backoff.failed(Offline("x")) or 0 for _n in range(40)]
    assert all(1 <= w <= LONGEST for w in waits) and max(waits[:3]) <= 8 and max(waits) > 150
    assert len({round(w, 3) for w in waits}) > 30
    assert (backoff.failed(Busy("x", retry_after=1000)) or 0) >= 1000
    backoff.succeeded()
    assert (backoff.failed(Offline("x")) or 0) <= 2
    assert backoff.failed(SignedOut("x")) is None


def test_a_cycle_tells_how_it_went_and_a_fault_does_not_end_the_day(place: Region) -> None:
    station = place.join("registrar")
    told: list[tuple[Report | None, SyncError | None]] = []
    runner = Runner(station.engine, lambda report, error: told.append((report, error)))
    assert runner.run_once() == ALWAYS_S
    report, error = told[-1]
    assert report is not None and report.received and error is None

    def broken(_body: dict[str, Any]) -> dict[str, Any]:
        raise KeyError("rikki")

    station.wire.session = broken  # type: ignore[method-assign]
    assert 1 <= (runner.run_once() or 0) <= LONGEST
    assert told[-1][1] is not None and "KeyError" in str(told[-1][1])


def test_it_runs_at_once_and_ends_when_told(place: Region) -> None:
    station = place.join("registrar")
    ran = threading.Event()
    runner = Runner(station.engine, lambda _report, _error: ran.set())
    runner.start()
    assert ran.wait(60)
    runner.stop(60)
    assert len(station.rows("case_file")) == 3


def test_what_cannot_be_told_does_not_end_the_synchronising(place: Region) -> None:
    station = place.join("registrar")

    def told(_report: Report | None, _error: SyncError | None) -> None:
        raise StorageProblem("levy on täynnä")

    runner = Runner(station.engine, told)
    assert runner.run_once() == ALWAYS_S
    assert runner.run_once() == ALWAYS_S


def test_a_stop_just_before_a_cycle_is_not_missed(place: Region) -> None:
    station = place.join("registrar")
    runner = Runner(station.engine, lambda _report, _error: None)
    runner.stop(0)
    assert station.engine.run() is None
    assert station.rows("case_file") == []
