"""The engine of the workstation's side: one cycle of the protocol, resumable at any point.

``contents up → push until empty → pull → fetch granted scopes → compare counts → tidy``. Rows and the cursor
that speaks of them are written in one transaction; what is sent is frozen before it leaves. A cycle that is cut
off anywhere leaves a store that the next one goes on from.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Connection

from workbench import __version__
from workbench.clock import from_text, to_text
from workbench.errors import NotHere, StorageProblem
from workbench.i18n import _
from workbench.store import adopting, scopes, sending
from workbench.store.adopting import OF_ADOPTION
from workbench.store.contact import note_contact, quarantine_days
from workbench.store.holds import holds
from workbench.store.incoming import Incoming, server_rows_of
from workbench.store.meta import get_meta, set_meta
from workbench.store.purge import erase_unseen_history, unseen_history
from workbench.store.resolving import expire_quarantine
from workbench.store.schema import SCHEMA
from workbench.store.settling import settle_all
from workbench.store.store import Store
from workbench.sync import blobs, wire
from workbench.sync.adopted import note_adopted
from workbench.sync.calls import Transport
from workbench.sync.confirming import confirm
from workbench.sync.envelope import envelopes
from workbench.sync.errors import Cancelled, EpochChanged, Resync, UpgradeNeeded, Wiped

MOST_ENTRIES = 20_000
"""Entries taken in in one transaction."""

SMALL_SCOPE = 5_000
"""A scope of so many rows is compared with the server whenever it has changed, a bigger one once an hour."""

_ALL_CHECKED, _HOLDS_OF = "digests_checked", "holds_rows_of"


@dataclass
class Report:
    """What a cycle did."""

    sent: int = 0
    applied: int = 0
    conflicts: int = 0
    quarantined: int = 0
    received: int = 0
    fetched_again: list[str] = field(default_factory=list)
    offered_again: int = 0
    renumbered: list[tuple[str, str]] = field(default_factory=list)
    lost_holds: list[str] = field(default_factory=list)  # number series that are held here no more
    changed: bool = False  # whether rows here are others now


@dataclass(frozen=True)
class Limits:
    """What the server lets through at once."""

    push_ops: int = wire.PUSH_OPS
    push_bytes: int = wire.PUSH_BYTES
    pull_rows: int = wire.PULL_ROWS
    blob_chunk: int = wire.BLOB_CHUNK

    @classmethod
    def of(cls, told: dict[str, Any]) -> Limits:
        """As the session said; what it did not say stays as usual."""
        return cls(**{n: int(told[n]) for n in cls.__dataclass_fields__ if told.get(n)})


@dataclass(frozen=True)
class _Part:
    """Groups that are sent in one call: their texts by id, and the contents the server must have before.
    ``more``: others wait behind them."""

    texts: dict[str, str]
    contents: list[tuple[str, str, int]]
    more: bool


class _Answered:
    """An answer of the server that has not been settled yet."""

    def __init__(self, results: Sequence[dict[str, Any]], asked: Collection[str]) -> None:
        self.results = [r for r in results if r["group_id"] in asked]
        self.all_applied = all(r["status"] == "applied" for r in self.results)


class Engine:
    """Synchronises one store with its server for one person."""

    def __init__(self, store: Store, transport: Transport, person_id: str) -> None:
        self.store = store
        self.transport = transport
        self.person_id = person_id
        self.own = f"user:{person_id}"
        self._adopts = False  # whether the server takes registers in
        self._hands_over = False  # whether one is on its way
        self._cancelled = threading.Event()
        self._ended = threading.Event()
        store.blobs.bring = partial(blobs.fetch, store, transport)
        self._single = FileLock(store.home / ".syncing", timeout=0)
        self._flight = threading.Lock()

    def cancel(self) -> None:
        """Stop the cycle that is under way, at its next step."""
        self._cancelled.set()

    def end(self) -> None:
        """Stop the cycle that is under way, and begin no other."""
        self._ended.set()

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Whether this is the only cycle of the profile, in this process and others."""
        if not self._flight.acquire(blocking=False):
            yield False
            return
        try:
            try:
                self._single.acquire()
            except Timeout:
                yield False
                return
            try:
                yield True
            finally:
                self._single.release()
        finally:
            self._flight.release()

    def run(self) -> Report | None:
        """One whole cycle; None when another is under way. Raises one of :mod:`workbench.sync.errors`."""
        with self.alone() as alone:
            if not alone or self._ended.is_set():
                return None
            self._cancelled.clear()
            report = Report()
            try:
                self._cycle(report)
            except Wiped:
                self.store.destroy()
                raise
            return report

    def _pause(self) -> None:
        if self._cancelled.is_set() or self._ended.is_set():
            raise Cancelled(_("Synkronointi keskeytettiin."))

    # -- the cycle ---------------------------------------------------------------------------------------

    def _cycle(self, report: Report) -> None:
        with self.store.reader() as connection:
            epoch = get_meta(connection, scopes.EPOCH)
        try:
            limits = self._greet(epoch, report)
        except UpgradeNeeded:
            # Too old to read, never too old to hand over what was done.
            self._push(Limits(), report)
            raise
        try:
            self._exchange(limits, report)
        except EpochChanged:
            self._exchange(self._greet(epoch, report), report)
        except Resync:
            self._begin_again(limits, report)
            self._exchange(limits, report)

    def _greet(self, epoch: str, report: Report) -> Limits:
        answer = self.transport.session(
            {
                "client_id": self.store.workstation,
                "app": __version__,
                "protocol": wire.PROTOCOL,
                "schema": SCHEMA,
                "epoch": epoch,
            }
        )
        at = from_text(str(answer["server_time"]))
        with self.store.writing() as connection:
            self.store.note_server_time(connection, at)
            note_contact(connection, at, answer.get("offline_days"), answer.get("quarantine_days"))
        self._adopts = wire.ADOPTION in (answer.get("features") or ())
        limits = Limits.of(answer.get("limits") or {})
        if str(answer["epoch"]) != epoch:
            self._begin_again(limits, report, epoch=str(answer["epoch"]))
        return limits

    def _exchange(self, limits: Limits, report: Report) -> None:
        self._learn(report)
        self._confirm_holds(report)
        self._push(limits, report)
        every = self._day_has_passed()
        digests = self._pull(limits, report, all_digests=every)
        # Before anything is fetched: what others change meanwhile is left to the log.
        differs = self._compare(digests, report, all_of_them=every)
        self._fill(limits, report)
        if differs:
            self._pull(limits, report)
        self._tidy(report, daily=every)
        report.renumbered += note_adopted(self.store, self.person_id)
        self._bring_down()

    def _confirm_holds(self, report: Report) -> None:
        """Series held here, as the server has them, before what was numbered from them leaves."""
        with self.store.reader() as connection:
            if not holds(connection):
                return
        told = self.transport.held()
        with self._taking_in(report) as incoming:
            report.lost_holds += confirm(incoming, told)

    # -- push --------------------------------------------------------------------------------------------

    def _push(self, limits: Limits, report: Report) -> None:
        """Send what waits, a part at a time. While the server works on one part, the answer to the part before is
        settled and the next is made ready; it leaves only when nothing in the answers speaks against it."""
        tried: set[str] = set()
        answered: _Answered | None = None
        with self.store.reader() as connection:
            self._hands_over = bool(sending.groups_of_commands(connection, OF_ADOPTION))
        with ThreadPoolExecutor(1) as aside:
            part = self._next_part(limits, tried)
            texts = self._make_ready(part, limits)
            while texts:
                try:
                    self._pause()
                except Cancelled:
                    self._settle(answered, report)
                    raise
                tried |= set(texts)
                answering = aside.submit(self.transport.push, self._known_epoch(), list(texts.values()))
                following, ready = part, {}
                try:
                    self._settle(answered, report)
                    answered = None
                    if part.more:
                        following = self._next_part(limits, tried)
                        if not following.contents:
                            ready = self._freeze(following)
                finally:
                    answer = answering.result()
                report.sent += len(texts)
                answered = _Answered(answer["results"], texts)
                part, texts = following, ready
                if not ready or not answered.all_applied:
                    # What comes next may build on what was not taken in, so it is looked at anew; and what is known
                    # is settled before contents are sent, which may take long.
                    self._settle(answered, report)
                    answered, part = None, self._next_part(limits, tried)
                    texts = self._make_ready(part, limits)

    def _next_part(self, limits: Limits, tried: set[str]) -> _Part:
        kinds = self.store.domain.kinds
        with self.store.reader() as connection:
            without = tried | self._kept_back(connection)
            groups, more = sending.sendable(connection, limits.push_ops, without)
            texts = sending.compose(groups, limits.push_bytes, partial(envelopes, connection, kinds))
        leaving = groups[: len(texts)]
        contents = [content for group in leaving for content in sending.blobs_of(kinds, group)]
        return _Part(texts, contents, more or len(texts) < len(groups))

    def _make_ready(self, part: _Part, limits: Limits) -> dict[str, str]:
        """Everything that has to be done before a part leaves; what leaves, by group."""
        self._pause()
        if part.contents:
            blobs.bring_up(self.store, self.transport, part.contents, limits.blob_chunk, self._pause)
        return self._freeze(part)

    def _freeze(self, part: _Part) -> dict[str, str]:
        """From here on the part's groups stay as they are, also when they have to wait after all."""
        if not part.texts:
            return {}
        with self.store.writing() as connection:
            return sending.freeze(connection, part.texts, self.store.now())

    def _kept_back(self, connection: Connection) -> set[str]:
        """What the server cannot take in yet, though it is whole: registers made before it was joined; and that
        all of one has come, before it has."""
        if not self._hands_over:
            return set()
        if not self._adopts:
            return sending.groups_of_commands(connection, OF_ADOPTION)
        if adopting.unsettled(connection, but_last=True):
            return sending.groups_of_commands(connection, [adopting.END])
        return set()

    def _known_epoch(self) -> str:
        with self.store.reader() as connection:
            return get_meta(connection, scopes.EPOCH)

    def _settle(self, answered: _Answered | None, report: Report) -> None:
        if answered is None:
            return
        at = self.store.now()
        with self._taking_in(report) as incoming:
            states = settle_all(incoming, answered.results, at)
        report.applied += states.count("settled")
        report.conflicts += states.count("conflict")
        report.quarantined += states.count("quarantine")

    @contextmanager
    def _taking_in(self, report: Report) -> Iterator[Incoming]:
        """One transaction's worth of what the server says."""
        with self.store.writing() as connection:
            incoming = Incoming(connection, self.store.domain.kinds)
            yield incoming
        report.changed |= bool(incoming.touched)

    # -- pull --------------------------------------------------------------------------------------------

    def _begin_again(self, limits: Limits, report: Report, *, epoch: str = "") -> None:
        """The first fetch, and the one after the server was restored (a new ``epoch``) or has forgotten how far
        this workstation was: grants are read, and every scope comes whole. Own work that waits is never
        touched; after a restore what was acknowledged lately is offered once more."""
        entries: list[Any] = []
        horizon = after = ""
        while True:
            self._pause()
            page = self.transport.pull(scope=self.own, after=after, until=horizon, limit=limits.pull_rows)
            horizon = horizon or page["horizon"]
            entries += page["entries"]
            after = page["next"]
            if not page["more"]:
                break
        granted = {e["id"] for e in entries if e["kind"] == "grant" and e["op"] == "put"}
        with self._taking_in(report) as incoming:
            connection = incoming.connection
            scopes.own(connection, self.own)
            incoming.fetch_again(self.own, horizon)
            known = scopes.scopes(connection)
            incoming.apply(entries, granted_until=horizon)
            incoming.sweep(self.own)
            scopes.progress(connection, self.own, horizon, done=True)
            for scope_id, had in known.items():
                if scope_id not in granted and scope_id != self.own and had.gen != scopes.EXPECTED:
                    incoming.purge(scope_id)
            # What a store held before it was joined, and the server does not know, goes too.
            for scope_id in sorted(granted):
                incoming.fetch_again(scope_id, horizon)
            scopes.set_cursor(connection, horizon)
            if epoch:
                restored = bool(get_meta(connection, scopes.EPOCH))
                set_meta(connection, scopes.EPOCH, epoch)
                if restored:
                    report.offered_again += sending.offer_again(incoming.rebasing, self.store.now())
        report.received += len(entries)

    def _pull(self, limits: Limits, report: Report, *, all_digests: bool = False) -> dict[str, list[Any]]:
        """Everything after the cursor; returns the digests that came with the last page."""
        while True:
            with self.store.reader() as connection:
                cursor = after = scopes.cursor(connection)
            entries: list[Any] = []
            while True:
                self._pause()
                page = self.transport.pull(after=after, limit=limits.pull_rows, all_digests=all_digests)
                entries += page["entries"]
                after = page["next"]
                if not page["more"] or len(entries) >= MOST_ENTRIES:
                    break
            if entries or after != cursor:
                with self._taking_in(report) as incoming:
                    incoming.apply(entries, granted_until=after)
                    scopes.set_cursor(incoming.connection, after)
            report.received += len(entries)
            if not page["more"]:
                return dict(page.get("digests") or {})

    def _fill(self, limits: Limits, report: Report) -> None:
        """Fetch what granted scopes held before they were granted, the most useful first."""
        while True:
            with self.store.reader() as connection:
                waiting = [s for s in scopes.scopes(connection).values() if not s.filled]
            if not waiting:
                return
            for scope in sorted(waiting, key=lambda s: (_usefulness(s.scope_id, self.own), s.scope_id)):
                if not self._fill_one(scope, limits, report):
                    return  # a right that ended while it was being used; the log says so next

    def _fill_one(self, scope: scopes.Scope, limits: Limits, report: Report) -> bool:
        """While a page is taken in, the next is fetched."""
        ask = partial(
            self.transport.pull, scope=scope.scope_id, until=scope.fill_until, limit=limits.pull_rows
        )
        self._pause()
        with ThreadPoolExecutor(1) as aside:
            page = ask(after=scope.fill_after)
            while True:
                if page.get("revoked"):
                    return False
                coming = aside.submit(ask, after=page["next"]) if page["more"] else None
                with self._taking_in(report) as incoming:
                    connection = incoming.connection
                    incoming.apply(page["entries"], granted_until=scopes.cursor(connection))
                    if coming is None and scope.sweeps:
                        incoming.sweep(scope.scope_id)
                    scopes.progress(connection, scope.scope_id, page["next"], done=coming is None)
                report.received += len(page["entries"])
                if coming is None:
                    return True
                self._pause()
                page = coming.result()

    # -- comparing ---------------------------------------------------------------------------------------

    def _day_has_passed(self) -> bool:
        last = self.store.meta(_ALL_CHECKED)
        return not last or self.store.now() - from_text(last) > timedelta(days=1)

    def _compare(self, digests: dict[str, list[Any]], report: Report, *, all_of_them: bool) -> bool:
        """Compare counts and digests; whatever differs is to be fetched anew. True when anything is."""
        now = self.store.now()
        wrong: list[str] = []
        with self.store.reader() as connection:
            known = scopes.scopes(connection)
            for scope_id, (count, digest) in digests.items():
                scope = known.get(scope_id)
                if scope is None or not scope.filled or not _due(scope, int(count), now):
                    continue
                if wire.digest_of(server_rows_of(connection, self.store.domain.kinds, scope_id)) != (
                    int(count),
                    digest,
                ):
                    wrong.append(scope_id)
        checked = [s for s in digests if s in known]
        if checked or all_of_them:
            with self._taking_in(report) as incoming:
                connection = incoming.connection
                for scope_id in checked:
                    scopes.checked(connection, scope_id, now)
                for scope_id in wrong:
                    incoming.fetch_again(scope_id, scopes.cursor(connection))
                if all_of_them:
                    set_meta(connection, _ALL_CHECKED, to_text(now))
        report.fetched_again += wrong
        return bool(wrong)

    # -- contents ----------------------------------------------------------------------------------------

    def _bring_down(self) -> None:
        """Fetch what its person wants at hand without a network; the rest comes when somebody opens it."""
        with self.store.reader() as connection:
            wanted = list(dict.fromkeys(self.store.domain.wanted(connection, self.person_id)))
        for municipality, sha256 in wanted:
            self._pause()
            try:
                blobs.fetch(self.store, self.transport, municipality, sha256)
            except StorageProblem:
                continue  # the server lacks it: whoever opens it is told
            except NotHere:
                return  # the network went; the next cycle goes on

    # -- around ------------------------------------------------------------------------------------------

    def _learn(self, report: Report) -> None:
        """After an update of the program: rows and fields that it has learnt to hold."""
        if self.store.meta(_HOLDS_OF) == f"{__version__} {SCHEMA}":
            return
        with self._taking_in(report) as incoming:
            incoming.take_in_unknown()
            set_meta(incoming.connection, _HOLDS_OF, f"{__version__} {SCHEMA}")

    def _tidy(self, report: Report, *, daily: bool) -> None:
        """Own rows that went where this person does not see; once a day what was kept long enough; the files
        themselves."""
        now = self.store.now()
        with self.store.reader() as connection:
            days = quarantine_days(connection)
            unseen = [s.scope_id for s in scopes.scopes(connection).values() if s.gen == scopes.EXPECTED]
            remembered = unseen or unseen_history(connection)
        if remembered or daily:
            with self._taking_in(report) as incoming:
                for scope_id in unseen:
                    incoming.purge(scope_id)
                erase_unseen_history(incoming.connection)
                if daily:
                    sending.let_go(incoming.connection, now)
                    expire_quarantine(incoming.connection, now, timedelta(days=days))
        if self.store.purge_waits:
            self.store.purge_deleted()


def _usefulness(scope_id: str, own: str) -> int:
    """Settings and rights first, then the few things that are a person's own, then the registers."""
    if scope_id == own:
        return 0
    if scope_id == "global":
        return 1
    return {"case": 2, "doc": 3}.get(scope_id.partition(":")[0], 4)


def _due(scope: scopes.Scope, count: int, now: datetime) -> bool:
    return count <= SMALL_SCOPE or scope.checked_at is None or now - scope.checked_at > timedelta(hours=1)
