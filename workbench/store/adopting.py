"""Adoption (rekisterin otto palvelimelle): what a store registered while it was its own authority is queued for the
server it joins, each object with its parts as one group, numbers as they were given.

First goes what the series had given, then the objects, those that others name before those, then the head of each
journal chain, and last that all has come. Invariants: every row that lay outside the common settings is in exactly
one of the groups; no row changes but where it names a person whom the server knows by another id.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from workbench.context import Session
from workbench.errors import UserError
from workbench.i18n import N_, _
from workbench.ids import new_id
from workbench.store.commands import Command, CommandSpec
from workbench.store.kinds import KindRegistry
from workbench.store.meta import set_meta
from workbench.store.ordering import COMMON, Whole, objects_of
from workbench.store.renaming import Named, rename
from workbench.store.schema import WAITS, journal, outbox, outbox_group, series, sync_base
from workbench.store.serverrows import shape_of
from workbench.store.statements import given
from workbench.store.unit import WAITING, UnitOfWork

FORMER, SEGMENT, NOTE = "adopted_names", "adopted_journal", "adopted_note"
"""Settings that an adoption leaves: former id → what it is called; chain → [entries, hash of the last]; and, until
all has been taken in, the id of the entry that will say so."""

TAKEN_IN = N_("Otettu palvelimelle")
_AT_ONCE = 500


@dataclass(frozen=True, kw_only=True)
class AdoptBegin(Command):
    """A register begins to come: ``series`` says the next number of each of its series."""

    title: str = ""
    words: dict[str, Any] = field(default_factory=dict)
    series: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Adopt(Command):
    """One object with its parts; ``series`` are those within it."""

    about: tuple[str, str] = ("", "")
    title: str = ""
    words: dict[str, Any] = field(default_factory=dict)
    series: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class AdoptJournal(Command):
    """A chain of the journal has ended here: so many entries, the last of this hash."""

    title: str = ""
    words: dict[str, Any] = field(default_factory=dict)
    chain: str = ""
    entries: int = 0
    head: str = ""


@dataclass(frozen=True, kw_only=True)
class AdoptEnd(Command):
    """Everything has come: so many objects."""

    title: str = ""
    words: dict[str, Any] = field(default_factory=dict)
    objects: int = 0


BEGIN, ADOPT, JOURNAL, END = "sync.adopt_begin", "sync.adopt", "sync.adopt_journal", "sync.adopt_end"
"""The commands the groups come under."""

OF_ADOPTION = frozenset({BEGIN, ADOPT, JOURNAL, END})


def _not_here(_command: Command, _uow: UnitOfWork) -> None:
    raise UserError(_("Rekisterin ottaa vastaan palvelin, kun työasema liitetään siihen."), code="forbidden")


def _anybody(_command: Command, _uow: UnitOfWork) -> None:
    """Whether a register may come is the server's to say."""


def adoption_specs(kinds: frozenset[str]) -> tuple[CommandSpec, ...]:
    """The entries of the commands; their rows may be of any of the kinds, and lie anywhere."""
    rows: dict[type[Command], tuple[str, frozenset[str]]] = {
        AdoptBegin: (BEGIN, frozenset()),
        Adopt: (ADOPT, kinds),
        AdoptJournal: (JOURNAL, frozenset()),
        AdoptEnd: (END, frozenset()),
    }
    return tuple(
        CommandSpec(
            command, name, _not_here, _anybody, writes=wide, undoable=False, reaches=wide, adopts=True
        )
        for command, (name, wide) in rows.items()
    )


def holds_work(connection: Connection, kinds: KindRegistry) -> bool:
    """Whether anything has been registered here: any row besides settings."""
    for kind in kinds:
        c = shape_of(kind).table.c
        if connection.execute(select(c.k).where(c.scope_id != COMMON).limit(1)).first() is not None:
            return True
    return False


def heads(connection: Connection) -> dict[str, list[Any]]:
    """Chain → [entries, hash of the last] of the journal as it is."""
    j = journal.c
    ends = select(j.chain, func.max(j.position).label("n")).group_by(j.chain).subquery()
    query = (
        select(j.chain, j.position, j.hash)
        .select_from(journal.join(ends, (ends.c.chain == j.chain) & (ends.c.n == j.position)))
        .order_by(j.chain)
    )
    return {chain: [position, link] for chain, position, link in connection.execute(query)}


def queue_all(
    connection: Connection,
    kinds: KindRegistry,
    named: Named,
    session: Session,
    at: datetime,
    workstation: str,
) -> int:
    """Queue every row that is not a setting, with settings named as the server names them. Returns the number of
    groups of rows."""
    rename(connection, kinds, named)
    objects = list(objects_of(connection, kinds))
    roots = {root for one in objects for root in one.roots}
    common: dict[str, int] = {}
    within: dict[str, dict[str, int]] = {}
    for name, following in connection.execute(select(series.c.name, series.c.next)):
        root = str(name).rpartition(":")[2]
        (within.setdefault(root, {}) if root in roots else common)[name] = following
    queue = _Queue(connection, kinds, session, at)
    queue.deed(BEGIN, title=N_("Rekisterin otto palvelimelle alkoi"), series=common)
    for start in range(0, len(objects), _AT_ONCE):
        queue.objects(objects[start : start + _AT_ONCE], within)
    ends = heads(connection)
    for chain, (entries, link) in ends.items():
        queue.deed(
            JOURNAL,
            "" if chain == "region" else chain,
            title=N_(
                "Otettu vastaan {n} merkinnän tapahtumaloki, viimeisen tiiviste {head}, työasema {station}"
            ),
            words={"n": entries, "head": link, "station": workstation},
            chain=chain,
            entries=entries,
            head=link,
        )
    title = N_("Rekisteri otettu palvelimelle, {n} kohdetta")
    queue.deed(END, title=title, words={"n": len(objects)}, objects=len(objects))
    waits = {"rev": 0, "seq": 0, "sync_state": WAITING}
    for kind in kinds:
        table = shape_of(kind).table
        connection.execute(update(table).where(table.c.scope_id != COMMON).values(waits))
    connection.execute(delete(sync_base))
    set_meta(connection, FORMER, json.dumps(dict(named.texts)))
    set_meta(connection, SEGMENT, json.dumps(ends))
    set_meta(connection, NOTE, new_id())
    return len(objects)


# -- the queue -------------------------------------------------------------------------------------------


class _Queue:
    """Puts groups into the outbox."""

    def __init__(self, connection: Connection, kinds: KindRegistry, session: Session, at: datetime) -> None:
        self._connection = connection
        self._kinds = kinds
        self._session = session
        self._at = at

    def deed(self, command: str, municipality: str = "", **args: Any) -> None:
        """A group without rows."""
        self._connection.execute(insert(outbox_group), [self._group(command, municipality, args)])

    def objects(self, wholes: list[Whole], series_of: Mapping[str, Mapping[str, int]]) -> None:
        """A group for each of the objects."""
        wanted: dict[str, list[str]] = defaultdict(list)
        for whole in wholes:
            for kind_name, row_id in whole.rows:
                wanted[kind_name].append(row_id)
        rows = {name: self._rows(name, ids) for name, ids in wanted.items()}
        groups: list[dict[str, Any]] = []
        ops: list[dict[str, Any]] = []
        for whole in wholes:
            first_kind, first_id = whole.rows[0]
            within: dict[str, int] = {}
            for root in whole.roots:
                within |= series_of.get(root, {})
            args = {"about": [first_kind, first_id], "title": TAKEN_IN, "series": within}
            municipality = str(rows[first_kind][first_id].get("municipality") or "")
            groups.append(self._group(ADOPT, municipality, args))
            ops += [self._op(groups[-1]["group_id"], name, rows[name][i]) for name, i in whole.rows]
        self._connection.execute(insert(outbox_group), groups)
        self._connection.execute(insert(outbox), ops)

    def _rows(self, kind_name: str, ids: list[str]) -> dict[str, dict[str, Any]]:
        kind, table = self._kinds[kind_name], self._kinds.table(kind_name)
        columns = [table.c[n] for n in ("id", "scope_id", *(f.name for f in kind.fields if not f.derived))]
        query = select(*columns).where(table.c.id.in_(given("ids")))
        return {r["id"]: dict(r) for r in self._connection.execute(query, {"ids": ids}).mappings()}

    def _group(self, command: str, municipality: str, args: dict[str, Any]) -> dict[str, Any]:
        group_id = new_id()
        return {
            "group_id": group_id,
            "command": command,
            "version": 1,
            "args": args,
            "at": self._at,
            "actor_id": self._session.person_id,
            "municipality": municipality,
            "arrangement_id": "",
            "undoes": "",
            "state": "queued",
            "origin": group_id,  # the journal holds no entry of it
        }

    def _op(self, group_id: str, kind_name: str, row: Mapping[str, Any]) -> dict[str, Any]:
        kind = self._kinds[kind_name]
        values = {f.name: row[f.name] for f in kind.fields if not f.derived and row[f.name] is not None}
        return {
            "op_id": new_id(),
            "group_id": group_id,
            "type": "create",
            "kind": kind_name,
            "row_id": row["id"],
            "scope_id": row["scope_id"],
            "base_rev": 0,
            "patch": kind.wire(values),
            "state": "queued",
        }


# -- afterwards ------------------------------------------------------------------------------------------


def unsettled(connection: Connection, *, but_last: bool = False) -> bool:
    """Whether something of the adoption has not been taken in or let go of; ``but_last``: besides its end."""
    g = outbox_group.c
    commands = OF_ADOPTION - {END} if but_last else OF_ADOPTION
    query = select(g.n).where(WAITS, g.command.in_(sorted(commands)), g.state != "discarded").limit(1)
    return connection.execute(query).first() is not None


@dataclass(frozen=True)
class Renumbered:
    """An object whose number the authority's own series had given already."""

    kind: str
    row_id: str
    former: str
    present: str


def renumbered(connection: Connection, kinds: KindRegistry) -> list[Renumbered]:
    """What was adopted from here and has another number, as far as it is seen here."""
    found: list[Renumbered] = []
    for kind in kinds:
        if kind.adopt is None or kind.root:
            continue
        name, table = kind.assigned[0], kinds.table(kind.name)
        rows = outbox.join(outbox_group, outbox_group.c.group_id == outbox.c.group_id)
        query = (
            select(outbox.c.row_id, outbox.c.patch, table.c[name].label("present"))
            .select_from(rows.join(table, table.c.id == outbox.c.row_id))
            .where(outbox_group.c.command == ADOPT, outbox.c.kind == kind.name, outbox.c.patch.is_not(None))
            .order_by(outbox.c.n)
        )
        for row in connection.execute(query):
            former = row.patch.get(name)
            if former and row.present and former != row.present:
                found.append(Renumbered(kind.name, row.row_id, former, row.present))
    return found
