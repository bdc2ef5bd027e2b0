"""Founding a server from a store that was its own authority: all it holds, with its history, numbers and files.

What was done there becomes the server's log and audit, command by command, as the same people did it; numbers
stay and their series go on. The store itself is only read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, select

from workbench.errors import UserError
from workbench.i18n import _
from workbench.server.database import insert_missing, upsert
from workbench.server.desk import Desk
from workbench.server.principal import ADMINISTRATION
from workbench.server.push import push
from workbench.server.schema import blob, clock
from workbench.store.resolving import group_with_ops
from workbench.store.schema import outbox_group, series
from workbench.store.store import Store
from workbench.sync.envelope import groups_of
from workbench.sync.wire import Group

_OPS_AT_ONCE = 2_000


def take_over(
    desk: Desk, store: Store, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> int:
    """Bring everything of a store onto an empty server; returns the number of commands. Raises
    :class:`UserError` when the server is not empty or a command does not fit it; run on a new server then."""
    with desk.database.reading() as connection:
        if connection.execute(select(clock.c.seq)).scalar_one():
            raise UserError(_("Palvelimella on jo tietoja. Tee uusi, tyhjä palvelin."), code="not_empty")
    _contents(desk, store)
    with store.reader() as connection:
        ids = list(connection.execute(select(outbox_group.c.group_id).order_by(outbox_group.c.n)).scalars())
        done = 0
        for groups in _batches(connection, store, ids):
            results = push(desk.database, desk.domain, ADMINISTRATION, groups, desk.clock.now())["results"]
            refused = next((r for r in results if r["status"] != "applied"), None)
            if refused is not None:
                raise UserError(
                    _("Palvelin ei voi ottaa vastaan kaikkea: {why}").format(
                        why=refused.get("message") or refused["status"]
                    ),
                    code="not_taken",
                )
            done += len(groups)
            progress(done, len(ids))
        _series(desk, connection)
    return done


def _batches(connection: Connection, store: Store, ids: list[str]) -> Iterator[list[Group]]:
    batch: list[dict[str, Any]] = []
    size = 0
    for group_id in ids:
        stored = group_with_ops(connection, group_id)
        assert stored is not None  # its id was read in the same view
        # Of what was destroyed only its names are left: nothing to bring.
        stored["ops"] = [op for op in stored["ops"] if op["patch"] is not None]
        batch.append(stored)
        size += len(stored["ops"])
        if size >= _OPS_AT_ONCE:
            yield groups_of(connection, store.domain.kinds, batch)
            batch, size = [], 0
    if batch:
        yield groups_of(connection, store.domain.kinds, batch)


def _contents(desk: Desk, store: Store) -> None:
    rows = []
    at = desk.clock.now()
    for municipality, sha256 in sorted(store.named_blobs()):
        content = store.blobs.read(municipality, sha256)
        desk.contents.put(municipality, content)
        rows.append({"municipality": municipality, "sha256": sha256, "size": len(content), "received_at": at})
    if rows:
        desk.database.write(lambda c: insert_missing(c, blob, rows, key=("municipality", "sha256")))


def _series(desk: Desk, connection: Connection) -> None:
    """Series go on where they were."""
    rows = [dict(r) for r in connection.execute(select(series)).mappings()]

    def work(there: Connection) -> None:
        given = {r.name: r.next for r in there.execute(select(series))}
        kept = [r | {"next": max(r["next"], given.get(r["name"], 1))} for r in rows]
        upsert(there, series, kept, key=("name",))

    desk.database.write(work)
