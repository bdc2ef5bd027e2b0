"""Keeping the organisation up to date (pääkäyttäjän toimet): one field, one office, one role at a time.

Invariant: nothing is deleted. A role that ends keeps its row and gets a last day, so that the journal can
always answer who had which right when.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from workbench.clock import local
from workbench.errors import UserError
from workbench.i18n import N_, _, day_text
from workbench.law.identifiers import check_business_id
from workbench.organisation.commands import administers
from workbench.organisation.model import ROLE_NAMES, Role
from workbench.organisation.series import case_series
from workbench.store.authority import correct_series, peek_number
from workbench.store.commands import Command, CommandSpec, asks
from workbench.store.unit import UnitOfWork

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_OFFICE_CODE = re.compile(r"[a-z0-9åäö-]{2,24}")


@dataclass(frozen=True, kw_only=True)
class ChangeMunicipality(Command):
    """Change some fields of a municipality that is in use."""

    municipality: str
    values: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class NameOffice(Command):
    """Add an office, or give one another name. Its code stays: cases and roles refer to it."""

    municipality: str
    office: str
    name: str


@dataclass(frozen=True, kw_only=True)
class EditPerson(Command):
    """Change named details of a member of staff: name, title, addresses, home municipality and office,
    employment (palvelussuhde), or that she is not in service any more."""

    person_id: str
    values: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class EndRole(Command):
    """End a role: ``valid_to`` is its last day. The row stays."""

    role_id: str
    valid_to: date


@dataclass(frozen=True, kw_only=True)
class CorrectSeries(Command):
    """Correct the number that a year's case numbers begin from, given wrong at käyttöönotto: until the first
    case of the year has its number."""

    municipality: str
    year: int
    next_number: int


def check_field(name: str, value: Any) -> Any:
    """The value of a municipality's field as it is stored; raises UserError at the field."""
    text = value.strip() if isinstance(value, str) else value
    if name in ("name", "genitive") and not text:
        raise UserError(_("Kunnan nimi ja nimen omanto tarvitaan asiakirjoihin. Kirjoita ne."), field=name)
    if name == "business_id" and text:
        return check_business_id(text)
    if name == "email" and text and not _MAIL.fullmatch(text):
        raise UserError(
            _("Sähköpostiosoite ”{text}” ei ole oikein. Muoto on kirjaamo@kunta.fi.").format(text=text),
            field=name,
        )
    if name == "colour" and not _COLOUR.fullmatch(text):
        raise UserError(_("Tunnusväri annetaan muodossa #0F6B66."), field=name)
    if isinstance(text, str) and not text:
        return None
    return text


def _change(command: ChangeMunicipality, uow: UnitOfWork) -> None:
    if "code" in command.values:
        raise UserError(_("Kuntanumeroa ei voi muuttaa."), field="code")
    row = uow.need("municipality", command.municipality)
    values = {name: check_field(name, value) for name, value in command.values.items()}
    uow.patch("municipality", command.municipality, **values)
    fields = {f.name: f.label for f in uow.kinds["municipality"].fields}
    what = ", ".join(_(fields[name]) for name in values)
    uow.say(
        N_("Kunnan {name} tietoja muutettu: {what}"), name=values.get("name", row["name"]), what=what.lower()
    )
    uow.concerns("municipality", command.municipality, chain=command.municipality)


def _name_office(command: NameOffice, uow: UnitOfWork) -> str:
    name = command.name.strip()
    if not name:
        raise UserError(_("Anna toimialan nimi."), field="office_name")
    if not _OFFICE_CODE.fullmatch(command.office):
        raise UserError(
            _("Toimialan tunnuksessa on 2–24 merkkiä: pieniä kirjaimia, numeroita ja viivoja."),
            field="office_code",
        )
    uow.need("municipality", command.municipality)
    office_id = f"{command.municipality}/{command.office}"
    if uow.get("office", office_id) is None:
        order = len(uow.select("office", municipality=command.municipality))
        uow.insert(
            "office",
            {"municipality": command.municipality, "code": command.office, "name": name, "order_key": order},
            row_id=office_id,
        )
        uow.say(N_("Lisätty toimiala {name}"), name=name)
    else:
        uow.patch("office", office_id, name=name)
        uow.say(N_("Toimialan nimi on nyt {name}"), name=name)
    uow.concerns("municipality", command.municipality, chain=command.municipality)
    return office_id


_OF_PERSON = frozenset(
    {"name", "title", "email", "phone", "home_municipality", "office_id", "employment", "active"}
)


def _edit_person(command: EditPerson, uow: UnitOfWork) -> None:
    unknown = set(command.values) - _OF_PERSON
    if unknown:
        raise ValueError(f"EditPerson does not change {sorted(unknown)}")
    person = uow.need("person", command.person_id)
    values = {
        name: (value.strip() or None) if isinstance(value, str) else value
        for name, value in command.values.items()
    }
    after = person | values
    _check_person(after, uow)
    if person["active"] and not after["active"]:
        _demand_no_roles(uow, person)
    uow.patch("person", person["id"], **values)
    uow.say(N_("Muutettu henkilön {name} tietoja"), name=after["name"])
    uow.concerns("person", person["id"], chain=after["home_municipality"])


def _check_person(person: dict[str, Any], uow: UnitOfWork) -> None:
    if not person["name"]:
        raise UserError(_("Anna henkilön nimi."), field="name")
    if person["email"] and not _MAIL.fullmatch(person["email"]):
        raise UserError(
            _("Sähköpostiosoite ”{text}” ei ole oikein. Muoto on etunimi.sukunimi@kunta.fi.").format(
                text=person["email"]
            ),
            field="email",
        )
    if person["employment"] not in ("virka", "työsuhde"):
        raise UserError(_("Palvelussuhde on virka tai työsuhde."), field="employment")
    code = person["home_municipality"]
    if uow.get("municipality", code or "") is None:
        raise UserError(
            _("Kuntaa {code} ei ole otettu käyttöön.").format(code=code), field="home_municipality"
        )
    office = uow.get("office", person["office_id"]) if person["office_id"] else None
    if person["office_id"] and (office is None or office["municipality"] != code):
        raise UserError(_("Valitse toimiala henkilön omasta kunnasta."), field="office_id")


def _demand_no_roles(uow: UnitOfWork, person: dict[str, Any]) -> None:
    """Rights follow the tasks (TihL 16 §): whoever leaves has no role that goes on."""
    today = local(uow.at).date()
    left = [
        r
        for r in uow.select("role", person_id=person["id"])
        if r["valid_to"] is None or r["valid_to"] >= today
    ]
    if left:
        names = sorted({_(ROLE_NAMES[Role(r["role"])]) for r in left})
        raise UserError(
            _("Päätä ensin henkilön {name} roolit: {roles}.").format(
                name=person["name"], roles=", ".join(names)
            ),
            field="active",
        )


def _end_role(command: EndRole, uow: UnitOfWork) -> None:
    row = uow.need("role", command.role_id)
    person = uow.need("person", row["person_id"])
    if row["valid_from"] and command.valid_to < row["valid_from"] - timedelta(days=1):
        raise UserError(
            _("Rooli alkaa vasta {day}. Anna viimeiseksi päiväksi sitä edeltävä päivä tai myöhempi.").format(
                day=day_text(row["valid_from"])
            ),
            field="valid_to",
        )
    if row["valid_to"] and command.valid_to > row["valid_to"]:
        raise UserError(
            _("Rooli päättyy jo {day}. Jatkoa varten anna uusi rooli.").format(day=day_text(row["valid_to"])),
            field="valid_to",
        )
    if row["role"] == Role.ADMINISTRATOR.value:
        _demand_another_administrator(uow, row, command.valid_to)
    uow.patch("role", command.role_id, valid_to=command.valid_to)
    uow.say(
        N_("{name}: rooli {role} päättyy {day}"),
        name=person["name"],
        role=_(ROLE_NAMES[Role(row["role"])]),
        day=day_text(command.valid_to),
    )
    uow.concerns("person", row["person_id"], chain=row["municipality"])


def _demand_another_administrator(uow: UnitOfWork, ending: dict[str, Any], last_day: date) -> None:
    """A municipality never runs out of administrators: nobody could give a role after that."""
    after = max(last_day, local(uow.at).date()) + timedelta(days=1)
    others = [
        r
        for r in uow.select("role", municipality=ending["municipality"], role=Role.ADMINISTRATOR.value)
        if r["id"] != ending["id"]
        and (r["valid_from"] is None or r["valid_from"] <= after)
        and (r["valid_to"] is None or r["valid_to"] >= after)
    ]
    if not others:
        raise UserError(
            _("Kunnan ainoan pääkäyttäjän roolia ei voi päättää. Anna rooli ensin toiselle."),
            field="valid_to",
        )


def _correct_series(command: CorrectSeries, uow: UnitOfWork) -> None:
    if command.next_number < 1:
        raise UserError(_("Seuraava vapaa numero on vähintään 1."), field="next_number")
    name = case_series(command.municipality, command.year)
    former = peek_number(uow.connection, name)
    # Whether a number has been given is for an invariant to say: cases are not this room's.
    correct_series(uow.connection, name, command.next_number)
    uow.say(
        N_("Korjattu asiatunnusten sarjaa {year}: seuraava numero on {n} (oli {former})"),
        year=command.year,
        n=command.next_number,
        former=former,
    )
    uow.concerns("municipality", command.municipality, chain=command.municipality)


@asks("organisation")
def _of_person(command: EditPerson, uow: UnitOfWork) -> None:
    """The administrator of the home municipality; of both when the person moves to another."""
    person = uow.need("person", command.person_id)
    administers(uow, person["home_municipality"])
    there = command.values.get("home_municipality")
    if there and there != person["home_municipality"]:
        administers(uow, there)


@asks("organisation")
def _of_role(command: EndRole, uow: UnitOfWork) -> None:
    row = uow.need("role", command.role_id)
    administers(uow, row["municipality"])


def _of_municipality() -> Callable[[Any, UnitOfWork], None]:
    return asks("organisation")(lambda command, uow: administers(uow, command.municipality))


COMMANDS = (
    CommandSpec(
        ChangeMunicipality, "organisation.change", _change, _of_municipality(), frozenset({"municipality"})
    ),
    CommandSpec(
        NameOffice, "organisation.name_office", _name_office, _of_municipality(), frozenset({"office"})
    ),
    CommandSpec(EditPerson, "organisation.edit_person", _edit_person, _of_person, frozenset({"person"})),
    CommandSpec(
        CorrectSeries,
        "organisation.correct_series",
        _correct_series,
        _of_municipality(),
        frozenset(),
        undoable=False,
        needs_reason=True,
    ),
    CommandSpec(EndRole, "organisation.end_role", _end_role, _of_role, frozenset({"role"})),
)
