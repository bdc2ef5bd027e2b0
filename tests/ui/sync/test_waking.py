"""The network's return, the machine's waking and the person's coming back begin a cycle."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtNetwork import QNetworkInformation
from pytestqt.qtbot import QtBot

from workbench.ui.sync.waking import Waking


@pytest.fixture
def woken(qapp: QGuiApplication) -> tuple[Waking, list[str]]:
    calls: list[str] = []
    keeper = QObject(qapp)
    return Waking(lambda: calls.append("wake"), keeper), calls


def test_coming_back_to_the_window(woken: tuple[Waking, list[str]], qapp: QGuiApplication) -> None:
    _waking, calls = woken
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert calls == []
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert calls == ["wake"]


def test_the_network_is_back(woken: tuple[Waking, list[str]]) -> None:
    waking, calls = woken
    waking._on_network(QNetworkInformation.Reachability.Disconnected)
    assert calls == []
    waking._on_network(QNetworkInformation.Reachability.Online)
    assert calls == ["wake"]


def test_the_machine_slept(
    woken: tuple[Waking, list[str]], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    waking, calls = woken
    waking._tick()
    assert calls == []
    later = time.time() + 3600
    monkeypatch.setattr(time, "time", lambda: later)
    waking._tick()
    assert calls == ["wake"]
    waking._tick()
    assert calls == ["wake"], "once a sleep"


def test_a_system_that_tells_nothing_of_its_network_is_no_trouble(woken: tuple[Waking, list[str]]) -> None:
    woken[0].listen()
