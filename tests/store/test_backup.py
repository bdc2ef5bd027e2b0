"""Backups: made while in use, restored on a clean machine with the recovery key alone, rotated."""

from __future__ import annotations

import shutil
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.ring import FakeRing
from tests.fakes.words import FakeWords
from tests.fakes.world import World
from workbench.clock import local
from workbench.domain import whole_domain
from workbench.errors import StorageProblem, UserError
from workbench.store.backup import list_backups, make_backup, restore, rotate
from workbench.store.check import check_store
from workbench.store.store import Store


def opened(home: Path, ring: FakeRing) -> Store:
    return Store.open(home, whole_domain(), FakeClock(), FakeWords(), ring=ring)


def whole(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_clean_machine_needs_the_recovery_key_only(sealed: World, tmp_path: Path) -> None:
    sealed.register("Varmistettu asia")
    backup = make_backup(sealed.store, tmp_path / "b").folder
    before = whole(tmp_path / "b")
    ring = FakeRing()
    for name in ("uusi", "toinen"):  # the backup itself is not used up
        restore(backup, tmp_path / name, recovery_key=sealed.recovery, ring=ring)
        store = opened(tmp_path / name, ring)
        try:
            assert check_store(store) == []
            with store.reader() as connection:
                titles = connection.exec_driver_sql("SELECT title FROM case_file").scalars().all()
        finally:
            store.close()
        assert titles == ["Varmistettu asia"]
    assert whole(tmp_path / "b") == before


def test_a_backup_holds_no_plain_word(sealed: World, tmp_path: Path) -> None:
    sealed.register("Tunnistettava otsikko")
    make_backup(sealed.store, tmp_path / "b")
    assert all(b"unnistettava" not in raw for raw in whole(tmp_path / "b").values())


def test_a_backup_made_while_letters_are_registered_is_sound(sealed: World, tmp_path: Path) -> None:
    stop = threading.Event()
    made: list[str] = []

    def work() -> None:
        while not stop.is_set():
            made.append(sealed.register(f"Asia {len(made)}"))

    thread = threading.Thread(target=work)
    thread.start()
    try:
        folders = []
        for _unused in range(4):
            folders.append(make_backup(sealed.store, tmp_path / "b").folder)
            sealed.clock.move(seconds=2)
    finally:
        stop.set()
        thread.join()
    assert made
    for n, folder in enumerate(folders):
        ring = FakeRing()
        restore(folder, tmp_path / f"r{n}", recovery_key=sealed.recovery, ring=ring)
        store = opened(tmp_path / f"r{n}", ring)
        try:
            assert check_store(store) == []
        finally:
            store.close()


def test_a_wrong_recovery_key_changes_nothing(sealed: World, tmp_path: Path) -> None:
    backup = make_backup(sealed.store, tmp_path / "b").folder
    with pytest.raises(UserError, match="Palautusavain"):
        restore(backup, tmp_path / "uusi", recovery_key="AAAA-" * 7 + "AAAA", ring=FakeRing())
    with pytest.raises(UserError):
        restore(backup, tmp_path / "uusi", ring=FakeRing())
    assert not (tmp_path / "uusi").exists()


def test_a_machine_without_a_key_ring_asks_for_a_passphrase_before_anything(
    sealed: World, tmp_path: Path
) -> None:
    backup = make_backup(sealed.store, tmp_path / "b").folder
    with pytest.raises(UserError, match="WORKBENCH_PASSPHRASE"):
        restore(backup, tmp_path / "uusi", recovery_key=sealed.recovery, ring=FakeRing(works=False))
    assert not (tmp_path / "uusi").exists() and list(tmp_path.glob(".*unfinished")) == []


@pytest.mark.parametrize(
    "harm", ["database", "manifest", "no manifest", "half manifest", "blob", "no blob", "keys"]
)
def test_a_damaged_backup_changes_nothing(sealed: World, tmp_path: Path, harm: str) -> None:
    sealed.register()
    backup = make_backup(sealed.store, tmp_path / "b").folder
    blob = next(p for p in (tmp_path / "b" / "blobs").rglob("*") if p.is_file())
    if harm == "database":
        raw = (backup / "store.db").read_bytes()
        (backup / "store.db").write_bytes(raw[:-100] + bytes(100))
    elif harm == "manifest":
        (backup / "manifest.json").write_text("{", encoding="utf-8")
    elif harm == "half manifest":
        (backup / "manifest.json").write_text("{}", encoding="utf-8")
    elif harm == "no manifest":
        (backup / "manifest.json").unlink()
    elif harm == "blob":
        blob.write_bytes(blob.read_bytes()[:-1])
    elif harm == "no blob":
        blob.unlink()
    else:
        (backup / "keys.json").write_text("{}", encoding="utf-8")
    if harm in ("manifest", "half manifest", "no manifest"):
        assert list_backups(tmp_path / "b") == []
    with pytest.raises((StorageProblem, UserError)):
        restore(backup, tmp_path / "uusi", recovery_key=sealed.recovery, ring=FakeRing())
    assert not (tmp_path / "uusi").exists() and list(tmp_path.glob(".*unfinished")) == []


@pytest.mark.parametrize("there", ["store.db", "blobs/924/aa/x", "keys.json"])
def test_a_home_in_use_is_not_written_over(sealed: World, tmp_path: Path, there: str) -> None:
    backup = make_backup(sealed.store, tmp_path / "b").folder
    path = tmp_path / "uusi" / there
    path.parent.mkdir(parents=True)
    path.write_bytes(b"vanha")
    with pytest.raises(UserError, match="tyhjä kansio"):
        restore(backup, tmp_path / "uusi", recovery_key=sealed.recovery, ring=FakeRing())
    assert whole(tmp_path / "uusi") == {there: b"vanha"}


def test_an_empty_folder_will_do_as_home(sealed: World, tmp_path: Path) -> None:
    backup = make_backup(sealed.store, tmp_path / "b").folder
    (tmp_path / "uusi").mkdir()
    restore(backup, tmp_path / "uusi", recovery_key=sealed.recovery, ring=FakeRing())
    assert (tmp_path / "uusi" / "store.db").exists()


def test_rotation_keeps_days_weeks_and_months_as_promised(plain: World, tmp_path: Path) -> None:
    folder = tmp_path / "b"
    first = make_backup(plain.store, folder).folder
    day = datetime(2025, 1, 1, 12, tzinfo=UTC)
    days = [day + timedelta(days=n) for n in range(500)]
    manifest = (first / "manifest.json").read_text(encoding="utf-8")
    made_at = list_backups(folder)[0].made_at
    shutil.rmtree(first)
    from workbench.clock import to_text

    for moment in days:
        target = folder / local(moment).strftime("%Y-%m-%d-%H%M%S")
        target.mkdir()
        (target / "store.db").write_bytes(b"")
        (target / "manifest.json").write_text(
            manifest.replace(to_text(made_at), to_text(moment)), encoding="utf-8"
        )
    rotate(folder, days[-1])
    kept = [b.made_at for b in list_backups(folder)]
    newest = days[-1]
    assert kept[:7] == [newest - timedelta(days=n) for n in range(7)]
    weeks = {m.isocalendar()[:2] for m in kept}
    months = {(m.year, m.month) for m in kept}
    assert len(months) == 12 and all(
        (newest - timedelta(weeks=n)).isocalendar()[:2] in weeks for n in range(5)
    )
    assert len(kept) <= 7 + 5 + 12


def test_rotation_drops_content_no_backup_names_and_keeps_the_rest(plain: World, tmp_path: Path) -> None:
    folder = tmp_path / "b"
    plain.register("Ensimmäinen")
    make_backup(plain.store, folder)
    plain.clock.move(days=800)
    plain.register("Toinen")
    make_backup(plain.store, folder)
    for backup in list_backups(folder):
        assert backup.size > 0
    newest = list_backups(folder)[0].folder
    restore(newest, tmp_path / "uusi")
    blobs = {p.parent.name + p.name for p in (folder / "blobs").glob("*/??/*")}
    assert blobs == {sha for _m, sha, _p in plain.store.blobs.names()}
