"""Documents on the screen: pages drawn off the window's thread, keys, and why something is not shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from tests.corpora.hostile_files import recipes
from tests.ui.intake.office import VETELI, Office
from workbench.documents.reading import kinds
from workbench.documents.reading.pdf import LOCK
from workbench.setup.letters import pdf
from workbench.ui.papers.paper import LARGE, Paper
from workbench.ui.papers.viewer import DocumentViewer

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
PAGES = "\n\n".join(f"Kappale {n}. " + "Tekstiä riittää usealle sivulle. " * 12 for n in range(60))


@pytest.fixture
def viewer(desk_office: Office) -> DocumentViewer:
    made = DocumentViewer(desk_office.window.ui, desk_office.desk)
    desk_office.qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    return made


def paper(office: Office, data: bytes, media_type: str, name: str, **more: object) -> Paper:
    sha256 = office.waiting(data, media_type, name)
    return Paper(VETELI, sha256, media_type, name, len(data), **more)  # type: ignore[arg-type]


def image(kind: str, width: int = 300, height: int = 200) -> bytes:
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    picture.fill(QColor("#3060a0"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert picture.save(buffer, kind)
    return bytes(buffer.data())


def shown(office: Office, viewer: DocumentViewer, what: Paper) -> None:
    viewer.show_paper(what)
    office.qtbot.waitUntil(lambda: viewer.pages.page_count() > 0 and viewer.is_showing_pages())


def colours(viewer: DocumentViewer) -> set[str]:
    """Colours in the view, coarsely."""
    picture = viewer.pages.viewport().grab().toImage()
    step = range(10, picture.width() - 10, 7)
    return {picture.pixelColor(x, y).name() for x in step for y in range(10, picture.height() - 10, 7)}


def test_pages_of_a_pdf_are_drawn_and_walked_by_keys(desk_office: Office, viewer: DocumentViewer) -> None:
    office = desk_office
    shown(office, viewer, paper(office, pdf("Pitkä", PAGES), kinds.PDF, "pitkä.pdf"))
    count = viewer.pages.page_count()
    assert count >= 4
    office.qtbot.waitUntil(lambda: len(colours(viewer)) > 3)  # letters, not an empty sheet
    viewer.pages.setFocus()
    for _page in range(12):
        office.qtbot.keyClick(viewer.pages, KEY.Key_PageDown)
    assert viewer.pages.current() >= 2
    office.qtbot.keyClick(viewer.pages, KEY.Key_End)
    assert viewer.pages.current() == count - 1
    assert viewer.bar.place.text() == f"{count} / {count}"
    office.qtbot.keyClick(viewer.pages, KEY.Key_Home)
    assert viewer.pages.current() == 0


def test_zooming_keeps_the_place_and_draws_crisply(desk_office: Office, viewer: DocumentViewer) -> None:
    office = desk_office
    shown(office, viewer, paper(office, pdf("Pitkä", PAGES), kinds.PDF, "pitkä.pdf"))
    # The page fits beside the scroll bar, which comes a moment after the pages.
    office.qtbot.waitUntil(viewer.pages.verticalScrollBar().isVisible)
    viewer.zoom_by(0)
    viewer.pages.go_to(2)
    before = viewer.pages.factor()
    viewer.zoom_by(1)
    viewer.zoom_by(1)
    assert viewer.pages.factor() > before and viewer.pages.current() == 2
    volume = viewer.library.volume(viewer.paper)  # type: ignore[arg-type]
    wanted = round(volume.sizes[2].width * viewer.pages.factor() * viewer.devicePixelRatioF())

    def crisp() -> bool:
        picture = viewer.library.picture(volume, 2, wanted)
        return picture is not None and picture.width() == wanted

    office.qtbot.waitUntil(crisp)
    viewer.zoom_by(0)
    assert viewer.pages.factor() == pytest.approx(before)


def test_the_size_told_is_the_one_in_force(desk_office: Office, viewer: DocumentViewer) -> None:
    office = desk_office
    shown(office, viewer, paper(office, pdf("Pitkä", PAGES), kinds.PDF, "pitkä.pdf"))
    before = viewer.bar.size_words.text()
    viewer.resize(viewer.width() - 200, viewer.height())
    office.settle()
    told = viewer.bar.size_words.text()
    assert told == f"{round(viewer.pages.factor() * 100)} %" != before


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF"])
def test_images_are_shown(desk_office: Office, viewer: DocumentViewer, kind: str) -> None:
    office = desk_office
    shown(office, viewer, paper(office, image(kind), f"image/{kind.lower()}", f"kuva.{kind.lower()}"))
    office.qtbot.waitUntil(lambda: any(name.startswith(("#2", "#3")) for name in colours(viewer)))
    assert viewer.pages.factor() == 1.0  # a small picture is not blown up


def test_a_locked_pdf_says_why(desk_office: Office, viewer: DocumentViewer) -> None:
    office = desk_office
    recipe = next(r for r in recipes() if "salasanal" in r.reason and r.filename.endswith(".pdf"))
    viewer.show_paper(paper(office, recipe.data, kinds.PDF, "lukittu.pdf"))
    office.qtbot.waitUntil(lambda: "salasanalla" in viewer.nothing.text.text())
    assert viewer.nothing.isVisible()


def test_a_broken_pdf_and_image_say_why_and_are_kept(desk_office: Office, viewer: DocumentViewer) -> None:
    office = desk_office
    viewer.show_paper(paper(office, b"%PDF-1.7 rikki", kinds.PDF, "rikki.pdf"))
    office.qtbot.waitUntil(lambda: "vioittunut" in viewer.nothing.text.text())
    viewer.show_paper(paper(office, b"\x89PNG rikki", "image/png", "rikki.png"))
    office.qtbot.waitUntil(lambda: "Kuva on vioittunut" in viewer.nothing.text.text())


def test_a_large_file_is_fetched_only_on_request(desk_office: Office, viewer: DocumentViewer) -> None:
    office = desk_office
    what = paper(office, pdf("Suuri", "Teksti"), kinds.PDF, "suuri.pdf")
    viewer.show_paper(Paper(VETELI, what.sha256, kinds.PDF, "suuri.pdf", LARGE + 1))
    office.settle()
    assert viewer.nothing.title.text() == "Tiedosto on suuri" and viewer.pages.page_count() == 0
    viewer._fetch.click()
    office.qtbot.waitUntil(lambda: viewer.pages.page_count() == 1)


def test_a_program_is_named_and_has_no_button_to_open_it(desk_office: Office, viewer: DocumentViewer) -> None:
    office = desk_office
    viewer.show_paper(paper(office, b"MZ", kinds.EXE, "lasku.exe"))
    assert "ei avata" in viewer.nothing.text.text() and not viewer.bar.open.isVisible()


def test_an_office_file_shows_its_text_and_opens_elsewhere(
    desk_office: Office, viewer: DocumentViewer
) -> None:
    office = desk_office
    wanted: list[object] = []
    viewer.open_wanted.connect(wanted.append)
    viewer.show_paper(paper(office, b"x", kinds.DOCX, "a.docx", text="Asian teksti", text_state="ok"))
    assert viewer.text.toPlainText() == "Asian teksti" and viewer.bar.open.isVisible()
    viewer.bar.open.click()
    assert wanted == [viewer.paper]


def test_a_document_can_be_dragged_out_as_a_file(desk_office: Office, viewer: DocumentViewer) -> None:
    office = desk_office
    viewer.show_paper(paper(office, b"sisus", kinds.TEXT, "kirje.txt", text="sisus"))
    office.qtbot.mousePress(viewer.bar.name, Qt.MouseButton.LeftButton)
    office.qtbot.waitUntil(lambda: viewer.drag.mime_data() is not None)
    data = viewer.drag.mime_data()
    assert data is not None
    dragged = Path(data.urls()[0].toLocalFile())
    assert dragged.name == "kirje.txt" and dragged.read_bytes() == b"sisus"
    office.qtbot.mouseRelease(viewer.bar.name, Qt.MouseButton.LeftButton)


def test_the_window_never_waits_for_a_page(desk_office: Office, viewer: DocumentViewer) -> None:
    """While a heavy page is drawn, events go on: PDFium's own lock held elsewhere does not stop the window."""
    office = desk_office
    what = paper(office, pdf("Hidas", PAGES), kinds.PDF, "hidas.pdf")
    with LOCK:
        viewer.show_paper(what)
        for _round in range(5):
            QApplication.processEvents()
        assert viewer.pages.page_count() == 0
    office.qtbot.waitUntil(lambda: viewer.pages.page_count() > 0)
