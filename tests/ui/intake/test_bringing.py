"""Files come in by dropping, choosing or a watched folder; the hostile ones lose nothing and are explained."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from tests.corpora import hostile
from tests.ui.intake.office import CTRL, KEY, LETTERS, Office, letter
from workbench.cases.intake.watching import Outcome
from workbench.ui.intake.summary import summary


def drop(office: Office, paths: list[Path]) -> None:
    """What the system does when files are let go over the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    at = QPointF(400, 300)
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at.toPoint(), copy, data, left, none)
    QApplication.sendEvent(office.window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(office.window, QDropEvent(at, copy, data, left, none))


def test_several_dropped_files_and_a_folder_come_in_with_results(desk_office: Office) -> None:
    office = desk_office
    folder = office.folder / "kansio"
    folder.mkdir()
    for n in range(3):
        letter(folder, n, *LETTERS[n])
    one = letter(office.folder, 5, *LETTERS[5])
    empty = office.folder / "tyhja.pdf"
    empty.write_bytes(b"")
    drop(office, [folder, one, empty])
    office.qtbot.waitUntil(lambda: len(office.arrivals()) == 4)
    office.qtbot.waitUntil(lambda: any("4 tuotu, 1 hylätty" in words for words in office.said))
    assert any("tyhja.pdf on tyhjä (0 tavua)" in words for words in office.said)
    # The page opens on the first of them, and the rail tells how many wait.
    office.until_in_hand(LETTERS[0][0])
    assert folder.exists() and one.exists()  # dropped files stay the sender's


def test_ctrl_o_asks_for_files_on_any_page(desk_office: Office) -> None:
    office = desk_office
    office.dialogs.files = [letter(office.folder, 1, *LETTERS[1])]
    office.press(KEY.Key_O, CTRL)
    office.until_in_hand(LETTERS[1][0])


def test_hostile_files_are_taken_in_or_refused_with_a_reason_and_none_is_lost(
    desk_office: Office, tmp_path: Path
) -> None:
    office = desk_office
    cases = [case for case in hostile.build(tmp_path / "hostile") if case.name != "large"]
    assert len(cases) >= 60
    office.intake.bringing.bring([case.path for case in cases])
    results: list[object] = []
    office.intake.bringing.finished.connect(results.append)
    office.qtbot.waitUntil(lambda: bool(results), timeout=60_000)
    result = results[0]
    refused = [o for o in result.outcomes if o.why]  # type: ignore[attr-defined]
    expected = [case for case in cases if case.expectation == "refused"]
    assert result.bug is None  # type: ignore[attr-defined]
    assert len(refused) == len(expected) and all(len(o.why) > 20 for o in refused)
    assert len(result.ids) == len(cases) - len(expected)  # type: ignore[attr-defined]
    assert len(office.arrivals()) == len(set(result.ids))  # type: ignore[attr-defined]


@pytest.mark.qt_log_ignore("TIFF directory", "Sanity check", "Failed to read directory")
def test_every_hostile_arrival_opens_on_the_screen_without_a_fault(
    desk_office: Office, tmp_path: Path
) -> None:
    office = desk_office
    faults: list[object] = []
    office.tasks.broke.connect(faults.append)
    office.window.jobs.broke.connect(faults.append)
    for case in hostile.build(tmp_path / "hostile"):
        if case.name != "large" and case.expectation != "refused":
            office.desk.take_in(case.path)
    office.open()
    seen, slowest = 0, 0.0
    for id_ in list(office.page.model.ids()):
        office.page.show_target(("arrival", id_))
        began = time.perf_counter()
        office.qtbot.waitUntil(
            lambda id_=id_: office.page.current() is not None and office.page.current().bundle.id == id_
        )
        strip = office.page.view.strip
        for n in range(min(strip.count(), 4)):
            strip.show_file(n)
            QApplication.processEvents()
        slowest = max(slowest, time.perf_counter() - began)
        seen += 1
    office.settle()
    assert seen >= 50 and faults == []
    assert slowest < 2.5  # thousands of attachments, megabytes of text: the window stays alive


def test_the_watched_folder_is_emptied_by_itself(desk_office: Office) -> None:
    office = desk_office
    watched = office.folder / "skanneri"
    watched.mkdir()
    office.intake.watcher._every_s = 0.05
    office.window.ui.settings.set("watch_folder", str(watched))
    (watched / "kirje.txt").write_text("Pyydän tietoja.", encoding="utf-8")
    office.qtbot.waitUntil(lambda: len(office.arrivals()) == 1, timeout=15_000)
    office.qtbot.waitUntil((watched / "käsitelty" / "kirje.txt").exists)


def test_the_result_is_one_sentence() -> None:
    good, bad = Outcome("a.pdf"), Outcome("b.pdf", "Tiedosto b.pdf on tyhjä (0 tavua).")
    assert summary([good] * 12) == ("12 tuotu.", "ok")
    assert summary([*[good] * 12, bad]) == (
        "12 tuotu, 1 hylätty: Tiedosto b.pdf on tyhjä (0 tavua).",
        "warning",
    )
    assert summary([good, good], already=1) == ("1 tuotu, 1 oli jo saapuneissa.", "ok")
