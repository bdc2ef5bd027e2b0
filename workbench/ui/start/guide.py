"""The guide: steps one after another, each checked before the next, then everything at once.

Going back loses nothing, because each step keeps its own fields. Until the recovery key is safe the home is
untouched; leaving before that leaves nothing behind.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from workbench.clock import Clock, today
from workbench.errors import Problems
from workbench.i18n import _
from workbench.setup.guide import Answers, Made, build, check_answers, discard, move_in
from workbench.setup.municipality import KNOWN
from workbench.store.keys import SecretStore
from workbench.ui.dialogs import Dialogs
from workbench.ui.jobs import Jobs
from workbench.ui.settings.fields import button
from workbench.ui.start.foot import Foot
from workbench.ui.start.progress import ProgressView
from workbench.ui.start.recovery import RecoveryView
from workbench.ui.start.step import Step
from workbench.ui.start.steps_people import StaffStep
from workbench.ui.start.steps_place import HoursStep, MunicipalityStep, NumbersStep, OfficesStep
from workbench.ui.start.steps_rest import KeyStep, PlanStep
from workbench.ui.theme.tokens import XL, M
from workbench.ui.widgets.stepper import Stepper
from workbench.ui.widgets.text import rule

_WIDTH = 784
"""The reading width with its margins, so that fields and buttons stand under one another."""


class GuideView(QWidget):
    """``finished(passphrase or "")`` when the municipality is in use; ``left()`` when the person goes back."""

    finished = Signal(str)
    left = Signal()

    def __init__(self, home: Path, *, jobs: Jobs, dialogs: Dialogs, clock: Clock, ring: SecretStore) -> None:
        super().__init__()
        self._home, self._jobs, self._clock, self._ring = home, jobs, clock, ring
        self._dialogs = dialogs
        self.answers = Answers()
        self.made: Made | None = None
        self.steps: list[Step] = [
            MunicipalityStep(),
            OfficesStep(),
            HoursStep(clock),
            NumbersStep(clock),
            StaffStep(jobs, dialogs),
            PlanStep(clock, jobs, dialogs),
            KeyStep(jobs, ring),
        ]
        names = [_("Kunta"), _("Toimialat"), _("Aukiolo"), _("Numerosarja"), _("Henkilöstö"),
                 _("Tiedonohjaus"), _("Avain"), _("Valmis")]  # fmt: skip
        self.stepper = Stepper(names)
        self._names = names
        self.stack = QStackedWidget()
        for step in self.steps:
            self.stack.addWidget(step)
        self.progress = ProgressView(_("Otetaan kunta käyttöön"))
        self.recovery = RecoveryView(
            dialogs, _("Kunnan tiedot on kirjoitettu. Tämä avain näytetään vain nyt.")
        )
        self.stack.addWidget(self.progress)
        self.stack.addWidget(self.recovery)
        self.back = button(_("Takaisin"), "back")
        self.go = button(_("Seuraava"), primary=True)
        self.back.clicked.connect(self.step_back)
        self.go.clicked.connect(self.step_on)
        self.recovery.ready.connect(self._look)
        head = QVBoxLayout()
        head.setContentsMargins(XL, M, XL, 0)
        head.addWidget(self.stepper)
        body = QWidget()
        body.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        column.addWidget(rule())
        column.addWidget(Foot(self.back, self.go))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(body, 100)
        row.addStretch(1)
        self._open(0)

    def at(self) -> int:
        """Number of the step in view; after them the progress, then the recovery key."""
        return self.stack.currentIndex()

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
        at = self.at()
        last = len(self.steps) - 1
        self.back.setVisible(at <= last)
        self.go.setVisible(at != last + 1)
        self.go.setText(
            _("Aloita työ") if at > last else _("Ota kunta käyttöön") if at == last else _("Seuraava")
        )
        may = at <= last or self.recovery.may_go_on()
        self.go.setEnabled(may)
        self.go.setToolTip("" if may else _("Tulosta tai tallenna avain tai kirjoita ensin sen ryhmät."))

    def step_on(self) -> None:
        """Check the step and go on; on the last one write everything."""
        at = self.at()
        if at > len(self.steps):
            self._move_in()
            return
        step = self.steps[at]
        self.answers = step.fill(self.answers)
        problems = [*check_answers(self.answers, step.id), *step.own_problems()]
        step.show_problems(problems)
        if problems:
            return
        if at < len(self.steps) - 1:
            self._open(at + 1)
        else:
            self._build()

    def step_back(self) -> None:
        """To the step before; from the first one to the start."""
        at = self.at()
        if at >= len(self.steps):
            return
        self.answers = self.steps[at].fill(self.answers)
        if at == 0:
            self.left.emit()
        else:
            self._open(at - 1)

    def abandon(self) -> bool:
        """The window closes: ask when something was made, and leave nothing behind. True when one may go."""
        if self.made is None:
            return True
        agreed = self._dialogs.confirm(
            _("Kuntaa ei oteta käyttöön"),
            _("Palautusavainta ei ole varmistettu. Jos suljet nyt, mitään ei jää ja aloitat alusta."),
            deed=_("Sulje ottamatta käyttöön"),
            danger=True,
        )
        if agreed:
            discard(self.made)
            self.made = None
        return agreed

    # -- at once ---------------------------------------------------------------------------------------

    def _build(self) -> None:
        problems = check_answers(self.answers)
        if problems:
            self._show_first(Problems(problems))
            return
        answers, home, clock, ring = self.answers, self._home, self._clock, self._ring

        def work(progress: Any) -> Made:
            return build(home, answers, tell=progress.step, clock=clock, ring=ring)

        self._open(len(self.steps))
        job = self._jobs.start(_("Otetaan kunta käyttöön"), work, done=self._built, failed=self._not_built)
        self.progress.follow(self._jobs, job)

    def _built(self, made: Made) -> None:
        self.made = made
        m = self.answers.municipality
        name = m.name or KNOWN.get(m.code, (m.code,))[0]
        self.recovery.show_key(made.recovery, name, today(self._clock))
        self._open(len(self.steps) + 1)

    def _not_built(self, error: Exception) -> None:
        if isinstance(error, Problems):
            self._show_first(error)
            return
        self._open(len(self.steps) - 1)
        self._dialogs.message(_("Kuntaa ei voitu ottaa käyttöön"), str(error))

    def _show_first(self, error: Problems) -> None:
        for number, step in enumerate(self.steps):
            if any(p.code in step.fields for p in error.problems):
                self._open(number)
                step.show_problems(error.problems)
                return

    def _move_in(self) -> None:
        made, home = self.made, self._home
        if made is None:
            return
        self.go.setEnabled(False)

        def failed(error: Exception) -> None:
            self.go.setEnabled(True)
            self._dialogs.message(_("Kuntaa ei voitu ottaa käyttöön"), str(error))

        self._jobs.start(
            _("Viimeistellään"), lambda _p: move_in(made, home), done=lambda _r: self._finish(), failed=failed
        )

    def _finish(self) -> None:
        self.recovery.forget()
        self.made = None
        self.finished.emit(self.answers.passphrase)
