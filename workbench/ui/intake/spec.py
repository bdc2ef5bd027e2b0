"""The page's place in the rail, right under the desk."""

from __future__ import annotations

from workbench.desk import Desk
from workbench.i18n import _
from workbench.ui.intake.pageactions import PAGE
from workbench.ui.papers.working_copy import Programs
from workbench.ui.shell.pages import Factory, Lazy, PageSpec


def arrivals_page(desk: Desk, programs: Programs) -> PageSpec:
    """Saapuneet: what has arrived and waits to be registered."""

    def load() -> Factory:
        from workbench.ui.intake.page import ArrivalsPage

        return lambda ui: ArrivalsPage(ui, desk, programs)

    return PageSpec(
        PAGE,
        _("Saapuneet"),
        "arrivals",
        Lazy(load),
        roles=frozenset({"registrar"}),
        kinds=("arrival",),
        help=_("Rekisteröi saapunut posti"),
        words=(_("posti"), _("kirjaaminen"), _("rekisteröinti")),
    )
