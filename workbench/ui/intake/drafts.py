"""What was typed and not yet registered, kept per arrival: nothing is lost by moving on, or by a crash.

Kept in the encrypted store's own settings, never in a plain file: a half-made registration already names
people and matters. Written by a thread of its own a moment after typing.
"""

from __future__ import annotations

import json
import threading
from typing import Any

from workbench.errors import StorageProblem
from workbench.store.store import Store

_MOST = 200


class Drafts:
    """``get(id)``, ``put(id, values)``, ``drop(id)``; ``flush()`` before the program ends."""

    def __init__(self, store: Store, person_id: str) -> None:
        self._store, self._key = store, f"drafts:{person_id}"
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._timer: threading.Timer | None = None
        self._drafts: dict[str, dict[str, Any]] = {}
        self._loaded = False

    def get(self, id_: str) -> dict[str, Any]:
        """The values kept for an arrival; empty when there are none. Off the window's thread at first."""
        with self._lock:
            if not self._loaded:
                self._loaded = True
                try:
                    found = json.loads(self._store.meta(self._key, "{}"))
                    self._drafts = {str(k): dict(v) for k, v in found.items()}
                except (ValueError, TypeError, AttributeError):
                    self._drafts = {}
            return dict(self._drafts.get(id_, {}))

    def put(self, id_: str, values: dict[str, Any]) -> None:
        """Keep the values of an arrival."""
        with self._lock:
            self._drafts.pop(id_, None)
            if values:
                self._drafts[id_] = values
            while len(self._drafts) > _MOST:
                self._drafts.pop(next(iter(self._drafts)))
            if self._timer is None:
                self._timer = threading.Timer(0.4, self._write)
                self._timer.daemon = True
                self._timer.start()

    def drop(self, id_: str) -> None:
        """The arrival was registered or set aside."""
        with self._lock:
            known = id_ in self._drafts
        if known:
            self.put(id_, {})

    def flush(self) -> None:
        """Write what waits now."""
        with self._lock:
            timer = self._timer
        if timer is not None:
            timer.cancel()
            self._write()
        with self._writing:  # a write under way ends first
            return

    def _write(self) -> None:
        with self._writing:
            with self._lock:
                self._timer = None
                text = json.dumps(self._drafts, ensure_ascii=False)
            try:
                self._store.set_meta(self._key, text)
            except StorageProblem:  # the next typed letter tries again; the values are in memory
                return
