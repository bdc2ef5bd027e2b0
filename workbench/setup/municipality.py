"""One municipality into use: checked whole, then written by ordinary commands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from workbench.cases.numbers import DEFAULT_TEMPLATE, check_template
from workbench.clock import local
from workbench.context import Session
from workbench.errors import Problem, Problems, UserError
from workbench.i18n import _
from workbench.ids import new_id
from workbench.law.identifiers import check_business_id
from workbench.organisation.commands import AddPerson, ContinueSeries, GiveRole, SetUpMunicipality
from workbench.organisation.hours import parse_hours, parse_period
from workbench.organisation.model import Role
from workbench.organisation.staff_file import StaffRow
from workbench.store.commands import Command
from workbench.store.store import Store

# Codes and Finnish forms of the five municipalities; others give their own.
KNOWN = {
    "074": ("Halsua", "Halsuan", "#2E6B3E"),
    "236": ("Kaustinen", "Kaustisen", "#9A3412"),
    "421": ("Lestijärvi", "Lestijärven", "#1D5C87"),
    "849": ("Toholampi", "Toholammin", "#6B3FA0"),
    "924": ("Veteli", "Vetelin", "#0F6B66"),
}
DEFAULT_OFFICES = {
    "hallinto": "Hallinto",
    "tekninen": "Tekninen toimi",
    "sivistys": "Sivistystoimi",
}
DEFAULT_HOURS = "ma–pe 9.00–15.00"


@dataclass(frozen=True, kw_only=True)
class SetUp:
    """What a municipality is set up with, as a person gives it."""

    code: str
    name: str = ""
    genitive: str = ""
    business_id: str = ""
    email: str = ""
    street: str = ""
    postal: str = ""
    phone: str = ""
    colour: str = ""
    office_hours: str = DEFAULT_HOURS
    closed_periods: tuple[str, ...] = ()
    number_template: str = DEFAULT_TEMPLATE
    next_number: int = 1
    offices: dict[str, str] = field(default_factory=lambda: dict(DEFAULT_OFFICES))
    round_to_year_end: bool = False


def check_set_up(wanted: SetUp) -> dict[str, Any]:
    """The fields of the municipality row; raises Problems with everything that is wrong."""
    problems: list[Problem] = []
    known = KNOWN.get(wanted.code, ("", "", "#455A64"))
    values: dict[str, Any] = {
        "name": wanted.name or known[0],
        "genitive": wanted.genitive or known[1] or f"{wanted.name}n",
        "colour": wanted.colour or known[2],
        "email": wanted.email or None,
        "street": wanted.street or None,
        "postal": wanted.postal or None,
        "phone": wanted.phone or None,
        "number_template": wanted.number_template,
        "round_to_year_end": wanted.round_to_year_end,
    }
    if not (len(wanted.code) == 3 and wanted.code.isdigit()):
        problems.append(Problem("code", _("Kuntanumerossa on kolme numeroa, esim. 924.")))
    if not values["name"]:
        problems.append(Problem("name", _("Anna kunnan nimi.")))
    if wanted.next_number < 1:
        problems.append(Problem("next_number", _("Seuraava vapaa numero on vähintään 1.")))
    for name, reading in (
        ("office_hours", lambda: parse_hours(wanted.office_hours)),
        ("closed_periods", lambda: [parse_period(p) for p in wanted.closed_periods]),
        ("business_id", lambda: check_business_id(wanted.business_id) if wanted.business_id else None),
        ("number_template", lambda: check_template(wanted.number_template)),
    ):
        try:
            values[name] = reading()
        except UserError as error:
            problems.append(Problem(name, str(error)))
    if problems:
        raise Problems(problems)
    return values


def set_up(store: Store, session: Session, wanted: SetUp) -> None:
    """Write the municipality, its offices and where its number series continues."""
    values = check_set_up(wanted)
    store.execute(SetUpMunicipality(code=wanted.code, values=values, offices=wanted.offices), session)
    if wanted.next_number > 1:
        year = local(store.clock.now()).year
        store.execute(
            ContinueSeries(municipality=wanted.code, year=year, next_number=wanted.next_number), session
        )


def add_staff(
    store: Store,
    session: Session,
    rows: list[StaffRow],
    codes: dict[str, str],
    known: dict[str, str] | None = None,
) -> dict[str, str]:
    """Add people and their roles, all or none. ``codes`` maps a municipality's code and lower-case name to
    its code; ``known`` maps e-mail or name to a person already there. Returns person ids by e-mail or
    name."""
    people, commands = staff_commands(rows, codes, known)
    store.execute_all(commands, session)
    return people


def staff_commands(
    rows: Iterable[StaffRow], codes: dict[str, str], known: dict[str, str] | None = None
) -> tuple[dict[str, str], list[Command]]:
    """Person ids by e-mail or name, and the commands that add them with their roles. Faults of all rows
    are told before there is any command."""
    rows = list(rows)
    problems = [
        Problem("municipality", _("Kuntaa ”{name}” ei ole otettu käyttöön.").format(name=r.municipality))
        for r in rows
        if r.municipality.lower() not in codes
    ]
    if problems:
        raise Problems(problems)
    people = dict(known or {})
    commands: list[Command] = []
    for row in rows:
        code = codes[row.municipality.lower()]
        key = next((k for k in (row.email, row.name) if k in people), row.email or row.name)
        if key not in people:
            people[key] = new_id()
            commands.append(
                AddPerson(
                    values={
                        "name": row.name,
                        "title": row.title or None,
                        "email": row.email or None,
                        "phone": row.phone or None,
                        "home_municipality": code,
                        "office_id": f"{code}/{row.office}" if row.office else None,
                        "employment": row.employment,
                        "active": True,
                    },
                    person_id=people[key],
                )
            )
        commands += [
            GiveRole(
                person_id=people[key],
                municipality=code,
                role=role,
                office="" if role in WHOLE_MUNICIPALITY else row.office,
                secret=row.secret,
            )
            for role in row.roles
        ]
    return people, commands


# These roles serve the whole municipality, whatever office the person sits in.
WHOLE_MUNICIPALITY = frozenset({Role.REGISTRAR, Role.ARCHIVIST, Role.ADMINISTRATOR})
