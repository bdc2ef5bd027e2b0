"""The program's own start, watched from within: run as ``python -m tests.ui.started`` with WORKBENCH_HOME set.

Writes as JSON the modules that are loaded when the first rows are in sight, those that opening every page then
imports still, and what Qt complained of.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

PATIENCE_S = 60


def main() -> None:
    """Start, look, open every page, close."""
    from workbench import __main__ as command
    from workbench import app, opening

    build_window, watched = app.build_window, []
    opening.LazyWords.ensure = lambda _self: False  # type: ignore[method-assign] # the lexicon takes 15 s

    def built(*args: Any, **named: Any) -> Any:
        window = build_window(*args, **named)
        watched.append(Watched(window))
        return window

    app.build_window = built
    sys.argv = ["workbench"]
    try:
        command.main()
    finally:
        sys.stdout.write(json.dumps(watched[0].found))


class Watched:
    """A window from its first rows to its end."""

    def __init__(self, window: Any) -> None:
        from PySide6.QtCore import QTimer, QtMsgType, qInstallMessageHandler

        self.window = window
        self.found: dict[str, list[str]] = {"loaded": [], "later": [], "complaints": []}
        self.until = time.monotonic() + PATIENCE_S
        self.listing = window.host.page("cases").listing
        self.steps: list[tuple[Callable[[], bool], Callable[[], None]]] = [
            (self.has_rows, self.look),
            (self.has_rested, self.open_pages),
            (self.has_rested, self.end),
        ]

        def complain(kind: QtMsgType, _context: Any, text: str) -> None:
            if kind != QtMsgType.QtDebugMsg and not text.startswith("This plugin does not support"):
                self.found["complaints"].append(text)

        qInstallMessageHandler(complain)
        self.timer = QTimer(window, interval=5)
        self.timer.timeout.connect(self.step)
        self.timer.start()

    def step(self) -> None:
        """Go on when the next step may be taken."""
        ready, take = self.steps[0]
        if time.monotonic() > self.until:
            self.window.close()
        elif ready():
            self.steps.pop(0)
            take()
            if not self.steps:
                self.timer.stop()

    def has_rows(self) -> bool:
        """The first rows have been read."""
        return bool(self.listing.model.rowCount()) and self.listing.model.row_data(0) is not None

    def has_rested(self) -> bool:
        """What comes afterwards has come: the indexer is the last of it."""
        names = {thread.name for thread in threading.enumerate()}
        return "indexer" in names and "imports" not in names and self.window.ui.tasks.is_resting()

    def look(self) -> None:
        """What has been loaded by now."""
        self.found["loaded"] = sorted(sys.modules)

    def open_pages(self) -> None:
        """Every page, and a case."""
        before = set(sys.modules)
        for page in ("work", "arrivals", "settings"):
            self.window.open_page(page)
        self.window.open_object("case_file", self.listing.model.row_data(0).id)
        self.found["later"] = sorted(set(sys.modules) - before)

    def end(self) -> None:
        """As a person would."""
        self.window.close()


if __name__ == "__main__":
    main()
