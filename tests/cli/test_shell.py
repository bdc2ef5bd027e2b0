"""The headless journey: set up, register a real message, show, find, correct, check, back up, restore."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from tests.cli.conftest import Shell, read
from tests.fakes.world import SECRET
from workbench import opening
from workbench.cases.detail import load_case
from workbench.cases.papers import SetDocumentValues
from workbench.cases.queries import find_case_id
from workbench.context import Session
from workbench.organisation.queries import find_person_ids
from workbench.words import ensure

ROOT = Path(__file__).resolve().parents[2]
NEW = ("--new", "--class", "10.03.03", "--municipality", "Veteli")


def register(office: Shell, mail: Path, *more: str) -> str:
    return office("register", mail, *NEW, "--title", "Asemakaavan muutos", *more).stdout.strip()


def test_init_prints_the_recovery_key_alone(shell: Shell) -> None:
    result = shell("init", "--code", "924", "--admin", "Pertti Pääkäyttäjä", who="")
    assert len(result.stdout.strip()) == 39 and result.stdout.count("\n") == 1
    assert "palautusavain" in result.stderr


def test_register_prints_the_number_alone_and_the_series_continues(office: Shell, mail: Path) -> None:
    result = office("register", mail, *NEW, "--title", "Asemakaavan muutos")
    year = result.stdout.strip().split("/")[2]
    assert result.stdout == f"12/10.03.03/{year}\n"
    second = office("register", mail, mail, *NEW)
    assert second.stdout == f"13/10.03.03/{year}\n14/10.03.03/{year}\n"


def test_show_tells_all_with_documented_keys(office: Shell, mail: Path) -> None:
    number = register(office, mail, "--handler", "Väinö Valmistelija")
    case = read(office("case", "show", number, "--json"))
    assert {"number", "title", "class", "state", "municipality", "sender", "arrived_at", "documents"} <= set(
        case
    )
    assert (case["number"], case["title"], case["class"]) == (number, "Asemakaavan muutos", "10.03.03")
    assert (case["municipality"], case["sender"], case["state"]) == ("Veteli", "Liisa Lähettäjä", "Vireillä")
    assert case["arrived_at"] == "2026-11-20T07:15:00.000000Z" and case["handler"] == "Väinö Valmistelija"
    letter, reasons, broken = case["documents"]
    assert letter["sha256"] == hashlib.sha256(mail.read_bytes()).hexdigest()
    assert letter["size"] == mail.stat().st_size and "esitän asemakaavan muuttamista" in letter["text"]
    parts = {
        p.get_filename(): p.get_payload(decode=True)
        for p in message_from_bytes(mail.read_bytes(), policy=default).iter_attachments()
    }
    for document, name in ((reasons, "perustelut.txt"), (broken, "kartta.pdf")):
        assert document["filename"] == name and document["attached_to"] == letter["identifier"]
        assert document["sha256"] == hashlib.sha256(parts[name]).hexdigest()
        assert document["size"] == len(parts[name])
    assert "tontti on liian pieni" in reasons["text"]
    assert all(set(d) >= {"title", "filename", "sha256", "size", "text"} for d in case["documents"])


def test_find_by_an_inflected_word_lists_number_title_and_excerpt(office: Shell, mail: Path) -> None:
    number = register(office, mail)
    found = read(office("find", "asemakaavoista", "--json"))
    assert [set(f) for f in found] == [{"number", "title", "excerpt"}]
    assert found[0]["number"] == number and "semakaava" in found[0]["excerpt"]
    assert office("find", "asemakaavoista").stdout.startswith(f"{number}\t")
    nothing = office("find", "olematon")
    assert nothing.stdout == "" and "Ei osumia" in nothing.stderr
    assert [f["number"] for f in read(office("find", "luokka:10.03 tila:avoin", "--json"))] == [number]


@pytest.mark.parametrize(
    "words",
    [
        "vuosi:0000",
        "vuosi:²²²²",
        '"',
        "*",
        "acl:m924",
        "NEAR(a b)",
        "a OR b",
        "ꭰꭱ x🙂y 𞤀b",
        "--",
        ":",
        "12/",
        "'",
    ],
)
def test_whatever_is_typed_find_answers(office: Shell, mail: Path, words: str) -> None:
    register(office, mail)
    office("find", "--json", "--", words)


def test_corrections_from_the_shell(office: Shell, mail: Path) -> None:
    one, two, three = (register(office, mail) for _unused in range(3))
    assert (
        "Siirretty" in office("case", "move", one, two, "--document", "all", "--reason", "väärä asia").stdout
    )
    assert read(office("case", "show", one, "--json"))["documents"] == []
    assert len(read(office("case", "show", two, "--json"))["documents"]) == 6
    assert office("case", "merge", three, two, "--reason", "kaksoiskappale").stdout.startswith("Yhdistetty")
    assert read(office("case", "show", three, "--json"))["number"] == two
    assert office("case", "void", one, "--reason", "virhe").stdout == f"Mitätöity {one}\n"
    assert [c["number"] for c in read(office("case", "list", "--json"))] == [two]
    assert sorted(c["number"] for c in read(office("case", "list", "--state", "voided", "--json"))) == sorted(
        [one, three]
    )
    refused = office("case", "close", two, code=1)
    assert "Asialla ei ole käsittelijää." in refused.stderr and refused.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("case", "show", "1/99/2026"), "ei löydy"),
        (("case", "void", "{n}"), "peruste"),
        (
            ("register", "{mail}", "--new", "--class", "99.99", "-m", "Veteli"),
            "ei ole tiedonohjaussuunnitelmassa",
        ),
        (("register", "{mail}", "--new", "--class", "10", "-m", "Veteli"), "alaluokkia"),
        (("register", "{mail}", "--new", "-m", "Veteli"), "tehtäväluokan"),
        (("register", "{mail}", "-m", "Veteli"), "--new"),
        (("register", "{mail}", "--case", "9/10.03.03/2026", "-m", "Veteli"), "odottaa saapuneissa"),
        (("register", "{mail}", "--new", "--class", "10.03.03", "-m", "Kokkola"), "Käytössä ovat: Veteli"),
        (("register", "ei-ole.eml", "--new", "--class", "10.03.03", "-m", "Veteli"), "ei-ole.eml"),
    ],
)
def test_what_a_person_can_mend_goes_to_stderr_with_code_1(
    office: Shell, mail: Path, arguments: tuple[str, ...], words: str
) -> None:
    number = register(office, mail)
    result = office(*(a.replace("{n}", number).replace("{mail}", str(mail)) for a in arguments), code=1)
    assert words in result.stderr and result.stdout == ""


def test_rights_hold_in_the_shell(office: Shell, mail: Path) -> None:
    number = register(office, mail, "--handler", "Väinö Valmistelija")
    refused = office("case", "void", number, "--reason", "x", code=1, who="Väinö Valmistelija")
    assert "Sinulla ei ole oikeutta" in refused.stderr
    assert office("case", "show", number, code=1, who="Pertti Pääkäyttäjä").stdout == ""
    assert "ei löydy" in office("case", "list", code=1, who="Ei Kukaan").stderr


def test_a_secret_case_asks_a_reason_and_is_invisible_to_others(office: Shell, mail: Path) -> None:
    secret = ("--new", "--class", "05.01.02", "--title", "Päiväkotipaikka", "-m", "Veteli")
    number = office("register", mail, *secret).stdout.strip()
    assert "peruste" in office("case", "show", number, code=1).stderr
    assert (
        read(office("case", "show", number, "--json", "--reason", "käsittely"))["title"] == "Päiväkotipaikka"
    )
    assert (
        "ei löydy" in office("case", "show", number, "--reason", "x", code=1, who="Väinö Valmistelija").stderr
    )
    assert read(office("find", "päiväkotipaikka", "--json", who="Väinö Valmistelija")) == []
    assert read(office("case", "list", "--json", who="Väinö Valmistelija")) == []


def test_check_backup_and_restore(
    office: Shell, mail: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = register(office, mail)
    assert office("check").stdout == ""
    backup = office("backup", "--to", tmp_path / "varmuuskopiot").stdout.strip()
    assert (Path(backup) / "manifest.json").exists()
    blob = next(p for p in (home / "blobs").rglob("*") if p.is_file())
    blob.unlink()
    assert "puuttuu" in office("check", code=3).stdout
    home.rename(tmp_path / "vanha")
    assert office("restore", tmp_path / "varmuuskopiot").stdout.strip() == str(home)
    assert read(office("case", "show", number, "--json"))["number"] == number
    assert office("check").stdout == ""
    monkeypatch.setenv("WORKBENCH_PASSPHRASE", "väärä")
    assert "Salalause" in office("check", code=1).stderr


def test_a_damaged_store_ends_with_code_3(office: Shell, home: Path) -> None:
    for path in home.glob("store.db*"):
        path.unlink()
    (home / "store.db").write_bytes(b"rikki" * 5000)
    result = office("case", "list", code=3)
    assert "avaimella" in result.stderr and result.stdout == ""


def test_the_same_number_in_two_municipalities_is_asked_about(
    office: Shell, mail: Path, tmp_path: Path
) -> None:
    staff = tmp_path / "toinen.csv"
    staff.write_text(
        "nimi,kunta,roolit,sähköposti\nKaija,Kaustinen,kirjaaja,kaija@example.fi\n", encoding="utf-8"
    )
    office("init", "--code", "236", "--admin", "x", "--staff", staff, "--next-number", 12, who="")
    ours = register(office, mail)
    theirs = office(
        "register", mail, "--new", "--class", "10.03.03", "-m", "236", who="kaija@example.fi"
    ).stdout.strip()
    assert ours == theirs
    assert read(office("case", "show", ours, "--json"))["municipality"] == "Veteli"
    assert read(office("case", "show", ours, "--json", who="kaija@example.fi"))["municipality"] == "Kaustinen"


def test_output_is_utf8_whatever_the_machine_says(tmp_path: Path) -> None:
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "ascii",
        "WORKBENCH_CACHE": str(tmp_path / "cache"),
    }
    call = [sys.executable, "-m", "workbench"]
    result = subprocess.run(
        [*call, "--home", str(tmp_path / "koti"), "case", "list"],
        env=environment,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 1 and "Ota ohjelma käyttöön" in result.stderr.decode("utf-8")
    assert result.stdout == b""


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_find_with_the_real_words(
    office: Shell, mail: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workbench import opening
    from workbench.words import Analyser, Lexicon

    assert ensure(tmp_path / "words")
    lexicon = Lexicon(tmp_path / "words")
    monkeypatch.setattr(opening, "LazyWords", lambda _folder: Analyser(lexicon))
    try:
        number = register(office, mail)
        for word in ("asemakaavoista", "kaavan", "muutoksesta", "kiinteistöstä", "tonteille"):
            assert [f["number"] for f in read(office("find", word, "--json"))] == [number], word
    finally:
        lexicon.close()


def test_show_gives_a_secret_documents_content_only_for_a_reason(
    office: Shell, mail: Path, home: Path
) -> None:
    number = register(office, mail)
    store = opening.open_home(home)
    try:
        with store.reader() as connection:
            (person,) = find_person_ids(connection, "kaisa@veteli.example")
        session = Session(person, "924")
        with store.read_as(session) as reader:
            letter = load_case(reader, str(find_case_id(reader, number))).documents[0]
        store.execute(SetDocumentValues(document_id=letter.id, values=SECRET), session)
    finally:
        store.close()
    shown = office("case", "show", number, "--json")
    first, reasons, _broken = read(shown)["documents"]
    assert first["closed"] and first["text"] is None and first["filename"] is None and first["title"]
    assert not reasons["closed"] and "tontti" in reasons["text"]
    assert "1 salassa pidettävän asiakirjan" in shown.stderr
    again = office("case", "show", number, "--json", "--reason", "Tietopyyntö")
    assert "esitän asemakaavan" in read(again)["documents"][0]["text"] and "salassa" not in again.stderr


def test_an_arrival_is_set_aside_and_destroyed(office: Shell, mail: Path, home: Path) -> None:
    office("register", mail, "--case", "99/10.03.03/2026", "--municipality", "Veteli", code=1)
    (waiting,) = read(office("arrival", "list", "--json"))
    assert (waiting["subject"], waiting["state"], waiting["files"]) == (
        "Asemakaavan muutos Räyringissä",
        "new",
        3,
    )
    at = ("--municipality", "Veteli")
    assert "odottaa" in office("arrival", "destroy", waiting["id"], *at, "--reason", "x", code=1).stderr
    office("arrival", "set-aside", waiting["id"], *at, "--reason", "Mainos")
    office("backup", "--to", home.parent / "varmuus")
    assert "peruste" in office("arrival", "destroy", waiting["id"], *at, code=1).stderr
    done = office("arrival", "destroy", waiting["id"], *at, "--reason", "Ei kuulu kunnan toimintaan")
    assert done.stdout == "Hävitetty saapunut (20.11.2026)\n"
    assert "Aiemmissa varmuuskopioissa" in done.stderr and "viimeistään" in done.stderr
    assert read(office("arrival", "list", "--state", "set_aside", "--json")) == []
    assert not [p for p in (home / "blobs").rglob("*") if p.is_file()]
    assert office("check").stdout == ""


def test_a_document_is_destroyed_by_its_identifier(office: Shell, mail: Path) -> None:
    number = register(office, mail)
    (_letter, _reasons, broken) = read(office("case", "show", number, "--json"))["documents"]
    this = ("case", "destroy", number, "--document", broken["identifier"], "--reason", "Säilytysaika päättyi")
    assert "arkistonhoitaja" in office(*this, code=1).stderr
    done = office(*this, who="aino@veteli.example")
    assert done.stdout == f"Hävitetty asiakirja asiasta {number}\n" and "armuuskopioita" in done.stderr
    assert len(read(office("case", "show", number, "--json"))["documents"]) == 2
    assert "ei ole sellaista" in office(*this, who="aino@veteli.example", code=1).stderr
    assert office("check").stdout == ""


def test_rights_time_of_arrival_and_the_public_side(office: Shell, mail: Path) -> None:
    number = register(office, mail, "--handler", "Väinö Valmistelija")
    year = number.split("/")[2]
    time = ("case", "correct-arrival", number, "--at", "2026-11-19T10:00", "--reason", "leima")
    letter = read(office("case", "show", number, "--json"))["documents"][0]
    assert "Valitse asiakirja" in office(*time, code=1).stderr
    assert "19.11.2026" in office(*time, "--document", letter["identifier"]).stdout
    assert read(office("case", "show", number, "--json"))["arrived_at"] == "2026-11-19T08:00:00.000000Z"
    give = ("case", "give-access", number, "--to", "vaino@veteli.example", "--reason", "apu")
    assert "ei ole salassa" in office(*give, code=1).stderr
    assert read(office("case", "access", number, "--json")) == []
    period = ("--municipality", "Veteli", "--first", f"{year}-01-01", "--last", f"{year}-12-31", "--json")
    (entry,) = read(office("publicity", "register", *period))
    assert entry["number"] == number and entry["documents"][0]["title"] == "Asemakaavan muutos Räyringissä"
    described = office("publicity", "describe", "--municipality", "Veteli", "--decides", "hallintojohtaja")
    assert described.stdout.startswith("# Kuvaus asiakirjajulkisuuden")
    since = ("openings", "--municipality", "Veteli", "--since", "2026-01-01", "--json")
    assert "arkistonhoitaja" in office(*since, code=1).stderr
    assert read(office(*since, who="aino@veteli.example")) == []
