"""What can wait until the first page is in sight does wait, and then comes by itself, in order."""

from __future__ import annotations

import threading
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot

from workbench.ui.afterwards import Afterwards
from workbench.ui.tasks import Tasks


def test_imports_then_deeds_begin_once_the_queries_rest(tasks: Tasks, qtbot: QtBot) -> None:
    window, came, release = QObject(), [], threading.Event()
    home = threading.current_thread()

    def deed(name: str) -> Any:
        return lambda: came.append((name, threading.current_thread() is home))

    tasks.run_query(window, "rows", lambda _r: release.wait(5), done=lambda _r: came.append("rows"))
    Afterwards(tasks, [deed("page"), deed("other page")], [deed("intake"), deed("upkeep")], window)
    qtbot.wait(100)
    assert came == []
    release.set()
    qtbot.waitUntil(lambda: len(came) == 5)
    assert came == ["rows", ("page", False), ("other page", False), ("intake", True), ("upkeep", True)]
    with qtbot.waitSignal(tasks.rested):
        tasks.run_query(window, "more", lambda _r: None, done=lambda _r: None)
    qtbot.wait(100)
    assert len(came) == 5  # once only


def test_a_page_that_cannot_be_imported_is_reported_and_keeps_nothing_waiting(
    tasks: Tasks, qtbot: QtBot
) -> None:
    window, came = QObject(), []

    def broken() -> None:
        raise ImportError("no such part")

    Afterwards(tasks, [broken, lambda: came.append("other page")], [lambda: came.append("upkeep")], window)
    with qtbot.waitSignal(tasks.broke) as told:
        tasks.run_query(window, "rows", lambda _r: None, done=lambda _r: None)
    assert "ImportError" in told.args[0].report
    qtbot.waitUntil(lambda: came == ["other page", "upkeep"])


class Keys(QObject):
    """Hears an event, as a field hears a key."""

    def __init__(self, came: list[str]) -> None:
        super().__init__()
        self._came = came

    def customEvent(self, event: QEvent) -> None:
        self._came.append("key")


def test_keys_are_answered_between_two_deeds(tasks: Tasks, qtbot: QtBot) -> None:
    window, came = QObject(), []
    keys = Keys(came)

    def first() -> None:
        came.append("first")
        QCoreApplication.postEvent(keys, QEvent(QEvent.Type.User))

    Afterwards(tasks, [], [first, lambda: came.append("second")], window)
    with qtbot.waitSignal(tasks.rested):
        tasks.run_query(window, "rows", lambda _r: None, done=lambda _r: None)
    qtbot.waitUntil(lambda: len(came) == 3)
    assert came == ["first", "key", "second"]


def test_a_window_that_closed_meanwhile_is_left_alone(tasks: Tasks, qtbot: QtBot) -> None:
    window, came, begun, held = QObject(), [], threading.Event(), threading.Event()
    threads: list[threading.Thread] = []

    def page() -> None:
        threads.append(threading.current_thread())
        begun.set()
        held.wait(5)

    Afterwards(tasks, [page], [lambda: came.append("upkeep")], window)
    with qtbot.waitSignal(tasks.rested):
        tasks.run_query(window, "rows", lambda _r: None, done=lambda _r: None)
    qtbot.waitUntil(begun.is_set)
    tasks.shutdown(5)
    held.set()
    threads[0].join(5)
    QCoreApplication.processEvents()
    assert came == []
