"""A store's whole outbox as groups of the wire: for founding a server in tests from a world made locally."""

from __future__ import annotations

from typing import cast

from sqlalchemy import select

from workbench.store.resolving import group_with_ops
from workbench.store.schema import outbox_group
from workbench.store.store import Store
from workbench.sync.envelope import groups_of as wire_groups
from workbench.sync.wire import Group


def groups_of(store: Store, after: int = 0) -> list[Group]:
    """Every command of the store after the ``after``-th, oldest first, each operation with its patch."""
    with store.reader() as connection:
        query = select(outbox_group.c.group_id).where(outbox_group.c.n > after).order_by(outbox_group.c.n)
        stored = [group_with_ops(connection, i) for i in list(connection.execute(query).scalars())]
        found = wire_groups(connection, store.domain.kinds, [g for g in stored if g is not None])
    for group in found:
        for op in group["ops"]:
            op.setdefault("patch", {})
            cast(dict[str, object], op).pop("after_op", None)
    return found
