"""The window's synchroniser: keeps a joined store in step behind the window and tells, in words, how it stands.

Nothing here waits on the window's thread: cycles run in the runner's own threads, and what is told is worked out
there or by an ordinary query.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.errors import StorageProblem, UserError
from workbench.sync.errors import SyncError, Wiped
from workbench.sync.status import State, SyncStatus
from workbench.ui.delivery import Delivery
from workbench.ui.sync.waking import Waking
from workbench.ui.tasks import ForeignChange, Tasks

if TYPE_CHECKING:
    from workbench.sync.engine import Report

LOOKS = {
    State.UP_TO_DATE: "ok",
    State.NOT_JOINED: "ok",
    State.SYNCING: "waiting",
    State.WAITING: "waiting",
    State.OFFLINE: "warning",
    State.CONFLICT: "warning",
    State.SIGNED_OUT: "warning",
    State.LOCKED: "stop",
}
"""State → the look of the band's mark; the words say the same."""

REACHED = frozenset({State.UP_TO_DATE, State.WAITING, State.SYNCING})
"""The states in which the server has just been reached, or is about to be."""

MARKS = {
    State.UP_TO_DATE: "ok",
    State.NOT_JOINED: "ok",
    State.SYNCING: "sync",
    State.WAITING: "waiting",
    State.OFFLINE: "offline",
    State.CONFLICT: "warning",
    State.SIGNED_OUT: "lock",
    State.LOCKED: "lock",
}
"""State → the glyph beside the words."""

SHOWN_AFTER_MS = 400
"""A cycle shorter than this is not told of: the band would only flicker."""

Told = Callable[["Report | None", SyncError | None], None]
Began = Callable[[], None]


class Runs(Protocol):
    """What is asked of the runner (see :class:`workbench.sync.runner.Runner`)."""

    def start(self) -> None:
        """Begin."""
        ...

    def nudge(self) -> None:
        """A cycle soon."""
        ...

    def now(self) -> None:
        """A cycle at once."""
        ...

    def stop(self, timeout: float = ...) -> None:
        """End."""
        ...


class Synchroniser(QObject):
    """``make_runner`` is given whom to tell of a cycle's end and of its beginning, and is called off the window's
    thread, as the network's modules and the key ring take their time. ``status`` says how it stands after a cycle
    that ended so."""

    status_changed = Signal(object)
    """The :class:`SyncStatus` now."""
    wiped = Signal(str)
    """The store has been destroyed, as the workstation was reported lost; the words to say."""
    failed_to_begin = Signal(str)
    """Why there can be no synchronising."""

    def __init__(
        self,
        make_runner: Callable[[Told, Began], Runs],
        status: Callable[[SyncError | None, bool], SyncStatus],
        tasks: Tasks,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._make, self._status, self._tasks = make_runner, status, tasks
        self._error: SyncError | None = None
        self._running = False
        self._runner: Runs | None = None
        self._ended = False
        self._delivery = Delivery(self)
        self._slow = QTimer(self, singleShot=True, interval=SHOWN_AFTER_MS)
        self._slow.timeout.connect(self._look)
        self.status = SyncStatus(State.NOT_JOINED)
        self._waking = Waking(self._nudge, self)
        tasks.store_changed.connect(self._changed)

    def begin(self) -> None:
        """Begin; the first cycle runs at once. Begins anew when the store has another server or person."""
        old, self._runner = self._runner, None
        self._error = None
        self.status = SyncStatus(State.WAITING)
        self._look()

        def prepare() -> None:
            if old is not None:
                old.stop()
            try:
                runner = self._make(self._told, self._began)
            except (UserError, StorageProblem) as error:
                why = str(error)
                self._post(lambda: self.failed_to_begin.emit(why))
                return
            self._post(lambda: self._take(runner))

        threading.Thread(target=prepare, name="sync-begin", daemon=True).start()

    def stop(self) -> None:
        """End, with the window."""
        self._ended = True
        if self._runner is not None:
            self._runner.stop()

    def now(self) -> None:
        """Synchronise now: somebody asked."""
        if self._runner is not None:
            self._runner.now()

    # -- inside ------------------------------------------------------------------------------------------

    def _post(self, call: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the window went away meanwhile
            self._delivery.post(call)

    def _take(self, runner: Runs) -> None:
        if self._ended:
            return
        self._runner = runner
        runner.start()
        self._waking.listen()

    def _nudge(self) -> None:
        if self._runner is not None:
            self._runner.nudge()

    def _began(self) -> None:
        """In the runner's thread."""
        self._post(self._set_running)

    def _set_running(self) -> None:
        self._running = True
        self._slow.start()

    def _told(self, report: Report | None, error: SyncError | None) -> None:
        """In the runner's thread."""
        if isinstance(error, Wiped):
            why = str(error)
            self._post(lambda: self.wiped.emit(why))
            return
        status = self._status(error, False)
        came = report is not None and report.changed
        self._post(lambda: self._settled(status, error, came=came))

    def _settled(self, status: SyncStatus, error: SyncError | None, *, came: bool) -> None:
        self._error, self._running = error, False
        self._slow.stop()
        self._tasks.cancel(self, "sync")
        self._show_status(status)
        if came:
            self._tasks.store_changed.emit(ForeignChange(), self)

    def _changed(self, changes: Any, initiator: object) -> None:
        """Something was done here: it waits now, and is handed over soon."""
        if initiator is self or self._runner is None:
            return
        self._look()
        if not isinstance(changes, ForeignChange):
            self._runner.nudge()

    def _look(self) -> None:
        error, running = self._error, self._running
        self._tasks.run_query(
            self,
            "sync",
            lambda _reader: self._status(error, running),
            done=self._show_status,
            failed=lambda _e: None,
        )

    def _show_status(self, status: SyncStatus) -> None:
        self.status = status
        self.status_changed.emit(status)
