"""The place of the settings at the bottom of the rail. The page itself is imported when first opened, so that
the window's start does not pay for it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from workbench.desk import Desk
from workbench.i18n import _
from workbench.ui.settings.sections import sections
from workbench.ui.shell import PageSpec, Ui
from workbench.ui.theme.manager import Theme


def settings_page(desk: Desk, theme: Theme) -> PageSpec:
    """Asetukset, by Ctrl+comma."""

    def make(ui: Ui) -> QWidget:
        from workbench.ui.settings.page import SettingsPage

        return SettingsPage(ui, desk, theme)

    return PageSpec(
        "settings",
        _("Asetukset"),
        "settings",
        make,
        help=_("Ulkoasu, omat tiedot, kunta, henkilöstö, tiedonohjaus ja varmuuskopiot"),
        at_bottom=True,
        parts=sections(),
    )
