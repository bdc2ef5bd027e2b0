"""A line of text that tells the whole of itself in its tooltip when it has no room for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget

_AROUND = 26
"""Edges and paddings."""


class LineEdit(QLineEdit):
    """As QLineEdit."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("shortens", True)
        self.setCursorPosition(0)  # a long value is read from its beginning

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and not self.toolTip():
            hidden = self.echoMode() != QLineEdit.EchoMode.Normal
            if not hidden and self.fontMetrics().horizontalAdvance(self.text()) > self.width() - _AROUND:
                QToolTip.showText(event.globalPos(), self.text(), self)
            return True
        return super().event(event)
