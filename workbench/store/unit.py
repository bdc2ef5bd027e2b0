"""The unit of work: the only way a row is written.

One commit writes, in one transaction, the rows, the outbox group with its row operations, the merge base
of rows first touched, the journal entry and the search index. Handlers see only the methods here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from workbench.context import Session
from workbench.errors import StaleEdit, UserError
from workbench.i18n import _
from workbench.ids import new_id
from workbench.store.authority import Authority, pass_number
from workbench.store.kinds import Kind, KindRegistry
from workbench.store.schema import journal, journal_change, journal_value, outbox, sync_base

_T = TypeVar("_T")

CLEAN, WAITING, IN_CONFLICT = 0, 1, 2
"""``sync_state`` of a row: as the authority has it, with own changes on top, or waiting for a person."""


@dataclass(frozen=True)
class RowOp:
    """One row operation, as it goes to the outbox and into the journal. ``before`` and ``after`` hold
    the JSON form of the fields that changed (all fields for create and delete)."""

    type: str
    kind: str
    row_id: str
    root_id: str
    scope_id: str
    base_rev: int
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass
class Words:
    """What the journal entry says: a message with places, and the words for them."""

    key: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    def text(self) -> str:
        """The sentence, translated and filled in."""
        return _(self.key).format(**self.values) if self.key else ""


class UnitOfWork:
    """Handed to one command's handler; dies with its transaction."""

    def __init__(
        self,
        connection: Connection,
        *,
        kinds: KindRegistry,
        session: Session,
        at: datetime,
        authority: Authority,
        writes: frozenset[str],
        command_type: str,
    ) -> None:
        self.connection = connection
        self.kinds = kinds
        self.session = session
        self.at = at
        self.authority = authority
        self.words = Words()
        self.about: tuple[str, str] = ("", "")
        self.chain = session.municipality or "region"
        self.ops: list[RowOp] = []
        self.blobs: list[Any] = []
        self.destroyed: set[tuple[str, str]] = set()
        self.analyse_now = False
        self.also_touched: set[tuple[str, str]] = set()  # rows that look different, without an operation
        self.made: dict[tuple[str, str], dict[str, Any]] = {}
        self._scopes: dict[tuple[str, str], str] = {}
        self._writes = writes
        self.command_type = command_type
        self.undoes = ""  # the group that is being taken back
        self.claimed: dict[str, list[int]] = {}  # numbers of series that this workstation holds

    # -- reading ---------------------------------------------------------------------------------------

    def get(self, kind: str, row_id: str) -> dict[str, Any] | None:
        """A row as a plain mapping (bookkeeping columns included), or None."""
        table = self.kinds.table(kind)
        row = self.connection.execute(select(table).where(table.c.id == row_id)).mappings().first()
        return dict(row) if row else None

    def need(self, kind: str, row_id: str) -> dict[str, Any]:
        """A row that must exist."""
        row = self.get(kind, row_id)
        if row is None:
            raise UserError(
                _("{what} ei enää löydy. Päivitä näkymä ja yritä uudelleen.").format(
                    what=_(self.kinds[kind].label)
                ),
                code="not_found",
            )
        return row

    def select(self, kind: str, **equal: Any) -> list[dict[str, Any]]:
        """Rows whose fields equal the given values, in the order they were made."""
        table = self.kinds.table(kind)
        query = select(table).order_by(table.c.k)
        for name, value in equal.items():
            query = query.where(table.c[name] == value)
        return [dict(r) for r in self.connection.execute(query).mappings()]

    # -- writing ---------------------------------------------------------------------------------------

    def insert(self, kind: str, values: Mapping[str, Any], row_id: str = "") -> str:
        """A new row. The scope comes from the kind's rule or the parent, never from the caller."""
        spec = self._writable(kind)
        _check_fields(spec, values)
        row_id = row_id or new_id()
        full = {f.name: values.get(f.name) for f in spec.fields} | {"id": row_id}
        for f in spec.fields:
            if f.required and full[f.name] is None:
                raise ValueError(f"{kind}.{f.name} is required")
        scope = self._scope_of(spec, full)
        self._demand_settled(spec, row_id)
        base = self._former_rev(kind, row_id)
        row = full | {"scope_id": scope, "rev": self._settled(base), "seq": 0, "sync_state": self._state()}
        self.connection.execute(insert(self.kinds.table(kind)).values(row))
        self._note_made(spec, full, scope, base)
        return row_id

    def insert_many(self, kind: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Many new rows at once, each with its ``id``: the same as :meth:`insert`, in one statement."""
        spec = self._writable(kind)
        made: list[dict[str, Any]] = []
        for values in rows:
            full = {f.name: values.get(f.name) for f in spec.fields} | {"id": values["id"]}
            _check_fields(spec, {k: v for k, v in values.items() if k != "id"})
            missing = [f.name for f in spec.fields if f.required and full[f.name] is None]
            if missing:
                raise ValueError(f"{kind}.{missing[0]} is required")
            scope = self._scope_of(spec, full)
            state = {"scope_id": scope, "rev": self._settled(0), "seq": 0, "sync_state": self._state()}
            made.append(full | state)
            self._note_made(spec, full, scope, 0)
        if made:
            self.connection.execute(insert(self.kinds.table(kind)), made)

    def _note_made(self, spec: Kind, full: dict[str, Any], scope: str, base: int) -> None:
        row_id = full["id"]
        self._scopes[spec.name, row_id] = scope
        self.made[spec.name, row_id] = full
        wire = spec.wire({k: v for k, v in full.items() if k != "id" and v is not None})
        self.ops.append(RowOp("create", spec.name, row_id, self._root(spec, full), scope, base, {}, wire))

    def patch(self, kind: str, row_id: str, **changes: Any) -> bool:
        """Change the named fields; unchanged ones are left out. True when something changed."""
        spec = self._writable(kind)
        _check_fields(spec, changes)
        row = self.need(kind, row_id)
        before = {n: row[n] for n, v in changes.items() if row[n] != v}
        if not before:
            return False
        after = {n: changes[n] for n in before}
        self._demand_free(spec, row)
        self._keep_base(spec, row)
        table = self.kinds.table(kind)
        self.connection.execute(
            update(table)
            .where(table.c.id == row_id)
            .values(**after, rev=self._settled(row["rev"]), sync_state=self._state())
        )
        root = self._root(spec, row | after)
        self.ops.append(
            RowOp(
                "patch", kind, row_id, root, row["scope_id"], row["rev"], spec.wire(before), spec.wire(after)
            )
        )
        return True

    def delete(self, kind: str, row_id: str) -> None:
        """Remove a row; its values stay in the journal until a lawful destruction."""
        spec = self._writable(kind)
        row = self.need(kind, row_id)
        self._demand_free(spec, row)
        self._keep_base(spec, row)
        self._scopes.pop((kind, row_id), None)
        table = self.kinds.table(kind)
        self.connection.execute(delete(table).where(table.c.id == row_id))
        # Derived text too: it is the only copy undo can bring back without reading the file again.
        before = {f.name: f.to_wire(row[f.name]) for f in spec.fields if row[f.name] is not None}
        self.ops.append(
            RowOp("delete", kind, row_id, self._root(spec, row), row["scope_id"], row["rev"], before, {})
        )

    def rescope(self, kind: str, row_id: str) -> None:
        """Recompute the scope of a row and of everything below it (secrecy, class or office changed)."""
        spec = self.kinds[kind]
        row = self.need(kind, row_id)
        scope = self._scope_of(spec, row)
        self._scopes[kind, row_id] = scope
        if scope != row["scope_id"]:
            self._writable(kind)
            self._demand_free(spec, row)
            self._keep_base(spec, row)
            table = self.kinds.table(kind)
            self.connection.execute(
                update(table)
                .where(table.c.id == row_id)
                .values(scope_id=scope, rev=self._settled(row["rev"]), sync_state=self._state())
            )
            move_values(self.connection, kind, row_id, row["scope_id"], scope)
            moved = ({"scope_id": row["scope_id"]}, {"scope_id": scope})
            self.ops.append(RowOp("move", kind, row_id, self._root(spec, row), scope, row["rev"], *moved))
        for child in self.kinds.children_of(kind):
            table = self.kinds.table(child.name)
            ids = self.connection.execute(select(table.c.id).where(table.c[child.parent] == row_id))
            for child_id in list(ids.scalars()):
                self.rescope(child.name, child_id)

    def renew_scope(self, kind: str, row_id: str) -> None:
        """Recompute the scope of a row, and of what is below it only when it has changed."""
        row = self.need(kind, row_id)
        if self._scope_of(self.kinds[kind], row) != row["scope_id"]:
            self.rescope(kind, row_id)

    def destroy(self, kind: str, row_id: str) -> None:
        """Mark a row's content as lawfully destroyed: the row goes, and at commit so do its journal
        values, its outbox payloads, its merge base and its index words. The chain still verifies."""
        for child in self.kinds.children_of(kind):
            for row in self.select(child.name, **{child.parent: row_id}):
                self.destroy(child.name, row["id"])
        self.delete(kind, row_id)
        self.destroyed.add((kind, row_id))

    def take_number(self, series: str) -> int | None:
        """The next number of a series, in this transaction; None when only a server can give it."""
        number = self.authority.take_number(self.connection, series)
        if number is not None and not self.authority.settles:
            self.claimed.setdefault(series, []).append(number)
        return number

    def scope_of(self, kind: str, row_id: str) -> str:
        """The scope of a row; remembered for the rows of this unit of work."""
        known = self._scopes.get((kind, row_id))
        if known is None:
            table = self.kinds.table(kind)
            known = self.connection.execute(select(table.c.scope_id).where(table.c.id == row_id)).scalar()
            if known is None:
                raise StaleEdit(_("Kohde on poistettu toisaalla. Päivitä näkymä."))
            self._scopes[kind, row_id] = known
        return known

    def say(self, key: str, **values: Any) -> None:
        """What the journal and the toast say happened; ``key`` is a message with places."""
        self.words = Words(key, values)

    def concerns(self, kind: str, row_id: str, chain: str = "") -> None:
        """The object the entry is about, and the municipality whose chain it goes to."""
        self.about = (kind, row_id)
        if chain:
            self.chain = chain

    # -- inside ----------------------------------------------------------------------------------------

    def _writable(self, kind: str) -> Kind:
        if kind not in self._writes:
            raise RuntimeError(f"command {self.command_type} may not write {kind}")
        return self.kinds[kind]

    def _scope_of(self, spec: Kind, row: Mapping[str, Any]) -> str:
        if spec.scope is not None:
            return spec.scope(row, self)
        return self.scope_of(spec.parent_kind, row[spec.parent]) if spec.parent else "global"

    @staticmethod
    def _root(spec: Kind, row: Mapping[str, Any]) -> str:
        return str((row.get(spec.root) if spec.root else None) or row["id"])

    def _former_rev(self, kind: str, row_id: str) -> int:
        """Revisions only grow: a row brought back by undo goes on from where it was deleted."""
        here = [op.base_rev for op in self.ops if (op.kind, op.row_id) == (kind, row_id)]
        if here:
            return self._settled(here[-1])
        query = (
            select(outbox.c.base_rev, outbox.c.state, outbox.c.result)
            .where(outbox.c.kind == kind, outbox.c.row_id == row_id)
            .order_by(outbox.c.n.desc())
            .limit(1)
        )
        former = self.connection.execute(query).first()
        if former is None:
            return 0
        if former.state == "settled" and former.result:
            return int(former.result["rev"])  # as the server counted it
        return former.base_rev + 1 if former.state == "settled" else int(former.base_rev)

    def _settled(self, rev: int) -> int:
        return rev + 1 if self.authority.settles else rev

    def _state(self) -> int:
        return CLEAN if self.authority.settles else WAITING

    def _demand_free(self, spec: Kind, row: Mapping[str, Any]) -> None:
        """What two people have changed against each other is changed again only when one has chosen."""
        if row["sync_state"] == IN_CONFLICT:
            raise StaleEdit(
                _("{what}: joku muu on muuttanut samaa kohtaa yhtä aikaa. Ratkaise ensin ristiriita.").format(
                    what=_(spec.label)
                )
            )

    def _demand_settled(self, spec: Kind, row_id: str) -> None:
        """A row whose removal another's change stands against does not come back beside it."""
        if not self.authority.settles:
            query = select(outbox.c.n).where(
                outbox.c.kind == spec.name, outbox.c.row_id == row_id, outbox.c.state == "conflict"
            )
            if self.connection.execute(query.limit(1)).first() is not None:
                self._demand_free(spec, {"sync_state": IN_CONFLICT})

    def _keep_base(self, spec: Kind, row: Mapping[str, Any]) -> None:
        """Keep what the authority last confirmed, once, before the first waiting change of a row."""
        if self.authority.settles or row["sync_state"] != CLEAN:
            return
        data = row_data(spec, row)
        self.connection.execute(
            sqlite_insert(sync_base)
            .values(
                kind=spec.name,
                row_id=row["id"],
                rev=row["rev"],
                seq=row["seq"],
                scope_id=row["scope_id"],
                data=data,
            )
            .on_conflict_do_nothing()
        )

    def memo(self, key: Any, make: Callable[[], _T]) -> _T:  # noqa: ARG002 - the server's unit remembers
        """What need not be worked out anew for each of many commands; here it is."""
        return make()

    def pass_number(self, series: str, number: int) -> None:
        """A number of a series that was given elsewhere is never given here."""
        pass_number(self.connection, series, number)

    def touched_since_undone(self, kinds: Collection[str], **where: str) -> bool:
        """Whether such rows (by ``row_id`` or ``root_id``) were touched after the group that is being taken
        back, taken back since or not."""
        undone = select(journal.c.n).where(journal.c.group_id == self.undoes).scalar_subquery()
        c = journal_change.c
        query = select(c.n).where(c.kind.in_(kinds), c.journal_n > undone)
        for name, value in where.items():
            query = query.where(c[name] == value)
        return self.connection.execute(query.limit(1)).first() is not None

    def last_waiting_op(self, kind: str, row_id: str) -> str | None:
        """The newest own operation on the row that the authority has not settled."""
        query = (
            select(outbox.c.op_id)
            .where(outbox.c.kind == kind, outbox.c.row_id == row_id, outbox.c.state == "queued")
            .order_by(outbox.c.n.desc())
            .limit(1)
        )
        return self.connection.execute(query).scalar()


def row_data(spec: Kind, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as the wire's ``data``: each field that has a value, derived ones and unknown ones too."""
    known = {f.name: f.to_wire(row[f.name]) for f in spec.fields if row[f.name] is not None}
    return (row["extra"] or {}) | known


def move_values(connection: Connection, kind: str, row_id: str, former: str | None, scope: str) -> None:
    """What history remembers of a row is read by those who may read the row: its values go along to a
    new scope. ``former`` leaves those alone that lie elsewhere on purpose; None moves them all."""
    changes = select(journal_change.c.n).where(
        journal_change.c.kind == kind, journal_change.c.row_id == row_id
    )
    query = update(journal_value).where(journal_value.c.change_n.in_(changes))
    if former is not None:
        query = query.where(journal_value.c.scope_id == former)
    connection.execute(query.values(scope_id=scope))


def _check_fields(spec: Kind, values: Mapping[str, Any]) -> None:
    unknown = set(values) - set(spec.by_name)
    if unknown:
        raise ValueError(f"kind {spec.name} has no field {sorted(unknown)}")
