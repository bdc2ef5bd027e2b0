"""Conflicts (ristiriidat) and work set aside: what a person sees of them, and what she decides.

Deciding is a command of this workstation alone, with an entry in its journal; what is sent anew says which groups
it replaces. Nothing is chosen for anybody: a field that clashes is sent only when somebody has said whose value
it has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from workbench.errors import NotAllowed, StaleEdit, UserError
from workbench.i18n import N_, _
from workbench.store import resolving, sending
from workbench.store.commands import Command, CommandSpec
from workbench.store.kinds import Kind, KindRegistry
from workbench.store.rebase import Rebasing
from workbench.store.schema import journal, journal_change, journal_value
from workbench.store.serverrows import fits
from workbench.store.store import Reader
from workbench.store.unit import UnitOfWork

WHOLE = "*"
"""In place of a field's name: the row itself, made or deleted."""


@dataclass(frozen=True)
class FieldConflict:
    """One field of a row: what it was when the person changed it, what she made of it, what it is now. Values
    as the wire has them. ``clashes``: others changed it too, so somebody must choose."""

    name: str
    label: str
    base: Any
    mine: Any
    theirs: Any
    clashes: bool


@dataclass(frozen=True)
class Conflict:
    """One row that two people changed. ``why``: changed | deleted | locked. ``rev`` is what was seen here and is
    handed back when choosing; ``chosen``: this row waits for choices on others of the same deed."""

    group_id: str
    kind: str
    row_id: str
    label: str
    title: str
    did: str
    why: str
    by: str
    at: datetime | None
    message: str
    rev: int
    fields: tuple[FieldConflict, ...]
    later: int
    chosen: bool


@dataclass(frozen=True)
class SetAside:
    """Work the server did not take in: what, why, its texts, and the day it is emptied."""

    group_id: str
    did: str
    at: datetime
    code: str
    message: str
    incident: str
    texts: tuple[tuple[str, str], ...]
    later: int
    kept_until: datetime | None


@dataclass(frozen=True)
class Waiting:
    """Work on its way. ``held``: it builds on something that waits for a person."""

    group_id: str
    did: str
    at: datetime
    sent: bool
    held: bool
    message: str


# -- what is seen --------------------------------------------------------------------------------------------


def load_conflicts(reader: Reader) -> list[Conflict]:
    """Every conflict of the person's work, oldest first."""
    found: list[Conflict] = []
    for group in _own(reader, "conflict"):
        chain = resolving.chain_of(reader.connection, group)
        for kind, row_id, told in _rows_of(group):
            found.append(_conflict(reader, group, chain, kind, row_id, told))
    return found


def _own(reader: Reader, state: str) -> list[resolving.Group]:
    groups = resolving.groups_in(reader.connection, state)
    return [g for g in groups if g["actor_id"] == reader.session.person_id]


def _rows_of(group: resolving.Group) -> list[tuple[str, str, Mapping[str, Any]]]:
    """Rows of a group that somebody must look at; when the server named none, the first it touched."""
    result = group["result"] or {}
    named = {(str(c["kind"]), str(c["id"])): c for c in result.get("conflicts") or []}
    if not named and group["ops"]:
        first = group["ops"][0]
        named = {(first["kind"], first["row_id"]): {}}
    return [(kind, row_id, told) for (kind, row_id), told in named.items()]


def _conflict(
    reader: Reader,
    group: resolving.Group,
    chain: resolving.Chain,
    kind_name: str,
    row_id: str,
    told: Mapping[str, Any],
) -> Conflict:
    connection, result = reader.connection, group["result"] or {}
    kind = reader.kinds[kind_name]
    base = Rebasing(connection, reader.kinds).base(kind_name, row_id) or {"data": None, "rev": 0}
    theirs = base["data"]
    ops = [op for g in chain.groups for op in g["ops"] if (op["kind"], op["row_id"]) == (kind_name, row_id)]
    row = (theirs or {}) | {n: v for op in ops for n, v in (op["patch"] or {}).items()}
    return Conflict(
        group_id=group["group_id"],
        kind=kind_name,
        row_id=row_id,
        label=_(kind.label),
        title=_name_of(kind, row),
        did=_sentence(connection, group),
        why=str(result.get("why") or ""),
        by=_person(reader, str(told.get("by") or "")),
        at=_instant(told.get("at")),
        message=str(result.get("message") or ""),
        rev=int(base["rev"]),
        fields=_fields(connection, group, kind, row_id, ops, theirs, set(told.get("fields") or [])),
        later=len(chain.groups) - 1,
        chosen=f"{kind_name} {row_id}" in (result.get("choices") or {}),
    )


def _fields(
    connection: Connection,
    group: resolving.Group,
    kind: Kind,
    row_id: str,
    ops: list[resolving.Op],
    theirs: Mapping[str, Any] | None,
    clashing: set[str],
) -> tuple[FieldConflict, ...]:
    mine: dict[str, Any] = {}
    for op in ops:
        if op["type"] == "patch":
            mine |= op["patch"] or {}
    former = _former(connection, group, kind.name, row_id)
    found = [
        FieldConflict(
            name=name,
            label=_(kind.by_name[name].label) if name in kind.by_name else name,
            base=former.get(name),
            mine=value,
            theirs=(theirs or {}).get(name),
            clashes=name in clashing and (theirs is None or theirs.get(name) != value),
        )
        for name, value in mine.items()
    ]
    if any(op["type"] == "delete" for op in ops):
        found.append(FieldConflict(WHOLE, _(kind.label), None, None, dict(theirs or {}), clashes=True))
    return tuple(found)


def _former(connection: Connection, group: resolving.Group, kind: str, row_id: str) -> dict[str, Any]:
    """What the fields were when the person changed them, as her journal has it."""
    j, c, v = journal.c, journal_change.c, journal_value.c
    query = (
        select(c.field, v.before)
        .select_from(journal.join(journal_change, c.journal_n == j.n).join(journal_value, v.change_n == c.n))
        .where(j.group_id == (group["origin"] or group["group_id"]), c.kind == kind, c.row_id == row_id)
    )
    return {r.field: r.before for r in connection.execute(query)}


def load_quarantine(reader: Reader, *, days: int) -> list[SetAside]:
    """The person's work that the server did not take in, oldest first; kept for so many days."""
    found: list[SetAside] = []
    for group in _own(reader, "quarantine"):
        result = group["result"] or {}
        since = group["settled_at"]
        found.append(
            SetAside(
                group_id=group["group_id"],
                did=_sentence(reader.connection, group),
                at=group["at"],
                code=str(result.get("code") or result.get("status") or ""),
                message=str(result.get("message") or _(_WORDS.get(str(result.get("status")), ""))),
                incident=str(result.get("incident") or ""),
                texts=tuple(_texts(reader.kinds, group)),
                later=len(resolving.chain_of(reader.connection, group).groups) - 1,
                kept_until=since + timedelta(days=days) if since else None,
            )
        )
    return found


_WORDS = {"revoked": N_("Oikeutesi tähän on päättynyt."), "": ""}


def load_waiting(reader: Reader) -> list[Waiting]:
    """The person's work that is on its way, oldest first."""
    held = sending.held_groups(reader.connection)
    return [
        Waiting(
            group_id=group["group_id"],
            did=_sentence(reader.connection, group),
            at=group["at"],
            sent=group["sent_at"] is not None,
            held=group["group_id"] in held,
            message=str((group["result"] or {}).get("message") or ""),
        )
        for group in _own(reader, "queued")
    ]


def text_of(reader: Reader, group_id: str) -> tuple[str, str]:
    """What a group's work says, as a text to keep elsewhere, and the id of the object it belonged to."""
    group = _group(reader.connection, group_id, reader.session.person_id)
    lines = [_sentence(reader.connection, group)]
    lines += [f"{label}: {value}" for label, value in _texts(reader.kinds, group)]
    c = journal_change.c
    query = (
        select(c.root_id)
        .select_from(journal.join(journal_change, c.journal_n == journal.c.n))
        .where(journal.c.group_id == (group["origin"] or group_id), c.root_id != "")
    )
    return "\n".join(lines), str(reader.connection.execute(query.limit(1)).scalar() or "")


def _texts(kinds: KindRegistry, group: resolving.Group) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for op in group["ops"]:
        if op["kind"] not in kinds:
            continue
        for name, value in (op["patch"] or {}).items():
            spec = kinds[op["kind"]].by_name.get(name)
            if value is None or spec is None or spec.hidden or spec.ref:
                continue
            found.append((_(spec.label), str(value)))
    return found


def _sentence(connection: Connection, group: resolving.Group) -> str:
    said = sending.said_of(connection, group["origin"] or group["group_id"])
    if not said["title"]:
        return str(group["command"])
    words = said["words"] or (group["result"] or {}).get("words") or {}
    return _(said["title"]).format_map(_Dashes(words))


class _Dashes(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "–"


_NAMES = ("title", "name", "subject", "filename", "text", "code")


def _name_of(kind: Kind, row: Mapping[str, Any]) -> str:
    """What a row is called in a list."""
    found = next((str(row[n]) for n in _NAMES if n in kind.by_name and row.get(n)), "")
    return found if len(found) <= _LONGEST else found[:_LONGEST] + "…"


_LONGEST = 80


def _person(reader: Reader, person_id: str) -> str:
    if not person_id or "person" not in reader.kinds:
        return person_id
    table = reader.kinds.table("person")
    name = reader.connection.execute(select(table.c.name).where(table.c.id == person_id)).scalar()
    return str(name or person_id)


def _instant(text: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text)) if text else None
    except ValueError:
        return None


# -- what is decided -----------------------------------------------------------------------------------------


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
            if any((kind, row_id) == where for kind, row_id, _told in _rows_of(g))
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
    _demand_choices(uow.kinds[command.kind], group, command, base["data"])
    result = group["result"] or {}
    choices = dict(result.get("choices") or {})
    choices[f"{command.kind} {command.row_id}"] = {"fields": command.choices, "rev": base["rev"]}
    open_rows = [f"{k} {i}" for k, i, _told in _rows_of(group) if f"{k} {i}" not in choices]
    title = _name_of(uow.kinds[command.kind], base["data"] or {})
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


def _demand_choices(
    kind: Kind, group: resolving.Group, command: ResolveConflict, theirs: Mapping[str, Any] | None
) -> None:
    ops = [op for op in group["ops"] if (op["kind"], op["row_id"]) == (command.kind, command.row_id)]
    told = next(t for k, i, t in _rows_of(group) if (k, i) == (command.kind, command.row_id))
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
    asked = {n for n in mine & set(told.get("fields") or []) if (theirs or {}).get(n) != _last(ops, n)}
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
    group = _group(uow.connection, command.group_id, uow.session.person_id)
    if group["state"] not in ("conflict", "quarantine"):
        raise UserError(_("Tämä ei odota ratkaisua. Päivitä näkymä."), code="not_found")
    rebasing = Rebasing(uow.connection, uow.kinds)
    title = _sentence(uow.connection, group)
    gone = resolving.let_go(rebasing, resolving.chain_of(uow.connection, group), {"how": "discarded"})
    uow.say(N_("Hylätty oma muutos: {title}"), title=title)
    uow.concerns(*_about(uow.connection, group), chain=group["municipality"])
    uow.also_touched |= rebasing.touched
    return gone


def _offer(command: OfferAgain, uow: UnitOfWork) -> list[str]:
    group = _group(uow.connection, command.group_id, uow.session.person_id)
    if group["state"] != "quarantine":
        raise UserError(_("Tämä ei odota ratkaisua. Päivitä näkymä."), code="not_found")
    rebasing = Rebasing(uow.connection, uow.kinds)
    chain = resolving.chain_of(uow.connection, group)
    made = resolving.send_anew(rebasing, chain, lambda op: op, {"how": "offered again"})
    uow.say(N_("Lähetetään uudelleen: {title}"), title=_sentence(uow.connection, group))
    uow.concerns(*_about(uow.connection, group), chain=group["municipality"])
    uow.also_touched |= rebasing.touched
    return made


def _about(connection: Connection, group: resolving.Group) -> tuple[str, str]:
    kind, row_id = sending.said_of(connection, group["origin"] or group["group_id"])["about"]
    return str(kind), str(row_id)


def _group(connection: Connection, group_id: str, person_id: str) -> resolving.Group:
    group = resolving.group_with_ops(connection, group_id)
    if group is None:
        raise UserError(_("Muutosta ei löydy."), code="not_found")
    if group["actor_id"] != person_id:
        raise NotAllowed(_("Vain tekijä itse voi päättää omasta muutoksestaan."))
    return group


def _own_rows(command: ResolveConflict, uow: UnitOfWork) -> None:
    for group in resolving.groups_in(uow.connection, "conflict"):
        if any((k, i) == (command.kind, command.row_id) for k, i, _told in _rows_of(group)):
            _group(uow.connection, group["group_id"], uow.session.person_id)


def _own_group(command: DiscardWork | OfferAgain, uow: UnitOfWork) -> None:
    _group(uow.connection, command.group_id, uow.session.person_id)


COMMANDS = tuple(
    CommandSpec(made, f"sync.{name}", handler, authorise, writes=frozenset(), undoable=False, local=True)
    for made, name, handler, authorise in (
        (ResolveConflict, "resolve", _resolve, _own_rows),
        (DiscardWork, "discard", _discard, _own_group),
        (OfferAgain, "offer_again", _offer, _own_group),
    )
)
