"""The demonstration region's municipalities, offices and staff, from shipped data."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workbench.context import Session
from workbench.organisation.commands import AddPerson, GiveRole, SetUpMunicipality
from workbench.organisation.hours import parse_hours
from workbench.organisation.model import Role
from workbench.resources import resource_text
from workbench.store.commands import Command
from workbench.store.store import Store

# The demonstration's own user: a registrar whose desk serves all five, as the region decided.
USER = "p01"
_WHOLE = frozenset({Role.REGISTRAR, Role.ARCHIVIST, Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Person:
    """A member of the made-up staff."""

    id: str
    name: str
    email: str
    phone: str
    posts: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Region:
    """What the shipped file holds."""

    municipalities: tuple[dict[str, Any], ...]
    offices: tuple[dict[str, Any], ...]
    people: tuple[Person, ...]

    def office_of_class(self, municipality: str, class_code: str) -> str:
        """Code of the office that handles a main class in a municipality."""
        own = [o for o in self.offices if o["municipality"] == municipality]
        for office in own:
            if class_code[:2] in office["main_classes"]:
                return office_code(office["id"])
        return office_code(own[0]["id"])

    def staff_of(self, municipality: str, office: str) -> list[Person]:
        """Those who prepare or decide in an office."""
        return [
            p
            for p in self.people
            if any(
                post["municipality"] == municipality
                and office_code(post["office"]) == office
                and {"preparer", "decider"} & set(post["roles"])
                for post in p.posts
            )
        ]


def office_code(office_id: str) -> str:
    """ "924-hallinto" → "hallinto"."""
    return office_id.partition("-")[2]


def person_id(key: str) -> str:
    """The same person has the same id in every demonstration."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"seutupoyta-demo/{key}"))


def load_region() -> Region:
    """Read the shipped region."""
    data = json.loads(resource_text("demo", "region.json"))
    people = tuple(
        Person(p["id"], f"{p['given_name']} {p['family_name']}", p["email"], p["phone"], tuple(p["posts"]))
        for p in data["people"]
    )
    return Region(tuple(data["municipalities"]), tuple(data["offices"]), people)


Execute = Callable[[Command, Session], Any]


def set_up_region(store: Store, region: Region) -> None:
    """Municipalities, offices, people and roles by ordinary commands."""
    write_region(store.execute, region)
    store.set_meta("user", person_id(USER))
    store.set_meta("last_municipality", "924")


def write_region(execute: Execute, region: Region) -> None:
    """The same through whatever runs commands."""
    for m in region.municipalities:
        session = Session(person_id(USER), m["code"])
        hours = ", ".join(f"{h['days']} {h['opens']}–{h['closes']}" for h in m["office_hours"])
        values = {
            "name": m["name"],
            "genitive": m["genitive"],
            "business_id": m["business_id"],
            "email": m["email"],
            "street": m["street"],
            "postal": f"{m['postal_code']} {m['city']}",
            "phone": m["phone"],
            "colour": m["colour"],
            "number_template": m["number_template"],
            "office_hours": parse_hours(hours),
            "closed_periods": m["closings"],
            "round_to_year_end": False,
        }
        offices = {office_code(o["id"]): o["name"] for o in region.offices if o["municipality"] == m["code"]}
        execute(SetUpMunicipality(code=m["code"], values=values, offices=offices), session)
    for person in region.people:
        home = person.posts[0]
        session = Session(person_id(USER), home["municipality"])
        execute(
            AddPerson(
                person_id=person_id(person.id),
                values={
                    "name": person.name,
                    "title": home["title"],
                    "email": person.email,
                    "phone": person.phone,
                    "home_municipality": home["municipality"],
                    "office_id": f"{home['municipality']}/{office_code(home['office'])}",
                    "employment": home["relationship"],
                    "active": True,
                },
            ),
            session,
        )
    _roles(execute, region)


def _roles(execute: Execute, region: Region) -> None:
    """Administrators first: after the first role only they may give more."""
    wanted: list[GiveRole] = []
    for person in region.people:
        for post in person.posts:
            for name in post["roles"]:
                role = Role(name)
                wanted.append(
                    GiveRole(
                        person_id=person_id(person.id),
                        municipality=post["municipality"],
                        role=role,
                        office="" if role in _WHOLE else office_code(post["office"]),
                        secret=role in {Role.REGISTRAR, Role.ARCHIVIST},
                    )
                )
    for m in region.municipalities:
        for role in (Role.REGISTRAR, Role.PREPARER, Role.ARCHIVIST):
            wanted.append(GiveRole(person_id=person_id(USER), municipality=m["code"], role=role, secret=True))
    seen: set[tuple[str, str, Role, str]] = set()
    made: dict[str, str] = {}  # municipality → an administrator of it
    for command in sorted(wanted, key=lambda c: c.role is not Role.ADMINISTRATOR):
        key = (command.person_id, command.municipality, command.role, command.office)
        if key in seen:
            continue
        seen.add(key)
        first = next(iter(made.values()), command.person_id)
        acting = made.get(command.municipality, first)
        execute(command, Session(acting, command.municipality))
        if command.role is Role.ADMINISTRATOR:
            made.setdefault(command.municipality, command.person_id)
