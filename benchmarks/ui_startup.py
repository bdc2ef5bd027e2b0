"""From process start to first paint: the empty shell beside a bare QMainWindow, as a ratio.

``python -m benchmarks.ui_startup [rounds]``; the median of each, the two taken in turns.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time

_PAINT = """
import sys, time
def paint_and_tell(app, window):
    from PySide6.QtCore import QEvent, QObject
    class Ear(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint and watched is window.centralWidget():
                print(time.time() - float(sys.argv[1])); sys.stdout.flush()
                import os; os._exit(0)
            return False
    ear = Ear(); window.centralWidget().installEventFilter(ear); window.show(); app.exec()
"""
BARE = (
    _PAINT
    + """
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
app = QApplication([]); window = QMainWindow(); window.setCentralWidget(QWidget()); window.resize(1280, 800)
paint_and_tell(app, window)
"""
)
SHELL = (
    _PAINT
    + """
from workbench.ui.preflight import report
assert report() == ""
from contextlib import nullcontext
from PySide6.QtWidgets import QApplication, QWidget
from workbench.clock import SystemClock
from workbench.ui.actions import ActionRegistry
from workbench.ui.jobs import Jobs
from workbench.ui.models.settings import Forgetful
from workbench.ui.shell import Acting, MainWindow, PageSpec
from workbench.ui.tasks import Tasks
from workbench.ui.theme.manager import Theme
app = QApplication([]); Theme(app)
names = ("desk", "arrivals", "cases", "decisions", "meetings", "outgoing", "substitutes", "archive")
pages = [PageSpec(n, n, n, lambda ui: QWidget()) for n in names]
tasks = Tasks(lambda c: c, lambda: nullcontext(None))
window = MainWindow(tasks=tasks, jobs=Jobs(), actions=ActionRegistry(),
                    settings=Forgetful(), clock=SystemClock(), pages=pages)
window.set_acting([Acting("924", "Veteli", "kirjaamo")], Acting("924", "Veteli", "kirjaamo"))
paint_and_tell(app, window)
"""
)


def once(code: str, cache: str) -> float:
    """Seconds to the first paint of one process; compiled modules are kept in ``cache``, as on a desk."""
    environ = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    made = subprocess.run(
        [sys.executable, "-c", code, str(time.time())],
        capture_output=True,
        text=True,
        check=True,
        env=environ | {"PYTHONPYCACHEPREFIX": cache},
    )
    return float(made.stdout.split()[-1])


def measure(rounds: int) -> tuple[float, float]:
    """(bare, shell) medians in seconds."""
    with tempfile.TemporaryDirectory() as cache:
        once(BARE, cache), once(SHELL, cache)  # compile, and warm the file cache
        pairs = [(once(BARE, cache), once(SHELL, cache)) for _round in range(rounds)]
    return statistics.median(p[0] for p in pairs), statistics.median(p[1] for p in pairs)


if __name__ == "__main__":
    bare, shell = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
    print(f"bare {bare * 1000:.0f} ms, shell {shell * 1000:.0f} ms, ratio {shell / bare:.2f}")
