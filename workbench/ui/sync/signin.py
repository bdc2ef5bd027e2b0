"""Signing in again at a workstation that is known: user name, password and, where it is asked, the code of the phone's
program."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.ui.settings.fields import Field, button, line, soft
from workbench.ui.shell import Ui
from workbench.ui.sync.services import SyncServices
from workbench.ui.theme.tokens import S
from workbench.ui.widgets.errorlabel import ErrorLabel


class SignInForm(QWidget):
    """Tells ``services.signed_in`` when it went well, and then ``done``."""

    def __init__(self, ui: Ui, services: SyncServices, done: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self._ui, self._services, self._done = ui, services, done
        self.username = Field(_("Tunnus"), line())
        self.password_line = line()
        self.password = Field(_("Salasana"), self.password_line)
        self.code = Field(
            _("Vahvistuskoodi"), line(), hint=_("Kuusi numeroa puhelimesta, jos otit sen käyttöön.")
        )
        self.password_line.setEchoMode(QLineEdit.EchoMode.Password)
        self.go = button(_("Kirjaudu"), "unlock", primary=True)
        self.go.clicked.connect(self.sign_in)
        self.error = ErrorLabel(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addWidget(soft(_("Istuntosi palvelimelle on päättynyt. Kirjaudu, niin muutokset lähtevät.")))
        for field in (self.username, self.password, self.code):
            assert isinstance(field.edit, QLineEdit)
            field.edit.returnPressed.connect(self.sign_in)
            column.addWidget(field)
        column.addWidget(self.error)
        row = QHBoxLayout()
        row.addWidget(self.go)
        row.addStretch(1)
        column.addLayout(row)

    def sign_in(self) -> None:
        """Ask the server, as a job."""
        name, secret, code = text_of(self.username), self.password_line.text(), text_of(self.code)
        self.error.show_error("")
        self.go.setEnabled(False)

        def finished(_nothing: Any) -> None:
            self.go.setEnabled(True)
            for field in (self.password, self.code):
                assert isinstance(field.edit, QLineEdit)
                field.edit.clear()
            self._services.signed_in()
            self._done()

        def failed(error: Exception) -> None:
            self.go.setEnabled(True)
            self.error.show_error(str(error))

        self._ui.jobs.start(
            _("Kirjaudutaan palvelimelle"),
            lambda _progress: self._services.link().sign_in(name, secret, code),
            done=finished,
            failed=failed,
        )


def text_of(field: Field) -> str:
    """What has been typed into a field, without blanks around it."""
    assert isinstance(field.edit, QLineEdit)
    return field.edit.text().strip()
