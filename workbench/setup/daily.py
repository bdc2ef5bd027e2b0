"""The daily backup (päivittäinen varmuuskopio): made at the start of the day, quietly and behind.

Invariant: never more than one a day by itself; a failure is told and the work goes on.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from workbench.store.backup import BackupInfo, list_backups, make_backup
from workbench.store.store import Store

EVERY = timedelta(hours=20)
"""Less than a day, so that a desk opened at 8.05 one morning and at 8.00 the next gets its copy."""


def backup_folder(home: Path, chosen: str = "") -> Path:
    """Where backups go: the folder the person has chosen, or ``backups`` in the home."""
    return Path(chosen) if chosen else home / "backups"


def is_due(store: Store, folder: Path) -> bool:
    """Whether the newest backup is too old, or there is none. A demonstration needs none."""
    if store.is_demo:
        return False
    backups = list_backups(folder)
    return not backups or store.clock.now() - backups[0].made_at >= EVERY


def make_daily(store: Store, folder: Path) -> BackupInfo | None:
    """Make the day's backup if it is due."""
    return make_backup(store, folder) if is_due(store, folder) else None
