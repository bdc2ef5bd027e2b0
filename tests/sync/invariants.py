"""What must hold in the random region: I1–I13 of the protocol, at rest and after each step."""

from __future__ import annotations

import collections
import hashlib
import json
from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from tests.sync.counting import COUNTED
from tests.sync.stations import Region, Station
from workbench.context import Session
from workbench.domain import whole_domain
from workbench.organisation.access import access_of, may_read
from workbench.server.principal import ADMINISTRATION
from workbench.server.schema import audit, audit_value, entry, group_result
from workbench.server.trail import verify
from workbench.server.unit import ServerUnit
from workbench.store.domain import Domain
from workbench.store.schema import journal, journal_value, outbox, outbox_group, search_entry, sync_base
from workbench.store.unit import CLEAN, row_data

if TYPE_CHECKING:
    from tests.fakes.server import Server

DOMAIN = whole_domain()


class Invariants:
    """Checks of a region; the machine that plays it inherits them."""

    domain: Domain = DOMAIN
    server: Server
    region: Region
    stations: list[Station]
    retired: list[Station]
    numbers: dict[str, str]
    known: dict[str, set[str]]

    @abstractmethod
    def sync(self, station: Station) -> Any:
        """One cycle of a station."""

    def region_scopes(self, person_id: str) -> set[str]:
        """What the read rule lets a person see now: asked of the rule itself, not of the server's grants."""
        with self.server.database.reading() as connection:
            access = access_of(connection, Session(person_id, ""), self.server.at)
            known = set(connection.execute(select(entry.c.scope).distinct()).scalars())
            return {s for s in known if may_read(connection, access, s)} | {"global", f"user:{person_id}"}

    def whole(self) -> None:
        """Every invariant that holds at rest."""
        self.numbers_are_whole()
        self.scopes_are_right()
        self.audit_is_whole()
        self.nothing_was_overwritten()
        self.groups_are_whole()
        self.contents_are_there()
        for station in self.stations:
            while station.store.index_waiting():
                pass
            self.holds_what_is_shown(station)
            self.nothing_else_remains(station)
            self.commands_are_settled(station)
            self.shown_is_base_and_changes(station)
            station.store.set_meta("digests_checked", "")
            assert self.sync(station).fetched_again == []

    def holds_what_is_shown(self, station: Station) -> None:
        want = self.region.visible(station.person_id)
        have: dict[tuple[str, str], Any] = {}
        with station.store.reader() as connection:
            bases = {(b.kind, b.row_id): b for b in connection.execute(select(sync_base))}
        for kind in self.domain.kinds:
            for row in station.rows(kind.name):
                if row["sync_state"] == CLEAN:
                    have[kind.name, row["id"]] = (row["scope_id"], row["rev"], row_data(kind, row))
        for key, base in bases.items():
            if base.data is not None:
                have[key] = (base.scope_id, base.rev, base.data)
        assert have.keys() == want.keys(), ("I1", station.store.workstation, have.keys() ^ want.keys())
        for key, held in have.items():
            assert held == tuple(want[key]), ("I1", station.store.workstation, key, held, want[key])

    def nothing_else_remains(self, station: Station) -> None:
        """I5: rows, words and values of no scope but those granted."""
        mine = self.region_scopes(station.person_id)
        with station.store.reader() as connection:
            for table in (
                search_entry,
                journal_value,
                sync_base,
                *(self.domain.kinds.table(k) for k in self.domain.kinds.names()),
            ):
                scopes = {s for s in connection.execute(select(table.c.scope_id).distinct()).scalars() if s}
                waiting = {
                    s
                    for s in connection.execute(
                        select(outbox.c.scope_id).where(outbox.c.state.in_(("queued", "conflict")))
                    ).scalars()
                }
                assert scopes <= mine | waiting, ("I5", table.name, scopes - mine)

    def commands_are_settled(self, station: Station) -> None:
        """I2: each command in one state, and those the server took in are there once."""
        with station.store.reader() as connection:
            groups = [dict(r) for r in connection.execute(select(outbox_group)).mappings()]
            ops = [dict(r) for r in connection.execute(select(outbox)).mappings()]
        with self.server.database.reading() as connection:
            applied = {r.op_id for r in connection.execute(select(audit.c.op_id))}
            known = {r.group_id: r.outcome for r in connection.execute(select(group_result))}
        seen = self.known.setdefault(station.store.workstation, set())
        seen |= self.done_at(station)
        assert seen <= {g["group_id"] for g in groups}, "I2: a command is nowhere any more"
        for group in groups:
            assert group["state"] in ("settled", "queued", "conflict", "quarantine", "discarded")
            mine = [op for op in ops if op["group_id"] == group["group_id"]]
            assert {op["state"] for op in mine} <= {group["state"]}, ("I2", group["state"], mine)
            if group["state"] == "settled" and not self.domain.commands.by_type[group["command"]].local:
                if group["group_id"] not in known and group["envelope"] is None:
                    # The right to it was lost, so that nothing of it could be kept here; then the server, too,
                    # lost it, and was restored from a backup that did not have it.
                    assert COUNTED["restored"]
                    continue
                outcome = known[group["group_id"]]
                assert outcome["status"] == "applied"
                done = [o["op_id"] for o in outcome["ops"] if o["rev"]]
                assert set(done) <= applied
                assert {op["op_id"] for op in mine} == {o["op_id"] for o in outcome["ops"]}

    def done_at(self, station: Station) -> set[str]:
        """Every command given at a workstation so far: the journal, which only grows, has them all."""
        with station.store.reader() as connection:
            return set(connection.execute(select(journal.c.group_id)).scalars())

    def shown_is_base_and_changes(self, station: Station) -> None:
        """I12, worked out anew by other code."""
        with station.store.reader() as connection:
            waiting = list(
                connection.execute(
                    select(outbox).where(outbox.c.state.in_(("queued", "conflict"))).order_by(outbox.c.n)
                ).mappings()
            )
            bases = {(b["kind"], b["row_id"]): b for b in connection.execute(select(sync_base)).mappings()}
        keys = {(op["kind"], op["row_id"]) for op in waiting}
        for spec in self.domain.kinds:
            for row in station.rows(spec.name):
                marked = row["sync_state"] != CLEAN
                assert marked == ((spec.name, row["id"]) in keys), ("I12: the mark", spec.name, row["id"])
        assert set(bases) <= keys, ("I12", "a base that nothing lies on", set(bases) - keys)
        for kind, row_id in keys:
            base = bases.get((kind, row_id))
            data = dict(base["data"]) if base and base["data"] is not None else None
            scope = base["scope_id"] if base else ""
            for op in (o for o in waiting if (o["kind"], o["row_id"]) == (kind, row_id)):
                if op["type"] == "create" and data is None:
                    data, scope = dict(op["patch"]), op["scope_id"]
                elif op["type"] == "delete":
                    data = None
                elif data is not None and op["type"] == "move":
                    scope = op["scope_id"]
                elif data is not None and op["type"] == "patch":
                    data |= op["patch"]
            found = station.rows(kind, id=row_id)
            if data is None:
                assert found == [], ("I12", kind, row_id)
                continue
            if not found:
                continue  # another row has taken its unique place; the operations wait on
            assert found[0]["scope_id"] == scope, ("I12: the scope", kind, row_id)
            spec = self.domain.kinds[kind]
            shown = {n: v for n, v in row_data(spec, found[0]).items() if not spec.by_name[n].derived}
            want = {n: v for n, v in data.items() if v is not None and not spec.by_name[n].derived}
            assert shown == want, ("I12", kind, row_id, shown, want)

    def numbers_are_whole(self) -> None:
        """I6."""
        table = self.domain.kinds.table("case_file")
        given: dict[tuple[str, int], list[int]] = collections.defaultdict(list)
        with self.server.database.reading() as connection:
            for row in connection.execute(select(table)).mappings():
                given[row["municipality"], row["year"]].append(row["running"])
                assert self.numbers.setdefault(row["id"], row["number"]) == row["number"], (
                    "I6: a number stays"
                )
        for numbers in given.values():
            assert sorted(numbers) == list(range(1, len(numbers) + 1)), "I6: no gap, none twice"

    def scopes_are_right(self) -> None:
        """Every row on the server lies where its rule says: parts with their case."""
        with self.server.database.reading() as connection:
            unit = ServerUnit(connection, self.domain, ADMINISTRATION, self.server.at)
            for kind in self.domain.kinds:
                for row in connection.execute(select(self.domain.kinds.table(kind.name))).mappings():
                    assert unit.scope_now(kind, dict(row)) == row["scope_id"], ("scope", kind.name, row["id"])

    def audit_is_whole(self) -> None:
        """I11."""
        with self.server.database.reading() as connection:
            assert list(verify(connection)) == []
            last: dict[tuple[str, str], int] = {}
            for e in connection.execute(select(audit).where(audit.c.rev > 0).order_by(audit.c.n)):
                assert e.rev == last.get((e.kind, e.row_id), 0) + 1, "I11: one entry for each revision"
                last[e.kind, e.row_id] = e.rev
            for kind in self.domain.kinds.names():
                table = self.domain.kinds.table(kind)
                for row in connection.execute(select(table.c.id, table.c.rev)):
                    assert last[kind, row.id] == row.rev, ("I11", kind, row)

    def groups_are_whole(self) -> None:
        """I7: of each group all operations, or none."""
        with self.server.database.reading() as connection:
            done: dict[str, set[str]] = collections.defaultdict(set)
            for e in connection.execute(select(audit.c.group_id, audit.c.op_id)):
                done[e.group_id].add(e.op_id)
            for r in connection.execute(select(group_result.c.group_id, group_result.c.outcome)):
                if r.outcome["status"] != "applied":
                    assert not done.get(r.group_id), "I7: nothing of a refused group"
                    continue
                told = {o["op_id"] for o in r.outcome["ops"] if o["rev"]}
                assert told <= done[r.group_id], "I7: all of an applied one"

    def nothing_was_overwritten(self) -> None:
        """I3: between what a person saw and what her change made of it, nobody else changed the same."""
        bases = {}
        for station in (*self.stations, *self.retired):
            for text in station.wire.sent.values():
                for op in json.loads(text)["ops"]:
                    bases[op["op_id"]] = op["base_rev"]
        by_row: dict[tuple[str, str], list[Any]] = collections.defaultdict(list)
        with self.server.database.reading() as connection:
            query = (
                select(audit, audit_value.c.content)
                .select_from(audit.join(audit_value, audit_value.c.audit_n == audit.c.n))
                .where(audit.c.rev > 0)
                .order_by(audit.c.n)
            )
            for e in connection.execute(query):
                by_row[e.kind, e.row_id].append(e)
        for (kind, _row_id), entries in by_row.items():
            for e in entries:
                if e.action not in ("patch", "delete") or e.op_id not in bases:
                    continue
                others = [
                    o
                    for o in entries
                    if bases[e.op_id] < o.rev < e.rev and o.client_id != e.client_id and o.action != "move"
                ]
                if e.action == "delete":
                    assert not others, "I3: a change was deleted unseen"
                    continue
                assigned = set(self.domain.kinds[kind].assigned) | {"position"}
                for name, (before, after) in e.content["changes"].items():
                    clash = [o for o in others if name in o.fields and name not in assigned]
                    if clash:
                        assert before == after, ("I3", kind, name, before, after)

    def contents_are_there(self) -> None:
        """I10."""
        for name in ("document_version", "arrival_file"):
            table = self.domain.kinds.table(name)
            with self.server.database.reading() as connection:
                for row in connection.execute(select(table)).mappings():
                    content = self.server.contents.get((row["municipality"], row["sha256"]))
                    assert content is not None, "I10: a row without its content"
                    assert hashlib.sha256(content).hexdigest() == row["sha256"], "I10"
