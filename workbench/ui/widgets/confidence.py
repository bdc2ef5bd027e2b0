"""How sure a suggestion is, in words, and why: "todennäköinen – sama lähettäjä ja tunnus aiheessa"."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from workbench.i18n import N_, _
from workbench.ui.theme.tokens import S
from workbench.ui.widgets.pill import Pill
from workbench.ui.widgets.text import label

LEVELS = {
    "sure": ("ok", N_("varma")),
    "likely": ("waiting", N_("todennäköinen")),
    "unsure": ("warning", N_("epävarma")),
}


class ConfidenceMark(QWidget):
    """``set("likely", "sama lähettäjä")``; levels are ``sure``, ``likely`` and ``unsure``."""

    def __init__(self, level: str = "unsure", why: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S)
        self._pill = Pill()
        self._why = label("", "small", wrap=True)
        row.addWidget(self._pill)
        row.addWidget(self._why, 1)
        self.set(level, why)

    def set(self, level: str, why: str) -> None:
        """Show another level and its reason."""
        state, word = LEVELS[level]
        self._pill.set(state, _(word))
        self._why.setText(why)
        self.setAccessibleName(_("{word}: {why}").format(word=_(word), why=why))
        self.setToolTip(why)
