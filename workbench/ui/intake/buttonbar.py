"""The form's buttons: in one row while there is room, the lesser ones under the first when words are long."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QWidget

from workbench.ui.theme.tokens import S


class ButtonBar(QWidget):
    """``ButtonBar(first, others)``."""

    def __init__(self, first: QPushButton, others: Sequence[QPushButton]) -> None:
        super().__init__()
        self._buttons = (first, *others)
        self._lesser = QHBoxLayout()
        self._lesser.setSpacing(S)
        for button in others:
            self._lesser.addWidget(button)
        self._lesser.addStretch(1)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(S)
        self._layout.addWidget(first, 0, Qt.AlignmentFlag.AlignLeft)
        self._layout.addLayout(self._lesser, 1)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough to be put in two rows."""
        widest = sum(b.sizeHint().width() + S for b in self._buttons[1:])
        return QSize(max(widest, self._buttons[0].sizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fits = sum(b.sizeHint().width() + S for b in self._buttons) <= self.width()
        wanted = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if self._layout.direction() != wanted:
            self._layout.setDirection(wanted)
            self.updateGeometry()
