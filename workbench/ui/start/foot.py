"""The buttons under a step: back at the left, the deed at the right, in line with the cards above them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from workbench.ui.settings.fields import READING_WIDTH
from workbench.ui.theme.tokens import XL, L, M, S
from workbench.ui.widgets.text import rule


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


def stand_on_foot(
    owner: QWidget,
    view: QWidget,
    back: QPushButton,
    go: QPushButton,
    *,
    width: int = READING_WIDTH + 64,
    above: Sequence[QLayout] = (),
) -> None:
    """Lay ``view`` out in the middle of its owner, no wider than is read with ease, with the buttons under it."""
    body = QWidget()
    body.setMaximumWidth(width)
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for layout in above:
        column.addLayout(layout)
    column.addWidget(view, 1)
    column.addWidget(rule())
    column.addWidget(Foot(back, go))
    row = QHBoxLayout(owner)
    row.setContentsMargins(0, 0, 0, 0)
    row.addStretch(1)
    row.addWidget(body, 100)
    row.addStretch(1)
