"""A closed list of few choices, by id."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy


class ChoiceBox(QComboBox):
    """``set_choices([(id, words), …])``; ``picked(id)`` when the person chooses."""

    picked = Signal(str)

    def __init__(self, name: str, choices: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
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
