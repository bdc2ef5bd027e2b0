"""A second municipality into a home in use: the guide's own steps in a dialog, without the key."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from workbench.clock import Clock
from workbench.context import Session
from workbench.errors import Problem, Problems
from workbench.i18n import _
from workbench.organisation.queries import StaffMember
from workbench.setup.another import check_code, set_up_another
from workbench.store.store import Store
from workbench.ui.dialogs import Dialogs
from workbench.ui.jobs import Jobs
from workbench.ui.start.progress import ProgressView
from workbench.ui.start.step import Step
from workbench.ui.start.steps import StepsView
from workbench.ui.start.steps_people import StaffStep
from workbench.ui.start.steps_place import HoursStep, MunicipalityStep, NumbersStep, OfficesStep
from workbench.ui.start.steps_rest import PlanStep


class AnotherView(StepsView):
    """``finished(name)`` when the municipality is in use."""

    finished = Signal(str)

    def __init__(
        self,
        store: Store,
        session: Session,
        me: StaffMember,
        taken: dict[str, str],
        *,
        jobs: Jobs,
        dialogs: Dialogs,
        clock: Clock,
    ) -> None:
        self._store, self._session, self._taken = store, session, taken
        self._jobs, self._dialogs = jobs, dialogs
        self.progress = ProgressView(_("Otetaan kunta käyttöön"))
        super().__init__(
            [
                MunicipalityStep(),
                OfficesStep(),
                HoursStep(clock),
                NumbersStep(clock),
                StaffStep(jobs, dialogs, me=me),
                PlanStep(clock, jobs, dialogs),
            ],
            [_("Kunta"), _("Toimialat"), _("Aukiolo"), _("Numerosarja"), _("Henkilöstö"),
             _("Tiedonohjaus"), _("Valmis")],
            (self.progress,),
        )  # fmt: skip
        self._open(0)

    def check(self, step: Step) -> list[Problem]:
        problems = super().check(step)
        return problems + (check_code(self.answers, self._taken) if step.id == "municipality" else [])

    def is_writing(self) -> bool:
        """Whether the municipality is being written right now."""
        return self.at() >= len(self.steps)

    def finish(self) -> None:
        """Write everything in one go."""
        store, session, answers = self._store, self._session, self.answers

        def work(_progress: Any) -> str:
            return set_up_another(store, session, answers)

        self._open(len(self.steps))
        job = self._jobs.start(
            _("Otetaan kunta käyttöön"),
            work,
            done=self.finished.emit,
            failed=self._failed,
        )
        self.progress.follow(self._jobs, job)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Problems) and self.show_first(error):
            return
        self._open(len(self.steps) - 1)
        self._dialogs.message(_("Kuntaa ei voitu ottaa käyttöön"), str(error))


class AnotherDialog(QDialog):
    """The view in a window of its own; Escape goes one step back."""

    def __init__(self, parent: QWidget, view: AnotherView) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Ota kunta käyttöön"))
        self.setMinimumSize(800, 640)
        self.view = view
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(view)
        view.left.connect(lambda: self.done(QDialog.DialogCode.Rejected))
        view.finished.connect(lambda _code: self.accept())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A focused button goes first; elsewhere Enter means the next step.
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        focused = self.focusWidget()
        (focused if isinstance(focused, QPushButton) else self.view.go).click()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.view.is_writing():
            event.ignore()
        else:
            self.done(QDialog.DialogCode.Rejected)

    def reject(self) -> None:
        """Escape: one step back; out from the first one, never while writing."""
        if not self.view.is_writing():
            self.view.step_back()
