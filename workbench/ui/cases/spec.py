"""The page's place in the rail. What the page is made of is imported when it is first opened."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from workbench.desk import Desk
from workbench.i18n import _
from workbench.ui.cases.actions import SCOPE
from workbench.ui.papers.working_copy import Programs
from workbench.ui.shell import PageSpec, Ui


def cases_page(desk: Desk, programs: Programs) -> PageSpec:
    """Asiat: the list and one case."""

    def make(ui: Ui) -> QWidget:
        from workbench.ui.cases.page import CasesPage

        return CasesPage(ui, desk, programs)

    return PageSpec(
        SCOPE,
        _("Asiat"),
        "cases",
        make,
        kinds=("case_file",),
        help=_("Luettelo asioista ja yksi asia kokonaan"),
        words=(_("diaari"), _("rekisteri"), _("dno")),
    )
