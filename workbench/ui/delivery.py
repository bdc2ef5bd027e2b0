"""Back to the window's thread: closures queued by worker threads run there, in order.

The only thing a worker thread does with Qt is to emit one signal, which Qt documents as safe; no widget,
model or other object is touched off the window's thread.
"""

from __future__ import annotations

import sys
import threading
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot


class Delivery(QObject):
    """A queue of closures, emptied on the thread that made it."""

    _woken = Signal()

    def __init__(
        self, parent: QObject | None = None, on_error: Callable[[Exception], None] | None = None
    ) -> None:
        super().__init__(parent)
        self._on_error = on_error
        self._waiting: deque[Callable[[], None]] = deque()
        self._lock = threading.Lock()
        self._open = True
        self._home = threading.get_ident()
        self._woken.connect(self._drain, Qt.ConnectionType.QueuedConnection)

    def post(self, call: Callable[[], None]) -> None:
        """Run ``call`` on the window's thread soon; from any thread; after :meth:`close` it is dropped."""
        with self._lock:
            if not self._open:
                return
            self._waiting.append(call)
            if len(self._waiting) == 1:
                self._woken.emit()

    def close(self) -> None:
        """Deliver what waits, then nothing more."""
        self._drain()
        with self._lock:
            self._open = False

    @Slot()
    def _drain(self) -> None:
        self.check_home()
        while True:
            with self._lock:
                if not self._waiting:
                    return
                call = self._waiting.popleft()
            try:
                call()
            except Exception as error:  # one page's bug must not keep the others waiting
                if self._on_error is None:
                    sys.excepthook(type(error), error, error.__traceback__)
                else:
                    self._on_error(error)

    def check_home(self) -> None:
        """Fail loudly when somebody calls window code from another thread."""
        if threading.get_ident() != self._home:
            raise RuntimeError("window code called off the window's thread")
