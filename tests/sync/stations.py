"""Workstations joined to a server of this process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from tests.fakes.clock import FakeClock
from tests.fakes.server import Faults, Server, Wire
from tests.fakes.words import FakeWords
from tests.fakes.world import PUBLIC_CLASS, World, world
from workbench.cases.register import RegisterCase
from workbench.context import Session
from workbench.server.principal import Principal
from workbench.server.pull import pull
from workbench.store.changes import Changes
from workbench.store.commands import Command
from workbench.store.domain import Domain
from workbench.store.schema import outbox, outbox_group
from workbench.store.store import Store
from workbench.sync.engine import Engine, Report

OWN = {"k", "seq", "sync_state"}


@dataclass
class Station:
    """One person's workstation."""

    who: str
    store: Store
    wire: Wire
    engine: Engine
    clock: FakeClock
    municipality: str = "924"

    @property
    def person_id(self) -> str:
        return f"person-{self.who}"

    @property
    def session(self) -> Session:
        return Session(self.person_id, self.municipality)

    def run(self, command: Command) -> Changes:
        return self.store.execute(command, self.session)

    def sync(self) -> Report:
        report = self.engine.run()
        assert report is not None
        return report

    def rows(self, kind: str, **equal: Any) -> list[dict[str, Any]]:
        table = self.store.domain.kinds.table(kind)
        query = select(table).order_by(table.c.id)
        for name, value in equal.items():
            query = query.where(table.c[name] == value)
        with self.store.reader() as connection:
            return [dict(r) for r in connection.execute(query).mappings()]

    def row(self, kind: str, row_id: str) -> dict[str, Any]:
        (found,) = self.rows(kind, id=row_id)
        return found

    def groups(self, **equal: Any) -> list[dict[str, Any]]:
        query = select(outbox_group).order_by(outbox_group.c.n)
        for name, value in equal.items():
            query = query.where(outbox_group.c[name] == value)
        with self.store.reader() as connection:
            return [dict(r) for r in connection.execute(query).mappings()]

    def ops(self, **equal: Any) -> list[dict[str, Any]]:
        query = select(outbox).order_by(outbox.c.n)
        for name, value in equal.items():
            query = query.where(outbox.c[name] == value)
        with self.store.reader() as connection:
            return [dict(r) for r in connection.execute(query).mappings()]

    def register(self, title: str = "Hakemus", **more: Any) -> str:
        values = {"class_code": PUBLIC_CLASS, "office": "tekninen"} | more
        command = RegisterCase(municipality=self.municipality, title=title, **values)
        return str(self.run(command).result.case_id)

    def state(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Every row of every kind without what is this workstation's own."""
        return {
            (kind, row["id"]): {n: v for n, v in row.items() if n not in OWN}
            for kind in self.store.domain.kinds.names()
            for row in self.rows(kind)
        }


@dataclass
class Region:
    """A server made from a local world, and the workstations joined to it."""

    folder: Path
    origin: World
    server: Server
    stations: list[Station] = field(default_factory=list)

    def join(self, who: str, *, faults: Faults | None = None, name: str = "") -> Station:
        clock = FakeClock(self.server.at)
        home = self.folder / f"{name or who}-{len(self.stations)}"
        store, _key = Store.create(home, self.server.domain, clock, FakeWords(), encrypted=False)
        store.join("http://127.0.0.1/")
        wire = Wire(self.server, f"person-{who}", store.workstation, faults)
        station = Station(who, store, wire, Engine(store, wire, f"person-{who}"), clock)
        self.stations.append(station)
        return station

    def visible(self, person_id: str) -> dict[tuple[str, str], Any]:
        """(kind, id) → (scope, rev, data) of every row the server shows a person: by a fetch from nothing."""
        principal = Principal(person_id, "onlooker")
        found: dict[tuple[str, str], Any] = {}
        own = f"user:{person_id}"
        scopes = [own]
        for scope in scopes:
            after = ""
            while True:
                page = pull(
                    self.server.database,
                    self.server.domain,
                    principal,
                    self.server.at,
                    scope=scope,
                    after=after,
                )
                for e in page["entries"]:
                    if e["kind"] == "grant":
                        if e["op"] == "put":
                            scopes.append(e["id"])
                    elif e["op"] == "put":
                        found[e["kind"], e["id"]] = (e["scope"], e["rev"], e["data"])
                after = page["next"]
                if not page["more"]:
                    break
        return found

    def assert_converged(self, station: Station) -> None:
        """A station with nothing waiting holds exactly what the server shows its person."""
        from workbench.store.unit import row_data

        kinds = self.server.domain.kinds
        have = {
            (kind, row["id"]): (row["scope_id"], row["rev"], row_data(kinds[kind], row))
            for kind in kinds.names()
            for row in station.rows(kind)
        }
        want = self.visible(station.person_id)
        assert have.keys() == want.keys(), have.keys() ^ want.keys()
        for key, held in have.items():
            assert held == tuple(want[key]), (key, held, want[key])


@contextmanager
def region(folder: Path, domain: Domain | None = None) -> Iterator[Region]:
    """A server that holds the small world, and three cases that a registrar brought."""
    with world(folder) as origin:
        made = Region(folder, origin, Server.holding(folder, origin, domain))
        first = made.join("registrar", name="first")
        first.sync()
        for n in range(3):
            first.register(f"Asia {n}", handler_id="person-preparer")
        assert first.sync().applied == 3, first.groups()
        try:
            yield made
        finally:
            for station in made.stations:
                station.store.close()
            made.server.close()
