"""Steps one after another, each checked before the next; going back loses nothing, because each step keeps
its own fields. What the last step leads to is the heir's matter."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from workbench.errors import Problem, Problems
from workbench.i18n import _
from workbench.setup.guide import Answers, check_answers
from workbench.ui.settings.fields import button
from workbench.ui.start.foot import stand_on_foot
from workbench.ui.start.step import Step
from workbench.ui.theme.tokens import XL, M
from workbench.ui.widgets.stepper import Stepper

_WIDTH = 784
"""The reading width with its margins, so that fields and buttons stand under one another."""


class StepsView(QWidget):
    """``left()`` when the person goes back from the first step; :meth:`finish` after the last."""

    left = Signal()

    def __init__(self, steps: Sequence[Step], names: Sequence[str], more: Sequence[QWidget] = ()) -> None:
        """``names`` are the steps' short names, one more for what comes last; ``more`` are views after them."""
        super().__init__()
        self.answers = Answers()
        self.steps = list(steps)
        self._names = list(names)
        self.stepper = Stepper(self._names)
        self.stack = QStackedWidget()
        for view in (*self.steps, *more):
            self.stack.addWidget(view)
        self.back = button(_("Takaisin"), "back")
        self.go = button(_("Seuraava"), primary=True)
        self.back.clicked.connect(self.step_back)
        self.go.clicked.connect(self.step_on)
        head = QVBoxLayout()
        head.setContentsMargins(XL, M, XL, 0)
        head.addWidget(self.stepper)
        stand_on_foot(self, self.stack, self.back, self.go, width=_WIDTH, above=(head,))

    def at(self) -> int:
        """Number of the step in view; after them the further views."""
        return self.stack.currentIndex()

    @abstractmethod
    def finish(self) -> None:
        """Every step has passed."""

    def check(self, step: Step) -> list[Problem]:
        """Everything wrong on a step."""
        return [*check_answers(self.answers, step.id), *step.own_problems()]

    def step_on(self) -> None:
        """Check the step and go on; after the last one finish."""
        at = self.at()
        step = self.steps[at]
        self.answers = step.fill(self.answers)
        problems = self.check(step)
        step.show_problems(problems)
        if problems:
            return
        if at < len(self.steps) - 1:
            self._open(at + 1)
        else:
            self.finish()

    def step_back(self) -> None:
        """To the step before; from the first one out."""
        at = self.at()
        if at >= len(self.steps):
            return
        self.answers = self.steps[at].fill(self.answers)
        if at == 0:
            self.left.emit()
        else:
            self._open(at - 1)

    def show_first(self, error: Problems) -> bool:
        """Go to the first step that has something to mend; False when none has."""
        for number, step in enumerate(self.steps):
            if any(p.code in step.fields for p in error.problems):
                self._open(number)
                step.show_problems(error.problems)
                return True
        return False

    def _open(self, number: int) -> None:
        self.stack.setCurrentIndex(number)
        self.stepper.set_phases(self._names, min(number, len(self.steps)))
        if number < len(self.steps):
            step = self.steps[number]
            step.enter(self.answers)
            step.begin()
        else:
            self.stack.currentWidget().setFocus()  # type: ignore[union-attr]  # never empty
        self._look()

    def _look(self) -> None:
        at, last = self.at(), len(self.steps) - 1
        self.back.setVisible(at <= last)
        self.go.setVisible(at <= last)
        self.go.setText(_("Ota kunta käyttöön") if at == last else _("Seuraava"))
