"""The frame by keyboard: pages, palette, undo, Escape, messages."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.dialogs import FakeDialogs
from tests.fakes.store import FakeStore, Rename, Undo
from tests.ui.hands import press
from workbench.clock import SystemClock
from workbench.ui.actions import ActionRegistry, ActionSpec, texts_missing
from workbench.ui.jobs import Jobs
from workbench.ui.models.settings import Settings
from workbench.ui.shell import Acting, MainWindow, PageSpec, Ui
from workbench.ui.shell.bugreport import BugReportDialog
from workbench.ui.shell.palette import Hit
from workbench.ui.tasks import Tasks

KEY, CTRL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Page(QWidget):
    """Remembers what it was shown and takes one step back within itself if it has one."""

    def __init__(self, ui: Ui) -> None:
        super().__init__()
        self.ui, self.targets, self.inner = ui, [], 0
        self.edit = QLineEdit()
        self.edit.setAccessibleName("Kenttä")
        layout = QVBoxLayout(self)
        layout.addWidget(self.edit)

    targets: list[object]

    def show_target(self, target: object) -> None:
        self.targets.append(target)

    def go_back(self) -> bool:
        self.inner -= 1
        return self.inner >= 0


@dataclass
class World:
    window: MainWindow
    tasks: Tasks
    store: FakeStore
    made: list[str] = field(default_factory=list)


@pytest.fixture
def world(store: FakeStore, qtbot: QtBot, tmp_path: Path) -> Iterator[World]:
    made: list[str] = []

    def page(name: str) -> Callable[[Ui], QWidget]:
        def factory(ui: Ui) -> QWidget:
            made.append(name)
            return Page(ui)

        return factory

    tasks = Tasks(store.execute, store.reader)
    pages = [
        PageSpec("desk", "Työpöytä", "desk", page("desk")),
        PageSpec("cases", "Asiat", "cases", page("cases"), kinds=("case",)),
        PageSpec("meetings", "Kokoukset", "meetings", page("meetings"), roles=frozenset({"secretary"})),
        PageSpec("settings", "Asetukset", "settings", page("settings"), at_bottom=True),
    ]
    window = MainWindow(
        tasks=tasks, jobs=Jobs(), actions=ActionRegistry(), settings=Settings(tmp_path / "s.json"),
        clock=SystemClock(), pages=pages, undo_of=Undo, dialogs=FakeDialogs(), demo=True,
    )  # fmt: skip
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield World(window, tasks, store, made)
    window.close()


def here(world: World) -> str:
    location = world.window.host.here()
    assert location is not None
    return location.page


def test_pages_are_made_when_first_opened_and_only_those_of_one_s_roles(world: World, qtbot: QtBot) -> None:
    assert world.made == ["desk"]
    press(qtbot, world.window, KEY.Key_2, CTRL)
    assert here(world) == "cases" and world.made == ["desk", "cases"]
    press(qtbot, world.window, KEY.Key_3, CTRL)
    assert here(world) == "cases"  # Kokoukset is not hers
    press(qtbot, world.window, KEY.Key_Comma, CTRL)
    assert here(world) == "settings"


def test_alt_arrows_go_back_and_forth_and_escape_steps_back(world: World, qtbot: QtBot) -> None:
    world.window.open_page("cases")
    world.window.open_object("case", "7")
    page = world.window.host.page("cases")
    assert isinstance(page, Page) and page.targets == [("case", "7")]
    press(qtbot, world.window, KEY.Key_Left, ALT)
    press(qtbot, world.window, KEY.Key_Left, ALT)
    assert here(world) == "desk"
    press(qtbot, world.window, KEY.Key_Right, ALT)
    assert here(world) == "cases"
    page.inner = 1
    page.edit.setText("kesken oleva teksti")
    press(qtbot, world.window, KEY.Key_Escape)
    assert here(world) == "cases" and page.inner == 0
    press(qtbot, world.window, KEY.Key_Escape)
    assert here(world) == "desk" and page.edit.text() == "kesken oleva teksti"


def test_the_rail_is_walked_by_arrows(world: World, qtbot: QtBot) -> None:
    press(qtbot, world.window, KEY.Key_F6)
    assert world.window.rail.isAncestorOf(world.window.focusWidget())
    press(qtbot, world.window, KEY.Key_Down)
    press(qtbot, world.window, KEY.Key_Return)
    assert here(world) == "cases"


def test_the_palette_finds_and_does_by_keyboard_alone(world: World, qtbot: QtBot) -> None:
    palette = world.window.palette_
    before = world.window.focusWidget()
    press(qtbot, world.window, KEY.Key_K, CTRL)
    assert palette.isVisible() and palette.field.hasFocus()
    press(qtbot, world.window, KEY.Key_Escape)
    assert not palette.isVisible() and world.window.focusWidget() is before
    press(qtbot, world.window, KEY.Key_K, CTRL)
    qtbot.keyClicks(palette.field, "asi")
    assert palette.hits()[0].text == "Asiat" and palette.hits()[0].keys == "Ctrl+2"
    press(qtbot, world.window, KEY.Key_Return)
    assert here(world) == "cases" and not palette.isVisible()


def test_the_palette_says_why_not_and_stays(world: World, qtbot: QtBot) -> None:
    why = "Päätöstä ei voi allekirjoittaa: toimivaltasi päättyi 14.7."
    world.window.actions_.add(
        ActionSpec("sign", "Allekirjoita", "sign", "Allekirjoita päätös", lambda: None, enabled=lambda: why)
    )
    world.window.palette_.open()
    qtbot.keyClicks(world.window.palette_.field, "alleki")
    assert world.window.palette_.hits()[0].why_not == why
    press(qtbot, world.window, KEY.Key_Return)
    toast = world.window.toasts.newest()
    assert world.window.palette_.isVisible() and toast is not None and toast.text == why


def test_late_results_go_under_and_results_of_an_older_word_are_dropped(world: World, qtbot: QtBot) -> None:
    gives: dict[str, Callable[[list[Hit]], None]] = {}
    world.window.add_results(gives.__setitem__)
    palette = world.window.palette_
    palette.open()
    qtbot.keyClicks(palette.field, "asi")
    qtbot.waitUntil(lambda: "asi" in gives)
    qtbot.keyClicks(palette.field, "a")
    qtbot.waitUntil(lambda: "asia" in gives)
    opened: list[str] = []
    gives["asia"]([Hit("12/10.03/2026 Tie", "case", lambda: opened.append("12"))])
    gives["asi"]([Hit("vanha", "case", lambda: None)])
    assert palette.hits()[0].text == "Asiat" and palette.hits()[-1].text == "12/10.03/2026 Tie"
    press(qtbot, world.window, KEY.Key_Up)
    press(qtbot, world.window, KEY.Key_Return)
    assert opened == ["12"]


def rename(world: World, qtbot: QtBot, title: str, *, numbered: bool = False) -> object:
    done: list[object] = []
    world.tasks.run_command(Rename(1, title, numbered), done=done.append)
    qtbot.waitUntil(lambda: len(done) == 1)
    return done[0]


def test_undo_is_named_and_ctrl_z_undoes_and_ctrl_y_does_again(world: World, qtbot: QtBot) -> None:
    rename(world, qtbot, "Uusi")
    qtbot.waitUntil(lambda: world.window.status.undo.text() == "Kumoa: Nimetty: Uusi")
    press(qtbot, world.window, KEY.Key_Z, CTRL)
    qtbot.waitUntil(lambda: world.store.rows[1] == "Asia 1")
    qtbot.waitUntil(lambda: world.window.undo.title() == "")
    press(qtbot, world.window, KEY.Key_Y, CTRL)
    qtbot.waitUntil(lambda: world.store.rows[1] == "Uusi")


def test_in_a_field_ctrl_z_first_undoes_typing(world: World, qtbot: QtBot) -> None:
    rename(world, qtbot, "Uusi")
    page = world.window.host.currentWidget()
    assert isinstance(page, Page)
    page.edit.setFocus()
    qtbot.keyClicks(page.edit, "abc")
    press(qtbot, world.window, KEY.Key_Z, CTRL)
    assert page.edit.text() == "" and world.store.rows[1] == "Uusi"
    press(qtbot, world.window, KEY.Key_Z, CTRL)
    qtbot.waitUntil(lambda: world.store.rows[1] == "Asia 1")


def test_ctrl_z_does_not_reach_past_what_can_only_be_corrected(world: World, qtbot: QtBot) -> None:
    rename(world, qtbot, "Ensin")
    rename(world, qtbot, "Numeroitu", numbered=True)
    press(qtbot, world.window, KEY.Key_Z, CTRL)
    toast = world.window.toasts.newest()
    assert toast is not None and "ei voi kumota" in toast.text
    assert world.store.rows[1] == "Numeroitu"


def test_a_message_offers_kumoa_or_korjaa_and_nayta(world: World, qtbot: QtBot) -> None:
    changes = rename(world, qtbot, "Uusi")
    world.window.tell(changes, kind="case", id="1")
    toast = world.window.toasts.newest()
    assert toast is not None and [b.text() for b in toast.buttons] == ["Kumoa", "Näytä"]
    press(qtbot, world.window, KEY.Key_F8)
    assert toast.buttons[0].hasFocus()
    press(qtbot, world.window, KEY.Key_Space)
    qtbot.waitUntil(lambda: world.store.rows[1] == "Asia 1")
    corrected: list[str] = []
    world.window.on_correct(lambda action, _changes: corrected.append(action))
    numbered = rename(world, qtbot, "Toinen", numbered=True)
    world.window.tell(numbered, kind="case", id="1")
    toast = world.window.toasts.newest()
    assert toast is not None and [b.text() for b in toast.buttons] == ["Korjaa…", "Näytä"]
    toast.buttons[0].click()
    assert corrected == ["case.correct"]


def test_the_shortcut_sheet_lists_every_shortcut(world: World, qtbot: QtBot) -> None:
    press(qtbot, world.window, KEY.Key_F1)
    sheet = world.window.sheet
    assert sheet.isVisible()
    keys = {keys for rows in sheet.rows().values() for keys, _text in rows}
    assert {"Ctrl+K", "Ctrl+Z", "F1", "Ctrl+1", "Alt+←", "Esc"} <= keys
    press(qtbot, world.window, KEY.Key_Escape)
    assert not sheet.isVisible()


def test_every_action_of_the_window_has_a_text_an_icon_and_help(world: World) -> None:
    assert texts_missing(world.window.actions_.all()) == []


def test_for_whom_one_acts_is_in_words_and_a_substitute_has_a_double_band(world: World, qtbot: QtBot) -> None:
    own = Acting("236", "Kaustinen", "kirjaamo")
    other = Acting("924", "Veteli", "", "Vetelin kunnan puolesta 1.–14.7.", "2026-031", "236")
    world.window.set_acting([own, other], own)
    strip = world.window.top.layout().itemAt(0).widget()
    assert "Kaustinen" in world.window.top.acting.accessibleName() and strip.height() == 4
    world.window.set_acting([own, other], other)
    assert world.window.top.role.text() == "Vetelin kunnan puolesta 1.–14.7."
    assert strip.minimumHeight() == 10


def test_the_hint_follows_the_thing_in_hand(world: World, qtbot: QtBot) -> None:
    page = world.window.host.currentWidget()
    assert isinstance(page, Page)
    page.edit.setAccessibleDescription("Kirjoita asian nimi")
    world.window.rail.focus_current()
    page.edit.setFocus()
    assert world.window.status.hint.text() == "Kirjoita asian nimi"


def test_trouble_shows_a_banner_until_it_is_over(world: World) -> None:
    world.tasks.trouble.emit("Levy on täynnä. Vapauta tilaa.")
    assert world.window.banner.isVisible()
    assert world.window.top.sync.text() == "muutokset odottavat"
    world.tasks.trouble.emit("")
    assert not world.window.banner.isVisible()
    assert world.window.top.sync.text() == "ajan tasalla"


def test_a_bug_is_told_with_a_report_to_copy(world: World, qtbot: QtBot, qapp: object) -> None:
    def broken(_reader: object) -> None:
        raise ZeroDivisionError("salaisuus")

    world.tasks.run_query(world.window, "k", broken, done=lambda _r: None)
    qtbot.waitUntil(lambda: world.window.toasts.newest() is not None)
    toast = world.window.toasts.newest()
    assert toast is not None
    toast.buttons[0].click()
    dialog = world.window.findChild(BugReportDialog)
    assert dialog is not None
    assert (
        "ZeroDivisionError" in dialog.report.toPlainText() and "salaisuus" not in dialog.report.toPlainText()
    )
    copy = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Kopioi raportti")
    copy.click()
    dialog.accept()


def test_a_running_job_is_in_the_status_line(world: World, qtbot: QtBot) -> None:
    gate = threading.Event()

    def work(progress: object) -> None:
        progress.step(3, 10, "rivi 3")  # type: ignore[attr-defined]
        gate.wait(5)

    world.window.jobs.start("Vie luettelo", work)
    qtbot.waitUntil(lambda: world.window.status.work.text() == "Vie luettelo 30 %")
    world.window.status.open_jobs()
    gate.set()
    qtbot.waitUntil(world.window.status.work.isHidden)


def test_demo_matter_is_marked_and_the_last_page_is_remembered(world: World, tmp_path: Path) -> None:
    assert world.window.top.demo.isVisible() and isinstance(world.window.top.demo, QLabel)
    world.window.open_page("cases")
    world.window.close()
    assert Settings(tmp_path / "s.json").get("last_page") == "cases"
