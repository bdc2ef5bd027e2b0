"""A real window on a real store in a temporary home."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.clock import StandingClock
from tests.fakes.dialogs import FakeDialogs
from workbench.context import Session
from workbench.store.store import Store
from workbench.ui.settings.fields import Section
from workbench.ui.settings.page import SettingsPage
from workbench.ui.shell import MainWindow


@dataclass
class World:
    """What a test of the settings needs."""

    window: MainWindow
    store: Store
    dialogs: FakeDialogs
    clock: StandingClock
    qtbot: QtBot

    @property
    def session(self) -> Session:
        return Session(self.store.meta("user"), "924")

    @property
    def page(self) -> SettingsPage:
        page = self.window.host.page("settings")
        assert isinstance(page, SettingsPage)
        return page

    def open(self, section: str) -> Section:
        """Go to a section and wait until everything asked has come."""
        self.window.open_page("settings", section)
        self.settle()
        return self.page.section(section)

    def settle(self) -> None:
        """Let commands, queries and jobs end."""
        for _round in range(3):
            self.qtbot.waitUntil(self._is_quiet, timeout=20_000)
            self.qtbot.wait(60)

    def _is_quiet(self) -> bool:
        tasks = self.window.ui.tasks
        return not self.window.jobs.unfinished() and tasks._waiting == 0 and tasks._reads.empty()

    def use(self, dialogs: FakeDialogs) -> None:
        self.dialogs = dialogs
        self.window.ui = replace(self.window.ui, dialogs=dialogs)
        self.window.host.ui = self.window.ui


def focus() -> object:
    return QApplication.focusWidget()
