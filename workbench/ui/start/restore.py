"""Restoring a backup to an empty home: which backup, and the secret that opens it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from workbench.errors import UserError
from workbench.i18n import _, moment_text, size_text
from workbench.setup.guide import demand_passphrase
from workbench.store.backup import BackupInfo, list_backups, restore
from workbench.store.keys import SecretStore
from workbench.ui.dialogs import Dialogs
from workbench.ui.jobs import Jobs
from workbench.ui.settings.fields import Card, Field, Section, button, line
from workbench.ui.start.foot import stand_on_foot


class RestoreView(QWidget):
    """``finished(passphrase or "")`` when the home stands again; ``left()`` when the person goes back."""

    finished = Signal(str)
    left = Signal()

    def __init__(self, home: Path, *, jobs: Jobs, dialogs: Dialogs, ring: SecretStore) -> None:
        super().__init__()
        self._home, self._jobs, self._dialogs, self._ring = home, jobs, dialogs, ring
        self.backups: list[BackupInfo] = []
        section = Section(
            _("Palauta varmuuskopiosta"),
            _("Valitse kansio, johon varmuuskopiot on kerätty, ja anna palautusavain."),
        )
        self.choose = button(_("Valitse kansio"), "open")
        self.choose.clicked.connect(self.choose_folder)
        self.folder_field = Field(_("Varmuuskopioiden kansio"), self.choose)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Varmuuskopiot"))
        self.list.setFixedHeight(140)
        self.list_field = Field(_("Varmuuskopio"), self.list)
        self.list_field.hide()
        which = Card(_("Varmuuskopio"))
        which.add(self.folder_field)
        which.add(self.list_field)
        self.key, self.phrase = line(), line()
        self.phrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.key_field = Field(
            _("Palautusavain"),
            self.key,
            hint=_("32 merkkiä. Välit, viivat ja kirjainten koko ovat samantekeviä."),
        )
        self.phrase_field = Field(
            _("Salalause"),
            self.phrase,
            hint=_(
                "Palautusavaimen kanssa tämä on uusi salalause tälle koneelle. Ilman palautusavainta varasto "
                "avataan vanhalla salalauseella."
            ),
        )
        secret = Card(_("Avain"))
        secret.add(self.key_field)
        secret.add(self.phrase_field)
        section.add(which, secret)
        section.end()
        self.back = button(_("Takaisin"), "back")
        self.back.clicked.connect(self.left)
        self.go = button(_("Palauta"), primary=True)
        self.go.clicked.connect(self.bring_back)
        stand_on_foot(self, section, self.back, self.go)
        self.setFocusProxy(self.choose)

    def choose_folder(self) -> None:
        """Choose where the backups are."""
        folder = self._dialogs.choose_folder(_("Varmuuskopioiden kansio"))
        if folder is not None:
            self.open_folder(folder)

    def open_folder(self, folder: Path) -> None:
        """List the backups of a folder; a single backup's own folder will do, too."""

        def work(_progress: Any) -> list[BackupInfo]:
            found = list_backups(folder)
            return found or [b for b in list_backups(folder.parent) if b.folder == folder]

        def done(found: list[BackupInfo]) -> None:
            self.backups = found
            self.folder_field.set_hint(str(folder))
            self.folder_field.error.show_error(
                "" if found else _("Kansiossa ei ole varmuuskopioita. Valitse toinen kansio.")
            )
            self.list.clear()
            for backup in found:
                words = f"{moment_text(backup.made_at)}   {size_text(backup.size)}"
                item = QListWidgetItem(words)
                item.setData(Qt.ItemDataRole.UserRole, str(backup.folder))
                self.list.addItem(item)
            self.list_field.setVisible(bool(found))
            self.list.setCurrentRow(0)
            if found:
                self.key.setFocus()

        self._jobs.start(_("Etsitään varmuuskopiot"), work, done=done)

    def bring_back(self) -> None:
        """Restore the chosen backup."""
        for field in (self.folder_field, self.key_field, self.phrase_field):
            field.error.show_error("")
        row = self.list.currentRow()
        if not 0 <= row < len(self.backups):
            self.folder_field.error.show_error(_("Valitse ensin kansio, jossa varmuuskopiot ovat."))
            self.choose.setFocus()
            return
        backup, home, ring = self.backups[row].folder, self._home, self._ring
        key, phrase = self.key.text().strip(), self.phrase.text()

        def work(progress: Any) -> None:
            progress.step(0, 0, _("Tarkistetaan ja kopioidaan varmuuskopio"))
            if key:
                demand_passphrase(phrase, ring)
            restore(backup, home, recovery_key=key, passphrase=phrase or None, ring=ring)

        self._busy(True)
        self._jobs.start(
            _("Palautetaan varmuuskopio"), work, done=lambda _r: self._done(phrase), failed=self._failed
        )

    def _done(self, phrase: str) -> None:
        self._busy(False)
        self.finished.emit(phrase)

    def _failed(self, error: Exception) -> None:
        self._busy(False)
        name = error.field if isinstance(error, UserError) else ""
        code = error.code if isinstance(error, UserError) else ""
        if name == "passphrase":
            field = self.phrase_field
        elif name == "recovery_key" or code == "no_key":
            field = self.key_field
        else:
            field = self.folder_field
        words = _("Anna palautusavain tai salalause.") if code == "no_key" else str(error)
        field.error.show_error(words)
        field.edit.setFocus()

    def _busy(self, busy: bool) -> None:
        self.go.setEnabled(not busy)
        self.back.setEnabled(not busy)
        self.go.setText(_("Palautetaan…") if busy else _("Palauta"))
