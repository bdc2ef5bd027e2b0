"""The first fetch of a large scope by a fresh workstation.

The rows are laid straight into the server's tables (row, entry of the log, count and digest of the scope, the
counter), as they lie after any push; only their audit is left out, which no fetch reads.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, update

from benchmarks.sync.domain import domain, text_of
from benchmarks.sync.place import Made, workstation
from benchmarks.sync.processes import peak_mb
from workbench.clock import SystemClock
from workbench.ids import new_id
from workbench.server.database import upsert
from workbench.server.place import Place, opened
from workbench.server.schema import clock, entry, scope_stat
from workbench.sync.wire import row_digest

_BATCH = 20_000
_INDEX_FOR_S = 5.0
_MOD = 1 << 64


def lay_in(made: Made, count: int) -> str:
    """So many notes into the first person's case; returns their scope."""
    person = made.people[0]
    case_id = made.cases[person.municipality]
    now = SystemClock().now()
    with opened(Place(made.folder), domain(), SystemClock()) as desk, desk.database.writing() as connection:
        kinds = desk.domain.kinds
        cases, notes = kinds.table("case_file"), kinds.table("note")
        scope = connection.execute(select(cases.c.scope_id).where(cases.c.id == case_id)).scalar_one()
        first = connection.execute(select(clock.c.seq)).scalar_one()
        shared = {"scope_id": scope, "rev": 1, "sync_state": 0, "extra": None, "case_id": case_id,
                  "made_at": now, "made_by": person.person_id}  # fmt: skip
        rows: Iterator[dict[str, Any]] = (
            shared | {"id": new_id(), "seq": first + 1 + n, "text": text_of(n)} for n in range(count)
        )
        digest = 0
        while batch := list(islice(rows, _BATCH)):
            connection.execute(insert(notes), batch)
            connection.execute(
                insert(entry),
                [
                    {"seq": r["seq"], "scope": scope, "kind": "note", "row_id": r["id"], "op": "put"}
                    for r in batch
                ],
            )
            digest += sum(row_digest("note", r["id"], 1) for r in batch)
        had = connection.execute(select(scope_stat).where(scope_stat.c.scope == scope)).one()
        stat = {"scope": scope, "held": had.held + count,
                "digest": f"{(int(had.digest, 16) + digest) % _MOD:016x}"}  # fmt: skip
        upsert(connection, scope_stat, [stat], key=("scope",))
        connection.execute(update(clock).values(seq=first + count))
    return str(scope)


def measure(folder: Path, url: str, made: Made, count: int) -> dict[str, float]:
    """Seconds from joining to the last row, the peak memory of this process until then, and how fast rows become
    searchable after that: measured for some seconds, told as seconds for all."""
    began = time.perf_counter()
    fresh = workstation(folder / "fresh", url, made.people[5])
    took = time.perf_counter() - began
    memory = peak_mb()
    note = domain().kinds.table("note")
    with fresh.store.reader() as connection:
        held = connection.execute(select(func.count()).select_from(note)).scalar_one()
    assert held >= count, held
    began, indexed = time.perf_counter(), 0
    while time.perf_counter() - began < _INDEX_FOR_S and (done := fresh.store.index_waiting()):
        indexed += done
    rate = indexed / (time.perf_counter() - began)
    fresh.store.close()
    return {"seconds": took, "client MB": memory, "indexed per second": rate}
