"""Lawful corrections (korjaukset) where a number has been given: void, move, transfer, merge, split.

Each takes a reason and keeps its history; a number that was given stays used, and every former number
leads to where the matter is now.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from workbench.cases import placing
from workbench.cases.items import FileItem
from workbench.cases.model import CaseState
from workbench.cases.plan.inherit import Effective
from workbench.cases.plan.model import SECRECY_FIELDS, Defaults
from workbench.cases.plan.rules import is_loosening
from workbench.cases.plans import current_plan
from workbench.cases.register import WRITES as REGISTER_WRITES
from workbench.cases.register import RegisterCase, Registered, register_case
from workbench.cases.rights import demand_case, on_case, open_case, visible_case
from workbench.cases.telling import number_of, tell
from workbench.cases.values import changed_overrides, document_values, mirrored, overrides_of
from workbench.clock import local
from workbench.errors import UserError
from workbench.i18n import N_, _
from workbench.ids import new_id
from workbench.store.commands import Command, CommandSpec, asks
from workbench.store.unit import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class VoidCase(Command):
    """Void a mistaken registration (mitätöinti). The number stays used."""

    case_id: str


@dataclass(frozen=True, kw_only=True)
class MoveDocuments(Command):
    """Move documents, with their attachments, to the case they belong to."""

    document_ids: tuple[str, ...]
    to_case_id: str


@dataclass(frozen=True, kw_only=True)
class TransferCase(Command):
    """Pass a matter to the municipality it belongs to (HL 21 §): it arrives in that register with its
    original arrival time; here the number stays, marked transferred."""

    case_id: str
    municipality: str
    arrival_id: str = field(default_factory=new_id)


@dataclass(frozen=True, kw_only=True)
class MergeCases(Command):
    """Merge a duplicate into the case that survives; both numbers lead to the survivor."""

    case_id: str
    into_id: str


@dataclass(frozen=True, kw_only=True)
class SplitCase(Command):
    """Take documents out of a case into a new one of their own."""

    case_id: str
    document_ids: tuple[str, ...]
    title: str
    class_code: str
    case_type: str = ""
    new_case_id: str = field(default_factory=new_id)


def _void(command: VoidCase, uow: UnitOfWork) -> None:
    case = open_case(uow, command.case_id)
    uow.patch("case_file", case["id"], voided_at=uow.at, state=CaseState.CLOSED.value)
    # What arrived is not lost with the mistaken registration: it waits to be registered again.
    for arrival in uow.select("arrival", case_id=case["id"]):
        uow.patch("arrival", arrival["id"], state="new", case_id=None)
    tell(uow, N_("Mitätöity {number}"), case)


def _move(command: MoveDocuments, uow: UnitOfWork) -> None:
    target = open_case(uow, command.to_case_id)
    source_id = ""
    for document_id in _uppermost(uow, command.document_ids):
        source_id = _move_document(uow, document_id, target)
    source = uow.need("case_file", source_id)
    key = N_("Siirretty asiakirjoja asiasta {number} asiaan {other}")
    tell(uow, key, target, number=number_of(source), other=number_of(target))


def _uppermost(uow: UnitOfWork, document_ids: tuple[str, ...]) -> list[str]:
    """The chosen documents without those that go along as attachments of another chosen one."""

    def goes_along(document_id: str) -> bool:
        above = uow.need("document", document_id)["attached_to"]
        return bool(above) and (above in document_ids or goes_along(above))

    return [d for d in dict.fromkeys(document_ids) if not goes_along(d)]


def _move_document(uow: UnitOfWork, document_id: str, target: dict[str, Any], under: str = "") -> str:
    document = uow.need("document", document_id)
    source = open_case(uow, document["case_id"])
    if source["id"] == target["id"]:
        raise UserError(_("Asiakirja on jo tässä asiassa."), field="to_case_id")
    if source["municipality"] != target["municipality"]:
        raise UserError(
            _("Asiat ovat eri kuntien rekistereissä. Siirrä asia toiseen kuntaan sen sijaan."),
            field="to_case_id",
        )
    order, identifier = placing.place_of(uow, target)
    uow.patch(
        "document",
        document["id"],
        case_id=target["id"],
        attached_to=under or None,
        identifier=identifier,
        position=order,
        action_id=None,
        **_as_secret_as_before(uow, document, source, target),
    )
    for version in uow.select("document_version", document_id=document["id"]):
        uow.patch("document_version", version["id"], case_id=target["id"])
    placing.enclose_document(uow, target, document["id"])
    for attachment in uow.select("document", attached_to=document["id"]):
        if attachment["case_id"] == source["id"]:
            _move_document(uow, attachment["id"], target, under=document["id"])
    return str(source["id"])


def _as_secret_as_before(
    uow: UnitOfWork, document: dict[str, Any], source: dict[str, Any], target: dict[str, Any]
) -> dict[str, Any]:
    """Values of a document in its new case. Secrecy it had from its old case or class stays with it: a
    correction never loosens. Retention follows the case it belongs to."""
    plan = current_plan(uow, target["municipality"])

    def found(case: dict[str, Any], own: Defaults) -> Effective:
        return document_values(plan, case["class_code"], document["type"], overrides_of(case), own)

    own = overrides_of(document)
    before = found(source, own).defaults()
    if set(is_loosening(before, found(target, own).defaults())) & _GUARDED:
        own = changed_overrides(own, {n: v for n, v in before.given().items() if n in _GUARDED})
    return {"overrides": own.given() or None, **mirrored(found(target, own))}


_GUARDED = {"publicity", "personal_data", *SECRECY_FIELDS}


@asks("edit")
def _may_move(command: MoveDocuments, uow: UnitOfWork) -> None:
    if not command.document_ids:
        raise UserError(_("Valitse siirrettävät asiakirjat."), field="document_ids")
    on_case("edit", "to_case_id")(command, uow)
    for document_id in command.document_ids:
        document = uow.need("document", document_id)
        case = visible_case(uow, document["case_id"])
        demand_case(uow, case, "correct")
        demand_case(uow, case | {"scope_id": document["scope_id"]}, "correct")


def _transfer(command: TransferCase, uow: UnitOfWork) -> str:
    case = open_case(uow, command.case_id)
    if command.municipality == case["municipality"]:
        raise UserError(_("Asia on jo tässä kunnassa."), field="municipality")
    target = uow.need("municipality", command.municipality)
    documents = [d for d in uow.select("document", case_id=case["id"]) if d["direction"] == "received"]
    if not documents:
        raise UserError(_("Asiassa ei ole saapunutta asiakirjaa, jonka voisi siirtää."))
    first = next((d for d in documents if not d["attached_to"]), documents[0])
    arrived = first["arrived_at"] or case["arrived_at"] or case["registered_at"]
    uow.insert(
        "arrival",
        {
            "municipality": command.municipality,
            "state": "new",
            "channel": case["channel"] or "letter",
            "subject": case["title"],
            "sender_name": first["sender"],
            "arrived_at": arrived,
            "imported_at": uow.at,
            "imported_by": uow.session.person_id,
            "message_id": first["message_id"],
            "passed_from": case["municipality"],
        },
        row_id=command.arrival_id,
    )
    position = 0
    for document in documents:
        for version in uow.select("document_version", document_id=document["id"])[-1:]:
            uow.insert(
                "arrival_file",
                {
                    "arrival_id": command.arrival_id,
                    "municipality": command.municipality,
                    "position": position,
                    "is_message": version["media_type"] == "message/rfc822",
                    **FileItem(**FileItem.columns(version)).stored(),
                },
            )
            position += 1
    uow.patch(
        "case_file",
        case["id"],
        moved_to=command.municipality,
        state=CaseState.TRANSFERRED.value,
    )
    # HL 21 §: whoever sent it is told. The case itself is no longer handled, a task in it is.
    title = _("Ilmoita siirrosta lähettäjälle: {sender}").format(sender=first["sender"] or _("ei tiedossa"))
    uow.insert(
        "task",
        {
            "case_id": case["id"],
            "title": title,
            "assignee_id": uow.session.person_id,
            "due_on": local(uow.at).date(),
            "made_by": uow.session.person_id,
        },
    )
    tell(uow, N_("Siirretty {number} kuntaan {name}"), case, name=target["name"])
    return command.arrival_id


def _merge(command: MergeCases, uow: UnitOfWork) -> None:
    case, survivor = open_case(uow, command.case_id), open_case(uow, command.into_id)
    if case["id"] == survivor["id"]:
        raise UserError(_("Asiaa ei voi yhdistää itseensä."), field="into_id")
    if case["municipality"] != survivor["municipality"]:
        raise UserError(_("Vain saman kunnan asiat voi yhdistää."), field="into_id")
    if case["restricted"] and not survivor["restricted"]:
        raise UserError(
            _(
                "Asia {number} on salassa pidettävä. Tee ensin myös asiasta {other} salassa pidettävä, tai "
                "yhdistä toisin päin."
            ).format(number=number_of(case), other=number_of(survivor)),
            field="into_id",
        )
    for document in uow.select("document", case_id=case["id"]):
        if not document["attached_to"]:
            _move_document(uow, document["id"], survivor)
    _merge_parties(uow, case, survivor)
    for kind in ("action", "task", "note"):
        for row in uow.select(kind, case_id=case["id"]):
            uow.patch(kind, row["id"], case_id=survivor["id"])
            uow.rescope(kind, row["id"])
    for arrival in uow.select("arrival", case_id=case["id"]):
        uow.patch("arrival", arrival["id"], case_id=survivor["id"])
    numbers = [case["number"], *(case["former_numbers"] or [])]
    former = [*(survivor["former_numbers"] or []), *(n for n in numbers if n)]
    uow.patch("case_file", survivor["id"], former_numbers=former)
    uow.patch("case_file", case["id"], merged_into=survivor["id"], state=CaseState.CLOSED.value)
    key = N_("Yhdistetty {number} asiaan {other}")
    tell(uow, key, survivor, number=number_of(case), other=number_of(survivor))


def _merge_parties(uow: UnitOfWork, case: dict[str, Any], survivor: dict[str, Any]) -> None:
    """Parties go along but those the survivor has already; whoever they represent keeps a representative."""

    def same(party: dict[str, Any]) -> tuple[str, str]:
        return party["role"], party["name"].casefold()

    known = {same(p): p["id"] for p in uow.select("party", case_id=survivor["id"])}
    parties = uow.select("party", case_id=case["id"])
    left = {p["id"]: known[same(p)] for p in parties if same(p) in known}
    for party in parties:
        if party["id"] in left:
            continue
        agent = party["represented_by"]
        uow.patch("party", party["id"], case_id=survivor["id"], represented_by=left.get(agent, agent))
        uow.rescope("party", party["id"])
        for secret in uow.select("party_secret", party_id=party["id"]):
            uow.patch("party_secret", secret["id"], case_id=survivor["id"])
            placing.enclose_address(uow, survivor, party["id"])
    for party in parties:
        # One that stays behind is not represented by one that went along.
        if party["id"] in left and party["represented_by"] and party["represented_by"] not in left:
            uow.patch("party", party["id"], represented_by=None)


@asks("correct")
def _may_merge(command: MergeCases, uow: UnitOfWork) -> None:
    on_case("correct")(command, uow)
    on_case("correct", "into_id")(command, uow)


def _split(command: SplitCase, uow: UnitOfWork) -> Registered:
    case = open_case(uow, command.case_id)
    if not command.document_ids:
        raise UserError(_("Valitse asiakirjat, jotka erotetaan omaksi asiakseen."), field="document_ids")
    made = register_case(
        RegisterCase(
            municipality=case["municipality"],
            class_code=command.class_code,
            title=command.title,
            case_type=command.case_type or case["case_type"],
            office=case["office"],
            handler_id=case["handler_id"] or "",
            channel=case["channel"] or "",
            arrived_at=case["arrived_at"],
            language=case["language"],
            split_from=case["id"],
            case_id=command.new_case_id,
        ),
        uow,
    )
    new_case = uow.need("case_file", made.case_id)
    for document_id in _uppermost(uow, command.document_ids):
        _move_document(uow, document_id, new_case)
    uow.insert("case_link", {"case_id": new_case["id"], "other_id": case["id"], "relation": "split"})
    key = N_("Erotettu asiasta {number} uusi asia {other}")
    tell(uow, key, new_case, number=number_of(case), other=number_of(new_case))
    return made


_CORRECT = placing.WRITES | {"case_file", "arrival", "arrival_file", "action", "task", "note", "case_link"}
_AFTER = ("case.edit",)

COMMANDS = (
    CommandSpec(
        VoidCase,
        "case.void",
        _void,
        on_case("correct"),
        writes=frozenset({"case_file", "arrival"}),
        needs_reason=True,
    ),
    CommandSpec(MoveDocuments, "document.move", _move, _may_move, writes=_CORRECT, needs_reason=True),
    CommandSpec(
        TransferCase,
        "case.transfer",
        _transfer,
        on_case("correct"),
        writes=_CORRECT,
        undoable=False,
        corrections=_AFTER,
        needs_reason=True,
        reaches=frozenset({"arrival", "arrival_file"}),
    ),
    CommandSpec(
        MergeCases,
        "case.merge",
        _merge,
        _may_merge,
        writes=_CORRECT,
        undoable=False,
        corrections=("case.split",),
        needs_reason=True,
    ),
    CommandSpec(
        SplitCase,
        "case.split",
        _split,
        on_case("correct"),
        writes=_CORRECT | REGISTER_WRITES,
        undoable=False,
        corrections=("case.merge",),
        needs_reason=True,
    ),
)
