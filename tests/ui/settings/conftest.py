"""The window on a fresh municipality."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.clock import StandingClock
from tests.fakes.dialogs import FakeDialogs
from tests.setup.support import GOOD, open_store
from tests.ui.settings.support import World
from workbench.app import build_window
from workbench.setup.guide import build
from workbench.ui.models.settings import Settings
from workbench.ui.theme.manager import Theme


@pytest.fixture
def world(
    qapp: QApplication, qtbot: QtBot, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[World]:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # the window's own is taken away after the test
    clock = StandingClock()
    made = build(tmp_path / "koti", GOOD, clock=clock)
    store = open_store(made.folder, clock=clock)
    window = build_window(qapp, store, Settings(tmp_path / "settings.json"), theme=theme)
    world = World(window, store, FakeDialogs(), clock, qtbot)
    world.use(world.dialogs)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    yield world
    theme.choose("light")
    theme.set_compact(False)
    window.close()
    window.deleteLater()
    QApplication.processEvents()
    store.close()
