"""Conflicts (ristiriidat), work set aside and work on its way: what a person sees of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from workbench.errors import NotAllowed, UserError
from workbench.i18n import N_, _
from workbench.store import resolving, sending
from workbench.store.contact import quarantine_days
from workbench.store.kinds import Kind, KindRegistry
from workbench.store.rebase import Rebasing
from workbench.store.schema import journal, journal_change, journal_value
from workbench.store.settling import NUMBER
from workbench.store.store import Reader

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
    """One row that two people changed. ``why``: changed | deleted | locked | number. ``rev`` is what was seen here and is
    handed back when choosing; ``chosen``: this row waits for choices on others of the same deed. ``root``: kind and
    id of the object it belongs to; ``did``, ``did_at``: what the person did herself, and when."""

    group_id: str
    kind: str
    row_id: str
    label: str
    title: str
    did: str
    did_at: datetime
    municipality: str
    root: tuple[str, str]
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
    """Work the server did not take in: what, why, its texts, and the day it is emptied. ``root``: kind and id of the
    object it belongs to, as far as that may still be seen here; else empty."""

    group_id: str
    did: str
    at: datetime
    code: str
    message: str
    incident: str
    texts: tuple[tuple[str, str], ...]
    later: int
    kept_until: datetime | None
    root: tuple[str, str]


@dataclass(frozen=True)
class Waiting:
    """Work on its way. ``held``: it builds on something that waits for a person; ``about``: what the object it belongs
    to is called, "" where that is not seen here."""

    group_id: str
    did: str
    about: str
    at: datetime
    sent: bool
    held: bool
    message: str


def load_conflicts(reader: Reader) -> list[Conflict]:
    """Every conflict of the person's work, oldest first; those that wait only for others of their deed last."""
    found: list[Conflict] = []
    for group in _own(reader, "conflict"):
        chain = resolving.chain_of(reader.connection, group)
        for kind, row_id, told in rows_of(group):
            found.append(_conflict(reader, group, chain, kind, row_id, told))
    return sorted(found, key=lambda c: c.chosen)


def _own(reader: Reader, state: str, most: int = 0) -> list[resolving.Group]:
    groups = resolving.groups_in(reader.connection, state, most=most)
    return [g for g in groups if g["actor_id"] == reader.session.person_id]


def rows_of(group: resolving.Group) -> list[tuple[str, str, Mapping[str, Any]]]:
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
        title=name_of(kind, row),
        did=sentence_of(connection, group),
        did_at=group["at"],
        municipality=group["municipality"],
        root=_root_of(reader.kinds, kind, row_id, row),
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
        if name not in kind.assigned  # numbers are nobody's to choose: the server gives them again
    ]
    if (group["result"] or {}).get("why") == NUMBER:
        number = next(
            (op["patch"][n] for op in ops for n in kind.assigned if (op["patch"] or {}).get(n)), None
        )
        found.append(FieldConflict(WHOLE, _("Numero"), None, number, None, clashes=True))
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


def load_quarantine(reader: Reader) -> list[SetAside]:
    """The person's work that the server did not take in, oldest first."""
    found: list[SetAside] = []
    days = quarantine_days(reader.connection)
    for group in _own(reader, "quarantine"):
        result = group["result"] or {}
        since = group["settled_at"]
        found.append(
            SetAside(
                group_id=group["group_id"],
                did=sentence_of(reader.connection, group),
                at=group["at"],
                code=str(result.get("code") or result.get("status") or ""),
                message=str(result.get("message") or _(_WORDS.get(str(result.get("status")), ""))),
                incident=str(result.get("incident") or ""),
                texts=tuple(_texts(reader.kinds, group)),
                later=len(resolving.chain_of(reader.connection, group).groups) - 1,
                kept_until=since + timedelta(days=days) if since else None,
                root=_seen_root(reader, group),
            )
        )
    return found


_WORDS = {"revoked": N_("Oikeutesi tähän on päättynyt."), "": ""}


def load_waiting(reader: Reader, *, most: int = 0) -> list[Waiting]:
    """The person's work that is on its way, oldest first; no more than ``most`` of it, 0 for all."""
    held = sending.held_groups(reader.connection)
    return [
        Waiting(
            group_id=group["group_id"],
            did=sentence_of(reader.connection, group),
            about=_called(reader, *_seen_root(reader, group)),
            at=group["at"],
            sent=group["sent_at"] is not None,
            held=group["group_id"] in held,
            message=str((group["result"] or {}).get("message") or ""),
        )
        for group in _own(reader, "queued", most)
    ]


@dataclass(frozen=True)
class Kept:
    """What a group's work says, as a text to keep elsewhere; ``did`` is its first line. ``root_id``: the object it
    belonged to, or ""."""

    did: str
    text: str
    root_id: str
    municipality: str


def text_of(reader: Reader, group_id: str) -> Kept:
    """The text of work that is to be kept elsewhere."""
    group = own_group(reader.connection, group_id, reader.session.person_id)
    did = sentence_of(reader.connection, group)
    lines = [did]
    lines += [f"{label}: {value}" for label, value in _texts(reader.kinds, group)]
    c = journal_change.c
    query = (
        select(c.root_id)
        .select_from(journal.join(journal_change, c.journal_n == journal.c.n))
        .where(journal.c.group_id == (group["origin"] or group_id), c.root_id != "")
    )
    root_id = str(reader.connection.execute(query.limit(1)).scalar() or "")
    return Kept(did, "\n".join(lines), root_id, group["municipality"])


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


def sentence_of(connection: Connection, group: resolving.Group) -> str:
    said = sending.said_of(connection, group["origin"] or group["group_id"])
    if not said["title"]:
        return str(group["command"])
    return _(said["title"]).format_map(_Dashes(said["words"]))


class _Dashes(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "–"


def _root_of(kinds: KindRegistry, kind: Kind, row_id: str, row: Mapping[str, Any]) -> tuple[str, str]:
    """The object whose history a row belongs to."""
    root = str(row.get(kind.root) or "") if kind.root else ""
    ref = kind.by_name[kind.root].ref if root else ""
    return (ref, root) if root and ref in kinds else (kind.name, row_id)


def _seen_root(reader: Reader, group: resolving.Group) -> tuple[str, str]:
    for op in group["ops"]:
        if op["kind"] not in reader.kinds:
            continue
        kind = reader.kinds[op["kind"]]
        table = reader.kinds.table(kind.name)
        query = select(table).where(table.c.id == op["row_id"])
        row = reader.connection.execute(query).mappings().first()
        name, root_id = _root_of(reader.kinds, kind, op["row_id"], dict(row or op["patch"] or {}))
        there = reader.kinds.table(name)
        if reader.connection.execute(select(there.c.k).where(there.c.id == root_id)).first() is not None:
            return name, root_id
    return "", ""


def _called(reader: Reader, kind: str, row_id: str) -> str:
    if not kind:
        return ""
    table = reader.kinds.table(kind)
    row = reader.connection.execute(select(table).where(table.c.id == row_id)).mappings().one()
    return name_of(reader.kinds[kind], dict(row))


_NAMES = ("title", "name", "subject", "filename", "text", "code")


def name_of(kind: Kind, row: Mapping[str, Any]) -> str:
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


def own_group(connection: Connection, group_id: str, person_id: str) -> resolving.Group:
    """A group of the person's own; :class:`NotAllowed` for another's."""
    group = resolving.group_with_ops(connection, group_id)
    if group is None:
        raise UserError(_("Muutosta ei löydy."), code="not_found")
    if group["actor_id"] != person_id:
        raise NotAllowed(_("Vain tekijä itse voi päättää omasta muutoksestaan."))
    return group
