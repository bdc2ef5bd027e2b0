"""Documents of a case (asiakirjat): adding, new versions, data and publicity, lawful destruction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workbench.cases import placing, secrecy
from workbench.cases.items import DocumentItem, FileItem
from workbench.cases.plans import current_plan
from workbench.cases.rights import may_loosen, on_case, open_case, through, visible_case
from workbench.cases.scopes import document_target
from workbench.cases.telling import tell
from workbench.cases.values import (
    changed_overrides,
    check_change,
    check_still_secret,
    document_values,
    mirrored,
    overrides_of,
)
from workbench.errors import UserError
from workbench.i18n import N_, _
from workbench.store.commands import Command, CommandSpec
from workbench.store.unit import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class AddDocument(Command):
    """Add a document to a case, with its attachments."""

    case_id: str
    document: DocumentItem
    action_id: str = ""


@dataclass(frozen=True, kw_only=True)
class AddVersion(Command):
    """Save new content of a document as its next version. ``seen`` is the number of the version the
    content was made from: a newer one made meanwhile by somebody else is never written over."""

    document_id: str
    file: FileItem
    seen: int = 0


@dataclass(frozen=True, kw_only=True)
class EditDocument(Command):
    """Change named plain fields of a document."""

    document_id: str
    changes: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class SetDocumentValues(Command):
    """Change publicity, secrecy or retention of a document; ``None`` returns to what it inherits."""

    document_id: str
    values: dict[str, Any]
    secret_part: str | None = None


@dataclass(frozen=True, kw_only=True)
class DestroyDocument(Command):
    """Destroy a document's content and data for good (hävittäminen). The chain of the journal still
    verifies; what remains is that a document was destroyed, by whom, when and why."""

    document_id: str


EDITABLE = frozenset(
    {"title", "type", "sender", "author", "channel", "dated_on", "language", "state", "action_id", "position"}
)


def _add(command: AddDocument, uow: UnitOfWork) -> str:
    case = open_case(uow, command.case_id)
    _check_action(uow, case, command.action_id)
    placing.place_document(uow, case, command.document, action_id=command.action_id or None)
    about = ("document", command.document.document_id)
    tell(uow, N_("Lisätty asiakirja asiaan {number}"), case, about=about)
    return command.document.document_id


def _add_version(command: AddVersion, uow: UnitOfWork) -> int:
    document = uow.need("document", command.document_id)
    case = open_case(uow, document["case_id"])
    versions = uow.select("document_version", document_id=document["id"])
    newest = max((v["number"] for v in versions), default=0)
    if versions and versions[-1]["sha256"] == command.file.sha256:
        raise UserError(_("Tiedosto on sama kuin nykyinen versio."), code="unchanged")
    placing.place_version(uow, case, document["id"], command.file, number=newest + 1)
    about = ("document", document["id"])
    if command.seen and command.seen != newest:
        key = N_(
            "Tallennettu versio {n} asiaan {number}. Välissä on toisen tekemä versio {other}: vertaa niitä."
        )
        tell(uow, key, case, about=about, n=newest + 1, other=newest)
    else:
        tell(uow, N_("Tallennettu uusi versio asiaan {number}"), case, about=about)
    return newest + 1


def _edit(command: EditDocument, uow: UnitOfWork) -> None:
    document = uow.need("document", command.document_id)
    case = open_case(uow, document["case_id"])
    unknown = set(command.changes) - EDITABLE
    if unknown:
        raise ValueError(f"EditDocument does not change {sorted(unknown)}")
    if "title" in command.changes and not str(command.changes["title"]).strip():
        raise UserError(_("Anna asiakirjalle otsikko."), field="title")
    changes = dict(command.changes)
    if "action_id" in changes:
        changes["action_id"] = changes["action_id"] or None
        _check_action(uow, case, changes["action_id"])
    if "type" in changes:
        plan = current_plan(uow, case["municipality"])
        own, of_case = overrides_of(document), overrides_of(case)
        before = document_values(plan, case["class_code"], document["type"], of_case, own)
        found = document_values(plan, case["class_code"], changes["type"], of_case, own)
        check_still_secret(before, found, may_loosen=may_loosen(uow, case))
        changes |= mirrored(found)
    uow.patch("document", document["id"], **changes)
    placing.enclose_document(uow, case, document["id"])
    about = ("document", document["id"])
    tell(uow, N_("Muutettu asiakirjan tietoja asiassa {number}"), case, about=about)


def _check_action(uow: UnitOfWork, case: dict[str, Any], action_id: str | None) -> None:
    """A document is handled in an action of its own case (TihL 26 §)."""
    if action_id and uow.need("action", action_id)["case_id"] != case["id"]:
        raise UserError(_("Toimenpide kuuluu toiseen asiaan."), field="action_id")


def _set_values(command: SetDocumentValues, uow: UnitOfWork) -> None:
    document = uow.need("document", command.document_id)
    case = open_case(uow, document["case_id"])
    plan = current_plan(uow, case["municipality"])
    args = (plan, case["class_code"], document["type"], overrides_of(case))
    before = document_values(*args, overrides_of(document))
    overrides = changed_overrides(overrides_of(document), command.values)
    after = document_values(*args, overrides)
    check_change(before, after, may_loosen=may_loosen(uow, case), kind="document", id=document["id"])
    changes: dict[str, Any] = {"overrides": overrides.given() or None, **mirrored(after)}
    if command.secret_part is not None:
        changes["secret_part"] = command.secret_part or None
    uow.patch("document", document["id"], **changes)
    placing.enclose_document(uow, case, document["id"])
    about = ("document", document["id"])
    tell(uow, N_("Muutettu asiakirjan julkisuutta tai säilytystä asiassa {number}"), case, about=about)


def _destroy(command: DestroyDocument, uow: UnitOfWork) -> None:
    document = uow.need("document", command.document_id)
    case = visible_case(uow, document["case_id"])
    contents = _destroy_whole(uow, document)
    _destroy_arrivals(uow, case["municipality"], contents, document["message_id"] or "")
    tell(uow, N_("Hävitetty asiakirja asiasta {number}"), case)


def _destroy_whole(uow: UnitOfWork, document: dict[str, Any]) -> set[str]:
    """Destroy a document with all that is attached to it; returns the names of their contents."""
    contents = {v["sha256"] for v in uow.select("document_version", document_id=document["id"])}
    for attachment in uow.select("document", attached_to=document["id"]):
        contents |= _destroy_whole(uow, attachment)
    secrecy.disclose(uow, document_target(document["id"]))
    uow.destroy("document", document["id"])
    return contents


def _destroy_arrivals(uow: UnitOfWork, municipality: str, contents: set[str], message_id: str) -> None:
    """What arrived is the same content in another place: it goes with the document made of it, wherever
    the document was moved since. Content that another document still holds stays, and so does what
    waits to be registered again."""
    gone = {
        sha256
        for sha256 in contents
        if not uow.select("document_version", sha256=sha256, municipality=municipality)
    }
    files = [
        f for sha256 in gone for f in uow.select("arrival_file", sha256=sha256, municipality=municipality)
    ]
    arrivals = {f["arrival_id"] for f in files}
    if uow.select("document", message_id=message_id):
        message_id = ""  # the same message lives on in another case
    if message_id:
        found = uow.select("arrival", message_id=message_id, municipality=municipality)
        arrivals |= {a["id"] for a in found}
    for arrival_id in sorted(arrivals):
        arrival = uow.need("arrival", arrival_id)
        if arrival["state"] != "registered":
            continue
        own = uow.select("arrival_file", arrival_id=arrival_id)
        main = min(own, key=lambda f: f["position"], default=None)
        if main is None or main["sha256"] in gone or (message_id and message_id == arrival["message_id"]):
            uow.destroy("arrival", arrival_id)
            continue
        for file in own:
            if file["sha256"] in gone:
                uow.destroy("arrival_file", file["id"])


_DOCUMENT = frozenset({"document", "document_version"}) | secrecy.WRITES

COMMANDS = (
    CommandSpec(AddDocument, "document.add", _add, on_case("edit"), writes=placing.WRITES),
    CommandSpec(
        AddVersion,
        "document.add_version",
        _add_version,
        through("document", "edit", "document_id"),
        writes=frozenset({"document_version"}),
    ),
    CommandSpec(
        EditDocument, "document.edit", _edit, through("document", "edit", "document_id"), writes=_DOCUMENT
    ),
    CommandSpec(
        SetDocumentValues,
        "document.set_values",
        _set_values,
        through("document", "edit", "document_id"),
        writes=_DOCUMENT,
    ),
    CommandSpec(
        DestroyDocument,
        "document.destroy",
        _destroy,
        through("document", "destroy", "document_id"),
        writes=_DOCUMENT | {"arrival", "arrival_file"},
        undoable=False,
        needs_reason=True,
        destroys=True,
    ),
)
