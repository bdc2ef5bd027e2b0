"""The read side of the organisation: names for ids, people with a role, municipalities one may act for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, or_, select

from workbench.clock import local
from workbench.organisation import tables
from workbench.organisation.access import Access, access_of
from workbench.organisation.model import Role, in_force
from workbench.organisation.series import case_series
from workbench.store.adopting import FORMER
from workbench.store.authority import peek_number
from workbench.store.meta import get_meta
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


@dataclass(frozen=True)
class RoleRow:
    """A role a person has, had or will have."""

    id: str
    municipality: str
    role: Role
    office: str
    office_name: str
    secret: bool
    valid_from: date | None
    valid_to: date | None

    def in_force(self, on: date) -> bool:
        """Whether the role holds on a day."""
        return in_force(self.valid_from, self.valid_to, on)


@dataclass(frozen=True)
class StaffMember:
    """A person with every role in the municipalities asked about."""

    id: str
    name: str
    title: str
    email: str
    phone: str
    home_municipality: str
    office_id: str
    office_name: str
    employment: str
    active: bool
    roles: tuple[RoleRow, ...]


@dataclass(frozen=True)
class Me:
    """Whoever reads: the person, the roles everywhere, and rights to single restricted cases."""

    person: StaffMember
    municipalities: tuple[MunicipalityRow, ...]
    single_rights: dict[str, int]
    """Municipality → how many single restricted cases and documents one may open."""


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


def load_home_municipality(reader: Reader) -> str:
    """The code of the municipality whose employee the person is; "" of one who is not in the staff here."""
    t = tables.person
    found = reader.connection.execute(select(t.c.home_municipality).where(t.c.id == reader.session.person_id))
    return str(found.scalar() or "")


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


def load_names(reader: Reader) -> dict[str, str]:
    """What everybody whom history names is called, by id: also by ids of before the register was taken to a
    server, which knows the same people by others."""
    former: dict[str, str] = json.loads(get_meta(reader.connection, FORMER) or "{}")
    return former | {i: p.name for i, p in load_people(reader).items()}


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


def load_staff(reader: Reader, municipality: str = "", person_id: str = "") -> list[StaffMember]:
    """People who belong to a municipality or have had a role in it (or one person), by name, with their
    roles there; ``municipality`` "" means every role."""
    p, r = tables.person, tables.role
    offices = {o["id"]: o["name"] for o in reader.connection.execute(select(tables.office)).mappings()}
    query = select(r).order_by(r.c.municipality, r.c.role, r.c.k)
    if municipality:
        query = query.where(r.c.municipality == municipality)
    roles: dict[str, list[RoleRow]] = {}
    for row in reader.connection.execute(query).mappings():
        roles.setdefault(row["person_id"], []).append(
            RoleRow(
                row["id"],
                row["municipality"],
                Role(row["role"]),
                row["office"],
                offices.get(f"{row['municipality']}/{row['office']}", row["office"]),
                bool(row["secret"]),
                row["valid_from"],
                row["valid_to"],
            )
        )
    people = select(p).order_by(p.c.name)
    if person_id:
        people = people.where(p.c.id == person_id)
    elif municipality:
        served = select(r.c.person_id).where(r.c.municipality == municipality)
        people = people.where(or_(p.c.home_municipality == municipality, p.c.id.in_(served)))
    return [
        StaffMember(
            row["id"],
            row["name"],
            row["title"] or "",
            row["email"] or "",
            row["phone"] or "",
            row["home_municipality"],
            row["office_id"] or "",
            offices.get(row["office_id"] or "", ""),
            row["employment"],
            bool(row["active"]),
            tuple(roles.get(row["id"], ())),
        )
        for row in reader.connection.execute(people).mappings()
    ]


def load_me(reader: Reader) -> Me:
    """Whoever reads, with what she may do and see."""
    person = load_staff(reader, person_id=reader.session.person_id)[0]
    t = tables.access_right
    on = local(reader.at).date()
    rights = reader.connection.execute(
        select(t.c.municipality, func.count())
        .where(t.c.person_id == person.id, or_(t.c.valid_to.is_(None), t.c.valid_to >= on))
        .group_by(t.c.municipality)
    )
    return Me(person, tuple(load_municipalities(reader)), {code: count for code, count in rights})


def administrators(reader: Reader, municipality: str) -> list[str]:
    """Names of those who administer a municipality today."""
    on = local(reader.at).date()
    return [
        person.name
        for person in load_staff(reader, municipality)
        if any(role.role is Role.ADMINISTRATOR and role.in_force(on) for role in person.roles)
    ]


def next_case_number(reader: Reader, municipality: str) -> tuple[int, int]:
    """(year, the number the next registered case gets)."""
    year = local(reader.at).year
    return year, peek_number(reader.connection, case_series(municipality, year))


@dataclass(frozen=True)
class MunicipalitySettings:
    """A municipality as its settings page shows it."""

    row: dict[str, Any]
    offices: tuple[OfficeRow, ...]
    administrators: tuple[str, ...]
    may_change: bool
    year: int
    next_number: int


def load_municipality_settings(reader: Reader) -> MunicipalitySettings:
    """Everything of the municipality one acts for, and whether one may change it."""
    code = reader.session.municipality
    year, number = next_case_number(reader, code)
    return MunicipalitySettings(
        load_municipality(reader, code),
        tuple(load_offices(reader, code)),
        tuple(administrators(reader, code)),
        access_for(reader).has_role(Role.ADMINISTRATOR),
        year,
        number,
    )
