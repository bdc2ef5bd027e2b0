"""The window keeps a joined store in step behind itself, and says how it stands."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.fakes.store import Rename
from tests.ui.sync.runners import Recorder
from workbench.errors import UserError
from workbench.sync.engine import Report
from workbench.sync.errors import Offline, SyncError, Wiped
from workbench.sync.status import State, SyncStatus
from workbench.ui.sync.synchroniser import LOOKS, SHOWN_AFTER_MS, Began, Synchroniser, Told
from workbench.ui.tasks import ForeignChange, Tasks


class Running(Recorder):
    """A runner that does what the test says, in a thread of its own as the real one."""

    def __init__(self, told: Told, began: Began) -> None:
        super().__init__(told)
        self._began = began

    def tell(self, report: Report | None, error: SyncError | None = None) -> None:
        self._elsewhere(lambda: self._told(report, error))

    def begin(self) -> None:
        self._elsewhere(self._began)

    @staticmethod
    def _elsewhere(call: Callable[[], None]) -> None:
        thread = threading.Thread(target=call)
        thread.start()
        thread.join()


class Desk:
    """A synchroniser with what it shows."""

    def __init__(self, tasks: Tasks) -> None:
        self.parent = QObject()
        self.shown: list[tuple[str, State]] = []
        self.waiting = 0
        self.asked_in: set[int] = set()
        self.refuses = ""
        self.runner: Running | None = None
        self.synchroniser = Synchroniser(self._make, self._status, tasks, self.parent)
        self.synchroniser.status_changed.connect(lambda s: self.shown.append((s.message, s.state)))

    def _make(self, told: Told, began: Began) -> Running:
        self.asked_in.add(threading.get_ident())
        if self.refuses:
            raise UserError(self.refuses)
        self.runner = Running(told, began)
        return self.runner

    def _status(self, error: SyncError | None, running: bool) -> SyncStatus:
        self.asked_in.add(threading.get_ident())
        if running:
            return SyncStatus(State.SYNCING, self.waiting, message="Synkronoidaan…")
        if error is not None:
            return SyncStatus(State.OFFLINE, self.waiting, message="ei yhteyttä palvelimeen")
        if self.waiting:
            return SyncStatus(State.WAITING, self.waiting, message=f"{self.waiting} muutosta odottaa")
        return SyncStatus(State.UP_TO_DATE, message="ajan tasalla 10.42")


@pytest.fixture
def desk(tasks: Tasks, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(tasks)
    made.synchroniser.begin()
    qtbot.waitUntil(
        lambda: made.runner is not None and made.runner.calls[:1] == ["start"] and bool(made.shown)
    )
    made.runner.calls.clear()
    yield made


def test_it_says_how_it_stands_before_anything_and_never_asks_on_the_windows_thread(desk: Desk) -> None:
    assert desk.shown == [("ajan tasalla 10.42", State.UP_TO_DATE)]
    assert threading.get_ident() not in desk.asked_in


def test_a_deed_waits_in_words_and_is_handed_over_soon(desk: Desk, tasks: Tasks, qtbot: QtBot) -> None:
    assert desk.runner is not None
    desk.waiting = 3
    tasks.run_command(Rename(1, "Uusi"))
    qtbot.waitUntil(lambda: desk.shown[-1:] == [("3 muutosta odottaa", State.WAITING)])
    assert desk.runner.calls == ["nudge"]


def test_rows_that_came_make_the_pages_look_again_once(desk: Desk, tasks: Tasks, qtbot: QtBot) -> None:
    assert desk.runner is not None
    with qtbot.waitSignal(tasks.store_changed) as told:
        desk.runner.tell(Report(received=2, changed=True))
    assert isinstance(told.args[0], ForeignChange)
    qtbot.wait(20)
    assert desk.runner.calls == [], "what came is not handed back"


def test_a_lost_network_is_told_and_stays_told(desk: Desk, tasks: Tasks, qtbot: QtBot) -> None:
    assert desk.runner is not None
    away = ("ei yhteyttä palvelimeen", State.OFFLINE)
    desk.runner.tell(None, Offline("ei yhteyttä"))
    qtbot.waitUntil(lambda: desk.shown[-1:] == [away])
    tasks.run_command(Rename(1, "Uusi"))
    qtbot.waitUntil(lambda: len(desk.shown) >= 3)
    assert desk.shown[-1] == away
    desk.runner.tell(Report())
    qtbot.waitUntil(lambda: desk.shown[-1:] == [("ajan tasalla 10.42", State.UP_TO_DATE)])


def test_only_a_cycle_that_takes_its_time_is_told_of(desk: Desk, qtbot: QtBot) -> None:
    assert desk.runner is not None
    desk.runner.begin()
    desk.runner.tell(Report())
    qtbot.wait(SHOWN_AFTER_MS + 100)
    assert all(state is not State.SYNCING for _m, state in desk.shown), "it did not flicker"
    desk.runner.begin()
    qtbot.waitUntil(lambda: desk.shown[-1][1] is State.SYNCING)
    desk.runner.tell(Report())
    qtbot.waitUntil(lambda: desk.shown[-1][1] is State.UP_TO_DATE)


def test_asked_for_it_runs_at_once(desk: Desk) -> None:
    assert desk.runner is not None
    desk.synchroniser.now()
    assert desk.runner.calls == ["now"]


def test_it_begins_anew_after_another_sign_in(desk: Desk, qtbot: QtBot) -> None:
    first = desk.runner
    assert first is not None
    desk.synchroniser.begin()
    qtbot.waitUntil(lambda: desk.runner is not first and desk.runner.calls[:1] == ["start"])
    assert first.calls == ["stop"], "two never run beside each other"


def test_what_keeps_it_from_beginning_is_told(desk: Desk, qtbot: QtBot) -> None:
    desk.refuses = "Työasemaa ei ole liitetty palvelimeen."
    with qtbot.waitSignal(desk.synchroniser.failed_to_begin) as told:
        desk.synchroniser.begin()
    assert told.args == [desk.refuses]


def test_a_workstation_reported_lost_is_told_so_and_the_store_is_not_asked(desk: Desk, qtbot: QtBot) -> None:
    assert desk.runner is not None
    before = len(desk.shown)
    with qtbot.waitSignal(desk.synchroniser.wiped) as told:
        desk.runner.tell(None, Wiped("Työasema on ilmoitettu kadonneeksi."))
    assert told.args == ["Työasema on ilmoitettu kadonneeksi."]
    assert len(desk.shown) == before


def test_every_state_has_its_look() -> None:
    assert set(LOOKS) == set(State)
