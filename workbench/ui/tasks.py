"""The window's two calls to the domain: ``run_command`` and ``run_query``.

Invariants: exactly one thread writes; the window's thread never waits; a result reaches its page on the
window's thread, and only while it is the newest that page asked for under that key; every commit, ours or
another process's, is told through the one signal ``store_changed``.

A :class:`UserError` goes to the caller's ``failed`` (else to ``refused``). A :class:`StorageProblem` raises
the banner through ``trouble`` and is tried again by itself; anything else is a bug and goes to ``broke``.
``failed`` hears of all three, so that a page can leave its waiting state.
"""

from __future__ import annotations

import queue
import threading
import time
import weakref
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from workbench.errors import StorageProblem, UserError
from workbench.ui.delivery import Delivery
from workbench.ui.faults import fault

Done = Callable[[Any], None]
Failed = Callable[[Exception], None]

RETRIES_S = (0.2, 1.0, 3.0)
"""Waits before a command is tried again when the surroundings fail; its ids were fixed, so no duplicate."""


@dataclass(frozen=True)
class ForeignChange:
    """Another process committed: what it touched is not known, so each page looks again. Has the same
    fields as the store's Changes."""

    command_id: str = ""
    title: str = ""
    touched: frozenset[tuple[str, str]] = frozenset()
    result: object = None
    undoable: bool = False
    corrections: tuple[str, ...] = ()


@dataclass
class _Query:
    owner: weakref.ref[Any]
    key: str
    token: int
    work: Callable[[Any], Any]
    name: str
    done: Done
    failed: Failed | None
    tries: int = 0


@dataclass
class _Write:
    command: Any
    initiator: weakref.ref[Any] | None
    done: Done | None
    failed: Failed | None


class Tasks(QObject):
    """Work off the window's thread. Made once by the composition root and handed to every page."""

    store_changed = Signal(object, object)
    """(Changes, initiator or None)"""
    refused = Signal(str)
    """A UserError nobody took: a sentence to show."""
    trouble = Signal(str)
    """The surroundings fail: a sentence for the banner; "" when they work again."""
    broke = Signal(object)
    """A bug: a :class:`workbench.ui.faults.Fault`."""
    waiting_changed = Signal(int)
    """How many commands wait for the writer."""
    rested = Signal()
    """No query waits or is being read any more."""

    def __init__(
        self,
        execute: Callable[[Any], Any],
        open_reader: Callable[[], AbstractContextManager[Any]],
        *,
        data_version: Callable[[], int] | None = None,
        readers: int = 2,
        poll_s: float = 2.0,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._execute, self._open_reader, self._data_version = execute, open_reader, data_version
        self._delivery = Delivery(self, lambda error: self.broke.emit(fault("deliver", error)))
        self._stopping = threading.Event()
        self._writes: queue.SimpleQueue[_Write | None] = queue.SimpleQueue()
        self._reads: queue.SimpleQueue[_Query | None] = queue.SimpleQueue()
        self._tokens: weakref.WeakKeyDictionary[Any, dict[str, int]] = weakref.WeakKeyDictionary()
        self._waiting = self._asked = 0
        self._troubled = False
        self._writer = threading.Thread(target=self._write_loop, name="writer", daemon=True)
        self._readers = [
            threading.Thread(target=self._read_loop, name=f"reader-{n}", daemon=True) for n in range(readers)
        ]
        self._threads = [self._writer, *self._readers]
        if data_version is not None:
            watch = threading.Thread(target=self._watch_loop, args=(poll_s,), name="store-watch", daemon=True)
            self._threads.append(watch)
        for thread in self._threads:
            thread.start()

    def run_command(
        self,
        command: Any,
        *,
        initiator: QObject | None = None,
        done: Done | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Queue a write. ``done(changes)`` or ``failed(error)`` is called here afterwards, unless the
        initiator is gone; the write itself always happens."""
        self._delivery.check_home()
        if self._stopping.is_set():
            raise RuntimeError("the window is closing; no more commands")
        self._waiting += 1
        self.waiting_changed.emit(self._waiting)
        self._writes.put(_Write(command, weakref.ref(initiator) if initiator else None, done, failed))

    def run_query(
        self,
        owner: QObject,
        key: str,
        fn: Callable[..., Any],
        *args: Any,
        done: Done,
        failed: Failed | None = None,
    ) -> None:
        """Read off-thread: ``fn(reader, *args)``. A newer call with the same owner and key replaces this.

        ``fn`` may be a generator: each thing it yields goes to ``done`` as soon as it is there, all of it read
        in one transaction; once it has been replaced it is not asked for more.
        """
        self._delivery.check_home()
        tokens = self._tokens.setdefault(owner, {})
        token = tokens[key] = tokens.get(key, 0) + 1
        name = getattr(fn, "__qualname__", type(fn).__name__)
        self._ask(
            _Query(weakref.ref(owner), key, token, lambda reader: fn(reader, *args), name, done, failed)
        )

    def is_resting(self) -> bool:
        """Whether every query has been answered."""
        return not self._asked

    def is_stopping(self) -> bool:
        """Whether the window is closing or closed."""
        return self._stopping.is_set()

    def cancel(self, owner: QObject, key: str) -> None:
        """Let the owner's query under this key lapse."""
        tokens = self._tokens.get(owner)
        if tokens and key in tokens:
            tokens[key] += 1

    def shutdown(self, timeout_s: float = 30.0) -> bool:
        """Finish every queued write, stop the threads. False when the writer did not end in time."""
        if self._stopping.is_set():
            return not self._writer.is_alive()
        self._stopping.set()
        self._writes.put(None)
        for _reader in self._readers:
            self._reads.put(None)
        ends = time.monotonic() + timeout_s
        for thread in self._threads:
            thread.join(max(0.0, ends - time.monotonic()))
        self._delivery.close()
        return not self._writer.is_alive()

    # Off the window's thread from here on.

    def _write_loop(self) -> None:
        while (write := self._writes.get()) is not None:
            try:
                changes = self._attempt(write.command)
            except Exception as error:  # every failure must reach the page
                self._delivery.post(partial(self._write_failed, write, error))
            else:
                self._delivery.post(partial(self._write_done, write, changes))

    def _attempt(self, command: Any) -> Any:
        for wait_s in (*RETRIES_S, None):
            try:
                return self._execute(command)
            except StorageProblem as problem:
                self._delivery.post(partial(self._set_trouble, str(problem)))
                if wait_s is None or self._stopping.wait(wait_s):
                    raise
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _read_loop(self) -> None:
        while (query := self._reads.get()) is not None:
            if not self._stopping.is_set() and self._newest(query):
                try:
                    self._read(query)
                except Exception as error:  # every failure must reach the page
                    self._delivery.post(partial(self._read_failed, query, error))
            # else asked again meanwhile: do not even open the store
            self._delivery.post(self._answered)

    def _read(self, query: _Query) -> None:
        with self._open_reader() as reader:
            result = query.work(reader)
            if not isinstance(result, Generator):
                self._delivery.post(partial(self._read_done, query, result))
                return
            for piece in result:
                self._delivery.post(partial(self._read_done, query, piece))
                if self._stopping.is_set() or not self._newest(query):
                    result.close()

    def _watch_loop(self, poll_s: float) -> None:
        assert self._data_version is not None
        seen: int | None = None
        while not self._stopping.wait(poll_s if seen is not None else 0):
            try:
                version = self._data_version()
            except StorageProblem as problem:
                self._delivery.post(partial(self._set_trouble, str(problem)))
                seen = seen if seen is not None else -1
                continue
            except Exception as error:  # watching must outlive one bad look
                self._delivery.post(partial(self.broke.emit, fault("data_version", error)))
                return
            if seen is not None and version != seen:
                self._delivery.post(partial(self.store_changed.emit, ForeignChange(), None))
            seen = version

    # On the window's thread again.

    def _write_done(self, write: _Write, changes: Any) -> None:
        self._one_less()
        self._set_trouble("")
        initiator = write.initiator() if write.initiator else None
        alive = write.initiator is None or _alive(initiator)
        try:
            if write.done is not None and alive:
                write.done(changes)
        finally:  # the commit stands, whatever became of the page
            self.store_changed.emit(changes, initiator if alive else None)

    def _write_failed(self, write: _Write, error: Exception) -> None:
        self._one_less()
        alive = write.initiator is None or _alive(write.initiator())
        self._route(type(write.command).__name__, error, write.failed if alive else None)

    def _read_done(self, query: _Query, result: Any) -> None:
        self._set_trouble("")
        if self._newest(query) and _alive(query.owner()):
            query.done(result)

    def _read_failed(self, query: _Query, error: Exception) -> None:
        if not self._newest(query) or not _alive(query.owner()):
            return
        if isinstance(error, StorageProblem) and not self._stopping.is_set():
            self._set_trouble(str(error))
            query.tries += 1
            wait_ms = min(10_000, 500 * 2**query.tries)
            QTimer.singleShot(wait_ms, self, lambda: self._ask(query))
            return
        self._route(query.name, error, query.failed)

    def _route(self, deed: str, error: Exception, failed: Failed | None) -> None:
        if isinstance(error, StorageProblem):
            self._set_trouble(str(error))
        elif not isinstance(error, UserError):
            self.broke.emit(fault(deed, error))
        elif failed is None:
            self.refused.emit(str(error))
        if failed is not None:
            failed(error)

    def _ask(self, query: _Query) -> None:
        self._asked += 1
        self._reads.put(query)

    def _answered(self) -> None:
        self._asked -= 1
        if not self._asked:
            self.rested.emit()

    def _newest(self, query: _Query) -> bool:
        owner = query.owner()
        return owner is not None and self._tokens.get(owner, {}).get(query.key) == query.token

    def _set_trouble(self, text: str) -> None:
        if text or self._troubled:
            self._troubled = bool(text)
            self.trouble.emit(text)

    def _one_less(self) -> None:
        self._waiting -= 1
        self.waiting_changed.emit(self._waiting)


def _alive(item: Any) -> bool:
    return item is not None and (not isinstance(item, QObject) or isValid(item))
