"""The sections of the settings by name: the list at the left and the commands of the palette are made from it."""

from __future__ import annotations

from workbench.i18n import _
from workbench.ui.shell.pages import PagePart, PartDeed

SECTIONS = ("looks", "me", "municipality", "staff", "plan", "post", "server", "safety", "about")
"""Their ids, in order."""


def sections() -> tuple[PagePart, ...]:
    """Every section, in the language in use."""
    made = {
        "looks": PagePart("looks", _("Ulkoasu"), "theme", (_("teema"), _("pikanäppäimet"), _("kieli"))),
        "me": PagePart("me", _("Minä"), "person", (_("omat roolit"), _("oikeudet"))),
        "municipality": PagePart(
            "municipality", _("Kunta"), "municipality",
            (_("aukiolo"), _("sulkuajat"), _("numerosarja"), _("toimialat")),
            (PartDeed("another", _("Ota kunta käyttöön…"), "municipality",
                      _("Ota toinen kunta käyttöön tähän tietovarastoon"), (_("uusi kunta"),)),),
        ),
        "staff": PagePart("staff", _("Henkilöstö"), "people", (_("roolit"), _("käyttöoikeudet"))),
        "plan": PagePart("plan", _("Tiedonohjaus"), "class", (_("tehtäväluokat"), _("säilytysajat"))),
        "post": PagePart(
            "post", _("Valvottu kansio"), "arrivals", (_("skanneri"), _("saapuneet"), _("kansion valvonta")),
            (PartDeed("choose", _("Valitse valvottu kansio…"), "open",
                      _("Valitse kansio, josta tiedostot tulevat saapuneisiin")),),
        ),
        "server": PagePart(
            "server", _("Palvelin"), "online",
            (_("synkronointi"), _("liitä palvelimeen"), _("työasemat"), _("kirjaudu")),
        ),
        "safety": PagePart(
            "safety", _("Varmuuskopiot ja tarkistus"), "backup", (_("palautusavain"), _("varmuuskopio")),
            (
                PartDeed("backup", _("Tee varmuuskopio nyt"), "backup", _("Tee varmuuskopio heti")),
                PartDeed("check", _("Tarkista tietovarasto"), "approve",
                         _("Käy läpi tietokanta, tapahtumaloki ja tiedostot")),
                PartDeed("key", _("Tee uusi palautusavain…"), "secret", _("Vaihda palautusavain uuteen")),
            ),
        ),
        "about": PagePart("about", _("Tietoja"), "info", (_("versio"), _("lisenssi"))),
    }  # fmt: skip
    return tuple(made[id_] for id_ in SECTIONS)
