"""Backups (varmuuskopiot): a consistent copy of the database, its keys and its blobs; rotating; restored
on a clean machine with any of the secrets, the recovery key alone included.

A backup folder holds ``blobs/`` shared by all backups in it and one folder per backup with the encrypted
database, the wrapped keys and a manifest. Contents are encrypted exactly as at home.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlcipher3 import dbapi2

from workbench import __version__
from workbench.clock import from_text, local, to_text
from workbench.errors import StorageProblem, UserError
from workbench.i18n import _
from workbench.oswords import os_reason
from workbench.store import keys
from workbench.store.blobs import BlobStore
from workbench.store.engine import open_engine
from workbench.store.files import sync_folder, write_atomically
from workbench.store.holds import suspend
from workbench.store.store import Store, keys_path

_MANIFEST = "manifest.json"
_FOLDERS = "backup_folders"
# How many of the newest backups are kept, one per day, week and month.
KEEP_DAYS, KEEP_WEEKS, KEEP_MONTHS = 7, 5, 12


@dataclass(frozen=True)
class BackupInfo:
    """One finished backup."""

    folder: Path
    made_at: datetime
    size: int


def make_backup(store: Store, folder: Path) -> BackupInfo:
    """Copy everything; the store may be in use meanwhile. Unfinished copies never look like backups."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        # Two backups into one folder at once would sweep each other's contents.
        with FileLock(folder / ".making", timeout=0):
            return _make(store, folder)
    except Timeout as error:
        raise StorageProblem(
            _("Varmuuskopiota tehdään jo tähän kansioon. Odota, että se valmistuu.")
        ) from error


def _make(store: Store, folder: Path) -> BackupInfo:
    now = store.clock.now()
    target = folder / local(now).strftime("%Y-%m-%d-%H%M%S")
    unfinished = target.with_name(f".{target.name}.unfinished")
    if target.exists():
        raise UserError(_("Varmuuskopio {name} on jo olemassa.").format(name=target.name), code="exists")
    try:
        if store.purge_waits:
            store.purge_deleted()  # what has been destroyed does not go along in unused parts of the file
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        copy_database(store, unfinished / "store.db")
        # A joined workstation has fetched only what it was asked for; the rest is the server's to keep.
        named = sorted(n for n in store.named_blobs() if not store.is_joined or store.blobs.has(*n))
        for municipality, sha256 in named:
            _copy_blob(store, folder / "blobs", municipality, sha256)
        if keys_path(store.home).exists():
            shutil.copy2(keys_path(store.home), unfinished / "keys.json")
        manifest = {
            "format": 1,
            "program": __version__,
            "made_at": to_text(now),
            "database_sha256": _digest(unfinished / "store.db"),
            "blobs": [list(pair) for pair in named],
        }
        write_atomically(unfinished / _MANIFEST, json.dumps(manifest).encode())
        unfinished.rename(target)
        sync_folder(folder)
        known = backup_folders(store)
        if folder.absolute() not in known:
            store.set_meta(_FOLDERS, json.dumps([str(f) for f in (*known, folder.absolute())]))
    except OSError as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise StorageProblem(
            _("Varmuuskopiota ei voitu tehdä kansioon {folder}: {why}").format(
                folder=folder, why=os_reason(error)
            )
        ) from error
    rotate(folder, now)
    return BackupInfo(target, now, (target / "store.db").stat().st_size)


def copy_database(store: Store, target: Path) -> None:
    """A consistent copy of the database under the same key."""
    with store.raw_reader() as source:
        copy = dbapi2.connect(str(target))
        try:
            if store.database_key:
                copy.execute(f"PRAGMA key = \"x'{store.database_key}'\"")
            source.backup(copy)
        finally:
            copy.close()


def _copy_blob(store: Store, folder: Path, municipality: str, sha256: str) -> None:
    source = store.blobs.path(municipality, sha256)
    target = folder / municipality / sha256[:2] / sha256[2:]
    if target.exists() and target.stat().st_size == source.stat().st_size:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_suffix(".tmp")
    shutil.copyfile(source, beside)
    beside.replace(target)


def list_backups(folder: Path) -> list[BackupInfo]:
    """Finished backups, the newest first; a damaged one is left out."""
    found = []
    for path in folder.glob(f"*/{_MANIFEST}"):
        try:
            manifest = _manifest(path.parent)
            size = (path.parent / "store.db").stat().st_size
        except (StorageProblem, OSError):
            continue
        found.append(BackupInfo(path.parent, from_text(manifest["made_at"]), size))
    return sorted(found, key=lambda b: b.made_at, reverse=True)


def rotate(folder: Path, now: datetime) -> list[Path]:
    """Remove backups beyond the newest of each of the last days, weeks and months; returns the removed."""
    backups = list_backups(folder)
    spared = _spared([b.made_at for b in backups], now)
    removed = [b.folder for b in backups if b.made_at not in spared]
    for path in removed:
        shutil.rmtree(path)
    if removed:
        _sweep_blobs(folder)
    return removed


def _spared(moments: Sequence[datetime], now: datetime) -> set[datetime]:
    """Which of the backups, the newest first, rotation keeps."""
    keep: set[datetime] = set()
    for count, name in ((KEEP_DAYS, "%Y-%m-%d"), (KEEP_WEEKS, "%G-%V"), (KEEP_MONTHS, "%Y-%m")):
        seen: dict[str, datetime] = {}
        for moment in moments:
            seen.setdefault(local(moment).strftime(name), moment)
        keep.update(list(seen.values())[:count])
    # A backup of the last day is never removed, however many there are.
    return keep | {moment for moment in moments if now - moment <= timedelta(days=1)}


def backup_folders(store: Store) -> list[Path]:
    """Every folder that backups of this store have been made into."""
    return [Path(name) for name in json.loads(store.meta(_FOLDERS, "[]"))]


def held_until(folder: Path) -> date | None:
    """The day by which rotation has removed every backup made so far, when one is made at least each month
    from now on: until then they hold what has been destroyed since. None when there are none.

    The newest may be the last of its month, so it goes when that many newer months have theirs.
    """
    made = list_backups(folder)
    if not made:
        return None
    newest = local(made[0].made_at)
    months = newest.year * 12 + newest.month + KEEP_MONTHS  # counted from 0: the month after the last one
    return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)


def _sweep_blobs(folder: Path) -> None:
    """Remove copied blobs that no remaining backup names."""
    named = {tuple(pair) for b in list_backups(folder) for pair in _manifest(b.folder)["blobs"]}
    for path in (folder / "blobs").glob("*/??/*"):
        if (path.parent.parent.name, path.parent.name + path.name) not in named:
            path.unlink()


def restore(
    backup: Path,
    home: Path,
    *,
    recovery_key: str = "",
    passphrase: str | None = None,
    ring: keys.SecretStore | None = None,
) -> None:
    """Bring a backup to an empty home. Opened with the recovery key (or a passphrase) first: a backup
    that does not open, or is damaged, changes nothing."""
    if any((home / name).exists() for name in _PARTS):
        raise UserError(
            _("Kansiossa {home} on jo tietovarasto. Valitse tyhjä kansio.").format(home=home), field="home"
        )
    manifest = _manifest(backup)
    if _digest(backup / "store.db") != manifest["database_sha256"]:
        raise StorageProblem(_("Varmuuskopion tietokanta on vaurioitunut. Valitse toinen varmuuskopio."))
    key_set = _opened(backup, recovery_key, passphrase, ring)
    unfinished = home.with_name(f".{home.name}.unfinished")
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        _bring(backup, manifest, unfinished, key_set)
        if key_set is not None:
            keys.rewrap(unfinished / "keys.json", key_set, passphrase=passphrase, ring=ring)
        if home.exists():
            for entry in unfinished.iterdir():
                entry.replace(home / entry.name)
            unfinished.rmdir()
        else:
            unfinished.rename(home)
    except OSError as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise StorageProblem(
            _("Varmuuskopiota ei voitu palauttaa kansioon {home}: {why}").format(
                home=home, why=os_reason(error)
            )
        ) from error
    except Exception:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise


_PARTS = ("store.db", "keys.json", "blobs")


def _bring(backup: Path, manifest: dict[str, Any], target: Path, key_set: keys.KeySet | None) -> None:
    """Copy a backup beside its home-to-be and open what was copied, every content included."""
    target.mkdir(parents=True)
    shutil.copyfile(backup / "store.db", target / "store.db")
    _try_database(target / "store.db", key_set)
    _suspend_holds(target / "store.db", key_set)
    blobs = BlobStore(target / "blobs", key_set.blob_key() if key_set else None)
    lost = 0
    for municipality, sha256 in manifest["blobs"]:
        path = blobs.path(municipality, sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(_blob_in(backup, municipality, sha256), path)
            for _chunk in blobs.open(municipality, sha256):
                pass
        except (FileNotFoundError, StorageProblem):
            lost += 1
    if lost:
        raise StorageProblem(
            _(
                "Varmuuskopiosta puuttuu {n} tiedoston sisältö, tai se on vaurioitunut. Valitse toinen "
                "varmuuskopio."
            ).format(n=lost)
        )
    if key_set is not None:
        shutil.copyfile(backup / "keys.json", target / "keys.json")


def _opened(
    backup: Path, recovery_key: str, passphrase: str | None, ring: keys.SecretStore | None
) -> keys.KeySet | None:
    path = backup / "keys.json"
    if not path.exists():
        return None
    if recovery_key:
        return keys.open_with_recovery(path, recovery_key)
    return keys.open_keys(path, passphrase=passphrase, ring=ring)


def _try_database(path: Path, key_set: keys.KeySet | None) -> None:
    engine = open_engine(path, key_set.database_key() if key_set else None, writer=False)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM meta").scalar_one()
    except Exception as error:
        raise StorageProblem(_("Varmuuskopio ei avaudu tällä avaimella.")) from error
    finally:
        engine.dispose()
        for leftover in _side_files(path):
            leftover.unlink(missing_ok=True)


def _suspend_holds(path: Path, key_set: keys.KeySet | None) -> None:
    """A series held since may be further than the backup knows: the server is asked before the next number."""
    engine = open_engine(path, key_set.database_key() if key_set else None, writer=True)
    try:
        with engine.begin() as connection:
            suspend(connection)
    finally:
        engine.dispose()
        for leftover in _side_files(path):
            leftover.unlink(missing_ok=True)


def _side_files(path: Path) -> Iterator[Path]:
    for ending in ("-wal", "-shm"):
        yield path.with_name(path.name + ending)


def _blob_in(backup: Path, municipality: str, sha256: str) -> Path:
    return backup.parent / "blobs" / municipality / sha256[:2] / sha256[2:]


def _manifest(backup: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((backup / _MANIFEST).read_text(encoding="utf-8"))
        if not {"made_at", "database_sha256", "blobs"} <= set(manifest):
            raise ValueError("not a manifest")
    except FileNotFoundError as error:
        raise UserError(
            _("{folder} ei ole varmuuskopio: luettelo {name} puuttuu.").format(folder=backup, name=_MANIFEST),
            field="backup",
        ) from error
    except ValueError as error:
        raise StorageProblem(_("Varmuuskopion luettelo on vaurioitunut.")) from error
    return manifest


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
