"""A workstation whose register comes to a server, and what must be there afterwards."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.fakes.ring import FakeRing
from tests.fakes.server import Server
from tests.fakes.world import World, world
from tests.sync.reaching import reach
from tests.sync.stations import Region, Station
from workbench.domain import whole_domain
from workbench.ids import new_id
from workbench.server.schema import scope_stat
from workbench.server.trail import verify
from workbench.store.check import check_store
from workbench.store.ordering import COMMON
from workbench.store.schema import outbox_group
from workbench.sync.engine import Engine
from workbench.sync.joining import Joined, join
from workbench.sync.wire import digest_of

KINDS = whole_domain().kinds
NUMBERS = {"number", "year", "running", "former_numbers"}


@contextmanager
def alone(folder: Path, who: str = "registrar") -> Iterator[World]:
    folder.mkdir()
    with world(folder, prefix="own-") as made:
        made.store.set_meta("user", f"own-{who}")
        made.store.workstation = new_id()  # the world is a copy of one
        made.store.set_meta("workstation", made.store.workstation)
        yield made


def adopt(
    monkeypatch: pytest.MonkeyPatch, server: Server, own: World, who: str = "registrar", **more: Any
) -> Joined:
    """Join with a code that lets the workstation's register come along."""
    reach(monkeypatch, server, own, who, **more)
    server.allow_adoption(f"person-{who}", own.store.workstation)
    made = join(own.store, "https://server.example", "koodi", FakeRing())
    while own.store.index_behind():
        pass
    return made


Rows = dict[tuple[str, str], dict[str, Any]]


def served(server: Server, kind: str = "case_file") -> dict[str, dict[str, Any]]:
    table = KINDS.table(kind)
    with server.database.reading() as connection:
        return {r["id"]: dict(r) for r in connection.execute(select(table)).mappings()}


def everything(server: Server) -> Rows:
    return {(k, i): row for k in KINDS.names() for i, row in served(server, k).items()}


def registered(own: World) -> Rows:
    return {(k, row["id"]): row for k in KINDS.names() for row in own.rows(k) if row["scope_id"] != COMMON}


def on_server(value: Any) -> Any:
    """A value of the workstation as the server says it: people by the server's ids."""
    if isinstance(value, dict):
        return {k: on_server(v) for k, v in value.items()}
    if isinstance(value, list):
        return [on_server(v) for v in value]
    return value.replace("own-", "person-") if isinstance(value, str) else value


def assert_nothing_lost(
    server: Server,
    before: Rows,
    mine: Rows,
    blobs: dict[tuple[str, str], bytes],
    meanwhile: Collection[tuple[str, str]] = (),
) -> None:
    """Every row of the workstation is on the server as it was, and nothing else has changed there but what others
    made ``meanwhile``."""
    there = everything(server)
    assert there.keys() == before.keys() | mine.keys() | set(meanwhile)
    for key, row in before.items():
        assert there[key] == row, key
    for (kind, row_id), row in mine.items():
        got = there[kind, row_id]
        names = {"scope_id", *KINDS[kind].by_name}
        if kind == "case_file" and got["number"] != row["number"]:
            assert got["former_numbers"] == [*(row["former_numbers"] or []), row["number"]]
            names -= NUMBERS
        for name in names:
            assert got[name] == on_server(row[name]), (kind, row_id, name)
    for where, content in blobs.items():
        assert server.contents[where] == content
    cases = [c for c in served(server).values() if c["running"] is not None]
    numbers = [(c["municipality"], c["year"], c["running"]) for c in cases]
    assert len(numbers) == len(set(numbers))


def assert_sound(server: Server, own: World) -> None:
    assert check_store(own.store) == []
    with server.database.reading() as connection:
        assert list(verify(connection)) == []
        held: dict[str, list[tuple[str, str, int]]] = {}
        for (kind, row_id), row in everything(server).items():
            held.setdefault(row["scope_id"], []).append((kind, row_id, row["rev"]))
        for stat in connection.execute(select(scope_stat)):
            assert (stat.held, stat.digest) == digest_of(held.pop(stat.scope, [])), stat.scope
        assert held == {}


def contents(own: World) -> dict[tuple[str, str], bytes]:
    return {where: own.store.blobs.read(*where) for where in own.store.named_blobs()}


def as_station(place: Region, own: World, wire: Any, who: str = "registrar") -> Station:
    station = Station(who, own.store, wire, Engine(own.store, wire, f"person-{who}"), own.clock)
    return station


def groups_of(own: World) -> list[dict[str, Any]]:
    with own.store.reader() as connection:
        return [dict(r) for r in connection.execute(select(outbox_group)).mappings()]
