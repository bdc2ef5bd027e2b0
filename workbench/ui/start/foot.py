"""The buttons under a step: back at the left, the deed at the right, in line with the cards above them."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from workbench.ui.settings.fields import READING_WIDTH
from workbench.ui.theme.tokens import XL, L, M, S


class Foot(QWidget):
    """``Foot(back, go)``."""

    def __init__(self, back: QPushButton, go: QPushButton) -> None:
        super().__init__()
        self.setMaximumWidth(XL + READING_WIDTH - L)  # a section's own margins
        row = QHBoxLayout(self)
        row.setContentsMargins(XL, M, 0, M)
        row.setSpacing(S)
        row.addWidget(back)
        row.addStretch(1)
        row.addWidget(go)
