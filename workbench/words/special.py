"""Word lists the general rules cannot know: names of the region, short parts, tails that are endings.

Facts about Finnish and about the region only; whoever finds a word analysed wrongly adds it here.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FORMS: dict[str, tuple[str, ...]] = {
    "työ": ("työ",),
    "me": ("me",),
    "te": ("te",),
    "he": ("he",),
    "lain": ("laki",),
    "tuen": ("tuki",),
    "tuet": ("tuki",),
    "tulot": ("tulo",),
    "kulut": ("kulu",),
    "palvelut": ("palvelu",),
    "pinta-ala": ("pinta-ala",),
    "toimi": ("toimi",),
    "toimesta": ("toimi",),
    "toimestaan": ("toimi",),
    "opinto": ("opinto",),
    "musta": ("musta",),
    "liite": ("liite",),
    "kunnat": ("kunta",),
}
"""Whole forms whose lexicon reading misleads."""

PLACES: tuple[tuple[str, str], ...] = (
    ("halsua", "halsua"),
    ("kaustis", "kaustinen"),
    ("lestijärv", "lestijärvi"),
    ("toholamm", "toholampi"),
    ("toholamp", "toholampi"),
    ("veteli", "veteli"),
    ("perho", "perho"),
    ("kokkola", "kokkola"),
    ("kannukse", "kannus"),
    ("sievi", "sievi"),
    ("reisjärv", "reisjärvi"),
    ("kinnula", "kinnula"),
    ("kruunupyy", "kruunupyy"),
    ("himanga", "himanka"),
    ("himanka", "himanka"),
    ("lohtaja", "lohtaja"),
    ("kälviä", "kälviä"),
    ("ullava", "ullava"),
)
"""Stem and nominative of the municipalities, present and former, around; case endings follow the stem."""

PLACE_ENDING = (
    r"(?:n|a|ä|ta|tä|tta|ttä|lla|llä|lta|ltä|lle|ssa|ssä|sta|stä|na|nä|ksi"
    r"|(?:e|i)(?:n|na|nä|ksi|lla|llä|lta|ltä|lle|ssa|ssä|sta|stä|en)?|een|seen|aan|ään|oon|iin|hyn)?"
    r"(?:kin|kaan|kään|ko|kö|han|hän)?"
)

PREFIXES: dict[str, str] = {
    "ala": "",
    "ali": "",
    "alle": "",
    "bio": "",
    "ennakko": "ennakko",
    "epä": "",
    "erillis": "erillinen",
    "esi": "",
    "etä": "",
    "geo": "",
    "jälleen": "",
    "kauko": "",
    "keski": "",
    "lumen": "lumi",
    "kokonais": "kokonainen",
    "lähi": "",
    "moni": "",
    "nyky": "",
    "perus": "perus",
    "pien": "pieni",
    "pika": "pika",
    "päällys": "",
    "sala": "",
    "sisä": "",
    "sosiaali": "sosiaali",
    "suur": "suuri",
    "sähkö": "sähkö",
    "takaisin": "",
    "täys": "täysi",
    "ulko": "",
    "uudelleen": "",
    "uus": "uusi",
    "vastaan": "",
    "vastuu": "vastuu",
    "voimaan": "voima",
    "vähä": "vähä",
    "yhteen": "",
    "yhteis": "yhteinen",
    "yleis": "yleinen",
    "yli": "",
    "ylä": "",
}
"""First parts that are no nominative or genitive, and the word they stand for ("" where none)."""

SHORT_PARTS = _words(
    """
    yö ala apu asu ele elo ero etu iho ikä ilo isä itä jää koe kuu luu maa oja osa puu pää rae suo
    suu syy sää tee tie työ uni ura aho
    """
)
"""Words of two or three letters that do form compounds; other words so short never count as parts."""

NOT_LAST = _words(
    """
    lainen läinen kas käs ton tön tar tär mainen moinen inen llinen nto ntö sto stö tus tys lla llä
    isto istö ele vuo hai tius telu mo mus us aus nen kka ja ko ta vata kari sanka nus nis tuu nne
    ari ies iko tuma tymä ismi aasi foni isyys nisti naali tumaton vaisuus unisuus naisuus suus
    lisuus nuus ruus tuus tyys lto into
    """
)
"""Words that, at the end of a longer word in the lexicon, are nearly always an ending of it.

They are still accepted as the last part of a word the lexicon does not know as a whole, unless in NEVER_LAST.
"""

NOT_FIRST = _words(
    """
    kapi peru alko yhde hai suun kas
    """
)
"""Forms the lexicon holds that, at the start of a word, are chance."""

NEVER_LAST = _words(
    """
    lainen läinen kas käs ton tön tar tär mainen moinen inen llinen nne
    """
)
"""Words refused as the last part even of a word the lexicon does not know."""

WHOLE = _words(
    """
    kokoelma kaivos asiakas rakennus hallitus valitus päätös esitys ehdotus alue asema talous opetus
    sopimus omistus vuokraus siivooja kokooja lumooja tuhooja vakooja monsuuni masuuni karttuuni
    hienosto kokonainen viranomainen
    """
)
"""Words never taken apart, whatever the parts look like."""
