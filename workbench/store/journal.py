"""The journal (tapahtumaloki): who did what, for whom, when and where, in a chain per municipality.

The chain covers metadata and one salted digest per value. Values, salts and the personal words of
titles lie in ``journal_value`` rows; destroying those leaves a chain that still verifies, because the
chain never held more than their digests.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, Connection, bindparam, func, insert, select

from workbench.clock import to_text
from workbench.i18n import _
from workbench.store.canonical import canonical_json
from workbench.store.schema import journal, journal_change, journal_value
from workbench.store.unit import RowOp, UnitOfWork, move_values

GENESIS = "0" * 64


@dataclass(frozen=True)
class ChangeLine:
    """One value of an entry. ``erased`` says that the value was lawfully destroyed."""

    kind: str
    row_id: str
    field: str
    before: Any
    after: Any
    erased: bool


@dataclass(frozen=True)
class Entry:
    """One journal entry as history shows it."""

    n: int
    group_id: str
    command: str
    title: str
    at: datetime
    actor_id: str
    arrangement_id: str
    kind: str
    row_id: str
    reason: str
    lines: tuple[ChangeLine, ...]


def value_digest(salt: bytes, kind: str, row_id: str, field: str, before: Any, after: Any) -> str:
    """SHA-256, hex, over salt and the canonical JSON of what changed."""
    body = canonical_json([kind, row_id, field, before, after]).encode()
    return hashlib.sha256(salt + body).hexdigest()


def entry_hash(prev_hash: str, entry: dict[str, Any]) -> str:
    """SHA-256, hex, linking an entry's metadata to the one before it."""
    names = (
        "chain",
        "position",
        "group_id",
        "command",
        "title_key",
        "actor_id",
        "arrangement_id",
        "workstation",
        "kind",
        "row_id",
        "digests",
    )
    body = canonical_json([entry[n] for n in names] + [to_text(entry["at"])])
    return hashlib.sha256((prev_hash + body).encode()).hexdigest()


def write_entry(uow: UnitOfWork, group_id: str, reason: str, workstation: str) -> None:
    """Append the entry of one command to its municipality's chain, in the command's transaction."""
    lines = list(_lines(uow, reason, _final_scopes(uow)))
    salts = [secrets.token_bytes(16) for _unused in lines]
    digests = [
        value_digest(salt, op[0], op[1], op[3], op[5], op[6]) for salt, op in zip(salts, lines, strict=True)
    ]
    last = uow.connection.execute(
        select(journal.c.position, journal.c.hash)
        .where(journal.c.chain == uow.chain)
        .order_by(journal.c.position.desc())
        .limit(1)
    ).first()
    position, prev_hash = (last.position + 1, last.hash) if last else (1, GENESIS)
    kind, row_id = uow.about
    entry: dict[str, Any] = {
        "chain": uow.chain,
        "position": position,
        "group_id": group_id,
        "command": uow.command_type,
        "title_key": uow.words.key,
        "at": uow.at,
        "actor_id": uow.session.person_id,
        "arrangement_id": uow.session.arrangement_id,
        "workstation": workstation,
        "kind": kind,
        "row_id": row_id,
        "digests": hashlib.sha256("".join(digests).encode()).hexdigest(),
    }
    entry |= {"prev_hash": prev_hash, "hash": entry_hash(prev_hash, entry)}
    n = uow.connection.execute(insert(journal).values(entry).returning(journal.c.n)).scalar_one()
    if not lines:
        return
    first = (uow.connection.execute(select(func.max(journal_change.c.n))).scalar() or 0) + 1
    uow.connection.execute(
        insert(journal_change),
        [
            {
                "n": first + i,
                "journal_n": n,
                "kind": line[0],
                "row_id": line[1],
                "root_id": line[2],
                "field": line[3],
                "digest": digest,
            }
            for i, (line, digest) in enumerate(zip(lines, digests, strict=True))
        ],
    )
    uow.connection.execute(
        insert(journal_value),
        [
            {"change_n": first + i, "scope_id": line[4], "salt": salt, "before": line[5], "after": line[6]}
            for i, (line, salt) in enumerate(zip(lines, salts, strict=True))
        ],
    )


_Line = tuple[str, str, str, str, str, Any, Any]  # kind, row, root, field, scope, before, after


def _final_scopes(uow: UnitOfWork) -> dict[tuple[str, str], str]:
    """Where the values of each touched row lie: in the scope the row ends up in, or where its kind keeps
    what it once held; earlier values join them there."""
    scopes = {(op.kind, op.row_id): op.scope_id for op in uow.ops}
    for kind, row_id in scopes:
        keep = uow.kinds[kind].history_scope
        row = uow.get(kind, row_id) if keep else None
        apart = keep(row) if keep and row else None
        if apart:
            move_values(uow.connection, kind, row_id, None, apart)
            scopes[kind, row_id] = apart
    return scopes


def _lines(uow: UnitOfWork, reason: str, scopes: dict[tuple[str, str], str]) -> Iterator[_Line]:
    """The values of an entry: its words first, then each row operation's fields."""
    kind, row_id = uow.about
    root, scope = _home_of(uow)
    scope = scopes.get((kind, row_id), scope)
    if uow.words.values:
        yield kind, row_id, root, "@title", scope, None, _plain(uow.words.values)
    if reason:
        yield kind, row_id, root, "@reason", scope, None, reason
    for op in uow.ops:
        yield from _op_lines(op, scopes[op.kind, op.row_id])


def _op_lines(op: RowOp, scope: str) -> Iterator[_Line]:
    head = (op.kind, op.row_id, op.root_id)
    if op.type in {"create", "delete"}:
        yield *head, "*", scope, op.before or None, op.after or None
    else:
        for name in op.after:
            yield *head, name, scope, op.before.get(name), op.after[name]


def _home_of(uow: UnitOfWork) -> tuple[str, str]:
    """Root and scope the entry's own words belong to: those of the object it is about."""
    kind, row_id = uow.about
    for op in uow.ops:
        if (op.kind, op.row_id) == (kind, row_id):
            return op.root_id, op.scope_id
    if kind and kind in uow.kinds:
        row = uow.get(kind, row_id)
        if row:
            root = uow.kinds[kind].root
            return str((row.get(root) if root else None) or row_id), str(row["scope_id"])
    return row_id, "global"


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {k: v if isinstance(v, (int, str)) else str(v) for k, v in values.items()}


def erase_values(connection: Connection, kind: str, row_id: str) -> None:
    """Destroy what the journal holds of a row's content; digests and metadata stay."""
    changes = select(journal_change.c.n).where(
        journal_change.c.kind == kind, journal_change.c.row_id == row_id
    )
    connection.execute(journal_value.delete().where(journal_value.c.change_n.in_(changes)))


@dataclass(frozen=True)
class ChainFault:
    """Where a chain does not verify."""

    chain: str
    position: int
    what: str


def verify(connection: Connection) -> list[ChainFault]:
    """Walk every chain: links, positions, digests, and each value that has not been destroyed."""
    faults: list[ChainFault] = []
    expected: dict[str, tuple[int, str]] = {}
    digests_of = (
        select(journal_change.c.digest)
        .where(journal_change.c.journal_n == bindparam("n"))
        .order_by(journal_change.c.n)
    )
    for row in connection.execute(select(journal).order_by(journal.c.chain, journal.c.position)).mappings():
        position, prev = expected.get(row["chain"], (0, GENESIS))
        where = (row["chain"], row["position"])
        if row["position"] != position + 1:
            faults.append(ChainFault(*where, _("merkintöjä puuttuu välistä")))
        if row["prev_hash"] != prev or entry_hash(row["prev_hash"], dict(row)) != row["hash"]:
            faults.append(ChainFault(*where, _("merkintää tai sen järjestystä on muutettu")))
        digests = connection.execute(digests_of, {"n": row["n"]}).scalars().all()
        if hashlib.sha256("".join(digests).encode()).hexdigest() != row["digests"]:
            faults.append(ChainFault(*where, _("merkinnän tiivisteitä on muutettu")))
        expected[row["chain"]] = (row["position"], row["hash"])
    joined = select(
        journal.c.chain,
        journal.c.position,
        journal_change.c.kind,
        journal_change.c.row_id,
        journal_change.c.field,
        journal_change.c.digest,
        journal_value.c.salt,
        journal_value.c.before,
        journal_value.c.after,
    ).select_from(
        journal_value.join(journal_change, journal_change.c.n == journal_value.c.change_n).join(
            journal, journal.c.n == journal_change.c.journal_n
        )
    )
    for row in connection.execute(joined).mappings():
        found = value_digest(
            row["salt"], row["kind"], row["row_id"], row["field"], row["before"], row["after"]
        )
        if found != row["digest"]:
            faults.append(ChainFault(row["chain"], row["position"], _("merkinnän arvoa on muutettu")))
    return faults


def entries_of(root_id: str) -> CompoundSelect[int]:
    """Numbers of the entries that concern an object or its parts."""
    return (
        select(journal_change.c.journal_n)
        .where(journal_change.c.root_id == root_id)
        .union(select(journal.c.n).where(journal.c.row_id == root_id))
    )


def history(connection: Connection, root_id: str, scopes: Any = None, limit: int = 500) -> list[Entry]:
    """Entries that concern an object or its parts, newest first.

    ``scopes`` is an SQL condition on ``journal_value.scope_id`` that hides values the reader may not
    see; hidden and destroyed values alike come back as erased lines.
    """
    entries = (
        connection.execute(
            select(journal)
            .where(journal.c.n.in_(entries_of(root_id)))
            .order_by(journal.c.n.desc())
            .limit(limit)
        )
        .mappings()
        .all()
    )
    if not entries:
        return []
    value_on = journal_value.c.change_n == journal_change.c.n
    if scopes is not None:
        value_on = value_on & scopes
    lines: dict[int, list[Any]] = {}
    query = (
        select(journal_change, journal_value.c.salt, journal_value.c.before, journal_value.c.after)
        .select_from(journal_change.outerjoin(journal_value, value_on))
        .where(journal_change.c.journal_n.in_([e["n"] for e in entries]))
        .order_by(journal_change.c.n)
    )
    for row in connection.execute(query).mappings():
        lines.setdefault(row["journal_n"], []).append(row)
    return [_entry(e, lines.get(e["n"], [])) for e in entries]


def _entry(row: Any, lines: list[Any]) -> Entry:
    words = next((v["after"] for v in lines if v["field"] == "@title" and v["salt"]), None)
    reason = next((v["after"] for v in lines if v["field"] == "@reason" and v["salt"]), "")
    title = _(row["title_key"])
    # Words that were destroyed or may not be seen leave their places as a dash.
    title = title.format_map(_Dashes(words or {}))
    return Entry(
        n=row["n"],
        group_id=row["group_id"],
        command=row["command"],
        title=title,
        at=row["at"],
        actor_id=row["actor_id"],
        arrangement_id=row["arrangement_id"],
        kind=row["kind"],
        row_id=row["row_id"],
        reason=reason or "",
        lines=tuple(
            ChangeLine(v["kind"], v["row_id"], v["field"], v["before"], v["after"], v["salt"] is None)
            for v in lines
            if not v["field"].startswith("@")
        ),
    )


class _Dashes(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "–"
