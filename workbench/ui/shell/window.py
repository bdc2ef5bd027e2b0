"""The main window: rail, band, page, status line, and what lies over them. It joins the parts and routes
their signals; each part keeps its own rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from workbench.clock import Clock
from workbench.i18n import _
from workbench.ui.actions import ActionRegistry, tooltip
from workbench.ui.dialogs import Dialogs, QtDialogs
from workbench.ui.faults import Fault
from workbench.ui.jobs import Jobs
from workbench.ui.models.settings import Remembered
from workbench.ui.shell.banner import Banner
from workbench.ui.shell.bugreport import BugReportDialog
from workbench.ui.shell.pages import Location, PageHost, PageSpec
from workbench.ui.shell.palette import Palette, ResultProvider
from workbench.ui.shell.rail import Rail
from workbench.ui.shell.services import Ui
from workbench.ui.shell.shortcuts import ShortcutSheet
from workbench.ui.shell.statusline import StatusLine
from workbench.ui.shell.toasts import Deed, Toasts
from workbench.ui.shell.topband import Acting, TopBand
from workbench.ui.shell.undo import UndoHistory
from workbench.ui.shell.undokeys import UndoKeys
from workbench.ui.shell.windowactions import page_actions, part_actions, window_actions
from workbench.ui.tasks import Tasks
from workbench.ui.theme.dress import dress
from workbench.ui.theme.tokens import MIN_HEIGHT, MIN_WIDTH


class MainWindow(QMainWindow):
    """Everything a person sees. Pages are made when first opened."""

    def __init__(
        self,
        *,
        tasks: Tasks,
        jobs: Jobs,
        actions: ActionRegistry,
        settings: Remembered,
        clock: Clock,
        pages: Sequence[PageSpec],
        roles: frozenset[str] = frozenset(),
        undo_of: Callable[[str], Any] | None = None,
        dialogs: Dialogs | None = None,
        demo: bool = False,
    ) -> None:
        super().__init__()
        self.setWindowTitle(_("Seutupöytä"))
        self._settings, self.jobs, self._tasks, self.actions_ = settings, jobs, tasks, actions
        mine = [spec for spec in pages if spec.is_for(roles)]
        self.rail = Rail([spec for spec in mine if spec.in_rail])
        self.top = TopBand()
        self.banner = Banner()
        self.host = PageHost(mine)
        self.status = StatusLine(jobs)
        self.undo = UndoHistory(tasks, undo_of, self)
        self._undo_keys = UndoKeys(self)
        self._lay_out()
        self.toasts = Toasts(self, lambda: int(settings.get("toast_s")), self._toast_inset)
        self.palette_ = Palette(self, actions)
        self.sheet = ShortcutSheet(self, actions)
        self.ui = Ui(tasks, jobs, actions, settings, dialogs or QtDialogs(self), clock, self, self)
        self.host.ui = self.ui
        self.top.demo.setVisible(demo)
        self.set_sync(_("ajan tasalla"))
        actions.add(
            *page_actions(mine, self.open_page), *window_actions(self), *part_actions(mine, self.host)
        )
        actions.attach(self)
        for spec in mine:
            self.rail.set_tip(spec.id, tooltip(actions.get(f"page.{spec.id}")))
        self._corrections: Callable[[str, Any], None] | None = None
        self._connect()
        self._fit_screen()
        last = settings.get("last_page")
        if mine:
            self.host.open(last if last in {spec.id for spec in mine} else mine[0].id)
        dress(self)  # last: what is put together before it is styled once

    # What the composition root sets

    def set_acting(self, choices: Sequence[Acting], current: Acting) -> None:
        """For whom one can act and does; ``top.acting_chosen`` tells of a new choice."""
        self.top.set_acting(choices, current)
        self.setWindowTitle(_("{name} – Seutupöytä").format(name=current.name))

    def set_sync(self, text: str, state: str = "ok", mark: str = "") -> None:
        """State of the store in words."""
        self._sync_told = (text, state, mark)
        self.top.set_sync(text, state, mark)

    def add_results(self, provider: ResultProvider) -> None:
        """Something more the palette finds."""
        self.palette_.add_provider(provider)

    def on_correct(self, handler: Callable[[str, Any], None]) -> None:
        """What *Korjaa…* does: ``handler(action id, changes)``."""
        self._corrections = handler

    # Notifier

    def say(self, text: str, *, state: str = "ok") -> None:
        """A sentence that passes by."""
        self.toasts.show(text, (), state)

    def offer(self, text: str, deed: str, run: Callable[[], None], *, state: str = "ok") -> None:
        """A sentence with one button."""
        self.toasts.show(text, ((deed, run),), state)

    def tell(self, changes: Any, *, kind: str = "", id: str = "") -> None:
        """What a command did, with Kumoa or Korjaa…, and Näytä."""
        deeds: list[Deed] = []
        if changes.undoable:
            deeds.append((_("Kumoa"), lambda: self.undo.undo_one(changes)))
        elif changes.corrections:
            deeds.append((_("Korjaa…"), lambda: self._correct(changes)))
        if kind and id:
            deeds.append((_("Näytä"), lambda: self._show(kind, id)))
        self.toasts.show(changes.title, deeds)

    # Navigator

    def open_page(self, page: str, target: Any = None) -> None:
        """Go to a page, and there to a target."""
        self.host.open(page, target)

    def open_object(self, kind: str, id: str) -> bool:
        """Go to the page that shows this kind."""
        return self.host.open_object(kind, id)

    def back(self) -> None:
        """Where one was before."""
        self.host.back()

    def next_part(self) -> None:
        """F6: between the rail and the page."""
        focused = self.focusWidget()
        if focused is not None and self.rail.isAncestorOf(focused):
            self.host.focus_page()
        else:
            self.rail.focus_current()

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Escape comes here only when no field, list or panel had a use for it.
        if event.key() == Qt.Key.Key_Escape:
            self.host.step_back()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        here = self.host.here()
        if here is not None:
            self._settings.set("last_page", here.page)
        box = self.normalGeometry()
        self._settings.set(
            "window",
            {"x": box.x(), "y": box.y(), "w": box.width(), "h": box.height(), "max": self.isMaximized()},
        )
        self.hide()
        self.jobs.shutdown()
        self._tasks.shutdown()
        super().closeEvent(event)

    # Inside

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.top)
        right.addWidget(self.banner)
        right.addWidget(self.host, 1)
        right.addWidget(self.status)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        self.setCentralWidget(middle)

    def _connect(self) -> None:
        self.rail.picked.connect(self.host.open)
        self.host.moved.connect(self._on_moved)
        self.top.command_wanted.connect(self.palette_.open)
        self.status.undo_wanted.connect(lambda: self.actions_.trigger("edit.undo"))
        self.undo.changed.connect(lambda: self.status.set_undo(self.undo.title()))
        self.undo.undone.connect(lambda changes: self.say(changes.title, state="ok"))
        self.actions_.refused.connect(lambda why: self.say(why, state="warning"))
        self._tasks.refused.connect(lambda why: self.say(why, state="stop"))
        self.jobs.refused.connect(lambda why: self.say(why, state="stop"))
        self._tasks.trouble.connect(self._on_trouble)
        self._tasks.broke.connect(self.show_fault)
        self.jobs.broke.connect(self.show_fault)

    def _on_trouble(self, text: str) -> None:
        self.banner.set_trouble(text)
        if text:
            self.top.set_sync(_("muutokset odottavat"), "warning")
        else:
            self.top.set_sync(*self._sync_told)

    def _on_moved(self, there: Location) -> None:
        self.rail.set_current(there.page)
        self.actions_.set_scope(there.page)
        self.actions_.refresh()

    def show_fault(self, fault: Fault) -> None:
        """Say that something went wrong and offer the report; ``faults.catch`` may be given this."""
        self.toasts.show(
            _("Toiminto jäi kesken ohjelman virheen takia. Mitään tallennettua ei kadonnut."),
            ((_("Näytä raportti"), lambda: self.show_report(fault)),),
            "stop",
        )

    def show_report(self, fault: Fault) -> None:
        """The report of a bug, to copy."""
        BugReportDialog(fault, self).open()

    def _show(self, kind: str, id_: str) -> None:
        self.open_object(kind, id_)

    def _correct(self, changes: Any) -> None:
        correct = self._corrections
        if correct is None:
            return
        known = {spec.id for spec in self.actions_.all()}
        ids = [id_ for id_ in changes.corrections if id_ in known]
        if len(ids) == 1 or not ids:
            correct((ids or list(changes.corrections))[0], changes)
            return
        menu = self.actions_.menu([], self)
        for id_ in ids:
            choice = menu.addAction(self.actions_.get(id_).text)
            choice.triggered.connect(lambda _c=False, id_=id_: correct(id_, changes))
        menu.popup(self.cursor().pos())

    def _toast_inset(self) -> int:
        """A page whose buttons are at the lower right says how much room to leave them."""
        inset = getattr(self.host.currentWidget(), "toast_inset", None)
        return int(inset()) if inset is not None else 0

    def _fit_screen(self) -> None:
        """The smallest size, less on a screen that is smaller than it (200 % on a small display)."""
        room = QGuiApplication.primaryScreen().availableGeometry()
        self.setMinimumSize(min(MIN_WIDTH, room.width()), min(MIN_HEIGHT, room.height()))
        box = self._settings.get("window")
        if {"x", "y", "w", "h"} <= box.keys() and room.contains(int(box["x"]), int(box["y"])):
            self.setGeometry(int(box["x"]), int(box["y"]), int(box["w"]), int(box["h"]))
            if box.get("max"):
                self.setWindowState(Qt.WindowState.WindowMaximized)
        else:
            self.resize(min(1280, room.width()), min(800, room.height()))
