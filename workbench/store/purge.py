"""Purge (poisto työasemalta): what a scope that is granted no more left behind is taken from this workstation.

Rows, bases, words, what the journal and the outbox remember of their content. Work on them that was not sent is
set aside (quarantine); what was sent is offered once more, unchanged, to learn what became of it. The files
themselves are cleaned once a sync (``Store.purge_deleted``).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from workbench.ids import new_id
from workbench.store import scopes
from workbench.store.meta import PURGE_WAITS, set_meta
from workbench.store.rebase import SHOWN, Rebasing
from workbench.store.schema import (
    WAITS,
    journal_change,
    journal_value,
    outbox,
    outbox_group,
    search_entry,
    sync_base,
    sync_scope,
    unknown_entry,
)
from workbench.store.search.index import forget
from workbench.store.sending import said_of
from workbench.store.serverrows import shape_of
from workbench.store.statements import given

Row = tuple[str, str]


def purge_scope(rebasing: Rebasing, scope_id: str, *, lost: bool) -> None:
    """Take away what lies in a scope. ``lost``: the person may not see it any more; otherwise it comes anew, and
    own work on it goes on."""
    connection = rebasing.connection
    pending = _pending_rows(rebasing, scope_id)
    if lost:
        set_aside(rebasing, _groups_on(connection, pending), {"status": "revoked"})
    b = sync_base.c
    connection.execute(delete(sync_base).where(b.scope_id == scope_id, b.data.is_not(None)))
    for kind in rebasing.kinds:
        c = shape_of(kind).table.c
        gone = list(connection.execute(select(c.id).where(c.scope_id == scope_id)).scalars())
        keep = {i for k, i in pending if k == kind.name}
        _make_baseless(rebasing, kind.name, keep)
        if lost:
            _erase(connection, kind.name, gone)
        rebasing.remove(kind, [i for i in gone if i not in keep])
    for kind_name, row_id in sorted(pending):
        rebasing.row(kind_name, row_id)
    connection.execute(delete(unknown_entry).where(unknown_entry.c.scope_id == scope_id))
    scopes.forget(connection, scope_id)
    if lost:
        connection.execute(delete(journal_value).where(journal_value.c.scope_id == scope_id))
        _erase_sent(connection, scope_id)
        for kind_name, row_id in list(
            connection.execute(
                select(search_entry.c.kind, search_entry.c.row_id).where(search_entry.c.scope_id == scope_id)
            )
        ):
            forget(connection, kind_name, row_id)
        set_meta(connection, PURGE_WAITS, new_id())


def _pending_rows(rebasing: Rebasing, scope_id: str) -> set[Row]:
    """Rows with own work on them that are in the scope, or were to be made there. One the server has elsewhere
    is not lost with it, whatever the own work was to do with it."""
    connection = rebasing.connection
    b, o = sync_base.c, outbox.c
    held = select(b.kind, b.row_id).where(b.scope_id == scope_id, b.data.is_not(None))
    found = {(kind, row_id) for kind, row_id in connection.execute(held)}
    query = select(o.kind, o.row_id).where(o.scope_id == scope_id, o.state.in_(SHOWN)).distinct()
    for kind, row_id in list(connection.execute(query)):
        base = rebasing.base(kind, row_id)
        if base is None or base["data"] is None:
            found.add((kind, row_id))
    return found


def _make_baseless(rebasing: Rebasing, kind: str, ids: set[str]) -> None:
    """The authority has no such rows, as far as can be seen from here."""
    for row_id in ids:
        base = rebasing.base(kind, row_id)
        if base is None:
            rebasing.set_base(kind, row_id, 0, 0, "", None)


def _groups_on(connection: Connection, rows: set[Row]) -> list[str]:
    o = outbox.c
    found: dict[str, None] = {}
    for kind, row_id in sorted(rows):
        query = select(o.group_id).where(o.kind == kind, o.row_id == row_id, o.state.in_(SHOWN)).distinct()
        found |= dict.fromkeys(connection.execute(query).scalars())
    return list(found)


def set_aside(rebasing: Rebasing, groups: list[str], result: dict[str, Any]) -> None:
    """Put groups into quarantine: their operations lie on no row any more, their text is kept for a while. A
    group that was sent and not answered stays in the queue, to learn its fate."""
    connection = rebasing.connection
    g, o = outbox_group.c, outbox.c
    rows: set[Row] = set()
    for group_id in groups:
        query = select(o.kind, o.row_id).where(o.group_id == group_id).distinct()
        rows |= {(k, i) for k, i in connection.execute(query)}
        sent = connection.execute(
            select(g.sent_at).where(g.group_id == group_id, g.state == "queued")
        ).scalar()
        _keep_texts(rebasing, group_id)
        said = said_of(connection, group_id)
        kept = {n: said[n] for n in ("words", "reason") if said[n]}
        connection.execute(update(outbox).where(o.group_id == group_id).values(state="quarantine"))
        values: dict[str, Any] = {"result": result | ({"said": kept} if kept else {})}
        if sent is None:
            values |= {"state": "quarantine", "settled_at": None}
        connection.execute(update(outbox_group).where(g.group_id == group_id).values(**values))
    for kind, row_id in sorted(rows):
        rebasing.row(kind, row_id)


def erase_unseen_history(connection: Connection) -> int:
    """What the journal remembers in scopes that are not granted, of work that was not taken in: nobody here may
    read it. Returns how many scopes were emptied."""
    unseen = unseen_history(connection)
    for scope in unseen:
        connection.execute(delete(journal_value).where(journal_value.c.scope_id == scope))
        set_meta(connection, PURGE_WAITS, new_id())
    return len(unseen)


def unseen_history(connection: Connection) -> list[str]:
    """Scopes the journal remembers something of, and nobody here may read."""
    v, s, o = journal_value.c, sync_scope.c, outbox.c
    seen = set(connection.execute(select(s.scope_id)).scalars())
    waiting = list(connection.execute(select(outbox_group.c.group_id).where(WAITS)).scalars())
    shown = select(o.scope_id).where(o.group_id.in_(given("ids")), o.state.in_(SHOWN)).distinct()
    seen |= set(connection.execute(shown, {"ids": waiting}).scalars())
    found: list[str] = []
    scope: str | None = ""
    # From one scope to the next by the index: a long journal has few of them.
    while (
        scope := connection.execute(select(func.min(v.scope_id)).where(v.scope_id > scope)).scalar()
    ) is not None:
        if scope not in seen:
            found.append(scope)
    return found


def _keep_texts(rebasing: Rebasing, group_id: str) -> None:
    """Derived texts of rows the group made leave the screen with them; they stay with the operation."""
    o = outbox.c
    made = rebasing.connection.execute(
        select(outbox).where(o.group_id == group_id, o.type == "create")
    ).mappings()
    for op in list(made):
        if op["kind"] in rebasing.kinds:
            derived = rebasing.derived_of(rebasing.kinds[op["kind"]], op["row_id"], dict(op))
            if derived:
                rebasing.connection.execute(
                    update(outbox).where(o.op_id == op["op_id"]).values(derived=derived)
                )


def erase_lost(connection: Connection, kind: str, ids: list[str]) -> None:
    """Rows have gone out of the person's sight: what is remembered of them goes, at the end of the sync from the
    files themselves."""
    _erase(connection, kind, ids)
    set_meta(connection, PURGE_WAITS, new_id())


def _erase(connection: Connection, kind: str, ids: list[str]) -> None:
    """What the journal and the settled outbox remember of the rows' content."""
    c, o = journal_change.c, outbox.c
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        changes = select(c.n).where(c.kind == kind, c.row_id.in_(some))
        connection.execute(delete(journal_value).where(journal_value.c.change_n.in_(changes)))
        settled = (o.kind == kind) & o.row_id.in_(some) & (o.state == "settled")
        _empty(connection, settled)


def _erase_sent(connection: Connection, scope_id: str) -> None:
    _empty(connection, (outbox.c.scope_id == scope_id) & (outbox.c.state == "settled"))


def _empty(connection: Connection, settled: Any) -> None:
    groups = select(outbox.c.group_id).where(settled)
    connection.execute(
        update(outbox_group)
        .where(outbox_group.c.group_id.in_(groups), outbox_group.c.state == "settled")
        .values(args=None, envelope=None)
    )
    connection.execute(update(outbox).where(settled).values(patch=None, derived=None))
