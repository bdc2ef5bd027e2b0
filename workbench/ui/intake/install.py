"""What Saapuneet needs of the whole window: files dropped anywhere, Ctrl+O, the rail's count, the watched
folder, and working copies brought in at start. Called once by the composition root.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from workbench.cases.intake.queries import count_arrivals
from workbench.desk import Desk
from workbench.i18n import _
from workbench.ui.actions import ActionSpec
from workbench.ui.intake.bringing import Bringing, Brought
from workbench.ui.intake.dropping import Dropping
from workbench.ui.intake.pageactions import PAGE
from workbench.ui.intake.watcher import FolderWatcher
from workbench.ui.papers.working_copy import Programs
from workbench.ui.shell import Ui

SetCount = Callable[[str, int], None]


class Intake(QObject):
    """Made before the window, so that the window's first page finds its action; joined to it after."""

    def __init__(self, desk: Desk, programs: Programs) -> None:
        super().__init__()
        self._desk, self._programs = desk, programs
        self._window: Any = None
        self._ui: Ui | None = None

    def join(self, window: Any) -> None:
        """Belong to the window; :meth:`begin` may wait until its first page is in sight."""
        self._window = window
        self.setParent(window)
        self.watcher = FolderWatcher(window.ui, self._desk, parent=self)

    def begin(self) -> None:
        """Begin to serve the window, if not begun."""
        if self._ui is not None:
            return
        window = self._window
        ui: Ui = window.ui
        self._ui = ui
        self._set_count: SetCount = window.rail.set_count
        self.bringing = Bringing(ui, self._desk, self)
        self.bringing.finished.connect(self._brought)
        self.dropping = Dropping(window, self.bringing.bring)
        ui.tasks.store_changed.connect(lambda _changes, _initiator: self._count())
        self._count()
        self.watcher.start()
        self._programs.of(ui).restore()
        app = QApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.close)

    def choose(self) -> None:
        """Ask for files, then take them in."""
        self.begin()
        self.bringing.choose()

    def close(self) -> None:
        """The window goes away."""
        if self._ui is not None:
            self.watcher.stop()
            self._programs.of(self._ui).close()

    def _brought(self, result: Brought) -> None:
        if result.ids and self._ui is not None:
            self._ui.go.open_page(PAGE, ("arrival", result.ids[0]))

    def _count(self) -> None:
        if self._ui is not None:
            self._ui.tasks.run_query(
                self, "count", count_arrivals, done=lambda counts: self._set_count(PAGE, counts.get("new", 0))
            )


def import_action(choose: Callable[[], None]) -> ActionSpec:
    """*Tuo tiedostoja…*, on every page."""
    return ActionSpec(
        "arrivals.import",
        _("Tuo tiedostoja…"),
        "import",
        _("Tuo saapuneita kirjeitä ja viestejä tiedostoina"),
        choose,
        "Ctrl+O",
        group=_("Saapuneet"),
        words=(_("avaa"), _("liitä")),
    )
