"""The page's place in the rail."""

from __future__ import annotations

from workbench.desk import Desk
from workbench.i18n import _
from workbench.ui.cases.actions import SCOPE
from workbench.ui.papers.working_copy import Programs
from workbench.ui.shell.pages import Factory, Lazy, PageSpec


def cases_page(desk: Desk, programs: Programs) -> PageSpec:
    """Asiat: the list and one case."""

    def load() -> Factory:
        from workbench.ui.cases.page import CasesPage

        return lambda ui: CasesPage(ui, desk, programs)

    return PageSpec(
        SCOPE,
        _("Asiat"),
        "cases",
        Lazy(load, "workbench.ui.cases.view"),
        kinds=("case_file",),
        help=_("Luettelo asioista ja yksi asia kokonaan"),
        words=(_("diaari"), _("rekisteri"), _("dno")),
    )
