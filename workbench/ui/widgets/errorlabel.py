"""An error at its field, in words. Takes no room while there is none, and is announced when it comes."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from workbench.ui.theme.tokens import XS
from workbench.ui.widgets.text import glyph, label


class ErrorLabel(QWidget):
    """``ErrorLabel(field)``; ``show_error(sentence)`` marks the field too."""

    def __init__(self, field: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(XS)
        row.addWidget(glyph("error", "stop", 16))
        self.words = label("", "error", wrap=True)
        row.addWidget(self.words, 1)
        self.hide()

    def show_error(self, text: str) -> None:
        """Show a sentence; "" takes it away."""
        self.words.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        if self._field is not None:
            mark(self._field, bool(text))
            self._field.setAccessibleDescription(text)
        if text:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))


def mark(field: QWidget, wrong: bool) -> None:
    """Give or take a field's error border."""
    if bool(field.property("wrong")) != wrong:
        field.setProperty("wrong", wrong)
        field.style().unpolish(field)
        field.style().polish(field)
