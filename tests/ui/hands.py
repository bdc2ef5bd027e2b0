"""Hands on the keyboard, and what a screen reader would find nameless."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot


def press(qtbot: QtBot, window: QWidget, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """A key on whatever has the keyboard in the window."""
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    qtbot.keyClick(window.focusWidget() or window, key, held)


def write(field: QWidget, text: str) -> None:
    """Type into a field as a keyboard does; Qt's own helper knows only ASCII."""
    for character in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character)
            QApplication.sendEvent(field, event)


def nameless(window: QWidget, ways: Qt.FocusPolicy = Qt.FocusPolicy.WheelFocus) -> list[tuple[str, str]]:
    """(type, object name) of what takes the keyboard in sight and has neither a name nor words; ``ways`` limits
    it to what takes it so."""
    found = []
    for widget in window.findChildren(QWidget):
        takes = widget.focusPolicy().value & ways.value and widget.focusProxy() is None
        if not takes or not widget.isVisibleTo(window):
            continue
        if widget.objectName().startswith("qt_") or type(widget).__name__ == "QLineEditIconButton":
            continue
        spoken = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        if not (spoken or text):
            found.append((type(widget).__name__, widget.objectName()))
    return found
