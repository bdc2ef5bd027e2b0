"""The gallery: every widget and the whole shell with made-up matter, to look at and to take pictures of.

``python -m tools.gallery`` opens it; ``python -m tools.gallery --shots FOLDER`` writes pictures.
"""

from __future__ import annotations

import argparse
import sys
import time
from array import array
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from workbench.clock import SystemClock
from workbench.i18n import _
from workbench.ui.actions import ActionRegistry, ActionSpec
from workbench.ui.dialogs import ReasonDialog
from workbench.ui.jobs import Jobs
from workbench.ui.models.lazy_table import Column, LazyTableModel
from workbench.ui.models.settings import Forgetful
from workbench.ui.shell import Acting, MainWindow, PageSpec, Ui
from workbench.ui.shots import picture, shoot
from workbench.ui.tasks import Tasks
from workbench.ui.theme.icons import icon
from workbench.ui.theme.manager import Theme
from workbench.ui.theme.tokens import XL, L, M, S
from workbench.ui.widgets.cardcolumn import Card, CardColumn
from workbench.ui.widgets.confidence import ConfidenceMark
from workbench.ui.widgets.datatable import DataTable
from workbench.ui.widgets.datefield import DateField
from workbench.ui.widgets.empty import EmptyState
from workbench.ui.widgets.errorlabel import ErrorLabel
from workbench.ui.widgets.facets import Facet, FacetList, FacetValue
from workbench.ui.widgets.keyvalue import KeyValue
from workbench.ui.widgets.listdetail import ListDetail
from workbench.ui.widgets.listpane import ListPane
from workbench.ui.widgets.pill import Pill
from workbench.ui.widgets.searchselect import Choice, Give, SearchSelect
from workbench.ui.widgets.skeleton import Skeleton
from workbench.ui.widgets.stepper import Stepper
from workbench.ui.widgets.text import PageHeader, SectionHeader, label
from workbench.ui.widgets.timeline import Entry, TimelineView

_TITLES = (
    "Yksityistien perusparannusavustus, Kivikankaan tiekunta",
    "Oikaisuvaatimus rakennusluvasta, Halsuantie 214",
    "Talousarvion 2027 valmistelu",
    "Koululaisten iltapäivätoiminnan järjestäminen",
    "Lausuntopyyntö: tuulivoima-alueen osayleiskaava, Lestijärvi",
    "Vesihuoltolaitoksen maksujen tarkistaminen",
    "Kuntalaisaloite: kevyen liikenteen väylä Räyringin koululle",
    "Määräaikainen virkavapaus, tekninen johtaja",
)
_STATES = (
    ("waiting", "valmistelussa"),
    ("ok", "päätetty"),
    ("warning", "kiireinen"),
    ("stop", "myöhässä"),
)
_PEOPLE = ("Aino Aho", "Eero Känsälä", "Maija-Liisa Hietaniemi", "Teuvo Pajala")


@dataclass(frozen=True)
class Row:
    """A made-up case."""

    number: str
    title: str
    handler: str
    day: str
    state: str
    word: str


def load(_reader: Any, ids: Sequence[int]) -> Mapping[int, Row]:
    """Rows of these ids."""
    return {
        n: Row(
            f"{n}/10.03.0{n % 4}/2026",
            _TITLES[n % len(_TITLES)],
            _PEOPLE[n % len(_PEOPLE)],
            f"{n % 28 + 1}.{n % 12 + 1}.2026",
            *_STATES[n * 7 % len(_STATES)],
        )
        for n in ids
    }


def columns() -> list[Column]:
    """Columns of the list of cases."""
    return [
        Column("number", _("Asiatunnus"), lambda r: r.number, 150, sort="number", strong=True),
        Column("title", _("Otsikko"), lambda r: r.title, 260, sort="title", stretch=True),
        Column(
            "handler", _("Käsittelijä"), lambda r: r.handler, 140, sort="handler", icon=lambda _r: "person"
        ),
        Column("day", _("Määräaika"), lambda r: r.day, 96, sort="day", right=True, fold=1),
        Column("state", _("Tila"), lambda r: _(r.word), 156, state=lambda r: r.state, fold=3),
    ]


def entries() -> list[Entry]:
    """A case's life."""
    return [
        Entry("1", "24.11.2026", "9.30", "letter", _("Lausunto saapui"), _("Etelä-Pohjanmaan ELY-keskus puoltaa avustusta sillä ehdolla, että tien kantavuus mitataan ennen töiden aloittamista. Liitteenä kantavuuslaskelma ja kartta."), "Aino Aho", "ok"),
        Entry("2", "24.11.2026", "8.15", "note", _("Muistiinpano"), _("Tiekunnan puheenjohtaja soitti: urakoitsija vaihtuu."), "Eero Känsälä"),
        Entry("3", "12.11.2026", "", "deadline", _("Lausunnon määräaika"), "", "", "warning"),
        Entry("4", "2.11.2026", "14.02", "send", _("Lausuntopyyntö lähetettiin"), _("Sähköpostilla kirjaamoon."), "Aino Aho", "waiting"),
        Entry("5", "28.10.2026", "10.40", "register", _("Asia tuli vireille"), _("Hakemus saapui postitse, kolme liitettä."), "Aino Aho"),
    ]  # fmt: skip


class DeskPage(QWidget):
    """The desk: four columns of work."""

    def __init__(self, ui: Ui) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(XL, XL, XL, XL)
        layout.setSpacing(L)
        header = PageHeader(_("Työpöytä"), _("tiistai 24.11.2026"))
        header.add(ui.actions.button("demo.new", primary=True))
        layout.addWidget(header)
        row = QHBoxLayout()
        row.setSpacing(L)
        for title, mark, empty, cards in (
            (_("Saapuneet"), "arrivals", _("Kaikki on kirjattu."),
             [Card(f"a{n}", t, _("posti 24.11."), *s) for n, (t, s) in enumerate(zip(_TITLES, [("", _("kirjaamatta"))] * 8, strict=True))]),
            (_("Tänään ja myöhässä"), "deadline", _("Ei määräaikoja tänään."),
             [Card("b1", _TITLES[1], "14/10.03/2026", "stop", _("myöhässä 3 pv")), Card("b2", _TITLES[4], "8/10.02/2026", "warning", _("tänään"))]),
            (_("Odottaa minua"), "approve", _("Kukaan ei odota sinua."),
             [Card("c1", _TITLES[2], _("hyväksyntä"), "waiting", _("2 pv"))]),
            (_("Seuraavat kokoukset"), "meetings", _("Kun toimielin kutsutaan koolle, kokous näkyy tässä."), []),
        ):  # fmt: skip
            column = CardColumn(title, mark, empty)
            column.set_cards(cards, 23 if len(cards) > 5 else None)
            row.addWidget(column, 1)
        layout.addLayout(row, 1)


class CasesPage(QWidget):
    """A list with facets, and a case beside it."""

    def __init__(self, ui: Ui) -> None:
        super().__init__()
        model = LazyTableModel(columns(), load, ui.tasks, self)
        table = DataTable(model, "cases", ui.settings)
        table.set_copy_text(lambda row: f"{row.number} {row.title}")
        table.set_context_actions(ui.actions, ["demo.new", "", "demo.sign"])
        empty = EmptyState(
            _("Ei asioita"),
            _("Asiat tulevat tähän, kun saapunut asiakirja rekisteröidään."),
            ui.actions.button("demo.new"),
        )
        pane = ListPane(table, model, empty)
        facets = FacetList([
            Facet("state", _("Tila"), tuple(FacetValue(w, _(w), 3 * n + 2) for n, (_s, w) in enumerate(_STATES))),
            Facet("handler", _("Käsittelijä"), tuple(FacetValue(p, p, 40 - 9 * n) for n, p in enumerate(_PEOPLE))),
        ])  # fmt: skip
        facets.setFixedWidth(190)
        left = QWidget()
        row = QHBoxLayout(left)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(facets)
        row.addWidget(pane, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(ListDetail("cases", left, self._detail(ui), ui.settings, share=0.58))
        model.set_ids(array("q", range(1, 1_000_001)))
        model.propose_ids(array("q", range(1, 1_000_004)), 3)
        self.table = table

    def _detail(self, ui: Ui) -> QWidget:
        detail = QWidget()
        detail.setProperty("role", "surface")
        detail.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(detail)
        layout.setContentsMargins(XL, L, XL, L)
        layout.setSpacing(M)
        header = PageHeader(_TITLES[0], "12/10.03.03/2026 · Veteli")
        header.title.setWordWrap(True)
        layout.addWidget(header)
        row = QHBoxLayout()
        row.setSpacing(S)
        row.addWidget(ui.actions.button("demo.sign", primary=True))
        row.addWidget(ui.actions.button("demo.new"))
        row.addWidget(ui.actions.tool_button("help.shortcuts"))
        row.addStretch(1)
        row.addWidget(Pill("warning", _("määräaika 2 pv")))
        layout.addLayout(row)
        layout.addWidget(
            Stepper([_("Vireille"), _("Valmistelu"), _("Päätös"), _("Tiedoksianto"), _("Toimeenpano")], 1)
        )
        layout.addWidget(KeyValue([
            (_("Käsittelijä"), "Aino Aho"), (_("Vireillepanija"), "Kivikankaan tiekunta"),
            (_("Julkisuusluokka"), _("julkinen")), (_("Säilytysaika"), _("10 vuotta päätöksestä")),
        ]))  # fmt: skip
        tabs = QTabBar()
        tabs.setExpanding(False)
        tabs.setDrawBase(False)
        tabs.setAccessibleName(_("Asian osat"))
        for name in (_("Tapahtumat"), _("Asiakirjat"), _("Asianosaiset")):
            tabs.addTab(name)
        layout.addWidget(tabs)
        layout.addWidget(TimelineView(entries()), 1)
        return detail


def people(typed: str, give: Give) -> None:
    """Made-up people that match."""
    give([Choice(name, name, "kirjaamo") for name in _PEOPLE if typed.lower() in name.lower()])


class WidgetsPage(QWidget):
    """Every small widget on one sheet."""

    def __init__(self, ui: Ui) -> None:
        super().__init__()
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(XL, XL, XL, XL)
        grid.setHorizontalSpacing(XL)
        grid.setVerticalSpacing(L)
        grid.addWidget(PageHeader(_("Osat"), _("Kaikki, mistä sivut rakentuvat")), 0, 0, 1, 2)
        grid.addLayout(self._left(ui), 1, 0)
        grid.addLayout(self._right(ui), 1, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(2, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName(_("Osat"))
        area.setWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def _left(self, ui: Ui) -> QVBoxLayout:
        box = QVBoxLayout()
        box.setSpacing(M)
        box.addWidget(SectionHeader(_("Painikkeet")))
        row = QHBoxLayout()
        row.setSpacing(S)
        row.addWidget(ui.actions.button("demo.sign", primary=True))
        row.addWidget(ui.actions.button("demo.new"))
        row.addWidget(ui.actions.button("demo.off"))
        quiet = QPushButton(_("Näytä kaikki"))
        quiet.setProperty("quiet", True)
        row.addWidget(quiet)
        danger = QPushButton(_("Hävitä"))
        danger.setProperty("danger", True)
        danger.setIcon(icon("delete", "stop"))
        row.addWidget(danger)
        row.addStretch(1)
        box.addLayout(row)
        row = QHBoxLayout()
        row.setSpacing(S)
        for state, word in (
            ("ok", _("valmis")),
            ("waiting", _("odottaa")),
            ("warning", _("määräaika lähellä")),
            ("stop", _("estetty")),
            ("", _("luonnos")),
        ):
            row.addWidget(Pill(state, word))
        chip = QPushButton(_("3 uutta"))
        chip.setProperty("chip", True)
        row.addWidget(chip)
        row.addStretch(1)
        box.addLayout(row)
        box.addWidget(SectionHeader(_("Epävarmuus")))
        box.addWidget(ConfidenceMark("sure", _("asiatunnus on otsikossa")))
        box.addWidget(ConfidenceMark("likely", _("sama lähettäjä ja tunnus aiheessa")))
        box.addWidget(ConfidenceMark("unsure", _("vain yksi yhteinen sana")))
        box.addWidget(SectionHeader(_("Vaiheet")))
        box.addWidget(
            Stepper([_("Vireille"), _("Valmistelu"), _("Päätös"), _("Tiedoksianto"), _("Toimeenpano")], 2)
        )
        box.addWidget(SectionHeader(_("Tietoja haetaan")))
        bars = Skeleton()
        bars.setFixedHeight(170)
        box.addWidget(bars)
        box.addStretch(1)
        return box

    def _right(self, ui: Ui) -> QVBoxLayout:
        box = QVBoxLayout()
        box.setSpacing(M)
        box.addWidget(SectionHeader(_("Lomake")))
        form = QFormLayout()
        form.setHorizontalSpacing(L)
        form.setVerticalSpacing(M)
        title = QLineEdit(_TITLES[0])
        title.setAccessibleName(_("Otsikko"))
        form.addRow(label(_("Otsikko"), "soft"), title)
        wrong = QLineEdit("123")
        wrong.setAccessibleName(_("Y-tunnus"))
        error = ErrorLabel(wrong)
        error.show_error(_("Y-tunnus on muotoa 1234567-8. Tarkista numerot."))
        both = QVBoxLayout()
        both.setSpacing(0)
        both.addWidget(wrong)
        both.addWidget(error)
        form.addRow(label(_("Y-tunnus"), "soft"), both)
        person = SearchSelect(people, _("Käsittelijä"))
        form.addRow(label(_("Käsittelijä"), "soft"), person)
        day = DateField(_("Määräaika"), lambda: date(2026, 11, 24))
        day.set_day(date(2026, 12, 1))
        form.addRow(label(_("Määräaika"), "soft"), day)
        publicity = QComboBox()
        publicity.addItems([_("julkinen"), _("osittain salassa pidettävä"), _("salassa pidettävä")])
        publicity.setAccessibleName(_("Julkisuusluokka"))
        form.addRow(label(_("Julkisuusluokka"), "soft"), publicity)
        note = QPlainTextEdit(_("Tiekunnan puheenjohtaja soitti: urakoitsija vaihtuu."))
        note.setFixedHeight(64)
        note.setTabChangesFocus(True)
        note.setAccessibleName(_("Muistiinpano"))
        form.addRow(label(_("Muistiinpano"), "soft"), note)
        off = QLineEdit(_("10 vuotta päätöksestä"))
        off.setEnabled(False)
        off.setAccessibleName(_("Säilytysaika"))
        form.addRow(label(_("Säilytysaika"), "soft"), off)
        box.addLayout(form)
        ticks = QHBoxLayout()
        tick = QCheckBox(_("Sisältää henkilötietoja"))
        tick.setChecked(True)
        ticks.addWidget(tick)
        ticks.addWidget(QCheckBox(_("Kiireellinen")))
        one = QRadioButton(_("Posti"))
        one.setChecked(True)
        ticks.addWidget(one)
        ticks.addWidget(QRadioButton(_("Sähköposti")))
        ticks.addStretch(1)
        box.addLayout(ticks)
        box.addWidget(SectionHeader(_("Tyhjä luettelo")))
        box.addWidget(
            EmptyState(
                _("Ei lähteviä kirjeitä"),
                _("Kun päätös annetaan tiedoksi, kirje odottaa tässä lähettämistä."),
                ui.actions.button("demo.new"),
                picture="outgoing",
            )
        )
        box.addStretch(1)
        return box


def specs(done: list[str]) -> list[ActionSpec]:
    """Actions of the gallery."""
    return [
        ActionSpec("demo.new", _("Uusi asia"), "add", _("Avaa uusi asia"), lambda: done.append("new"), "Ctrl+N", group=_("Asiat")),
        ActionSpec("demo.sign", _("Allekirjoita"), "sign", _("Allekirjoita päätös"), lambda: done.append("sign"), "Ctrl+Return", group=_("Päätökset")),
        ActionSpec("demo.off", _("Lähetä"), "send", _("Lähetä kirje"), lambda: done.append("send"), "Ctrl+Shift+L",
                   lambda: _("Kirjettä ei voi lähettää: vastaanottajan osoite puuttuu."), _("Lähtevät")),
    ]  # fmt: skip


def pages() -> list[PageSpec]:
    """The rail in full; three pages are real."""

    def none(_ui: Ui) -> QWidget:
        return EmptyState(_("Ei vielä mitään"), _("Tämä sivu ei kuulu näytteeseen."))

    return [
        PageSpec("desk", _("Työpöytä"), "desk", DeskPage),
        PageSpec("arrivals", _("Saapuneet"), "arrivals", WidgetsPage),
        PageSpec("cases", _("Asiat"), "cases", CasesPage, kinds=("case",)),
        PageSpec("decisions", _("Päätökset"), "decisions", none),
        PageSpec("meetings", _("Kokoukset"), "meetings", none),
        PageSpec("outgoing", _("Lähtevät"), "outgoing", none),
        PageSpec("substitutes", _("Sijaisuudet"), "substitutes", none),
        PageSpec("archive", _("Arkisto"), "archive", none),
        PageSpec("settings", _("Asetukset"), "settings", none, at_bottom=True),
    ]


VETELI = Acting("924", "Veteli", "kirjaamo")
AS_SUBSTITUTE = Acting("924", "Veteli", "", "Vetelin kunnan puolesta 1.–14.7.", "2026-031", "236")


def build() -> MainWindow:
    """The whole window with made-up matter."""
    done: list[str] = []
    tasks = Tasks(lambda command: command, lambda: nullcontext(None))
    actions = ActionRegistry()
    actions.add(*specs(done))
    window = MainWindow(tasks=tasks, jobs=Jobs(), actions=actions, settings=Forgetful(), clock=SystemClock(),
                        pages=pages(), demo=True)  # fmt: skip
    window.set_acting([VETELI, AS_SUBSTITUTE], VETELI)
    window.rail.set_count("arrivals", 23)
    return window


def take_shots(app: QApplication, folder: Path) -> None:
    """Pictures of everything."""
    theme = Theme(app, "light")
    window = build()
    for page in ("desk", "arrivals", "cases"):
        window.open_page(page)
        if page == "cases":
            table = window.host.page("cases").table  # type: ignore[attr-defined]
            picture(window)
            wait(app)
            table.select_id(4)
            table.setFocus()
        shoot(f"shell-{page}", window, theme, folder, themes=("light", "dark", "contrast"))
    theme.choose("light")
    window.set_acting([VETELI, AS_SUBSTITUTE], AS_SUBSTITUTE)
    window.toasts.show(
        "Rekisteröity 12/10.03.03/2026", ((_("Korjaa…"), lambda: None), (_("Näytä"), lambda: None))
    )
    window.toasts.show("Kirjettä ei voi lähettää: vastaanottajan osoite puuttuu.", (), "warning")
    window.banner.set_trouble("Levy on täynnä, joten tallennus odottaa. Vapauta tilaa kotikansiosta.")
    window.set_sync("odottaa yhteyttä, 3 lähettämättä", "warning")
    shoot("shell-substitute", window, theme, folder, scales=(100,))
    window.banner.set_trouble("")
    window.palette_.open()
    shoot("shell-palette", window, theme, folder, scales=(100,))
    window.palette_.field.setText("lähe")
    shoot("shell-palette-typed", window, theme, folder, scales=(100,), themes=("light",))
    window.palette_.close_panel()
    window.sheet.open()
    shoot("shell-shortcuts", window, theme, folder, scales=(100,))
    window.sheet.close_panel()
    dialog = ReasonDialog(
        None,
        "Pyydä esittelijän muutosta",
        "Perustelu tulee pöytäkirjaan ja näkyy asianosaisille.",
        deed="Pyydä",
        suggestions=("Uusi selvitys on saapunut", "Laskelmassa on virhe"),
    )
    dialog.adjustSize()
    shoot("dialog-reason", dialog, theme, folder, scales=(100,), size=dialog.size())
    window.resize(1024, 700)
    window.open_page("cases")
    shoot("shell-small", window, theme, folder, scales=(100,), themes=("light",), size=QSize(1024, 700))
    window.close()


def wait(app: QApplication) -> None:
    """Let late rows come."""
    for _round in range(20):
        app.processEvents()
        time.sleep(0.01)


def main() -> None:
    """Open the gallery, or take its pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shots", type=Path)
    asked = parser.parse_args()
    app = QApplication(sys.argv[:1])
    if asked.shots:
        take_shots(app, asked.shots)
        return
    Theme(app)
    window = build()
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.show()
    sys.exit(app.exec())


if __name__ == "__main__":
    main()
