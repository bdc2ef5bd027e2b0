"""The registrar's whole errand from the shell, by real processes: a letter becomes a case and is found."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.words.conftest import lexicon_folder  # noqa: F401 - the fixture, shared with the word tests
from workbench.setup.letters import docx, pdf

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def shell(tmp_path: Path, lexicon_folder: Path):  # noqa: F811 - the fixture's own name
    """Runs ``workbench`` with a home and a word lexicon of its own; gives standard output."""
    words = tmp_path / "cache" / "words"
    shutil.copytree(lexicon_folder, words)
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "WORKBENCH_CACHE": str(tmp_path / "cache"),
        "PYTHONIOENCODING": "utf-8",
    }

    def run(*arguments: str, code: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "workbench", "--home", str(tmp_path / "home"), *arguments],
            env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stderr
        return done.stdout

    return run


def letter(folder: Path) -> tuple[Path, dict[str, bytes]]:
    attachments = {
        "Asemapiirros.pdf": pdf("Asemapiirros", "Tontin pohjoisreuna ja uusi rakennusala."),
        "Perustelut.docx": docx("Perustelut", "Verstas tarvitsee lisätilaa metallitöitä varten."),
    }
    message = EmailMessage()
    message["From"] = "Maija Myllymäki <maija@posti.example>"
    message["To"] = "kirjaamo@veteli.example"
    message["Subject"] = "Hakemus"
    message["Date"] = "Mon, 23 Nov 2026 09:30:00 +0200"
    message["Message-ID"] = "<hakemus-1@posti.example>"
    message.set_content("Pyydän tontin kaavan muuttamista.\n\nMaija Myllymäki")
    for name, content in attachments.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    path = folder / "letter.eml"
    path.write_bytes(message.as_bytes())
    return path, attachments


@pytest.mark.timeout(600)
def test_a_letter_becomes_a_case_and_is_found_by_an_inflected_word(shell, tmp_path: Path) -> None:
    assert shell("demo", "--cases", "3").strip() == "3"
    path, attachments = letter(tmp_path)
    number = shell(
        "register", str(path), "--new", "--class", "10.03.03", "--title", "Asemakaavan muutos",
        "--municipality", "Veteli",
    ).strip()  # fmt: skip
    assert re.fullmatch(r"\d+/10\.03\.03/\d{4}", number)

    case = json.loads(shell("case", "show", number, "--json", "-m", "Veteli"))
    assert case["sender"] == "Maija Myllymäki"
    assert case["arrived_at"] == "2026-11-23T07:30:00.000000Z"
    by_name = {d["filename"]: d for d in case["documents"]}
    for name, content in attachments.items():
        assert by_name[name]["sha256"] == hashlib.sha256(content).hexdigest()
    assert "rakennusala" in by_name["Asemapiirros.pdf"]["text"]
    assert "metallitöitä" in by_name["Perustelut.docx"]["text"]

    for asked in ("asemakaavoista", "metallityö", "rakennusalan", "kaava"):
        found = json.loads(shell("find", asked, "--json", "-m", "Veteli"))
        assert number in [hit["number"] for hit in found], asked
    narrowed = json.loads(shell("find", "luokka:10.03 tila:avoin verstas", "--json", "-m", "Veteli"))
    assert narrowed[0]["number"] == number and "Verstas" in narrowed[0]["excerpt"]

    assert "Mitätöity" in shell("case", "void", number, "--reason", "Väärä kunta")
    assert json.loads(shell("case", "show", number, "--json", "-m", "Veteli"))["voided"] is True
    assert shell("check") == ""


def test_what_goes_wrong_is_said_in_finnish_on_standard_error(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "workbench", "--home", str(tmp_path / "none"), "case", "list"],
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert "ei ole tietovarastoa" in done.stderr
