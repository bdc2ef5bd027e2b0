"""The window's own actions, by data: pages, history, undo, palette, help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from workbench.i18n import _
from workbench.ui.actions import ActionSpec, Enabled
from workbench.ui.shell.pages import PageHost, PageSpec

if TYPE_CHECKING:
    from workbench.ui.shell.window import MainWindow


def page_actions(pages: Sequence[PageSpec], open_page: Callable[[str], None]) -> list[ActionSpec]:
    """One action a page; the first nine by Ctrl+number."""
    made = []
    numbers = iter(range(1, 10))
    for spec in pages:
        number = "" if spec.at_bottom or not spec.in_rail else str(next(numbers, ""))
        made.append(
            ActionSpec(
                f"page.{spec.id}",
                spec.title,
                spec.icon,
                spec.help or _("Avaa sivu {title}").format(title=spec.title),
                partial(open_page, spec.id),
                shortcut=f"Ctrl+{number}" if number else "Ctrl+," if spec.id == "settings" else "",
                group=_("Sivut"),
                words=spec.words,
            )
        )
    return made


def part_actions(pages: Sequence[PageSpec], host: PageHost) -> list[ActionSpec]:
    """One action for each named part of a page, and one for each thing to do there."""
    made = []
    for spec in pages:
        for part in spec.parts:
            made.append(
                ActionSpec(
                    f"page.{spec.id}.{part.id}",
                    _("{page}: {part}").format(page=spec.title, part=part.title),
                    part.icon,
                    _("Avaa sivun {page} osa {part}").format(page=spec.title, part=part.title),
                    partial(host.open, spec.id, part.id),
                    group=spec.title,
                    words=(part.title, *part.words),
                )
            )
            made += [
                ActionSpec(
                    f"page.{spec.id}.{part.id}.{deed.id}", deed.title, deed.icon, deed.help,
                    partial(_do_in_part, host, spec.id, part.id, deed.id), group=spec.title, words=deed.words,
                )
                for deed in part.deeds
            ]  # fmt: skip
    return made


def _do_in_part(host: PageHost, page: str, part: str, deed: str) -> None:
    host.open(page, part)
    doer: Any = host.page(page)
    doer.do(part, deed)


def window_actions(window: MainWindow) -> list[ActionSpec]:
    """History, undo, palette, help and the ways between parts of the window."""
    host, undo = window.host, window.undo
    here, general = _("Liikkuminen"), _("Ikkuna")

    def back() -> Enabled:
        return True if host.can_go_back() else _("Et ole vielä käynyt muualla.")

    def forward() -> Enabled:
        return True if host.can_go_forward() else _("Edempänä ei ole mitään.")

    def toast() -> Enabled:
        return True if window.toasts.newest() else _("Ilmoituksia ei ole näkyvissä.")

    return [
        ActionSpec("palette.open", _("Etsi tai anna komento"), "search",
                   _("Etsi asioita, asiakirjoja ja komentoja"), window.palette_.open, "Ctrl+K",
                   group=general),
        ActionSpec("edit.undo", _("Kumoa"), "undo", _("Kumoa viimeksi tehty"), undo.undo, "Ctrl+Z",
                   undo.can_undo, general, (_("peru"),)),
        ActionSpec("edit.redo", _("Tee uudelleen"), "redo", _("Tee kumottu uudelleen"), undo.redo, "Ctrl+Y",
                   undo.can_redo, general, more_shortcuts=("Ctrl+Shift+Z",)),
        ActionSpec("help.shortcuts", _("Pikanäppäimet"), "keyboard", _("Näytä kaikki pikanäppäimet"),
                   window.sheet.open, "F1", group=general, words=(_("ohje"), _("apua"))),
        ActionSpec("go.back", _("Takaisin"), "back", _("Palaa edelliseen paikkaan"), host.back, "Alt+Left",
                   back, here),
        ActionSpec("go.forward", _("Eteenpäin"), "forward", _("Mene paikkaan, josta palasit"), host.forward,
                   "Alt+Right", forward, here),
        ActionSpec("go.part", _("Vaihda ikkunan osaa"), "columns",
                   _("Siirry sivupalkin ja sivun välillä"), window.next_part, "F6", group=here),
        ActionSpec("go.toast", _("Siirry ilmoitukseen"), "info", _("Vie kohdistus uusimpaan ilmoitukseen"),
                   window.toasts.focus_newest, "F8", toast, here),
        ActionSpec("acting.choose", _("Vaihda, kenen puolesta toimit"), "municipality",
                   _("Valitse kunta ja tehtävä, jossa toimit"), window.top.open_acting_menu, "Ctrl+Shift+K",
                   group=general, words=(_("kunta"), _("sijainen"))),
        ActionSpec("jobs.show", _("Näytä keskeneräiset työt"), "jobs", _("Luettelo pitkistä töistä"),
                   window.status.open_jobs, "Ctrl+J",
                   lambda: True if window.jobs.unfinished() else _("Töitä ei ole kesken."), general),
    ]  # fmt: skip
