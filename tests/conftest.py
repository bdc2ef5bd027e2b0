"""What every test may ask for: a small world, encrypted or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.fakes.world import World, world

# A busy machine is no fault of the code: nothing in the tests goes by the clock.
settings.register_profile("office", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("office")
# What these assert for several test modules is told as fully as what a test module asserts itself.
pytest.register_assert_rewrite("tests.server.asking", "tests.server.matrix", "tests.sync.adopting")


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[World]:
    """A world in an unencrypted store: what lies on the disk can be read by the test."""
    with world(tmp_path) as made:
        yield made


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[World]:
    """A world in an encrypted store, as users have."""
    with world(tmp_path, encrypted=True) as made:
        yield made
