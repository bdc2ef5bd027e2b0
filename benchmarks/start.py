"""From process start to a list one can use: the real window on a real home, beside a bare Qt window.

    python -m benchmarks.start HOME [--rounds 5]

Both are whole processes, taken in turns; the window's own time is what is left when the bare one's is taken
away. Also tells the window's resident memory with the list open.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.ui_startup import BARE

WINDOW = """
import sys, time
from pathlib import Path
from workbench.ui import preflight
assert preflight.report() == ""
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from workbench.app import build_window
from workbench.opening import open_home
from workbench.ui.models.settings import Forgetful
from workbench.ui.widgets.datatable import DataTable
app = QApplication([])
store = open_home(Path(sys.argv[2]))
settings = Forgetful()
settings.set("last_page", "cases")
window = build_window(app, store, settings)
window.show()
def look():
    for table in window.findChildren(DataTable):
        model = table.model()
        if table.isVisible() and model.rowCount() and model.row_data(0) is not None:
            import os
            try:
                import resource
                memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            except ImportError:
                memory = 0
            app.processEvents()
            print(time.time() - float(sys.argv[1]), memory); sys.stdout.flush(); os._exit(0)
timer = QTimer(); timer.timeout.connect(look); timer.start(5)
app.exec()
"""


def run(code: str, cache: str, *arguments: str) -> list[float]:
    """Run one process with compiled modules kept in ``cache``, as on a desk; the numbers it printed."""
    environ = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-c", code, str(time.time()), *arguments],
        capture_output=True, text=True, check=True, timeout=120,
        env=environ | {"PYTHONPYCACHEPREFIX": cache, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    return [float(word) for word in done.stdout.split()]


def main() -> None:
    """Measure and print medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    bare, ours, memory = [], [], []
    with tempfile.TemporaryDirectory() as cache:
        run(BARE, cache), run(WINDOW, cache, str(given.home))  # compile, and warm the file cache
        for _round in range(given.rounds):
            bare.append(run(BARE, cache)[0])
            seconds, megabytes = run(WINDOW, cache, str(given.home))
            ours.append(seconds)
            memory.append(megabytes)
    b, w = statistics.median(bare), statistics.median(ours)
    print(f"bare Qt window {b:.2f} s, usable list {w:.2f} s, own time {w - b:.2f} s, ratio {w / b:.1f}")
    print(f"memory with the list open {statistics.median(memory):.0f} MB")


if __name__ == "__main__":
    main()
