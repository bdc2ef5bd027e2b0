"""Whoever edits the same thing is told, as a courtesy that nothing waits for."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from workbench.sync.errors import Offline
from workbench.ui.sync.presence import ASK_EVERY, RENEW_EVERY, Presence


class Page:
    """A page with a case in view."""

    def __init__(self) -> None:
        self.thing: tuple[str, str] | None = ("case_file", "1")
        self.writes = False
        self.told: list[tuple[str, str, str]] = []

    def looked_at(self) -> tuple[str, str] | None:
        return self.thing

    def is_editing(self) -> bool:
        return self.writes

    def show_editor(self, kind: str, row_id: str, name: str) -> None:
        self.told.append((kind, row_id, name))


class Server:
    """Another person, and what has been said."""

    def __init__(self) -> None:
        self.other = ""
        self.said: list[str] = []
        self.away = False
        self.threads: set[int] = set()

    def _hear(self, word: str) -> str:
        self.threads.add(threading.get_ident())
        if self.away:
            raise Offline("ei yhteyttä")
        self.said.append(word)
        return self.other

    def editor(self, _kind: str, row_id: str) -> str:
        return self._hear(f"ask {row_id}")

    def edit(self, _kind: str, row_id: str) -> str:
        return self._hear(f"edit {row_id}")

    def stop_editing(self, _kind: str, row_id: str) -> None:
        self._hear(f"stop {row_id}")


@pytest.fixture
def seat(qapp: QGuiApplication, qtbot: QtBot) -> Iterator[tuple[Page, Server, Presence]]:
    page, server, keeper = Page(), Server(), QObject()
    presence = Presence(lambda: page, lambda: server, lambda: True, keeper)
    presence.begin()
    presence._timer.stop()  # the test says when it looks
    yield page, server, presence
    presence.end()
    assert presence._thread is not None
    presence._thread.join(5)
    assert not presence._thread.is_alive()


def test_another_who_edits_is_told(seat: tuple[Page, Server, Presence], qtbot: QtBot) -> None:
    page, server, presence = seat
    server.other = "Anna Aalto"
    presence.look()
    qtbot.waitUntil(lambda: page.told == [("case_file", "1", "Anna Aalto")])
    assert threading.get_ident() not in server.threads
    server.other = ""
    for _n in range(ASK_EVERY):
        presence.look()
    qtbot.waitUntil(lambda: page.told[-1] == ("case_file", "1", ""))
    assert server.said == ["ask 1", "ask 1"], "not at every look"


def test_ones_own_editing_is_said_renewed_and_ended(
    seat: tuple[Page, Server, Presence], qtbot: QtBot
) -> None:
    page, server, presence = seat
    page.writes = True
    for _n in range(RENEW_EVERY + 1):
        presence.look()
    qtbot.waitUntil(lambda: server.said == ["edit 1", "ask 1", "ask 1", "edit 1"])
    page.thing = ("case_file", "2")
    page.writes = False
    presence.look()
    qtbot.waitUntil(lambda: server.said[4:] == ["stop 1", "ask 2"])


def test_without_a_network_nothing_is_said_and_nothing_waits(
    seat: tuple[Page, Server, Presence], qtbot: QtBot
) -> None:
    page, server, presence = seat
    server.away = True
    presence.look()
    qtbot.waitUntil(lambda: bool(server.threads))
    server.away = False
    for _n in range(ASK_EVERY):
        presence.look()
    qtbot.waitUntil(lambda: server.said == ["ask 1"])
    assert page.told[-1:] == [("case_file", "1", "")]


def test_a_page_without_things_is_left_alone(qapp: QGuiApplication) -> None:
    keeper = QObject()
    server = Server()
    presence = Presence(object, lambda: server, lambda: True, keeper)
    presence.look()
    assert server.said == []
