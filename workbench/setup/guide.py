"""Bringing a real municipality into use (käyttöönotto): everything asked first, judged step by step, then
written at once beside the home and moved into it whole.

Invariant: until :func:`move_in` the home is untouched; whatever fails before that leaves nothing behind.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from workbench.cases.plan.model import PlanVersion
from workbench.cases.plan.plan_json import plan_to_dict
from workbench.cases.plan_commands import TakePlanIntoUse
from workbench.clock import Clock, local
from workbench.context import Session
from workbench.errors import Problem, Problems, UserError
from workbench.i18n import _
from workbench.ids import new_id
from workbench.opening import create_home
from workbench.organisation.commands import AddPerson, GiveRole
from workbench.organisation.model import Role
from workbench.organisation.staff_file import StaffRow
from workbench.organisation.upkeep import check_field
from workbench.setup.municipality import (
    KNOWN,
    WHOLE_MUNICIPALITY,
    SetUp,
    check_set_up,
    set_up,
    staff_commands,
)
from workbench.store.commands import Command
from workbench.store.keys import SecretStore
from workbench.store.store import Store, database_path

STEPS = ("municipality", "offices", "hours", "numbers", "staff", "plan", "key")
SHORTEST_PASSPHRASE = 12

_FIELDS = {
    "municipality": {"code", "name", "genitive", "business_id", "email", "colour"},
    "offices": {"offices"},
    "hours": {"office_hours", "closed_periods"},
    "numbers": {"number_template", "next_number"},
    "staff": {"admin_name", "admin_email", "staff"},
    "plan": {"plan"},
    "key": {"passphrase", "passphrase_again", "key"},
}

Tell = Callable[[int, int, str], None]
"""(done, total, words)"""


@dataclass(frozen=True, kw_only=True)
class Answers:
    """Everything the guide asks. The first administrator (pääkäyttäjä) is whoever sits at the machine."""

    municipality: SetUp = field(default_factory=lambda: SetUp(code=""))
    admin_name: str = ""
    admin_title: str = ""
    admin_email: str = ""
    admin_roles: tuple[Role, ...] = ()
    admin_secret: bool = False
    staff: tuple[StaffRow, ...] = ()
    plan: PlanVersion | None = None
    use_ring: bool = True
    passphrase: str = ""
    passphrase_again: str = ""


@dataclass(frozen=True)
class Made:
    """A finished store that still stands beside the home, and its recovery key."""

    folder: Path
    recovery: str


def check_answers(answers: Answers, step: str = "") -> list[Problem]:
    """Everything wrong on a step, or anywhere; each problem's code is the field it belongs to."""
    problems: list[Problem] = []
    try:
        check_set_up(answers.municipality)
    except Problems as found:
        problems += found.problems
    problems += _names(answers)
    problems += _people(answers)
    problems += _key(answers)
    wanted = _FIELDS.get(step)
    return [p for p in problems if wanted is None or p.code in wanted]


def _names(answers: Answers) -> list[Problem]:
    found: list[Problem] = []
    m = answers.municipality
    for name, value in (
        ("email", m.email),
        ("colour", m.colour or KNOWN.get(m.code, ("", "", "#455A64"))[2]),
    ):
        try:
            check_field(name, value)
        except UserError as error:
            found.append(Problem(name, str(error)))
    if not any(name.strip() for name in m.offices.values()):
        found.append(Problem("offices", _("Anna ainakin yksi toimiala. Asiat kuuluvat aina toimialalle.")))
    return found


def _people(answers: Answers) -> list[Problem]:
    found: list[Problem] = []
    if not answers.admin_name.strip():
        found.append(Problem("admin_name", _("Anna pääkäyttäjän nimi. Hän antaa muille roolit.")))
    try:
        check_field("email", answers.admin_email)
    except UserError as error:
        found.append(Problem("admin_email", str(error)))
    offices = set(answers.municipality.offices)
    for row in answers.staff:
        if row.office and row.office not in offices:
            found.append(
                Problem(
                    "staff",
                    _("Henkilön {name} toimialaa ”{office}” ei ole. Toimialat ovat: {known}.").format(
                        name=row.name, office=row.office, known=", ".join(sorted(offices))
                    ),
                )
            )
    return found


def _key(answers: Answers) -> list[Problem]:
    if answers.use_ring:
        return []
    if len(answers.passphrase) < SHORTEST_PASSPHRASE:
        return [Problem("passphrase", _too_short())]
    if answers.passphrase != answers.passphrase_again:
        return [Problem("passphrase_again", _not_the_same())]
    return []


def _too_short() -> str:
    return _("Salalauseessa on vähintään {n} merkkiä. Monta sanaa on parempi kuin yksi vaikea.").format(
        n=SHORTEST_PASSPHRASE
    )


def _not_the_same() -> str:
    return _("Salalauseet eivät ole samat. Kirjoita se uudelleen.")


def demand_same(passphrase: str, again: str) -> None:
    """Refuse a new passphrase that was written otherwise the second time: nobody could open what it locks."""
    if passphrase != again:
        raise UserError(_not_the_same(), field="passphrase_again")


def demand_passphrase(passphrase: str, ring: SecretStore) -> None:
    """Refuse a new passphrase that is too short, or none where there is no key ring. May wait, as has_ring does."""
    if passphrase and len(passphrase) < SHORTEST_PASSPHRASE:
        raise UserError(_too_short(), field="passphrase")
    if not passphrase and not has_ring(ring):
        raise UserError(
            _("Tällä koneella ei ole avainnippua. Keksi salalause, jolla ohjelma avataan joka kerta."),
            field="passphrase",
        )


def has_ring(ring: SecretStore) -> bool:
    """Whether this machine has a key ring (avainnippu) that keeps a secret. May wait: ask off the window."""
    return ring.set("seutupoyta-koe", "koe")


def build(
    home: Path,
    answers: Answers,
    *,
    tell: Tell = lambda _done, _total, _words: None,
    clock: Clock | None = None,
    ring: SecretStore | None = None,
) -> Made:
    """Write the whole store beside the home. ``ring`` is used only when the answers say so. Raises Problems
    with everything wrong before anything is written."""
    problems = check_answers(answers)
    if problems:
        raise Problems(problems)
    if database_path(home).exists():
        raise UserError(_("Kansiossa {home} on jo tietovarasto.").format(home=home), field="home")
    folder = beside(home)
    shutil.rmtree(folder, ignore_errors=True)
    try:
        tell(0, 4, _("Luodaan salattu tietovarasto"))
        store, recovery = create_home(
            folder,
            clock=clock,
            passphrase=answers.passphrase or None,
            ring=ring if answers.use_ring else None,
        )
        try:
            _write(store, answers, tell)
        finally:
            store.close()
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Made(folder, recovery)


def _write(store: Store, answers: Answers, tell: Tell) -> None:
    wanted = answers.municipality
    code = wanted.code
    person = new_id()
    session = Session(person, code)
    tell(1, 4, _("Kirjoitetaan kunnan tiedot"))
    set_up(store, session, wanted)
    office = next(iter(wanted.offices))
    store.execute(
        AddPerson(
            values={
                "name": answers.admin_name.strip(),
                "title": answers.admin_title.strip() or None,
                "email": answers.admin_email.strip() or None,
                "home_municipality": code,
                "office_id": f"{code}/{office}",
                "employment": "virka",
                "active": True,
            },
            person_id=person,
        ),
        session,
    )
    store.set_meta("user", person)
    store.execute(GiveRole(person_id=person, municipality=code, role=Role.ADMINISTRATOR), session)
    store.execute_all(role_commands(answers, person), session)
    tell(2, 4, _("Lisätään henkilöstö"))
    name = check_set_up(wanted)["name"]
    known = {key: person for key in (answers.admin_name.strip(), answers.admin_email.strip()) if key}
    _ids, commands = staff_commands(answers.staff, {code: code, name.lower(): code}, known)
    store.execute_all(commands, session)
    tell(3, 4, _("Otetaan tiedonohjaussuunnitelma käyttöön"))
    if answers.plan is not None:
        store.execute(TakePlanIntoUse(municipality=code, content=plan_content(answers)), session)
    store.set_meta("last_municipality", code)
    tell(4, 4, _("Valmis"))


def role_commands(answers: Answers, person: str) -> list[Command]:
    """The first administrator's other roles."""
    code = answers.municipality.code
    office = next(iter(answers.municipality.offices))
    return [
        GiveRole(
            person_id=person,
            municipality=code,
            role=role,
            office="" if role in WHOLE_MUNICIPALITY else office,
            secret=answers.admin_secret,
        )
        for role in answers.admin_roles
        if role is not Role.ADMINISTRATOR
    ]


def plan_content(answers: Answers) -> dict[str, Any]:
    """The chosen plan as the municipality's own."""
    assert answers.plan is not None
    return plan_to_dict(replace(answers.plan, municipality=answers.municipality.code))


def move_in(made: Made, home: Path) -> None:
    """Put the finished store in its place; the recovery key is safe by now."""
    home.mkdir(parents=True, exist_ok=True)
    # The database goes last: a home without it is still an empty home.
    entries = sorted(made.folder.iterdir(), key=lambda e: e.name == database_path(home).name)
    for entry in entries:
        target = home / entry.name
        if target.is_dir():
            shutil.rmtree(target)
        entry.replace(target)
    made.folder.rmdir()


def discard(made: Made) -> None:
    """The person gave up: nothing is left."""
    shutil.rmtree(made.folder, ignore_errors=True)


def this_year(clock: Clock) -> int:
    """The year whose number series continues."""
    return local(clock.now()).year


def beside(home: Path) -> Path:
    """Where a home is put together before it is moved in."""
    return home.with_name(f".{home.name}.unfinished")
