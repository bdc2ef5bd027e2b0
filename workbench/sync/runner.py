"""The runner: lets cycles happen in the background – soon after a command, when the server pokes, and every few
minutes – and waits longer after each failure in a row."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from workbench.errors import StorageProblem
from workbench.i18n import _
from workbench.store import scopes
from workbench.sync.engine import Engine, Report
from workbench.sync.errors import ServerFault, SyncError
from workbench.sync.retry import Backoff
from workbench.sync.wire import WAIT_SECONDS

_log = logging.getLogger(__name__)
SOON_S, ALWAYS_S = 2.0, 300.0

Told = Callable[["Report | None", "SyncError | None"], None]
"""Told after each cycle what it did, or what stopped it."""


class Runner:
    """Two threads of one engine: one runs cycles, one waits at the server for news."""

    def __init__(
        self,
        engine: Engine,
        told: Told,
        *,
        began: Callable[[], None] = lambda: None,
        backoff: Backoff | None = None,
    ) -> None:
        self._engine = engine
        self._told = told
        self._began = began
        self._backoff = backoff or Backoff()
        self._wanted = threading.Event()
        self._ended = threading.Event()
        self._at_once = threading.Event()
        self._reached = threading.Event()
        self._threads = [
            threading.Thread(target=work, name=name, daemon=True)
            for name, work in (("sync", self._cycles), ("sync-news", self._news))
        ]

    def start(self) -> None:
        """Begin; the first cycle runs at once."""
        self._wanted.set()
        for thread in self._threads:
            thread.start()

    def nudge(self) -> None:
        """Something was done here, or the network is back: a cycle soon."""
        self._wanted.set()

    def now(self) -> None:
        """Somebody waits for it: a cycle at once."""
        self._at_once.set()
        self._wanted.set()

    def stop(self, timeout: float = 10.0) -> None:
        """End; a cycle under way stops at its next step, and the next start goes on from there."""
        self._ended.set()
        self._at_once.set()
        self._wanted.set()
        self._engine.end()
        if self._threads[0].is_alive():
            self._threads[0].join(timeout)

    def run_once(self) -> float | None:
        """One cycle; seconds until the next without being asked, None when only being asked helps."""
        report: Report | None = None
        failed: SyncError | None = None
        try:
            self._began()
            report = self._engine.run()
        except SyncError as error:
            failed = error
        except Exception as error:
            # A fault of this program must not end the synchronising for the day.
            failed = ServerFault(_("Synkronoinnissa on vika: {what}").format(what=type(error).__name__))
            failed.__cause__ = error
        try:
            self._told(report, failed)
        except Exception:
            # Telling reads the store, which may be in trouble or gone; synchronising goes on without.
            _log.exception("what a cycle did could not be told")
        if failed is None:
            self._backoff.succeeded()
            self._reached.set()
            return ALWAYS_S
        self._reached.clear()
        return self._backoff.failed(failed)

    def _cycles(self) -> None:
        while True:
            self._wanted.clear()
            self._at_once.clear()
            # After the clearing: a stop that came before it is seen here.
            if self._ended.is_set():
                return
            pause = self.run_once()
            if self._wanted.wait(pause) and not self._ended.is_set():
                self._at_once.wait(SOON_S)  # what is done in one go is handed over in one
            if self._ended.is_set():
                return

    def _news(self) -> None:
        while not self._ended.is_set():
            # While the server cannot be reached the cycles find out when it can.
            if not self._reached.wait(SOON_S):
                continue
            try:
                with self._engine.store.reader() as connection:
                    after = scopes.cursor(connection)
                news = self._engine.transport.wait(after, WAIT_SECONDS)
            except (SyncError, StorageProblem):
                self._reached.clear()
                self._wanted.set()
                continue
            if news.get("changed") and not self._ended.is_set():
                self._wanted.set()
                self._ended.wait(SOON_S)
