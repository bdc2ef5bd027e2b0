"""Setting up and changing the organisation (käyttöönotto ja pääkäyttäjän toimet)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from workbench.errors import UserError
from workbench.i18n import N_, _
from workbench.ids import new_id
from workbench.organisation.access import access_of, demand
from workbench.organisation.model import Answer, Role
from workbench.organisation.series import case_series
from workbench.organisation.tables import role
from workbench.store.authority import continue_series, peek_number
from workbench.store.commands import Command, CommandSpec, asks
from workbench.store.unit import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class SetUpMunicipality(Command):
    """Bring a municipality into use, or change what was set. ``values`` are fields of the kind;
    ``offices`` maps office code → name."""

    code: str
    values: dict[str, Any]
    offices: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class AddPerson(Command):
    """Add a member of staff."""

    values: dict[str, Any]
    person_id: str = field(default_factory=new_id)


@dataclass(frozen=True, kw_only=True)
class GiveRole(Command):
    """Give a person a role in a municipality, over one office ("" = all)."""

    person_id: str
    municipality: str
    role: Role
    office: str = ""
    secret: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    role_id: str = field(default_factory=new_id)


@dataclass(frozen=True, kw_only=True)
class ContinueSeries(Command):
    """Let a municipality's case numbers continue from another system's: the next free number."""

    municipality: str
    year: int
    next_number: int


@asks("organisation")
def _administers(command: Any, uow: UnitOfWork) -> None:
    administers(uow, getattr(command, "municipality", "") or getattr(command, "code", ""))


def administers(uow: UnitOfWork, wanted: str) -> None:
    """Refuse unless the person may change a municipality's organisation: its administrator; any
    municipality's administrator while it has no roles yet; anybody in a store that has no roles at all."""
    if uow.connection.execute(select(role.c.k).limit(1)).first() is None:
        return
    everywhere = access_of(uow.connection, replace(uow.session, municipality=""), uow.at)
    administered = {g.municipality for g in everywhere.grants if g.role is Role.ADMINISTRATOR}
    if wanted in administered:
        return
    if (
        wanted
        and uow.connection.execute(select(role.c.k).where(role.c.municipality == wanted).limit(1)).first()
    ):
        administered = set()
    demand(
        Answer(
            bool(administered),
            _("Organisaation tietoja muuttaa kunnan pääkäyttäjä. Pyydä häntä tekemään muutos."),
        )
    )


def _set_up(command: SetUpMunicipality, uow: UnitOfWork) -> None:
    for code in command.offices:
        # The code is part of scopes and of index tokens: plain letters, digits and lines only.
        if not re.fullmatch(r"[0-9a-zåäö_-]{1,40}", code):
            raise UserError(
                _("Toimialan tunnuksessa ”{code}” voi olla pieniä kirjaimia, numeroita ja viivoja.").format(
                    code=code
                ),
                field="offices",
            )
    existing = uow.get("municipality", command.code)
    if existing is None:
        uow.insert("municipality", command.values | {"code": command.code}, row_id=command.code)
    else:
        uow.patch("municipality", command.code, **command.values)
    for order, (code, name) in enumerate(command.offices.items()):
        office_id = f"{command.code}/{code}"
        if uow.get("office", office_id) is None:
            uow.insert(
                "office",
                {"municipality": command.code, "code": code, "name": name, "order_key": order},
                row_id=office_id,
            )
        else:
            uow.patch("office", office_id, name=name, order_key=order)
    uow.say(N_("Kunnan tiedot tallennettu: {name}"), name=command.values.get("name", command.code))
    uow.concerns("municipality", command.code, chain=command.code)


def _add_person(command: AddPerson, uow: UnitOfWork) -> str:
    if not str(command.values.get("name", "")).strip():
        raise UserError(_("Anna henkilön nimi."), field="name")
    uow.insert("person", command.values, row_id=command.person_id)
    uow.say(N_("Lisätty henkilö {name}"), name=command.values["name"])
    uow.concerns("person", command.person_id, chain=command.values["home_municipality"])
    return command.person_id


def _give_role(command: GiveRole, uow: UnitOfWork) -> str:
    person = uow.need("person", command.person_id)
    if not person["active"]:
        raise UserError(_("{name} ei ole enää palveluksessa.").format(name=person["name"]), field="person_id")
    if uow.get("municipality", command.municipality) is None:
        raise UserError(
            _("Kuntaa {code} ei ole otettu käyttöön.").format(code=command.municipality), field="municipality"
        )
    if command.office and uow.get("office", f"{command.municipality}/{command.office}") is None:
        raise UserError(
            _("Kunnassa ei ole toimialaa ”{office}”.").format(office=command.office), field="office"
        )
    uow.insert(
        "role",
        {
            "person_id": command.person_id,
            "municipality": command.municipality,
            "office": command.office,
            "role": command.role.value,
            "secret": command.secret,
            "valid_from": command.valid_from,
            "valid_to": command.valid_to,
        },
        row_id=command.role_id,
    )
    uow.say(N_("Annettu rooli henkilölle {name}"), name=person["name"])
    uow.concerns("person", command.person_id, chain=command.municipality)
    return command.role_id


def _continue(command: ContinueSeries, uow: UnitOfWork) -> None:
    name = case_series(command.municipality, command.year)
    try:
        continue_series(uow.connection, name, command.next_number)
    except ValueError as error:
        raise UserError(
            _("Numero {n} on jo käytetty vuonna {year}. Seuraava vapaa numero on vähintään {next}.").format(
                n=command.next_number, year=command.year, next=peek_number(uow.connection, name)
            ),
            field="next_number",
        ) from error
    uow.say(N_("Asiatunnusten sarja {year} jatkuu numerosta {n}"), year=command.year, n=command.next_number)
    uow.concerns("municipality", command.municipality, chain=command.municipality)


COMMANDS = (
    CommandSpec(
        SetUpMunicipality,
        "organisation.set_up",
        _set_up,
        _administers,
        writes=frozenset({"municipality", "office"}),
    ),
    CommandSpec(AddPerson, "organisation.add_person", _add_person, _administers, frozenset({"person"})),
    CommandSpec(GiveRole, "organisation.give_role", _give_role, _administers, frozenset({"role"})),
    CommandSpec(
        ContinueSeries, "organisation.continue_series", _continue, _administers, frozenset(), undoable=False
    ),
)
