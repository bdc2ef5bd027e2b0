"""The window's synchroniser: keeps a joined store in step behind the window and tells, in words, how it stands.

Nothing here waits on the window's thread: cycles run in the runner's own threads, and what is told is worked out
there or by an ordinary query.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject

from workbench.sync.engine import Report
from workbench.sync.errors import SyncError
from workbench.sync.status import State, SyncStatus
from workbench.ui.delivery import Delivery
from workbench.ui.tasks import ForeignChange, Tasks

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

Told = Callable[[Report | None, SyncError | None], None]


class Runs(Protocol):
    """What is asked of the runner (see :class:`workbench.sync.runner.Runner`)."""

    def start(self) -> None:
        """Begin."""
        ...

    def nudge(self) -> None:
        """A cycle soon."""
        ...

    def stop(self, timeout: float = ...) -> None:
        """End."""
        ...


class Synchroniser(QObject):
    """``make_runner`` is given whom to tell; ``status`` says how it stands after a cycle that ended so;
    ``show`` puts the words into the band."""

    def __init__(
        self,
        make_runner: Callable[[Told], Runs],
        status: Callable[[SyncError | None], SyncStatus],
        show: Callable[[str, str], None],
        tasks: Tasks,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._status, self._show, self._tasks = status, show, tasks
        self._error: SyncError | None = None
        self._delivery = Delivery(self)
        self._runner = make_runner(self._told)
        tasks.store_changed.connect(self._changed)
        self._look()

    def start(self) -> None:
        """Begin; the first cycle runs at once."""
        self._runner.start()

    def stop(self) -> None:
        """End, with the window."""
        self._runner.stop()

    def now(self) -> None:
        """Synchronise now: somebody asked."""
        self._runner.nudge()

    # -- inside ------------------------------------------------------------------------------------------

    def _told(self, report: Report | None, error: SyncError | None) -> None:
        """In the runner's thread."""
        status = self._status(error)
        came = report is not None and bool(report.touched)
        self._delivery.post(lambda: self._settled(status, error, came=came))

    def _settled(self, status: SyncStatus, error: SyncError | None, *, came: bool) -> None:
        self._error = error
        self._show_status(status)
        if came:
            self._tasks.store_changed.emit(ForeignChange(), self)

    def _changed(self, changes: Any, initiator: object) -> None:
        """Something was done here: it waits now, and is handed over soon."""
        if initiator is self:
            return
        self._look()
        if not isinstance(changes, ForeignChange):
            self._runner.nudge()

    def _look(self) -> None:
        error = self._error
        self._tasks.run_query(
            self, "sync", lambda _reader: self._status(error), done=self._show_status, failed=lambda _e: None
        )

    def _show_status(self, status: SyncStatus) -> None:
        self._show(status.message, LOOKS[status.state])
