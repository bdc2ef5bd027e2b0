"""Asking the passphrase (salalause) of a store that no key ring opens; a wrong one is told and asked again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLineEdit

from workbench.errors import UserError
from workbench.i18n import _
from workbench.store.store import Store
from workbench.ui.dialogs import AskDialog
from workbench.ui.jobs import Jobs
from workbench.ui.settings.fields import Field, line


class PassphraseDialog(AskDialog):
    """``open_with(passphrase)`` opens the store; it runs off the window's thread. ``store`` is the result."""

    def __init__(self, open_with: Callable[[str], Store], problem: str = "") -> None:
        super().__init__(
            None,
            _("Avaa tietovarasto"),
            _("Kirjoita salalause, joka valittiin käyttöönotossa."),
            deed=_("Avaa"),
        )
        self._open_with = open_with
        self.jobs = Jobs(parent=self)
        self.store: Store | None = None
        self.phrase = line()
        self.phrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.field = Field(_("Salalause"), self.phrase)
        self.field.error.show_error(problem)
        self.body.addWidget(self.field)
        self.go.clicked.disconnect()
        self.go.clicked.connect(self.try_it)
        self.phrase.setFocus()

    def try_it(self) -> None:
        """Try the words typed."""
        typed = self.phrase.text()
        if not typed:
            self.field.error.show_error(_("Kirjoita salalause."))
            return
        self.go.setEnabled(False)
        self.phrase.setEnabled(False)

        def work(_progress: Any) -> Store:
            return self._open_with(typed)

        self.jobs.start(_("Avataan tietovarasto"), work, done=self._opened, failed=self._failed)

    def _opened(self, store: Store) -> None:
        self.store = store
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.go.setEnabled(True)
        self.phrase.setEnabled(True)
        wrong = isinstance(error, UserError) and error.code == "wrong_passphrase"
        self.field.error.show_error(
            _("Salalause ei ole oikea. Tarkista isot ja pienet kirjaimet ja näppäimistön kieli.")
            if wrong
            else str(error)
        )
        self.phrase.selectAll()
        self.phrase.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.jobs.shutdown()
        super().closeEvent(event)
