"""Another municipality into a home that is in use (toinen kunta samaan tietovarastoon): all of it or nothing."""

from __future__ import annotations

from workbench.cases.plan_commands import TakePlanIntoUse
from workbench.clock import local
from workbench.context import Session
from workbench.errors import Problem, Problems
from workbench.i18n import _
from workbench.organisation.commands import ContinueSeries, GiveRole, SetUpMunicipality
from workbench.organisation.model import Role
from workbench.organisation.queries import access_for, load_municipalities
from workbench.setup.guide import Answers, check_answers, plan_content, role_commands
from workbench.setup.municipality import check_set_up, staff_commands
from workbench.store.commands import Command
from workbench.store.store import Reader, Store


def may_set_up(reader: Reader) -> bool:
    """Whether the person administers the municipality acted for: an administrator may set up another."""
    return access_for(reader).has_role(Role.ADMINISTRATOR)


def taken_codes(reader: Reader) -> dict[str, str]:
    """Codes and names of the municipalities that are in use already."""
    return {m.code: m.name for m in load_municipalities(reader)}


def check_code(answers: Answers, taken: dict[str, str]) -> list[Problem]:
    """Whether the municipality is here already."""
    code = answers.municipality.code
    if code not in taken:
        return []
    words = _("{name} ({code}) on jo käytössä. Sen tietoja muutetaan asetusten osassa Kunta.")
    return [Problem("code", words.format(name=taken[code], code=code))]


def set_up_another(store: Store, session: Session, answers: Answers) -> str:
    """Write it in one transaction; returns its name. The person becomes its administrator, with the other
    roles she chose. Raises Problems with everything wrong, or NotAllowed; then nothing was written."""
    with store.read_as(session) as reader:
        problems = [*check_answers(answers), *check_code(answers, taken_codes(reader))]
    if problems:
        raise Problems(problems)
    wanted, person = answers.municipality, session.person_id
    code, values = wanted.code, check_set_up(wanted)
    commands: list[Command] = [SetUpMunicipality(code=code, values=values, offices=wanted.offices)]
    commands.append(GiveRole(person_id=person, municipality=code, role=Role.ADMINISTRATOR))
    if wanted.next_number > 1:
        year = local(store.clock.now()).year
        commands.append(ContinueSeries(municipality=code, year=year, next_number=wanted.next_number))
    commands += role_commands(answers, person)
    known = {key: person for key in (answers.admin_name.strip(), answers.admin_email.strip()) if key}
    _ids, people = staff_commands(answers.staff, {code: code, values["name"].lower(): code}, known)
    commands += people
    if answers.plan is not None:
        commands.append(TakePlanIntoUse(municipality=code, content=plan_content(answers)))
    store.execute_all(commands, Session(person, code))
    return str(values["name"])
