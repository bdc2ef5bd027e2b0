"""Palvelin: joining with a code; once joined how it stands, signing in again, one's workstations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.errors import UserError
from workbench.i18n import _, moment_text
from workbench.sync.errors import SyncError
from workbench.sync.joining import Joined
from workbench.sync.link import Workstation
from workbench.sync.status import State
from workbench.ui.settings.fields import Card, Field, Section, button, line
from workbench.ui.shell import Ui
from workbench.ui.sync.services import SyncServices
from workbench.ui.sync.signin import SignInForm, text_of
from workbench.ui.theme.tokens import L, S
from workbench.ui.widgets.keyvalue import KeyValue
from workbench.ui.widgets.pill import Pill
from workbench.ui.widgets.text import label


class ServerSection(Section):
    """Before joining a form; afterwards the connection and the person's workstations."""

    def __init__(self, ui: Ui, services: SyncServices) -> None:
        super().__init__(_("Palvelin"))
        self._ui, self._services = ui, services
        self._link = services.link
        self._status = services.status
        self._join_card, self._state_card = self._join(), self._state()
        self._devices_card = self._devices()
        self._demo_card = Card(
            _("Esittelyaineisto"),
            _(
                "Esittelyaineistoa ei liitetä palvelimeen. Sulje ohjelma ja käynnistä se ilman esittelyaineistoa: "
                "aloitusikkunassa voit liittyä kunnan palvelimeen."
            ),
        )
        self.add(self._demo_card, self._join_card, self._state_card, self._devices_card)
        self.end()

    def on_shown(self) -> None:
        has_server = self._status().state is not State.NOT_JOINED
        self._demo_card.setVisible(self._services.is_demo)
        self._join_card.setVisible(not has_server and not self._services.is_demo)
        self._state_card.setVisible(has_server)
        self._devices_card.setVisible(has_server)
        if has_server:
            self._ui.tasks.run_query(
                self, "state", lambda _reader: self._link().address, done=self._show_state
            )
            self._read_devices()

    # -- joining ---------------------------------------------------------------------------------------

    def _join(self) -> Card:
        card = Card(
            _("Liitä palvelimeen"),
            _(
                "Liitettynä sama aineisto on kaikkien saman viraston ihmisten käytössä, ja työ jatkuu myös ilman "
                "verkkoa. Pääkäyttäjä antaa osoitteen ja liittymiskoodin."
            ),
        )
        self.url = Field(_("Palvelimen osoite"), line(placeholder="https://"))
        self.code = Field(
            _("Liittymiskoodi"), line(), hint=_("Koodi käy kerran ja vanhenee muutamassa päivässä.")
        )
        self.join_button = button(_("Liitä palvelimeen"), "online", primary=True)
        self.join_button.clicked.connect(self.join)
        for field in (self.url, self.code):
            if isinstance(field.edit, QLineEdit):
                field.edit.returnPressed.connect(self.join)
            card.add(field)
        card.add_row(self.join_button)
        return card

    def join(self) -> None:
        """Join, as a job: the first fetch may take a while."""
        url, code = text_of(self.url), text_of(self.code)
        for field in (self.url, self.code):
            field.error.show_error("")
        self.join_button.setEnabled(False)

        def work(progress: Any) -> Joined:
            progress.step(0, 0, url)
            return self._link().join(url, code)

        def failed(error: Exception) -> None:
            self.join_button.setEnabled(True)
            field = self.code if getattr(error, "field", "") == "code" else self.url
            field.error.show_error(str(error))

        self._ui.jobs.start(_("Liitetään palvelimeen"), work, done=self._services.joined, failed=failed)

    # -- how it stands ---------------------------------------------------------------------------------

    def _state(self) -> Card:
        card = Card(_("Yhteys"))
        self.facts = KeyValue()
        card.add(self.facts)
        self.sign_in = SignInForm(self._ui, self._services, self._on_signed_in)
        self.sign_in.hide()
        card.add(self.sign_in)
        return card

    def _show_state(self, address: str) -> None:
        status = self._status()
        contact = moment_text(status.last_contact) if status.last_contact else _("ei vielä")
        self.facts.set_rows(
            [
                (_("Palvelin"), address),
                (_("Tilanne"), status.message[:1].upper() + status.message[1:]),
                (_("Viimeksi yhteydessä"), contact),
            ]
        )
        self.sign_in.setVisible(status.signed_out)

    def _on_signed_in(self) -> None:
        self._ui.notify.say(_("Kirjauduit palvelimelle."))
        self.on_shown()

    # -- workstations ----------------------------------------------------------------------------------

    def _devices(self) -> Card:
        card = Card(
            _("Omat työasemat"),
            _(
                "Jos työasema katoaa, ilmoita se kadonneeksi: sen tiedot poistetaan, kun se seuraavan kerran "
                "ottaa yhteyden. Pelkkä uloskirjaus ei poista tietoja."
            ),
        )
        self._rows = QVBoxLayout()
        self._rows.setSpacing(L)
        card.column.addLayout(self._rows)
        self.devices_error = label("", "small", wrap=True)
        self.devices_error.hide()
        card.add(self.devices_error)
        return card

    def _read_devices(self) -> None:
        def work(_progress: Any) -> tuple[Workstation, ...]:
            try:
                return self._link().workstations()
            except SyncError as error:
                raise UserError(str(error)) from error

        def failed(error: Exception) -> None:
            self.devices_error.setText(_("Työasemia ei voi nyt näyttää: {why}").format(why=error))
            self.devices_error.show()

        self._ui.jobs.start(_("Haetaan omat työasemat"), work, done=self._show_devices, failed=failed)

    def _show_devices(self, found: tuple[Workstation, ...]) -> None:
        self.devices_error.hide()
        while (item := self._rows.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for one in found:
            self._rows.addWidget(_WorkstationRow(one, self._revoke, self._lose))

    def _revoke(self, one: Workstation) -> None:
        if self._ui.dialogs.confirm(
            _("Kirjataanko työasema ulos?"),
            _("{name} ei enää saa eikä lähetä tietoja, ennen kuin se liitetään uudella koodilla.").format(
                name=one.name
            ),
            deed=_("Kirjaa ulos"),
        ):
            self._change(_("Kirjataan työasema ulos"), lambda id_: self._link().revoke(id_), one)

    def _lose(self, one: Workstation) -> None:
        if self._ui.dialogs.confirm(
            _("Ilmoitetaanko työasema kadonneeksi?"),
            _(
                "Kun {name} seuraavan kerran ottaa yhteyden, kaikki sen tiedot poistetaan. Sieltä lähettämättä "
                "jäänyt työ menetetään. Tätä ei voi kumota."
            ).format(name=one.name),
            deed=_("Ilmoita kadonneeksi"),
            danger=True,
        ):
            self._change(
                _("Ilmoitetaan työasema kadonneeksi"), lambda id_: self._link().report_lost(id_), one
            )

    def _change(self, title: str, call: Callable[[str], None], one: Workstation) -> None:
        def work(_progress: Any) -> None:
            try:
                call(one.client_id)
            except SyncError as error:
                raise UserError(str(error)) from error

        self._ui.jobs.start(title, work, done=lambda _nothing: self._read_devices())


class _WorkstationRow(QWidget):
    def __init__(
        self,
        one: Workstation,
        revoke: Callable[[Workstation], None],
        lose: Callable[[Workstation], None],
    ) -> None:
        super().__init__()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(one.name, "strong", wrap=True))
        seen = _("Viimeksi yhteydessä {when}").format(when=moment_text(one.last_seen_at))
        words.addWidget(label(seen, "small", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S)
        row.addLayout(words, 1)
        if one.this:
            row.addWidget(Pill("ok", _("tämä työasema")))
        elif one.lost:
            row.addWidget(Pill("stop", _("ilmoitettu kadonneeksi")))
        else:
            if one.revoked:
                row.addWidget(Pill("warning", _("kirjattu ulos")))
            else:
                out = button(_("Kirjaa ulos…"))
                out.setAccessibleName(_("Kirjaa ulos: {name}").format(name=one.name))
                out.clicked.connect(lambda: revoke(one))
                row.addWidget(out)
            lost = button(_("Kadonnut…"))
            lost.setAccessibleName(_("Ilmoita kadonneeksi: {name}").format(name=one.name))
            lost.clicked.connect(lambda: lose(one))
            row.addWidget(lost)
