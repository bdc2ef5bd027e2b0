"""One line of the form: name, control, how sure the suggestion is and why, and what is wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from workbench.ui.intake.proposal import Hint
from workbench.ui.theme.tokens import M
from workbench.ui.widgets.errorlabel import ErrorLabel
from workbench.ui.widgets.text import label
from workbench.ui.widgets.whyline import WhyLine

NAME_WIDTH = 96
_ANY = 16_777_215
"""Qt's own "as wide as you like"."""


class FieldRow(QWidget):
    """``FieldRow("Tehtäväluokka", field)``; ``set_walked`` puts the field into the Tab order or out of it."""

    def __init__(self, name: str, field: QWidget, *, marked: QWidget | None = None) -> None:
        super().__init__()
        self.field = field
        self.mark = WhyLine()
        self.error = ErrorLabel(marked or field)
        self._words = words = label(name, "soft", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        words.setBuddy(field)
        self.column = QVBoxLayout()
        self.column.setSpacing(3)
        self.column.addWidget(field)
        self.column.addWidget(self.mark)
        self.column.addWidget(self.error)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._names = QVBoxLayout()
        self._names.addWidget(words)
        self._names.addStretch(1)
        self._row.addLayout(self._names)
        self._row.addLayout(self.column, 1)
        self.set_narrow(False)

    def name_width(self) -> int:
        """What the longest word of the name needs."""
        return self._words.minimumSizeHint().width()

    def set_narrow(self, narrow: bool, name_width: int = NAME_WIDTH) -> None:
        """Where room is short the name stands above its field."""
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)
        self._row.setSpacing(2 if narrow else M)
        self._words.setMinimumWidth(0 if narrow else name_width)
        self._words.setMaximumWidth(_ANY if narrow else name_width)
        self._names.setContentsMargins(0, 0 if narrow else 6, 0, 0)

    def controls(self) -> list[QWidget]:
        """What in the row takes the keyboard."""
        inside = [self.field, *self.field.findChildren(QWidget)]
        return [w for w in inside if isinstance(w, QLineEdit | QComboBox | QPlainTextEdit)]

    def show_hint(self, hint: Hint | None) -> None:
        """How sure, and why; nothing when there is nothing to say."""
        self.mark.setVisible(hint is not None and bool(hint.why))
        if hint is not None:
            self.mark.set(hint.level, hint.why)

    def set_walked(self, walked: bool) -> None:
        """Whether Tab stops here."""
        policy = Qt.FocusPolicy.StrongFocus if walked else Qt.FocusPolicy.ClickFocus
        for control in self.controls():
            control.setFocusPolicy(policy)

    def first_control(self) -> QWidget | None:
        """Where the keyboard goes when the row is gone to."""
        found = self.controls()
        return found[0] if found else None
