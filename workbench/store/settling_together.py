"""Settling many groups at once: those that were plainly applied, which nearly all are.

Plainly: the group was sent and waits, the server told a revision and a number for each of its operations and has
nothing to add, and nothing lies on its rows but what this very answer settles. Such a row already shows what the
server has, so that only its bookkeeping changes: a few statements for a whole answer. Anything else is settled by
:mod:`workbench.store.settling`, and what comes of it is the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from workbench.store import scopes
from workbench.store.incoming import Incoming
from workbench.store.rebase import SHOWN
from workbench.store.schema import outbox, outbox_group, sync_base
from workbench.store.serverrows import shape_of
from workbench.store.statements import given
from workbench.store.unit import WAITING

Result = Mapping[str, Any]
Row = tuple[str, str]

_PLAIN_TYPES = frozenset({"create", "patch", "move"})
_g, _o, _b = outbox_group.c, outbox.c, sync_base.c

_GROUPS = select(_g.group_id, _g.sent_at, _g.destroys).where(
    _g.group_id.in_(given("ids")), _g.state == "queued"
)
_OPS = (
    select(_o.n, _o.op_id, _o.group_id, _o.type, _o.kind, _o.row_id, _o.scope_id, _o.state)
    .where(_o.group_id.in_(given("ids")))
    .order_by(_o.n)
)
_ON_ROWS = select(_o.row_id, _o.group_id).where(
    _o.kind == bindparam("kind"), _o.row_id.in_(given("ids")), _o.state.in_(SHOWN)
)
_BASES = select(_b.row_id, _b.rev, _b.seq, _b.scope_id, _b.data.is_not(None).label("held")).where(
    _b.kind == bindparam("kind"), _b.row_id.in_(given("ids"))
)
_OPS_SETTLED = (
    update(outbox)
    .where(_o.n == bindparam("op_n"))
    .values(state="settled", result=bindparam("told", type_=_o.result.type), derived=None)
)
_GROUPS_SETTLED = (
    update(outbox_group)
    .where(_g.group_id.in_(given("ids")))
    .values(state="settled", settled_at=bindparam("moment", type_=_g.settled_at.type), result=None)
)
_BASES_GONE = delete(sync_base).where(_b.kind == bindparam("of_kind"), _b.row_id.in_(given("ids")))


@dataclass
class _Held:
    """What the authority has of a row, as far as is known while an answer is read."""

    rev: int = 0
    seq: int = 0
    scope: str = ""
    there: bool = False
    passed: list[str] = field(default_factory=list)  # scopes it has been in


@dataclass
class _Ahead:
    """What is known here of the groups an answer speaks of."""

    groups: dict[str, Any]
    ops: dict[str, list[Any]]
    on_rows: dict[Row, set[str]] = field(default_factory=lambda: defaultdict(set))  # groups lying on each row
    bases: dict[Row, Any] = field(default_factory=dict)
    local: dict[Row, Any] = field(default_factory=dict)


def settle_plain(incoming: Incoming, results: Sequence[Result], at: datetime) -> int:
    """Settle those at the beginning of an answer that were plainly applied; returns how many. The first after
    them is not one of those."""
    count = _candidates(results)
    if not count:
        return 0
    ahead = _read(incoming, [r["group_id"] for r in results[:count]])
    while count:
        held: dict[Row, _Held] = {}
        together = {r["group_id"] for r in results[:count]}
        plain = 0
        for result in results[:count]:
            if not _is_plain(incoming, ahead, result, together, held):
                break
            plain += 1
        if plain == count:
            # Where a row ends is where it lies, or its history has to move along.
            end = next((n for n, r in enumerate(results[:count]) if not _ends_here(ahead, r, held)), count)
            if end == count:
                _write(incoming, ahead, results[:count], held, at)
                return count
            plain = end
        count = plain  # rows that what is left out lies on, too, are not plain any more
    return 0


def _candidates(results: Sequence[Result]) -> int:
    """How many at the beginning say nothing but that they were applied."""
    seen: set[str] = set()
    for n, result in enumerate(results):
        if result["status"] != "applied" or result.get("rows") or result["group_id"] in seen:
            return n
        seen.add(result["group_id"])
    return len(results)


def _read(incoming: Incoming, ids: list[str]) -> _Ahead:
    connection, kinds = incoming.connection, incoming.kinds
    ops: dict[str, list[Any]] = defaultdict(list)
    rows: dict[str, dict[str, None]] = defaultdict(dict)
    for op in connection.execute(_OPS, {"ids": ids}).all():
        ops[op.group_id].append(op)
        rows[op.kind][op.row_id] = None
    ahead = _Ahead({g.group_id: g for g in connection.execute(_GROUPS, {"ids": ids}).all()}, ops)
    for kind, row_ids in rows.items():
        if kind not in kinds:
            continue
        wanted = {"kind": kind, "ids": list(row_ids)}
        for row_id, group_id in connection.execute(_ON_ROWS, wanted).all():
            ahead.on_rows[kind, row_id].add(group_id)
        ahead.bases |= {(kind, b.row_id): b for b in connection.execute(_BASES, wanted).all()}
        heads = shape_of(kinds[kind]).heads(connection, row_ids)
        ahead.local |= {(kind, row_id): head for row_id, head in heads.items()}
    return ahead


def _is_plain(
    incoming: Incoming, ahead: _Ahead, result: Result, together: set[str], held: dict[Row, _Held]
) -> bool:
    group = ahead.groups.get(result["group_id"])
    if group is None or group.sent_at is None or group.destroys:
        return False
    told = {o["op_id"]: o for o in result.get("ops") or []}
    ops = ahead.ops.get(result["group_id"], [])
    if len(told) != len(ops):
        return False
    for op in ops:
        row = (op.kind, op.row_id)
        local = ahead.local.get(row)
        if op.state != "queued" or op.type not in _PLAIN_TYPES or op.kind not in incoming.kinds:
            return False
        if local is None or local.sync_state != WAITING or not ahead.on_rows[row] <= together:
            return False
        if row not in held:
            base = ahead.bases.get(row)
            held[row] = _Held(base.rev, base.seq, base.scope_id, bool(base.held)) if base else _Held()
        if not _advances(held[row], op, told.get(op.op_id) or {}):
            return False
    return True


def _advances(held: _Held, op: Any, told: Mapping[str, Any]) -> bool:
    """Put one operation on what the authority has of its row; False when something lies between."""
    rev, seq = int(told.get("rev") or 0), int(told.get("seq") or 0)
    if not rev or seq <= held.seq:
        return False
    if held.there == (op.type == "create") or (held.there and held.rev != rev - 1):
        return False
    held.rev, held.seq, held.scope, held.there = rev, seq, str(told.get("scope") or op.scope_id), True
    held.passed.append(held.scope)
    return True


def _ends_here(ahead: _Ahead, result: Result, held: Mapping[Row, _Held]) -> bool:
    rows = {(op.kind, op.row_id) for op in ahead.ops.get(result["group_id"], [])}
    return all(held[row].scope == ahead.local[row].scope_id for row in rows)


def _write(
    incoming: Incoming, ahead: _Ahead, results: Sequence[Result], held: Mapping[Row, _Held], at: datetime
) -> None:
    connection = incoming.connection
    revs = {o["op_id"]: int(o["rev"]) for r in results for o in r.get("ops") or []}
    ids = [r["group_id"] for r in results]
    ops = [op for i in ids for op in ahead.ops.get(i, [])]
    _expect(connection, {scope for h in held.values() for scope in h.passed})
    by_kind: dict[str, dict[str, _Held]] = defaultdict(dict)
    for (kind, row_id), end in held.items():
        by_kind[kind][row_id] = end
    for kind, rows in by_kind.items():
        confirmed = ((row_id, end.rev, end.seq) for row_id, end in rows.items())
        shape_of(incoming.kinds[kind]).confirm(connection, confirmed)
        connection.execute(_BASES_GONE, {"of_kind": kind, "ids": list(rows)})
        incoming.touched.update((kind, row_id) for row_id in rows)
    if ops:
        connection.execute(_OPS_SETTLED, [{"op_n": op.n, "told": {"rev": revs[op.op_id]}} for op in ops])
    connection.execute(_GROUPS_SETTLED, {"ids": ids, "moment": at})


def _expect(connection: Connection, named: Iterable[str]) -> None:
    for scope in sorted(named):
        if scopes.find_scope(connection, scope) is None:
            scopes.expect(connection, scope)
