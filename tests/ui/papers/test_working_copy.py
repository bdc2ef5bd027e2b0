"""A document opened in a word processor comes back as a new version by itself, and the plain copy goes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes.world import SECRET
from tests.ui.intake.office import VETELI, Office
from workbench.cases.corrections import VoidCase
from workbench.cases.detail import DocumentDetail, load_case
from workbench.cases.edit import OpenSecret
from workbench.cases.items import DocumentItem
from workbench.cases.papers import AddVersion, SetDocumentValues
from workbench.cases.register import Registered
from workbench.cases.working_copies import WorkingCopies
from workbench.desk import Desk
from workbench.documents.reading import kinds
from workbench.setup.letters import docx
from workbench.ui.papers.paper import Paper
from workbench.ui.papers.working_copy import CaseDocument, WorkingDesk


class WordProcessor:
    """Opens files; a test writes into them as a person would by saving."""

    def __init__(self) -> None:
        self.opened: list[Path] = []

    def open(self, path: Path) -> bool:
        self.opened.append(path)
        return True


@pytest.fixture
def word() -> WordProcessor:
    return WordProcessor()


@pytest.fixture
def working(desk_office: Office, word: WordProcessor) -> WorkingDesk:
    desk: Desk = desk_office.desk
    copies = WorkingCopies(desk.store.home, quiet_s=0.2)
    return WorkingDesk(
        desk_office.window.ui, desk, open_file=word.open, copies=copies, poll_ms=40, parent=desk_office.window
    )


def registered(office: Office) -> tuple[str, CaseDocument]:
    path = office.folder / "Luonnos.docx"
    path.write_bytes(docx("Luonnos", "Ensimmäinen teksti"))
    file = office.desk.keep_file(path)
    made: Registered = office.case(
        "Katu", documents=(DocumentItem(title="Luonnos", type="Muistio", file=file),)
    )
    document = documents(office, made.case_id)[0]
    number = office.cases()[0].number
    return made.case_id, CaseDocument(
        document.id, VETELI, number, 1, file.sha256, file.media_type, file.filename
    )


def opened(office: Office, working: WorkingDesk, word: WordProcessor) -> tuple[str, CaseDocument]:
    """A case with one document, and the document, open in the word processor."""
    case_id, document = registered(office)
    working.open_document(document)
    office.qtbot.waitUntil(lambda: len(word.opened) == 1)
    return case_id, document


def documents(office: Office, case_id: str) -> tuple[DocumentDetail, ...]:
    with office.desk.reader() as reader:
        return load_case(reader, case_id).documents


def versions(office: Office, case_id: str) -> Callable[[], int]:
    return lambda: len(documents(office, case_id)[0].versions)


def test_saving_makes_version_two_and_the_plain_copy_disappears(
    desk_office: Office, working: WorkingDesk, word: WordProcessor
) -> None:
    office = desk_office
    case_id, _document = opened(office, working, word)
    copy = word.opened[0]
    assert copy.parent.parent.name == "työkopiot" and copy.name == "Luonnos.docx"
    copy.write_bytes(docx("Luonnos", "Muutettu teksti"))
    office.qtbot.waitUntil(lambda: versions(office, case_id)() == 2)
    office.qtbot.waitUntil(lambda: not copy.exists())
    newest = documents(office, case_id)[0].file
    assert newest is not None and "Muutettu teksti" in newest.text and newest.number == 2
    assert any("Tallennettu uusi versio" in words for words in office.said)


def test_a_version_made_meanwhile_is_told_and_neither_is_lost(
    desk_office: Office, working: WorkingDesk, word: WordProcessor
) -> None:
    office = desk_office
    case_id, document = opened(office, working, word)
    other = office.folder / "Toisen.docx"
    other.write_bytes(docx("Luonnos", "Toisen teksti"))
    office.run(AddVersion(document_id=document.document_id, file=office.desk.keep_file(other), seen=1))
    word.opened[0].write_bytes(docx("Luonnos", "Oma teksti"))
    office.qtbot.waitUntil(lambda: versions(office, case_id)() == 3)
    office.qtbot.waitUntil(lambda: any("toisen tekemä versio 2" in words for words in office.said))
    texts = [v.text for v in documents(office, case_id)[0].versions]
    assert "Toisen teksti" in texts[1] and "Oma teksti" in texts[2]


def test_what_an_unclean_end_left_is_brought_in_at_the_next_start(
    desk_office: Office, working: WorkingDesk, word: WordProcessor
) -> None:
    office = desk_office
    case_id, _document = opened(office, working, word)
    working._timer.stop()  # the program ends here, before it saw the save
    word.opened[0].write_bytes(docx("Luonnos", "Ennen kaatumista"))
    next_run = WorkingDesk(
        office.window.ui, office.desk, open_file=word.open, poll_ms=40, parent=office.window
    )
    next_run.restore()
    office.qtbot.waitUntil(lambda: versions(office, case_id)() == 2)
    office.qtbot.waitUntil(lambda: not word.opened[0].exists())


def test_a_closed_case_takes_no_version_but_the_copy_is_kept_and_told(
    desk_office: Office, working: WorkingDesk, word: WordProcessor
) -> None:
    office = desk_office
    case_id, _document = opened(office, working, word)
    office.run(VoidCase(case_id=case_id, reason="Kirjattu kahdesti"))
    word.opened[0].write_bytes(docx("Luonnos", "Myöhästynyt"))
    office.qtbot.waitUntil(lambda: any("ei voitu tuoda" in words for words in office.said))
    assert word.opened[0].exists()


def test_a_program_is_never_opened(desk_office: Office, working: WorkingDesk, word: WordProcessor) -> None:
    office = desk_office
    sha256 = office.waiting(b"MZ\x90", kinds.EXE, "lasku.exe")
    working.open_paper(Paper(VETELI, sha256, kinds.EXE, "lasku.pdf.exe"))
    working.open_document(CaseDocument("d", VETELI, "1", 1, sha256, kinds.EXE, "lasku.exe"))
    text = office.waiting(b"echo hei", kinds.TEXT, "muistio.bat")
    working.open_paper(Paper(VETELI, text, kinds.TEXT, "muistio.bat"))  # text to the reader, run by name
    office.settle()
    assert word.opened == [] and any("suorittaa sen ohjelmana" in words for words in office.said)


def test_an_arrival_s_file_opens_as_a_read_only_copy_that_goes_at_the_end(
    desk_office: Office, working: WorkingDesk, word: WordProcessor
) -> None:
    office = desk_office
    sha256 = office.waiting(b"hei", kinds.TEXT, "../CON?.txt")
    working.open_paper(Paper(VETELI, sha256, kinds.TEXT, "../CON?.txt"))
    office.qtbot.waitUntil(lambda: len(word.opened) == 1)
    copy = word.opened[0]
    assert copy.read_bytes() == b"hei" and not copy.stat().st_mode & 0o222
    assert office.store.home in copy.parents
    working.close()
    assert not copy.exists()


def test_a_secret_document_s_copy_is_not_given_before_a_reason_even_when_it_is_out(
    desk_office: Office, working: WorkingDesk, word: WordProcessor
) -> None:
    office = desk_office
    case_id, document = opened(office, working, word)
    office.run(SetDocumentValues(document_id=document.document_id, values=SECRET))
    refused: list[str] = []
    office.tasks.refused.connect(refused.append)
    working.open_document(document)
    office.qtbot.waitUntil(lambda: bool(refused))
    assert "peruste" in refused[0] and len(word.opened) == 1 and documents(office, case_id)[0].closed
    office.run(OpenSecret(kind="document", row_id=document.document_id, reason="Käsittelen asiaa"))
    working.open_document(document)
    office.qtbot.waitUntil(lambda: len(word.opened) == 2)
