"""Parties, actions, tasks, notes, links and own marks of a case."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workbench.cases import placing, secrecy
from workbench.cases.items import PartyItem
from workbench.cases.model import PHASE_ORDER
from workbench.cases.rights import need_serving, on_case, open_case, through, visible_case
from workbench.cases.scopes import document_target
from workbench.cases.telling import number_of, tell
from workbench.errors import NotAllowed, UserError
from workbench.i18n import N_, _
from workbench.ids import new_id
from workbench.law.identifiers import check_business_id
from workbench.store.commands import Command, CommandSpec, asks
from workbench.store.unit import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class AddParty(Command):
    """Add a party to a case."""

    case_id: str
    party: PartyItem


@dataclass(frozen=True, kw_only=True)
class EditParty(Command):
    """Change named fields of a party; setting ``protected`` moves the address apart."""

    party_id: str
    changes: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class RemoveParty(Command):
    """Take away a party added by mistake."""

    party_id: str


@dataclass(frozen=True, kw_only=True)
class AddAction(Command):
    """Record an action (toimenpide) or plan one."""

    case_id: str
    phase: str
    name: str
    done_on: date | None = None
    note: str = ""
    action_id: str = field(default_factory=new_id)


@dataclass(frozen=True, kw_only=True)
class CompleteAction(Command):
    """Mark a planned action done on a day."""

    action_id: str
    done_on: date


@dataclass(frozen=True, kw_only=True)
class AddTask(Command):
    """Give somebody a task in a case."""

    case_id: str
    title: str
    assignee_id: str = ""
    due_on: date | None = None
    remind_on: date | None = None
    task_id: str = field(default_factory=new_id)


@dataclass(frozen=True, kw_only=True)
class CompleteTask(Command):
    """Mark a task done."""

    task_id: str


@dataclass(frozen=True, kw_only=True)
class AddNote(Command):
    """Write a note."""

    case_id: str
    text: str
    note_id: str = field(default_factory=new_id)


@dataclass(frozen=True, kw_only=True)
class LinkCases(Command):
    """Tell that two cases belong together; both show it."""

    case_id: str
    other_id: str
    relation: str = "related"


@dataclass(frozen=True, kw_only=True)
class UnlinkCases(Command):
    """Take the link away."""

    link_id: str


@dataclass(frozen=True, kw_only=True)
class MarkCase(Command):
    """Set or remove an own mark: ``favourite`` or ``watch``."""

    case_id: str
    mark: str
    on: bool = True


@dataclass(frozen=True, kw_only=True)
class SaveView(Command):
    """Keep a list's filter, order and words under a name of one's own; the same name is written over."""

    name: str
    query: dict[str, Any]
    view_id: str = field(default_factory=new_id)


@dataclass(frozen=True, kw_only=True)
class RemoveView(Command):
    """Forget a saved view."""

    view_id: str


def _add_party(command: AddParty, uow: UnitOfWork) -> str:
    case = open_case(uow, command.case_id)
    placing.place_parties(uow, case, (command.party,))
    tell(uow, N_("Lisätty osapuoli asiaan {number}"), case)
    return command.party.party_id


_CONTACT = ("street", "postal_code", "town", "email", "phone")


def _edit_party(command: EditParty, uow: UnitOfWork) -> None:
    party = uow.need("party", command.party_id)
    case = open_case(uow, party["case_id"])
    changes = dict(command.changes)
    identity = changes.pop("identity_number", None)
    if changes.get("business_id"):
        changes["business_id"] = check_business_id(changes["business_id"])
    protected = changes.get("protected", party["protected"])
    if protected:
        # Under turvakielto no part of the address stays in the open row.
        apart = {n: changes.pop(n, party[n]) for n in _CONTACT if n in changes or party[n]}
        changes |= dict.fromkeys(_CONTACT)
        if apart or identity:
            placing.keep_apart(uow, case, party["id"], identity or "", apart)
    elif identity:
        placing.keep_apart(uow, case, party["id"], identity, {})
    if "represented_by" in changes:
        changes["represented_by"] = changes["represented_by"] or None
        placing.check_representative(uow, party | changes)
    uow.patch("party", party["id"], **changes)
    tell(uow, N_("Muutettu osapuolen tietoja asiassa {number}"), case)


def _remove_party(command: RemoveParty, uow: UnitOfWork) -> None:
    party = uow.need("party", command.party_id)
    case = open_case(uow, party["case_id"])
    represented = [p for p in uow.select("party", case_id=case["id"]) if p["represented_by"] == party["id"]]
    if represented:
        raise UserError(
            _("{name} on osapuolen {other} asiamies. Vaihda ensin asiamies.").format(
                name=party["name"], other=represented[0]["name"]
            )
        )
    for secret in uow.select("party_secret", party_id=party["id"]):
        uow.delete("party_secret", secret["id"])
    secrecy.disclose(uow, document_target(party["id"]))
    uow.delete("party", party["id"])
    tell(uow, N_("Poistettu osapuoli asiasta {number}"), case)


def _add_action(command: AddAction, uow: UnitOfWork) -> str:
    case = open_case(uow, command.case_id)
    if not command.name.strip():
        raise UserError(_("Anna toimenpiteelle nimi."), field="name")
    if command.phase not in PHASE_ORDER:
        raise UserError(_("Tuntematon käsittelyvaihe."), field="phase")
    uow.insert(
        "action",
        {
            "case_id": case["id"],
            "phase": command.phase,
            "name": command.name.strip(),
            "state": "done" if command.done_on else "planned",
            "done_on": command.done_on,
            "by_id": uow.session.person_id,
            "note": command.note or None,
        },
        row_id=command.action_id,
    )
    tell(uow, N_("Kirjattu toimenpide asiaan {number}"), case)
    return command.action_id


def _complete_action(command: CompleteAction, uow: UnitOfWork) -> None:
    action = uow.need("action", command.action_id)
    case = open_case(uow, action["case_id"])
    if action["state"] == "done":
        raise UserError(_("Toimenpide on jo tehty."), code="already_done")
    uow.patch("action", action["id"], state="done", done_on=command.done_on, by_id=uow.session.person_id)
    tell(uow, N_("Toimenpide tehty asiassa {number}"), case)


def _add_task(command: AddTask, uow: UnitOfWork) -> str:
    case = open_case(uow, command.case_id)
    if not command.title.strip():
        raise UserError(_("Kirjoita, mitä pitää tehdä."), field="title")
    if command.assignee_id:
        need_serving(uow, command.assignee_id, "assignee_id")
    uow.insert(
        "task",
        {
            "case_id": case["id"],
            "title": command.title.strip(),
            "assignee_id": command.assignee_id or uow.session.person_id,
            "due_on": command.due_on,
            "remind_on": command.remind_on,
            "made_by": uow.session.person_id,
        },
        row_id=command.task_id,
    )
    tell(uow, N_("Lisätty tehtävä asiaan {number}"), case)
    return command.task_id


def _complete_task(command: CompleteTask, uow: UnitOfWork) -> None:
    task = uow.need("task", command.task_id)
    case = visible_case(uow, task["case_id"])
    if task["done_at"] is not None:
        raise UserError(_("Tehtävä on jo tehty."), code="already_done")
    uow.patch("task", task["id"], done_at=uow.at)
    tell(uow, N_("Tehtävä tehty asiassa {number}"), case)


def _add_note(command: AddNote, uow: UnitOfWork) -> str:
    case = visible_case(uow, command.case_id)
    if not command.text.strip():
        raise UserError(_("Muistiinpano on tyhjä."), field="text")
    uow.insert(
        "note",
        {
            "case_id": case["id"],
            "text": command.text.strip(),
            "made_at": uow.at,
            "made_by": uow.session.person_id,
        },
        row_id=command.note_id,
    )
    tell(uow, N_("Lisätty muistiinpano asiaan {number}"), case)
    return command.note_id


def _link(command: LinkCases, uow: UnitOfWork) -> None:
    case, other = visible_case(uow, command.case_id), visible_case(uow, command.other_id)
    if case["id"] == other["id"]:
        raise UserError(_("Asiaa ei voi liittää itseensä."), field="other_id")
    pairs = ((case["id"], other["id"]), (other["id"], case["id"]))
    if any(uow.select("case_link", case_id=a, other_id=b, relation=command.relation) for a, b in pairs):
        raise UserError(_("Asiat on jo liitetty toisiinsa."), field="other_id")
    uow.insert("case_link", {"case_id": case["id"], "other_id": other["id"], "relation": command.relation})
    tell(uow, N_("Asiaan {number} liitetty asia {other}"), case, other=number_of(other))


@asks("edit")
def _may_link(command: LinkCases, uow: UnitOfWork) -> None:
    on_case("edit")(command, uow)
    on_case("read", "other_id")(command, uow)


def _unlink(command: UnlinkCases, uow: UnitOfWork) -> None:
    link = uow.need("case_link", command.link_id)
    case = visible_case(uow, link["case_id"])
    uow.delete("case_link", link["id"])
    tell(uow, N_("Poistettu liitos asiasta {number}"), case)


def _mark(command: MarkCase, uow: UnitOfWork) -> None:
    case = visible_case(uow, command.case_id)
    found = uow.select(
        "case_mark", person_id=uow.session.person_id, mark=command.mark, case_id=command.case_id
    )
    if command.on and not found:
        uow.insert(
            "case_mark",
            {
                "case_id": case["id"],
                "person_id": uow.session.person_id,
                "mark": command.mark,
                "at": uow.at,
            },
        )
    elif not command.on and found:
        uow.delete("case_mark", found[0]["id"])
    tell(uow, _MARKED[command.mark, command.on], case)


_MARKED = {
    ("favourite", True): N_("Lisätty asia {number} suosikkeihin"),
    ("favourite", False): N_("Poistettu asia {number} suosikeista"),
    ("watch", True): N_("Lisätty asia {number} seurattaviin"),
    ("watch", False): N_("Poistettu asia {number} seurattavista"),
}


def _save_view(command: SaveView, uow: UnitOfWork) -> str:
    name = command.name.strip()
    if not name:
        raise UserError(_("Anna näkymälle nimi."), field="name")
    found = uow.select("saved_view", person_id=uow.session.person_id, name=name)
    view_id = str(found[0]["id"]) if found else command.view_id
    if found:
        uow.patch("saved_view", view_id, query=command.query)
    else:
        values = {"person_id": uow.session.person_id, "name": name, "query": command.query}
        uow.insert("saved_view", values, row_id=view_id)
    uow.say(N_("Tallennettu näkymä {name}"), name=name)
    uow.concerns("saved_view", view_id, chain=uow.session.municipality)
    return view_id


def _remove_view(command: RemoveView, uow: UnitOfWork) -> None:
    view = uow.need("saved_view", command.view_id)
    uow.delete("saved_view", view["id"])
    uow.say(N_("Poistettu näkymä {name}"), name=view["name"])
    uow.concerns("saved_view", view["id"], chain=uow.session.municipality)


@asks("own")
def _own_view(command: SaveView | RemoveView, uow: UnitOfWork) -> None:
    """Views are each person's own; nobody else may change them."""
    view = uow.get("saved_view", command.view_id)
    if view is not None and view["person_id"] != uow.session.person_id:
        raise NotAllowed(_("Näkymä on toisen henkilön."))


@asks("edit")
def _own_task(command: CompleteTask, uow: UnitOfWork) -> None:
    """Whoever the task was given to may complete it; others need the right to edit the case."""
    task = uow.need("task", command.task_id)
    own = task["assignee_id"] == uow.session.person_id
    through("task", "read" if own else "edit", "task_id")(command, uow)


_PARTY = placing.WRITES

COMMANDS = (
    CommandSpec(AddParty, "party.add", _add_party, on_case("edit"), writes=_PARTY),
    CommandSpec(EditParty, "party.edit", _edit_party, through("party", "edit", "party_id"), writes=_PARTY),
    CommandSpec(
        RemoveParty, "party.remove", _remove_party, through("party", "edit", "party_id"), writes=_PARTY
    ),
    CommandSpec(AddAction, "action.add", _add_action, on_case("edit"), writes=frozenset({"action"})),
    CommandSpec(
        CompleteAction,
        "action.complete",
        _complete_action,
        through("action", "edit", "action_id"),
        writes=frozenset({"action"}),
    ),
    CommandSpec(AddTask, "task.add", _add_task, on_case("edit"), writes=frozenset({"task"})),
    CommandSpec(CompleteTask, "task.complete", _complete_task, _own_task, writes=frozenset({"task"})),
    CommandSpec(AddNote, "note.add", _add_note, on_case("read"), writes=frozenset({"note"})),
    CommandSpec(LinkCases, "case.link", _link, _may_link, writes=frozenset({"case_link"})),
    CommandSpec(
        UnlinkCases,
        "case.unlink",
        _unlink,
        through("case_link", "edit", "link_id"),
        writes=frozenset({"case_link"}),
    ),
    CommandSpec(MarkCase, "case.mark", _mark, on_case("read"), writes=frozenset({"case_mark"})),
    CommandSpec(SaveView, "view.save", _save_view, _own_view, writes=frozenset({"saved_view"})),
    CommandSpec(RemoveView, "view.remove", _remove_view, _own_view, writes=frozenset({"saved_view"})),
)
