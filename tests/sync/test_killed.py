"""Real processes on real files, killed without warning under load, and a network that fails in every way.

Workstations (:mod:`tests.sync.driver`) and ``workbench-server serve`` are killed with SIGKILL at random moments and
started again, with a failing proxy (:mod:`tests.sync.proxy`) between them. Afterwards, with the faults off: everybody
converges, nothing that a store or the server had acknowledged is lost or there twice, numbers have no gap.
"""

from __future__ import annotations

import collections
import itertools
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from tests.fakes.ports import free_port
from tests.fakes.serving import start_server, wait_until_ready
from tests.server.conftest import empty_database
from tests.sync import driver
from tests.sync.choosing import settle_conflicts, settle_what_is_aside
from tests.sync.driver import PHASES, Job, NoRing, Worker, told
from tests.sync.invariants import DOMAIN, Invariants
from tests.sync.proxy import FAULTS, Proxy
from tests.sync.stations import Region
from workbench.clock import SystemClock
from workbench.server.desk import Desk
from workbench.server.place import Place, opened
from workbench.server.schema import audit, blob, group_result
from workbench.store.check import check_store
from workbench.sync import blobs
from workbench.sync.joining import transport_of

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "SIGKILL"),
    reason="Windows has no SIGKILL; TerminateProcess lets nothing be caught either",
)

RATE = 0.12
"""Of calls that meet a fault."""

AIMED = ("freeze", "push", "settle", "pull", "take in", "fill", "fill taken in", "contents", "command")
PEOPLE = (  # name, roles as unit and role, the municipality worked in
    ("Aino Yksi", (("924", "registrar"),), "924"),
    ("Beata Kaksi", (("924", "registrar"),), "924"),
    ("Cecilia Kolme", (("236", "registrar"), ("924", "archivist")), "236"),
    ("Daniel Neljä", (("924/tekninen", "preparer"), ("924", "registrar")), "924"),
)


class Machines:
    """The processes of one run, and what was done to them."""

    def __init__(self, folder: Path, database: str, servers: int, seed: int) -> None:
        self.folder = folder
        self.log = folder / "server.log"
        self.rng = random.Random(seed)
        self.killed: collections.Counter[str] = collections.Counter()
        self.environment = os.environ | {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
        self.ports = [free_port() for _n in range(servers)]
        self.servers: dict[int, subprocess.Popen[bytes]] = {}
        self.stations: dict[Path, subprocess.Popen[bytes]] = {}
        self.proxy = Proxy(self.ports, seed)
        self.server(("init", "--database", database) if database else ("init",))
        for code in ("924", "236"):
            self.server(("unit", "add", code, "--office", "tekninen=Tekninen toimi"))

    def server(self, words: tuple[str, ...]) -> str:
        """A command of the server's own, which must succeed."""
        command = [
            sys.executable,
            "-m",
            "workbench.server.cli.main",
            *words,
            "--data",
            str(self.folder / "server"),
        ]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout

    # -- starting and killing ----------------------------------------------------------------------------

    def serve(self, port: int) -> None:
        self.servers[port] = start_server(self.folder / "server", port, self.log, self.environment)

    def wait_for_servers(self) -> None:
        for port, process in self.servers.items():
            wait_until_ready(process, port, self.log)

    def one_more(self) -> None:
        """One more workstation comes to work: another person's, or a second one of somebody who has one."""
        n = len(self.stations)
        if n >= len(PEOPLE):
            # A new code takes the place of one that was not used yet.
            until = time.monotonic() + 60
            while not any("joined" in line for line in told(self.folder / f"station-{n - len(PEOPLE)}")):
                assert time.monotonic() < until
                time.sleep(0.1)
        self.start(self.hire(n))

    def hire(self, n: int) -> Path:
        """A workstation with its person's joining code."""
        name, roles, municipality = PEOPLE[n % len(PEOPLE)]
        username = driver_username(name)
        if n < len(PEOPLE):
            unit, role = roles[0]
            words = ("user", "add", name, "--unit", unit, "--role", role, "--username", username, "--secret")
            self.server(words)
            # Roles over other units come as the administrator gives them.
            for unit, role in roles[1:]:
                self.give_role(username, unit, role)
        code = self.server(("token", "new", username)).strip()
        folder = self.folder / f"station-{n}"
        Job(self.proxy.url, code, municipality, n).write(folder)
        return folder

    def give_role(self, username: str, unit: str, role: str) -> None:
        from workbench.organisation.commands import GiveRole
        from workbench.organisation.model import Role
        from workbench.server.administration import execute
        from workbench.server.cli import people

        code, _slash, office = unit.partition("/")
        with opened(Place(self.folder / "server"), DOMAIN, SystemClock()) as desk:
            given = GiveRole(
                person_id=people.account(desk, username).person_id,
                municipality=code,
                office=office,
                role=Role(role),
                secret=True,
            )
            execute(desk.database, DOMAIN, given, desk.clock.now(), municipality=code)

    def start(self, folder: Path) -> None:
        (folder / "phase").write_bytes(b"\0")
        with (folder / "log").open("ab") as log:
            command = [sys.executable, "-m", "tests.sync.driver", str(folder)]
            self.stations[folder] = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)

    def phase(self, folder: Path) -> str:
        return PHASES[(folder / "phase").read_bytes()[0]]

    def kill_station(self, aimed: str) -> None:
        """Kill the first that is in a phase, or, when none comes to it, one at random; and start it again."""
        until = time.monotonic() + 6
        victim = None
        while victim is None and time.monotonic() < until:
            for folder, process in self.stations.items():
                assert process.poll() is None, (
                    "a workstation ended",
                    (folder / "log").read_text("utf-8")[-3000:],
                )
                if self.phase(folder) == aimed:
                    victim = folder
                    break
            else:
                time.sleep(0.0005)
        if victim is None:
            awake = [f for f in self.stations if self.phase(f) != "starting"]
            victim = self.rng.choice(awake or list(self.stations))
        elif self.rng.random() < 0.5:
            time.sleep(self.rng.uniform(0, 0.004))
        self.stations[victim].kill()
        self.stations[victim].wait(30)
        self.killed[self.phase(victim)] += 1
        self.start(victim)

    def kill_server(self) -> None:
        port = self.rng.choice(self.ports)
        time.sleep(self.rng.uniform(0, 0.5))
        process = self.servers[port]
        assert process.poll() is None, self.log.read_text("utf-8")[-4000:]
        process.kill()
        process.wait(30)
        self.killed["server"] += 1
        self.serve(port)
        if len(self.ports) == 1:
            self.wait_for_servers()

    def rest(self) -> None:
        """The network is whole; every workstation ends by itself."""
        self.proxy.rate = 0.0
        self.wait_for_servers()
        for folder in self.stations:
            (folder / "rest").touch()
        for folder, process in self.stations.items():
            try:
                code = process.wait(120)
            except subprocess.TimeoutExpired:
                code = -1
            assert code == 0, (code, (folder / "log").read_text(encoding="utf-8")[-3000:])

    def stop(self) -> None:
        for process in (*self.stations.values(), *self.servers.values()):
            if process.poll() is None:
                process.kill()
                process.wait(30)


def driver_username(name: str) -> str:
    return name.split()[0].lower()


class Contents:
    """The server's contents, by name."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def get(self, name: tuple[str, str]) -> bytes | None:
        return self._desk.contents.read(*name) if self._desk.contents.has(*name) else None


class Proof(Invariants):
    """Every invariant of the random region, of the processes' stores and database."""

    def __init__(self, desk: Desk, workers: dict[Path, Worker]) -> None:
        at = desk.clock.now()
        self.server = SimpleNamespace(  # type: ignore[assignment]
            database=desk.database, at=at, contents=Contents(desk), domain=DOMAIN
        )
        self.region = Region(Path(), None, self.server)  # type: ignore[arg-type]
        self.folders = workers
        self.stations = list(workers.values())
        self.retired = []
        self.numbers: dict[str, str] = {}
        self.known: dict[str, set[str]] = {}
        for folder, worker in workers.items():
            sent: dict[str, str] = {}
            for line in told(folder):
                if "sent" in line:
                    group_id = json.loads(line["sent"])["group_id"]
                    assert sent.setdefault(group_id, line["sent"]) == line["sent"], (
                        "I13: what was sent never changes"
                    )
                self.numbers |= {i: n for i, n in line.get("numbers", {}).items()}
            worker.wire.sent = sent

    def sync(self, station: Any) -> Any:
        report = station.sync()
        assert report.fetched_again == [], "counts and digests agree"
        return report

    def quiet(self) -> None:
        """Synchronise and choose until nothing waits."""
        rng = random.Random(0)
        for turn in itertools.count():
            for station in self.stations:
                self.sync(station)
                settle_conflicts(station, rng, mine=bool(turn % 2))
                if turn:
                    settle_what_is_aside(station, rng)
            if not any(s.groups(state="queued") for s in self.stations):
                break
            assert turn < 10, [
                (s.who, g["command"], g["result"]) for s in self.stations for g in s.groups(state="queued")
            ]
        for station in self.stations:
            self.sync(station)

    def promises_were_kept(self) -> dict[str, int]:
        """Whatever was acknowledged is there, once. Returns how much that was."""
        counted = {"given at a workstation": 0, "acknowledged by the server": 0}
        with self.server.database.reading() as connection:
            kept = {r.group_id: r.outcome for r in connection.execute(select(group_result))}
            times = collections.Counter(connection.execute(select(audit.c.op_id)).scalars())
        for folder, worker in self.folders.items():
            given = {line["store"]: line["command"] for line in told(folder) if "store" in line}
            there = {g["group_id"] for g in worker.groups()}
            assert given.keys() <= there & self.done_at(worker), (
                "a command is nowhere",
                given.keys() - there,
            )
            acknowledged = {g for line in told(folder) for g in line.get("server", ())}
            local = {g["group_id"] for g in worker.groups() if DOMAIN.commands.by_type[g["command"]].local}
            for group_id in acknowledged - local:
                assert kept[group_id]["status"] == "applied", group_id
                for op in kept[group_id]["ops"]:
                    if op["rev"]:
                        assert times[op["op_id"]] == 1, ("an operation was done twice", op)
            counted["given at a workstation"] += len(given)
            counted["acknowledged by the server"] += len(acknowledged - local)
        return counted

    def contents_can_be_read(self) -> int:
        """Every content that a workstation's rows name comes and hashes to its name."""
        count = 0
        with self.server.database.reading() as connection:
            known = {(r.municipality, r.sha256) for r in connection.execute(select(blob))}
        for worker in self.stations:
            for name in sorted(worker.store.named_blobs()):
                assert name in known, name
                blobs.fetch(worker.store, worker.wire, *name)
                assert b"".join(worker.store.blobs.open(*name)) == self.server.contents.get(name)
                count += 1
        return count


def hold(folder: Path, machines: Machines) -> None:
    """Open what the processes left, come to rest, and demand everything."""
    with ExitStack() as stack:
        desk = stack.enter_context(opened(Place(folder / "server"), DOMAIN, SystemClock()))
        workers = {}
        for home in machines.stations:
            store = driver.opened(home)
            stack.callback(store.close)
            transport = transport_of(store, NoRing(), machines.proxy.url)
            workers[home] = Worker(store, transport, Job.read(home).municipality)
        proof = Proof(desk, workers)
        proof.quiet()
        proof.whole()
        counted = proof.promises_were_kept()
        counted["contents read"] = proof.contents_can_be_read()
        counted["cases numbered"] = len(proof.numbers)
        for worker in workers.values():
            assert check_store(worker.store) == []
    machines.server(("verify",))
    machines.server(("doctor",))
    incidents = [line for line in machines.log.read_text("utf-8").splitlines() if '"incident"' in line]
    assert incidents == [], "the server never stumbled"
    print(json.dumps({"killed": machines.killed, "network": machines.proxy.counts, **counted}, indent=1))
    for fault in (*FAULTS, "late arrivals"):
        assert machines.proxy.counts[fault], f"the network never did: {fault}"
    assert all(counted.values()), counted


def run(folder: Path, database: str, *, kills: int, stations: int, servers: int, seed: int) -> Machines:
    """Load, kills and faults, then rest."""
    machines = Machines(folder, database, servers, seed)
    with ExitStack() as stack:
        stack.enter_context(machines.proxy.running())
        stack.callback(machines.stop)
        for port in machines.ports:
            machines.serve(port)
        machines.wait_for_servers()
        for _n in range(2):
            machines.one_more()
        machines.proxy.rate = RATE
        aims = itertools.cycle(machines.rng.sample(AIMED, len(AIMED)))
        for n in range(kills):
            # The others come later, when there is much to fetch.
            due = 2 + (stations - 2) * (n + 1) // max(1, kills - kills // 4)
            while len(machines.stations) < min(due, stations):
                machines.one_more()
            if n % 4 == 3:
                machines.kill_server()
            else:
                machines.kill_station(next(aims))
        while len(machines.stations) < stations:
            machines.one_more()
        until = time.monotonic() + 60
        while (
            any(machines.proxy.counts[f] == 0 for f in (*FAULTS, "late arrivals"))
            and time.monotonic() < until
        ):
            time.sleep(0.1)  # the load goes on until the network has done its worst
        machines.rest()
        hold(folder, machines)
    assert sum(machines.killed.values()) == kills
    return machines


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """Address of an empty database, "" for a file in the server's folder."""
    if request.param == "sqlite":
        yield ""
    else:
        with empty_database(request.getfixturevalue("postgresql")) as url:
            yield url


@pytest.mark.timeout(400)
def test_a_few_kills(tmp_path: Path, database: str) -> None:
    run(tmp_path, database, kills=6, stations=3, servers=2 if database else 1, seed=1)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_hundred_kills(tmp_path: Path, database: str) -> None:
    made = run(tmp_path, database, kills=100, stations=5, servers=2 if database else 1, seed=time.time_ns())
    for fault in FAULTS:
        assert made.proxy.counts[f"{fault}: POST /v1/push"], f"no push met: {fault}"
    for phase in ("server", "command", "freeze", "push", "settle", "pull", "fill"):
        assert made.killed[phase], f"nothing was killed in: {phase}"
