"""The product's own figures: records pushed and pulled between two workstations."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.sync.domain import EditNote, text_of
from benchmarks.sync.place import Made, Station, median, workstation
from benchmarks.sync.processes import peak_mb
from workbench.cases.parts import AddNote
from workbench.context import Session
from workbench.sync.engine import Engine, Report

NO_OPS = 15


def measure(folder: Path, url: str, made: Made, count: int) -> dict[str, float]:
    """Seconds of each row, and the peak memory of this process, which is both workstations."""
    here, there = (workstation(folder / f"w{n}", url, made.people[n * 5]) for n in (0, 1))
    case_id = made.cases[here.person.municipality]
    adds = [AddNote(case_id=case_id, text=text_of(n)) for n in range(count)]
    took: dict[str, float] = {}
    took["writing locally"] = _seconds(lambda: _run(here, adds))
    took |= _exchange(here, there, count, "new")
    edits = [EditNote(case_id=case_id, note_id=a.note_id, text=f"{a.text}!") for a in adds]
    _run(here, edits)
    took |= _exchange(here, there, count, "updates")
    took["no-op"] = median([_seconds(lambda: _cycle(here)) for _turn in range(NO_OPS)])
    took["client MB"] = peak_mb()
    here.store.close()
    there.store.close()
    return took


def _run(station: Station, commands: list[Any]) -> None:
    session = Session(station.person.person_id, station.person.municipality)
    station.store.execute_all(commands, session)


def _exchange(here: Station, there: Station, count: int, what: str) -> dict[str, float]:
    """Push is the sending alone, as the peers' is; the rest of that cycle is the pull of one's own changes with
    the comparison of counts. Pull is the other workstation's whole cycle."""
    pushing: list[float] = []
    send = here.engine._push

    def timed(*arguments: Any) -> None:
        pushing.append(_seconds(lambda: send(*arguments)))

    here.engine._push = timed  # type: ignore[method-assign, assignment]
    began = time.perf_counter()
    report = _cycle(here)
    whole = time.perf_counter() - began
    here.engine._push = send  # type: ignore[method-assign]
    assert report.applied == count, report
    pull = _seconds(lambda: _took_in(there, count))
    return {f"push {what}": sum(pushing), f"own {what} back": whole - sum(pushing), f"pull {what}": pull}


def _took_in(station: Station, count: int) -> None:
    assert _cycle(station).received >= count


def _cycle(station: Station) -> Report:
    return cycle(station.engine)


def cycle(engine: Engine) -> Report:
    """One whole cycle."""
    report = engine.run()
    assert report is not None
    return report


def _seconds(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
