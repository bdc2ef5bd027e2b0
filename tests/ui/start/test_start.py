"""An empty home by keyboard alone: a municipality from nothing to its first number; restore; the demonstration."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.clock import StandingClock
from tests.fakes.dialogs import FakeDialogs
from tests.fakes.ring import FakeRing
from tests.setup.support import GOOD, open_store
from tests.ui.hands import write
from workbench.cases.register import RegisterCase
from workbench.context import Session
from workbench.documents.reading.read import read_arrival
from workbench.errors import StorageProblem, UserError
from workbench.i18n import use_language
from workbench.organisation.model import Role
from workbench.organisation.queries import load_offices, load_own_municipalities, load_staff
from workbench.setup import guide as guide_module
from workbench.setup.guide import build, move_in
from workbench.store.backup import make_backup
from workbench.store.store import Store
from workbench.ui.start.passphrase import PassphraseDialog
from workbench.ui.start.steps_people import PersonDialog
from workbench.ui.start.window import StartWindow

KEY = Qt.Key


def at() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def tab_to(qtbot: QtBot, wanted: QWidget) -> None:
    """Walk with Tab until the widget has the keyboard."""
    for _step in range(80):
        if at() is wanted:
            return
        qtbot.keyClick(at(), KEY.Key_Tab)
    raise AssertionError(f"Tab never comes to {wanted.accessibleName()}")


def type_in(qtbot: QtBot, field: QWidget, text: str) -> None:
    tab_to(qtbot, field)
    field.selectAll()  # type: ignore[attr-defined]
    write(field, text)  # type: ignore[arg-type]


def enter(qtbot: QtBot, button: QWidget) -> None:
    tab_to(qtbot, button)
    qtbot.keyClick(button, KEY.Key_Return)


def test_a_municipality_by_keyboard_from_nothing_to_number_41(
    start: StartWindow, home: Path, qtbot: QtBot
) -> None:
    enter(qtbot, start.choices.new)
    guide = start.guide
    place, offices, hours, numbers, staff, _plan, key = guide.steps
    type_in(qtbot, place.code, "92")
    enter(qtbot, guide.go)
    assert guide.at() == 0 and "kolme numeroa" in place.fields["code"].error.words.text()
    assert at() is place.code
    type_in(qtbot, place.code, "924")
    assert place.name.text() == "Veteli" and place.genitive.text() == "Vetelin"
    type_in(qtbot, place.email, "kirjaamo@veteli.fi")
    enter(qtbot, guide.go)
    type_in(qtbot, offices.editor.new, "Vapaa-aikatoimi")
    enter(qtbot, offices.editor.add_button)
    enter(qtbot, guide.go)
    type_in(qtbot, hours.hours, "aina auki")
    enter(qtbot, guide.go)
    assert guide.at() == 2 and "ei voi lukea" in hours.fields["office_hours"].error.words.text()
    type_in(qtbot, hours.hours, "ma–to 9.00–15.00, pe 9.00–14.00")
    type_in(qtbot, hours.closings.first.field, "24.12.2026")
    type_in(qtbot, hours.closings.last.field, "3.1.2027")
    enter(qtbot, hours.closings.add_button)
    enter(qtbot, guide.go)
    type_in(qtbot, numbers.number, "41")
    assert "41/10.03.03/2026" in numbers.fields["number_template"].hint.text()
    enter(qtbot, guide.go)
    type_in(qtbot, staff.name, "Aino Aho")
    tab_to(qtbot, staff.roles[Role.REGISTRAR])
    qtbot.keyClick(at(), KEY.Key_Space)
    enter(qtbot, staff.add_button)
    dialog = staff.findChild(PersonDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    type_in(qtbot, dialog.name, "Eero Känsälä")
    tab_to(qtbot, dialog.roles[Role.DECIDER])
    qtbot.keyClick(at(), KEY.Key_Space)
    enter(qtbot, dialog.go)
    start.activateWindow()  # a real desktop does this by itself when a dialog closes
    qtbot.waitUntil(start.isActiveWindow)
    enter(qtbot, guide.go)
    assert guide.at() == 5
    enter(qtbot, guide.back)
    assert staff.name.text() == "Aino Aho" and len(staff.rows) == 1  # going back loses nothing
    enter(qtbot, guide.go)
    enter(qtbot, guide.go)
    qtbot.waitUntil(lambda: not key.ring.isEnabled())
    assert at() is key.first  # the choice that went away hands the keyboard to what is needed instead
    type_in(qtbot, key.first, GOOD.passphrase)
    type_in(qtbot, key.again, "muu lause kuin tuo")
    enter(qtbot, guide.go)
    assert "eivät ole samat" in key.fields["passphrase_again"].error.words.text() and not home.exists()
    type_in(qtbot, key.again, GOOD.passphrase)
    enter(qtbot, guide.go)
    qtbot.waitUntil(lambda: guide.made is not None, timeout=20_000)
    assert not home.exists() and not guide.go.isEnabled()
    groups = guide.made.recovery.split("-")
    type_in(qtbot, guide.recovery.typed, f"{groups[1]} {groups[5]}")
    qtbot.keyClick(at(), KEY.Key_Tab)
    assert "eivät täsmää" in guide.recovery.field.error.words.text()
    type_in(qtbot, guide.recovery.typed, f"{groups[1]} {groups[6]}".lower())
    enter(qtbot, guide.go)
    qtbot.waitUntil(lambda: start.result() == QDialog.DialogCode.Accepted, timeout=20_000)
    store = open_store(home, passphrase=start.passphrase)
    try:
        session = Session(store.meta("user"), "924")
        made = store.execute(
            RegisterCase(
                municipality="924",
                class_code="10.03.03",
                title="Asemakaavan muutos",
                office="hallinto",
            ),
            session,
        )
        assert made.result.number == "41/10.03.03/2026"
        with store.read_as(session) as reader:
            assert [o.code for o in load_offices(reader, "924")][-1] == "vapaa"
            assert sorted(p.name for p in load_staff(reader, "924")) == ["Aino Aho", "Eero Känsälä"]
    finally:
        store.close()


def test_a_staff_file_in_the_guide_is_judged_before_it_is_taken(
    start: StartWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    start.choices.new.click()
    guide = start.guide
    guide.steps[0].code.setText("924")
    for _step in range(4):
        guide.step_on()
    staff = guide.steps[4]
    staff.name.setText("Aino Aho")
    path = tmp_path / "h.csv"
    path.write_text("nimi;kunta;toimiala;roolit\nEero;Veteli;metsä;kirjaaja\n", encoding="utf-8")
    staff._dialogs.files = [path]
    staff.choose_file()
    qtbot.waitUntil(staff.preview.isVisible)
    assert "metsä" in staff.preview.faults.item(0).text() and staff.rows == []
    guide.step_on()
    assert guide.at() == 4
    path.write_text("nimi;kunta;toimiala;roolit\nEero;Veteli;tekninen;kirjaaja\n", encoding="utf-8")
    staff.choose_file()
    qtbot.waitUntil(lambda: len(staff.rows) == 1)
    guide.step_on()
    assert guide.at() == 5


def test_leaving_before_the_recovery_key_is_safe_leaves_nothing(
    start: StartWindow, home: Path, qtbot: QtBot
) -> None:
    start.choices.new.click()
    start.guide.answers = GOOD
    start.guide.finish()
    qtbot.waitUntil(lambda: start.guide.made is not None, timeout=20_000)
    start.guide._dialogs.agrees = False
    start.close()
    assert start.isVisible() and start.guide.made is not None
    start.guide._dialogs.agrees = True
    start.close()
    assert list(home.parent.iterdir()) == []


def test_a_failure_is_told_and_one_may_try_again(
    start: StartWindow, home: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_a: object, **_k: object) -> None:
        raise StorageProblem("Levy on täynnä. Vapauta tilaa.")

    monkeypatch.setattr(guide_module, "set_up", full)
    start.jobs.broke.connect(lambda _fault: None)
    start.choices.new.click()
    start.guide.answers = GOOD
    start.guide.finish()
    dialogs: FakeDialogs = start.guide._dialogs
    qtbot.waitUntil(lambda: bool(dialogs.asked), timeout=20_000)
    assert "Levy on täynnä" in dialogs.asked[0][2]
    assert start.guide.at() == 6 and list(home.parent.iterdir()) == []


def test_the_key_may_be_saved_instead_of_typed(start: StartWindow, home: Path, qtbot: QtBot) -> None:
    start.choices.new.click()
    start.guide.answers = GOOD
    start.guide.finish()
    qtbot.waitUntil(lambda: start.guide.made is not None, timeout=20_000)
    start.guide.recovery.save_button.click()
    saved = read_arrival(home.parent / "seutupoyta-palautusavain.pdf").original.text
    assert all(group in saved for group in start.guide.made.recovery.split("-"))
    assert "kassakaapissa" in saved and start.guide.go.isEnabled()
    start.guide.abandon()


def test_the_key_may_be_printed_instead_of_typed(start: StartWindow, home: Path, qtbot: QtBot) -> None:
    start.choices.new.click()
    start.guide.answers = GOOD
    start.guide.finish()
    qtbot.waitUntil(lambda: start.guide.made is not None, timeout=20_000)
    dialogs: FakeDialogs = start.guide._dialogs
    dialogs.agrees = False
    start.guide.recovery.print_button.click()
    assert not start.guide.go.isEnabled()  # the person turned back at the printer
    dialogs.agrees = True
    start.guide.recovery.print_button.click()
    kind, _title, page = dialogs.asked[-1]
    assert kind == "print" and all(g in page for g in start.guide.made.recovery.split("-"))
    assert start.guide.go.isEnabled()
    start.guide.abandon()


@pytest.fixture
def backup(tmp_path: Path) -> tuple[Path, str]:
    """A folder of backups of another machine, and the recovery key."""
    made = build(tmp_path / "vanha", GOOD, clock=StandingClock())
    move_in(made, tmp_path / "vanha")
    store = open_store(tmp_path / "vanha")
    make_backup(store, tmp_path / "kopiot")
    store.close()
    return tmp_path / "kopiot", made.recovery


def test_a_backup_is_restored_with_the_recovery_key_by_keyboard(
    backup: tuple[Path, str], start: StartWindow, home: Path, qtbot: QtBot
) -> None:
    folder, recovery = backup
    start._dialogs.folder = folder
    enter(qtbot, start.choices.restore)
    view = start.restoring
    enter(qtbot, view.go)
    assert "Valitse ensin kansio" in view.folder_field.error.words.text()
    enter(qtbot, view.choose)
    qtbot.waitUntil(lambda: view.list.count() == 1)
    type_in(qtbot, view.key, "-".join(["ABCD"] * 8))
    type_in(qtbot, view.phrase, "uusi pitkä salalause")
    enter(qtbot, view.go)
    qtbot.waitUntil(lambda: "ei ole oikea" in view.key_field.error.words.text(), timeout=20_000)
    assert not home.exists()
    type_in(qtbot, view.key, recovery.lower())
    enter(qtbot, view.go)
    qtbot.waitUntil(lambda: start.result() == QDialog.DialogCode.Accepted, timeout=20_000)
    store = open_store(home, passphrase=start.passphrase)
    try:
        with store.read_as(Session(store.meta("user"), "924")) as reader:
            assert [m.name for m, _roles in load_own_municipalities(reader)] == ["Veteli"]
    finally:
        store.close()


def test_without_a_key_ring_a_restore_wants_a_new_passphrase(
    backup: tuple[Path, str], start: StartWindow, home: Path, qtbot: QtBot
) -> None:
    folder, recovery = backup
    view = start.restoring
    start._open(view)
    view.open_folder(folder)
    qtbot.waitUntil(lambda: view.list.count() == 1)
    view.key.setText(recovery)
    view.bring_back()
    qtbot.waitUntil(lambda: "salalause" in view.phrase_field.error.words.text(), timeout=20_000)
    assert not home.exists()


def test_the_demonstration_is_made_with_progress_and_can_be_cancelled(
    start: StartWindow, home: Path, qtbot: QtBot
) -> None:
    start.start_demo()
    assert start.stack.currentWidget() is start.progress
    qtbot.waitUntil(lambda: start.progress.bar.value() > 3, timeout=30_000)
    start.progress.stop.click()
    qtbot.waitUntil(lambda: start.stack.currentWidget() is start.choices, timeout=30_000)
    assert list(home.parent.iterdir()) == []


def test_escape_goes_back_one_step_and_from_the_first_to_the_choices(
    start: StartWindow, qtbot: QtBot
) -> None:
    start.choices.new.click()
    start.guide.steps[0].code.setText("924")
    start.guide.step_on()
    assert start.guide.at() == 1
    qtbot.keyClick(start, KEY.Key_Escape)
    assert start.guide.at() == 0
    qtbot.keyClick(start, KEY.Key_Escape)
    assert start.stack.currentWidget() is start.choices
    start.choices.new.click()
    assert start.guide.steps[0].code.text() == "924"


def test_the_passphrase_is_asked_and_a_wrong_one_told(qtbot: QtBot, tmp_path: Path) -> None:
    made = build(tmp_path / "koti", GOOD, clock=StandingClock())

    def open_with(typed: str) -> Store:
        return open_store(made.folder, passphrase=typed)

    dialog = PassphraseDialog(open_with)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    write(dialog.phrase, "väärä lause tässä")
    qtbot.keyClick(dialog.phrase, KEY.Key_Return)
    qtbot.waitUntil(lambda: "ei ole oikea" in dialog.field.error.words.text(), timeout=20_000)
    dialog.phrase.clear()
    write(dialog.phrase, GOOD.passphrase)
    qtbot.keyClick(dialog.phrase, KEY.Key_Return)
    qtbot.waitUntil(lambda: dialog.store is not None, timeout=20_000)
    dialog.store.close()
    dialog.jobs.shutdown()


def test_longer_words_fit_the_start(home: Path, qtbot: QtBot) -> None:
    use_language("xx")
    window = StartWindow(home, clock=StandingClock(), ring=FakeRing(), dialogs=FakeDialogs())
    qtbot.addWidget(window)
    window.resize(1024, 700)
    window.show()
    for view in (window.choices, window.guide, window.restoring):
        window._open(view)
        assert view.minimumSizeHint().width() <= view.width()
    for step in window.guide.steps:
        assert all(
            label.text().endswith("~")
            for label in step.findChildren(QLabel)
            if label.property("role") == "title"
        )
    window.jobs.shutdown()


def test_only_user_errors_are_shown_at_fields(start: StartWindow) -> None:
    start.restoring._failed(UserError("Palautusavain ei ole oikea.", field="recovery_key"))
    assert start.restoring.key_field.error.words.text() == "Palautusavain ei ole oikea."
