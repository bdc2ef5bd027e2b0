"""The scope log: one entry per row and scope, the last; and the count and digest of what each scope holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from workbench.server.database import upsert
from workbench.server.granting import GrantEntry
from workbench.server.schema import entry, scope_stat
from workbench.server.unit import Applied
from workbench.sync.wire import row_digest

_MOD = 1 << 64


def write_log(connection: Connection, applied: Sequence[Applied], first: int) -> None:
    """Write what operations left behind; ``first`` is the number before the first of the request."""
    entries: dict[tuple[str, str, str], tuple[int, str]] = {}
    deltas: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for a in applied:
        seq = first + a.index
        if a.before is not None:
            delta = deltas[a.before["scope_id"]]
            delta[0] -= 1
            delta[1] -= row_digest(a.kind, a.row_id, a.before["rev"])
            if a.after is None or a.after["scope_id"] != a.before["scope_id"]:
                left = (seq, "del") if a.after is None else (seq - 1, "leave")
                entries[a.before["scope_id"], a.kind, a.row_id] = left
        if a.after is not None:
            delta = deltas[a.after["scope_id"]]
            delta[0] += 1
            delta[1] += row_digest(a.kind, a.row_id, a.after["rev"])
            entries[a.after["scope_id"], a.kind, a.row_id] = (seq, "put")
    _write_entries(connection, entries)
    write_stats(connection, deltas)


def write_grants(connection: Connection, told: Sequence[GrantEntry], first: int) -> None:
    """Write what began or ended for persons, from the number after ``first`` on."""
    entries = {
        (f"user:{person_id}", "grant", scope): (first + number, op)
        for number, (person_id, scope, op) in enumerate(told, start=1)
    }
    _write_entries(connection, entries)


def _write_entries(connection: Connection, entries: Mapping[tuple[str, str, str], tuple[int, str]]) -> None:
    rows = [
        {"seq": seq, "scope": scope, "kind": kind, "row_id": row_id, "op": op}
        for (scope, kind, row_id), (seq, op) in entries.items()
    ]
    upsert(connection, entry, rows, key=("scope", "kind", "row_id"))


def write_stats(connection: Connection, deltas: Mapping[str, Sequence[int]]) -> None:
    """Add to count and digest of scopes. Asked with the log's counter held, so that nobody else does."""
    changed = {s: d for s, d in deltas.items() if any(d)}
    if not changed:
        return
    c = scope_stat.c
    found = {
        r.scope: (r.held, int(r.digest, 16))
        for r in connection.execute(select(scope_stat).where(c.scope.in_(list(changed))))
    }
    rows = []
    for scope, (count, digest) in changed.items():
        had, was = found.get(scope, (0, 0))
        rows.append({"scope": scope, "held": had + count, "digest": f"{(was + digest) % _MOD:016x}"})
    upsert(connection, scope_stat, rows, key=("scope",))
