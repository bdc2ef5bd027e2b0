"""What can wait until the first page is in sight: imports for the pages not opened yet, then the window's own
upkeep. The person's first look and first key come before all of it.

Imports run in a thread, where they delay the window by a few milliseconds at most; the deeds run on the window's
thread, each in a turn of its own, so that keys are answered between them.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial

from PySide6.QtCore import QObject, QTimer

from workbench.ui.delivery import Delivery
from workbench.ui.faults import fault
from workbench.ui.tasks import Tasks

_PAUSE_MS = 40
"""How long the queries must have rested: what has just been read is painted, and asks for more."""
_LATEST_MS = 3_000
_APART_MS = 1
"""Not 0: that would go before the keys that wait."""

Deed = Callable[[], None]


class Afterwards(QObject):
    """Begins by itself, once; ``imports`` first, then ``deeds``, in their order."""

    def __init__(self, tasks: Tasks, imports: Iterable[Deed], deeds: Iterable[Deed], parent: QObject) -> None:
        super().__init__(parent)
        self._tasks, self._imports, self._deeds = tasks, list(imports), deque(deeds)
        self._delivery = Delivery(self)
        self._begun = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        tasks.rested.connect(self._pause.start)
        QTimer.singleShot(_LATEST_MS, self, self._begin)

    def _look(self) -> None:
        if self._tasks.is_resting():
            self._begin()

    def _begin(self) -> None:
        if self._begun or self._tasks.is_stopping():
            return
        self._begun = True
        self._tasks.rested.disconnect(self._pause.start)
        threading.Thread(target=self._import, name="imports", daemon=True).start()

    def _import(self) -> None:
        for load in self._imports:
            try:
                load()
            except Exception as error:  # one page's bug must not keep the rest waiting
                self._post(partial(self._tasks.broke.emit, fault("import", error)))
        self._post(self._next)

    def _post(self, call: Deed) -> None:
        with suppress(RuntimeError):  # the window went away meanwhile
            self._delivery.post(call)

    def _next(self) -> None:
        if self._deeds and not self._tasks.is_stopping():
            try:
                self._deeds.popleft()()
            finally:  # one deed's bug must not keep the others waiting
                QTimer.singleShot(_APART_MS, self, self._next)
