"""Adoption (käyttöönotto palvelimella): what a store registered while it was its own authority is queued for the
server it joins, each object with its parts as one group, numbers as they were given.

The groups go out only to a server that says it takes them in; until then they wait, and the rows are as they
were. Invariant: every row that lay outside the common settings is in exactly one of the groups.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from workbench.context import Session
from workbench.ids import new_id
from workbench.store.kinds import Kind, KindRegistry
from workbench.store.schema import outbox, outbox_group, sync_base
from workbench.store.serverrows import shape_of
from workbench.store.unit import WAITING

ADOPT = "sync.adopt"
"""The command the groups come under."""

COMMON = "global"
"""The scope of settings, which the server has its own of."""


def holds_work(connection: Connection, kinds: KindRegistry) -> bool:
    """Whether anything has been registered here: any row besides settings."""
    for kind in kinds:
        c = shape_of(kind).table.c
        if connection.execute(select(c.k).where(c.scope_id != COMMON).limit(1)).first() is not None:
            return True
    return False


def queue_all(connection: Connection, kinds: KindRegistry, session: Session, at: datetime) -> int:
    """Queue every row that is not a setting; returns the number of groups."""
    roots: dict[str, list[tuple[Kind, dict[str, Any]]]] = {}
    for kind in _parents_first(kinds):
        table = kinds.table(kind.name)
        rows = connection.execute(select(table).where(table.c.scope_id != COMMON).order_by(table.c.k))
        for row in rows.mappings():
            root = str((row[kind.root] if kind.root else None) or row["id"])
            roots.setdefault(root, []).append((kind, dict(row)))
    for root, parts in roots.items():
        _queue(connection, root, parts, session, at)
    connection.execute(delete(sync_base))
    return len(roots)


def _parents_first(kinds: KindRegistry) -> list[Kind]:
    found: list[Kind] = []
    waiting = list(kinds)
    while waiting:
        names = {k.name for k in waiting}
        ready = [k for k in waiting if k.parent_kind not in names or k.parent_kind == k.name]
        found += ready
        waiting = [k for k in waiting if k not in ready]
    return found


def _queue(
    connection: Connection, root: str, rows: list[tuple[Kind, dict[str, Any]]], session: Session, at: datetime
) -> None:
    group_id = new_id()
    connection.execute(
        insert(outbox_group).values(
            group_id=group_id,
            command=ADOPT,
            version=1,
            args={"root": root},
            at=at,
            actor_id=session.person_id,
            municipality=session.municipality,
            arrangement_id="",
            undoes="",
            state="queued",
            origin=group_id,
        )
    )
    connection.execute(
        insert(outbox),
        [
            {
                "op_id": new_id(),
                "group_id": group_id,
                "type": "create",
                "kind": kind.name,
                "row_id": row["id"],
                "scope_id": row["scope_id"],
                "base_rev": 0,
                "patch": kind.wire({f.name: row[f.name] for f in kind.fields if row[f.name] is not None}),
                "state": "queued",
            }
            for kind, row in rows
        ],
    )
    for kind, row in rows:
        table = shape_of(kind).table
        connection.execute(
            update(table).where(table.c.id == row["id"]).values(rev=0, seq=0, sync_state=WAITING)
        )
