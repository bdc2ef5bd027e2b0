"""A new workstation joins its office's server: the address and the code that the administrator gave."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from workbench.clock import Clock
from workbench.errors import UserError
from workbench.i18n import _
from workbench.setup.guide import demand_same
from workbench.setup.joining_home import join_home
from workbench.store.keys import SecretStore
from workbench.ui.jobs import Jobs
from workbench.ui.settings.fields import Card, Field, Section, button, line
from workbench.ui.start.foot import stand_on_foot


class JoinView(QWidget):
    """``finished(passphrase or "")`` when the home has been joined; ``left()`` when the person goes back."""

    finished = Signal(str)
    left = Signal()

    def __init__(self, home: Path, *, jobs: Jobs, ring: SecretStore, clock: Clock) -> None:
        super().__init__()
        self._home, self._jobs, self._ring, self._clock = home, jobs, ring, clock
        section = Section(
            _("Liity kunnan palvelimeen"),
            _("Pääkäyttäjä antaa palvelimen osoitteen ja liittymiskoodin. Muuta ei tarvita."),
        )
        self.url, self.code = line(placeholder="https://"), line()
        self.phrase, self.again = line(), line()
        for edit in (self.phrase, self.again):
            edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.fields = {
            "url": Field(_("Palvelimen osoite"), self.url),
            "code": Field(
                _("Liittymiskoodi"), self.code, hint=_("Koodi käy kerran ja vanhenee muutamassa päivässä.")
            ),
            "passphrase": Field(
                _("Salalause"),
                self.phrase,
                hint=_(
                    "Vain, jos koneella ei ole avainnippua. Ohjelma kysyy sen jokaisella käynnistyksellä."
                ),
            ),
            "passphrase_again": Field(_("Salalause uudelleen"), self.again),
        }
        where, key = Card(_("Palvelin")), Card(_("Tämä kone"))
        where.add(self.fields["url"])
        where.add(self.fields["code"])
        key.add(self.fields["passphrase"])
        key.add(self.fields["passphrase_again"])
        section.add(where, key)
        section.end()
        self.back = button(_("Takaisin"), "back")
        self.back.clicked.connect(self.left)
        self.go = button(_("Liity"), primary=True)
        self.go.clicked.connect(self.join)
        stand_on_foot(self, section, self.back, self.go)
        self.setFocusProxy(self.url)

    def join(self) -> None:
        """Make the home and fetch what the person may see."""
        for field in self.fields.values():
            field.error.show_error("")
        url, code, phrase = self.url.text().strip(), self.code.text(), self.phrase.text()
        home, ring, clock = self._home, self._ring, self._clock
        try:
            demand_same(phrase, self.again.text())
        except UserError as error:
            self._failed(error)
            return

        def work(progress: Any) -> None:
            join_home(
                home, url, code, passphrase=phrase, ring=ring, clock=clock,
                tell=lambda words: progress.step(0, 0, words),
            )  # fmt: skip

        self._busy(True)
        self._jobs.start(
            _("Liitytään palvelimeen"), work, done=lambda _r: self._done(phrase), failed=self._failed
        )

    def _done(self, phrase: str) -> None:
        self._busy(False)
        self.finished.emit(phrase)

    def _failed(self, error: Exception) -> None:
        self._busy(False)
        name = error.field if isinstance(error, UserError) else ""
        field = self.fields.get(name, self.fields["url"])
        field.error.show_error(str(error))
        field.edit.setFocus()

    def _busy(self, busy: bool) -> None:
        self.go.setEnabled(not busy)
        self.back.setEnabled(not busy)
        self.go.setText(_("Liitytään…") if busy else _("Liity"))
