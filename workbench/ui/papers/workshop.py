"""One thread beside the window that fetches and draws. The newest wish is served first: what is in view now
matters more than what was passed. Nothing of Qt's window is touched here; results come through Delivery.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from workbench.ui.delivery import Delivery

Done = Callable[[Any], None]
Failed = Callable[[Exception], None]


class Workshop:
    """``ask(key, work, done, failed)``: a later wish with the same key replaces one that still waits."""

    def __init__(self, owner: QObject) -> None:
        self._delivery = Delivery(owner)
        self._wishes: dict[Hashable, tuple[Callable[[], Any], Done, Failed]] = {}
        self._awake = threading.Condition()
        self._stopped = False
        self._thread: threading.Thread | None = None
        owner.destroyed.connect(self.stop)

    def ask(self, key: Hashable, work: Callable[[], Any], done: Done, failed: Failed) -> None:
        """Have ``work()`` done soon; ``done`` or ``failed`` is called on the window's thread."""
        with self._awake:
            if self._stopped:
                return
            self._wishes.pop(key, None)
            self._wishes[key] = (work, done, failed)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="pages", daemon=True)
                self._thread.start()
            self._awake.notify()

    def drop(self, unwanted: Callable[[Hashable], bool]) -> None:
        """Forget waiting wishes."""
        with self._awake:
            for key in [key for key in self._wishes if unwanted(key)]:
                del self._wishes[key]

    def stop(self) -> None:
        """No more work; the thread ends after what it has in hand."""
        with self._awake:
            self._stopped = True
            self._wishes.clear()
            self._awake.notify()

    def _run(self) -> None:
        while True:
            with self._awake:
                while not self._wishes and not self._stopped:
                    self._awake.wait()
                if self._stopped:
                    return
                _key, (work, done, failed) = self._wishes.popitem()
            try:
                call = partial(self._tell, done, work())
            except Exception as error:  # every end must reach the window
                call = partial(self._tell, failed, error)
            try:
                self._delivery.post(call)
            except RuntimeError:  # the window went away meanwhile
                return

    def _tell(self, tell: Callable[[Any], None], what: Any) -> None:
        if not self._stopped:
            tell(what)
