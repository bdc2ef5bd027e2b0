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
from tests.fakes.decisions import KIND as DECISION
from tests.fakes.decisions import Decide, deciding_domain, series_of
from tests.fakes.server import Server
from tests.fakes.words import FakeWords
from tests.fakes.world import world
from tests.sync.choosing import settle_conflicts, settle_what_is_aside
from tests.sync.counting import COUNTED
from tests.sync.deeds import DEEDS, Deed
from tests.sync.invariants import Invariants
from tests.sync.net import Net
from tests.sync.stations import Region, Station
from workbench.cases.edit import EditCase
from workbench.errors import UserError
from workbench.organisation.commands import GiveRole
from workbench.organisation.model import Role
from workbench.organisation.upkeep import EndRole
from workbench.server import held as server_held
from workbench.server.administration import execute
from workbench.server.database import Database
from workbench.server.principal import ADMINISTRATION, Principal
from workbench.store.incoming import Incoming
from workbench.store.settling import settle
from workbench.store.store import Store
from workbench.sync import held
from workbench.sync.engine import Engine
from workbench.sync.errors import SyncError

DOMAIN = deciding_domain()
WHO = ("registrar", "registrar", "both", "preparer")  # two workstations of one person


class Crash(Exception):
    """The machine stops just here."""


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
        made = Server.holding(folder, origin, DOMAIN)
        _CONTENTS.update(made.contents)
        made.close()
    with world(folder / "again") as origin:
        store, _key = Store.create(folder / "empty", DOMAIN, origin.clock, FakeWords(), encrypted=False)
        store.join("http://127.0.0.1/")
        store.close()
    return folder


class Machine(Invariants, RuleBasedStateMachine):
    """See the module. Subclasses choose the database."""

    clients = 4
    domain = DOMAIN

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.folder = Path(tempfile.mkdtemp(prefix="seutupoyta-run-", dir=_fast_folder()))
        shutil.copy(_template() / "server.db", self.folder / "server.db")
        self.server = Server(Database(f"sqlite:///{self.folder / 'server.db'}"), domain=DOMAIN)
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
        return self._station(
            who, store, clock, Net(self.allowed, self.server, f"person-{who}", store.workstation)
        )

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

    def cases(self, station: Station, **equal: Any) -> list[dict[str, Any]]:
        return [r for r in station.rows("case_file", **equal) if r["sync_state"] != 2]

    # -- work --------------------------------------------------------------------------------------------

    @rule(
        n=st.integers(0, 3),
        kinds=st.lists(st.integers(0, len(DEEDS) - 1), min_size=1, max_size=6),
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

    # -- held series -------------------------------------------------------------------------------------

    @rule(
        n=st.integers(0, 3),
        what=st.sampled_from(["hold", "decide", "decide", "give back", "break", "late", "late"]),
        body=st.sampled_from(["hallitus", "lautakunta"]),
        rate=st.sampled_from([0.0, 0.0, 0.3]),
    )
    def number_a_series(self, n: int, what: str, body: str, rate: float) -> None:
        """A body's § series is held, numbered from, given back and broken."""
        station = self.station(n)
        if what == "decide":
            self.decide(station, body)
        elif what == "break":
            self.break_hold(body)
        elif what == "late":
            self.number_late(n, body)
        else:
            self.ask_of_series(station, held.take if what == "hold" else held.give_back, body, rate)

    def decide(self, station: Station, body: str) -> None:
        for _turn in range(self.rng.randint(1, 3)):
            title = f"{station.store.workstation} {self.rng.randrange(1000)}"
            number = station.run(Decide(body=body, title=title)).result
            COUNTED["decided without a number" if number is None else "numbered offline"] += 1

    def ask_of_series(self, station: Station, call: Any, body: str, rate: float = 0.0) -> None:
        net = self.net(station)
        net.rate = rate
        try:
            call(station.engine, series_of(body))
            COUNTED[f"series: {call.__name__}"] += 1
        except UserError as error:
            COUNTED[f"series refused: {error.code}"] += 1
        except SyncError:
            COUNTED["cut off"] += 1
        finally:
            net.rate = 0.0

    def break_hold(self, body: str) -> None:
        server = self.server
        server_held.break_hold(server.database, DOMAIN, ADMINISTRATION, server.at, series_of(body))
        COUNTED["series broken"] += 1

    def number_late(self, n: int, body: str) -> None:
        """A holder numbers on while its hold is broken and another's numbers come between."""
        first, other = self.station(n), self.station(n + 1)
        self.break_hold(body)
        self.ask_of_series(first, held.take, body)
        self.decide(first, body)
        self.break_hold(body)
        if self.rng.random() < 0.7:
            self.ask_of_series(other, held.take, body)
            self.decide(other, body)
            self.synchronise((n + 1) % len(self.stations), 0.0, 4, 0)
        self.synchronise(n % len(self.stations), 0.0, 4, 0)

    def numbers_are_whole(self) -> None:
        super().numbers_are_whole()
        table = DOMAIN.kinds.table(DECISION)
        given: dict[str, list[int]] = collections.defaultdict(list)
        with self.server.database.reading() as connection:
            for row in connection.execute(select(table)).mappings():
                given[row["body"]].append(row["number"])
                number = str(row["number"])
                assert self.numbers.setdefault(row["id"], number) == number, "I6: a number stays"
        for numbers in given.values():
            assert sorted(numbers) == list(range(1, len(numbers) + 1)), "I6: no gap, none twice"
            COUNTED["decisions with a number"] += len(numbers)

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
        n=st.integers(0, 3),
        rate=st.sampled_from([0.0, 0.2, 0.5]),
        rows=st.integers(1, 4),
        crash=st.sampled_from([0, 0, 0, 1, 2, 3, 4, 5, 7, 9]),
    )
    def synchronise(self, n: int, rate: float, rows: int, crash: int) -> None:
        station = self.station(n)
        net = self.net(station)
        net.rate, net.rows, net.ops, net.rng = rate, rows, rows, random.Random(self.rng.random())
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
            net.rate, net.rows, net.ops = 0.0, 1000, 500
        self.shown_is_base_and_changes(station)

    @rule(n=st.integers(0, 3), fault=st.sampled_from(["answer lost", "request doubled", "request late"]))
    def register_over_a_bad_line(self, n: int, fault: str) -> None:
        """The server hears of the same new cases twice, and of others after them."""
        station = self.station(n)
        net = self.net(station)
        for certain in (fault, ""):
            for _turn in range(2):
                with contextlib.suppress(UserError):
                    self.do(station, 0, n)
            net.certain = certain
            try:
                self.sync(station)
            except SyncError:
                COUNTED[f"registered over a bad line: {fault}"] += 1
            finally:
                net.certain = ""

    @staticmethod
    def net(station: Station) -> Net:
        assert isinstance(station.wire, Net)
        return station.wire

    def reopen(self, station: Station) -> None:
        station.store.close()
        station.store = Store.open(station.store.home, DOMAIN, station.clock, FakeWords())
        station.engine = Engine(station.store, station.wire, station.person_id)

    @rule(
        n=st.integers(0, 3),
        at=st.integers(0, 6),
        what=st.sampled_from(["give", "take", "flip", "lapse", "lapse", "write", "time"]),
        rows=st.integers(1, 4),
    )
    def synchronise_while_things_change(self, n: int, at: int, what: str, rows: int) -> None:
        """Rights and others' writes come between two pages of one cycle."""
        station, calls = self.station(n), [0]
        if what == "lapse":  # whose right it is that goes and returns
            station = next(s for s in self.stations if s.who == "both")
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
        net.between, net.rows, net.ops = between, rows, rows
        try:
            self.sync(station)
        except SyncError:
            COUNTED["cut off"] += 1
        finally:
            net.between, net.rows, net.ops = (lambda: None), 1000, 500

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
        n=st.integers(0, 3),
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

    @rule(n=st.integers(0, 3), mine=st.booleans())
    def resolve(self, n: int, mine: bool) -> None:
        """A person looks at what collided and chooses, and at what was set aside."""
        settle_conflicts(self.station(n), self.rng, mine=mine)
        settle_what_is_aside(self.station(n), self.rng)

    # -- quiet, and what must hold then ------------------------------------------------------------------

    @rule(
        kinds=st.lists(st.integers(0, len(DEEDS) - 1), min_size=2, max_size=5),
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
                settle_conflicts(station, self.rng, mine=mine)
            if not any(s.groups(state="queued") for s in self.stations):
                break
        for station in self.stations:
            self.sync(station)
        COUNTED["quiet"] += 1
        self.whole()


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
