"""Looks at the watched folder from a thread of its own, while the setting names one."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from workbench.cases.intake.watching import FolderWatch, Outcome
from workbench.desk import Desk
from workbench.errors import StorageProblem
from workbench.i18n import _
from workbench.ui.delivery import Delivery
from workbench.ui.faults import fault
from workbench.ui.intake.summary import summary
from workbench.ui.shell import Ui

EVERY_S = 3.0


class FolderWatcher(QObject):
    """``start()`` once; follows the setting ``watch_folder``."""

    def __init__(
        self, ui: Ui, desk: Desk, *, every_s: float = EVERY_S, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._ui, self._desk, self._every_s = ui, desk, every_s
        self._delivery = Delivery(self)
        self._ends = threading.Event()
        self._thread: threading.Thread | None = None
        self._trouble = ""

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
                watch = None
                continue
            if watch is None or watch.folder != Path(named):
                watch = FolderWatch(Path(named), self._desk.take_in)
            try:
                outcomes = watch.look()
            except StorageProblem as problem:
                self._post(partial(self._tell_trouble, str(problem)))
            except Exception as error:  # watching must outlive one bad file
                self._post(partial(self._ui.tasks.broke.emit, fault("watch", error)))
                return
            else:
                self._post(partial(self._tell, outcomes))

    def _post(self, call: Any) -> None:
        try:
            self._delivery.post(call)
        except RuntimeError:  # the window went away
            self._ends.set()

    def _tell_trouble(self, why: str) -> None:
        if why != self._trouble:  # said once, not every three seconds
            self._trouble = why
            self._ui.notify.say(why, state="warning")

    def _tell(self, outcomes: list[Outcome]) -> None:
        if self._trouble:
            self._trouble = ""
            self._ui.notify.say(_("Valvottuun kansioon pääsee taas."))
        if outcomes:
            words, state = summary(outcomes)
            self._ui.notify.say(words, state=state)
