"""Lawful destruction inside the store: everything outside the rows themselves that held their content.

Emptied are journal values, outbox payloads and arguments, merge bases and index words. What went earlier
(a version that was undone, a registration that was taken back) is remembered by the log alone, so it is
looked for there. Digests and metadata stay, and the chain still verifies.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, func, select, update

from workbench.ids import new_id
from workbench.store import journal
from workbench.store.kinds import KindRegistry
from workbench.store.meta import PURGE_WAITS, set_meta
from workbench.store.schema import journal_change, journal_value, outbox, outbox_group, sync_base
from workbench.store.search.index import forget

Row = tuple[str, str]


def erase(connection: Connection, kinds: KindRegistry, destroyed: Iterable[Row]) -> None:
    """Empty what the store holds of the given rows and of what belonged to them and is gone already."""
    waiting = list(destroyed)
    seen = set(waiting)
    # Only things like those destroyed: the log of a party removed long ago is no part of a letter.
    alike = {kind for kind, _row_id in waiting}
    alike |= {child.name for kind in alike for child in kinds.children_of(kind)}
    while waiting:
        row = waiting.pop()
        for other in (*_gone_children(connection, kinds, row), *_gone_companions(connection, alike, row)):
            if other not in seen and not _exists(connection, kinds, other):
                seen.add(other)
                waiting.append(other)
    for kind, row_id in seen:
        _empty(connection, kind, row_id)
    set_meta(connection, PURGE_WAITS, new_id())


def _exists(connection: Connection, kinds: KindRegistry, row: Row) -> bool:
    table = kinds.table(row[0])
    return connection.execute(select(table.c.k).where(table.c.id == row[1])).first() is not None


def _gone_children(connection: Connection, kinds: KindRegistry, row: Row) -> list[Row]:
    """Rows the log knows below this one."""
    found: list[Row] = []
    change, value = journal_change.c, journal_value.c
    roots = select(change.root_id).where(change.kind == row[0], change.row_id == row[1]).distinct()
    for child in kinds.children_of(row[0]):
        parent = func.json_extract(func.coalesce(value.after, value.before), f"$.{child.parent}")
        query = (
            select(change.row_id)
            .select_from(journal_change.join(journal_value, value.change_n == change.n))
            .where(
                change.root_id.in_(roots), change.kind == child.name, change.field == "*", parent == row[1]
            )
            .distinct()
        )
        found += [(child.name, row_id) for row_id in connection.execute(query).scalars()]
    return found


def _gone_companions(connection: Connection, alike: set[str], row: Row) -> list[Row]:
    """Rows that one command touched together with this one: a registration that was taken back."""
    groups = select(outbox.c.group_id).where(outbox.c.kind == row[0], outbox.c.row_id == row[1])
    query = (
        select(outbox.c.kind, outbox.c.row_id)
        .where(outbox.c.group_id.in_(groups), outbox.c.kind.in_(alike))
        .distinct()
    )
    return [(kind, row_id) for kind, row_id in connection.execute(query)]


def _empty(connection: Connection, kind: str, row_id: str) -> None:
    journal.erase_values(connection, kind, row_id)
    own = (outbox.c.kind == kind) & (outbox.c.row_id == row_id)
    groups = select(outbox.c.group_id).where(own)
    connection.execute(
        update(outbox_group).where(outbox_group.c.group_id.in_(groups)).values(args=None, envelope=None)
    )
    connection.execute(update(outbox).where(own).values(patch=None))
    connection.execute(delete(sync_base).where(sync_base.c.kind == kind, sync_base.c.row_id == row_id))
    forget(connection, kind, row_id)
