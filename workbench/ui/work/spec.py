"""The desk's place in the rail."""

from __future__ import annotations

from workbench.desk import Desk
from workbench.i18n import _
from workbench.ui.shell.pages import Factory, Lazy, PageSpec


def work_page(desk: Desk) -> PageSpec:
    """Työpöytä: what waits."""

    def load() -> Factory:
        from workbench.ui.work.page import WorkPage

        return lambda ui: WorkPage(ui, desk)

    return PageSpec(
        "work",
        _("Työpöytä"),
        "desk",
        Lazy(load),
        help=_("Mitä odottaa, mikä on myöhässä ja mitä seuraavaksi"),
        words=(_("etusivu"), _("tehtävät")),
    )
