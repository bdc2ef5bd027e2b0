"""Valvottu kansio: which folder is watched, how the watching goes, and an end to it."""

from __future__ import annotations

from pathlib import Path

from workbench.desk import Desk
from workbench.i18n import _, moment_text, ngettext
from workbench.organisation.model import Role
from workbench.organisation.queries import access_for
from workbench.store.store import Reader
from workbench.ui.intake.watcher import EVERY_S, FolderWatcher, WatchState, watcher_of
from workbench.ui.settings.fields import Card, Field, Section, button, line, soft
from workbench.ui.shell import Ui
from workbench.ui.widgets.errorlabel import ErrorLabel
from workbench.ui.widgets.keyvalue import Fact, KeyValue
from workbench.ui.widgets.pill import Pill
from workbench.ui.widgets.text import label


def _may_register(reader: Reader) -> bool:
    return access_for(reader).has_role(Role.REGISTRAR)


class PostSection(Section):
    """One folder of this workstation; a registrar chooses it."""

    def __init__(self, ui: Ui, desk: Desk) -> None:
        super().__init__(_("Valvottu kansio"))
        self._ui, self._desk = ui, desk
        self._watcher: FolderWatcher | None = None
        card = Card(
            _("Kansio"),
            _(
                "Ohjelma tuo kansioon ilmestyvät tiedostot itse saapuneisiin: skannerin kuvat, tallennetut "
                "viestit, sähköisen asioinnin siirrot. Tuotu tiedosto siirtyy kansion alikansioon ”käsitelty”, "
                "hylätty kansioon ”hylätty” syyn kanssa."
            ),
        )
        self.pill = Pill()
        self.place = line()
        self.place.setReadOnly(True)
        self.place.setPlaceholderText(_("Kansiota ei ole valittu"))
        self.place_field = Field(_("Valvottu kansio"), self.place)
        self.choose = button(_("Valitse kansio"), "open", primary=True)
        self.choose.clicked.connect(self.choose_folder)
        self.off = button(_("Lopeta valvonta"), "close")
        self.off.clicked.connect(self.turn_off)
        self.trouble = ErrorLabel()
        card.add_row(self.pill)
        card.add(self.place_field)
        card.add(self.trouble)
        card.add_row(self.choose, self.off)
        self.why = label("", "small", wrap=True)
        self.why.hide()
        card.add(self.why)
        how = Card(_("Miten valvonta sujuu"))
        self.facts = KeyValue()
        how.add(self.facts)
        how.add(
            soft(
                _(
                    "Tiedostot tulevat sen kunnan saapuneisiin, jonka puolesta toimit. Valvonta toimii, kun "
                    "ohjelma on auki tällä koneella."
                )
            )
        )
        self.add(card, how)
        self.end()
        self.deeds["choose"] = self._choose_if_allowed

    def on_shown(self) -> None:
        if self._watcher is None:
            self._watcher = watcher_of(self.window())
            if self._watcher is not None:
                self._watcher.changed.connect(self._look)
        self._ui.tasks.run_query(self, "may", _may_register, done=self._allow)
        self._look()

    def _choose_if_allowed(self) -> None:
        def told(allowed: bool) -> None:
            self._allow(allowed)
            if allowed:
                self.choose_folder()
            else:
                self._ui.notify.say(self.why.text(), state="warning")

        self._ui.tasks.run_query(self, "may", _may_register, done=told)

    def choose_folder(self) -> None:
        """Choose the folder to watch."""
        folder = self._ui.dialogs.choose_folder(_("Valitse valvottava kansio"))
        if folder is None:
            return
        why = self._why_not(folder)
        if not why:
            self._ui.settings.set("watch_folder", str(folder))
        self._look()
        if why:
            self.trouble.show_error(why)

    def turn_off(self) -> None:
        """Watch nothing; files already there stay where they are."""
        self._ui.settings.set("watch_folder", "")
        self._look()

    def _why_not(self, folder: Path) -> str:
        """Why a folder cannot be watched, "" when it can."""
        home = self._desk.store.home.resolve()
        wanted = folder.resolve()
        if wanted == home or home in wanted.parents or wanted in home.parents:
            return _("Tietovaraston omaa kansiota ei voi valvoa. Valitse toinen kansio.")
        return ""

    def _allow(self, allowed: bool) -> None:
        self.choose.setEnabled(allowed)
        self.why.setText("" if allowed else _("Saapuneita tuo kirjaaja. Pyydä rooli pääkäyttäjältä."))
        self.why.setVisible(not allowed)

    def _look(self) -> None:
        named = str(self._ui.settings.get("watch_folder"))
        seen = self._watcher.state if self._watcher is not None else WatchState()
        state = seen if seen.folder == named else WatchState(named)
        self.place.setText(named)
        self.place.setToolTip(named)
        self.place.setCursorPosition(0)
        self.off.setVisible(bool(named))
        self.choose.setText(_("Vaihda kansio") if named else _("Valitse kansio"))
        if not named:
            self.pill.set("", _("Ei käytössä"))
        elif state.trouble:
            self.pill.set("warning", _("Keskeytynyt"))
        else:
            self.pill.set("ok", _("Valvotaan"))
        self.trouble.show_error(state.trouble if named else "")
        self.facts.set_rows(_facts(state))


def _facts(state: WatchState) -> list[Fact]:
    name, why = state.refused
    taken = ngettext("{n} tiedosto", "{n} tiedostoa", state.taken).format(n=state.taken)
    seconds = ngettext("{n} sekunnin välein", "{n} sekunnin välein", round(EVERY_S)).format(n=round(EVERY_S))
    return [
        (_("Katsotaan"), seconds if state.folder else _("ei katsota")),
        (_("Katsottu viimeksi"), moment_text(state.looked_at) if state.looked_at else _("ei vielä")),
        (_("Tuotu käynnistyksen jälkeen"), taken),
        (_("Viimeksi hylätty"), _("{name}: {why}").format(name=name, why=why) if name else _("ei mitään")),
    ]
