"""Extracted text to read: of a message, an office file, anything that is not drawn as pages."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from workbench.i18n import _
from workbench.ui.theme.fonts import sized
from workbench.ui.theme.tokens import BODY

MOST = 200_000
"""Characters shown; laying out more would make the window wait."""


_LONGEST_LINE = 2_000


def _pieces(text: str) -> Iterator[str]:
    """Lines; a line as long as a book is cut, for one paragraph is laid out as a whole."""
    for line in text.split("\n"):
        for start in range(0, max(1, len(line)), _LONGEST_LINE):
            yield line[start : start + _LONGEST_LINE]


class TextView(QPlainTextEdit):
    """Read-only text with its own size."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("paper", True)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setAccessibleName(_("Asiakirjan teksti"))
        self.setAcceptDrops(False)
        self.document().setDocumentMargin(16)
        self.zoom = 1.0

    def show_text(self, text: str) -> bool:
        """Show it from the beginning; False when only the beginning fits."""
        self.setPlainText("\n".join(_pieces(text[:MOST])))
        return len(text) <= MOST

    def set_zoom(self, zoom: float) -> None:
        """Larger or smaller letters."""
        self.zoom = max(0.75, min(zoom, 3.0))
        self.setFont(sized(self.font(), round(BODY * self.zoom)))
