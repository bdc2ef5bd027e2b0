"""The window keeps a joined store in step behind itself, and says how it stands."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.fakes.store import Rename
from workbench.sync.engine import Report
from workbench.sync.errors import Offline, SyncError
from workbench.sync.status import State, SyncStatus
from workbench.ui.sync.synchroniser import LOOKS, Synchroniser
from workbench.ui.tasks import ForeignChange, Tasks


class Running:
    """A runner that does what the test says, in a thread of its own as the real one."""

    def __init__(self, told: Callable[[Report | None, SyncError | None], None]) -> None:
        self._told = told
        self.calls: list[str] = []

    def start(self) -> None:
        self.calls.append("start")

    def nudge(self) -> None:
        self.calls.append("nudge")

    def stop(self, timeout: float = 1.0) -> None:
        self.calls.append("stop")

    def tell(self, report: Report | None, error: SyncError | None = None) -> None:
        thread = threading.Thread(target=self._told, args=(report, error))
        thread.start()
        thread.join()


class Desk:
    """A synchroniser with what it shows."""

    def __init__(self, tasks: Tasks) -> None:
        self.parent = QObject()
        self.shown: list[tuple[str, str]] = []
        self.waiting = 0
        self.asked_in: set[int] = set()
        self.runner: Running | None = None
        self.synchroniser = Synchroniser(self._make, self._status, self._show, tasks, self.parent)

    def _make(self, told: Any) -> Running:
        self.runner = Running(told)
        return self.runner

    def _status(self, error: SyncError | None) -> SyncStatus:
        self.asked_in.add(threading.get_ident())
        if error is not None:
            return SyncStatus(State.OFFLINE, self.waiting, message="ei yhteyttä palvelimeen")
        if self.waiting:
            return SyncStatus(State.WAITING, self.waiting, message=f"{self.waiting} muutosta odottaa")
        return SyncStatus(State.UP_TO_DATE, message="ajan tasalla 10.42")

    def _show(self, text: str, look: str) -> None:
        self.shown.append((text, look))


@pytest.fixture
def desk(tasks: Tasks) -> Iterator[Desk]:
    yield Desk(tasks)


def test_it_says_how_it_stands_before_anything_and_never_asks_on_the_windows_thread(
    desk: Desk, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: desk.shown == [("ajan tasalla 10.42", "ok")])
    assert threading.get_ident() not in desk.asked_in


def test_a_deed_waits_in_words_and_is_handed_over_soon(desk: Desk, tasks: Tasks, qtbot: QtBot) -> None:
    assert desk.runner is not None
    desk.waiting = 3
    tasks.run_command(Rename(1, "Uusi"))
    qtbot.waitUntil(lambda: desk.shown[-1:] == [("3 muutosta odottaa", "waiting")])
    assert desk.runner.calls == ["nudge"]


def test_rows_that_came_make_the_pages_look_again_once(desk: Desk, tasks: Tasks, qtbot: QtBot) -> None:
    assert desk.runner is not None
    with qtbot.waitSignal(tasks.store_changed) as told:
        desk.runner.tell(Report(received=2, touched={("note", "1")}))
    assert isinstance(told.args[0], ForeignChange)
    qtbot.wait(20)
    assert desk.runner.calls == [], "what came is not handed back"


def test_a_lost_network_is_told_and_stays_told(desk: Desk, tasks: Tasks, qtbot: QtBot) -> None:
    assert desk.runner is not None
    desk.runner.tell(None, Offline("ei yhteyttä"))
    qtbot.waitUntil(lambda: desk.shown[-1:] == [("ei yhteyttä palvelimeen", "warning")])
    tasks.run_command(Rename(1, "Uusi"))
    qtbot.waitUntil(lambda: len(desk.shown) >= 3)
    assert desk.shown[-1] == ("ei yhteyttä palvelimeen", "warning")
    desk.runner.tell(Report())
    qtbot.waitUntil(lambda: desk.shown[-1:] == [("ajan tasalla 10.42", "ok")])


def test_every_state_has_its_look() -> None:
    assert set(LOOKS) == set(State)
