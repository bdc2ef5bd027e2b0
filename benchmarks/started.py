"""One start of the program, watched from within; what ``benchmarks.start`` runs as a process of its own.

    python -c "from benchmarks.started import main; main()" STARTED_AT HOME

Prints JSON: the moments by name (seconds since STARTED_AT, seconds of processor), when every case was in the
list, the longest time the window did not answer, and seconds of the window's thread that the first opening of
each page took.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any

REST_S = 2.0
"""How long the window is watched after its first rows."""


class Watch:
    """What one start was like."""

    def __init__(self, started_at: float) -> None:
        self.started_at = started_at
        self.marks: dict[str, tuple[float, float]] = {}
        self.opened: dict[str, float] = {}
        self.whole = self.held = 0.0

    def mark(self, name: str) -> None:
        """A moment passed."""
        self.marks[name] = (time.time() - self.started_at, time.process_time())

    def follow(self, window: Any) -> None:
        """From a window that was built, not yet shown, until its first rows."""
        from PySide6.QtCore import QTimer

        sys.excepthook = _end  # a failure of the watching itself is no fault of the window's to tell
        self.window = window
        self.listing = window.host.page("cases").listing
        model = self.listing.model
        self.waiting = QTimer(window, interval=1)
        self.waiting.timeout.connect(self._painted)
        for signal in (model.dataChanged, model.modelReset):
            signal.connect(self._look)
        for signal in (model.rowsInserted, model.modelReset):
            signal.connect(self._longer)

    def _longer(self, *_args: object) -> None:
        self.whole = time.time() - self.started_at

    def _look(self, *_args: object) -> None:
        model = self.listing.model
        if "first rows" not in self.marks and model.rowCount() and model.row_data(0) is not None:
            self.waiting.start()

    def _painted(self) -> None:
        """The rows have been read: paint them, and press a key."""
        from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
        from PySide6.QtGui import QKeyEvent

        self.waiting.stop()
        table = self.listing.table
        QCoreApplication.processEvents()
        assert table.isVisible() and table.hasFocus()
        key, none = Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier
        QCoreApplication.sendEvent(table, QKeyEvent(QEvent.Type.KeyPress, key, none))
        assert table.currentIndex().row() == 1
        self.mark("first rows")
        self.last = time.perf_counter()
        self.beats = QTimer(self.window, interval=1)
        self.beats.timeout.connect(self._beat)
        self.beats.start()
        QTimer.singleShot(round(REST_S * 1000), self._rested)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.held, self.last = max(self.held, now - self.last), now

    def _rested(self) -> None:
        """Every case is in the list by now; open the other pages."""
        from PySide6.QtCore import QCoreApplication

        from workbench.cases.queries import CaseFilter, find_cases

        self.beats.stop()
        desk = self.listing._desk
        with desk.reader() as reader:
            assert self.listing.model.rowCount() == len(find_cases(reader, CaseFilter()))
        case_id = self.listing.model.row_data(0).id
        ways: dict[str, Callable[[], object]] = {
            "Työpöytä": lambda: self.window.open_page("work"),
            "Saapuneet": lambda: self.window.open_page("arrivals"),
            "Asetukset": lambda: self.window.open_page("settings"),
            "a case": lambda: self.window.open_object("case_file", case_id),
        }
        for name, way in ways.items():
            began = time.thread_time()
            way()
            QCoreApplication.processEvents()
            self.opened[name] = time.thread_time() - began
        self._tell()

    def _tell(self) -> None:
        memory = 0.0
        if sys.platform != "win32":
            import resource

            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        found = {
            "marks": self.marks, "whole": self.whole, "opened": self.opened, "held": self.held,
            "memory": memory,
        }  # fmt: skip
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()
        os._exit(0)


def _end(*error: Any) -> None:
    traceback.print_exception(*error)
    os._exit(1)


def main() -> None:
    """Start the program as its command does, and watch."""
    watch = Watch(float(sys.argv[1]))
    watch.mark("interpreter")
    home = sys.argv[2]
    os.environ["WORKBENCH_HOME"] = home
    sys.argv = ["workbench"]
    gc.disable()  # as the command does, before its modules
    from workbench import __main__ as command
    from workbench import app
    from workbench.ui.models import settings

    class Chosen(settings.Forgetful):
        """The list is the page one left."""

        def __init__(self, _path: object) -> None:
            super().__init__()
            self.set("last_page", "cases")

    settings.Settings = Chosen  # type: ignore[misc, assignment]
    watch.mark("modules before Qt")
    open_home, build_window = app.open_home, app.build_window  # type: ignore[attr-defined]

    def opened(*args: Any, **named: Any) -> Any:
        watch.mark("Qt and looks")
        store = open_home(*args, **named)
        watch.mark("store opened")
        return store

    def built(*args: Any, **named: Any) -> Any:
        window = build_window(*args, **named)
        watch.mark("window built")
        watch.follow(window)
        return window

    app.open_home, app.build_window = opened, built  # type: ignore[attr-defined]
    command.main()
