"""A server's database that an older program made is updated at opening: by one process, whole or not at all, and
the program that still runs works on."""

from __future__ import annotations

import json
import threading
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, MetaData, inspect, text
from typer.testing import CliRunner

from tests.fakes.clock import FakeClock
from tests.server.conftest import another_database
from tests.server.office import DOMAIN, NOW
from tests.server.old import KEPT, PASSWORD, OldServer, connected, on_postgresql, unpack
from workbench.errors import StorageProblem, UserError
from workbench.ids import new_id
from workbench.server import updating
from workbench.server.backup import restore_backup, write_backup
from workbench.server.cli.main import app
from workbench.server.database import Database
from workbench.server.doctor import examine
from workbench.server.founding import found
from workbench.server.identity import sessions
from workbench.server.identity.authenticator import Password, PasswordAuthenticator
from workbench.server.place import Place, Settings, opened
from workbench.server.principal import Principal
from workbench.server.pull import pull
from workbench.server.schema import SCHEMA, VERSION

OLD = sorted(p.stem for p in KEPT.glob("*.zip") if p.stem != VERSION)


@pytest.fixture(params=[(v, d) for v in OLD for d in ("sqlite", "postgresql")], ids="-".join)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OldServer]:
    version, where = request.param
    if where == "sqlite":
        yield unpack(version, tmp_path)
    else:
        with on_postgresql(version, tmp_path, request.getfixturevalue("postgresql")) as made:
            yield made


def structure(database: Database) -> dict[str, Any]:
    """Columns with type and whether they may be empty, keys and indexes of every table."""
    look = inspect(database.engine)
    made: dict[str, Any] = {}
    for table in look.get_table_names():
        if "for_tests" in table:  # other tests add kinds of their own to the metadata all share
            continue
        columns = {c["name"]: (str(c["type"]), c["nullable"], c["default"]) for c in look.get_columns(table)}
        indexes = {str(i["name"]): (i["column_names"], i["unique"], sorted(map(str, i.get("dialect_options", {}))))
                   for i in look.get_indexes(table)}  # fmt: skip
        unique = sorted(tuple(u["column_names"]) for u in look.get_unique_constraints(table))
        made[table] = (columns, look.get_pk_constraint(table)["constrained_columns"], indexes, unique)
    return made


def version_in(database: Database) -> str:
    with database.reading() as connection:
        return updating.version_of(connection)


def test_every_version_before_this_one_is_kept() -> None:
    major, minor = updating.parts(VERSION)
    assert str(major) == SCHEMA and {f"{major}.{n}" for n in range(minor)} <= set(OLD)


def test_an_updated_server_is_built_like_a_new_one_and_is_whole(
    old: OldServer, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with opened(old.place, DOMAIN, FakeClock(NOW)) as desk:
        assert version_in(desk.database) == VERSION
        assert list(examine(desk)) == []
        updated = structure(desk.database)
        if desk.database.is_postgresql:
            with another_database(request.getfixturevalue("postgresql")) as new:
                assert updated == structure(new)
            return
    new = Database(f"sqlite:///{tmp_path / 'new.sqlite'}")
    found(new, DOMAIN)
    assert updated == structure(new)
    new.close()


def test_whoever_was_on_the_old_server_joins_signs_in_and_reads_on_the_new(old: OldServer) -> None:
    with opened(old.place, DOMAIN, FakeClock()) as desk:
        client, now = new_id(), desk.clock.now()
        sessions.enrol(desk.database, desk.policy, old.code, client_id=client, device_name="", now=now)
        signed = sessions.sign_in(
            desk.database, desk.policy, Password("aino.makela", PASSWORD),
            client_id=client, device_name="", now=now, authenticator=PasswordAuthenticator(desk.policy),
        )  # fmt: skip
        page = pull(desk.database, DOMAIN, Principal(signed.person_id, client), now)
        titles = {e["data"].get("title") for e in page["entries"] if e["kind"] == "case_file"}
        assert "Koulukuljetus" in titles


def test_the_program_that_still_runs_writes_what_it_wrote_before(old: OldServer) -> None:
    """Every row is taken away and written again by the tables as the old program knows them."""
    before = MetaData()
    with connected(old) as database, database.reading() as connection:
        before.reflect(connection)
    with opened(old.place, DOMAIN, FakeClock(NOW)) as desk:
        after = structure(desk.database)
        with desk.database.writing() as connection:
            for table in before.tables.values():
                rows = [dict(r) for r in connection.execute(table.select()).mappings()]
                connection.execute(table.delete())
                if rows:
                    connection.execute(table.insert(), rows)
                assert [dict(r) for r in connection.execute(table.select()).mappings()] == rows
                assert set(table.columns.keys()) <= set(after[table.name][0])


def test_it_is_said_what_was_done_and_the_second_time_nothing_is(old: OldServer) -> None:
    told: list[str] = []
    with connected(old) as database:
        version = version_in(database)
    steps = updating.parts(VERSION)[1] - updating.parts(version)[1]
    for _turn in range(2):
        with opened(old.place, DOMAIN, FakeClock(NOW), progress=told.append):
            pass
    assert told[0] == f"Tietokanta päivitettiin versiosta {version} versioon {VERSION}."
    assert len(told) == 1 + steps


def test_the_check_does_not_update_but_says_what_is_to_come(old: OldServer) -> None:
    with connected(old) as database:
        version = version_in(database)
    done = CliRunner().invoke(app, ["doctor", "--data", str(old.place.folder)])
    assert done.exit_code == 1 and "päivittyy, kun palvelin" in done.stdout
    with connected(old) as database:
        assert version_in(database) == version != VERSION
    done = CliRunner().invoke(app, ["user", "list", "--data", str(old.place.folder)])
    assert done.exit_code == 0 and f"versioon {VERSION}" in done.stderr and "aino.makela" in done.stdout
    assert CliRunner().invoke(app, ["doctor", "--data", str(old.place.folder)]).exit_code == 0


def test_a_step_that_fails_leaves_the_database_as_it_was(
    old: OldServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = updating.run_steps

    def breaks(connection: Connection, *args: Any, **named: Any) -> None:
        run(connection, *args, **named)
        raise OSError("sähkökatko")

    with connected(old) as database:
        before = structure(database)
    with monkeypatch.context() as broken:
        broken.setattr(updating, "run_steps", breaks)
        with pytest.raises(OSError, match="sähkökatko"), opened(old.place, DOMAIN, FakeClock(NOW)):
            pass
    with connected(old) as database:
        assert structure(database) == before
    with opened(old.place, DOMAIN, FakeClock(NOW)) as desk:
        assert list(examine(desk)) == []


def test_of_several_that_start_at_once_one_updates(old: OldServer) -> None:
    told: list[str] = []
    begin = threading.Barrier(4)

    def start(_n: int) -> None:
        with connected(old) as database:
            begin.wait()
            updating.update_database(database, told.append)
            assert version_in(database) == VERSION

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(start, range(4)))  # what failed is raised here
    assert len([line for line in told if "päivitettiin" in line]) == 1


def test_a_database_of_a_newer_step_is_served_and_of_a_newer_major_refused(database: Database) -> None:
    found(database, DOMAIN)
    told: list[str] = []
    major, minor = updating.parts(VERSION)
    with database.writing() as connection:
        connection.execute(text(f"UPDATE clock SET step = '{major}.{minor + 1}'"))
    updating.update_database(database, told.append)
    assert len(told) == 1 and "uudempa" not in told[0] and "vanhempaa versiota" in told[0]
    assert version_in(database) == f"{major}.{minor + 1}"
    with database.writing() as connection:
        connection.execute(text(f"UPDATE clock SET schema = '{major + 1}', step = '{major + 1}.0'"))
    with pytest.raises(StorageProblem, match="uudempaa pääversiota"):
        updating.update_database(database)


def test_a_backup_of_an_older_program_is_restored(old: OldServer, tmp_path: Path) -> None:
    """As one that an older program wrote: without the tables and columns that came later, and without its step."""
    with opened(old.place, DOMAIN, FakeClock(NOW)) as desk:
        write_backup(desk, old.place, tmp_path / "new.zip", NOW)
    source = tmp_path / "old.zip"
    with zipfile.ZipFile(tmp_path / "new.zip") as read, zipfile.ZipFile(source, "w") as write:
        for name in read.namelist():
            content = read.read(name)
            if name == "tables/adoption.jsonl":
                continue
            if name == "tables/clock.jsonl":
                content = json.dumps({k: v for k, v in json.loads(content).items() if k != "step"}).encode()
            if name == "manifest.json":
                content = json.dumps({k: v for k, v in json.loads(content).items() if k != "step"}).encode()
            write.writestr(name, content)
    restored = Place(tmp_path / "restored")
    restore_backup(restored, Settings(), source, DOMAIN)
    with opened(restored, DOMAIN, FakeClock(NOW)) as desk:
        assert version_in(desk.database) == VERSION and list(examine(desk)) == []
    newer = tmp_path / "newer.zip"
    with zipfile.ZipFile(source) as read, zipfile.ZipFile(newer, "w") as write:
        for name in read.namelist():
            content = read.read(name)
            if name == "manifest.json":
                content = json.dumps(json.loads(content) | {"step": f"{SCHEMA}.99"}).encode()
            write.writestr(name, content)
    with pytest.raises(UserError, match="toisen ohjelmaversion"):
        restore_backup(Place(tmp_path / "third"), Settings(), newer, DOMAIN)
