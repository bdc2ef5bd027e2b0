"""Who may change a row: asked by the server of each row a command changed (see
:data:`~workbench.store.domain.RowGuard`).

A command's own authorisation sees what its arguments name; here each row answers for itself, as it was before
the command. What the person may not read has been refused before this is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from workbench.cases import formerly
from workbench.cases.field_guard import guard_fields
from workbench.cases.plan_commands import demand_plan
from workbench.cases.rights import OF_AN_OPEN_CASE, access, why_not_open
from workbench.errors import Locked, NotAllowed
from workbench.i18n import _
from workbench.organisation.access import demand, may
from workbench.store.unit import RowOp, UnitOfWork


def guard_row(uow: UnitOfWork, verb: str, op: RowOp) -> None:
    """Refuse unless whoever acts may change this row by a command of the verb."""
    _RULES.get(op.kind, _of_case)(uow, verb, op)


def _states(uow: UnitOfWork, op: RowOp) -> list[dict[str, Any]]:
    """The row before and after, as far as it is there."""
    found = (formerly.before(uow, op.kind, op.row_id), uow.get(op.kind, op.row_id))
    return [row for row in found if row is not None]


def _own(uow: UnitOfWork, _verb: str, op: RowOp) -> None:
    if any(row["person_id"] != uow.session.person_id for row in _states(uow, op)):
        raise NotAllowed(_("Merkintä on toisen henkilön."))


def _of_organisation(field: str) -> Callable[[UnitOfWork, str, RowOp], None]:
    def rule(uow: UnitOfWork, _verb: str, op: RowOp) -> None:
        for row in _states(uow, op):
            demand(may(uow.connection, access(uow), "organisation", municipality=row[field]))

    return rule


def _of_plan(uow: UnitOfWork, _verb: str, op: RowOp) -> None:
    for row in _states(uow, op):
        demand_plan(uow, row["municipality"])


_ARRIVAL_VERBS = frozenset({"register", "correct", "discard"})


def _of_arrival(uow: UnitOfWork, verb: str, op: RowOp) -> None:
    before = formerly.before(uow, op.kind, op.row_id)
    if before is None and uow.command_type in _SENDING:
        return  # put into another municipality's arrivals, as the command says
    asked = verb if verb in _ARRIVAL_VERBS else "register"
    for row in _states(uow, op):
        demand(may(uow.connection, access(uow), asked, municipality=row["municipality"]))


_SENDING = frozenset({"arrival.pass_on", "arrival.hand_over", "case.transfer"})


def _of_secrecy(uow: UnitOfWork, verb: str, op: RowOp) -> None:
    """A right or a place is given by whoever may change the case it is about."""
    ids: set[str] = set()
    for row in _states(uow, op):
        kind, _colon, row_id = str(row["target"]).partition(":")
        if kind == "case":
            ids.add(row_id)
            continue
        parts = [_either(uow, part, row_id) for part in ("document", "party")]
        found = [p["case_id"] for p in parts if p is not None]
        if not found:
            raise NotAllowed(_("Kohdetta ei löydy."))
        ids.update(found)
    _demand_cases(uow, verb, ids)


def _either(uow: UnitOfWork, kind: str, row_id: str) -> dict[str, Any] | None:
    return uow.get(kind, row_id) or formerly.before(uow, kind, row_id)


def _of_case(uow: UnitOfWork, verb: str, op: RowOp) -> None:
    states = _states(uow, op)
    if op.kind == "task" and all(row["assignee_id"] == uow.session.person_id for row in states):
        verb = "read"  # whoever a task was given to may complete it
    if op.kind in OF_AN_OPEN_CASE and uow.command_type not in _ON_ENDED:
        _demand_open(uow, states)
    name = "id" if op.kind == "case_file" else "case_id"
    _demand_cases(uow, verb, {str(row[name]) for row in states})
    guard_fields(uow, verb, op)


# Commands that change a case that has ended; taking back has rules of its own.
_ON_ENDED = frozenset({"case.reopen", "document.destroy", "store.undo"})


def _demand_open(uow: UnitOfWork, states: list[dict[str, Any]]) -> None:
    for row in states:
        case = formerly.before(uow, "case_file", str(row.get("case_id") or row["id"]))
        why = why_not_open(case)[1] if case is not None else ""
        if why:
            raise Locked(why)


def _demand_cases(uow: UnitOfWork, verb: str, ids: Iterable[str]) -> None:
    for case_id in sorted(ids):
        case = formerly.before(uow, "case_file", case_id) or uow.get("case_file", case_id)
        if case is None:
            raise NotAllowed(_("Asiaa ei löydy, tai sinulla ei ole oikeutta siihen."))
        if verb == "read":
            continue  # read it may be, or it would have been refused before
        demand(
            may(
                uow.connection,
                access(uow),
                verb,
                municipality=case["municipality"],
                office=case["office"],
                handler_id=case["handler_id"] or "",
            )
        )


_RULES: dict[str, Callable[[UnitOfWork, str, RowOp], None]] = {
    "municipality": _of_organisation("code"),
    "office": _of_organisation("municipality"),
    "person": _of_organisation("home_municipality"),
    "role": _of_organisation("municipality"),
    "plan": _of_plan,
    "case_mark": _own,
    "saved_view": _own,
    "arrival": _of_arrival,
    "arrival_file": _of_arrival,
    "secrecy_scope": _of_secrecy,
    "access_right": _of_secrecy,
}
