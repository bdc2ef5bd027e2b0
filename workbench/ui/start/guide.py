"""The guide: a municipality from an empty home, step by step, then everything at once.

Until the recovery key is safe the home is untouched; leaving before that leaves nothing behind.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal

from workbench.clock import Clock, today
from workbench.errors import Problems
from workbench.i18n import _
from workbench.setup.guide import Made, build, check_answers, discard, move_in
from workbench.setup.municipality import KNOWN
from workbench.store.keys import SecretStore
from workbench.ui.dialogs import Dialogs
from workbench.ui.jobs import Jobs
from workbench.ui.start.progress import ProgressView
from workbench.ui.start.recovery import RecoveryView
from workbench.ui.start.steps import StepsView
from workbench.ui.start.steps_people import StaffStep
from workbench.ui.start.steps_place import HoursStep, MunicipalityStep, NumbersStep, OfficesStep
from workbench.ui.start.steps_rest import KeyStep, PlanStep


class GuideView(StepsView):
    """``finished(passphrase or "")`` when the municipality is in use; ``left()`` when the person goes back."""

    finished = Signal(str)

    def __init__(self, home: Path, *, jobs: Jobs, dialogs: Dialogs, clock: Clock, ring: SecretStore) -> None:
        self._home, self._jobs, self._clock, self._ring = home, jobs, clock, ring
        self._dialogs = dialogs
        self.made: Made | None = None
        self.progress = ProgressView(_("Otetaan kunta käyttöön"))
        self.recovery = RecoveryView(
            dialogs, _("Kunnan tiedot on tallennettu. Tämä avain näytetään vain nyt.")
        )
        super().__init__(
            [
                MunicipalityStep(),
                OfficesStep(),
                HoursStep(clock),
                NumbersStep(clock),
                StaffStep(jobs, dialogs),
                PlanStep(clock, jobs, dialogs),
                KeyStep(jobs, ring),
            ],
            [_("Kunta"), _("Toimialat"), _("Aukiolo"), _("Numerosarja"), _("Henkilöstö"),
             _("Tiedonohjaus"), _("Avain"), _("Valmis")],
            (self.progress, self.recovery),
        )  # fmt: skip
        self.recovery.ready.connect(self._look)
        self._open(0)

    def _look(self) -> None:
        super()._look()
        if self.at() <= len(self.steps):
            self.go.setEnabled(True)
            self.go.setToolTip("")
            return
        may = self.recovery.may_go_on()
        self.go.show()
        self.go.setText(_("Aloita työ"))
        self.go.setEnabled(may)
        self.go.setToolTip("" if may else _("Tulosta tai tallenna avain tai kirjoita ensin sen ryhmät."))

    def step_on(self) -> None:
        if self.at() > len(self.steps):
            self._move_in()
        else:
            super().step_on()

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

    def finish(self) -> None:
        """Write everything beside the home."""
        problems = check_answers(self.answers)
        if problems:
            self.show_first(Problems(problems))
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
        if isinstance(error, Problems) and self.show_first(error):
            return
        self._open(len(self.steps) - 1)
        self._dialogs.message(_("Kuntaa ei voitu ottaa käyttöön"), str(error))

    def _move_in(self) -> None:
        made, home = self.made, self._home
        if made is None:
            return
        self.go.setEnabled(False)

        def failed(error: Exception) -> None:
            self.go.setEnabled(True)
            self._dialogs.message(_("Kuntaa ei voitu ottaa käyttöön"), str(error))

        self._jobs.start(
            _("Viimeistellään"), lambda _p: move_in(made, home), done=lambda _r: self._end(), failed=failed
        )

    def _end(self) -> None:
        self.recovery.forget()
        self.made = None
        self.finished.emit(self.answers.passphrase)
