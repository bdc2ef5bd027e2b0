"""The surroundings' trouble, in words, until it is over: the disk, the key, the connection."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from workbench.i18n import _
from workbench.ui.shell.toasts import announce
from workbench.ui.theme.tokens import L, M, S
from workbench.ui.widgets.text import glyph, label


class Banner(QWidget):
    """Hidden while all is well."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(L, S, L, S)
        row.setSpacing(M)
        row.addWidget(glyph("warning", "warning"))
        self.words = label("", wrap=True)
        row.addWidget(self.words, 1)
        self.retries = label(_("Yritetään itsestään uudelleen."))
        row.addWidget(self.retries)
        self.hide()

    def set_trouble(self, text: str, *, retries: bool = True) -> None:
        """Show a sentence; "" when it is over. ``retries``: the program tries again by itself."""
        self.words.setText(text)
        self.retries.setVisible(retries)
        self.setVisible(bool(text))
        if text:
            announce(self, text)
