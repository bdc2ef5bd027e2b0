"""One line of text that shows all of itself: a title wraps and the field grows, up to three lines.

It is still one line: Enter goes to the form, Tab leaves, and a pasted line break becomes a space.
"""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from workbench.ui.theme.tokens import CONTROL

_MOST = 3
_MARGIN = 6
_AROUND = 16
"""Border, padding and margin, above and below together; one line is as tall as a QLineEdit."""


class GrowingLine(QPlainTextEdit):
    """As a QLineEdit: ``text()``, ``setText()``, ``textEdited(str)``, ``editingFinished``."""

    textEdited = Signal(str)  # noqa: N815 - a QLineEdit's own name
    editingFinished = Signal()  # noqa: N815 - a QLineEdit's own name

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("growing", True)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.setViewportMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self.setText(text)
        self.textChanged.connect(self._on_changed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._fit()

    def text(self) -> str:
        """The words, one line."""
        return self.toPlainText().replace("\n", " ")

    def setText(self, text: str) -> None:
        """Show other words without telling ``textEdited``."""
        blocked = self.blockSignals(True)
        self.setPlainText(" ".join(text.splitlines()))
        self.blockSignals(blocked)
        self._fit()

    def setCursorPosition(self, at: int) -> None:
        """Put the cursor after so many letters."""
        cursor = self.textCursor()
        cursor.setPosition(min(at, len(self.toPlainText())))
        self.setTextCursor(cursor)

    def lines(self) -> int:
        """How many lines the words take at this width."""
        return max(1, round(self.document().documentLayout().documentSize().height()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
            event.ignore()  # the form's keys
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(" ".join(source.text().split("\n")).strip("\r"))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            cursor = self.textCursor()
            cursor.clearSelection()
            cursor.movePosition(QTextCursor.MoveOperation.Start)
            self.setTextCursor(cursor)
            self.editingFinished.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _on_changed(self) -> None:
        self._fit()
        self.textEdited.emit(self.text())

    def _fit(self) -> None:
        lines = min(_MOST, self.lines())
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if self.lines() > _MOST else policy.ScrollBarAlwaysOff
        )
        self.setFixedHeight(max(CONTROL, ceil(lines * self.fontMetrics().lineSpacing()) + _AROUND))
