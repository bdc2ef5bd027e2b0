"""The demonstration's matters: real kinds of Finnish municipal letters with places for made-up names."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from typing import Any

from workbench.resources import resource_text


@dataclass(frozen=True)
class Letter:
    """One letter's words."""

    sender: str
    subject: str
    body: str
    type: str


@dataclass(frozen=True)
class Matter:
    """A kind of matter: how it is classed and titled, and the letters it is made of."""

    class_code: str
    case_type: str
    title: str
    letters: tuple[Letter, ...]
    follow_ups: tuple[Letter, ...]


def load_matters() -> list[Matter]:
    """All shipped kinds of matter."""
    data = json.loads(resource_text("demo", "matters.json"))
    return [_matter(m) for m in data["matters"]]


def _matter(m: dict[str, Any]) -> Matter:
    return Matter(
        m["class"],
        m["case_type"],
        m["title"],
        tuple(Letter(x["sender"], x["subject"], x["body"], m["document_type"]) for x in m["letters"]),
        tuple(
            Letter(x.get("sender", "authority"), x["subject"], x["body"], x["type"]) for x in m["follow_ups"]
        ),
    )


class Names:
    """Made-up people, places and properties of a municipality, from one stream of chance."""

    _FIRST = (
        "Aino", "Eino", "Helmi", "Kalle", "Leena", "Matti", "Orvokki", "Paavo", "Ritva", "Seppo", "Tuula",
        "Urho", "Veera", "Antti", "Birgitta", "Elina", "Jorma", "Kaisa", "Lauri", "Mirja", "Niilo", "Oskari",
        "Pirjo", "Riku", "Saara", "Tauno", "Ulla", "Valtteri",
    )  # fmt: skip
    _LAST = (
        "Aho", "Hanhisalo", "Harju", "Huhtala", "Isokangas", "Jylhä", "Kalliokoski", "Kentala", "Kivelä",
        "Känsälä", "Lassila", "Luomala", "Mattila", "Myllymäki", "Niskala", "Ojala", "Pajala", "Penttilä",
        "Pulkkinen", "Rauma", "Salo", "Tastula", "Torppa", "Uusitalo", "Vainionpää", "Virkkala", "Ylikoski",
    )  # fmt: skip
    _ROADS = ("Kirkkotie", "Myllykuja", "Perhontie", "Rantapolku", "Kivikankaantie", "Koulutie", "Pitkäntie",
              "Räyringintie", "Sillanpääntie", "Emonkuja", "Patanantie", "Köyhäjoentie")  # fmt: skip
    _PLACES = ("Räyrinki", "Patana", "Sillanpää", "Köyhäjoki", "Vintturi", "Yli-Kaustinen", "Ylipää", "Oravala",
               "Määttälä", "Purontaka", "Lehtosenjärvi", "Tunkkari")  # fmt: skip

    def __init__(self, chance: random.Random, municipality: dict[str, Any]) -> None:
        self._chance = chance
        self._municipality = municipality

    def slots(self) -> dict[str, str]:
        """Words for every place a letter may have."""
        c, m = self._chance, self._municipality
        name = f"{c.choice(self._FIRST)} {c.choice(self._LAST)}"
        place = c.choice(self._PLACES)
        road = f"{c.choice(self._ROADS)} {c.randint(1, 240)}"
        return {
            "name": name,
            "email": _email(name),
            "place": place,
            "address": f"{road}, {m['postal_code']} {m['city']}",
            "street": road,
            "property": f"{m['code']}-{c.randint(401, 409)}-{c.randint(1, 90)}-{c.randint(1, 60)}",
            "phone": f"040 555 {c.randint(1000, 9999)}",
            "organisation": f"{place}n kyläyhdistys ry"
            if not place.endswith("i")
            else f"{place[:-1]}in kyläyhdistys ry",
            "subject": "rakentamisluvat",
            "municipality": m["name"],
            "municipality_genitive": m["genitive"],
        }


def _email(name: str) -> str:
    plain = name.lower().translate(str.maketrans("äöå ", "aoa."))
    return f"{plain}@posti.example"
