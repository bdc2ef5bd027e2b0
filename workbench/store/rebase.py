"""Rebase (omien muutosten pitäminen päällä): the row a person sees is the server's row with her own operations
that wait on top, in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from workbench.store import journal
from workbench.store.kinds import Kind, KindRegistry
from workbench.store.schema import outbox, sync_base
from workbench.store.search import arriving
from workbench.store.search.index import forget as forget_words
from workbench.store.serverrows import Taken, Unfit, shape_of
from workbench.store.statements import given
from workbench.store.unit import CLEAN, IN_CONFLICT, WAITING, move_values, row_data

SHOWN = ("queued", "conflict")
"""States of operations that lie on top of the server's rows."""


class Rebasing:
    """Works out rows anew, in one transaction; remembers which it touched."""

    def __init__(self, connection: Connection, kinds: KindRegistry) -> None:
        self.connection = connection
        self.kinds = kinds
        self.touched: set[tuple[str, str]] = set()

    def waiting_among(self, kind: str, ids: Sequence[str]) -> set[str]:
        """Those of the rows that own operations lie on."""
        c = outbox.c
        query = select(c.row_id).where(c.kind == kind, c.row_id.in_(given("ids")), c.state.in_(SHOWN))
        return set(self.connection.execute(query.distinct(), {"ids": list(ids)}).scalars())

    def base(self, kind: str, row_id: str) -> dict[str, Any] | None:
        """What the authority last confirmed of a row that own operations lie on."""
        c = sync_base.c
        query = select(sync_base).where(c.kind == kind, c.row_id == row_id)
        found = self.connection.execute(query).mappings().first()
        return dict(found) if found else None

    def set_base(self, kind: str, row_id: str, rev: int, seq: int, scope: str, data: Any) -> None:
        """Note what the authority has confirmed; ``data`` None: it has no such row."""
        values = {"rev": rev, "seq": seq, "scope_id": scope, "data": data}
        statement = insert(sync_base).values(kind=kind, row_id=row_id, **values)
        self.connection.execute(
            statement.on_conflict_do_update(index_elements=["kind", "row_id"], set_=values)
        )

    def ensure_base(self, kind: Kind, row_id: str) -> dict[str, Any]:
        """The base of a row that operations lie on or are about to; taken from the row while it is as the
        authority has it."""
        base = self.base(kind.name, row_id)
        if base is not None:
            return base
        row = self._row(kind, row_id)
        if row is not None and row["sync_state"] == CLEAN:
            self.set_base(kind.name, row_id, row["rev"], row["seq"], row["scope_id"], row_data(kind, row))
        else:
            # Made here: its derived texts are in the row alone.
            self.set_base(kind.name, row_id, 0, 0, "", None)
        made = self.base(kind.name, row_id)
        assert made is not None
        return made

    def row(self, kind_name: str, row_id: str) -> None:
        """Work one row out anew."""
        if kind_name not in self.kinds:
            return
        kind = self.kinds[kind_name]
        base = self.ensure_base(kind, row_id)
        ops = self._ops(kind_name, row_id)
        self.touched.add((kind_name, row_id))
        if not ops:
            self.connection.execute(
                delete(sync_base).where(sync_base.c.kind == kind_name, sync_base.c.row_id == row_id)
            )
            if base["data"] is None:
                self.remove(kind, [row_id])
                if not base["rev"]:
                    # It was never anywhere but here, and what it held lay in a scope that may never be.
                    self.erase_history(kind_name, row_id)
                return
            self._write_clean(kind, row_id, base)
            return
        data, scope = self._on_top(kind, row_id, base, ops)
        if data is None:
            self.remove(kind, [row_id])
            return
        state = IN_CONFLICT if any(op["state"] == "conflict" for op in ops) else WAITING
        rev = base["rev"] or ops[0]["base_rev"]
        try:
            row = shape_of(kind).row(row_id, scope, rev, base["seq"], state, data)
            shape_of(kind).write(self.connection, row)
        except (Unfit, Taken):
            # Another row has its place by now. The operations wait on; the server will say what becomes of them.
            self.remove(kind, [row_id])
            return
        self._index(kind, row_id)

    def _on_top(
        self, kind: Kind, row_id: str, base: Mapping[str, Any], ops: Sequence[Mapping[str, Any]]
    ) -> tuple[dict[str, Any] | None, str]:
        data = dict(base["data"]) if base["data"] is not None else None
        scope = str(base["scope_id"])
        for op in ops:
            if op["type"] == "create":
                if data is None:
                    data = self.derived_of(kind, row_id, op) | (op["patch"] or {})
                    scope = op["scope_id"]
            elif data is None:
                continue
            elif op["type"] == "patch":
                data |= op["patch"] or {}
            elif op["type"] == "delete":
                data = None
            elif op["type"] == "move":
                scope = op["scope_id"]
        return data, scope

    def derived_of(self, kind: Kind, row_id: str, op: Mapping[str, Any]) -> dict[str, Any]:
        """Texts of a row that was made here: of the row itself while it is shown, else kept with its making."""
        names = [f.name for f in kind.fields if f.derived]
        if not names:
            return {}
        row = shape_of(kind).full(self.connection, row_id)
        if row is None:
            return dict(op["derived"] or {})
        return {n: row[n] for n in names if row[n] is not None}

    def _write_clean(self, kind: Kind, row_id: str, base: Mapping[str, Any]) -> None:
        shape = shape_of(kind)
        former = shape.full(self.connection, row_id)
        try:
            row = shape.row(row_id, base["scope_id"], base["rev"], base["seq"], CLEAN, base["data"])
        except Unfit:
            self.remove(kind, [row_id])
            return
        shape.write_all(self.connection, [row], lambda other: self.give_way(kind, other))
        if former is not None and former["scope_id"] != base["scope_id"]:
            self.move_history(kind, row_id, former["scope_id"], base["scope_id"])
        own = ("k", "rev", "seq", "sync_state", "extra")
        if former is None or any(former[n] != v for n, v in row.items() if n not in own):
            self._index(kind, row_id)

    def give_way(self, kind: Kind, row_id: str) -> None:
        """A row is hidden because the server's row has what both cannot have. What waits of it waits on; what
        the server had of it has changed, and comes."""
        if row_id in self.waiting_among(kind.name, [row_id]):
            self.ensure_base(kind, row_id)
        self.remove(kind, [row_id])

    def remove(self, kind: Kind, ids: Sequence[str]) -> None:
        """Take rows and their words away. Texts that are nowhere else stay with the operation that made them."""
        if not ids:
            return
        shape = shape_of(kind)
        watched = bool(kind.opens or kind.search_with_parent)
        for row_id in ids:
            row = (
                shape.full(self.connection, row_id)
                if watched or any(f.derived for f in kind.fields)
                else None
            )
            if row is not None:
                self._keep_derived(kind, row)
                arriving.queue_gone(self.connection, self.kinds, kind.name, row)
            if kind.search is not None:
                forget_words(self.connection, kind.name, row_id)
        shape.remove(self.connection, ids)
        self.touched.update((kind.name, row_id) for row_id in ids)

    def _keep_derived(self, kind: Kind, row: Mapping[str, Any]) -> None:
        derived = {f.name: row[f.name] for f in kind.fields if f.derived and row[f.name] is not None}
        if derived and row["sync_state"] != CLEAN:
            c = outbox.c
            self.connection.execute(
                update(outbox)
                .where(c.kind == kind.name, c.row_id == row["id"], c.type == "create", c.state != "settled")
                .values(derived=derived)
            )

    def _index(self, kind: Kind, row_id: str) -> None:
        if arriving.concerns_index(self.kinds, kind.name):
            arriving.queue(self.connection, kind.name, [row_id])

    def _ops(self, kind: str, row_id: str) -> list[dict[str, Any]]:
        c = outbox.c
        query = (
            select(c.op_id, c.type, c.patch, c.scope_id, c.state, c.base_rev, c.derived)
            .where(c.kind == kind, c.row_id == row_id, c.state.in_(SHOWN))
            .order_by(c.n)
        )
        return [dict(r) for r in self.connection.execute(query).mappings()]

    def _row(self, kind: Kind, row_id: str) -> dict[str, Any] | None:
        table = self.kinds.table(kind.name)
        found = self.connection.execute(select(table).where(table.c.id == row_id)).mappings().first()
        return dict(found) if found else None

    # -- history -----------------------------------------------------------------------------------------

    def move_history(self, kind: Kind, row_id: str, former: str, scope: str) -> None:
        """What the journal remembers of a row is read by those who may read the row."""
        row = self._row(kind, row_id) if kind.history_scope else None
        apart = kind.history_scope(row) if kind.history_scope and row else None
        if apart:
            move_values(self.connection, kind.name, row_id, None, apart)
        elif former != scope:
            move_values(self.connection, kind.name, row_id, former, scope)

    def erase_history(self, kind: str, row_id: str) -> None:
        """What the journal remembers of a row's content goes."""
        journal.erase_values(self.connection, kind, row_id)
