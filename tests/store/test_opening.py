"""Opening a store: what cannot be opened says why in Finnish, and an unclean end is noticed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.ring import FakeRing
from tests.fakes.words import FakeWords
from tests.fakes.world import World
from workbench.domain import whole_domain
from workbench.errors import StorageProblem, UserError
from workbench.store.engine import explained
from workbench.store.presence import Presence
from workbench.store.store import Store


def reopened(w: World, ring: FakeRing | None = None) -> Store:
    w.store.close()
    return Store.open(w.home, whole_domain(), FakeClock(), FakeWords(), ring=ring or w.ring)


def test_an_empty_folder_tells_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="workbench init") as refused:
        Store.open(tmp_path / "ei", whole_domain(), FakeClock(), FakeWords())
    assert refused.value.code == "no_store" and not (tmp_path / "ei").exists()


def test_a_second_store_is_not_made_over_the_first(plain: World) -> None:
    with pytest.raises(UserError, match="jo tietovarasto"):
        Store.create(plain.home, whole_domain(), FakeClock(), FakeWords(), encrypted=False)


def test_the_encrypted_store_opens_with_its_key_only(sealed: World) -> None:
    case_id = sealed.register("Salattu")
    sealed.reopen()
    assert sealed.row("case_file", case_id)["title"] == "Salattu"
    with pytest.raises(UserError):
        reopened(sealed, FakeRing())
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(sealed.home / "store.db").execute("select * from meta")


def test_without_its_key_file_the_store_says_that_the_key_is_wrong(sealed: World) -> None:
    sealed.store.close()
    (sealed.home / "keys.json").unlink()
    with pytest.raises(StorageProblem, match="ei avaudu tällä avaimella"):
        reopened(sealed)


@pytest.mark.parametrize("content", [b"ei tietokanta " * 1000, b"x"])
def test_a_file_of_rubbish_is_told_kindly(plain: World, content: bytes) -> None:
    plain.store.close()
    for name in ("store.db-wal", "store.db-shm"):
        (plain.home / name).unlink(missing_ok=True)
    (plain.home / "store.db").write_bytes(content)
    with pytest.raises(StorageProblem):
        reopened(plain)


def test_a_store_whose_making_was_cut_short_is_told_kindly(plain: World) -> None:
    plain.store.close()
    for name in ("store.db-wal", "store.db-shm"):
        (plain.home / name).unlink(missing_ok=True)
    (plain.home / "store.db").write_bytes(b"")
    with pytest.raises(StorageProblem, match="kesken"):
        reopened(plain)


def test_a_newer_major_version_is_refused_and_a_newer_minor_opens(plain: World) -> None:
    plain.store.set_meta("schema", "1.99")
    plain.reopen()
    plain.store.set_meta("schema", "2.0")
    with pytest.raises(StorageProblem, match=r"uudempi ohjelmaversio.*2\.0.*Päivitä ohjelma"):
        reopened(plain)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("file is not a database", "avaimella"),
        ("database or disk is full", "Levy on täynnä"),
        ("disk I/O error", "Levy on täynnä"),
        ("database is locked", "varaama"),
        ("attempt to write a readonly database", "kirjoitusoikeutta"),
        ("database disk image is malformed", "varmuuskopiosta"),
        ("unable to open database file", "ei voi avata"),
    ],
)
def test_the_surroundings_troubles_are_told_in_words(text: str, words: str) -> None:
    from sqlalchemy.exc import OperationalError
    from sqlcipher3 import dbapi2

    found = explained(OperationalError("select", {}, dbapi2.OperationalError(text)))
    assert isinstance(found, StorageProblem) and words in str(found)


def test_a_bug_of_ours_is_not_dressed_up() -> None:
    assert explained(ValueError("locked")) is None


def test_a_clean_end_leaves_no_mark_and_an_unclean_one_is_noticed_once(plain: World) -> None:
    plain.reopen()
    assert not plain.store.ended_uncleanly
    child = (
        "import sys, os; from pathlib import Path; from workbench.store.presence import Presence;"
        "Presence(Path(sys.argv[1])).enter(); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", child, str(plain.home / "running")], check=False, timeout=60)
    plain.reopen()
    assert plain.store.ended_uncleanly
    plain.reopen()
    assert not plain.store.ended_uncleanly


def test_another_open_store_is_not_an_unclean_end(tmp_path: Path) -> None:
    first, second = Presence(tmp_path), Presence(tmp_path)
    assert not first.enter()
    assert not second.enter()
    first.leave()
    second.leave()
    assert list(tmp_path.glob("*.lock")) == []


def test_another_connections_commit_is_noticed(plain: World) -> None:
    before = plain.store.data_version()
    other = Store.open(plain.home, whole_domain(), plain.clock, FakeWords())
    try:
        other.set_meta("x", "1")
    finally:
        other.close()
    assert plain.store.data_version() != before
