"""A way to a server for a workstation that is not joined yet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.server import Server, Wire
from tests.fakes.world import World
from tests.sync.stations import Region, region
from workbench.store.domain import Domain
from workbench.store.store import Store
from workbench.sync import joining
from workbench.sync.errors import Refused
from workbench.sync.wire import ADOPTION


class Reached(Wire):
    """A transport that can also enrol."""

    features: tuple[str, ...] = (ADOPTION,)
    wrong = False

    def enrol(self, token: str, _device: str) -> str:
        if self.wrong or token != "koodi":
            raise Refused("Liittymiskoodi ei kelpaa.", code="sign_in_failed")
        return self.principal.person_id

    def sign_out(self) -> None:
        self.signed_out = True

    def session(self, body: dict[str, Any]) -> dict[str, Any]:
        return super().session(body) | {"features": list(self.features)}


def reach(
    monkeypatch: pytest.MonkeyPatch, server: Server, world: World, who: str = "registrar", **more: Any
) -> Reached:
    wire = Reached(server, f"person-{who}", world.store.workstation)
    for name, value in more.items():
        setattr(wire, name, value)
    monkeypatch.setattr(joining, "transport_of", lambda *_args, **_more: wire)
    return wire


@contextmanager
def reached_region(
    folder: Path, monkeypatch: pytest.MonkeyPatch, domain: Domain | None = None
) -> Iterator[Region]:
    """A region whose server every workstation of the process reaches, as the person with two municipalities."""
    folder.mkdir()
    with region(folder, domain) as made:
        wires: dict[str, Reached] = {}

        def reached(store: Store, *_args: Any, **_more: Any) -> Reached:
            return wires.setdefault(store.workstation, Reached(made.server, "person-both", store.workstation))

        monkeypatch.setattr(joining, "transport_of", reached)
        yield made
