"""Varmuuskopiot ja tarkistus: what there is, a new one now, where they go; a check now and what it found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from workbench.clock import today
from workbench.desk import Desk
from workbench.i18n import _, moment_text, ngettext, size_text
from workbench.organisation.queries import load_municipality
from workbench.setup.daily import backup_folder
from workbench.setup.recovery import may_renew, propose_key, take_key
from workbench.store.backup import KEEP_DAYS, KEEP_MONTHS, KEEP_WEEKS, BackupInfo, list_backups, make_backup
from workbench.store.check import check_store
from workbench.store.store import Reader
from workbench.ui.settings.fields import Card, Field, Section, button, line, soft
from workbench.ui.settings.newkey import NewKeyDialog
from workbench.ui.settings.plan_diff import ReadList
from workbench.ui.shell import Ui
from workbench.ui.widgets.pill import Pill
from workbench.ui.widgets.text import label


class SafetySection(Section):
    """Three cards: backups, check, recovery key."""

    def __init__(self, ui: Ui, desk: Desk) -> None:
        super().__init__(_("Varmuuskopiot ja tarkistus"))
        self._ui, self._desk = ui, desk
        self.add(self._backups(), self._check(), self._key())
        self.end()
        self.deeds |= {"backup": self.make_now, "check": self.check_now, "key": self.ask_new_key}
        ui.jobs.finished.connect(self._look_again)

    def folder(self) -> Path:
        """Where backups go now."""
        return backup_folder(self._desk.store.home, self._ui.settings.get("backup_folder"))

    # -- backups ---------------------------------------------------------------------------------------

    def _backups(self) -> Card:
        card = Card(
            _("Varmuuskopiot"),
            _(
                "Ohjelma tekee varmuuskopion itse kerran päivässä. Tallessa pidetään {days} päivän, {weeks} "
                "viikon ja {months} kuukauden kopiot. Kopiot ovat salattuja."
            ).format(days=KEEP_DAYS, weeks=KEEP_WEEKS, months=KEEP_MONTHS),
        )
        self.make = button(_("Tee varmuuskopio nyt"), "backup", primary=True)
        self.make.clicked.connect(self.make_now)
        self.list = QTreeWidget()
        self.list.setHeaderLabels([_("Tehty"), _("Tietokannan koko")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setFixedHeight(180)
        self.list.setAccessibleName(_("Varmuuskopiot"))
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setStretchLastSection(False)
        self.list.setColumnWidth(1, 150)
        self.none = soft(_("Varmuuskopioita ei vielä ole."))
        self.place = line()
        self.place.setReadOnly(True)
        self.place_field = Field(
            _("Varmuuskopioiden kansio"),
            self.place,
            hint=_(
                "Valitse mieluiten toinen levy tai verkkolevy: jos tämän koneen levy hajoaa, myös sillä olevat "
                "kopiot menetetään."
            ),
        )
        choose = button(_("Vaihda kansio"), "edit")
        choose.clicked.connect(self.choose_folder)
        self.home_folder = button(_("Palauta oletuskansio"), "undo")
        self.home_folder.clicked.connect(lambda: self._set_folder(""))
        card.add_row(self.make)
        card.add(self.list)
        card.add(self.none)
        card.add(self.place_field)
        card.add_row(choose, self.home_folder)
        return card

    def on_shown(self) -> None:
        folder = self.folder()
        self.place.setText(str(folder))
        self.home_folder.setVisible(bool(self._ui.settings.get("backup_folder")))

        def look(_reader: Reader) -> list[BackupInfo]:
            return list_backups(folder)

        self._ui.tasks.run_query(self, "backups", look, done=self._show)
        self._ui.tasks.run_query(self, "may", may_renew, done=self._allow_key)

    def _show(self, backups: list[BackupInfo]) -> None:
        self.list.clear()
        for backup in backups:
            item = QTreeWidgetItem([moment_text(backup.made_at), size_text(backup.size)])
            item.setToolTip(0, str(backup.folder))
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.list.addTopLevelItem(item)
        self.list.setVisible(bool(backups))
        self.none.setVisible(not backups)

    def _look_again(self, _job: object) -> None:
        """A job ended; it may have been the day's backup, or the one asked for here."""
        if self.isVisible():
            self.on_shown()

    def make_now(self) -> None:
        """A backup, as a job."""
        store, folder = self._desk.store, self.folder()

        def work(progress: Any) -> BackupInfo:
            progress.step(0, 0, str(folder))
            return make_backup(store, folder)

        def done(made: BackupInfo) -> None:
            self.make.setEnabled(True)
            self._ui.notify.say(_("Varmuuskopio on tehty: {path}").format(path=made.folder))

        def failed(error: Exception) -> None:
            self.make.setEnabled(True)
            self.place_field.error.show_error(str(error))

        self.make.setEnabled(False)
        self.place_field.error.show_error("")
        self._ui.jobs.start(_("Tehdään varmuuskopio"), work, done=done, failed=failed)

    def choose_folder(self) -> None:
        """Choose where backups go from now on; the old ones stay where they are."""
        folder = self._ui.dialogs.choose_folder(_("Varmuuskopioiden kansio"))
        if folder is not None:
            self._set_folder(str(folder))

    def _set_folder(self, folder: str) -> None:
        self._ui.settings.set("backup_folder", folder)
        self.place_field.error.show_error("")
        self.on_shown()

    # -- check -----------------------------------------------------------------------------------------

    def _check(self) -> Card:
        card = Card(
            _("Tarkistus"),
            _(
                "Tarkistus käy läpi tietokannan, tapahtumalokin ja jokaisen tiedoston sisällön. "
                "Voit jatkaa työtä sen aikana."
            ),
        )
        self.check = button(_("Tarkista nyt"), "approve")
        self.check.clicked.connect(self.check_now)
        self.verdict = Pill()
        self.verdict.hide()
        self.findings = ReadList(_("Tarkistuksen löydökset"))
        self.findings.setFixedHeight(140)
        self.findings.hide()
        card.add_row(self.check, self.verdict)
        card.add(self.findings)
        return card

    def check_now(self) -> None:
        """A thorough check, as a job."""
        store = self._desk.store

        def work(progress: Any) -> list[str]:
            return check_store(store, progress=lambda words: progress.step(0, 0, words))

        self.check.setEnabled(False)
        self._ui.jobs.start(
            _("Tarkistetaan tietovarasto"), work, done=self._checked, failed=lambda e: self._checked([str(e)])
        )

    def _checked(self, findings: list[str]) -> None:
        self.check.setEnabled(True)
        count = len(findings)
        if count:
            self.verdict.set("stop", ngettext("{n} löydös", "{n} löydöstä", count).format(n=count))
        else:
            self.verdict.set(
                "ok", _("Kaikki kunnossa, {when}").format(when=moment_text(self._ui.clock.now()))
            )
        self.verdict.show()
        self.findings.clear()
        for finding in findings:
            self.findings.add(finding, "error", "stop")
        self.findings.setVisible(bool(findings))

    # -- the key ---------------------------------------------------------------------------------------

    def _key(self) -> Card:
        card = Card(_("Palautusavain"))
        for words in (
            _(
                "Varmuuskopion saa auki toisella koneella vain palautusavaimella tai salalauseella. "
                "Palautusavain näytettiin kerran käyttöönotossa, eikä sitä ole ohjelmassa."
            ),
            _(
                "Säilytä avain paperilla kunnan kassakaapissa, ei tällä koneella eikä sähköpostissa. "
                "Kokeile kerran vuodessa, että varmuuskopio avautuu sillä."
            ),
            _("Jos avain on kadonnut tai joku muu on nähnyt sen, tee uusi ja tee sen jälkeen varmuuskopio: vanha "
              "avain avaa edelleen aiemmin tehdyt kopiot."),
        ):  # fmt: skip
            card.add(soft(words))
        self.renew = button(_("Tee uusi palautusavain…"), "secret")
        self.renew.clicked.connect(self.ask_new_key)
        self.renew_words = label("", "small", wrap=True)
        self.renew_words.hide()
        card.add_row(self.renew)
        card.add(self.renew_words)
        return card

    def _allow_key(self, allowed: bool) -> None:
        why = "" if allowed else _("Palautusavaimen vaihtaa kunnan pääkäyttäjä.")
        if not self._desk.store.is_encrypted:
            why = _("Tietovarastoa ei ole salattu, joten palautusavainta ei tarvita.")
        self.renew.setEnabled(not why)
        self.renew_words.setText(why)
        self.renew_words.setVisible(bool(why))

    def ask_new_key(self) -> None:
        """Show a new key; it is taken into use when the person has it in safety."""

        def asked(found: tuple[str, bool]) -> None:
            name, may = found
            self._allow_key(may)
            if not self.renew.isEnabled():
                self._ui.notify.say(self.renew_words.text(), state="warning")
                return
            key = propose_key(self._desk.store)
            day = today(self._ui.clock)
            NewKeyDialog(self, self._ui.dialogs, key, name, day, self._take_key).open()

        self._ui.tasks.run_query(self, "name", _name_and_right, done=asked)

    def _take_key(self, key: str) -> None:
        store, session = self._desk.store, self._desk.session

        def work(_progress: Any) -> None:
            take_key(store, session, key)

        def done(_result: Any) -> None:
            self._ui.notify.offer(
                _("Uusi palautusavain on käytössä. Tee nyt varmuuskopio, jonka se avaa."),
                _("Tee varmuuskopio"),
                self.make_now,
            )

        self._ui.jobs.start(_("Vaihdetaan palautusavain"), work, done=done)


def _name_and_right(reader: Reader) -> tuple[str, bool]:
    return str(load_municipality(reader, reader.session.municipality)["name"]), may_renew(reader)
