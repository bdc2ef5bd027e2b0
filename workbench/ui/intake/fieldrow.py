"""One line of the form: name, control, how sure the suggestion is and why, and what is wrong."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from workbench.ui.intake.proposal import Hint
from workbench.ui.theme.tokens import M
from workbench.ui.widgets.errorlabel import ErrorLabel
from workbench.ui.widgets.text import label
from workbench.ui.widgets.whyline import WhyLine

NAME_WIDTH = 96


class FieldRow(QWidget):
    """``FieldRow("Tehtäväluokka", field)``; ``set_walked`` puts the field into the Tab order or out of it."""

    def __init__(self, name: str, field: QWidget, *, marked: QWidget | None = None) -> None:
        super().__init__()
        self.field = field
        self.mark = WhyLine()
        self.error = ErrorLabel(marked or field)
        words = label(name, "soft", wrap=True)
        words.setFixedWidth(NAME_WIDTH)
        words.setContentsMargins(0, 6, 0, 0)
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        words.setBuddy(field)
        self.column = QVBoxLayout()
        self.column.setSpacing(3)
        self.column.addWidget(field)
        self.column.addWidget(self.mark)
        self.column.addWidget(self.error)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(M)
        row.addWidget(words, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self.column, 1)
        for control in self.controls():
            control.installEventFilter(self)

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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A wheel over a closed list scrolls the form; it never changes a value by accident."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QComboBox) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def first_control(self) -> QWidget | None:
        """Where the keyboard goes when the row is gone to."""
        found = self.controls()
        return found[0] if found else None
