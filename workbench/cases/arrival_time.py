"""Correcting when something arrived (saapumisaika, TihL 25 §), where the registration has it wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from workbench.cases.placing import due_of
from workbench.cases.plans import current_plan
from workbench.cases.rights import on_case_or_document, open_case
from workbench.cases.telling import tell
from workbench.clock import local
from workbench.errors import UserError
from workbench.i18n import N_, _, moment_text
from workbench.store.commands import Command, CommandSpec
from workbench.store.unit import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class CorrectArrival(Command):
    """Correct the time of arrival of a received document, with its attachments; when it is the letter that
    the case began with, also when the case became pending, its first action and its target day. Without a
    document: of a case that came without one."""

    case_id: str
    arrived_at: datetime
    document_id: str = ""


def _correct(command: CorrectArrival, uow: UnitOfWork) -> None:
    case = open_case(uow, command.case_id)
    if command.arrived_at > uow.at:
        raise UserError(_("Saapumisaika on tulevaisuudessa. Tarkista se."), field="arrived_at")
    former = case["arrived_at"]
    if command.document_id:
        document = uow.need("document", command.document_id)
        if document["case_id"] != case["id"] or document["direction"] != "received":
            raise UserError(_("Valitse asiaan saapunut asiakirja."), field="document_id")
        former = document["arrived_at"]
        for row in _with_attachments(uow, document):
            uow.patch("document", row["id"], arrived_at=command.arrived_at)
    elif any(d["direction"] == "received" for d in uow.select("document", case_id=case["id"])):
        raise UserError(_("Valitse asiakirja, jonka saapumisaika korjataan."), field="document_id")
    if case["arrived_at"] == former:
        _begin_anew(uow, case, command.arrived_at)
    elif command.document_id:
        _move_action(uow, document, local(former).date(), local(command.arrived_at).date())
    moment = moment_text(command.arrived_at)
    tell(uow, N_("Korjattu saapumisaika asiassa {number}: {moment}"), case, moment=moment)


def _with_attachments(uow: UnitOfWork, document: dict[str, Any]) -> list[dict[str, Any]]:
    """The document and those that came with it."""
    found = [document]
    for attachment in uow.select("document", attached_to=document["id"]):
        if attachment["arrived_at"] == document["arrived_at"]:
            found += _with_attachments(uow, attachment)
    return found


def _begin_anew(uow: UnitOfWork, case: dict[str, Any], arrived_at: datetime) -> None:
    opened_on = local(arrived_at).date()
    plan = current_plan(uow, case["municipality"])
    kind = (plan, case["class_code"], case["case_type"])
    changes: dict[str, Any] = {"arrived_at": arrived_at, "opened_on": opened_on}
    if case["due_on"] == due_of(*kind, case["opened_on"])[0]:  # nobody has set another
        changes["due_on"] = due_of(*kind, opened_on)[0]
    uow.patch("case_file", case["id"], **changes)
    for action in uow.select("action", case_id=case["id"], phase="vireilletulo"):
        if action["done_on"] == case["opened_on"]:
            uow.patch("action", action["id"], done_on=opened_on)


def _move_action(uow: UnitOfWork, document: dict[str, Any], former: date, day: date) -> None:
    """The arrival as the case's action tells of it, unless another letter of that day is in it too."""
    action = uow.get("action", document["action_id"]) if document["action_id"] else None
    if action is None or action["done_on"] != former:
        return
    letters = uow.select("document", case_id=document["case_id"], action_id=action["id"])
    if all(d["arrived_at"] is None or local(d["arrived_at"]).date() != former for d in letters):
        uow.patch("action", action["id"], done_on=day)


COMMANDS = (
    CommandSpec(
        CorrectArrival,
        "case.correct_arrival",
        _correct,
        on_case_or_document("correct"),
        writes=frozenset({"action", "case_file", "document"}),
        needs_reason=True,
    ),
)
