"""What can be done on the page, as data: buttons, keys, palette and the shortcut sheet are made from it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from workbench.i18n import _
from workbench.ui.actions import ActionSpec, Enabled

if TYPE_CHECKING:
    from workbench.ui.intake.page import ArrivalsPage

PAGE = "arrivals"


def page_actions(page: ArrivalsPage) -> list[ActionSpec]:
    """Actions of Saapuneet."""
    group = _("Saapuneet")

    def waiting() -> Enabled:
        return (
            True if page.current() is not None else _("Valitse ensin saapunut, joka odottaa rekisteröintiä.")
        )

    def stored() -> Enabled:
        current = page.current()
        return True if current is not None and current.bundle.id else _("Valitse ensin saapunut luettelosta.")

    def several() -> Enabled:
        return True if len(page.chosen_ids()) > 1 else _("Valitse luettelosta ainakin kaksi saapunutta.")

    def state(wanted: str, why: str) -> Enabled:
        bundle = page.handled()
        return True if bundle is not None and bundle.arrival.row.state == wanted else why

    def duplicate() -> Enabled:
        current = page.current()
        found = current is not None and current.bundle.proposal.duplicate is not None
        return True if found else _("Samaa asiakirjaa ei ole rekisterissä.")

    def spec(
        name: str,
        text: str,
        mark: str,
        help_: str,
        run: object,
        key: str = "",
        enabled: object = None,
        *more: str,
    ) -> ActionSpec:
        return ActionSpec(
            f"{PAGE}.{name}", text, mark, help_, run, key, enabled or (lambda: True), group,  # type: ignore[arg-type]
            scope=PAGE, more_shortcuts=more,
        )  # fmt: skip

    return [
        spec("register", _("Rekisteröi"), "register", _("Rekisteröi ja avaa seuraava saapunut"),
             page.deeds.register, "Ctrl+Return", waiting, "Ctrl+Enter"),
        spec("register_chosen", _("Rekisteröi valitut samoin"), "register",
             _("Rekisteröi valitut saapuneet samaan luokkaan tai asiaan"), page.deeds.register_chosen,
             "Ctrl+Shift+Return", several),
        spec("new", _("Uusi asia ilman tiedostoa"), "add", _("Kirjaa suullinen asia tai oma aloite"),
             page.open_blank, "Ctrl+N"),
        spec("pass_on", _("Siirrä kuntaan…"), "transfer", _("Siirrä kirje kuntaan, jolle se kuuluu (HL 21 §)"),
             page.deeds.ask_pass_on, "Ctrl+D", stored),
        spec("set_aside", _("Jätä pois…"), "delete", _("Jätä rekisteröimättä, perustellen"),
             page.deeds.set_aside, "Del", stored),
        spec("take_back", _("Palauta saapuneisiin"), "undo", _("Palauta odottamaan rekisteröintiä"),
             page.deeds.take_back, "Ctrl+Shift+R", partial(state, "set_aside", _("Tätä ei ole jätetty rekisteröimättä."))),
        spec("destroy", _("Hävitä…"), "delete", _("Hävitä lopullisesti, perustellen"),
             page.deeds.destroy, "Shift+Del", partial(state, "set_aside", _("Vain pois jätetyn voi hävittää tässä."))),
        spec("show_case", _("Näytä asia"), "case", _("Avaa asia, johon tämä on rekisteröity"),
             page.deeds.show_case, "Ctrl+Shift+A", partial(state, "registered", _("Tätä ei ole vielä rekisteröity."))),
        spec("show_duplicate", _("Avaa sama asiakirja"), "case", _("Avaa asia, jossa sama asiakirja jo on"),
             page.deeds.show_duplicate, "Ctrl+Shift+D", duplicate),
        spec("walk", _("Kaikki kentät"), "columns", _("Sarkain käy kaikissa kentissä tai vain epävarmoissa"),
             page.toggle_walk, "Shift+F6"),
        spec("mode", _("Vaihda: uusi tai vireillä oleva asia"), "refresh",
             _("Avaa uusi asia tai rekisteröi vireillä olevaan"), page.toggle_mode, "Ctrl+M", waiting),
        *(
            spec(f"class{n + 1}", _("Ehdotettu luokka {n}").format(n=n + 1), "class",
                 _("Valitse ehdotettu tehtäväluokka {n}").format(n=n + 1), partial(page.pick_class, n),
                 f"Alt+{n + 1}", waiting)
            for n in range(3)
        ),
        spec("next", _("Seuraava saapunut"), "down", _("Siirry luettelossa seuraavaan"),
             partial(page.step, 1), "Ctrl+Down"),
        spec("back", _("Edellinen saapunut"), "up", _("Siirry luettelossa edelliseen"),
             partial(page.step, -1), "Ctrl+Up"),
        spec("file_next", _("Seuraava tiedosto"), "right", _("Näytä saapuneen seuraava liite"),
             partial(page.view.step_file, 1), "Ctrl+PgDown"),
        spec("file_back", _("Edellinen tiedosto"), "left", _("Näytä saapuneen edellinen tiedosto"),
             partial(page.view.step_file, -1), "Ctrl+PgUp"),
    ]  # fmt: skip
