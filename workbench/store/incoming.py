"""Taking in what a server says: rows put, gone or moved away, under own changes that wait.

Invariants: what is older than what is held changes nothing; a row of which own operations wait is the server's
row with those operations on top, in order (:mod:`workbench.store.rebase`); a scope's entry removes a row only
while the row is in that scope. Everything here runs in the caller's transaction, together with the cursor.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from workbench.store import scopes
from workbench.store.kinds import Kind, KindRegistry
from workbench.store.purge import erase_lost, purge_scope
from workbench.store.rebase import Rebasing
from workbench.store.schema import WAITS, outbox_group, sync_base, unknown_entry
from workbench.store.search import arriving
from workbench.store.serverrows import Unfit, shape_of
from workbench.store.statements import given
from workbench.store.unit import CLEAN

Entry = Mapping[str, Any]
Row = tuple[str, str]


class Incoming:
    """One transaction's worth of what the server says."""

    def __init__(self, connection: Connection, kinds: KindRegistry) -> None:
        self.connection = connection
        self.kinds = kinds
        self.rebasing = Rebasing(connection, kinds)
        self.touched: set[Row] = self.rebasing.touched

    # -- entries ---------------------------------------------------------------------------------------

    def apply(self, entries: Sequence[Entry], *, granted_until: str = "") -> None:
        """Take in entries of the log. What a new grant opens is to be fetched up to ``granted_until``. Grants
        come last: rows of a scope that is taken away in the same run go with it."""
        by_kind: dict[str, list[Entry]] = defaultdict(list)
        grants: list[Entry] = []
        for entry in entries:
            if entry["kind"] == "grant":
                grants.append(entry)
            else:
                by_kind[entry["kind"]].append(entry)
        waiting = self._anything_waits()
        for name, found in by_kind.items():
            if name in self.kinds:
                self._of_kind(self.kinds[name], found, waiting=waiting)
            else:
                self._unknown(found)
        for entry in sorted(grants, key=lambda e: int(e["seq"])):
            self._grant(entry, granted_until)

    def _anything_waits(self) -> bool:
        groups = select(outbox_group.c.n).where(WAITS).limit(1)
        bases = select(sync_base.c.kind).limit(1)
        return any(self.connection.execute(q).first() is not None for q in (groups, bases))

    def _of_kind(self, kind: Kind, entries: Sequence[Entry], *, waiting: bool) -> None:
        shape = shape_of(kind)
        ids = list({e["id"] for e in entries})
        local = shape.heads(self.connection, ids)
        bases = self._bases(kind.name, ids) if waiting else {}
        pending = (self.rebasing.waiting_among(kind.name, ids) if waiting else set()) | set(bases)
        # Where the server had each row, as far as it was known: (scope, seq).
        had: dict[str, tuple[str, int]] = {
            i: (r.scope_id, r.seq) for i, r in local.items() if i not in pending and r.sync_state == CLEAN
        }
        had |= {i: (b.scope_id if b.data is not None else "", b.seq) for i, b in bases.items()}
        puts, rest = _newest_puts(entries)
        rows: list[dict[str, Any]] = []
        moved: list[tuple[str, str, str]] = []
        for entry in puts:
            row_id, seq, scope = entry["id"], int(entry["seq"]), str(entry["scope"])
            former = had.get(row_id)
            if former is not None and seq <= former[1]:
                continue
            had[row_id] = (scope, seq)
            if row_id in pending:
                self._set_base(kind.name, entry, entry["data"])
                self.rebasing.row(kind.name, row_id)
                continue
            try:
                rows.append(shape.row(row_id, scope, int(entry["rev"]), seq, CLEAN, entry["data"]))
            except Unfit:
                self._remove(kind, [row_id])
                self._keep_unknown(entry)
                continue
            if former is not None and (former[0] != scope or kind.history_scope is not None):
                moved.append((row_id, former[0], scope))
        shape.write_all(self.connection, rows, lambda other: self.rebasing.give_way(kind, other))
        written = [row["id"] for row in rows]
        self.touched.update((kind.name, i) for i in written)
        if arriving.concerns_index(self.kinds, kind.name):
            arriving.queue(self.connection, kind.name, written)
        for row_id, was, now in moved:
            self.rebasing.move_history(kind, row_id, was, now)
        self._removals(kind, rest, had, pending)

    def _removals(
        self, kind: Kind, entries: Iterable[Entry], had: Mapping[str, tuple[str, int]], pending: set[str]
    ) -> None:
        gone: list[str] = []
        left: list[str] = []
        for entry in entries:
            row_id, former = entry["id"], had.get(entry["id"])
            if former is None or former[0] != entry["scope"] or int(entry["seq"]) <= former[1]:
                continue
            if row_id in pending:
                self._set_base(kind.name, entry, None)
                self.rebasing.row(kind.name, row_id)
            else:
                gone.append(row_id)
            if entry["op"] == "leave":
                left.append(row_id)
        self._remove(kind, gone)
        if left:
            # Where they are now cannot be seen from here, and so neither can what they once held.
            erase_lost(self.connection, kind.name, left)
        self._forget_unknown(kind.name, entries)

    def _remove(self, kind: Kind, ids: Sequence[str]) -> None:
        self.rebasing.remove(kind, ids)

    def _bases(self, kind: str, ids: Sequence[str]) -> dict[str, Any]:
        c = sync_base.c
        query = select(c.row_id, c.scope_id, c.seq, c.data).where(c.kind == kind, c.row_id.in_(given("ids")))
        return {r.row_id: r for r in self.connection.execute(query, {"ids": list(ids)})}

    def _set_base(self, kind: str, entry: Entry, data: Any) -> None:
        rev, seq = int(entry.get("rev") or 0), int(entry["seq"])
        self.rebasing.set_base(kind, entry["id"], rev, seq, str(entry["scope"]), data)

    # -- kinds and shapes of a newer program -------------------------------------------------------------

    def _unknown(self, entries: Sequence[Entry]) -> None:
        puts, rest = _newest_puts(entries)
        for entry in puts:
            self._keep_unknown(entry)
        for kind in {e["kind"] for e in rest}:
            self._forget_unknown(kind, [e for e in rest if e["kind"] == kind])

    def _keep_unknown(self, entry: Entry) -> None:
        values = {
            "scope_id": str(entry["scope"]),
            "rev": int(entry["rev"]),
            "seq": int(entry["seq"]),
            "data": entry["data"],
        }
        statement = insert(unknown_entry).values(kind=entry["kind"], row_id=entry["id"], **values)
        self.connection.execute(
            statement.on_conflict_do_update(
                index_elements=["kind", "row_id"],
                set_=values,
                where=unknown_entry.c.seq < statement.excluded.seq,
            )
        )

    def _forget_unknown(self, kind: str, entries: Iterable[Entry]) -> None:
        c = unknown_entry.c
        if self.connection.execute(select(c.kind).where(c.kind == kind).limit(1)).first() is None:
            return
        for e in entries:
            self.connection.execute(
                delete(unknown_entry).where(
                    c.kind == kind, c.row_id == e["id"], c.scope_id == e["scope"], c.seq < int(e["seq"])
                )
            )

    def take_in_unknown(self) -> int:
        """After an update of the program: rows it has learnt to hold get their place. Returns how many."""
        c = unknown_entry.c
        rows = self.connection.execute(select(unknown_entry).where(c.kind.in_(self.kinds.names()))).mappings()
        done = 0
        for row in list(rows):
            kind = self.kinds[row["kind"]]
            try:
                shape_of(kind).row(row["row_id"], row["scope_id"], row["rev"], row["seq"], CLEAN, row["data"])
            except Unfit:
                continue
            here = (c.kind == row["kind"]) & (c.row_id == row["row_id"])
            self.connection.execute(delete(unknown_entry).where(here))
            entry = {"kind": row["kind"], "id": row["row_id"], "scope": row["scope_id"], "op": "put"}
            self.apply([entry | {"rev": row["rev"], "seq": row["seq"], "data": row["data"]}])
            done += 1
        return done + self._take_in_extra()

    def _take_in_extra(self) -> int:
        """Fields kept aside that have become known."""
        done = 0
        for kind in self.kinds:
            table = self.kinds.table(kind.name)
            for row in list(
                self.connection.execute(select(table).where(table.c.extra.is_not(None))).mappings()
            ):
                known = {n: v for n, v in row["extra"].items() if n in kind.by_name}
                if not known:
                    continue
                rest = {n: v for n, v in row["extra"].items() if n not in known}
                values = {n: kind.by_name[n].from_wire(v) for n, v in known.items()}
                self.connection.execute(
                    update(table).where(table.c.id == row["id"]).values(**values, extra=rest or None)
                )
                done += 1
        return done

    # -- grants ------------------------------------------------------------------------------------------

    def _grant(self, entry: Entry, until: str) -> None:
        scope_id = str(entry["id"])
        have = scopes.find_scope(self.connection, scope_id)
        if entry["op"] == "del":
            if have is not None:
                purge_scope(self.rebasing, scope_id, lost=True)
            return
        gen = int(entry.get("gen") or 1)
        if have is not None and have.gen == gen:
            scopes.renew(self.connection, entry)
            return
        if have is not None and have.gen != scopes.EXPECTED:
            # Lost and given again meanwhile: what was missed comes with the whole.
            purge_scope(self.rebasing, scope_id, lost=False)
        scopes.grant(self.connection, entry, until)

    # -- fetching a scope anew -----------------------------------------------------------------------------

    def fetch_again(self, scope_id: str, until: str) -> None:
        """Nothing of the scope is believed any more until it has come anew: what does not come is gone when
        :meth:`sweep` ends it. Own changes that wait stay where they are."""
        for kind in self.kinds:
            table = shape_of(kind).table
            self.connection.execute(
                update(table).where(table.c.scope_id == scope_id, table.c.sync_state == CLEAN).values(seq=0)
            )
        for held in (sync_base, unknown_entry):
            self.connection.execute(update(held).where(held.c.scope_id == scope_id).values(seq=0))
        scopes.fetch_again(self.connection, scope_id, until)

    def sweep(self, scope_id: str) -> int:
        """Remove what did not come again; returns how many rows."""
        count = 0
        for kind in self.kinds:
            c = shape_of(kind).table.c
            query = select(c.id).where(c.scope_id == scope_id, c.sync_state == CLEAN, c.seq == 0)
            gone = list(self.connection.execute(query).scalars())
            self._remove(kind, gone)
            count += len(gone)
        b = sync_base.c
        query = select(b.kind, b.row_id).where(b.scope_id == scope_id, b.seq == 0, b.data.is_not(None))
        for kind_name, row_id in list(self.connection.execute(query)):
            self._set_base(kind_name, {"id": row_id, "seq": 0, "scope": scope_id}, None)
            self.rebasing.row(kind_name, row_id)
            count += 1
        u = unknown_entry.c
        self.connection.execute(delete(unknown_entry).where(u.scope_id == scope_id, u.seq == 0))
        return count

    def purge(self, scope_id: str) -> None:
        """The scope is this workstation's no more."""
        purge_scope(self.rebasing, scope_id, lost=True)


def _newest_puts(entries: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """The newest put of each row, and everything else, both in the order of the log."""
    puts: dict[str, Entry] = {}
    rest: list[Entry] = []
    for entry in sorted(entries, key=lambda e: int(e["seq"])):
        if entry["op"] == "put":
            puts.pop(entry["id"], None)
            puts[entry["id"]] = entry
        else:
            rest.append(entry)
    return list(puts.values()), rest


def server_rows_of(
    connection: Connection, kinds: KindRegistry, scope_id: str
) -> Iterator[tuple[str, str, int]]:
    """(kind, id, rev) of every row of a scope as the server is known to have it: what a digest is made of. One
    at a time, for a scope may hold a million."""
    for kind in kinds:
        c = shape_of(kind).table.c
        query = select(c.id, c.rev).where(c.scope_id == scope_id, c.sync_state == CLEAN)
        for row_id, rev in connection.execute(query):
            yield kind.name, row_id, rev
    for held, more in ((sync_base, sync_base.c.data.is_not(None)), (unknown_entry, unknown_entry.c.rev >= 0)):
        c = held.c
        query = select(c.kind, c.row_id, c.rev).where(c.scope_id == scope_id, more)
        for r in connection.execute(query):
            yield r.kind, r.row_id, r.rev
