"""Rows in an answer: those the workstation cannot work out itself, as they are now and as far as the person may
see them now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from workbench.server.rows import data_of
from workbench.server.schema import audit
from workbench.server.unit import ServerUnit
from workbench.sync.wire import Group, Result


def attach_rows(
    unit: ServerUnit, done: Mapping[str, int], groups: Sequence[Group], results: Sequence[Result]
) -> None:
    """Put the rows into the results. ``done``: revisions that operations of this request made."""
    for group, result in zip(groups, results, strict=True):
        if result["status"] not in ("applied", "conflict"):
            continue
        told = {o["op_id"]: o for o in result.get("ops", [])}
        rows: dict[tuple[str, str], Any] = {}
        for op in group.get("ops", []):
            kind, row_id = str(op["kind"]), str(op["id"])
            if kind not in unit.kinds or (kind, row_id) in rows:
                continue
            row = unit.row(kind, row_id)
            if row is None or not unit.sees(row["scope_id"]):
                continue
            if result["status"] == "conflict" or not _follows(unit, done, group, told, kind, row):
                rows[kind, row_id] = {
                    "seq": row["seq"],
                    "scope": row["scope_id"],
                    "kind": kind,
                    "id": row_id,
                    "op": "put",
                    "rev": row["rev"],
                    "data": data_of(unit.kinds[kind], row),
                }
        if rows:
            result["rows"] = list(rows.values())


def _follows(
    unit: ServerUnit,
    done: Mapping[str, int],
    group: Group,
    told: Mapping[str, Any],
    kind: str,
    row: Mapping[str, Any],
) -> bool:
    """Whether the row is what the workstation has: its own operations alone on the revision it knew."""
    ops = [o for o in group["ops"] if (o["kind"], o["id"]) == (kind, row["id"])]
    spec = unit.kinds[kind]
    if spec.assign is not None and any(op["type"] == "create" for op in ops):
        return False
    if any(n in (op.get("patch") or {}) for op in ops for n in spec.assigned):
        return False
    rev = int(ops[0].get("base_rev") or 0)
    earlier = ops[0].get("after_op")
    if earlier:
        rev = int(told[ops[0]["op_id"]]["rev"]) - 1
        if rev != _rev_of(unit, done, str(earlier)):
            return False
    last = told[ops[-1]["op_id"]]
    return bool(row["rev"] == last["rev"] == rev + len(ops) and row["scope_id"] == last["scope"])


def _rev_of(unit: ServerUnit, done: Mapping[str, int], op_id: str) -> int:
    if op_id in done:
        return done[op_id]
    return unit.raw.execute(select(audit.c.rev).where(audit.c.op_id == op_id)).scalar() or 0
