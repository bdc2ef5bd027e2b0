"""A region on one machine: a real server process, two workstations by the shell, as the README's walk-through."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.ports import free_port
from tests.fakes.serving import start_server, wait_until_ready

LETTER = """From: Maija Testinen <maija@example.fi>
To: kirjaamo@veteli.fi
Subject: Hakemus maisematyöluvasta
Date: Mon, 23 Nov 2026 10:15:00 +0200
Message-ID: <maisema-1@example.fi>
Content-Type: text/plain; charset=utf-8

Haen maisematyölupaa rantatontille.
"""


class Place:
    """A folder with a server and workstations, each command a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.server: subprocess.Popen[bytes] | None = None
        # As on a machine without a key ring: the store is locked by a passphrase.
        self.environment = os.environ | {
            "WORKBENCH_PASSPHRASE": "kolme sanaa ja hiihtoretki",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        }

    def run(self, *words: str, code: int = 0) -> str:
        made = subprocess.run(
            [sys.executable, "-m", *words],
            cwd=self.folder, env=self.environment, capture_output=True, text=True, encoding="utf-8", timeout=120,
            check=False,
        )  # fmt: skip
        assert made.returncode == code, (words, made.returncode, made.stdout, made.stderr)
        return made.stdout

    def at(self, home: str, *words: str, code: int = 0) -> Any:
        said = self.run("workbench", "--home", home, *words, code=code)
        return json.loads(said) if "--json" in words else said.strip()

    def serve(self) -> None:
        log = self.folder / "server.log"
        self.server = start_server(self.folder / "server", self.port, log, self.environment)
        wait_until_ready(self.server, self.port, log)

    def stop(self) -> None:
        if self.server is not None:
            self.server.terminate()
            self.server.wait(30)
            self.server = None


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path)
    more = ["--embedded-postgres"] if request.param == "postgresql" else []
    words = ["demo", "--data", "server", "--cases", "6", "--only-make", *more]
    codes = made.run("workbench.server.cli.main", *words)
    for line in codes.splitlines():
        username, _name, code = line.split("\t")
        (tmp_path / f"{username}.code").write_text(code, encoding="utf-8")
    made.serve()
    yield made
    made.stop()


FIRST, SECOND = "aune.kansakoski", "ritva.viiperinen"  # two registrars of Veteli


@pytest.mark.timeout(400)
def test_two_workstations_and_a_server(place: Place) -> None:
    (place.folder / "kirje.eml").write_text(LETTER, encoding="utf-8")
    for home, who in (("a", FIRST), ("b", SECOND)):
        place.at(home, "join", place.url, "--token-file", f"{who}.code")
        assert place.at(home, "sync", "--json")["state"] == "up_to_date"
    known = {c["number"] for c in place.at("a", "case", "list", "--json")}
    assert known

    # Without a network: the letter is registered, and its number is still to come.
    place.stop()
    place.at(
        "a",
        "register",
        "kirje.eml",
        "-m",
        "Veteli",
        "--new",
        "--class",
        "10.03.03",
        "--title",
        "Maisematyölupa",
    )
    assert place.at("a", "sync", "--json", code=3)["state"] == "offline"
    (mine,) = [c for c in place.at("a", "case", "list", "--json") if c["title"] == "Maisematyölupa"]
    assert not mine["number"]

    # The network is back.
    place.serve()
    told = place.at("a", "sync", "--json")
    assert (told["state"], told["waiting"]) == ("up_to_date", 0)
    (mine,) = [c for c in place.at("a", "case", "list", "--json") if c["title"] == "Maisematyölupa"]
    number = mine["number"]
    assert number and number not in known
    place.at("b", "sync")
    assert number in place.at("b", "find", "maisematyölupa")
    shown = place.at("b", "case", "show", number, "--json")
    assert "Maija Testinen" in json.dumps(shown, ensure_ascii=False)

    # Both correct the same time of arrival; neither has heard of the other.
    def correct(home: str, at: str, why: str) -> None:
        paper = shown["documents"][0]["identifier"]
        words = ("-m", "Veteli", "--document", paper, "--at", at, "--reason", why)
        place.at(home, "case", "correct-arrival", number, *words)

    correct("a", "2026-11-23T09:00", "leima")
    correct("b", "2026-11-23T08:00", "postin kuitti")
    place.at("a", "sync")
    assert place.at("b", "sync", "--json")["conflicts"] == 1
    clashes = place.at("b", "conflicts", "--json")["conflicts"]
    assert {c["kind"] for c in clashes} == {"case_file", "document"}, "both are told, and both are settled"
    for clash in clashes:
        (field,) = [f for f in clash["fields"] if f["clashes"]]
        assert (field["name"], field["theirs"][:16]) == ("arrived_at", "2026-11-23T07:00")
        place.at("b", "resolve", clash["kind"], clash["row_id"], "--field=arrived_at=mine")
    assert place.at("b", "sync", "--json")["conflicts"] == 0
    place.at("a", "sync")
    for home in ("a", "b"):
        assert "2026-11-23T06:00:00" in json.dumps(place.at(home, "case", "show", number, "--json"))
        assert place.at(home, "conflicts", "--json")["conflicts"] == []
        place.at(home, "check")
    place.run("workbench.server.cli.main", "verify", "--data", "server")
    place.stop()
    place.run("workbench.server.cli.main", "doctor", "--data", "server")
