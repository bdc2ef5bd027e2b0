"""Every action of the pages Asiat and Asia, as data. Each is reachable by keyboard, menu and palette, and
says why when it cannot be used."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from workbench.i18n import _
from workbench.ui.actions import ActionRegistry, ActionSpec, Enabled

if TYPE_CHECKING:
    from workbench.ui.cases.page import CasesPage

SCOPE = "cases"
TABS = ("timeline", "documents", "parties", "tasks", "data", "history")


class Gate(QObject):
    """Joins the actions to the page, which may not have been made yet. One for each registry."""

    def __init__(self, actions: ActionRegistry) -> None:
        super().__init__(actions)
        self.page: CasesPage | None = None
        self.make: Callable[[], CasesPage] | None = None

    def can(self, id_: str) -> Enabled:
        """Whether an action can be used."""
        if self.page is None:
            return _("Avaa ensin asia.")
        return self.page.deeds.can(id_)

    def do(self, id_: str) -> None:
        """Do an action."""
        page = self.page or (self.make() if self.make else None)
        if page is not None:
            page.deeds.do(id_)


def install(actions: ActionRegistry) -> Gate:
    """Register the actions, once for a registry; the page and the window both may come first."""
    gate = actions.findChild(Gate)
    if isinstance(gate, Gate):
        return gate
    gate = Gate(actions)
    actions.add(
        *_adding(gate), *_handling(gate), *_parts(gate), *_correcting(gate), *_list(gate), *_tabs(gate)
    )
    return gate


def _spec(
    gate: Gate,
    id_: str,
    text: str,
    icon: str,
    help_: str,
    keys: str,
    group: str,
    words: tuple[str, ...] = (),
) -> ActionSpec:
    return ActionSpec(
        id_, text, icon, help_, lambda: gate.do(id_), keys, lambda: gate.can(id_), group, words, SCOPE
    )  # fmt: skip


def _adding(gate: Gate) -> list[ActionSpec]:
    make, group = partial(_spec, gate), _("Lisää asiaan")
    return [
        make("case.note", _("Lisää muistiinpano…"), "note", _("Kirjoita muistiinpano asiaan"), "Ctrl+M", group),
        make("case.task", _("Lisää tehtävä…"), "task", _("Lisää asiaan tehtävä"), "Ctrl+T", group),
        make("case.action", _("Lisää toimenpide…"), "phase", _("Kirjaa tai suunnittele toimenpide"), "Ctrl+Shift+T",
             group),
        make("case.party", _("Lisää osapuoli…"), "party", _("Lisää asiaan osapuoli"), "Ctrl+Shift+O", group,
             (_("asianosainen"), _("vireillepanija"), _("asiamies"))),
        make("case.document", _("Lisää asiakirja…"), "document", _("Lisää asiakirja tiedostosta"),
             "Ctrl+D", group, (_("liite"),)),
        make("case.link", _("Lisää liittyvä asia…"), "link", _("Liitä toiseen asiaan"), "Ctrl+Shift+L", group),
    ]  # fmt: skip


def _handling(gate: Gate) -> list[ActionSpec]:
    make, group = partial(_spec, gate), _("Käsittely")
    return [
        make("case.hand_over", _("Siirrä toiselle käsittelijälle…"), "assign",
             _("Siirrä asia toiselle käsittelijälle"), "Ctrl+H", group),
        make("case.phase", _("Siirrä vaiheeseen…"), "phase", _("Siirrä asia seuraavaan tai muuhun vaiheeseen"),
             "Ctrl+E", group),
        make("case.reclassify", _("Vaihda tehtäväluokka…"), "class", _("Vaihda asian tehtäväluokka"), "Ctrl+L",
             group),
        make("case.favourite", _("Suosikki"), "pin", _("Lisää suosikkeihin tai poista niistä"), "Ctrl+B", group),
        make("case.watch", _("Seuraa"), "peek", _("Seuraa asiaa tai lopeta seuraaminen"), "Ctrl+Shift+B", group),
        make("case.copy", _("Kopioi tunnus ja otsikko"), "copy",
             _("Kopioi asiatunnus, otsikko ja linkki leikepöydälle"), "Ctrl+Shift+C", group, (_("linkki"),)),
        make("case.close", _("Päätä asia"), "done", _("Päätä asian käsittely"), "Ctrl+Shift+E", group,
             (_("sulje"),)),
        make("case.reopen", _("Avaa uudelleen…"), "unlock", _("Avaa päätetty asia uudelleen"), "", group),
        make("case.publicity", _("Muuta julkisuutta…"), "secret", _("Muuta asian julkisuusluokkaa ja perustetta"),
             "", group, (_("salassapito"),)),
        make("case.give_access", _("Anna oikeus asiaan…"), "assign",
             _("Anna työtoverille oikeus salassa pidettävään asiaan"), "", group),
        make("case.retention", _("Muuta säilytystä…"), "archive", _("Muuta asian säilytysaikaa"), "", group),
    ]  # fmt: skip


def _parts(gate: Gate) -> list[ActionSpec]:
    make, group = partial(_spec, gate), _("Asian osat")
    return [
        make("document.open", _("Avaa ohjelmassa"), "open",
             _("Avaa asiakirja omassa ohjelmassaan; tallennettu tulee uudeksi versioksi"), "Ctrl+Shift+W", group),
        make("document.version", _("Uusi versio…"), "import", _("Tallenna tiedosto asiakirjan uudeksi versioksi"),
             "", group),
        make("document.edit", _("Muuta asiakirjan tietoja…"), "edit", _("Muuta valitun asiakirjan tietoja"), "",
             group),
        make("document.values", _("Asiakirjan julkisuus ja säilytys…"), "secret",
             _("Muuta valitun asiakirjan julkisuutta tai säilytystä"), "", group),
        make("party.edit", _("Muuta osapuolta…"), "edit", _("Muuta valitun osapuolen tietoja"), "", group),
        make("party.remove", _("Poista osapuoli"), "delete", _("Poista vahingossa lisätty osapuoli"), "", group),
        make("case.unlink", _("Poista liitos"), "delete", _("Poista liitos valittuun liittyvään asiaan"), "", group,
             (_("liittyvä asia"),)),
        make("task.complete", _("Merkitse tehdyksi"), "done", _("Merkitse valittu tehtävä tehdyksi"),
             "Ctrl+Shift+D", group),
        make("task.edit", _("Muuta tehtävää…"), "edit", _("Muuta valittua tehtävää"), "", group),
        make("task.remove", _("Poista tehtävä"), "delete", _("Poista tehtävä tai suunniteltu toimenpide, jota ei tehdä"),
             "", group),
    ]  # fmt: skip


def _correcting(gate: Gate) -> list[ActionSpec]:
    make, group = partial(_spec, gate), _("Korjaa…")
    return [
        make("case.edit", _("Muuta tietoja"), "edit", _("Muuta asian tietoja"), "F2", group),
        make("case.arrival_time", _("Korjaa saapumisaika…"), "history",
             _("Korjaa, milloin asiakirja tai asia on saapunut"), "", group, (_("vireilletulo"),)),
        make("document.move", _("Siirrä asiakirjoja toiseen asiaan…"), "move",
             _("Siirrä asiakirjat asiaan, johon ne kuuluvat"), "", group),
        make("case.split", _("Erota uudeksi asiaksi…"), "add", _("Erota asiakirjoja uudeksi asiaksi"), "", group),
        make("case.merge", _("Yhdistä toiseen asiaan…"), "merge", _("Yhdistä kahteen kertaan rekisteröity asia"),
             "", group),
        make("case.transfer", _("Siirrä toiseen kuntaan…"), "transfer",
             _("Siirrä asia kunnalle, jolle se kuuluu"), "", group),
        make("case.void", _("Mitätöi rekisteröinti…"), "reject", _("Mitätöi virheellinen rekisteröinti"), "",
             group, (_("poista"),)),
        make("case.correct", _("Korjaa asiaa…"), "correct", _("Näytä korjaukset"), "Ctrl+R", group),
    ]  # fmt: skip


def _list(gate: Gate) -> list[ActionSpec]:
    make, group = partial(_spec, gate), _("Asialuettelo")
    return [
        make("list.open", _("Avaa asia"), "open", _("Avaa valittu asia (Enter)"), "", group),
        make("list.filter", _("Suodata asioita"), "filter", _("Siirry suodattimeen"), "Ctrl+F", group),
        make("list.facets", _("Rajaa asioita"), "columns", _("Siirry rajauksiin"), "Ctrl+Shift+F", group),
        make("list.clear", _("Poista rajaukset"), "close", _("Näytä kaikki asiat"), "Ctrl+Shift+R", group),
        make("list.fresh", _("Näytä uudet"), "refresh", _("Näytä uudet ja muuttuneet asiat"), "F5", group),
        make("list.save_view", _("Tallenna näkymä…"), "save", _("Tallenna rajaus ja järjestys omaksi näkymäksi"),
             "Ctrl+S", group),
        make("list.views", _("Näkymät"), "peek", _("Avaa tallennettu näkymä"), "Ctrl+Shift+S", group),
        make("list.batch", _("Tee valituille…"), "menu", _("Siirrä, merkitse tai päätä valitut asiat"),
             "Ctrl+Shift+V", group),
        make("list.export_xlsx", _("Vie taulukoksi (XLSX)…"), "export", _("Vie luettelo taulukkotiedostoon"),
             "Ctrl+Shift+X", group, (_("excel"),)),
        make("list.export_csv", _("Vie tekstiksi (CSV)…"), "document", _("Vie luettelo tekstitiedostoon"), "",
             group),
    ]  # fmt: skip


def _tabs(gate: Gate) -> list[ActionSpec]:
    make, group = partial(_spec, gate), _("Asian osat")
    names = (_("Aikajana"), _("Asiakirjat"), _("Osapuolet"), _("Tehtävät"), _("Tiedot"), _("Historia"))
    icons = ("history", "document", "party", "task", "class", "law")
    made = [
        make(f"case.tab.{tab}", name, mark, _("Näytä osa {name}").format(name=name), f"Alt+{n}", group)
        for n, (tab, name, mark) in enumerate(zip(TABS, names, icons, strict=True), 1)
    ]
    return [
        *made,
        make(
            "case.missing",
            _("Mitä puuttuu"),
            "warning",
            _("Siirry luetteloon siitä, mitä puuttuu"),
            "Alt+7",
            group,
        ),
    ]
