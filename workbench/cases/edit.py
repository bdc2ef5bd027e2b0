"""Changing a case that is being handled: its data, class, publicity, phase, handler."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from workbench.cases import secrecy
from workbench.cases.model import CaseState
from workbench.cases.placing import due_of, enclose_parts, own_targets, restrict_case
from workbench.cases.plan.codes import Phase
from workbench.cases.plan.model import PlanVersion
from workbench.cases.plans import current_plan
from workbench.cases.rights import (
    demand_case,
    may_loosen,
    need_serving,
    on_case,
    open_case,
    visible_case,
)
from workbench.cases.telling import tell
from workbench.cases.values import (
    case_values,
    changed_overrides,
    check_change,
    check_still_secret,
    document_values,
    mirrored,
    overrides_of,
)
from workbench.errors import UserError
from workbench.i18n import N_, _
from workbench.store.commands import Command, CommandSpec, asks
from workbench.store.unit import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class EditCase(Command):
    """Change plain fields of a case: only those named in ``changes``."""

    case_id: str
    changes: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class ReclassifyCase(Command):
    """Move a case to another class (luokan vaihto). The number keeps the class it was born with."""

    case_id: str
    class_code: str


@dataclass(frozen=True, kw_only=True)
class SetCaseValues(Command):
    """Change publicity, secrecy or retention of a case; ``None`` returns to what the plan says."""

    case_id: str
    values: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class HandOver(Command):
    """Give a case to another handler (käsittelyn siirto); history keeps who had it."""

    case_id: str
    to_id: str
    message: str = ""


@dataclass(frozen=True, kw_only=True)
class EnterPhase(Command):
    """Move a case to a phase; the state follows the phase."""

    case_id: str
    phase: str


@dataclass(frozen=True, kw_only=True)
class OpenSecret(Command):
    """Open a restricted case, document or protected contact details: asks a reason and leaves a mark."""

    kind: str
    row_id: str


EDITABLE = frozenset(
    {"title", "public_title", "case_type", "office", "due_on", "due_basis", "language", "summary", "channel"}
)

STATE_OF_PHASE = {
    Phase.GUIDANCE.value: CaseState.OPENED,
    Phase.INITIATION.value: CaseState.PENDING,
    Phase.PREPARATION.value: CaseState.IN_PREPARATION,
    Phase.DECISION.value: CaseState.FOR_DECISION,
    Phase.NOTICE.value: CaseState.NOTIFIED,
    Phase.EXECUTION.value: CaseState.TO_BE_EXECUTED,
    Phase.APPEAL.value: CaseState.UNDER_APPEAL,
    Phase.FOLLOW_UP.value: CaseState.FOLLOWED_UP,
}


def _edit(command: EditCase, uow: UnitOfWork) -> None:
    case = open_case(uow, command.case_id)
    unknown = set(command.changes) - EDITABLE
    if unknown:
        raise ValueError(f"EditCase does not change {sorted(unknown)}")
    if "title" in command.changes and not str(command.changes["title"]).strip():
        raise UserError(_("Anna asialle otsikko."), field="title")
    office = command.changes.get("office", case["office"])
    if uow.get("office", f"{case['municipality']}/{office}") is None:
        raise UserError(_("Kunnassa ei ole toimialaa ”{office}”.").format(office=office), field="office")
    changes = dict(command.changes)
    if "case_type" in changes and "due_on" not in changes:
        plan = current_plan(uow, case["municipality"])
        changes = _due_as_class(plan, case, changes) | changes
    uow.patch("case_file", case["id"], **changes)
    if office != case["office"]:
        _rescope(uow, case["id"])
    tell(uow, N_("Muutettu asian {number} tietoja"), case)


def _reclassify(command: ReclassifyCase, uow: UnitOfWork) -> None:
    case = open_case(uow, command.case_id)
    plan = current_plan(uow, case["municipality"])
    node = plan.find(command.class_code)
    if node is None or any(c.parent == node.code for c in plan.classes):
        raise UserError(_("Valitse luettelosta tehtäväluokka, jolla ei ole alaluokkia."), field="class_code")
    found = case_values(plan, command.class_code, overrides_of(case))
    # The plan, not the person, decides how long is kept in the new class; a secret stays one.
    check_change(None, found, may_loosen=True, kind="case_file", id=case["id"])
    before = case_values(plan, case["class_code"], overrides_of(case))
    check_still_secret(before, found, may_loosen=may_loosen(uow, case))
    uow.patch(
        "case_file",
        case["id"],
        class_code=command.class_code,
        plan_version=plan.version,
        **mirrored(found),
        **_due_as_class(plan, case, {"class_code": command.class_code}),
    )
    renew_documents(uow, case["id"])
    _rescope(uow, case["id"])
    tell(uow, N_("Vaihdettu asian {number} luokaksi {label}"), case, label=node.label)


def _due_as_class(plan: PlanVersion, case: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """The target day that follows from another class or type of case, unless somebody has set one."""

    def found(row: dict[str, Any]) -> tuple[date | None, str | None]:
        return due_of(plan, row["class_code"], row["case_type"], row["opened_on"])

    if case["due_on"] != found(case)[0]:
        return {}
    due_on, due_basis = found(case | changes)
    return {"due_on": due_on, "due_basis": due_basis}


def _set_values(command: SetCaseValues, uow: UnitOfWork) -> None:
    case = open_case(uow, command.case_id)
    plan = current_plan(uow, case["municipality"])
    before = case_values(plan, case["class_code"], overrides_of(case))
    overrides = changed_overrides(overrides_of(case), command.values)
    after = case_values(plan, case["class_code"], overrides)
    check_change(before, after, may_loosen=may_loosen(uow, case), kind="case_file", id=case["id"])
    uow.patch("case_file", case["id"], overrides=overrides.given() or None, **mirrored(after))
    renew_documents(uow, case["id"])
    _rescope(uow, case["id"])
    tell(uow, N_("Muutettu asian {number} julkisuutta tai säilytystä"), case)


def renew_documents(uow: UnitOfWork, case_id: str) -> None:
    """Documents take what they inherit anew after their case changed."""
    case = uow.need("case_file", case_id)
    plan = current_plan(uow, case["municipality"])
    for document in uow.select("document", case_id=case_id):
        found = document_values(
            plan, case["class_code"], document["type"], overrides_of(case), overrides_of(document)
        )
        uow.patch("document", document["id"], **mirrored(found))


def _rescope(uow: UnitOfWork, case_id: str) -> None:
    case = uow.need("case_file", case_id)
    restrict_case(uow, case)
    uow.rescope("case_file", case_id)
    enclose_parts(uow, case)


def _hand_over(command: HandOver, uow: UnitOfWork) -> None:
    case = open_case(uow, command.case_id)
    receiver = need_serving(uow, command.to_id, "to_id")
    if command.to_id == case["handler_id"]:
        raise UserError(_("{name} käsittelee asiaa jo.").format(name=receiver["name"]), field="to_id")
    uow.insert(
        "handover",
        {
            "case_id": case["id"],
            "from_id": case["handler_id"],
            "to_id": command.to_id,
            "at": uow.at,
            "message": command.message or None,
        },
    )
    uow.patch("case_file", case["id"], handler_id=command.to_id)
    for target in own_targets(uow, case):
        if case["handler_id"] and case["handler_id"] != case["registered_by"]:
            secrecy.shut_out(uow, target, case["handler_id"])
        secrecy.admit(uow, target, command.to_id, case["municipality"], secrecy.BASIS_HANDLER)
    tell(uow, N_("Asian {number} käsittelijäksi {name}"), case, name=receiver["name"])


def _enter_phase(command: EnterPhase, uow: UnitOfWork) -> None:
    case = open_case(uow, command.case_id)
    state = STATE_OF_PHASE.get(command.phase)
    if state is None:
        raise UserError(_("Tuntematon käsittelyvaihe."), field="phase")
    uow.patch("case_file", case["id"], phase=command.phase, state=state.value)
    tell(uow, N_("Siirretty asia {number} vaiheeseen {phase}"), case, phase=command.phase)


def _open_secret(command: OpenSecret, uow: UnitOfWork) -> None:
    row = uow.need(command.kind, command.row_id)
    case = row if command.kind == "case_file" else uow.need("case_file", row["case_id"])
    tell(uow, N_("Avattu salassa pidettävä: {number}"), case, about=(command.kind, command.row_id))


@asks("read")
def _may_open_secret(command: OpenSecret, uow: UnitOfWork) -> None:
    row = uow.need(command.kind, command.row_id)
    case = row if command.kind == "case_file" else visible_case(uow, row["case_id"])
    demand_case(uow, case | {"scope_id": row["scope_id"]}, "read")


_SCOPED = frozenset({"case_file", "party", "action", "document", "document_version", "task", "note"}) | {
    "case_link",
    "handover",
}

COMMANDS = (
    CommandSpec(
        EditCase,
        "case.edit",
        _edit,
        on_case("edit"),
        writes=_SCOPED | secrecy.WRITES,
        reaches=_SCOPED | secrecy.WRITES,
    ),
    CommandSpec(
        ReclassifyCase,
        "case.reclassify",
        _reclassify,
        on_case("edit"),
        writes=_SCOPED | secrecy.WRITES,
        reaches=_SCOPED | secrecy.WRITES,
    ),
    CommandSpec(
        SetCaseValues, "case.set_values", _set_values, on_case("edit"), writes=_SCOPED | secrecy.WRITES
    ),
    CommandSpec(
        HandOver,
        "case.hand_over",
        _hand_over,
        on_case("hand_over"),
        writes=frozenset({"case_file", "handover"}) | secrecy.WRITES,
    ),
    CommandSpec(
        EnterPhase, "case.enter_phase", _enter_phase, on_case("edit"), writes=frozenset({"case_file"})
    ),
    CommandSpec(
        OpenSecret,
        "case.open_secret",
        _open_secret,
        _may_open_secret,
        writes=frozenset(),
        undoable=False,
        needs_reason=True,
    ),
)
