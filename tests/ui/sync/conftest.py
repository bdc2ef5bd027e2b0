"""A window at a joined workstation, whose runner does what the test says."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.dialogs import FakeDialogs
from tests.fakes.syncing import services_of
from tests.sync.stations import Region, Station, region
from tests.ui.sync.runners import Recorder
from workbench.desk import Desk
from workbench.store.undo import Undo
from workbench.sync.errors import SyncError
from workbench.sync.status import status_of
from workbench.ui.actions import ActionRegistry
from workbench.ui.jobs import Jobs
from workbench.ui.models.settings import Forgetful
from workbench.ui.settings.spec import settings_page
from workbench.ui.shell import Acting, MainWindow
from workbench.ui.sync.page import ConflictsPage
from workbench.ui.sync.spec import conflicts_page
from workbench.ui.sync.synchroniser import Began, Synchroniser, Told
from workbench.ui.sync.wiring import wire_sync
from workbench.ui.tasks import Tasks
from workbench.ui.theme.manager import Theme


class ByHand(Recorder):
    """A runner whose cycles run when they are asked for, on whoever's thread asks."""

    def __init__(self, station: Station, told: Told) -> None:
        super().__init__(told)
        self._station = station

    def cycle(self) -> None:
        """One whole cycle, and its end is told."""
        try:
            report = self._station.engine.run()
        except SyncError as error:
            self._told(None, error)
        else:
            self._told(report, None)


@dataclass
class Seat:
    """A window at a station of a region."""

    place: Region
    station: Station
    window: MainWindow
    synchroniser: Synchroniser
    runner: ByHand
    dialogs: FakeDialogs
    qtbot: QtBot

    @property
    def page(self) -> ConflictsPage:
        page = self.window.host.page("conflicts")
        assert isinstance(page, ConflictsPage)
        return page

    def cycle(self) -> None:
        """Synchronise, and let the window take it in."""
        self.runner.cycle()
        self.settle()

    def settle(self) -> None:
        """Let commands, queries and jobs end."""
        tasks = self.window.ui.tasks
        for _round in range(3):
            self.qtbot.waitUntil(
                lambda: not self.window.jobs.unfinished() and tasks._waiting == 0 and tasks.is_resting(),
                timeout=20_000,
            )
            self.qtbot.wait(30)

    def open(self) -> ConflictsPage:
        """Go to the conflicts."""
        self.window.open_page("conflicts")
        self.settle()
        return self.page


Sit = Callable[[Station], Seat]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Region]:
    with region(tmp_path) as made:
        yield made


@pytest.fixture
def sit(
    place: Region, qapp: QApplication, qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Sit]:
    """Seats at stations; they end with the test."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    seats: list[Seat] = []

    def make(station: Station) -> Seat:
        desk = Desk(station.store, station.session)
        tasks = Tasks(desk.execute, desk.reader)
        dialogs = FakeDialogs()
        made: list[ByHand] = []

        def runner(told: Told, _began: Began) -> ByHand:
            made.append(ByHand(station, told))
            return made[-1]

        synchroniser = Synchroniser(
            runner,
            lambda error, running: status_of(station.store, syncing=running, error=error),
            tasks,
            tasks,
        )
        services = services_of(station.store)
        window = MainWindow(
            tasks=tasks, jobs=Jobs(), actions=ActionRegistry(), settings=Forgetful(), clock=station.clock,
            pages=[conflicts_page(desk), settings_page(desk, theme, services)],
            roles=frozenset(), dialogs=dialogs, undo_of=lambda command_id: Undo(undone=command_id),
        )  # fmt: skip
        wire_sync(window, synchroniser, services)
        own = Acting("924", "Veteli", role="kirjaaja")
        window.set_acting([own], own)
        window.show()
        window.activateWindow()
        qtbot.waitExposed(window)
        synchroniser.begin()
        qtbot.waitUntil(lambda: bool(made) and made[0].calls[:1] == ["start"])
        seat = Seat(place, station, window, synchroniser, made[0], dialogs, qtbot)
        seat.settle()
        seats.append(seat)
        return seat

    yield make
    for seat in seats:
        seat.window.close()
        seat.window.deleteLater()
