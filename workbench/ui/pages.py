"""Every page of the window, in the order of the rail. A page belongs here once it works."""

from __future__ import annotations

from workbench.desk import Desk
from workbench.ui.cases.spec import cases_page
from workbench.ui.intake.spec import arrivals_page
from workbench.ui.papers.working_copy import Programs
from workbench.ui.settings.spec import settings_page
from workbench.ui.shell import PageSpec
from workbench.ui.sync.services import SyncServices
from workbench.ui.sync.spec import conflicts_page
from workbench.ui.theme.manager import Theme
from workbench.ui.work.spec import work_page


def all_pages(desk: Desk, theme: Theme, programs: Programs, sync: SyncServices) -> list[PageSpec]:
    """The pages; each person sees those of her roles."""
    return [
        work_page(desk),
        arrivals_page(desk, programs),
        cases_page(desk, programs),
        conflicts_page(desk),
        settings_page(desk, theme, sync),
    ]
