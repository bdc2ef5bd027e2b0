"""Who edits the same thing just now ("Anna muokkaa tätä"): told to others while one edits, and asked while one looks.

A courtesy, never a hindrance: nothing waits for it, and without a network nothing is said. A page takes part by having
``looked_at() -> (kind, id) or None``, ``is_editing() -> bool`` and ``show_editor(kind, id, name)``.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer

from workbench.errors import WorkbenchError
from workbench.ui.delivery import Delivery

LOOK_MS, ASK_EVERY, RENEW_EVERY = 2_000, 8, 20
"""The page in view is looked at every two seconds; others are asked of every eighth time, one's own editing is told
again every twentieth: a lease lasts two minutes."""

Thing = tuple[str, str]


class Says(Protocol):
    """What is asked of the link (see :class:`workbench.sync.link.Link`); each call may wait and may fail."""

    def editor(self, kind: str, row_id: str) -> str:
        """The name of whoever else edits it, or ""."""
        ...

    def edit(self, kind: str, row_id: str) -> str:
        """Say that one edits it; the name of whoever else does, or ""."""
        ...

    def stop_editing(self, kind: str, row_id: str) -> None:
        """Say that one edits it no more."""
        ...


class Presence(QObject):
    """``page`` gives the page in view; ``is_joined`` whether there is a server to ask."""

    def __init__(
        self,
        page: Callable[[], Any],
        link: Callable[[], Says],
        is_reached: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._page, self._link, self._is_reached = page, link, is_reached
        self._turn = 0
        self._seen: Thing | None = None
        self._edits: Thing | None = None
        self._delivery = Delivery(self)
        self._calls: queue.SimpleQueue[Callable[[Says], None] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """From now on."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="presence", daemon=True)
            self._thread.start()
            self._timer.start()

    def end(self) -> None:
        """With the window; what one edited is let go."""
        self._timer.stop()
        self._let_go()
        self._calls.put(None)

    def look(self) -> None:
        """Look at the page in view, and ask or tell what it is time for."""
        page = self._page()
        looked_at = getattr(page, "looked_at", None)
        thing: Thing | None = looked_at() if looked_at is not None else None
        editing = thing if thing is not None and page.is_editing() else None
        fresh = thing != self._seen or (editing is not None and editing != self._edits)
        self._turn = 0 if fresh else self._turn + 1
        self._seen = thing
        if self._edits is not None and editing != self._edits:
            self._let_go()
        if thing is None or not self._is_reached():
            return
        if editing is not None and (editing != self._edits or self._turn % RENEW_EVERY == 0):
            self._edits = editing
            self._ask(page, thing, lambda link: link.edit(*thing))
        elif self._turn % ASK_EVERY == 0:
            self._ask(page, thing, lambda link: link.editor(*thing))

    # -- inside ------------------------------------------------------------------------------------------

    def _let_go(self) -> None:
        held, self._edits = self._edits, None
        if held is not None:
            self._calls.put(lambda link: link.stop_editing(*held))

    def _ask(self, page: Any, thing: Thing, call: Callable[[Says], str]) -> None:
        def asked(link: Says) -> None:
            name = call(link)
            with suppress(RuntimeError):  # the window went away meanwhile
                self._delivery.post(lambda: page.show_editor(*thing, name))

        self._calls.put(asked)

    def _work(self) -> None:
        link: Says | None = None
        while (call := self._calls.get()) is not None:
            with suppress(WorkbenchError):  # a courtesy: no network, no word
                link = link or self._link()
                call(link)
