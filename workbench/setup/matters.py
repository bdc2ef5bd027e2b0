"""The demonstration's matters: real kinds of Finnish municipal letters with places for made-up words.

How places are filled is told in ``resources/demo/README.md``; each is chosen once per case, so that title
and letters agree.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from datetime import date
from typing import Any

from workbench.i18n import day_text
from workbench.resources import resource_text

_TYPE_OF_CASE = {
    "hakemus": "Hakemus",
    "avustushakemus": "Hakemus",
    "rakentamislupa": "Hakemus",
    "rekrytointi": "Hakemus",
    "kaava": "Hakemus",
    "ilmoitus": "Ilmoitus",
    "kuntalaisaloite": "Aloite",
    "valtuustoaloite": "Aloite",
    "oikaisuvaatimus": "Oikaisuvaatimus",
    "kunnallisvalitus": "Valitus",
    "kantelu": "Kantelu",
    "lausuntopyyntö": "Lausuntopyyntö",
    "tietopyyntö": "Pyyntö",
    "hankinta": "Tarjous",
    "sopimus": "Sopimus",
    "korvausvaatimus": "Pyyntö",
}
_TYPE_OF_FOLLOW_UP = {
    "täydennys": "Selvitys",
    "selvitys": "Selvitys",
    "käyttöselvitys": "Selvitys",
    "lausunto": "Lausunto",
    "vastine": "Vastine",
    "huomautus": "Kannanotto",
    "muistutus": "Kannanotto",
    "kannanotto": "Kannanotto",
    "oikaisuvaatimus": "Oikaisuvaatimus",
    "hankintaoikaisu": "Oikaisuvaatimus",
    "pöytäkirja": "Pöytäkirja",
    "päätös": "Päätös",
    "reklamaatio": "Ilmoitus",
    "esitys": "Esitys",
    "muistio": "Muistio",
    "raportti": "Raportti",
    "sopimus": "Sopimus",
}
# Senders that are not a person or a firm of the story; the rest come from the slots.
_OFFICES = {
    "ministry": "Ympäristöministeriö",
    "ely": "Etelä-Pohjanmaan ELY-keskus",
    "maakuntaliitto": "Keski-Pohjanmaan liitto",
    "authority": "Keski-Pohjanmaan ympäristöterveydenhuolto",
    "court": "Vaasan hallinto-oikeus",
    "police": "Pohjanmaan poliisilaitos",
    "media": "Perhonjokilaakso-lehti",
    "municipality": "Naapurikunnan kirjaamo",
}


@dataclass(frozen=True)
class Letter:
    """One letter's words. ``title`` replaces the matter's when given."""

    sender: str
    subject: str
    body: str
    type: str
    title: str
    slots: dict[str, Any]


@dataclass(frozen=True)
class Matter:
    """A kind of matter: how it is classed and titled, and the letters it is made of."""

    class_code: str
    case_type: str
    title: str
    actions: tuple[str, ...]
    letters: tuple[Letter, ...]
    follow_ups: tuple[Letter, ...]
    slots: dict[str, Any]


@dataclass(frozen=True)
class Matters:
    """All kinds of matter, and the words common to them."""

    kinds: tuple[Matter, ...]
    slots: dict[str, Any]


def load_matters() -> Matters:
    """All shipped kinds of matter."""
    data = json.loads(resource_text("demo", "matters.json"))
    common = {k: v for k, v in data["slots"].items() if k != "filled_by_program"}
    return Matters(tuple(_matter(m) for m in data["matters"]), common)


def _matter(m: dict[str, Any]) -> Matter:
    first = _TYPE_OF_CASE.get(m["case_type"], "Kirje")
    return Matter(
        class_code=m["class"],
        case_type=m["case_type"],
        title=m["title"],
        actions=tuple(m["actions"]),
        letters=tuple(_letter(x, first) for x in m["letters"]),
        follow_ups=tuple(_letter(x, _TYPE_OF_FOLLOW_UP.get(x["kind"], "Kirje")) for x in m["follow_ups"]),
        slots=m["slots"],
    )


def _letter(x: dict[str, Any], document_type: str) -> Letter:
    return Letter(x["sender"], x["subject"], x["text"], document_type, x.get("title", ""), x.get("slots", {}))


class Words:
    """The words of one case, each place chosen once."""

    def __init__(
        self,
        chance: random.Random,
        common: dict[str, Any],
        matter: Matter,
        letter: Letter,
        municipality: dict[str, Any],
        on: date,
    ) -> None:
        self._chance = chance
        self._sources: tuple[dict[str, Any], ...] = (letter.slots, matter.slots, common)
        self._code = municipality["code"]
        self._chosen: dict[str, str] = {
            "date": day_text(on),
            "year": str(on.year),
            "municipality": municipality["name"],
            "municipality_gen": municipality["genitive"],
            "municipality_in": municipality["inessive"],
            "municipality_ill": municipality["illative"],
        }

    def __getitem__(self, place: str) -> str:
        if place not in self._chosen:
            self._chosen[place] = self._choose(place)
        return self._chosen[place]

    def _choose(self, place: str) -> str:
        for source in self._sources:
            values = source.get(place)
            if isinstance(values, dict):
                values = values.get(self._code)
            if isinstance(values, str):
                return values
            if values:
                return str(self._chance.choice(values))
        return ""

    def fill(self, text: str) -> str:
        """A text with every place filled; begins with a capital letter."""
        filled = text.format_map(self)
        return filled[:1].upper() + filled[1:]

    def sender(self, letter: Letter) -> tuple[str, str]:
        """Name and e-mail address of who wrote a letter."""
        if letter.sender in _OFFICES:
            name = _OFFICES[letter.sender]
            return name, f"kirjaamo@{_plain(name)}.example"
        place = {"company": "company", "association": "association", "attorney": "attorney"}.get(
            letter.sender
        )
        name = self[place or "name"] or self["name"]
        if place:
            return name, f"toimisto@{_plain(name)}.example"
        return name, f"{_plain(name, '.')}@posti.example"


def _plain(name: str, joint: str = "") -> str:
    """Letters that an address may have."""
    folded = name.lower().translate(str.maketrans("äöå", "aoa", "&"))
    return joint.join("".join(c for c in word if c.isalnum()) for word in folded.split())[:40]
