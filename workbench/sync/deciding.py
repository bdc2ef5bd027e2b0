"""Deciding on conflicts (ristiriidat) and on work set aside.

Deciding is a command of this workstation alone, with an entry in its journal; what is sent anew says which groups
it replaces. Nothing is chosen for anybody: a field that clashes is sent only when somebody has said whose value
it has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from workbench.errors import StaleEdit, UserError
from workbench.i18n import N_, _
from workbench.store import claims, resolving, sending
from workbench.store.commands import Command, CommandSpec
from workbench.store.kinds import Kind
from workbench.store.rebase import Rebasing
from workbench.store.serverrows import fits
from workbench.store.settling import NUMBER
from workbench.store.unit import UnitOfWork
from workbench.sync.conflicts import WHOLE, name_of, own_group, rows_of, sentence_of


@dataclass(frozen=True, kw_only=True)
class ResolveConflict(Command):
    """Choose, for one row that two people changed, whose values it has.

    ``choices``: field → ``{"take": "mine" | "theirs" | "edit", "value": …}``, value in the wire's form; the
    name ``*`` stands for the whole row (all of it theirs, or mine where mine deletes it). ``rev`` is the
    revision of theirs that was seen; 0: whatever is known here.
    """

    kind: str
    row_id: str
    choices: dict[str, dict[str, Any]] = field(default_factory=dict)
    rev: int = 0


@dataclass(frozen=True, kw_only=True)
class DiscardWork(Command):
    """Let go of work the server did not take in; what was built on it and cannot be without it goes too."""

    group_id: str


@dataclass(frozen=True, kw_only=True)
class OfferAgain(Command):
    """Send work that was set aside once more, as it is."""

    group_id: str


def _resolve(command: ResolveConflict, uow: UnitOfWork) -> list[str]:
    connection, where = uow.connection, (command.kind, command.row_id)
    group = next(
        (
            g
            for g in resolving.groups_in(connection, "conflict")
            if any((kind, row_id) == where for kind, row_id, _told in rows_of(g))
        ),
        None,
    )
    if group is None:
        raise UserError(_("Ristiriitaa ei enää ole. Päivitä näkymä."), code="not_found")
    rebasing = Rebasing(connection, uow.kinds)
    base = rebasing.base(*where) or {"data": None, "rev": 0}
    if command.rev and command.rev != base["rev"]:
        raise StaleEdit(_("Toinen on muuttanut samaa uudelleen. Katso arvot vielä kerran."))
    chain = resolving.chain_of(connection, group)
    if (group["result"] or {}).get("why") == NUMBER:
        return _number_anew(command, uow, rebasing, chain)
    _demand_choices(uow.kinds[command.kind], group, command, base["data"])
    result = group["result"] or {}
    choices = dict(result.get("choices") or {})
    choices[f"{command.kind} {command.row_id}"] = {"fields": command.choices, "rev": base["rev"]}
    open_rows = [f"{k} {i}" for k, i, _told in rows_of(group) if f"{k} {i}" not in choices]
    title = name_of(uow.kinds[command.kind], base["data"] or {})
    uow.say(N_("Ratkaistu ristiriita: {what} {title}"), what=_(uow.kinds[command.kind].label), title=title)
    uow.concerns(*where, chain=group["municipality"])
    if open_rows:
        # One deed goes as a whole: it waits until each of its rows has been looked at.
        resolving.note_choices(connection, group, choices)
        return []
    if not result.get("conflicts") and command.choices.get(WHOLE, {}).get("take") == "theirs":
        made = []
        resolving.let_go(rebasing, chain, {"how": "discarded"})
    else:
        made = resolving.send_anew(rebasing, chain, _chosen(chain, choices), {"how": "resolved"})
    uow.also_touched |= rebasing.touched
    return made


def _number_anew(
    command: ResolveConflict, uow: UnitOfWork, rebasing: Rebasing, chain: resolving.Chain
) -> list[str]:
    """A number of a held series could not stand: the deed goes again with the next number, or not at all."""
    group, kind = chain.groups[0], uow.kinds[command.kind]
    take = command.choices.get(WHOLE, {}).get("take")
    if take not in ("mine", "theirs"):
        raise UserError(_("Valitse: ota uusi numero tai hylkää muutoksesi."), field=WHOLE)
    title = name_of(kind, uow.get(command.kind, command.row_id) or {})
    if take == "theirs":
        made: list[str] = []
        resolving.let_go(rebasing, chain, {"how": "discarded"})
        uow.say(N_("Hylätty oma muutos: {title}"), title=title)
    else:
        made = resolving.send_anew(rebasing, chain, _renumbered(uow, group), {"how": "resolved"})
        claims.note(uow.connection, made[0], uow.claimed)
        uow.claimed = {}  # the numbers are that group's, not this deed's
        uow.say(N_("Numeroitu uudelleen: {what} {title}"), what=_(kind.label), title=title)
    uow.concerns(command.kind, command.row_id, chain=group["municipality"])
    uow.also_touched |= rebasing.touched
    return made


def _renumbered(uow: UnitOfWork, group: resolving.Group) -> resolving.Rewrite:
    """Operations of a group with the next numbers, as far as they are this workstation's to give."""
    own = {op["op_id"] for op in group["ops"]}

    def rewrite(op: resolving.Op) -> resolving.Op | None:
        kind, patch = uow.kinds[op["kind"]], op["patch"] or {}
        numbers = op["type"] == "create" or any(n in patch for n in kind.assigned)
        if kind.assign is None or op["op_id"] not in own or not numbers:
            return op
        blank = dict.fromkeys(kind.assigned)
        kept = {n: v for n, v in patch.items() if n not in blank}
        sent = {n: kind.by_name[n].from_wire(v) for n, v in kept.items() if n in kind.by_name}
        former = None if op["type"] == "create" else uow.need(op["kind"], op["row_id"]) | blank
        row = (former or dict.fromkeys(kind.by_name) | {"id": op["row_id"]}) | sent | blank
        found = {n: v for n, v in kind.assign(row, former, uow).items() if v is not None}
        # Of what is there already the number is asked, though only the server can give it.
        asked = {} if former is None else blank
        return op | {"patch": kept | asked | kind.wire(found)}

    return rewrite


def _demand_choices(
    kind: Kind, group: resolving.Group, command: ResolveConflict, theirs: Mapping[str, Any] | None
) -> None:
    ops = [op for op in group["ops"] if (op["kind"], op["row_id"]) == (command.kind, command.row_id)]
    told = next(t for k, i, t in rows_of(group) if (k, i) == (command.kind, command.row_id))
    whole = command.choices.get(WHOLE, {}).get("take")
    if whole == "theirs":
        return
    why = (group["result"] or {}).get("why")
    if why == "deleted" and told:
        raise UserError(
            _("Kohde on poistettu. Säilytä tekstisi muistiinpanona tai hylkää muutoksesi."), field=WHOLE
        )
    mine = {n for op in ops if op["type"] == "patch" for n in op["patch"] or {}}
    deletes = any(op["type"] == "delete" for op in ops)
    clashing = (mine & set(told.get("fields") or [])) - set(kind.assigned)
    asked = {n for n in clashing if (theirs or {}).get(n) != _last(ops, n)}
    if deletes or not told:
        asked = asked | {WHOLE}
    for name in asked:
        if name not in command.choices and whole is None:
            label = _(kind.by_name[name].label) if name in kind.by_name else _(kind.label)
            raise UserError(_("Valitse, kumpi jää voimaan: {field}.").format(field=label), field=name)
    for name, choice in command.choices.items():
        take = choice.get("take")
        if take not in ("mine", "theirs", "edit") or (name != WHOLE and name not in mine):
            raise UserError(_("Valintaa ei tunneta: {field}.").format(field=name), field=name)
        if take == "edit" and (name == WHOLE or not fits(kind.by_name[name], choice.get("value"))):
            label = _(kind.by_name[name].label) if name in kind.by_name else name
            raise UserError(_("Arvo ei kelpaa: {field}.").format(field=label), field=name)
        if take != "theirs" and why == "locked" and name in set(told.get("fields") or []):
            raise UserError(_("Tätä ei voi enää muuttaa. Valitse nykyinen arvo."), field=name)


def _last(ops: list[resolving.Op], name: str) -> Any:
    return next((op["patch"][name] for op in reversed(ops) if name in (op["patch"] or {})), None)


def _chosen(chain: resolving.Chain, choices: Mapping[str, Any]) -> resolving.Rewrite:
    """Operations as they are sent after choosing."""
    last: dict[tuple[str, str], str] = {}
    for group in chain.groups:
        for op in group["ops"]:
            for name in op["patch"] or {} if op["type"] == "patch" else ():
                last[f"{op['kind']} {op['row_id']}", name] = op["op_id"]

    def rewrite(op: resolving.Op) -> resolving.Op | None:
        row = f"{op['kind']} {op['row_id']}"
        if row not in choices:
            return op
        fields, rev = choices[row]["fields"], choices[row]["rev"]
        whole = (fields.get(WHOLE) or {}).get("take")
        if whole == "theirs":
            return None
        op = op | {"base_rev": rev}
        if op["type"] != "patch":
            return op
        patch: dict[str, Any] = {}
        for name, value in (op["patch"] or {}).items():
            choice = fields.get(name) or {}
            if choice.get("take") == "theirs":
                continue
            edited = choice.get("take") == "edit"
            if edited and last[row, name] != op["op_id"]:
                continue  # the value that was written last is the one that was edited
            patch[name] = choice.get("value") if edited else value
        return op | {"patch": patch} if patch else None

    return rewrite


def _discard(command: DiscardWork, uow: UnitOfWork) -> list[str]:
    group = own_group(uow.connection, command.group_id, uow.session.person_id)
    if group["state"] not in ("conflict", "quarantine"):
        raise UserError(_("Tämä ei odota ratkaisua. Päivitä näkymä."), code="not_found")
    rebasing = Rebasing(uow.connection, uow.kinds)
    title = sentence_of(uow.connection, group)
    gone = resolving.let_go(rebasing, resolving.chain_of(uow.connection, group), {"how": "discarded"})
    uow.say(N_("Hylätty oma muutos: {title}"), title=title)
    uow.concerns(*_about(uow.connection, group), chain=group["municipality"])
    uow.also_touched |= rebasing.touched
    return gone


def _offer(command: OfferAgain, uow: UnitOfWork) -> list[str]:
    group = own_group(uow.connection, command.group_id, uow.session.person_id)
    if group["state"] != "quarantine":
        raise UserError(_("Tämä ei odota ratkaisua. Päivitä näkymä."), code="not_found")
    rebasing = Rebasing(uow.connection, uow.kinds)
    chain = resolving.chain_of(uow.connection, group)
    made = resolving.send_anew(rebasing, chain, lambda op: op, {"how": "offered again"})
    uow.say(N_("Lähetetään uudelleen: {title}"), title=sentence_of(uow.connection, group))
    uow.concerns(*_about(uow.connection, group), chain=group["municipality"])
    uow.also_touched |= rebasing.touched
    return made


def _about(connection: Connection, group: resolving.Group) -> tuple[str, str]:
    kind, row_id = sending.said_of(connection, group["origin"] or group["group_id"])["about"]
    return str(kind), str(row_id)


def _own_rows(command: ResolveConflict, uow: UnitOfWork) -> None:
    for group in resolving.groups_in(uow.connection, "conflict"):
        if any((k, i) == (command.kind, command.row_id) for k, i, _told in rows_of(group)):
            own_group(uow.connection, group["group_id"], uow.session.person_id)


def _own_group(command: DiscardWork | OfferAgain, uow: UnitOfWork) -> None:
    own_group(uow.connection, command.group_id, uow.session.person_id)


COMMANDS = tuple(
    CommandSpec(made, f"sync.{name}", handler, authorise, writes=frozenset(), undoable=False, local=True)
    for made, name, handler, authorise in (
        (ResolveConflict, "resolve", _resolve, _own_rows),
        (DiscardWork, "discard", _discard, _own_group),
        (OfferAgain, "offer_again", _offer, _own_group),
    )
)
