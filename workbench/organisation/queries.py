"""The read side of the organisation: names for ids, people with a role, municipalities one may act for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, or_, select

from workbench.clock import local
from workbench.organisation import tables
from workbench.organisation.access import Access, access_of
from workbench.organisation.model import Role, in_force
from workbench.store.store import Reader


@dataclass(frozen=True)
class MunicipalityRow:
    """A municipality as banners and lists show it."""

    code: str
    name: str
    genitive: str
    colour: str
    email: str


@dataclass(frozen=True)
class PersonRow:
    """A member of staff as lists show her."""

    id: str
    name: str
    title: str
    home_municipality: str
    office_id: str


@dataclass(frozen=True)
class OfficeRow:
    """An office of a municipality."""

    id: str
    municipality: str
    code: str
    name: str


def access_for(reader: Reader) -> Access:
    """The rights of whoever reads."""
    return access_of(reader.connection, reader.session, reader.at)


def load_municipalities(reader: Reader) -> list[MunicipalityRow]:
    """All municipalities in use, by name."""
    t = tables.municipality
    return [
        MunicipalityRow(r["code"], r["name"], r["genitive"], r["colour"], r["email"] or "")
        for r in reader.connection.execute(select(t).order_by(t.c.name)).mappings()
    ]


def load_municipality(reader: Reader, code: str) -> dict[str, Any]:
    """All settings of a municipality."""
    t = tables.municipality
    row = reader.connection.execute(select(t).where(t.c.code == code)).mappings().one()
    return dict(row)


def load_own_municipalities(reader: Reader) -> list[tuple[MunicipalityRow, frozenset[Role]]]:
    """Municipalities the person has a role in today, with the roles."""
    on = local(reader.at).date()
    t = tables.role
    roles: dict[str, set[Role]] = {}
    for r in reader.connection.execute(select(t).where(t.c.person_id == reader.session.person_id)).mappings():
        if in_force(r["valid_from"], r["valid_to"], on):
            roles.setdefault(r["municipality"], set()).add(Role(r["role"]))
    return [(m, frozenset(roles[m.code])) for m in load_municipalities(reader) if m.code in roles]


def load_offices(reader: Reader, municipality: str) -> list[OfficeRow]:
    """Offices of a municipality in their order."""
    t = tables.office
    query = select(t).where(t.c.municipality == municipality).order_by(t.c.order_key, t.c.name)
    return [
        OfficeRow(r["id"], r["municipality"], r["code"], r["name"])
        for r in reader.connection.execute(query).mappings()
    ]


def load_people(reader: Reader) -> dict[str, PersonRow]:
    """Everyone, by id; a region has some hundreds."""
    t = tables.person
    return {
        r["id"]: PersonRow(r["id"], r["name"], r["title"] or "", r["home_municipality"], r["office_id"] or "")
        for r in reader.connection.execute(select(t).order_by(t.c.name)).mappings()
    }


def find_person_ids(connection: Connection, named: str) -> list[str]:
    """Everyone whose id, e-mail or full name this is; asked before it is known who acts."""
    p = tables.person.c
    query = select(p.id).where(or_(p.id == named, p.email == named, p.name == named))
    return list(connection.execute(query).scalars())


def load_municipality_names(connection: Connection) -> dict[str, str]:
    """Code → name of every municipality in use; asked before it is known who acts."""
    m = tables.municipality.c
    return {code: name for code, name in connection.execute(select(m.code, m.name))}


def find_people(reader: Reader, text: str, municipality: str = "") -> list[PersonRow]:
    """People by a piece of the name or title; those who have a role in the municipality only."""
    t, r = tables.person, tables.role
    query = select(t).where(t.c.active.is_(True)).order_by(t.c.name)
    if municipality:
        query = query.where(t.c.id.in_(select(r.c.person_id).where(r.c.municipality == municipality)))
    wanted = text.casefold()
    return [
        PersonRow(p["id"], p["name"], p["title"] or "", p["home_municipality"], p["office_id"] or "")
        for p in reader.connection.execute(query).mappings()
        if wanted in f"{p['name']} {p['title'] or ''}".casefold()
    ]
