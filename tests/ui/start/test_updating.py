"""Before the window opens on an old store, a dialog tells that it is being updated."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from workbench.errors import StorageProblem
from workbench.ui.start.updating import UpdateDialog, run_update


def test_it_tells_what_is_being_done_and_closes_at_the_end(qtbot: QtBot) -> None:
    go = threading.Event()

    def work(tell: Callable[[str], None]) -> None:
        tell("Salassa pidettävät hakemistossa")
        go.wait(10)

    dialog = UpdateDialog(work)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.view.words.text() == "Salassa pidettävät hakemistossa")
    dialog.reject()
    assert not dialog.close() and dialog.isVisible()
    go.set()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert dialog.error is None and dialog.close()


def test_what_stops_it_reaches_the_caller(qtbot: QtBot) -> None:
    def work(_tell: Callable[[str], None]) -> None:
        raise StorageProblem("Levy on täynnä.")

    with pytest.raises(StorageProblem, match="täynnä"):
        run_update(work)
