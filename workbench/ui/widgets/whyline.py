"""How sure a suggestion is and why, in one quiet line under its field: for forms with many fields."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from workbench.i18n import _
from workbench.ui.theme.tokens import XS
from workbench.ui.widgets.confidence import LEVELS
from workbench.ui.widgets.text import glyph, label

_GLYPHS = {"sure": "ok", "likely": "likely", "unsure": "unsure"}


class WhyLine(QWidget):
    """``set("likely", "sama lähettäjä")``; levels as in :class:`ConfidenceMark`. Never colour alone: the word
    stands first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._glyph = glyph("unsure", "text_soft", 14)
        self._words = label("", "small", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(XS)
        row.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)

    def set(self, level: str, why: str) -> None:
        """Show another level and its reason."""
        state, word = LEVELS[level]
        words = _("{word}: {why}").format(word=_(word), why=why.rstrip("."))
        self._glyph.show_glyph(_GLYPHS[level], state)
        self._words.setText(words)
        self._words.setProperty("level", level)
        self._words.style().unpolish(self._words)
        self._words.style().polish(self._words)
        self.setAccessibleName(words)
        self.setToolTip(why)

    def words(self) -> str:
        """What stands there."""
        return self._words.text()
