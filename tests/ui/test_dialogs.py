"""Dialogs: a reason is never empty, the deed is named, Cancel is first where nothing can be undone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.fakes.dialogs import FakeDialogs
from workbench.ui.dialogs import AskDialog, Dialogs, QtDialogs, ReasonDialog


def test_both_speak_the_same_protocol() -> None:
    asked: list[Dialogs] = [QtDialogs(), FakeDialogs()]
    names = {name for name in vars(Dialogs) if not name.startswith("_")}
    for one in asked:
        assert all(callable(getattr(one, name)) for name in names)


def test_the_deed_waits_for_a_reason(qtbot: QtBot) -> None:
    dialog = ReasonDialog(
        None, "Pyydä muutosta", "Perustelu tulee pöytäkirjaan.", deed="Pyydä", suggestions=("Uusi selvitys",)
    )
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.go.isEnabled() and dialog.go.toolTip()
    field = dialog.findChild(QPlainTextEdit)
    qtbot.keyClicks(field, "   ")
    assert not dialog.go.isEnabled()
    next(b for b in dialog.findChildren(QPushButton) if b.text() == "Uusi selvitys").click()
    assert dialog.go.isEnabled() and dialog.reason() == "Uusi selvitys"


def test_where_nothing_can_be_undone_enter_cancels(qtbot: QtBot) -> None:
    dialog = AskDialog(None, "Hävitä 3 asiakirjaa?", "Niitä ei voi palauttaa.", deed="Hävitä", danger=True)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.go.text() == "Hävitä"
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)


def test_the_fake_answers_and_remembers() -> None:
    fake = FakeDialogs(reason=None, agrees=False)
    assert fake.ask_reason("Otsikko", "Teksti", deed="Pyydä") is None
    assert fake.confirm("Hävitä?", "Ei voi palauttaa.", deed="Hävitä", danger=True) is False
    assert fake.asked == [("reason", "Otsikko", "Teksti"), ("confirm", "Hävitä?", "Ei voi palauttaa.")]
