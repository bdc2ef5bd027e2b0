"""Secrecy grounds (*salassapitoperuste*): the items of section 24.1 of the Publicity Act (621/1999).

A ground is stored as text of one form, ``JulkL (621/1999) 24.1 § 20 kohta``. Items 24–32 protect a person's
private life and are counted from the person's death.
"""

from __future__ import annotations

import re

ITEMS: dict[int, str] = {
    1: "ulkoasiainhallinnon asiakirjat",
    2: "kansainväliset suhteet",
    3: "rikosilmoitukset ja esitutkinta ennen asian käsittelyä",
    4: "poliisin ja muiden rikoksia selvittävien rekisterit",
    5: "poliisin taktiset ja tekniset menetelmät",
    6: "kantelut ennen asian ratkaisua",
    7: "turvajärjestelyt",
    8: "poikkeusoloihin varautuminen",
    9: "valtion turvallisuus",
    10: "maanpuolustus",
    11: "raha- ja talouspolitiikka",
    12: "rahoitusmarkkinoiden vakaus",
    13: "tilastoaineistot",
    14: "uhanalaisten eläin- ja kasvilajien suojelu",
    15: "tarkastus- ja valvontatoimi",
    16: "tutkimusta varten annetut tiedot",
    17: "julkisyhteisön oma liikesalaisuus",
    18: "työnantajan neuvotteluasema",
    19: "oikeudenkäyntiin valmistautuminen",
    20: "yksityinen liikesalaisuus",
    21: "opinnäytetyöt ja tutkimussuunnitelmat",
    22: "pääsy- ja muut kokeet",
    23: "henkilön vuositulot ja varallisuus",
    24: "pakolaiset ja turvapaikanhakijat",
    25: "sosiaalihuollon asiakkuus, terveydentila ja vammaisuus",
    26: "rikoksen uhrin arkaluonteiset tiedot",
    27: "rikosseuraamukset",
    28: "rikosrekisteri- ja vankitiedot",
    29: "henkilöarviointi valintaa tai palkkaa varten",
    30: "oppilashuolto ja sanallinen arviointi",
    31: "salainen puhelinnumero, osoite ja turvakielto",
    32: "poliittinen vakaumus, elintavat ja perhe-elämä",
}
"""Item number → its subject in a few words, for a list to choose from."""

PERSONAL_ITEMS = range(24, 33)

_FORM = re.compile(r"JulkL \(621/1999\) 24\.1 § (\d{1,2}) kohta")
_LOOSE = re.compile(
    r"(?:JulkL|julkisuuslaki|julkisuuslain)?\s*(?:\(?621/1999\)?)?,?"
    r"\s*24\s*[.:]?\s*1?\s*§:?n?\s*(?:1\s*mom(?:entin|\.)?)?"
    r"\s*(?:k(?:ohta)?\.?)?\s*(\d{1,2})\s*[.-]?\s*(?:k(?:ohta|ohdan)?\.?)?",
    re.IGNORECASE,
)


def basis_text(item: int) -> str:
    """The stored form of an item."""
    return f"JulkL (621/1999) 24.1 § {item} kohta"


def item_of(basis: str | None) -> int | None:
    """The item's number when the text has the exact form and names a known item."""
    match = _FORM.fullmatch(basis or "")
    if match is None:
        return None
    item = int(match.group(1))
    return item if item in ITEMS else None


def normalised(basis: str) -> str | None:
    """The exact form of a basis written in one of the usual ways, or None if it is not understood."""
    match = _LOOSE.fullmatch(basis.strip())
    if match is None or int(match.group(1)) not in ITEMS:
        return None
    return basis_text(int(match.group(1)))


def protects_person(basis: str | None) -> bool:
    """Whether the basis belongs to the items that protect private life."""
    return (item_of(basis) or 0) in PERSONAL_ITEMS
