"""Cell texts of a plan workbook → values of the code lists, with the nearest known value when unknown."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from workbench.cases.plan.codes import (
    DOCUMENT_TYPES,
    PersonalData,
    Phase,
    Publicity,
    RetentionStart,
    SecrecyStart,
)

_NOTE = re.compile(r"\s*\([^)]*\)\s*$")

PHASES = {
    **{str(p): p for p in Phase},
    "neuvonta/ohjaus": Phase.GUIDANCE,
    "neuvonta, ohjaus": Phase.GUIDANCE,
    "vireillepano/-tulo": Phase.INITIATION,
    "vireillepano": Phase.INITIATION,
    "valmistelu/käsittely": Phase.PREPARATION,
    "käsittely": Phase.PREPARATION,
    "seuranta/valvonta": Phase.FOLLOW_UP,
    "valvonta": Phase.FOLLOW_UP,
    "prosessi päättyy": Phase.FOLLOW_UP,
}

PUBLICITY = {
    **{str(p).casefold(): p for p in Publicity},
    "osittain salassapidettävä": Publicity.PARTLY_SECRET,
    "salassapidettävä": Publicity.SECRET,
    "ei vielä julkinen": Publicity.NOT_YET_PUBLIC,
}

PERSONAL_DATA = {
    **{str(p): p for p in PersonalData},
    "sisältää arkaluonteisia henkilötietoja": PersonalData.SENSITIVE,
    "sisältää erityisiä henkilötietoryhmiä": PersonalData.SENSITIVE,
}

SECRECY_START = {str(s).casefold(): s for s in SecrecyStart}
RETENTION_START = {str(s).casefold(): s for s in RetentionStart}

TYPES = {t.casefold(): t for t in DOCUMENT_TYPES}

OTHER_TYPES = {
    "arviointi": "Raportti",
    "esite": "Julkaisu",
    "eu-tosite": "Tosite",
    "haaste": "Kirje",
    "hankintaoikaisu": "Oikaisuvaatimus",
    "hinnasto": "Luettelo",
    "katsaus": "Raportti",
    "kauppakirja": "Sopimus",
    "kehotus": "Määräys",
    "kysely": "Pyyntö",
    "laskelma": "Selvitys",
    "lausuma": "Kannanotto",
    "lista": "Luettelo",
    "lomake": "Ilmoitus",
    "lähete": "Kirje",
    "merkintä": "Muistio",
    "mielipide": "Kannanotto",
    "muistutus": "Kannanotto",
    "muun viranomaisen ratkaisu": "Päätös",
    "määrittely": "Suunnitelma",
    "nimikirja": "Luettelo",
    "palaute": "Kannanotto",
    "perukirja": "Luettelo",
    "pöytäkirjapäätös": "Päätös",
    "rekisteri": "Luettelo",
    "reklamaatio": "Kirje",
    "salassa pidettävä liite": "Liite",
    "selitys": "Vastine",
    "selostus": "Seloste",
    "sitoumus": "Sopimus",
    "sääntö": "Määräys",
    "tallenne": "Kuva",
    "tasekirja": "Tilinpäätös",
    "testamentti": "Todistus",
    "tietojärjestelmämerkintä": "Muistio",
    "täydennys": "Selvitys",
    "vaatimus": "Oikaisuvaatimus",
    "valitusosoitus": "Ohje",
    "vastaus": "Kirje",
    "äänestyslippu": "Liite",
}
"""Types of other municipalities' lists → the nearest type of the national list; each use makes a note."""


def cell_text(value: object) -> str:
    """A cell as one line of text; a whole number without the decimals Excel adds."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())


def without_note(text: str) -> str:
    """The text without an explanation in brackets at its end, in small letters."""
    return _NOTE.sub("", text).strip().casefold()


def nearest(text: str, known: Iterable[str]) -> str | None:
    """The known value most like the text."""
    pool = {k.casefold(): k for k in known}
    match = difflib.get_close_matches(text.casefold(), pool, n=1, cutoff=0.4)
    return pool[match[0]] if match else None
