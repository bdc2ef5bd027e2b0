"""Garbage is collected on the window's thread alone.

Qt's objects must go in the thread they belong to. Python's collector runs in whichever thread happens to make the
object that fills its measure; a dialog in a cycle, taken by a reader's thread, brings the program down.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1_000


class Collector(QObject):
    """Takes the collector's work over, on the thread that makes it; Python's own stays at rest from then on, even
    when this goes with its parent, because other windows may follow."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self)
        timer.timeout.connect(collect_due)
        timer.start(_EVERY_MS)


def collect_due() -> None:
    """Collect the oldest generation that has filled its measure, as Python would have done by itself."""
    counts, limits = gc.get_count(), gc.get_threshold()
    due = [n for n in (2, 1, 0) if limits[n] and counts[n] > limits[n]]
    if due:
        gc.collect(due[0])
