"""A closed list of few choices, by id. A choice longer than the box is shortened, its whole is in the tooltip."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QStyleOptionComboBox, QToolTip


class ChoiceBox(QComboBox):
    """``set_choices([(id, words), …])``; ``picked(id)`` when the person chooses."""

    picked = Signal(str)

    def __init__(self, name: str, choices: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__()
        self.setAccessibleName(name)
        # A long choice must not widen the form; its list shows it whole.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("shortens", True)
        self.set_choices(choices)
        self.activated.connect(lambda _n: self.picked.emit(self.chosen()))

    def set_choices(self, choices: Iterable[tuple[str, str]]) -> None:
        """Other choices; the chosen one is kept if it is among them."""
        now = self.chosen()
        self.clear()
        for id_, words in choices:
            self.addItem(words, id_)
        self.show_choice(now)

    def chosen(self) -> str:
        """Id of what is chosen, "" when nothing is."""
        return str(self.currentData() or "")

    def show_choice(self, id_: str) -> None:
        """Show a choice without telling anyone."""
        self.setCurrentIndex(self.findData(id_))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:  # a wheel over a closed list scrolls the form; it never changes a value by accident
            event.ignore()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and not self.toolTip():
            QToolTip.showText(event.globalPos(), self.currentText(), self)
            return True
        return super().event(event)

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        control = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, control, self).width()
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room
        )
