"""Whether a register fits the common settings of a server: municipalities and offices by their codes, classes by theirs,
people by id, e-mail or name. What does not fit is listed with what to do."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from workbench.cases.plan.codes import PlanState
from workbench.cases.plan.plan_json import checked_plan, common_plan
from workbench.cases.tables import case_file
from workbench.errors import Problem
from workbench.i18n import _
from workbench.organisation.model import in_force
from workbench.organisation.tables import municipality, person
from workbench.store.domain import Settings
from workbench.store.kinds import KindRegistry
from workbench.store.meta import USER, get_meta
from workbench.store.ordering import COMMON
from workbench.store.renaming import Named, named_ids


def fits_settings(
    connection: Connection, kinds: KindRegistry, theirs: Settings, account_person: str, on: date
) -> tuple[Named, list[Problem]]:
    """How the server names the people whom rows here name, and all that does not fit (see
    :data:`workbench.store.domain.Fits`)."""
    known = theirs.get("person", {})
    ids, problems = _people(connection, kinds, known, account_person)
    names = {row.id: row.name for row in connection.execute(select(person.c.id, person.c.name))}
    named = Named({"person": ids}, {i: n for i, n in names.items() if i not in known})
    return named, [
        *_places(connection, kinds, theirs, account_person, on),
        *_classes(connection, theirs),
        *problems,
    ]


def _places(
    connection: Connection, kinds: KindRegistry, theirs: Settings, account_person: str, on: date
) -> Iterable[Problem]:
    names = {
        row.code: row.name for row in connection.execute(select(municipality.c.code, municipality.c.name))
    }
    known = theirs.get("municipality", {})
    mine = {r["municipality"] for r in theirs.get("role", {}).values() if _is_mine(r, account_person, on)}
    own = _owned(connection, kinds)
    for code in sorted(named_ids(connection, kinds, "municipality")):
        shown = f"{code} {names.get(code, '')}".strip()
        if code not in known:
            yield Problem(
                "municipality",
                _(
                    "Kuntaa {name} ei ole palvelimella. Pyydä pääkäyttäjää ottamaan se käyttöön: "
                    "workbench-server unit add {code}"
                ).format(name=shown, code=code),
            )
        elif code in own and code not in mine:
            yield Problem(
                "role",
                _(
                    "Sinulla ei ole palvelimella roolia kunnassa {name}, jonka asioita täällä on. "
                    "Pyydä pääkäyttäjältä rooli."
                ).format(name=shown),
            )
    c = case_file.c
    offices = {(o["municipality"], o["code"]) for o in theirs.get("office", {}).values()}
    for code, office in connection.execute(
        select(c.municipality, c.office).distinct().order_by(c.municipality, c.office)
    ):
        if code in known and (code, office) not in offices:
            yield Problem(
                "office",
                _(
                    "Kunnan {code} toimialaa ”{office}” ei ole palvelimella. Pyydä pääkäyttäjää lisäämään se: "
                    "workbench-server unit add {code} --office {office}=Nimi"
                ).format(code=code, office=office),
            )


def _owned(connection: Connection, kinds: KindRegistry) -> set[str]:
    """Municipalities whose registers there are rows of here."""
    found: set[str] = set()
    for kind in kinds:
        if "municipality" in kind.by_name:
            c = kinds.table(kind.name).c
            query = select(c.municipality).where(c.scope_id != COMMON).distinct()
            found |= set(connection.execute(query).scalars())
    return found


def _is_mine(role: Mapping[str, Any], account_person: str, on: date) -> bool:
    if role["person_id"] != account_person:
        return False
    return in_force(_day(role.get("valid_from")), _day(role.get("valid_to")), on)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _classes(connection: Connection, theirs: Settings) -> Iterable[Problem]:
    c = case_file.c
    used: dict[str, list[str]] = {}
    for code, class_code in connection.execute(
        select(c.municipality, c.class_code).distinct().order_by(c.municipality, c.class_code)
    ):
        used.setdefault(code, []).append(class_code)
    for code, wanted in used.items():
        known = {node.code for node in common_plan().classes}
        for row in theirs.get("plan", {}).values():
            if row["municipality"] == code and row["state"] == PlanState.IN_USE.value:
                known |= {node.code for node in checked_plan(row["content"]).classes}
        absent = [class_code for class_code in wanted if class_code not in known]
        if absent:
            yield Problem(
                "class",
                _(
                    "Kunnan {code} tehtäväluokkia ei ole palvelimen tiedonohjaussuunnitelmassa: {classes}. "
                    "Tuo suunnitelma ensin palvelimelle tai muuta asioiden luokka."
                ).format(code=code, classes=", ".join(absent)),
            )


def _people(
    connection: Connection,
    kinds: KindRegistry,
    theirs: Mapping[str, Mapping[str, Any]],
    account_person: str,
) -> tuple[dict[str, str], list[Problem]]:
    """Former id → id on the server of everybody whom rows name, and whom it lacks."""
    ours = {r["id"]: dict(r) for r in connection.execute(select(person)).mappings()}
    user = get_meta(connection, USER)
    named = set(named_ids(connection, kinds, "person"))
    same = {i: _same(ours.get(i, {"id": i, "name": i}), theirs) for i in named | ours.keys()}
    found: dict[str, str] = {}
    problems: list[Problem] = []
    if user in ours and not any(account_person in them for them in same.values()):
        # Whose workstation it is, called otherwise here than there.
        if same[user]:
            problems.append(_another(ours[user], theirs.get(account_person, {})))
        same[user] = [account_person]
        named.add(user)
    elif user in ours and account_person in same[user]:
        same[user] = [account_person]
    elif user in ours and same[user]:
        problems.append(_another(ours[user], theirs.get(account_person, {})))
    for former in sorted(named):
        if len(same[former]) == 1:
            found[former] = same[former][0]
        else:
            problems.append(_unknown(ours.get(former, {"id": former, "name": former}), same[former]))
    return found, problems + _twice(found, ours)


def _same(one: Mapping[str, Any], theirs: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Ids of those on the server who are the same person: by id, else by e-mail, else by name, when the two do
    not have different e-mails."""
    if one["id"] in theirs:
        return [str(one["id"])]
    mail, name = _folded(one.get("email")), _folded(one.get("name"))
    by_mail = [i for i, other in theirs.items() if mail and _folded(other.get("email")) == mail]
    return by_mail or [
        i
        for i, other in theirs.items()
        if _folded(other.get("name")) == name and not (mail and _folded(other.get("email")))
    ]


def _another(user: Mapping[str, Any], account: Mapping[str, Any]) -> Problem:
    message = _(
        "Tämän työaseman käyttäjä on {name}, mutta liittymiskoodi on henkilön {other}. Pyydä oma liittymiskoodi."
    )
    return Problem("user", message.format(name=user["name"], other=account.get("name", "")))


def _folded(text: str | None) -> str:
    return " ".join((text or "").split()).casefold()


def _unknown(one: Mapping[str, Any], same: Collection[str]) -> Problem:
    if same:
        message = _(
            "Palvelimella on usea {name}. Lisää henkilölle täällä sama sähköpostiosoite kuin palvelimella."
        ).format(name=one["name"])
    else:
        message = _(
            "Henkilöä {name} ei ole palvelimella. Pyydä pääkäyttäjää lisäämään hänet "
            "tai korjaa nimi tai sähköpostiosoite samaksi kuin palvelimella."
        ).format(name=one["name"])
    return Problem("person", message, kind="person", id=str(one["id"]))


def _twice(found: Mapping[str, str], ours: Mapping[str, Mapping[str, Any]]) -> list[Problem]:
    """Two of ours cannot be the same person there: what each may see would be the other's."""
    first: dict[str, str] = {}
    problems: list[Problem] = []
    for former, new in found.items():
        other = first.setdefault(new, former)
        if other != former:
            problems.append(
                Problem(
                    "person",
                    _(
                        "{name} ja {other} ovat palvelimella sama henkilö. Korjaa täällä toisen nimi tai "
                        "sähköpostiosoite."
                    ).format(name=_name(ours, former), other=_name(ours, other)),
                    kind="person",
                    id=former,
                )
            )
    return problems


def _name(ours: Mapping[str, Mapping[str, Any]], person_id: str) -> str:
    return str(ours.get(person_id, {}).get("name") or person_id)
