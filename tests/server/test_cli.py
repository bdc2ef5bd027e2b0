"""The server's command line, backup and restore, and the check that finds what was broken."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select, text
from typer.testing import CliRunner

from tests.fakes.clock import FakeClock
from tests.server.conftest import another_database
from tests.server.office import DOMAIN, NOW, Office
from tests.server.people import POLICY
from workbench.errors import StorageProblem, UserError
from workbench.ids import new_id
from workbench.organisation.tables import person, role
from workbench.server.adopting import may_adopt
from workbench.server.backup import restore_backup, tables, write_backup
from workbench.server.cli.main import app
from workbench.server.cli.serving import check_binding
from workbench.server.desk import Desk
from workbench.server.doctor import examine
from workbench.server.identity import accounts, sessions
from workbench.server.identity.schema import adoption
from workbench.server.place import Place, Settings, opened
from workbench.server.schema import blob, clock, scope_stat
from workbench.store.blobs import BlobStore


def run(data: Path, *arguments: str, code: int = 0, typed: str = "") -> tuple[str, str]:
    """What a command printed as its result, and what it remarked."""
    done = CliRunner().invoke(app, [*arguments, "--data", str(data)], input=typed)
    assert done.exit_code == code, done.output + repr(done.exception)
    return done.stdout, done.stderr


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The folder of a new server with one municipality."""
    run(tmp_path / "server", "init")
    run(tmp_path / "server", "unit", "add", "924", "--office", "tekninen=Tekninen toimi")
    return tmp_path / "server"


@contextmanager
def desk_in(data: Path) -> Iterator[Desk]:
    with opened(Place(data), DOMAIN, FakeClock(NOW)) as desk:
        yield desk


def test_a_person_is_added_with_roles_and_joins_with_the_printed_code(data: Path) -> None:
    printed, told = run(
        data, "user", "add", "Maija Mäkelä", "--unit", "924/tekninen", "--role", "preparer", "--print-token"
    )
    assert "maija.makela" in told
    run(
        data,
        "user",
        "add",
        "Pekka Pääkäyttäjä",
        "--unit",
        "924",
        "--role",
        "administrator",
        "--role",
        "registrar",
    )
    with desk_in(data) as desk:
        now = desk.clock.now()
        client = new_id()
        signed = sessions.enrol(
            desk.database, desk.policy, printed.strip(), client_id=client, device_name="", now=now
        )
        assert signed.name == "Maija Mäkelä"
        with desk.database.reading() as c:
            roles = c.execute(
                select(role.c.role, role.c.municipality, role.c.office).where(
                    role.c.person_id == signed.person_id
                )
            ).all()
            assert [tuple(r) for r in roles] == [("preparer", "924", "tekninen")]
            assert sessions.principal_of(c, signed.access_token, client, now)
    listed = json.loads(run(data, "user", "list", "--json")[0])
    assert [a["username"] for a in listed] == ["maija.makela", "pekka.paakayttaja"]
    run(data, "user", "disable", "maija.makela")
    with desk_in(data) as desk, desk.database.reading() as c, pytest.raises(UserError):
        sessions.principal_of(c, signed.access_token, client, now)
    assert run(data, "doctor", "--json")[0].strip() == "[]"
    run(data, "verify")


def test_a_code_says_whether_a_register_comes_along(data: Path) -> None:
    run(data, "user", "add", "Maija Mäkelä", "--unit", "924", "--role", "registrar", "--username", "maija")

    def joined(code: str, client: str) -> bool:
        with desk_in(data) as desk:
            names = {"client_id": client, "device_name": "x", "now": NOW}
            signed = sessions.enrol(desk.database, desk.policy, code.strip(), **names)
            with desk.database.reading() as c:
                return may_adopt(c, sessions.principal_of(c, signed.access_token, client, NOW))

    first = new_id()
    assert not joined(run(data, "token", "new", "maija")[0], first)
    allowing = run(data, "token", "new", "maija", "--adopts")[0]
    second = new_id()
    assert joined(allowing, second) and joined(allowing, second)  # its answer was lost, and asked again
    # The right is that workstation's alone; a code that was not used leaves none behind.
    run(data, "token", "new", "maija", "--adopts")
    assert not joined(run(data, "token", "new", "maija")[0], new_id())
    run(data, "token", "new", "maija", "--adopts")
    run(data, "token", "revoke", "maija")
    run(data, "user", "disable", "maija")
    with desk_in(data) as desk, desk.database.reading() as c:
        assert list(c.execute(select(adoption.c.client_id)).scalars()) == [second]
    made = run(
        data, "user", "add", "Pekka", "--unit", "924", "--role", "registrar", "--print-token", "--adopts"
    )
    assert joined(made[0], new_id())


def test_passwords_codes_and_tokens_of_an_account(data: Path, tmp_path: Path) -> None:
    run(data, "user", "add", "Maija Mäkelä", "--unit", "924", "--role", "registrar", "--username", "maija")
    (tmp_path / "p").write_text("kolme sanaa ja hiihtoretki\n", encoding="utf-8")
    run(data, "user", "reset-password", "maija", "--password-file", str(tmp_path / "p"))
    (tmp_path / "p").write_text("lyhyt", encoding="utf-8")
    assert (
        "merkkiä"
        in run(data, "user", "reset-password", "maija", "--password-file", str(tmp_path / "p"), code=1)[1]
    )
    assert run(data, "user", "totp", "maija")[0].startswith("otpauth://totp/")
    run(data, "user", "totp", "maija", "--off")
    code = run(data, "token", "new", "maija")[0].strip()
    run(data, "token", "revoke", "maija")
    with desk_in(data) as desk, pytest.raises(UserError):
        sessions.enrol(
            desk.database, desk.policy, code, client_id=new_id(), device_name="", now=desk.clock.now()
        )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["user", "add", "X Y", "--unit", "074", "--role", "registrar"], "074"),
        (["user", "add", "X Y", "--unit", "924/none", "--role", "registrar"], "toimialaa"),
        (["user", "add", "X Y", "--unit", "924", "--role", "king"], "king"),
        (["user", "add", "Maija Mäkelä", "--unit", "924", "--role", "registrar"], "on jo olemassa"),
        (["user", "disable", "nobody"], "nobody"),
        (["unit", "add", "92"], "kolme numeroa"),
        (["unit", "add", "924", "--office", "x"], "tunnus=Nimi"),
        (["init"], "on jo palvelin"),
        (["restore", "none.zip"], "Tiedostoa ei ole"),
        (["serve", "--host", "0.0.0.0"], "varmenne"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(data: Path, arguments: list[str], says: str) -> None:
    run(data, "user", "add", "Maija Mäkelä", "--unit", "924", "--role", "registrar")
    with desk_in(data) as desk, desk.database.reading() as c:
        before = c.execute(select(person)).all()
    assert says in run(data, *arguments, code=1)[1]
    with desk_in(data) as desk, desk.database.reading() as c:
        assert c.execute(select(person)).all() == before


def test_a_folder_without_a_server_says_what_to_do(tmp_path: Path) -> None:
    assert "workbench-server init" in run(tmp_path, "user", "list", code=1)[1]


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "server.example.fi", ""])
def test_nothing_but_the_machine_itself_is_spoken_to_unencrypted(host: str, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        check_binding(host, None, None)
    pem = tmp_path / "a.pem"
    pem.touch()
    check_binding(host, pem, pem)
    with pytest.raises(UserError):
        check_binding(host, pem, None)
    with pytest.raises(UserError):
        check_binding("127.0.0.1", pem, tmp_path / "none.pem")


def test_the_machine_itself_may_be_spoken_to_unencrypted() -> None:
    for host in ("127.0.0.1", "::1", "localhost", "127.8.8.8"):
        check_binding(host, None, None)


def test_the_keys_are_the_owners_alone(data: Path) -> None:
    if os.name == "posix":
        for name in ("server.key", "server.json"):
            assert (data / name).stat().st_mode & 0o077 == 0


# -- backup and restore --------------------------------------------------------------------------------


@pytest.fixture
def kept(office: Office, tmp_path: Path) -> tuple[Desk, Place, Path]:
    """A server with cases, an account and a content, and a backup of it."""
    place = Place(tmp_path / "old")
    place.make(Settings(), POLICY.key)
    contents = BlobStore(place.contents, POLICY.key)
    desk = Desk(office.database, DOMAIN, POLICY, contents, place.folder / "uploads", FakeClock(NOW))
    _case, group = office.register()
    assert office.push([group], "registrar")[0]["status"] == "applied"
    for municipality, sha256 in office.local.store.named_blobs():
        contents.put(municipality, office.local.store.blobs.read(municipality, sha256))
    desk.database.write(
        lambda c: accounts.create_account(c, POLICY, "maija", "person-registrar", NOW, "kolme eri sanaa 1")
    )
    desk.database.write(lambda c: accounts.start_totp(c, POLICY, accounts.find_account(c, "maija").id))
    target = tmp_path / "backup.zip"
    write_backup(desk, place, target, NOW)
    if os.name == "posix":
        assert target.stat().st_mode & 0o077 == 0
    return desk, place, target


def dump(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    held: dict[str, list[tuple[object, ...]]] = {}
    with desk.database.reading() as c:
        for table in tables(DOMAIN):
            columns = [
                x for x in table.columns if x.name != "k" and (table.name, x.name) != ("clock", "epoch")
            ]
            held[table.name] = sorted((tuple(r) for r in c.execute(select(*columns))), key=repr)
    return held


def test_a_backup_restored_is_the_same_server_of_another_epoch(
    kept: tuple[Desk, Place, Path], tmp_path: Path
) -> None:
    desk, _place, target = kept
    restored = Place(tmp_path / "new")
    epoch, count = restore_backup(restored, Settings(), target, DOMAIN)
    assert count > 50 and restored.key() == POLICY.key
    contents = BlobStore(restored.contents, POLICY.key)
    with restored.database(Settings()) as database:
        new = Desk(database, DOMAIN, POLICY, contents, tmp_path / "u", FakeClock(NOW))
        assert dump(new) == dump(desk)
        with database.reading() as c:
            assert c.execute(select(clock.c.epoch)).scalar() == epoch
        with desk.database.reading() as c:
            assert c.execute(select(clock.c.epoch)).scalar() != epoch
        assert list(examine(new)) == []


def test_a_backup_of_the_trial_database_moves_to_postgresql(
    kept: tuple[Desk, Place, Path], tmp_path: Path, postgresql: str
) -> None:
    desk, _place, target = kept
    with another_database(postgresql) as database:
        with database.writing() as c:
            c.execute(text("DROP SCHEMA public CASCADE"))
            c.execute(text("CREATE SCHEMA public"))
        settings = Settings(database=database.url)
        restored = Place(tmp_path / "new")
        restore_backup(restored, settings, target, DOMAIN)
        new = Desk(
            database, DOMAIN, POLICY, BlobStore(restored.contents, POLICY.key), tmp_path / "u", FakeClock(NOW)
        )
        assert dump(new) == dump(desk) and list(examine(new)) == []
        with pytest.raises(UserError):  # neither folder nor database is written over
            restore_backup(Place(tmp_path / "third"), settings, target, DOMAIN)
        assert not (tmp_path / "third" / "server.key").exists()


def test_a_damaged_backup_makes_no_server(kept: tuple[Desk, Place, Path], tmp_path: Path) -> None:
    whole = kept[2].read_bytes()
    for number, content in enumerate((b"", b"PK", whole[: len(whole) // 2], whole[:-30])):
        cut = tmp_path / f"cut{number}.zip"
        cut.write_bytes(content)
        with pytest.raises(StorageProblem):
            restore_backup(Place(tmp_path / f"n{number}"), Settings(), cut, DOMAIN)
        assert not Place(tmp_path / f"n{number}").key_file.exists()
    with pytest.raises(UserError):
        write_backup(kept[0], kept[1], kept[2], NOW)


# -- doctor --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE audit SET command = 'other.thing' WHERE position = 3", "audit"),
        ("DELETE FROM audit WHERE position = 2", "audit"),
        ("UPDATE scope_stat SET held = held + 1 WHERE scope = 'global'", "digest"),
        ("UPDATE person SET rev = rev + 1 WHERE id = 'person-admin'", "digest"),
        ("UPDATE clock SET schema = '0'", "schema"),
        ("DROP TABLE lease", "schema"),
    ],
)
def test_the_check_finds_what_was_tampered_with(
    kept: tuple[Desk, Place, Path], statement: str, code: str
) -> None:
    desk = kept[0]
    assert list(examine(desk)) == []
    with desk.database.writing() as c:
        c.execute(text(statement))
    assert code in {f.code for f in examine(desk)}


def test_the_check_finds_lost_and_damaged_contents(kept: tuple[Desk, Place, Path]) -> None:
    desk = kept[0]
    with desk.database.reading() as c:
        named = c.execute(select(blob.c.municipality, blob.c.sha256)).first()
        assert named is not None and c.execute(select(scope_stat)).first()
    path = desk.contents.path(*named)
    sealed = path.read_bytes()
    path.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    assert [f.code for f in examine(desk)] == ["blob"]
    assert list(examine(desk, contents=False)) == []
    path.unlink()
    assert [f.code for f in examine(desk, contents=False)] == ["blob"]


# -- real processes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [1, 2])
def test_a_real_server_process_answers_and_stops(data: Path, workers: int) -> None:
    """Started by the command line, on a free port that it tells; spoken to over a real connection."""
    import socket
    import urllib.request

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "workbench.server.cli.main",
        "serve",
        "--data",
        str(data),
        "--port",
        str(port),
    ]
    process = subprocess.Popen(
        [*command, "--workers", str(workers)], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    try:
        assert process.stderr is not None
        started, listens = 0, False
        for line in process.stderr:
            started += "Application startup complete" in line
            listens = listens or "Uvicorn running on" in line
            if listens and started == workers:
                break
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/ready") as answer:
            assert json.load(answer) == {"status": "ready"}
    finally:
        process.terminate()
        process.communicate(timeout=60)
    shutil.rmtree(data)
