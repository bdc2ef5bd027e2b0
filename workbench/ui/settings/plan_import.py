"""Bringing a plan in: a file, a version name and a first day; findings and differences are read before it is
taken into use."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QTabBar, QVBoxLayout, QWidget

from workbench.cases.plan.plan_json import plan_to_dict
from workbench.cases.plan_commands import TakePlanIntoUse
from workbench.cases.plan_queries import Plans
from workbench.clock import today
from workbench.errors import UserError
from workbench.i18n import _, day_text, ngettext
from workbench.setup.plan_file import PATTERNS, PlanProposal, read_proposal
from workbench.ui.settings.fields import Field, button, line
from workbench.ui.settings.plan_diff import ChangeList, FindingList
from workbench.ui.shell import Ui
from workbench.ui.theme.tokens import M
from workbench.ui.widgets.datefield import DateField
from workbench.ui.widgets.pill import Pill
from workbench.ui.widgets.text import label


class PlanImportView(QWidget):
    """``taken()`` when a version was taken into use."""

    taken = Signal()

    def __init__(self, ui: Ui) -> None:
        super().__init__()
        self._ui = ui
        self._code, self._plans = "", None
        self._may = False
        self._path: Path | None = None
        self.proposal: PlanProposal | None = None
        self.notice = label("", "soft", wrap=True)
        now = today(ui.clock)
        self.version = line(f"{now.year + 1}.1")
        self.first = DateField(_("Voimassa alkaen"), lambda: today(ui.clock))
        self.first.set_day(date(now.year + 1, 1, 1))
        self.version_field = Field(_("Version tunnus"), self.version)
        self.first_field = Field(_("Voimassa alkaen"), self.first)
        self.choose = button(_("Valitse tiedosto"), "import")
        self.choose.clicked.connect(self.choose_file)
        self.file = label(_("Excel-työkirja (xlsx) tai ohjelmasta viety JSON-tiedosto."), "soft", wrap=True)
        self.verdict = Pill()
        self.verdict.hide()
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(_("Tiedoston tulos"))
        self.tabs.addTab("")
        self.tabs.addTab("")
        self.findings, self.changes = FindingList(), ChangeList()
        self.go = button("", "approve", primary=True)
        self.go.clicked.connect(self.take)
        self._lay_out()
        self.tabs.currentChanged.connect(lambda _n: self._look())
        self.version.editingFinished.connect(self._again)
        self.first.changed.connect(lambda _day: self._again())
        self._look()

    _plans: Plans | None

    def _lay_out(self) -> None:
        fields = QHBoxLayout()
        fields.setSpacing(M)
        for field in (self.version_field, self.first_field):
            field.setMinimumWidth(220)
            field.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
            fields.addWidget(field)
        fields.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(M)
        row.addWidget(self.choose)
        row.addWidget(self.file, 1)
        row.addWidget(self.verdict)
        row.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(M)
        column.addWidget(self.notice)
        column.addLayout(fields)
        column.addLayout(row)
        column.addWidget(self.tabs)
        column.addWidget(self.findings, 1)
        column.addWidget(self.changes, 1)
        column.addStretch(0)
        self.setFocusProxy(self.choose)

    def set_current(self, code: str, plans: Plans, *, may_change: bool) -> None:
        """The municipality and its plans now; a proposal of another municipality is let go."""
        if code != self._code:
            self._path, self.proposal = None, None
        self._code, self._plans, self._may = code, plans, may_change
        self.notice.setVisible(not may_change)
        self.notice.setText(_("Suunnitelman ottaa käyttöön arkistonhoitaja. Voit silti tutkia tiedostoa."))
        self._look()

    def choose_file(self) -> None:
        """Choose a file and read it."""
        files = self._ui.dialogs.choose_files(_("Tuo tiedonohjaussuunnitelma"), patterns=PATTERNS)
        if files:
            self.open_file(files[0])

    def open_file(self, path: Path) -> None:
        """Read a file off the window's thread and show what it would bring."""
        self._path = path
        first = self.first.day()
        self.first_field.error.show_error(
            "" if first else _("Anna päivä, josta alkaen suunnitelma on voimassa.")
        )
        if self._plans is None or first is None:
            return
        current, code, version = self._plans.current, self._code, self.version.text().strip()

        def work(progress: Any) -> PlanProposal:
            progress.step(0, 1, path.name)
            return read_proposal(path, current, municipality=code, version=version, valid_from=first)

        self._ui.jobs.start(_("Luetaan tiedonohjaussuunnitelma"), work, done=self._show, failed=self._refused)

    def _again(self) -> None:
        if self._path is not None:
            self.open_file(self._path)

    def _show(self, proposal: PlanProposal) -> None:
        self.proposal = proposal
        self.file.setText(proposal.name)
        errors, notes = proposal.errors, len(proposal.findings) - proposal.errors
        if errors:
            self.verdict.set("stop", ngettext("{n} virhe", "{n} virhettä", errors).format(n=errors))
        else:
            self.verdict.set(
                "warning" if notes else "ok",
                ngettext("{n} huomio", "{n} huomiota", notes).format(n=notes) if notes else _("kunnossa"),
            )
        self.findings.show_findings(proposal.findings)
        if not proposal.findings:
            self.findings.show_words(_("Tiedostossa ei ole huomautettavaa."))
        self.changes.show_changes(proposal.changes)
        if proposal.errors and not proposal.changes:
            self.changes.show_words(_("Korjaa ensin virheet, niin näet erot voimassa olevaan."))
        self.tabs.setTabText(0, _("Huomiot ({n})").format(n=len(proposal.findings)))
        self.tabs.setTabText(1, _("Erot voimassa olevaan ({n})").format(n=len(proposal.changes)))
        self.tabs.setCurrentIndex(0 if errors else 1)
        self._look()

    def _refused(self, error: Exception) -> None:
        self.proposal = None
        self.file.setText(str(error))
        self.verdict.set("stop", _("ei luettavissa"))
        self._look()
        self.verdict.show()

    def _look(self) -> None:
        found = self.proposal
        for widget in (self.tabs, self.verdict):
            widget.setVisible(found is not None)
        self.findings.setVisible(found is not None and self.tabs.currentIndex() == 0)
        self.changes.setVisible(found is not None and self.tabs.currentIndex() == 1)
        plan = found.plan if found else None
        self.go.setVisible(self._may and found is not None)
        self.go.setEnabled(plan is not None)
        day = day_text(plan.valid_from) if plan else ""
        self.go.setText(_("Ota käyttöön {day}").format(day=day) if plan else _("Ota käyttöön"))
        self.go.setToolTip("" if plan else _("Korjaa ensin tiedoston virheet."))

    def take(self) -> None:
        """Take the proposal into use."""
        if self.proposal is None or self.proposal.plan is None:
            return
        self.go.setEnabled(False)
        self._ui.tasks.run_command(
            TakePlanIntoUse(municipality=self._code, content=plan_to_dict(self.proposal.plan)),
            initiator=self,
            done=self._taken,
            failed=self._not_taken,
        )

    def _taken(self, changes: Any) -> None:
        self._path, self.proposal = None, None
        self.file.setText(_("Excel-työkirja (xlsx) tai ohjelmasta viety JSON-tiedosto."))
        self._look()
        self._ui.notify.tell(changes)
        self.taken.emit()

    def _not_taken(self, error: Exception) -> None:
        self.go.setEnabled(True)
        at_version = isinstance(error, UserError) and error.field == "version"
        (self.version_field if at_version else self.first_field).error.show_error(str(error))
