"""The code lists of the records plan, with the exact Finnish words of the national plan schema.

The words are data that travel in files and exports, so they are never translated and never re-cased.
"""

from __future__ import annotations

from enum import StrEnum

PERMANENT = -1
"""Retention years that mean "for ever" (*säilytetään pysyvästi*)."""

SUGGESTED_RETENTION_YEARS = (0, 3, 6, 10, 20, 50, 120, PERMANENT)
SUGGESTED_SECRECY_YEARS = (25, 50, 100)


class PlanState(StrEnum):
    """State of a plan version (*tila*)."""

    DRAFT = "Luonnos"
    READY = "Valmis"
    IN_USE = "Käytössä"
    UPDATING = "Päivityksessä"
    RETIRED = "Ei käytössä"


class Publicity(StrEnum):
    """Publicity class (*julkisuusluokka*). ``NOT_YET_PUBLIC`` is a draft, not a secret."""

    PUBLIC = "Julkinen"
    PARTLY_SECRET = "Osittain salassa pidettävä"
    SECRET = "Salassa pidettävä"
    NOT_YET_PUBLIC = "Ei-julkinen"

    @property
    def needs_grounds(self) -> bool:
        """Whether the law asks for a period and a basis of secrecy."""
        return self in (Publicity.PARTLY_SECRET, Publicity.SECRET)

    @property
    def strictness(self) -> int:
        """Greater is stricter."""
        return _STRICTNESS[self]


_STRICTNESS = {
    Publicity.PUBLIC: 0,
    Publicity.NOT_YET_PUBLIC: 1,
    Publicity.PARTLY_SECRET: 2,
    Publicity.SECRET: 3,
}


class SecrecyStart(StrEnum):
    """From what the period of secrecy is counted (*salassapidon laskentaperuste*)."""

    CASE_DECIDED = "Asian ratkaisu"
    DOCUMENT_DATE = "Asiakirjan päivämäärä"
    DOCUMENT_FINISHED = "Asiakirjan valmistuminen"
    DOCUMENT_ARRIVED = "Asiakirjan saapumisajankohta"


class RetentionKind(StrEnum):
    """How long, in words; a fixed time also needs its length."""

    FIXED = "määräajan"
    PERMANENT = "pysyvästi"
    UNTIL_FURTHER_NOTICE = "toistaiseksi"


class RetentionStart(StrEnum):
    """From what retention is counted (*säilytysajan laskentaperuste*)."""

    CASE_CLOSED = "Asian lopullinen ratkaisu"
    DOCUMENT_DATE = "Asiakirjan päivämäärä"


class FinalAction(StrEnum):
    """What happens when retention ends."""

    ARCHIVE = "Arkistoidaan"
    DESTROY = "Hävitetään"


class PersonalData(StrEnum):
    """Nature of personal data (*henkilötietoluonne*), in the archive schema's words."""

    NONE = "ei sisällä henkilötietoja"
    CONTAINS = "sisältää henkilötietoja"
    SENSITIVE = "sisältää arkaluontoisia henkilötietoja"

    @property
    def strictness(self) -> int:
        """Greater is stricter."""
        return list(PersonalData).index(self)


class Phase(StrEnum):
    """Processing phase (*käsittelyvaihe*), in the order a case meets them."""

    GUIDANCE = "ohjaus"
    INITIATION = "vireilletulo"
    PREPARATION = "valmistelu"
    DECISION = "päätöksenteko"
    EXECUTION = "toimeenpano"
    NOTICE = "tiedoksianto"
    APPEAL = "muutoksenhaku"
    FOLLOW_UP = "seuranta"


class CaseState(StrEnum):
    """State of handling a case (*käsittelyn tila*)."""

    OPENED = "Avattu"
    PENDING = "Vireillä"
    IN_PREPARATION = "Valmistelussa"
    FOR_DECISION = "Ratkaistavana"
    NOTIFIED = "Toimitettu tiedoksi"
    TO_BE_EXECUTED = "Toimeenpantava"
    CLOSED = "Päätetty"
    REOPENED = "Avattu uudelleen"
    UNDER_APPEAL = "Muutoksenhaku"
    FOLLOWED_UP = "Seurannassa"
    TRANSFERRED = "Siirretty"
    DESTROYED = "Hävitetty"


DOCUMENT_TYPES: tuple[str, ...] = (
    "Aloite",
    "Asetus",
    "Ehdotus",
    "Esitys",
    "Esityslista",
    "Hakemus",
    "Ilmoitus",
    "Julkaisu",
    "Kannanotto",
    "Kantelu",
    "Kartta",
    "Kertomus",
    "Kirje",
    "Kutsu",
    "Kuulutus",
    "Kuva",
    "Laki",
    "Lasku",
    "Lausunto",
    "Lausuntopyyntö",
    "Liite",
    "Luettelo",
    "Lupa",
    "Mietintö",
    "Muistio",
    "Määräys",
    "Nimittämiskirja",
    "Ohje",
    "Ohjelma",
    "Oikaisuvaatimus",
    "Ote",
    "Piirustus",
    "Pyyntö",
    "Päätös",
    "Pöytäkirja",
    "Raportti",
    "Seloste",
    "Selvitys",
    "Sopimus",
    "Strategia",
    "Suositus",
    "Suunnitelma",
    "Talousarvio",
    "Tarjous",
    "Tarjouspyyntö",
    "Teos",
    "Tiedote",
    "Tilasto",
    "Tilaus",
    "Tilinpäätös",
    "Todistus",
    "Tosite",
    "Valitus",
    "Valtakirja",
    "Vastine",
    "Yhteenveto",
)
"""Document types (*asiakirjatyyppi*), singular, as the plan schema writes them."""

CASE_TYPES: tuple[str, ...] = (
    "hakemus",
    "ilmoitus",
    "kuntalaisaloite",
    "valtuustoaloite",
    "oikaisuvaatimus",
    "kunnallisvalitus",
    "kantelu",
    "lausuntopyyntö",
    "tietopyyntö",
    "hankinta",
    "rekrytointi",
    "sopimus",
    "hanke",
    "avustushakemus",
    "korvausvaatimus",
    "talousarvio/tilinpäätös",
    "kaava",
    "rakentamislupa",
    "toimielimen kokoonpano",
    "muu asia",
)
"""Case types (*asiatyyppi*) shipped with the program."""
