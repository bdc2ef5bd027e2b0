"""Putting documents and parties into a case: shared by registering, adding, splitting and moving."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from workbench.cases import secrecy
from workbench.cases.assigning import take_place
from workbench.cases.items import DocumentItem, FileItem, PartyItem
from workbench.cases.model import INFORMATION_REQUEST_DAYS
from workbench.cases.plan.model import Defaults, PlanVersion
from workbench.cases.plans import current_plan
from workbench.cases.scopes import case_target, document_target
from workbench.cases.values import changed_overrides, check_change, document_values, mirrored, overrides_of
from workbench.clock import local
from workbench.errors import UserError
from workbench.i18n import _
from workbench.law.identifiers import check_business_id, check_identity_number
from workbench.store.unit import UnitOfWork

WRITES = frozenset({"document", "document_version", "party", "party_secret"}) | secrecy.WRITES


def place_document(
    uow: UnitOfWork,
    case: dict[str, Any],
    item: DocumentItem,
    *,
    action_id: str | None = None,
    under: str = "",
) -> str:
    """Add a document with its file and attachments; values come from the plan of the day."""
    if not item.title.strip():
        raise UserError(_("Anna asiakirjalle otsikko."), field="title")
    plan = current_plan(uow, case["municipality"])
    overrides = changed_overrides(Defaults(), item.overrides)
    found = document_values(plan, case["class_code"], item.type, overrides_of(case), overrides)
    check_change(None, found, may_loosen=True, kind="document", id=item.document_id)
    values = mirrored(found)
    order, identifier = place_of(uow, case)
    target = document_target(item.document_id)
    if values["restricted"] and not case["restricted"]:
        secrecy.enclose(uow, target, case["municipality"], case["office"])
        secrecy.admit(uow, target, uow.session.person_id, case["municipality"], secrecy.BASIS_REGISTRAR)
        secrecy.admit(uow, target, case["handler_id"], case["municipality"], secrecy.BASIS_HANDLER)
    uow.insert(
        "document",
        {
            "case_id": case["id"],
            "identifier": identifier,
            "attached_to": under or None,
            "position": order,
            "title": item.title.strip(),
            "type": item.type,
            "direction": item.direction,
            "state": item.state,
            "sender": item.sender or None,
            "author": item.author or None,
            "channel": item.channel or None,
            # TihL 25–26 §: what comes has a time of arrival, what is drawn up a day; now, when nobody says.
            "arrived_at": item.arrived_at or (uow.at if item.direction == "received" else None),
            "dated_on": item.dated_on or (None if item.direction == "received" else local(uow.at).date()),
            "action_id": action_id,
            "language": item.language,
            "message_id": item.message_id or None,
            "overrides": overrides.given() or None,
            **values,
        },
        row_id=item.document_id,
    )
    if item.file is not None:
        place_version(uow, case, item.document_id, item.file, number=1)
    for attachment in item.attachments:
        place_document(uow, case, attachment, action_id=action_id, under=item.document_id)
    return item.document_id


def place_of(uow: UnitOfWork, case: dict[str, Any]) -> tuple[int, str | None]:
    """A document's place within its case and its identifier. While only the server can give them, the place is
    for the eye alone and there is no identifier."""
    given = take_place(uow, case)
    if given is not None:
        return given
    documents = uow.select("document", case_id=case["id"])
    return max((d["position"] or 0 for d in documents), default=0) + 1, None


def enclose_document(uow: UnitOfWork, case: dict[str, Any], document_id: str) -> None:
    """Rights to a document of its own after its publicity, its case or the case's office changed; then
    its scope. Whoever makes it secret and the handler can open it; nobody else comes in by an edit."""
    document = uow.need("document", document_id)
    target = document_target(document_id)
    if document["restricted"] and not case["restricted"]:
        fresh = not uow.select("secrecy_scope", target=target)
        secrecy.enclose(uow, target, case["municipality"], case["office"])
        if fresh:
            secrecy.admit(uow, target, uow.session.person_id, case["municipality"], secrecy.BASIS_REGISTRAR)
        secrecy.admit(uow, target, case["handler_id"], case["municipality"], secrecy.BASIS_HANDLER)
    else:
        secrecy.disclose(uow, target)
    uow.rescope("document", document_id)


def enclose_parts(uow: UnitOfWork, case: dict[str, Any]) -> None:
    """The same for every document and every protected address of a case."""
    for document in uow.select("document", case_id=case["id"]):
        enclose_document(uow, case, document["id"])
    for secret in uow.select("party_secret", case_id=case["id"]):
        enclose_address(uow, case, secret["party_id"])


def own_targets(uow: UnitOfWork, case: dict[str, Any]) -> list[str]:
    """Every restricted scope of a case: its own, its secret documents', its protected addresses'."""
    found = [case_target(case["id"])] if case["restricted"] else []
    if not case["restricted"]:
        documents = uow.select("document", case_id=case["id"], restricted=True)
        found += [document_target(d["id"]) for d in documents]
    return found + [document_target(s["party_id"]) for s in uow.select("party_secret", case_id=case["id"])]


def place_version(
    uow: UnitOfWork, case: dict[str, Any], document_id: str, file: FileItem, *, number: int
) -> str:
    """Add content to a document as its next version."""
    return uow.insert(
        "document_version",
        {
            "document_id": document_id,
            "case_id": case["id"],
            "municipality": case["municipality"],
            "number": number,
            **file.stored(),
            "made_at": uow.at,
            "made_by": uow.session.person_id,
        },
    )


_ADDRESS = ("street", "postal_code", "town", "email", "phone")


def place_parties(uow: UnitOfWork, case: dict[str, Any], items: Iterable[PartyItem]) -> None:
    """Add parties; whom one names as her representative (asiamies) may come in any order."""
    placed = [place_party(uow, case, item) for item in items]
    for party_id in placed:
        check_representative(uow, uow.need("party", party_id))


def check_representative(uow: UnitOfWork, party: dict[str, Any]) -> None:
    """A party is represented by another party of the same case, or by nobody."""
    agent_id = party["represented_by"]
    if not agent_id:
        return
    agent = uow.get("party", agent_id)
    if agent is None or agent_id == party["id"] or agent["case_id"] != party["case_id"]:
        raise UserError(_("Asiamiehen pitää olla saman asian toinen osapuoli."), field="represented_by")


def place_party(uow: UnitOfWork, case: dict[str, Any], item: PartyItem) -> str:
    """Add a party; identity number and protected address go to a scope of their own."""
    check_party(item)
    contact = {name: getattr(item, name) or None for name in _ADDRESS}
    uow.insert(
        "party",
        {
            "case_id": case["id"],
            "role": item.role,
            "name": item.name.strip(),
            "entity": item.entity,
            "business_id": item.business_id or None,
            "country": item.country or None,
            "language": item.language,
            "e_consent": item.e_consent,
            "represented_by": item.represented_by or None,
            "protected": item.protected,
            **({} if item.protected else contact),
        },
        row_id=item.party_id,
    )
    if item.protected or item.identity_number:
        keep_apart(uow, case, item.party_id, item.identity_number, contact if item.protected else {})
    return item.party_id


def keep_apart(
    uow: UnitOfWork, case: dict[str, Any], party_id: str, identity_number: str, contact: dict[str, Any]
) -> None:
    """Store what only a logged opening shows."""
    secrecy.admit(
        uow,
        document_target(party_id),
        uow.session.person_id,
        case["municipality"],
        secrecy.BASIS_REGISTRAR,
    )
    enclose_address(uow, case, party_id)
    found = uow.select("party_secret", party_id=party_id)
    values = {"identity_number": identity_number or None, **contact}
    if found:
        uow.patch("party_secret", found[0]["id"], **values)
    else:
        uow.insert("party_secret", {"party_id": party_id, "case_id": case["id"], **values})


def enclose_address(uow: UnitOfWork, case: dict[str, Any], party_id: str) -> None:
    """Place of a party's protected details, with the right of the case's handler to them."""
    target = document_target(party_id)
    secrecy.enclose(uow, target, case["municipality"], case["office"])
    secrecy.admit(uow, target, case["handler_id"], case["municipality"], secrecy.BASIS_HANDLER)


def check_party(item: PartyItem) -> None:
    """Name given; identity number and business id right when given."""
    if not item.name.strip():
        raise UserError(_("Anna osapuolen nimi."), field="name")
    if item.identity_number:
        check_identity_number(item.identity_number)
    if item.business_id:
        check_business_id(item.business_id)


def restrict_case(uow: UnitOfWork, case: dict[str, Any]) -> None:
    """Write or remove the rights of a restricted case after its publicity, office or handler changed."""
    target = case_target(case["id"])
    if not case["restricted"]:
        secrecy.disclose(uow, target)
        return
    secrecy.enclose(uow, target, case["municipality"], case["office"])
    secrecy.admit(uow, target, uow.session.person_id, case["municipality"], secrecy.BASIS_REGISTRAR)
    secrecy.admit(uow, target, case["handler_id"], case["municipality"], secrecy.BASIS_HANDLER)


def due_of(
    plan: PlanVersion, class_code: str, case_type: str, opened_on: date
) -> tuple[date | None, str | None]:
    """Day by which a case is to be handled, and why: the law's for an information request, else the target of
    its class (käsittelyaika, HL 23 a §)."""
    if case_type == "tietopyyntö":
        return opened_on + timedelta(days=INFORMATION_REQUEST_DAYS), _("JulkL 14 § (kaksi viikkoa)")
    node = plan.find(class_code)
    days = node.handling_target_days if node else None
    if not days:
        return None, None
    return opened_on + timedelta(days=days), _("Käsittelyaikatavoite (HL 23 a §)")
