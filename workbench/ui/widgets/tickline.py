"""A tick with its words beside it, on as many lines as they take; a press on the words ticks, too."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from workbench.ui.widgets.text import label

_HEIGHT = 28
"""Of the box with its focus ring: one line of words stands in its middle."""


class TickLine(QWidget):
    """As a QCheckBox: ``isChecked()``, ``setChecked()``, ``toggled(bool)``."""

    toggled = Signal(bool)

    def __init__(self, words: str, checked: bool = False) -> None:
        super().__init__()
        self.box = QCheckBox()
        self.box.setAccessibleName(words)
        self.box.setChecked(checked)
        self.box.toggled.connect(self.toggled)
        self._words = label(words, wrap=True)
        self._words.setMinimumHeight(_HEIGHT)
        self._words.installEventFilter(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.setFocusProxy(self.box)

    def isChecked(self) -> bool:
        """Whether it is ticked."""
        return self.box.isChecked()

    def setChecked(self, checked: bool) -> None:
        """Tick or untick."""
        self.box.setChecked(checked)

    def setFocusPolicy(self, policy: Qt.FocusPolicy) -> None:
        """The box takes the keyboard."""
        self.box.setFocusPolicy(policy)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease and self.box.isEnabled():
            self.box.click()
            return True
        return super().eventFilter(watched, event)
