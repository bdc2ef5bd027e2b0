"""The server's databases, for what synchronises with a real one; a region, and a workstation beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.world import World
from tests.server.conftest import postgresql
from tests.sync.adopting import alone
from tests.sync.stations import Region, region

__all__ = ["postgresql"]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Region]:
    """A server whose series of 924 has given the numbers 1 to 3."""
    (tmp_path / "region").mkdir()
    with region(tmp_path / "region") as made:
        yield made


@pytest.fixture
def own(tmp_path: Path) -> Iterator[World]:
    """A workstation by itself, which knows the same people by ids of its own."""
    with alone(tmp_path / "own") as made:
        yield made
