"""The shell and a server: join an empty home, hand over, decide."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from tests.cli.conftest import Shell, read
from tests.sync.reaching import Reached, reached_region
from tests.sync.stations import Region
from workbench.cases.edit import EditCase
from workbench.cli import desk
from workbench.domain import whole_domain
from workbench.store.authority import correct_series
from workbench.sync.errors import Offline


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Region]:
    with reached_region(tmp_path / "region", monkeypatch) as made:
        yield made


def test_a_home_that_is_not_joined_says_what_to_do(office: Shell) -> None:
    assert "workbench join" in office("sync", code=1).stderr
    assert read(office("conflicts", "--json")) == {"conflicts": [], "set_aside": []}


def test_an_address_that_is_not_encrypted_makes_no_home(shell: Shell, home: Path, tmp_path: Path) -> None:
    token = tmp_path / "koodi"
    token.write_text("koodi")
    assert "https" in shell("join", "http://server.example", "--token-file", token, code=1, who="").stderr
    assert not (home / "store.db").exists()


def test_a_wrong_code_makes_no_home_and_a_right_one_may_follow(
    shell: Shell, place: Region, home: Path, tmp_path: Path
) -> None:
    token = tmp_path / "koodi"
    token.write_text("väärä")
    assert (
        "koodi ei kelpaa"
        in shell("join", "https://server.example", "--token-file", token, code=1, who="").stderr
    )
    assert not home.exists() or not list(home.iterdir())
    token.write_text("koodi")
    assert shell("join", "https://server.example", "--token-file", token, who="").stdout == "person-both\n"


def test_a_line_that_breaks_when_joined_leaves_the_rest_for_the_next_synchronisation(
    shell: Shell, place: Region, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_self: Reached, **_what: object) -> dict[str, object]:
        raise Offline("Palvelimeen ei saada yhteyttä.")

    token = tmp_path / "koodi"
    token.write_text("koodi")
    with monkeypatch.context() as line:
        line.setattr(Reached, "pull", broken)
        made = shell("join", "https://server.example", "--token-file", token, who="")
    assert "alautusavain" in made.stderr
    assert "ei saada yhteyttä" in made.stderr and "Jatka: workbench sync" in made.stderr
    assert shell("sync", who="").stdout.startswith("ajan tasalla")


def test_join_work_sync_and_choose(shell: Shell, place: Region, home: Path, tmp_path: Path) -> None:
    token = tmp_path / "koodi"
    token.write_text("koodi\n")
    made = shell("join", "https://server.example", "--token-file", token, who="")
    assert made.stdout == "person-both\n" and "alautusavain" in made.stderr
    assert shell("sync", who="").stdout.startswith("ajan tasalla")
    other = place.stations[0]
    case_id = other.rows("case_file")[0]["id"]
    other.run(EditCase(case_id=case_id, changes={"title": "Toisen otsikko"}))
    store = desk.open_store(home)
    try:
        from workbench.context import Session

        store.execute(
            EditCase(case_id=case_id, changes={"title": "Oma otsikko"}), Session("person-both", "924")
        )
    finally:
        store.close()
    other.sync()
    report = read(shell("sync", "--json", who=""))
    assert (report["state"], report["conflicts"], report["sent"]) == ("conflict", 1, 1)
    (found,) = read(shell("conflicts", "--json", who=""))["conflicts"]
    (field,) = found["fields"]
    assert (field["mine"], field["theirs"], field["clashes"]) == ("Oma otsikko", "Toisen otsikko", True)
    assert "Valitse" in shell("resolve", "case_file", case_id, code=1, who="").stderr
    shell("resolve", "case_file", case_id, "--field", "title==Yhteinen otsikko", who="")
    assert read(shell("sync", "--json", who=""))["state"] == "up_to_date"
    other.sync()
    assert other.row("case_file", case_id)["title"] == "Yhteinen otsikko"


def test_a_register_comes_along_and_what_changed_is_told(
    office: Shell, place: Region, home: Path, tmp_path: Path
) -> None:
    store = desk.open_store(home)
    place.server.allow_adoption("person-both", store.workstation)
    store.close()
    token = tmp_path / "koodi"
    token.write_text("koodi")
    letter = tmp_path / "kirje.txt"
    letter.write_text("Laituria koskeva kirje", encoding="utf-8")
    number = office(
        "register", letter, "-m", "924", "--new", "--class", "10.03.03", "--title", "Laituri"
    ).stdout
    # Somebody the server does not know: told, and the shell works on as before.
    said = office("join", "https://server.example", "--token-file", token, code=1, who="").stderr
    assert "Henkilöä Kaisa Kirjaaja ei ole palvelimella" in said and "Mitään ei muutettu" in said
    assert "Laituri" in office("find", number.strip()).stdout
    person = whole_domain().kinds.table("person")
    with place.server.database.writing() as connection:
        called = {"name": "Kaisa Kirjaaja", "email": None}
        connection.execute(update(person).where(person.c.id == "person-both").values(**called))
        correct_series(connection, "case:924:2026", 400)
    made = office("join", "https://server.example", "--token-file", token, who="")
    assert made.stdout.splitlines()[1] == f"{number.strip()}\t400/10.03.03/2026"
    assert "Palvelimelle vietiin" in made.stderr and "Aiempi tunnus näkyy asialla" in made.stderr
    assert "Laituri" in office("find", number.strip(), who="person-both").stdout
    shown = read(office("case", "show", "400/10.03.03/2026", "--json", who="person-both"))
    assert shown["former_numbers"] == [number.strip()]
    assert read(office("sync", "--json", who=""))["renumbered"] == []
