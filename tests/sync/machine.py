"""A random region of three workstations and a server, with every fault a network and a machine can have.

What it demands (sync protocol, invariants): I1 everybody holds what the server shows her; I2 every own command is
in exactly one state and applied once; I3 no change overwrites what its maker had not seen; I4/I9 counts and
digests agree; I5 nothing of a scope that is not granted remains; I6 numbers are unique, without gap and never
change; I7 groups are whole; I8 a crash leaves some earlier state; I10 every file's content is there; I11 revisions
count the audit's entries and the chain verifies; I12 what is shown is the server's row with own changes on top;
I13 what was sent is sent again to the byte.
"""

from __future__ import annotations

import collections
import contextlib
import hashlib
import json
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from sqlalchemy import select

from tests.fakes.clock import FakeClock
from tests.fakes.server import Server, Wire
from tests.fakes.words import FakeWords
from tests.fakes.world import world
from tests.sync.deeds import DEEDS, Deed
from tests.sync.stations import Region, Station
from workbench.cases.edit import EditCase
from workbench.context import Session
from workbench.domain import whole_domain
from workbench.errors import UserError
from workbench.organisation.access import access_of, may_read
from workbench.organisation.commands import GiveRole
from workbench.organisation.model import Role
from workbench.organisation.upkeep import EndRole
from workbench.server.administration import execute
from workbench.server.database import Database
from workbench.server.principal import ADMINISTRATION, Principal
from workbench.server.pull import pull
from workbench.server.schema import audit, audit_value, entry, group_result
from workbench.server.trail import verify
from workbench.server.unit import ServerUnit
from workbench.store.incoming import Incoming
from workbench.store.schema import journal, journal_value, outbox, outbox_group, search_entry, sync_base
from workbench.store.settling import settle
from workbench.store.store import Store
from workbench.store.unit import CLEAN, row_data
from workbench.sync.engine import Engine
from workbench.sync.errors import Offline, SyncError

DOMAIN = whole_domain()
WHO = ("registrar", "registrar", "both")  # two workstations of one person, one of another
LOCAL = {"sync.resolve", "sync.discard", "sync.keep_as_note"}
"""Deeds about the outbox itself, which stay on the workstation."""
COUNTED: collections.Counter[str] = collections.Counter()
"""What the runs of this process exercised."""


class Crash(Exception):
    """The machine stops just here."""


class Net(Wire):
    """A network that loses, doubles, cuts and delays, and remembers what it carried."""

    def __init__(self, machine: Machine, server: Server, person_id: str, client_id: str) -> None:
        super().__init__(server, person_id, client_id)
        self.machine = machine
        self.rng = random.Random(0)
        self.rate = 0.0
        self.answers: list[dict[str, Any]] = []
        self.pages: list[list[Any]] = []
        self.sent: dict[str, str] = {}

    def _fails(self, what: str) -> bool:
        failed = self.rng.random() < self.rate
        COUNTED[what] += failed
        return failed

    def push(self, epoch: str, groups: Any) -> dict[str, Any]:
        for text in groups:
            group_id = json.loads(text)["group_id"]
            assert self.sent.setdefault(group_id, text) == text, "I13: what was sent never changes"
        if self._fails("request lost"):
            raise Offline("pyyntö katosi")
        if self._fails("request doubled"):
            super().push(epoch, groups)
        if len(groups) > 1 and self._fails("request late"):
            # An earlier copy of a part of the request arrives first, all by itself.
            super().push(epoch, groups[: self.rng.randrange(1, len(groups))])
        between, self.between = self.between, lambda: None
        try:
            answer = super().push(epoch, groups)
        finally:
            self.between = between
        rows = [e for r in answer["results"] for e in r.get("rows") or []]
        self.machine.allowed(self.principal, {"entries": rows})
        self.answers.append(answer)
        between()
        if self._fails("answer lost"):
            raise Offline("vastaus katosi")
        if self._fails("answer cut"):
            raise Offline("vastaus katkesi")
        return answer

    def pull(self, **more: Any) -> Any:
        if self._fails("page lost"):
            raise Offline("sivu katosi")
        between, self.between = self.between, lambda: None
        try:
            page = super().pull(**more)
        finally:
            self.between = between
        self.machine.allowed(self.principal, page)
        self.pages.append(page["entries"])
        between()
        return page


_CONTENTS: dict[tuple[str, str], bytes] = {}


def _template_contents() -> dict[tuple[str, str], bytes]:
    _template()
    return _CONTENTS


@cache
def _template() -> Path:
    """A server that holds the small world with three cases, made once."""
    folder = Path(tempfile.mkdtemp(prefix="seutupoyta-machine-"))
    with world(folder) as origin:
        for n in range(3):
            origin.register(f"Asia {n}", handler_id="")
        made = Server.holding(folder, origin)
        _CONTENTS.update(made.contents)
        made.close()
    with world(folder / "again") as origin:
        store, _key = Store.create(folder / "empty", DOMAIN, origin.clock, FakeWords(), encrypted=False)
        store.join("http://127.0.0.1/")
        store.close()
    return folder


class Machine(RuleBasedStateMachine):
    """See the module. Subclasses choose the database."""

    clients = 3

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.folder = Path(tempfile.mkdtemp(prefix="seutupoyta-run-", dir=_fast_folder()))
        shutil.copy(_template() / "server.db", self.folder / "server.db")
        self.server = Server(Database(f"sqlite:///{self.folder / 'server.db'}"))
        self.server.contents = dict(_template_contents())
        self.region = Region(self.folder, None, self.server)  # type: ignore[arg-type]
        self.numbers: dict[str, str] = {}
        self.known: dict[str, set[str]] = {}
        self.count = 0
        self.backup: Path | None = None
        self.retired: list[Station] = []
        self.stations: list[Station] = []
        for who in WHO[: self.clients]:
            self.stations.append(self.join(who))
        for station in self.stations[:2]:
            self.sync(station)

    def teardown(self) -> None:
        for station in (*getattr(self, "stations", ()), *getattr(self, "retired", ())):
            station.store.close()
        if hasattr(self, "server"):
            self.server.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    # -- parts -------------------------------------------------------------------------------------------

    def join(self, who: str) -> Station:
        self.count += 1
        home = self.folder / f"home-{self.count}"
        shutil.copytree(_template() / "empty", home)
        clock = FakeClock(self.server.at)
        store = Store.open(home, DOMAIN, clock, FakeWords())
        store.set_meta("workstation", f"client-{self.count}")
        store.workstation = f"client-{self.count}"
        return self._station(who, store, clock, Net(self, self.server, f"person-{who}", store.workstation))

    @staticmethod
    def _station(who: str, store: Store, clock: FakeClock, net: Net) -> Station:
        return Station(who, store, net, Engine(store, net, f"person-{who}"), clock)

    def sync(self, station: Station) -> Any:
        station.clock.at = max(station.clock.at, self.server.at)
        report = station.engine.run()
        assert report is not None
        COUNTED["synced"] += 1
        for name in ("applied", "conflicts", "quarantined", "received"):
            COUNTED[name] += getattr(report, name)
        assert report.fetched_again == [], "I9: counts and digests agree"
        return report

    def station(self, n: int) -> Station:
        return self.stations[n % len(self.stations)]

    def allowed(self, principal: Principal, page: Any) -> None:
        """I5: a page holds only what is granted at the moment of answering."""
        if any(e["kind"] != "grant" for e in page["entries"]):
            mine = self.region_scopes(principal.person_id)
            for e in page["entries"]:
                assert e["scope"] in mine, ("I5", e["scope"])

    def region_scopes(self, person_id: str) -> set[str]:
        """What the read rule lets a person see now: asked of the rule itself, not of the server's grants."""
        with self.server.database.reading() as connection:
            access = access_of(connection, Session(person_id, ""), self.server.at)
            known = set(connection.execute(select(entry.c.scope).distinct()).scalars())
            return {s for s in known if may_read(connection, access, s)} | {"global", f"user:{person_id}"}

    def cases(self, station: Station, **equal: Any) -> list[dict[str, Any]]:
        return [r for r in station.rows("case_file", **equal) if r["sync_state"] != 2]

    # -- work --------------------------------------------------------------------------------------------

    @rule(
        n=st.integers(0, 2),
        kinds=st.lists(st.integers(0, 15), min_size=1, max_size=6),
        pick=st.integers(0, 9),
    )
    def work(self, n: int, kinds: list[int], pick: int) -> None:
        station = self.station(n)
        for kind in kinds:
            try:
                self.do(station, kind, pick)
                COUNTED[DEEDS[kind].__name__] += 1
            except UserError:
                COUNTED["refused locally"] += 1

    def do(self, station: Station, what: int, pick: int) -> None:
        cases = self.cases(station)
        text = f"{station.store.workstation} {self.rng.randrange(1000)}"
        if not cases:
            what = 0
        case, other = (cases[(pick + k) % len(cases)]["id"] if cases else "" for k in range(2))
        DEEDS[what](Deed(station, self.rng, case, other, pick, text))

    @rule(
        pick=st.integers(0, 9),
        field=st.sampled_from(["summary", "public_title", "title"]),
        same=st.booleans(),
    )
    def concurrent_edit(self, pick: int, field: str, same: bool) -> None:
        """Two workstations change the same field of one case, neither having heard of the other."""
        for n, station in enumerate(self.stations):
            cases = self.cases(station)
            if cases:
                case = sorted(c["id"] for c in cases)[pick % len(cases)]
                value = "sama" if same else f"{n} {self.rng.randrange(100)}"
                try:
                    station.run(EditCase(case_id=case, changes={field: value}))
                    COUNTED["concurrent edits"] += 1
                except UserError:
                    pass

    # -- rights ------------------------------------------------------------------------------------------

    def give(self, days: int | None = None) -> None:
        self.server.move(seconds=1)
        last = None if days is None else (self.server.at.date()).replace()
        role = GiveRole(person_id="person-both", municipality="924", role=Role.REGISTRAR, valid_to=last)
        execute(self.server.database, DOMAIN, role, self.server.at, municipality="924")
        COUNTED["granted"] += 1

    def take(self) -> None:
        """End every role of the third workstation's person in the common municipality, as from today."""
        self.server.move(days=1)
        table = DOMAIN.kinds.table("role")
        with self.server.database.reading() as connection:
            query = select(table.c.id).where(
                table.c.person_id == "person-both", table.c.municipality == "924"
            )
            ids = list(connection.execute(query.where(table.c.valid_to.is_(None))).scalars())
        for role_id in ids:
            yesterday = (self.server.at).date().fromordinal(self.server.at.date().toordinal() - 1)
            end = EndRole(role_id=role_id, valid_to=yesterday)
            try:
                execute(self.server.database, DOMAIN, end, self.server.at, municipality="924")
                COUNTED["revoked"] += 1
            except UserError:
                pass

    @rule(what=st.sampled_from(["grant", "grant for today", "revoke", "days", "clock"]), n=st.integers(0, 3))
    def circumstances(self, what: str, n: int) -> None:
        """Rights are given and end, days go by, somebody sets a clock."""
        if what == "revoke":
            self.take()
            if n % 2:
                self.quiet(mine=True)  # what was lost is looked for while it is lost
        elif what == "days":
            self.server.move(days=n)
        elif what == "clock":
            self.station(n).clock.move(days=-20 if n % 2 else 20)
        else:
            self.give(0 if what == "grant for today" else None)
        COUNTED[what] += 1

    # -- synchronising -----------------------------------------------------------------------------------

    @rule(
        n=st.integers(0, 2),
        rate=st.sampled_from([0.0, 0.2, 0.5]),
        rows=st.integers(1, 4),
        crash=st.sampled_from([0, 0, 0, 1, 2, 3, 4, 5, 7, 9]),
    )
    def synchronise(self, n: int, rate: float, rows: int, crash: int) -> None:
        station = self.station(n)
        net = self.net(station)
        net.rate, net.rows, net.rng = rate, rows, random.Random(self.rng.random())
        try:
            if crash:
                with crashing(station.store, crash):
                    self.sync(station)
            else:
                self.sync(station)
        except SyncError:
            COUNTED["cut off"] += 1
        except Crash:
            COUNTED["crashed"] += 1
            self.reopen(station)
        finally:
            net.rate, net.rows = 0.0, 1000
        self.shown_is_base_and_changes(station)

    @staticmethod
    def net(station: Station) -> Net:
        assert isinstance(station.wire, Net)
        return station.wire

    def reopen(self, station: Station) -> None:
        station.store.close()
        station.store = Store.open(station.store.home, DOMAIN, station.clock, FakeWords())
        station.engine = Engine(station.store, station.wire, station.person_id)

    @rule(
        n=st.integers(0, 2),
        at=st.integers(0, 6),
        what=st.sampled_from(["give", "take", "flip", "lapse", "lapse", "write", "time"]),
        rows=st.integers(1, 4),
    )
    def synchronise_while_things_change(self, n: int, at: int, what: str, rows: int) -> None:
        """Rights and others' writes come between two pages of one cycle."""
        station, calls = self.station(n), [0]
        others = [s for s in self.stations if s is not station]
        net = self.net(station)

        def between() -> None:
            calls[0] += 1
            if what == "lapse" and calls[0] == at + 2:
                self.give()
            if calls[0] != at + 1:
                return
            COUNTED[f"between pages: {what}"] += 1
            if what in ("give", "flip"):
                self.take() if what == "flip" else None
                self.give()
            elif what in ("take", "lapse"):
                self.take()
            elif what == "time":
                self.server.move(days=1)
            else:
                other = others[at % len(others)]
                with _quiet(self.net(other)):
                    self.work(self.stations.index(other), [1, 4, 7], at)
                    self.sync(other)

        if what == "lapse":
            # There is something to miss while the right is away.
            for other in others:
                with _quiet(self.net(other)):
                    self.work(self.stations.index(other), [1, 4, 5, 14], at)
                    self.synchronise(self.stations.index(other), 0.0, 1000, 0)
        net.between, net.rows = between, rows
        try:
            self.sync(station)
        except SyncError:
            COUNTED["cut off"] += 1
        finally:
            net.between, net.rows = (lambda: None), 1000

    def an_old_answer_comes_late(self, n: int) -> None:
        """What another process of the same profile was once told arrives after newer things."""
        station = self.station(n)
        net = self.net(station)
        with station.store.writing() as connection:
            incoming = Incoming(connection, DOMAIN.kinds)
            for answer in self.rng.sample(net.answers, min(6, len(net.answers))):
                for result in answer["results"]:
                    settle(incoming, result, self.server.at)
                    self._late(incoming, station, result.get("rows") or [])
            for entries in self.rng.sample(net.pages, min(25, len(net.pages))):
                self._late(incoming, station, entries)
        COUNTED["late answers"] += 1
        self.shown_is_base_and_changes(station)

    def _late(self, incoming: Incoming, station: Station, entries: list[Any]) -> None:
        from workbench.store import scopes

        granted = {s for s, v in scopes.scopes(incoming.connection).items() if v.filled and v.gen > 0}
        rows = [e for e in entries if e["kind"] != "grant" and e["scope"] in granted]
        # Only what is older than what is held: a row that has gone since would be newer news.
        held = {
            (k, i)
            for k in DOMAIN.kinds.names()
            for i in incoming.connection.execute(select(DOMAIN.kinds.table(k).c.id)).scalars()
        }
        incoming.apply([e for e in rows if (e["kind"], e["id"]) in held and e["op"] == "put"])

    @rule(
        n=st.integers(0, 2),
        what=st.sampled_from(["late answer", "late answer", "replace", "back up", "restore"]),
    )
    def disaster(self, n: int, what: str) -> None:
        if what == "late answer":
            self.an_old_answer_comes_late(n)
        elif what == "replace":
            self.replace_workstation(n)
        elif what == "back up" or self.backup is None:
            self.back_up()
        else:
            self.restore()

    def replace_workstation(self, n: int) -> None:
        """A machine breaks; its person goes on with a new one. What it had not sent went with it."""
        old = self.station(n)
        self.retired.append(old)
        self.stations[self.stations.index(old)] = self.join(old.who)
        COUNTED["replaced"] += 1
        self.synchronise(n % len(self.stations), 0.1, 2, self.rng.choice([0, 3, 4, 5, 6, 8, 10, 12]))

    def back_up(self) -> None:
        self.backup = self.folder / "backup.db"
        self.backup.unlink(missing_ok=True)
        live, copy = sqlite3.connect(self.folder / "server.db"), sqlite3.connect(self.backup)
        with contextlib.closing(live), contextlib.closing(copy):
            live.backup(copy)

    def restore(self) -> None:
        """The server is restored from its backup, with a new epoch."""
        assert self.backup is not None
        self.server.database.close()
        for name in ("server.db", "server.db-wal", "server.db-shm"):
            (self.folder / name).unlink(missing_ok=True)
        shutil.copy(self.backup, self.folder / "server.db")
        self.server.database = Database(f"sqlite:///{self.folder / 'server.db'}")
        self.server.new_epoch()
        self.numbers = {}
        for station in (*self.stations, *self.retired):
            net = self.net(station)
            net.answers, net.pages = [], []
        COUNTED["restored"] += 1

    @rule(n=st.integers(0, 2), mine=st.booleans())
    def resolve(self, n: int, mine: bool) -> None:
        """A person looks at what collided and chooses."""
        self.settle_conflicts(self.station(n), mine=mine)

    def settle_conflicts(self, station: Station, *, mine: bool) -> None:
        from workbench.sync.conflicts import DiscardWork, ResolveConflict, load_conflicts

        for _turn in range(40):
            with station.store.read_as(station.session) as reader:
                conflicts = load_conflicts(reader)
            if not conflicts:
                return
            # One choice settles all that collided together, so the list is read anew.
            conflict = conflicts[0]
            choices = {f.name: {"take": "mine" if mine else "theirs"} for f in conflict.fields}
            try:
                station.run(ResolveConflict(kind=conflict.kind, row_id=conflict.row_id, choices=choices))
                COUNTED["resolved"] += 1
            except UserError:
                station.run(DiscardWork(group_id=conflict.group_id))
                COUNTED["discarded"] += 1
        raise AssertionError(("a conflict that no choice settles", conflict))

    # -- quiet, and what must hold then ------------------------------------------------------------------

    @rule(
        kinds=st.lists(st.integers(0, 15), min_size=2, max_size=5),
        pick=st.integers(0, 9),
        rate=st.sampled_from([0.0, 0.3]),
    )
    def busy(self, kinds: list[int], pick: int, rate: float) -> None:
        """Everybody works, then everybody synchronises."""
        for n in range(len(self.stations)):
            self.work(n, kinds, pick + n // 2)
        for n in range(len(self.stations)):
            self.synchronise(n, rate, 4, 0)

    @rule(mine=st.booleans())
    def quiet(self, mine: bool) -> None:
        for _turn in range(6):
            for station in self.stations:
                self.sync(station)
                self.settle_conflicts(station, mine=mine)
            if not any(s.groups(state="queued") for s in self.stations):
                break
        for station in self.stations:
            self.sync(station)
        COUNTED["quiet"] += 1
        self.whole()

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
        want = self.region.visible(station.who)
        have: dict[tuple[str, str], Any] = {}
        with station.store.reader() as connection:
            bases = {(b.kind, b.row_id): b for b in connection.execute(select(sync_base))}
        for kind in DOMAIN.kinds:
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
                *(DOMAIN.kinds.table(k) for k in DOMAIN.kinds.names()),
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
            if group["state"] == "settled" and group["command"] not in LOCAL:
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
        assert set(bases) <= keys, ("I12", "a base that nothing lies on", set(bases) - keys)
        for kind, row_id in keys:
            base = bases.get((kind, row_id))
            data = dict(base["data"]) if base and base["data"] is not None else None
            for op in (o for o in waiting if (o["kind"], o["row_id"]) == (kind, row_id)):
                if op["type"] == "create" and data is None:
                    data = dict(op["patch"])
                elif op["type"] == "delete":
                    data = None
                elif data is not None and op["type"] == "patch":
                    data |= op["patch"]
            found = station.rows(kind, id=row_id)
            if data is None:
                assert found == [], ("I12", kind, row_id)
                continue
            if not found:
                continue  # another row has taken its unique place; the operations wait on
            spec = DOMAIN.kinds[kind]
            shown = {n: v for n, v in row_data(spec, found[0]).items() if not spec.by_name[n].derived}
            want = {n: v for n, v in data.items() if v is not None and not spec.by_name[n].derived}
            assert shown == want, ("I12", kind, row_id, shown, want)

    def numbers_are_whole(self) -> None:
        """I6."""
        table = DOMAIN.kinds.table("case_file")
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
            unit = ServerUnit(connection, DOMAIN, ADMINISTRATION, self.server.at)
            for kind in DOMAIN.kinds:
                for row in connection.execute(select(DOMAIN.kinds.table(kind.name))).mappings():
                    assert unit.scope_now(kind, dict(row)) == row["scope_id"], ("scope", kind.name, row["id"])

    def audit_is_whole(self) -> None:
        """I11."""
        with self.server.database.reading() as connection:
            assert list(verify(connection)) == []
            last: dict[tuple[str, str], int] = {}
            for e in connection.execute(select(audit).where(audit.c.rev > 0).order_by(audit.c.n)):
                assert e.rev == last.get((e.kind, e.row_id), 0) + 1, "I11: one entry for each revision"
                last[e.kind, e.row_id] = e.rev
            for kind in DOMAIN.kinds.names():
                table = DOMAIN.kinds.table(kind)
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
            for text in self.net(station).sent.values():
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
                assigned = set(DOMAIN.kinds[kind].assigned) | {"position"}
                for name, (before, after) in e.content["changes"].items():
                    clash = [o for o in others if name in o.fields and name not in assigned]
                    if clash:
                        assert before == after, ("I3", kind, name, before, after)

    def contents_are_there(self) -> None:
        """I10."""
        for name in ("document_version", "arrival_file"):
            table = DOMAIN.kinds.table(name)
            with self.server.database.reading() as connection:
                for row in connection.execute(select(table)).mappings():
                    content = self.server.contents.get((row["municipality"], row["sha256"]))
                    assert content is not None, "I10: a row without its content"
                    assert hashlib.sha256(content).hexdigest() == row["sha256"], "I10"


def _fast_folder() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


@contextmanager
def _quiet(net: Net) -> Iterator[None]:
    before, net.between = net.between, lambda: None
    try:
        yield
    finally:
        net.between = before


@contextmanager
def crashing(store: Store, at: int) -> Iterator[None]:
    """The machine stops inside the ``at``-th write transaction: half-way, or after the work and before the
    commit."""
    count = [0]
    real = store.transaction

    @contextmanager
    def transaction() -> Iterator[Any]:
        with real() as connection:
            yield connection
            count[0] += 1
            if count[0] == at:
                raise Crash

    store.transaction = transaction  # type: ignore[method-assign]
    try:
        yield
    finally:
        store.transaction = real  # type: ignore[method-assign]


def report() -> str:
    """What was exercised, for people to read."""
    return "\n".join(f"{count:8} {what}" for what, count in sorted(COUNTED.items()))


__all__ = ["COUNTED", "Crash", "Machine", "pull", "report"]
