"""Two workstations that each kept a register by themselves come to one server: real processes, by the shell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.test_two_workstations import LETTER, Place

SERVER = "workbench.server.cli.main"
PEOPLE = {"a": ("Aune Alanko", "aune@example.fi"), "b": ("Bertta Bergman", "bertta@example.fi")}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path)
    more = ["--embedded-postgres"] if request.param == "postgresql" else []
    made.run(SERVER, "init", "--data", "server", *more)
    made.run(SERVER, "unit", "add", "924", "--data", "server")
    yield made
    made.stop()


def keep_a_register(place: Place, home: str, titles: list[str]) -> list[str]:
    """A workstation in use by itself since number 11: registers a letter for each title."""
    name, email = PEOPLE[home]
    staff = place.folder / f"{home}.csv"
    staff.write_text(
        f"nimi;sähköposti;kunta;toimiala;palvelussuhde;roolit\n{name};{email};924;hallinto;virka;registrar\n",
        encoding="utf-8",
    )
    words = ("--code", "924", "--admin", "Ylläpito", "--next-number", "11", "--staff", staff.name)
    place.at(home, "init", *words)
    numbers = []
    for n, title in enumerate(titles):
        letter = place.folder / f"{home}{n}.eml"
        letter.write_text(LETTER.replace("maisema-1", f"{home}{n}"), encoding="utf-8")
        said = place.at(
            home, "--as", email, "register", letter.name, "-m", "924", "--new", "--class", "10.03.03", "--title", title
        )  # fmt: skip
        numbers.append(said.splitlines()[-1])
    return numbers


def code(place: Place, home: str, *more: str) -> None:
    name, email = PEOPLE[home]
    username = email.partition("@")[0]
    known = place.run(SERVER, "user", "list", "--data", "server")
    if username not in known:
        words = ("--unit", "924", "--role", "registrar", "--email", email, "--username", username)
        place.run(SERVER, "user", "add", name, *words, "--data", "server")
    token = place.run(SERVER, "token", "new", username, *more, "--data", "server")
    (place.folder / f"{home}.code").write_text(token, encoding="utf-8")


def papers(shown: Any) -> list[Any]:
    """What stands on the documents of a case, and what is in their files."""
    return [[d[n] for n in ("identifier", "title", "filename", "sha256", "size")] for d in shown["documents"]]


@pytest.mark.timeout(400)
def test_two_registers_that_both_gave_number_12_join_one_server(place: Place) -> None:
    first = keep_a_register(place, "a", ["Venevalkama", "Metsätie"])
    second = keep_a_register(place, "b", ["Laituri", "Rantasauna", "Kaivo"])
    twelve = "12/10.03.03/2026"
    assert first[1] == second[1] == twelve
    printed = {
        home: place.at(home, "--as", PEOPLE[home][1], "case", "show", twelve, "--json") for home in "ab"
    }

    # A code that does not say so brings no register along, and nothing changes.
    code(place, "a")
    place.serve()
    place.at("a", "join", place.url, "--token-file", "a.code", code=1)
    assert place.at("a", "--as", PEOPLE["a"][1], "case", "show", twelve, "--json") == printed["a"]

    told = {}
    for home in "ab":
        code(place, home, "--adopts")
        told[home] = place.at(home, "join", place.url, "--token-file", f"{home}.code", "--json")
    # The first founds the series; of the second, what was given already gets the next numbers.
    assert (told["a"]["adopted"], told["a"]["renumbered"]) == (2 + 2, [])
    assert [r["former"] for r in told["b"]["renumbered"]] == second[:2]
    new = told["b"]["renumbered"][1]["present"]
    assert new == "15/10.03.03/2026" and not told["b"]["adoption_waits"]

    place.at("a", "sync")
    place.at("b", "sync")
    for home in "ab":
        found = place.at(home, "find", twelve)
        assert "Metsätie" in found and "Rantasauna" in found
        assert place.at(home, "case", "show", twelve, "--json")["title"] == "Metsätie"
        shown = place.at(home, "case", "show", new, "--json")
        assert (shown["title"], shown["former_numbers"]) == ("Rantasauna", [twelve])
        # Documents are as they were printed.
        assert papers(shown) == papers(printed["b"])
        place.at(home, "check")
    # A number that nobody else had stays; the series goes on after all of them.
    assert place.at("a", "case", "show", second[2], "--json")["title"] == "Kaivo"
    letter = place.folder / "uusi.eml"
    letter.write_text(LETTER, encoding="utf-8")
    place.at("b", "register", letter.name, "-m", "924", "--new", "--class", "10.03.03", "--title", "Uusi")
    place.at("b", "sync")
    (fresh,) = [c for c in place.at("b", "case", "list", "--json") if c["title"] == "Uusi"]
    assert fresh["number"] == "16/10.03.03/2026"
    place.run(SERVER, "verify", "--data", "server")
    place.stop()
    place.run(SERVER, "doctor", "--data", "server")
