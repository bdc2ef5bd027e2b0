"""The start window on an empty home, with a key ring in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.clock import StandingClock
from tests.fakes.dialogs import FakeDialogs
from tests.fakes.ring import FakeRing
from workbench.ui.start.window import StartWindow


@pytest.fixture
def ring() -> FakeRing:
    return FakeRing(works=False)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "koti"


@pytest.fixture
def start(home: Path, ring: FakeRing, qtbot: QtBot) -> Iterator[StartWindow]:
    window = StartWindow(
        home, clock=StandingClock(), ring=ring, dialogs=FakeDialogs(folder=home.parent), demo_cases=0
    )
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window.jobs.shutdown()
