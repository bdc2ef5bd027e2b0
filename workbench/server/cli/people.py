"""What the administrator does to people and municipalities: domain rows by ordinary commands, accounts beside."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from workbench.clock import local
from workbench.errors import UserError
from workbench.i18n import _
from workbench.opening import create_home
from workbench.organisation.commands import AddPerson, ContinueSeries, GiveRole, SetUpMunicipality
from workbench.organisation.model import Role
from workbench.organisation.tables import municipality
from workbench.organisation.tables import office as offices
from workbench.server.administration import execute
from workbench.server.desk import Desk
from workbench.server.identity import accounts
from workbench.server.taking_over import take_over
from workbench.setup.demo import build_demo
from workbench.setup.municipality import DEFAULT_OFFICES, SetUp, check_set_up
from workbench.setup.region import load_region, person_id, write_region


@dataclass(frozen=True)
class Wanted:
    """A person as the command line gives her. ``units`` are municipalities or municipality/office."""

    name: str
    units: tuple[str, ...]
    roles: tuple[str, ...]
    username: str = ""
    email: str = ""
    secret: bool = False


@dataclass(frozen=True)
class Made:
    """An account that was made."""

    username: str
    account_id: str


def add_person(desk: Desk, wanted: Wanted) -> Made:
    """The person's row, her roles and her account. What cannot be done is said before anything is."""
    roles = [_role(name) for name in wanted.roles]
    units = [_unit(desk, unit) for unit in wanted.units]
    username = wanted.username or username_of(wanted.name)
    with desk.database.reading() as connection:
        taken = any(a.username.casefold() == username.casefold() for a in accounts.list_accounts(connection))
    if taken or not accounts.username_key(username):
        raise UserError(
            _("Tunnus ”{name}” on jo olemassa tai ei kelpaa. Anna toinen: --username").format(name=username),
            field="username",
        )
    home, office = units[0]
    values = {
        "name": wanted.name,
        "email": wanted.email or None,
        "home_municipality": home,
        "office_id": f"{home}/{office}" if office else None,
        "employment": "virka",
        "active": True,
    }
    made = str(_run(desk, AddPerson(values=values), home))
    for code, office in units:
        for role in roles:
            command = GiveRole(
                person_id=made, municipality=code, office=office, role=role, secret=wanted.secret
            )
            _run(desk, command, code)
    return Made(username, _open_account(desk, username, made))


def account(desk: Desk, username: str) -> accounts.AccountRow:
    """The account of a name."""
    with desk.database.reading() as connection:
        return accounts.find_account(connection, username)


def joining_code(desk: Desk, account_id: str, *, adopts: bool = False) -> str:
    """A new joining code; ``adopts``: with it a workstation's own register may come along."""
    now = desk.clock.now()
    return desk.database.write(
        lambda c: accounts.new_enrolment(c, desk.policy, account_id, now, adopts=adopts)
    )


def username_of(name: str) -> str:
    """”Maija Mäkelä” → ”maija.makela”."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return ".".join(re.findall(r"[a-z0-9]+", plain))


def add_unit(
    desk: Desk, code: str, name: str, genitive: str, wanted_offices: list[str], next_number: int
) -> None:
    """A municipality into use; one that is in use keeps what is not named."""
    named: dict[str, str] = {}
    for one in wanted_offices:
        key, equals, shown = one.partition("=")
        if not (equals and shown.strip()):
            raise UserError(_("Anna toimiala muodossa tunnus=Nimi."), field="office")
        named[key.strip()] = shown.strip()
    with desk.database.reading() as connection:
        known = connection.execute(select(municipality).where(municipality.c.code == code)).mappings().first()
    if known is None:
        values = check_set_up(SetUp(code=code, name=name, genitive=genitive, next_number=next_number))
        named = named or dict(DEFAULT_OFFICES)
    else:
        values = {"name": name or known["name"], "genitive": genitive or known["genitive"]}
    _run(desk, SetUpMunicipality(code=code, values=values, offices=named), code)
    if next_number > 1:
        year = local(desk.clock.now()).year
        _run(desk, ContinueSeries(municipality=code, year=year, next_number=next_number), code)


def found_region(desk: Desk, cases: int) -> Iterator[tuple[str, str, str]]:
    """The made-up region with so many cases; yields (username, name, joining code) of each of its people."""
    region = load_region()
    if cases:
        _take_over_demonstration(desk, cases)
    else:
        write_region(lambda command, session: _run(desk, command, session.municipality), region)
    for one in region.people:
        username = username_of(one.name)
        made = _open_account(desk, username, person_id(one.id))
        yield username, one.name, joining_code(desk, made)


def _take_over_demonstration(desk: Desk, cases: int) -> None:
    """The region as a workstation's demonstration makes it, letters and all, brought onto the server."""
    with tempfile.TemporaryDirectory() as folder:
        store, _recovery = create_home(Path(folder) / "home", demo=True)
        try:
            build_demo(store, cases=cases, seed=1)
            take_over(desk, store)
        finally:
            store.close()


def _open_account(desk: Desk, username: str, person: str) -> str:
    now = desk.clock.now()
    return desk.database.write(lambda c: accounts.create_account(c, desk.policy, username, person, now))


def _run(desk: Desk, command: object, code: str) -> object:
    return execute(desk.database, desk.domain, command, desk.clock.now(), municipality=code)  # type: ignore[arg-type]


def _role(name: str) -> Role:
    try:
        return Role(name)
    except ValueError as error:
        raise UserError(
            _("Roolia ”{name}” ei ole. Roolit: {names}.").format(
                name=name, names=", ".join(r.value for r in Role)
            ),
            field="role",
        ) from error


def _unit(desk: Desk, unit: str) -> tuple[str, str]:
    code, _slash, office = unit.partition("/")
    with desk.database.reading() as connection:
        codes = set(connection.execute(select(municipality.c.code)).scalars())
        known = set(
            connection.execute(select(offices.c.code).where(offices.c.municipality == code)).scalars()
        )
    if code not in codes:
        raise UserError(
            _("Kuntaa {code} ei ole otettu käyttöön. Tee se ensin: workbench-server unit add {code}").format(
                code=code
            ),
            field="unit",
        )
    if office and office not in known:
        raise UserError(_("Kunnassa ei ole toimialaa ”{office}”.").format(office=office), field="unit")
    return code, office
