"""The shell as a test runs it: in this process, with a passphrase, a fake word analysis and light keys."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from tests.fakes.ring import FakeRing
from tests.fakes.words import FakeWords
from workbench import opening
from workbench.cli.main import app
from workbench.store import keys

Shell = Callable[..., Result]

STAFF = [
    ["nimi", "nimike", "sähköposti", "kunta", "toimiala", "palvelussuhde", "roolit", "salassa"],
    [
        "Kaisa Kirjaaja",
        "toimistosihteeri",
        "kaisa@veteli.example",
        "Veteli",
        "hallinto",
        "työsuhde",
        "kirjaaja",
        "",
    ],
    [
        "Väinö Valmistelija",
        "aluearkkitehti",
        "vaino@veteli.example",
        "Veteli",
        "tekninen",
        "virka",
        "valmistelija+päättäjä",
        "",
    ],
    [
        "Aino Arkisto",
        "arkistosihteeri",
        "aino@veteli.example",
        "Veteli",
        "hallinto",
        "virka",
        "arkistonhoitaja",
        "x",
    ],
]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WORKBENCH_PASSPHRASE", "testin salalause")
    monkeypatch.setattr(keys, "_ARGON", {"time_cost": 1, "memory_cost": 64, "parallelism": 1})
    monkeypatch.setattr(opening, "LazyWords", lambda _folder: FakeWords())
    monkeypatch.setattr(opening, "system_ring", lambda: FakeRing(works=False))
    return tmp_path / "koti"


@pytest.fixture
def shell(home: Path) -> Shell:
    """Runs the program; ``code`` is what it must end with."""

    def run(*arguments: object, code: int = 0, who: str = "kaisa@veteli.example") -> Result:
        words = ["--home", str(home), *(["--as", who] if who else []), *map(str, arguments)]
        result = CliRunner().invoke(app, words)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.stderr + result.stdout
        return result

    return run


@pytest.fixture
def office(shell: Shell, tmp_path: Path) -> Shell:
    """A municipality in use, its series continuing from 12."""
    staff = tmp_path / "henkilosto.csv"
    with staff.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(STAFF)
    shell(
        "init", "--code", "924", "--admin", "Pertti Pääkäyttäjä", "--staff", staff, "--next-number", 12, who=""
    )  # fmt: skip
    return shell


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    """A real message with two attachments."""
    message = EmailMessage()
    message["From"] = "Liisa Lähettäjä <liisa@example.fi>"
    message["To"] = "kirjaamo@veteli.example"
    message["Subject"] = "Asemakaavan muutos Räyringissä"
    message["Date"] = "Fri, 20 Nov 2026 09:15:00 +0200"
    message["Message-ID"] = "<abc@example.fi>"
    message.set_content("Hei,\n\nesitän asemakaavan muuttamista kiinteistöllä 924-401-1-23.\n")
    message.add_attachment(b"Perustelut: tontti on liian pieni.", "text", "plain", filename="perustelut.txt")
    message.add_attachment(b"%PDF-1.4 rikki", "application", "pdf", filename="kartta.pdf")
    path = tmp_path / "kirje.eml"
    path.write_bytes(message.as_bytes())
    return path


def read(result: Result) -> Any:
    return json.loads(result.stdout)
