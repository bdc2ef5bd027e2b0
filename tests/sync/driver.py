"""A workstation as a process of its own, at work until it is killed: ``python -m tests.sync.driver FOLDER``.

``FOLDER/job.json`` says who and where (:class:`Job`). The process opens the real encrypted store (or makes and joins
it), gives commands of the product and synchronises, over and over. What the store and then the server acknowledged it
writes into ``told.jsonl``, each line on the disk before the next thing is done; so a line is a promise that was made
to somebody. ``phase`` holds one byte: what it is just doing. When ``FOLDER/rest`` appears it gives no more commands,
synchronises once more, and ends.
"""

from __future__ import annotations

import json
import mmap
import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from tests.fakes.words import FakeWords
from tests.sync import deeds
from tests.sync.choosing import settle_conflicts, settle_what_is_aside
from tests.sync.deeds import Deed
from tests.sync.stations import Station
from workbench.clock import SystemClock
from workbench.domain import whole_domain
from workbench.errors import UserError
from workbench.store.schema import outbox_group
from workbench.store.store import Store
from workbench.sync.engine import Engine
from workbench.sync.errors import SignedOut, SyncError, Wiped
from workbench.sync.joining import transport_of
from workbench.sync.wire import Page

PHASES = (
    "starting", "command", "freeze", "contents", "push", "settle", "pull", "take in", "fill", "fill taken in",
    "greet", "pause",
)  # fmt: skip
PAGE_ROWS = 40
"""Rows of a page asked for: many pages, so that there is a middle to be killed in."""

PASSPHRASE = "kolme sanaa ja hiihtoretki"
DEEDS = (
    deeds.register, deeds.register, deeds.describe, deeds.name_publicly, deeds.describe_alike, deeds.note,
    deeds.give_task, deeds.finish_task, deeds.restrict_or_open, deeds.add_document, deeds.add_document,
    deeds.change_parties, deeds.close_or_reopen, deeds.undo, deeds.mark, deeds.name_document, deeds.merge,
    deeds.reclassify, deeds.change_task, deeds.save_view, deeds.protect_party, deeds.add_secret_document,
)  # fmt: skip


@dataclass(frozen=True)
class Job:
    """What a workstation is told: where the server is, its joining code, whose register it works in."""

    url: str
    code: str
    municipality: str
    seed: int

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "job.json").write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Job:
        return cls(**json.loads((folder / "job.json").read_text(encoding="utf-8")))


def told(folder: Path) -> Iterator[dict[str, Any]]:
    """What was promised at a workstation so far. A last line that was being written was not said yet."""
    path = folder / "told.jsonl"
    if path.exists():
        for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
            if line.strip():
                yield json.loads(line)


class _Told:
    """The log of promises, on the disk line by line."""

    def __init__(self, folder: Path) -> None:
        self._fd = os.open(folder / "told.jsonl", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(self._fd, b"\n")  # a line that was being written when the process died ends here

    def say(self, **what: Any) -> None:
        os.write(self._fd, json.dumps(what).encode() + b"\n")
        os.fsync(self._fd)


class _Phase:
    """One byte that another process reads, also after the end of this one."""

    def __init__(self, path: Path) -> None:
        with path.open("r+b") as file:
            self._byte = mmap.mmap(file.fileno(), 1)

    def __call__(self, name: str) -> None:
        self._byte[0] = PHASES.index(name)


class _Marked:
    """A transport that says what it is doing: before each call, and what the engine does with its answer."""

    def __init__(self, inner: Any, phase: _Phase, say: Callable[..., None]) -> None:
        self._inner = inner
        self._phase = phase
        self._say = say

    def session(self, body: dict[str, Any]) -> dict[str, Any]:
        self._phase("greet")
        answer: dict[str, Any] = self._inner.session(body)
        self._phase("freeze")
        return answer

    def push(self, epoch: str, groups: Sequence[str]) -> dict[str, Any]:
        for text in groups:
            self._say(sent=text)
        self._phase("push")
        answer: dict[str, Any] = self._inner.push(epoch, groups)
        self._phase("settle")
        return answer

    def pull(self, *, limit: int, scope: str = "", **more: Any) -> Page:
        self._phase("fill" if scope else "pull")
        page: Page = self._inner.pull(limit=min(limit, PAGE_ROWS), scope=scope, **more)
        self._phase("fill taken in" if scope else "take in")
        return page

    def blobs_missing(self, blobs: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        self._phase("contents")
        found: list[dict[str, Any]] = self._inner.blobs_missing(blobs)
        return found

    def blob_send(self, *args: Any) -> dict[str, Any]:
        self._phase("contents")
        answer: dict[str, Any] = self._inner.blob_send(*args)
        self._phase("freeze")
        return answer

    def blob_get(self, *args: Any) -> Iterator[bytes]:
        self._phase("contents")
        yield from self._inner.blob_get(*args)


class Worker(Station):
    """A station whose person the server named."""

    def __init__(self, store: Store, transport: Any, municipality: str) -> None:
        who = store.meta("user")
        super().__init__(who, store, transport, Engine(store, transport, who), store.clock, municipality)  # type: ignore[arg-type]

    @property
    def person_id(self) -> str:
        return self.who


def opened(folder: Path) -> Store:
    """The workstation's store, made when there is none. A key ring there is not: the passphrase opens it, and the
    tokens lie in the store itself."""
    home = folder / "home"
    if (folder / "made").exists():
        return Store.open(home, whole_domain(), SystemClock(), FakeWords(), passphrase=PASSPHRASE)
    store, _key = Store.create(home, whole_domain(), SystemClock(), FakeWords(), passphrase=PASSPHRASE)
    (folder / "made").touch()
    return store


class NoRing:
    """A machine without a key ring."""

    def get(self, _name: str) -> str | None:
        return None

    def set(self, _name: str, _secret: str) -> bool:
        return False


def _join(store: Store, job: Job) -> None:
    """As the product joins, but for the first cycle, which is to be killed like any other."""
    transport = transport_of(store, NoRing(), job.url)
    while True:
        try:
            person_id = transport.enrol(job.code, "työasema")
            break
        except SyncError as error:
            print(f"joining: {error!r}", file=sys.stderr, flush=True)
            time.sleep(0.2)
    store.join(job.url)
    store.set_meta("user", person_id)


def _work(worker: Worker, rng: random.Random, say: Callable[..., None]) -> None:
    """A few deeds. What cannot be done here and now is told to whoever tried it, and changes nothing."""
    cases = [c["id"] for c in worker.rows("case_file", municipality=worker.municipality)]
    for _n in range(rng.randrange(1, 5)):
        deed = rng.choice(DEEDS) if cases else deeds.register
        case, other = (rng.choice(cases), rng.choice(cases)) if cases else ("", "")
        before = len(worker.groups())
        try:
            deed(Deed(worker, rng, case, other, rng.randrange(10), f"teksti {rng.randrange(1_000_000)}"))
        except (UserError, ValueError) as error:
            if not isinstance(error, UserError) and "unpack" not in str(error):
                raise  # a case that came and went meanwhile is no fault
            continue
        for group in worker.groups()[before:]:
            say(store=group["group_id"], command=group["command"])


class _Acknowledged:
    """What the server has said of this workstation's work, as far as it was not told before."""

    def __init__(self, folder: Path) -> None:
        self._groups = {g for line in told(folder) for g in line.get("server", ())}
        self._numbers: dict[str, str] = {}

    def look(self, worker: Worker, say: Callable[..., None]) -> None:
        with worker.store.reader() as connection:
            query = select(outbox_group.c.group_id).where(outbox_group.c.state == "settled")
            new = set(connection.execute(query).scalars()) - self._groups
        numbers = {c["id"]: c["number"] for c in worker.rows("case_file") if c["number"]}
        fresh = {i: n for i, n in numbers.items() if self._numbers.get(i) != n}
        if new or fresh:
            say(server=sorted(new), numbers=fresh)
        self._groups |= new
        self._numbers |= fresh


def main(folder: Path) -> None:
    """Work until killed or told to rest."""
    job = Job.read(folder)
    phase = _Phase(folder / "phase")
    log = _Told(folder)
    rng = random.Random(f"{job.seed} {os.getpid()} {time.time_ns()}")
    store = opened(folder)
    if not store.is_joined or not store.meta("user"):
        _join(store, job)
        log.say(joined=store.meta("user"))
    transport = _Marked(transport_of(store, NoRing()), phase, log.say)
    worker = Worker(store, transport, job.municipality)
    acknowledged = _Acknowledged(folder)
    rests = folder / "rest"
    while True:
        resting = rests.exists()
        phase("command")
        if not resting:
            _work(worker, rng, log.say)
            if rng.random() < 0.3:
                settle_conflicts(worker, rng, mine=rng.random() < 0.5)
                settle_what_is_aside(worker, rng)
        try:
            assert worker.sync().fetched_again == [], "counts and digests agree after every kill"
        except SyncError as error:
            print(f"{error!r}", file=sys.stderr, flush=True)
            if isinstance(error, (SignedOut, Wiped)):
                raise  # nothing in this test ends a session
            phase("pause")
            time.sleep(rng.uniform(0, 0.2))
            continue
        acknowledged.look(worker, log.say)
        if resting:
            store.close()
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]))
