"""One step of the guide: its fields, how they become answers, where its problems are shown."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton, QWidget

from workbench.errors import Problem
from workbench.setup.guide import Answers
from workbench.ui.settings.fields import Field, Section


class Step(Section):
    """``id`` is the step's name in :data:`workbench.setup.guide.STEPS`."""

    def __init__(self, id_: str, title: str, words: str) -> None:
        super().__init__(title, words)
        self.id = id_
        self.fields: dict[str, Field] = {}

    def field(self, name: str, title: str, edit: QWidget, hint: str = "") -> Field:
        """Make a field; problems of this name are shown at it."""
        self.fields[name] = Field(title, edit, hint=hint)
        return self.fields[name]

    def enter(self, answers: Answers) -> None:
        """The step comes into view."""

    def begin(self) -> None:
        """Put the keyboard where the step begins."""
        at = self.area.nextInFocusChain()
        while at is not None and self.area.isAncestorOf(at):
            takes = at.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
            chosen = not isinstance(at, QRadioButton) or at.isChecked()
            if takes and chosen and at.isEnabled() and at.isVisibleTo(self):
                at.setFocus()
                return
            at = at.nextInFocusChain()

    @abstractmethod
    def fill(self, answers: Answers) -> Answers:
        """The answers with this step's fields put in."""

    def own_problems(self) -> list[Problem]:
        """What only the step itself can tell (a file chosen but not readable)."""
        return []

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show each at its field and put the keyboard to the first."""
        by_name: dict[str, list[str]] = {}
        for problem in problems:
            by_name.setdefault(problem.code, []).append(problem.message)
        first: QWidget | None = None
        for name, field in self.fields.items():
            found = by_name.get(name, [])
            field.error.show_error("\n".join(found))
            if found and first is None:
                first = field.edit
        if first is not None:
            first.setFocus()
            self.area.ensureWidgetVisible(first)
