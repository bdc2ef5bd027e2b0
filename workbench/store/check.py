"""``workbench check``: is everything in the store as it was confirmed. Lists what is wrong, in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from sqlalchemy import Connection, func, select, text

from workbench.errors import StorageProblem
from workbench.i18n import _
from workbench.store import journal
from workbench.store.adopting import SEGMENT
from workbench.store.kinds import KindRegistry
from workbench.store.meta import get_meta
from workbench.store.references import check_references
from workbench.store.schema import journal as journal_table
from workbench.store.schema import outbox, outbox_group, search_entry
from workbench.store.store import Store

Progress = Callable[[str], None]


def check_store(store: Store, *, thorough: bool = True, progress: Progress = lambda _text: None) -> list[str]:
    """Every finding as a Finnish sentence; an empty list means that all is well. ``thorough`` also reads
    the content of every file."""
    findings: list[str] = []
    progress(_("Tietokannan rakenne"))
    findings += _database(store)
    if thorough:
        findings += _seals(store)
    progress(_("Tapahtumaloki"))
    findings += _journal(store)
    progress(_("Rekisteri"))
    with store.reader() as connection:
        if store.is_joined:
            # Of a joined register this workstation holds what its person may see: a part, with gaps by right.
            findings += _waiting_rows(connection, store.domain.kinds)
        else:
            for check in store.domain.checks:
                findings += check(connection)
            findings += check_references(connection, store.domain.kinds)
    findings += _index(store)
    progress(_("Tiedostojen sisällöt"))
    findings += _blobs(store, thorough=thorough)
    return findings


def _seals(store: Store) -> Iterator[str]:
    """Each page's seal (HMAC), read from the file itself: with the write lock held, since a page that is
    being written back from the log looks broken half-way."""
    if store.database_key:
        with store.transaction() as connection:
            for row in connection.exec_driver_sql("PRAGMA cipher_integrity_check").scalars().all():
                yield _("Tietokannan salaus: {what}").format(what=row)


def _database(store: Store) -> Iterator[str]:
    with store.fresh_reader() as connection:
        for row in connection.exec_driver_sql("PRAGMA quick_check").scalars():
            if row != "ok":
                yield _("Tietokanta: {what}").format(what=row)
        for name in store.domain.kinds.names():
            table = store.domain.kinds.table(name)
            # Every row's revision is the number of operations on it: nothing was written around the path.
            ops = (
                select(outbox.c.row_id, func.count().label("n"))
                .where(outbox.c.kind == name)
                .group_by(outbox.c.row_id)
                .subquery()
            )
            wrong = connection.execute(
                select(func.count())
                .select_from(table.outerjoin(ops, ops.c.row_id == table.c.id))
                .where((ops.c.n.is_(None)) | (ops.c.n != table.c.rev))
            ).scalar_one()
            if wrong and store.authority.settles:
                yield _("{n} rivin ({kind}) muutoshistoria ei täsmää.").format(n=wrong, kind=name)


def _waiting_rows(connection: Connection, kinds: KindRegistry) -> Iterator[str]:
    """A row says that own changes wait exactly when some do."""
    for kind in kinds:
        table = kinds.table(kind.name)
        waits = (
            select(outbox.c.n)
            .where(
                outbox.c.kind == kind.name,
                outbox.c.row_id == table.c.id,
                outbox.c.state.in_(("queued", "conflict")),
            )
            .exists()
        )
        wrong = connection.execute(
            select(func.count())
            .select_from(table)
            .where(((table.c.sync_state == 0) & waits) | ((table.c.sync_state != 0) & ~waits))
        ).scalar_one()
        if wrong:
            yield _("{n} rivin ({kind}) tila ei vastaa odottavia muutoksia.").format(n=wrong, kind=kind.name)


def _journal(store: Store) -> Iterator[str]:
    with store.reader() as connection:
        for fault in journal.verify(connection):
            yield _("Tapahtumaloki {chain}, merkintä {position}: {what}.").format(
                chain=fault.chain, position=fault.position, what=fault.what
            )
        # A group that was sent anew speaks by the entry of the one it came from.
        groups = connection.execute(
            select(func.count()).select_from(outbox_group).where(outbox_group.c.origin == "")
        ).scalar_one()
        entries = connection.execute(select(func.count()).select_from(journal_table)).scalar_one()
        if groups != entries:
            yield _("Lokissa on {entries} merkintää, mutta toimia on {groups}.").format(
                entries=entries, groups=groups
            )
        for chain, (position, head) in json.loads(get_meta(connection, SEGMENT) or "{}").items():
            j = journal_table.c
            here = select(j.hash).where(j.chain == chain, j.position == position)
            if connection.execute(here).scalar() != head:
                yield _("Tapahtumaloki {chain} on muuttunut siitä, mitä palvelimelle ilmoitettiin.").format(
                    chain=chain
                )


def _index(store: Store) -> Iterator[str]:
    with store.reader() as connection:
        entries = connection.execute(select(func.count()).select_from(search_entry)).scalar_one()
        indexed = connection.execute(text("SELECT count(*) FROM search_fts_docsize")).scalar_one()
        if entries != indexed:
            yield _("Hakemistossa on {indexed} kohdetta, pitäisi olla {entries}.").format(
                indexed=indexed, entries=entries
            )


def _blobs(store: Store, *, thorough: bool) -> Iterator[str]:
    for municipality, sha256 in sorted(store.named_blobs()):
        if not store.blobs.has(municipality, sha256):
            if store.is_joined:
                continue  # content comes from the server when it is asked for
            yield _("Tiedoston sisältö puuttuu: {name}").format(name=sha256[:12])
        elif thorough:
            try:
                for _chunk in store.blobs.open(municipality, sha256):
                    pass
            except StorageProblem as problem:
                yield str(problem)
