"""The sections of the settings by name: the list at the left and the commands of the palette are made from it."""

from __future__ import annotations

from workbench.i18n import _
from workbench.ui.shell.pages import PagePart

SECTIONS = ("looks", "me", "municipality", "staff", "plan", "post", "safety", "about")
"""Their ids, in order."""


def sections() -> tuple[PagePart, ...]:
    """Every section, in the language in use."""
    made = {
        "looks": PagePart("looks", _("Ulkoasu"), "theme", (_("teema"), _("pikanäppäimet"), _("kieli"))),
        "me": PagePart("me", _("Minä"), "person", (_("omat roolit"), _("oikeudet"))),
        "municipality": PagePart(
            "municipality", _("Kunta"), "municipality",
            (_("aukiolo"), _("sulkuajat"), _("numerosarja"), _("toimialat")),
        ),
        "staff": PagePart("staff", _("Henkilöstö"), "people", (_("roolit"), _("käyttöoikeudet"))),
        "plan": PagePart("plan", _("Tiedonohjaus"), "class", (_("tehtäväluokat"), _("säilytysajat"))),
        "post": PagePart(
            "post", _("Valvottu kansio"), "arrivals", (_("skanneri"), _("saapuneet"), _("kansion valvonta")),
        ),
        "safety": PagePart(
            "safety", _("Varmuuskopiot ja tarkistus"), "backup", (_("palautusavain"), _("varmuuskopio")),
        ),
        "about": PagePart("about", _("Tietoja"), "info", (_("versio"), _("lisenssi"))),
    }  # fmt: skip
    return tuple(made[id_] for id_ in SECTIONS)
