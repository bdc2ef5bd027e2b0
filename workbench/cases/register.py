"""Registering (kirjaaminen): a new case, or documents into an existing one. TihL 25–26 §.

A case gets its number, class, arrival, parties, publicity and retention in one commit; nothing of it is
typed twice, and nothing is registered that the person did not confirm.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workbench.cases import placing, secrecy
from workbench.cases.assigning import take_case_number
from workbench.cases.items import DocumentItem, PartyItem
from workbench.cases.model import CaseState
from workbench.cases.plan.model import Defaults, PlanVersion
from workbench.cases.plans import current_plan
from workbench.cases.rights import demand_case, in_municipality, need_serving, on_case, open_case
from workbench.cases.scopes import case_target
from workbench.cases.telling import tell
from workbench.cases.values import case_values, changed_overrides, check_change, mirrored
from workbench.clock import local
from workbench.errors import UserError
from workbench.i18n import N_, _
from workbench.ids import new_id
from workbench.store.commands import Command, CommandSpec, asks
from workbench.store.unit import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class RegisterCase(Command):
    """Open a case (asia tulee vireille) with the documents and parties that started it. Without a ``case_type``
    the case is of the type that is usual in its class."""

    municipality: str
    class_code: str
    title: str
    case_type: str = ""
    office: str = ""
    handler_id: str = ""
    channel: str = ""
    arrived_at: datetime | None = None
    language: str = "fi"
    summary: str = ""
    documents: tuple[DocumentItem, ...] = ()
    parties: tuple[PartyItem, ...] = ()
    overrides: dict[str, Any] = field(default_factory=dict)
    arrival_id: str = ""
    split_from: str = ""
    case_id: str = field(default_factory=new_id)


@dataclass(frozen=True, kw_only=True)
class RegisterToCase(Command):
    """Register an arrival into a case that is already pending."""

    case_id: str
    documents: tuple[DocumentItem, ...]
    parties: tuple[PartyItem, ...] = ()
    action: str = ""
    arrival_id: str = ""


@dataclass(frozen=True)
class Registered:
    """What registering gives back."""

    case_id: str
    number: str | None


def register_case(command: RegisterCase, uow: UnitOfWork) -> Registered:
    """Handler of :class:`RegisterCase`, also used by splitting."""
    plan = current_plan(uow, command.municipality)
    office, case_type = _office(command, uow), _case_type(command, plan)
    _check_case(command, plan, office, uow)
    overrides = changed_overrides(Defaults(), command.overrides)
    found = case_values(plan, command.class_code, overrides)
    check_change(None, found, may_loosen=True, kind="case_file", id=command.case_id)
    values = mirrored(found)
    arrived = command.arrived_at
    opened_on = local(arrived or uow.at).date()
    due_on, due_basis = placing.due_of(plan, command.class_code, case_type, opened_on)
    number = take_case_number(uow, command.municipality, command.class_code)
    if values["restricted"]:
        # Before the case row itself, so that whoever registers it can also see it.
        target = case_target(command.case_id)
        secrecy.enclose(uow, target, command.municipality, office)
        for person, basis in (
            (uow.session.person_id, secrecy.BASIS_REGISTRAR),
            (command.handler_id, secrecy.BASIS_HANDLER),
        ):
            secrecy.admit(uow, target, person, command.municipality, basis)
    uow.insert(
        "case_file",
        {
            "municipality": command.municipality,
            "number": number.text if number else None,
            "year": number.year if number else None,
            "running": number.running if number else None,
            "title": command.title.strip(),
            "case_type": case_type,
            "class_code": command.class_code,
            "office": office,
            "handler_id": command.handler_id or None,
            "state": CaseState.PENDING.value,
            "phase": "vireilletulo",
            "channel": command.channel or None,
            "arrived_at": arrived,
            "opened_on": opened_on,
            "registered_at": uow.at,
            "registered_by": uow.session.person_id,
            "due_on": due_on,
            "due_basis": due_basis,
            "language": command.language,
            "summary": command.summary or None,
            "plan_version": plan.version,
            "overrides": overrides.given() or None,
            "split_from": command.split_from or None,
            **values,
        },
        row_id=command.case_id,
    )
    case = uow.need("case_file", command.case_id)
    action_id = _initiation(uow, plan, command, case)
    placing.place_parties(uow, case, command.parties)
    for document in command.documents:
        placing.place_document(uow, case, document, action_id=action_id)
    _settle_arrival(uow, command.arrival_id, command.case_id, command.municipality)
    tell(uow, N_("Rekisteröity {number}"), case)
    return Registered(command.case_id, number.text if number else None)


def _register_to_case(command: RegisterToCase, uow: UnitOfWork) -> Registered:
    case = open_case(uow, command.case_id)
    if not command.documents:
        raise UserError(_("Valitse rekisteröitävä asiakirja."), field="documents")
    action_id = uow.insert(
        "action",
        {
            "case_id": case["id"],
            "phase": case["phase"],
            "name": command.action or _("Saapunut: {type}").format(type=command.documents[0].type.lower()),
            "state": "done",
            "done_on": local(command.documents[0].arrived_at or uow.at).date(),
            "by_id": uow.session.person_id,
        },
    )
    placing.place_parties(uow, case, command.parties)
    for document in command.documents:
        placing.place_document(uow, case, document, action_id=action_id)
    _settle_arrival(uow, command.arrival_id, case["id"], case["municipality"])
    tell(uow, N_("Rekisteröity asiaan {number}"), case)
    return Registered(case["id"], case["number"])


def _check_case(command: RegisterCase, plan: PlanVersion, office: str, uow: UnitOfWork) -> None:
    if not command.title.strip():
        raise UserError(_("Anna asialle otsikko."), field="title")
    node = plan.find(command.class_code)
    if node is None:
        raise UserError(
            _("Tehtäväluokkaa {code} ei ole tiedonohjaussuunnitelmassa. Valitse luokka luettelosta.").format(
                code=command.class_code
            ),
            field="class_code",
        )
    if any(c.parent == node.code for c in plan.classes):
        raise UserError(
            _("Luokalla {label} on alaluokkia. Valitse niistä tarkin sopiva.").format(label=node.label),
            field="class_code",
        )
    if uow.get("office", f"{command.municipality}/{office}") is None:
        raise UserError(_("Kunnassa ei ole toimialaa ”{office}”.").format(office=office), field="office")
    if command.handler_id:
        need_serving(uow, command.handler_id, "handler_id")
    if command.arrived_at and command.arrived_at > uow.at:
        raise UserError(_("Saapumisaika on tulevaisuudessa. Tarkista se."), field="arrived_at")


def _office(command: RegisterCase, uow: UnitOfWork) -> str:
    """The office given, else the handler's own in this municipality, else the registry's."""
    if command.office:
        return command.office
    if command.handler_id:
        handler = uow.get("person", command.handler_id)
        home = str(handler["office_id"] or "") if handler else ""
        if home.startswith(f"{command.municipality}/"):
            return home.partition("/")[2]
    offices = uow.select("office", municipality=command.municipality)
    return str(offices[0]["code"]) if offices else ""


def _case_type(command: RegisterCase, plan: PlanVersion) -> str:
    node = plan.find(command.class_code)
    return command.case_type or next(iter(node.case_types if node else ()), "muu asia")


def _initiation(uow: UnitOfWork, plan: PlanVersion, command: RegisterCase, case: dict[str, Any]) -> str:
    """The first action of the case: the one under which the plan expects such a document. What the plan
    does not expect is not said to have been done."""
    node = plan.find(command.class_code)
    came = {document.type for document in command.documents}
    names = [
        action.name
        for action in (node.actions if node else ())
        if action.phase == "vireilletulo" and came & {d.type for d in action.document_types}
    ]
    return uow.insert(
        "action",
        {
            "case_id": case["id"],
            "phase": "vireilletulo",
            "name": names[0] if names else _("Asian vireilletulo"),
            "state": "done",
            "done_on": case["opened_on"],
            "by_id": uow.session.person_id,
        },
    )


def _settle_arrival(uow: UnitOfWork, arrival_id: str, case_id: str, municipality: str) -> None:
    if not arrival_id:
        return
    arrival = uow.need("arrival", arrival_id)
    if arrival["municipality"] != municipality:
        raise UserError(_("Saapunut on toisen kunnan. Siirrä se ensin oikeaan kuntaan."), field="arrival_id")
    if arrival["state"] == "registered":
        raise UserError(_("Tämä saapunut on jo rekisteröity."), code="already_registered")
    uow.patch("arrival", arrival_id, state="registered", case_id=case_id)


@asks("edit")
def _may_register_to(command: RegisterToCase, uow: UnitOfWork) -> None:
    on_case("edit")(command, uow)
    if command.arrival_id:
        arrival = uow.need("arrival", command.arrival_id)
        demand_case(uow, arrival | {"office": "", "handler_id": ""}, "register")


WRITES = placing.WRITES | {"case_file", "action", "arrival"}

COMMANDS = (
    CommandSpec(
        RegisterCase,
        "case.register",
        register_case,
        in_municipality("register"),
        writes=WRITES,
        undoable=False,
        corrections=("case.void", "case.edit", "case.transfer", "case.merge"),
    ),
    CommandSpec(
        RegisterToCase,
        "case.register_to",
        _register_to_case,
        _may_register_to,
        writes=WRITES,
    ),
)
