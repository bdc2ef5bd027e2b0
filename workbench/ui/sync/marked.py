"""A text to read with what differs marked, within words too: by ground and underline, so that colour is not alone."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QResizeEvent, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from workbench.i18n import _
from workbench.sync.differing import Piece
from workbench.ui.theme.current import colours
from workbench.ui.theme.tokens import FOCUS

_MOST = 320
"""Pixels; a longer text scrolls."""


class MarkedText(QTextBrowser):
    """``set_pieces(pieces, "warning")``; ``empty`` is said where there is nothing."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[tuple[Piece, ...], str] = ((), "")
        self.setProperty("marked", True)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())

    def set_pieces(self, pieces: tuple[Piece, ...], state: str = "") -> None:
        """Show a text; its changed pieces are marked in the colours of a state."""
        self._shown = pieces, state
        self.setAccessibleDescription("".join(piece.text for piece in pieces))
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:  # another theme has other colours
            self._draw()

    def _draw(self) -> None:
        pieces, state = self._shown
        self.clear()
        c = colours()
        status = c.status(state)
        plain, marked = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(QColor(c.text))
        marked.setForeground(QColor(status.ink))
        marked.setBackground(QColor(status.ground))
        marked.setFontUnderline(True)
        cursor = QTextCursor(self.document())
        if not any(piece.text for piece in pieces):
            plain.setForeground(QColor(c.text_off))
            cursor.insertText(_("tyhjä"), plain)
        for piece in pieces:
            cursor.insertText(piece.text, marked if piece.changed else plain)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        needed = ceil(self.document().size().height()) + 2 * FOCUS
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if needed > _MOST else policy.ScrollBarAlwaysOff
        )
        self.setFixedHeight(min(_MOST, needed))
