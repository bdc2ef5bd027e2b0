"""Word lists the general rules cannot know: names of the region, short parts, tails that are endings.

Facts about Finnish and about the five municipalities only; whoever finds a word analysed wrongly adds it here.
"""

from __future__ import annotations

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
"""Stem and nominative of the municipalities and former municipalities around; case endings follow the stem."""

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
    "suur": "suuri",
    "sähkö": "sähkö",
    "takaisin": "",
    "täys": "täysi",
    "ulko": "",
    "uudelleen": "",
    "uus": "uusi",
    "vastuu": "vastuu",
    "vähä": "vähä",
    "yhteis": "yhteinen",
    "yleis": "yleinen",
    "yli": "",
    "ylä": "",
}
"""First parts that are no nominative or genitive, and the word they stand for ("" where none)."""

SHORT_PARTS = frozenset(
    "yö ala apu asu ele elo ero etu iho ikä ilo isä itä jää koe kuu luu lyö lääni maa oja osa puu pää puro"
    " rae suo suu syy sää tee tie työ uni ura aho vuo öky kivi keli idea hai rata raja".split()
)
"""Words of two or three letters that do form compounds; other words so short never count as parts."""

NOT_LAST = frozenset(
    "lainen läinen kas käs ton tön tar tär mainen moinen inen llinen nto ntö sto stö tus tys lla llä isto istö"
    " ilo elo ele uni asu ura oja vuo tee iho hai tius telu mo mus us aus aste nen kka ja ko ta vata kari osto"
    " sana sanka kara nus nis tuu nne ari ies iko ala-aste suus lisuus nuus ruus tuus tyys lto into".split()
)
"""Words that, at the end of a longer word in the lexicon, are nearly always an ending of it.

They are still accepted as the last part of a word the lexicon does not know as a whole, unless in NEVER_LAST.
"""

NEVER_LAST = frozenset("lainen läinen kas käs ton tön tar tär mainen moinen inen llinen nne".split())

WHOLE = frozenset(
    "kokoelma kaivos asiakas rakennus hallitus valitus päätös esitys ehdotus alue asema talous opetus sopimus"
    " omistus vuokraus".split()
)
"""Words never taken apart, whatever the parts look like."""
