"""A server with a world on it, and the workstation the world was made on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from tests.fakes.wire import groups_of
from tests.fakes.world import World, world
from workbench.domain import whole_domain
from workbench.server.database import Database
from workbench.server.founding import found
from workbench.server.principal import ADMINISTRATION, Principal
from workbench.server.pull import pull
from workbench.server.push import push
from workbench.server.schema import blob, blob_bringer
from workbench.server.trail import verify
from workbench.store.commands import Command
from workbench.sync.wire import Group

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
DOMAIN = whole_domain()


@dataclass
class Office:
    """A server that holds a world, and the workstation the world was made on."""

    database: Database
    local: World
    sent: int = 0

    def push(self, groups: list[Group], who: str, client: str = "", at: datetime = NOW) -> list[Any]:
        principal = Principal(f"person-{who}", client or f"client-{who}")
        return list(push(self.database, DOMAIN, principal, groups, at)["results"])

    def made(self) -> list[Group]:
        """What was done on the workstation since the last call."""
        groups = groups_of(self.local.store, after=self.sent)
        self.sent = groups[-1]["n"] if groups else self.sent
        return groups

    def run(self, command: Command, who: str = "registrar", municipality: str = "924") -> Group:
        self.local.run(command, who, municipality)
        (group,) = self.made()
        return group

    def bring_content(self, who: str = "registrar") -> None:
        with self.database.writing() as connection:
            for municipality, sha256 in self.local.store.named_blobs():
                size = len(self.local.store.blobs.read(municipality, sha256))
                found_one = select(blob.c.size).where(blob.c.sha256 == sha256)
                if connection.execute(found_one).first() is None:
                    row = {"municipality": municipality, "sha256": sha256}
                    connection.execute(insert(blob).values(**row, size=size, received_at=NOW))
                    connection.execute(insert(blob_bringer).values(**row, person_id=f"person-{who}"))

    def register(self, title: str = "Hakemus", who: str = "registrar", **more: Any) -> tuple[str, Group]:
        case_id = self.local.register(title, who, **more)
        self.bring_content(who)
        (group,) = self.made()
        return case_id, group

    def entries(self, who: str, at: datetime = NOW, **more: Any) -> list[Any]:
        found_ones, after = [], ""
        principal = Principal(f"person-{who}", "reader")
        while True:
            page = pull(self.database, DOMAIN, principal, at, after=after, limit=7, **more)
            found_ones += page["entries"]
            after = page["next"]
            if not page["more"]:
                self.digests = page.get("digests", {})
                return found_ones

    def rows(self, who: str, kind: str, at: datetime = NOW) -> dict[str, Any]:
        last: dict[str, Any] = {}
        for e in self.entries(who, at):
            if e["kind"] == kind and e["op"] == "put":
                last[e["id"]] = e["data"] | {"rev": e["rev"], "scope": e["scope"]}
            elif e["kind"] == kind:
                last.pop(e["id"], None)
        return last

    def faults(self) -> list[Any]:
        with self.database.reading() as connection:
            return list(verify(connection))


@contextmanager
def founded(database: Database, folder: Path) -> Iterator[Office]:
    """An office whose server has taken in the world's organisation."""
    with world(folder) as local:
        found(database, DOMAIN)
        made = Office(database, local)
        results = push(database, DOMAIN, ADMINISTRATION, made.made(), NOW - timedelta(days=1))["results"]
        assert {r["status"] for r in results} == {"applied"}
        yield made


def statuses(results: list[Any]) -> list[str]:
    return [r["status"] for r in results]
