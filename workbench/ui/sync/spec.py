"""The page of conflicts: opened from the band's popup, the palette and notices; the rail has no room for what is
seldom there."""

from __future__ import annotations

from workbench.desk import Desk
from workbench.i18n import _
from workbench.ui.shell.pages import Factory, Lazy, PageSpec


def conflicts_page(desk: Desk) -> PageSpec:
    """Ristiriidat."""

    def load() -> Factory:
        from workbench.ui.sync.page import ConflictsPage

        return lambda ui: ConflictsPage(ui, desk)

    return PageSpec(
        "conflicts",
        _("Ristiriidat"),
        "conflicts",
        Lazy(load),
        help=_("Samaan tietoon tehdyt muutokset, jotka odottavat ratkaisuasi"),
        words=(_("synkronointi"), _("hyväksymättä")),
        in_rail=False,
    )
