"""A store an older program made is updated at opening: after a backup, whole or not at all, by one process."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.fakes.clock import FakeClock
from tests.fakes.words import FakeWords
from tests.fakes.world import SECRET_CLASS, World
from workbench.cases.search import search
from workbench.domain import whole_domain
from workbench.errors import StorageProblem
from workbench.store.backup import list_backups, restore
from workbench.store.check import check_store
from workbench.store.migrations import update
from workbench.store.schema import SCHEMA, SCHEMA_MAJOR, SCHEMA_MINOR
from workbench.store.store import Store

KEPT = Path(__file__).resolve().parents[1] / "old_stores"
OLD = sorted(p for p in KEPT.glob("*.zip") if p.stem != SCHEMA)


@pytest.fixture(params=OLD, ids=lambda p: p.stem)
def old_home(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    with zipfile.ZipFile(request.param) as archive:
        archive.extractall(tmp_path / "home")
    return tmp_path / "home"


def opened(home: Path, *, later: int = 0, **more: object) -> Store:
    clock = FakeClock()
    clock.move(seconds=later)
    return Store.open(home, whole_domain(), clock, FakeWords(), **more)  # type: ignore[arg-type]


def structure(store: Store) -> dict[str, str]:
    with store.reader() as connection:
        # Other tests add kinds of their own to the metadata all share.
        query = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '%for_tests%'"
        rows = connection.execute(text(query))
        return {name: re.sub(r"\s+", " ", sql) for name, sql in rows}


def test_every_schema_before_this_one_is_kept() -> None:
    kept = {p.stem for p in KEPT.glob("*.zip")}
    assert SCHEMA_MAJOR == 1 and {f"1.{minor}" for minor in range(SCHEMA_MINOR)} <= kept


def test_an_updated_store_is_built_like_a_new_one(old_home: Path, tmp_path: Path) -> None:
    old = opened(old_home)
    new, _key = Store.create(tmp_path / "new", whole_domain(), FakeClock(), FakeWords(), encrypted=False)
    try:
        assert old.meta("schema") == SCHEMA and check_store(old) == []
        assert structure(old) == structure(new)
    finally:
        old.close()
        new.close()


def test_a_backup_of_the_old_store_is_taken_first_and_can_be_brought_back(
    old_home: Path, tmp_path: Path
) -> None:
    opened(old_home).close()
    (backup,) = list_backups(old_home / "backups")
    restore(backup.folder, tmp_path / "again")
    store = opened(tmp_path / "again")
    try:
        assert list_backups(tmp_path / "again" / "backups")  # it was old, and was updated in its turn
        assert check_store(store) == []
    finally:
        store.close()


def test_the_progress_is_told_in_words(old_home: Path) -> None:
    told: list[str] = []

    def watched(work: Callable[[Callable[[str], None]], None]) -> None:
        work(told.append)

    opened(old_home, update=watched).close()
    assert told[0] == "Otetaan varmuuskopio ennen päivitystä" and len(told) > 1
    told.clear()
    opened(old_home, update=watched).close()
    assert told == []


def test_a_step_that_fails_leaves_the_old_store_as_it_was(
    old_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = update.run_steps

    def breaks(connection: object, *args: object) -> None:
        run(connection, *args)  # type: ignore[arg-type]
        raise OSError("sähkökatko")

    with monkeypatch.context() as broken:
        broken.setattr(update, "run_steps", breaks)
        with pytest.raises(OSError, match="sähkökatko"):
            opened(old_home)
    seen: list[str] = []

    def look(work: Callable[[Callable[[str], None]], None]) -> None:
        seen.append("vanha")
        work(lambda _text: None)

    store = opened(old_home, later=1, update=look)
    assert seen == ["vanha"] and check_store(store) == []
    store.close()


def test_a_store_open_in_another_program_is_not_updated(old_home: Path) -> None:
    (old_home / "running").mkdir(exist_ok=True)
    other = subprocess.Popen(
        [
            sys.executable, "-c",
            "import sys\nfrom pathlib import Path\nfrom workbench.store.presence import Presence\n"
            "p = Presence(Path(sys.argv[1]))\np.enter()\nprint('in', flush=True)\nsys.stdin.readline()\np.leave()",
            str(old_home / "running"),
        ],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert other.stdout is not None and other.stdout.readline() == "in\n"
    with pytest.raises(StorageProblem, match="auki toisessa"):
        opened(old_home)
    other.communicate("\n", timeout=30)
    store = opened(old_home)
    assert store.meta("schema") == SCHEMA
    store.close()


def test_secrets_of_the_first_schema_are_found_by_those_who_may_read_them(plain: World) -> None:
    """1.0 named each secret in the question; since 1.1 the index knows its readers."""
    case_id = plain.register("Huolto kaiverrus", class_code=SECRET_CLASS)
    with plain.store.transaction() as connection:
        # As 1.0 wrote it: the case's own token only.
        entries = connection.execute(
            text("SELECT k, scope_id FROM search_entry WHERE root_id = :id"), {"id": case_id}
        ).all()
        for k, scope in entries:
            own = "xcase_" + scope.partition(":")[2].replace("-", "")
            connection.execute(text("DELETE FROM search_fts WHERE rowid = :k"), {"k": k})
            connection.execute(
                text("INSERT INTO search_fts(rowid, surface, lemma, acl) VALUES (:k, 'kaiverrus', '', :a)"),
                {"k": k, "a": own},
            )
        connection.execute(text("ALTER TABLE search_entry DROP COLUMN readers"))
        for later in ("sync_scope", "unknown_entry", "index_wait"):
            connection.execute(text(f"DROP TABLE {later}"))
    plain.store.set_meta("schema", "1.0")
    with plain.read("registrar") as reader:
        assert search(reader, "kaiverrus") == []
    plain.reopen()
    with plain.read("registrar") as reader:
        assert [hit.case.id for hit in search(reader, "kaiverrus")] == [case_id]
