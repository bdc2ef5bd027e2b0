"""Updating a store that an older program made: once, by one process, after a backup, all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from filelock import FileLock

from workbench.errors import StorageProblem
from workbench.i18n import _
from workbench.store.backup import make_backup
from workbench.store.migrations.steps import run_steps
from workbench.store.schema import SCHEMA

if TYPE_CHECKING:
    from workbench.store.store import Store

Progress = Callable[[str], None]


def update_store(store: Store, progress: Progress = lambda _text: None) -> None:
    """Bring the store to this program's schema.

    Another process that finds the store old meanwhile waits for this one and finds nothing left to do.
    Raises :class:`StorageProblem` when an older program has the store open, or the backup fails; nothing
    has changed then.
    """
    # Two starts at once, of a window and a scheduled command, must not both update.
    with FileLock(store.home / ".updating"):
        found = store.meta("schema")
        if found == SCHEMA:
            return
        if store.is_open_elsewhere():
            raise StorageProblem(
                _(
                    "Tietovarasto pitää päivittää tälle ohjelmaversiolle, mutta se on auki toisessa ikkunassa tai "
                    "komennossa. Sulje ne ja avaa ohjelma uudelleen."
                )
            )
        progress(_("Otetaan varmuuskopio ennen päivitystä"))
        make_backup(store, store.home / "backups")
        with store.transaction() as connection:
            run_steps(connection, found, SCHEMA, progress)
            store.write_schema_version(connection)
