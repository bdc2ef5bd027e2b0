"""Tietoja: version, licence, paths, the workstation's id, the size of the store, parts made by others."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from workbench import __version__
from workbench.desk import Desk
from workbench.i18n import _, size_text
from workbench.opening import words_folder
from workbench.setup.notices import Notice, load_notices
from workbench.store.store import Reader, database_path
from workbench.ui.settings.fields import Card, Section, button
from workbench.ui.shell import Ui
from workbench.ui.widgets.keyvalue import KeyValue

LICENCE = "EUPL-1.2"


@dataclass(frozen=True)
class About:
    """What takes a moment to find out."""

    database: int
    files: int
    file_count: int
    notices: list[Notice]


class AboutSection(Section):
    """Facts that can be copied."""

    def __init__(self, ui: Ui, desk: Desk) -> None:
        super().__init__(_("Tietoja"))
        self._ui, self._desk = ui, desk
        self.facts = KeyValue(self._rows(None))
        self.copy = button(_("Kopioi työaseman tunnus"), "copy")
        self.copy.clicked.connect(self._copy)
        card = Card(_("Seutupöytä"))
        card.add(self.facts)
        card.add_row(self.copy)
        licence = Card(
            _("Lisenssi"),
            _(
                "Ohjelma on julkaistu Euroopan unionin yleisellä lisenssillä {name}. Sitä saa käyttää, "
                "tutkia, muuttaa ja jakaa samalla lisenssillä."
            ).format(name=LICENCE),
        )
        notices = Card(_("Muiden tekemät osat"), _("Ohjelma käyttää näitä vapaita osia niiden omin ehdoin."))
        self.notices = QTreeWidget()
        self.notices.setHeaderLabels([_("Osa"), _("Versio"), _("Lisenssi")])
        self.notices.setRootIsDecorated(False)
        self.notices.setUniformRowHeights(True)
        self.notices.setFixedHeight(260)
        self.notices.setAccessibleName(_("Muiden tekemät osat"))
        self.notices.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.notices.header().setStretchLastSection(False)
        self.notices.setColumnWidth(1, 100)
        self.notices.setColumnWidth(2, 260)
        notices.add(self.notices)
        self.add(card, licence, notices)
        self.end()

    def on_shown(self) -> None:
        home = self._desk.store.home

        def look(_reader: Reader) -> About:
            files = [f.stat().st_size for f in (home / "blobs").rglob("*") if f.is_file()]
            return About(database_path(home).stat().st_size, sum(files), len(files), load_notices())

        self._ui.tasks.run_query(self, "about", look, done=self._show)

    def _show(self, about: About) -> None:
        self.facts.set_rows(self._rows(about))
        self.notices.clear()
        for notice in about.notices:
            item = QTreeWidgetItem([notice.name, notice.version, notice.licence])
            item.setToolTip(2, notice.licence)
            self.notices.addTopLevelItem(item)

    def _rows(self, about: About | None) -> list[tuple[str, str]]:
        store = self._desk.store
        waiting = _("lasketaan…")
        files = (
            _("{size}, {n} tiedostoa").format(size=size_text(about.files), n=about.file_count)
            if about
            else waiting
        )
        return [
            (_("Versio"), __version__),
            (_("Työaseman tunnus"), store.workstation),
            (_("Tietovaraston kansio"), str(store.home)),
            (_("Sanaston kansio"), str(words_folder())),
            (_("Tietokanta"), size_text(about.database) if about else waiting),
            (_("Tiedostojen sisällöt"), files),
        ]

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._desk.store.workstation)
        self._ui.notify.say(_("Työaseman tunnus on leikepöydällä."))
