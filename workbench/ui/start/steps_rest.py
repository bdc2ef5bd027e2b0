"""The last two steps: the records plan and the key."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLineEdit, QRadioButton, QWidget

from workbench.cases.plan.plan_json import common_plan
from workbench.clock import Clock, today
from workbench.errors import Problem
from workbench.i18n import _, ngettext
from workbench.setup.guide import SHORTEST_PASSPHRASE, Answers, has_ring
from workbench.setup.plan_file import PATTERNS, PlanProposal, read_proposal
from workbench.store.keys import SecretStore
from workbench.ui.dialogs import Dialogs
from workbench.ui.jobs import Jobs
from workbench.ui.settings.fields import Card, button, line, soft
from workbench.ui.settings.plan_diff import FindingList
from workbench.ui.start.step import Step


class PlanStep(Step):
    """The common plan, or one from a file."""

    def __init__(self, clock: Clock, jobs: Jobs, dialogs: Dialogs) -> None:
        super().__init__(
            "plan",
            _("Tiedonohjaus"),
            _("Suunnitelma kertoo jokaisesta tehtäväluokasta julkisuuden, säilytysajan ja vaiheet."),
        )
        self._clock, self._jobs, self._dialogs = clock, jobs, dialogs
        self._answers = Answers()
        self.proposal: PlanProposal | None = None
        self.common = QRadioButton(_("Seutukunnan yhteinen suunnitelma"))
        self.own = QRadioButton(_("Kunnan oma suunnitelma tiedostosta"))
        self.common.setChecked(True)
        self.choose = button(_("Valitse tiedosto"), "import")
        self.choose.clicked.connect(self.choose_file)
        self.file_field = self.field(
            "plan", _("Tiedosto"), self.choose, _("Excel-työkirja (xlsx) tai ohjelmasta viety JSON-tiedosto.")
        )
        self.findings = FindingList()
        self.findings.setFixedHeight(180)
        self.findings.hide()
        card = Card()
        card.add(self.common)
        card.add(soft(_("Suunnitelmassa on 250 tehtäväluokkaa. Voit vaihtaa sen myöhemmin asetuksissa.")))
        card.add(self.own)
        card.add(self.file_field)
        card.add(self.findings)
        self.add(card)
        self.end()
        self.own.toggled.connect(self._look)
        self._look()

    def enter(self, answers: Answers) -> None:
        self._answers = answers

    def fill(self, answers: Answers) -> Answers:
        return replace(answers, plan=self.proposal.plan if self.own.isChecked() and self.proposal else None)

    def own_problems(self) -> list[Problem]:
        if not self.own.isChecked() or (self.proposal is not None and self.proposal.plan is not None):
            return []
        return [
            Problem("plan", _("Valitse tiedosto, jossa ei ole virheitä, tai käytä yhteistä suunnitelmaa."))
        ]

    def choose_file(self) -> None:
        """Choose a plan file."""
        files = self._dialogs.choose_files(_("Tuo tiedonohjaussuunnitelma"), patterns=PATTERNS)
        if files:
            self.open_file(files[0])

    def open_file(self, path: Path) -> None:
        """Read a file off the window's thread."""
        day = today(self._clock)
        code = self._answers.municipality.code

        def work(progress: Any) -> PlanProposal:
            progress.step(0, 1, path.name)
            version = f"{day.year}.{day.month}"
            return read_proposal(path, common_plan(), municipality=code, version=version, valid_from=day)

        self._jobs.start(_("Luetaan tiedonohjaussuunnitelma"), work, done=self._show, failed=self._refused)

    def _show(self, found: PlanProposal) -> None:
        self.proposal = found
        classes = len(found.plan.classes) if found.plan else 0
        self.file_field.set_hint(
            ngettext("{name}: {n} luokka", "{name}: {n} luokkaa", classes).format(name=found.name, n=classes)
            if found.plan
            else found.name
        )
        errors = found.errors
        self.file_field.error.show_error(
            ngettext("Tiedostossa on {n} virhe.", "Tiedostossa on {n} virhettä.", errors).format(n=errors)
            if errors
            else ""
        )
        self.findings.show_findings(found.findings)
        self._look()

    def _refused(self, error: Exception) -> None:
        self.proposal = None
        self.file_field.error.show_error(str(error))
        self._look()

    def _look(self) -> None:
        own = self.own.isChecked()
        self.file_field.setVisible(own)
        self.findings.setVisible(own and self.proposal is not None and bool(self.proposal.findings))


class KeyStep(Step):
    """How the store is opened from now on: by the key ring, or by a passphrase asked at each start."""

    def __init__(self, jobs: Jobs, ring: SecretStore) -> None:
        super().__init__(
            "key",
            _("Avain"),
            _("Tietovarasto on salattu. Valitse, millä se aukeaa, kun käynnistät ohjelman."),
        )
        self._jobs, self._ring, self._asked = jobs, ring, False
        self.ring = QRadioButton(_("Koneen avainnippu: varasto aukeaa, kun olet kirjautunut koneelle"))
        self.phrase = QRadioButton(_("Salalause: se kysytään joka käynnistyksessä"))
        self.ring.setChecked(True)
        self.no_ring = soft(_("Tällä koneella ei ole avainnippua, joten tarvitset salalauseen."))
        self.no_ring.hide()
        self.first, self.again = line(), line()
        for edit in (self.first, self.again):
            edit.setEchoMode(QLineEdit.EchoMode.Password)
        card = Card()
        card.add(self.ring)
        card.add(self.no_ring)
        card.add(self.phrase)
        self.phrase_fields: list[QWidget] = [
            self.field(
                "passphrase",
                _("Salalause"),
                self.first,
                _("Vähintään {n} merkkiä. Neljä tavallista sanaa on hyvä.").format(n=SHORTEST_PASSPHRASE),
            ),
            self.field("passphrase_again", _("Salalause uudelleen"), self.again),
        ]
        card.add(*self.phrase_fields)
        next_ = Card(_("Mitä seuraavaksi tapahtuu"))
        next_.add(
            soft(
                _(
                    "Kunnan tiedot tallennetaan kerralla. Sen jälkeen näet palautusavaimen, jolla varaston "
                    "saa auki, jos kone hajoaa. Pidä kynä ja paperi valmiina."
                )
            )
        )
        self.add(card, next_)
        self.end()
        self.phrase.toggled.connect(self._look)
        self._look()

    def enter(self, answers: Answers) -> None:
        if not self._asked:
            self._asked = True
            ring = self._ring
            self._jobs.start(_("Tutkitaan avainnippu"), lambda _p: has_ring(ring), done=self._ring_found)

    def _ring_found(self, works: bool) -> None:
        # A disabled radio hands the keyboard on to whatever is next, which is "Takaisin".
        was_here = self.ring.hasFocus()
        if not works:
            self.phrase.setChecked(True)
            if was_here:
                self.first.setFocus()
        self.ring.setEnabled(works)
        self.no_ring.setVisible(not works)

    def fill(self, answers: Answers) -> Answers:
        phrase = self.phrase.isChecked()
        return replace(
            answers,
            use_ring=not phrase,
            passphrase=self.first.text() if phrase else "",
            passphrase_again=self.again.text() if phrase else "",
        )

    def _look(self) -> None:
        for field in self.phrase_fields:
            field.setVisible(self.phrase.isChecked())
