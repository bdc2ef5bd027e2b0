"""Looks at the watched folder from a thread of its own, while the setting names one."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from workbench.cases.intake.watching import FolderWatch, Outcome
from workbench.desk import Desk
from workbench.errors import NotAllowed, StorageProblem
from workbench.i18n import _
from workbench.store.changes import Changes
from workbench.ui.delivery import Delivery
from workbench.ui.faults import fault
from workbench.ui.intake.summary import summary
from workbench.ui.shell import Ui

EVERY_S = 3.0


@dataclass(frozen=True)
class WatchState:
    """How the watching goes: the folder, when it was last looked at, what hinders, what came of it."""

    folder: str = ""
    looked_at: datetime | None = None
    trouble: str = ""
    taken: int = 0
    refused: tuple[str, str] = ("", "")
    """Name and reason of the file that was last refused."""


class FolderWatcher(QObject):
    """``start()`` once; follows the setting ``watch_folder``. ``changed()`` when ``state`` is another."""

    changed = Signal()

    def __init__(
        self, ui: Ui, desk: Desk, *, every_s: float = EVERY_S, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._ui, self._desk, self._every_s = ui, desk, every_s
        self._delivery = Delivery(self)
        self._ends = threading.Event()
        self.destroyed.connect(self._ends.set)
        self._thread: threading.Thread | None = None
        self.state = WatchState()

    def start(self) -> None:
        """Begin to look."""
        self._thread = threading.Thread(target=self._run, name="watched-folder", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look no more; waits for a file in hand."""
        self._ends.set()
        if self._thread is not None:
            self._thread.join(10)

    def _run(self) -> None:
        watch: FolderWatch | None = None
        while not self._ends.wait(self._every_s):
            named = str(self._ui.settings.get("watch_folder"))
            if not named:
                if watch is not None:
                    watch = None
                    self._post(self._ended)
                continue
            if watch is None or watch.folder != Path(named):
                watch = FolderWatch(Path(named), self._take)
            try:
                outcomes = watch.look()
            except StorageProblem as problem:
                self._post(partial(self._tell_trouble, named, str(problem)))
            except Exception as error:  # watching must outlive one bad file
                self._post(partial(self._ui.tasks.broke.emit, fault("watch", error)))
                return
            else:
                self._post(partial(self._tell, named, outcomes))

    def _take(self, path: Path) -> Changes:
        try:
            return self._desk.take_in(path)
        except NotAllowed as error:  # a file is not refused because of who sits here: it stays and waits
            raise StorageProblem(str(error)) from error

    def _post(self, call: Any) -> None:
        try:
            self._delivery.post(call)
        except RuntimeError:  # the window went away
            self._ends.set()

    def _ended(self) -> None:
        self._set(WatchState())

    def _tell_trouble(self, folder: str, why: str) -> None:
        before = self._of(folder)
        self._set(replace(before, trouble=why, looked_at=self._ui.clock.now()))
        if why != before.trouble:  # said once, not every three seconds
            self._ui.notify.say(why, state="warning")

    def _tell(self, folder: str, outcomes: list[Outcome]) -> None:
        before = self._of(folder)
        refused = [(o.name, o.why) for o in outcomes if o.why]
        self._set(
            replace(
                before,
                trouble="",
                looked_at=self._ui.clock.now(),
                taken=before.taken + len(outcomes) - len(refused),
                refused=(refused or [before.refused])[-1],
            )
        )
        if before.trouble:
            self._ui.notify.say(_("Valvottuun kansioon pääsee taas."))
        if outcomes:
            words, state = summary(outcomes)
            self._ui.notify.say(words, state=state)

    def _of(self, folder: str) -> WatchState:
        return self.state if self.state.folder == folder else WatchState(folder)

    def _set(self, state: WatchState) -> None:
        self.state = state
        self.changed.emit()


def watcher_of(window: QWidget) -> FolderWatcher | None:
    """The watcher of a window; None in a window that has no intake."""
    return window.findChild(FolderWatcher)
