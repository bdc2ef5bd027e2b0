"""The place of the settings at the bottom of the rail."""

from __future__ import annotations

from workbench.desk import Desk
from workbench.i18n import _
from workbench.ui.settings.sections import sections
from workbench.ui.shell.pages import Factory, Lazy, PageSpec
from workbench.ui.sync.services import SyncServices
from workbench.ui.theme.manager import Theme


def settings_page(desk: Desk, theme: Theme, sync: SyncServices) -> PageSpec:
    """Asetukset, by Ctrl+comma."""

    def load() -> Factory:
        from workbench.ui.settings.page import SettingsPage

        return lambda ui: SettingsPage(ui, desk, theme, sync)

    return PageSpec(
        "settings",
        _("Asetukset"),
        "settings",
        Lazy(load),
        help=_("Ulkoasu, omat tiedot, kunta, henkilöstö, tiedonohjaus ja varmuuskopiot"),
        at_bottom=True,
        parts=sections(),
    )
