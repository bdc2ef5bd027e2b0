"""Ctrl+Z in a field undoes typing; when the field has nothing of its own to undo, the window's undo acts.

Qt's fields claim the key in either case. The filter sits on the field in hand only, so that no other event
pays for it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

_Field = QLineEdit | QPlainTextEdit | QTextEdit


class UndoKeys(QObject):
    """Follows the focus within one window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo) and not _can(watched, "Undo")
            redo = event.matches(QKeySequence.StandardKey.Redo) and not _can(watched, "Redo")
            if undo or redo:
                event.ignore()
                return True
        return False

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(old, _Field):
            old.removeEventFilter(self)
        if isinstance(new, _Field):
            new.installEventFilter(self)


def _can(field: QObject, what: str) -> bool:
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable() if what == "Undo" else field.isRedoAvailable()
    if isinstance(field, QPlainTextEdit | QTextEdit):
        document = field.document()
        return document.isUndoAvailable() if what == "Undo" else document.isRedoAvailable()
    return False
