"""For whom a letter is meant: names of municipalities in it, and property identifiers, which begin with the
municipality's number.

A letter to another municipality passes to its register with its arrival time (hallintolaki 21 §). The
sender's own municipality is no sign of the addressee.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from workbench.cases.intake.suggesting.letter import Letter
from workbench.cases.intake.suggesting.model import Confidence, Guess
from workbench.i18n import _

_NEAR = 110
# The writer doubts whether this is the right place.
_DOUBTS = re.compile(
    r"\b(?:oikea\w+ (?:paik\w+|osoitte\w+|kunta\w+)|väärä\w+ (?:paik\w+|osoitte\w+|kunta\w+)|(?:meni|menee|tuli) väärin"
    r"|kuuluuko (?:tämä )?teille"
    r"|(?:ohjaa|ohjatk|ohjaat|välittä|siirtä|lähettä)\w* (?:\w+ ){0,2}(?:eteenpäin|oikea\w+|sinne))",
    re.IGNORECASE,
)
_OFFICE = (
    r"(?:n|en|in)?\s+(?:kunta\w*|kunna\w+|kunnan\w*|tekni\w+|rakennus\w+|sivistys\w+|kirjaamo\w*|hallinto\w*)"
)


@dataclass(frozen=True)
class Place:
    """A municipality of the region and the beginning that all its case forms share."""

    code: str
    name: str
    genitive: str

    @property
    def stem(self) -> str:
        """``Kausti`` of Kaustinen, Kaustisen."""
        shared = 0
        for a, b in zip(self.name, self.genitive, strict=False):
            if a != b:
                break
            shared += 1
        return self.name[: max(4, shared)]


class Names:
    """Finds the region's municipalities in texts, for one of them."""

    def __init__(self, places: Iterable[tuple[str, str, str]], own: str) -> None:
        self.places = tuple(Place(*p) for p in places)
        self.own = next((p for p in self.places if p.code == own), None)
        self.others = tuple(p for p in self.places if p.code != own)
        self.lemmas = frozenset(p.name.lower() for p in self.places)
        self._patterns = {
            p.code: re.compile(rf"\b{re.escape(p.stem)}\w*(?!\s+seutu)(?![\w@])", re.IGNORECASE)
            for p in self.places
        }
        self._offices = {
            p.code: re.compile(
                rf"\b{re.escape(p.stem)}\w*{_OFFICE}|\bkirjaamo@{re.escape(p.name.lower())}\b"
                rf"|@{_ascii(p.name)}\.\w+",
                re.IGNORECASE,
            )
            for p in self.places
        }

    def mentions(self, text: str, place: Place) -> int:
        """How often a municipality is named; the region's own name is not its namesake's."""
        return sum(1 for _m in self._patterns[place.code].finditer(text))

    def names_another(self, text: str) -> bool:
        """Whether another municipality of the region is named."""
        return any(self.mentions(text, place) for place in self.others)

    def addressed(self, text: str, place: Place) -> bool:
        """Whether a municipality's administration is named."""
        return bool(self._offices[place.code].search(text))

    def is_own(self, domain: str) -> bool:
        """Whether an address is of this municipality's own staff."""
        return self.own is not None and domain.startswith(_ascii(self.own.name) + ".")

    def cites_other(self, text: str, start: int, end: int) -> bool:
        """Whether another municipality stands nearer to a place in the text than this one."""
        window_start, window_end = max(0, start - _NEAR), min(len(text), end + _NEAR)

        def distance(place: Place) -> int:
            found = [
                min(abs(m.start() - end), abs(start - m.end()))
                for m in self._patterns[place.code].finditer(text, window_start, window_end)
            ]
            return min(found, default=10_000)

        nearest = min((distance(p) for p in self.others), default=10_000)
        return nearest < 10_000 and (self.own is None or nearest < distance(self.own))


def _ascii(name: str) -> str:
    return name.lower().replace("ä", "a").replace("ö", "o").replace("å", "a")


def other_municipality(
    letter: Letter, names: Names, properties: tuple[str, ...], *, number_elsewhere: bool = False
) -> Guess[str] | None:
    """The municipality a letter is meant for, when it seems to be another one. ``number_elsewhere``: it
    cites a case number beside another municipality's name, and no case here fits."""
    own = names.own
    if own is None:
        return None
    head = f"{letter.bare_subject}\n{letter.body[:400]}"
    whole = f"{letter.bare_subject}\n{letter.body}\n{letter.attachment_text[:3000]}"
    own_in_text = names.mentions(whole, own)
    own_addressed = names.addressed(head, own)
    best: tuple[float, Place, bool, bool] | None = None
    cited = 2.0 if number_elsewhere else 0.0
    doubted = 2.0 if _DOUBTS.search(whole) else 0.0
    for place in names.others:
        if _is_sender(letter, place):
            continue
        lots = any(p.startswith(place.code + "-") for p in properties)
        own_lots = any(p.startswith(own.code + "-") for p in properties)
        addressed = names.addressed(head, place)
        points = 3.0 * addressed + 2.0 * (lots and not own_lots) + min(names.mentions(head, place), 3) * 0.7
        points += min(names.mentions(whole, place), 4) * 0.3
        points += cited if names.mentions(whole, place) else 0.0
        points += doubted if names.mentions(whole, place) else 0.0
        points -= 3.0 * own_addressed + min(own_in_text, 4) * 0.7 + 2.0 * own_lots
        if points > 0 and (best is None or points > best[0]):
            best = (points, place, addressed, lots and not own_lots)
    if best is None or best[0] < 1.6:
        return None
    points, place, addressed, lots = best
    if addressed and lots:
        why = _("Kirje on osoitettu {whose} kunnalle, ja kiinteistö on siellä.").format(whose=place.genitive)
    elif addressed:
        why = _("Kirje on osoitettu {whose} kunnalle.").format(whose=place.genitive)
    elif lots:
        why = _("Kiinteistötunnus alkaa {whose} kunnan numerolla {code}.").format(
            whose=place.genitive, code=place.code
        )
    else:
        why = _("Kirjeessä puhutaan {whose} kunnasta eikä tästä kunnasta.").format(whose=place.genitive)
    if addressed and points >= 4.5 and own_in_text == 0:
        sure = Confidence.CERTAIN
    elif points >= 2.6:
        sure = Confidence.LIKELY
    else:
        sure = Confidence.UNSURE
    return Guess(place.code, sure, why)


def _is_sender(letter: Letter, place: Place) -> bool:
    """Whether the letter comes from the municipality itself."""
    return letter.domain.startswith(_ascii(place.name) + ".") or letter.sender_name.lower().startswith(
        (place.genitive.lower() + " kunta", place.name.lower() + " kunta")
    )
