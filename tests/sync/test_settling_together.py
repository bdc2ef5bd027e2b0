"""Answers settled many at a time leave the store as if each had been settled by itself."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import select

from tests.sync.counting import COUNTED
from tests.sync.machine import Machine
from tests.sync.stations import region
from tests.sync.test_random_region import FEW
from workbench.cases.parts import AddTask
from workbench.cases.task_changes import EditTask
from workbench.server.database import Database
from workbench.store import settling, settling_together
from workbench.store.incoming import Incoming
from workbench.store.kinds import metadata
from workbench.store.meta import PURGE_WAITS
from workbench.store.schema import index_wait, meta
from workbench.sync import engine

TOGETHER, ONE_BY_ONE, IN_ANSWERS = "settled together", "settled one by one", "answers of both sorts"


def held(incoming: Incoming) -> dict[str, Any]:
    """Everything in the store, and what is said to have been touched. What only waits to be indexed anew is left
    out: a row that shows what it showed need not be."""
    connection = incoming.connection
    found: dict[str, Any] = {
        table.name: sorted(map(repr, connection.execute(select(table))))
        for table in metadata.sorted_tables
        if table is not index_wait and table is not meta
    }
    kept = {key: value for key, value in connection.execute(select(meta.c.key, meta.c.value))}
    # Each destruction gives this a name of its own.
    kept[PURGE_WAITS] = str(bool(kept.get(PURGE_WAITS)))
    return found | {"meta": kept, "touched": set(incoming.touched)}


def waits_for_index(incoming: Incoming) -> set[tuple[str, str]]:
    rows = incoming.connection.execute(select(index_wait.c.kind, index_wait.c.row_id))
    return {(kind, row_id) for kind, row_id in rows}


def both_ways(incoming: Incoming, results: Sequence[Mapping[str, Any]], at: datetime) -> list[str]:
    """Settle an answer one by one, take that back, settle it together, and compare."""
    touched = set(incoming.touched)
    turn = incoming.connection.begin_nested()
    states = [settling.settle(incoming, result, at) for result in results]
    careful, queued = held(incoming), waits_for_index(incoming)
    turn.rollback()
    incoming.touched.clear()
    incoming.touched.update(touched)
    plain: list[int] = []
    real = settling_together.settle_plain

    def counting(*asked: Any) -> int:
        plain.append(real(*asked))
        return plain[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settling, "settle_plain", counting)
        assert settling.settle_all(incoming, results, at) == states
    together = held(incoming)
    for name, rows in careful.items():
        assert together[name] == rows, name
    assert waits_for_index(incoming) <= queued
    COUNTED[TOGETHER] += sum(plain)
    COUNTED[ONE_BY_ONE] += len(results) - sum(plain)
    COUNTED[IN_ANSWERS] += 0 < sum(plain) < len(results)
    return states


@pytest.mark.timeout(300)
def test_many_at_a_time_is_the_same_as_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "settle_all", both_ways)
    before = COUNTED.copy()
    run_state_machine_as_test(Machine, settings=FEW)
    for what in (TOGETHER, ONE_BY_ONE, IN_ANSWERS):
        assert COUNTED[what] > before[what], what


def test_what_is_made_again_after_a_restore_is_as_it_was_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row shows another's later change, which the restored server has lost: what it takes in again is the
    making alone, until the other workstation brings its change back."""
    monkeypatch.setattr(engine, "settle_all", both_ways)
    with region(tmp_path) as place:
        maker, other = place.join("registrar"), place.join("registrar", name="other")
        maker.sync()
        backup = tmp_path / "backup.db"
        live, copy = sqlite3.connect(tmp_path / "server.db"), sqlite3.connect(backup)
        with contextlib.closing(live), contextlib.closing(copy):
            live.backup(copy)
        case = maker.rows("case_file")[0]["id"]
        maker.run(AddTask(case_id=case, title="Soita", assignee_id=maker.person_id))
        maker.sync()
        other.sync()
        (task,) = other.rows("task")
        other.run(EditTask(task_id=task["id"], changes={"title": "Soita heti"}))
        other.sync()
        maker.sync()
        assert maker.row("task", task["id"])["title"] == "Soita heti"

        place.server.database.close()
        for name in ("server.db", "server.db-wal", "server.db-shm"):
            (tmp_path / name).unlink(missing_ok=True)
        shutil.copy(backup, tmp_path / "server.db")
        place.server.database = Database(f"sqlite:///{tmp_path / 'server.db'}")
        place.server.new_epoch()

        assert maker.sync().offered_again == 1
        assert maker.row("task", task["id"])["title"] == "Soita"
        place.assert_converged(maker)
        other.sync()
        maker.sync()
        for station in (maker, other):
            assert station.row("task", task["id"])["title"] == "Soita heti"
            place.assert_converged(station)
