"""A window in a cycle goes on the window's thread, though another thread makes the garbage."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from workbench.ui.collector import Collector


class _InACycle(QDialog):
    def __init__(self, gone: list[str]) -> None:
        super().__init__()
        self.itself = self
        weakref.finalize(self, lambda: gone.append(threading.current_thread().name))


def test_what_is_left_in_a_cycle_goes_on_the_windows_thread(qtbot: QtBot) -> None:
    gone: list[str] = []
    parent = QDialog()
    qtbot.addWidget(parent)
    Collector(parent)
    gc.collect()
    _InACycle(gone)

    def litter() -> None:
        for _round in range(20_000):
            loop: list[object] = []
            loop.append(loop)

    thread = threading.Thread(target=litter, name="another")
    thread.start()
    thread.join()
    assert gone == []  # the other thread has filled every measure and collected nothing
    qtbot.waitUntil(lambda: gone == [threading.main_thread().name])
