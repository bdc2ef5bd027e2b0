"""One case whole: head, tabs by Alt+number, what is missing at the right, and the panels of its deeds."""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from workbench.cases.whole import LockedCase, WholeCase, load_whole
from workbench.desk import Desk
from workbench.errors import UserError
from workbench.i18n import _
from workbench.ui.cases.banner import CaseBanner
from workbench.ui.cases.data_tab import DataTab
from workbench.ui.cases.documents_tab import DocumentsTab
from workbench.ui.cases.header import CaseHeader
from workbench.ui.cases.history_tab import HistoryTab
from workbench.ui.cases.locked import LockedPane
from workbench.ui.cases.missing import MissingPanel
from workbench.ui.cases.panelhost import PanelHost
from workbench.ui.cases.parties_tab import PartiesTab
from workbench.ui.cases.tasks_tab import TasksTab
from workbench.ui.cases.timeline_tab import TimelineTab
from workbench.ui.papers.working_copy import Programs
from workbench.ui.shell import Ui
from workbench.ui.theme.tokens import M
from workbench.ui.widgets.empty import EmptyState
from workbench.ui.widgets.filterfield import FilterField
from workbench.ui.widgets.skeleton import Loading, Skeleton
from workbench.ui.widgets.text import rule

_AT_REST, _WITH_PANEL = 264, 380
_TAB_OF = {"document": "documents", "party": "parties", "task": "tasks", "note": "timeline"}


class Tab(Protocol):
    """What each tab can do."""

    def show_case(self, whole: WholeCase) -> None: ...

    def show_thing(self, kind: str, id_: str, /) -> bool: ...

    def focus(self) -> None: ...


class _Parts(QTabBar):
    """The parts of a case: every one of them stays in sight."""

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class CaseView(QWidget):
    """``show(case id)``. ``loaded(whole or None)`` tells what the page's actions work on."""

    loaded = Signal(object)

    def __init__(self, ui: Ui, desk: Desk, programs: Programs) -> None:
        super().__init__()
        self._ui = ui
        self.case_id = ""
        self.whole: WholeCase | None = None
        self._pending: tuple[str, str] | None = None
        self.header, self.banner = CaseHeader(ui), CaseBanner(ui)
        self.timeline, self.documents, self.parties = (
            TimelineTab(ui),
            DocumentsTab(ui, desk, programs),
            PartiesTab(ui),
        )
        self.tasks, self.data, self.history = TasksTab(ui), DataTab(ui), HistoryTab(ui)
        self.tabs: dict[str, Any] = {
            "timeline": self.timeline,
            "documents": self.documents,
            "parties": self.parties,
            "tasks": self.tasks,
            "data": self.data,
            "history": self.history,
        }
        names = (_("Aikajana"), _("Asiakirjat"), _("Osapuolet"), _("Tehtävät"), _("Tiedot"), _("Historia"))
        self.bar = _Parts()
        self.bar.setExpanding(False)
        self.bar.setDrawBase(False)
        self.bar.setUsesScrollButtons(False)
        self.bar.setAccessibleName(_("Asian osat"))
        self.pages = QStackedWidget()
        for n, (name, tab) in enumerate(zip(names, self.tabs.values(), strict=True), 1):
            self.bar.addTab(name)
            self.bar.setTabToolTip(n - 1, _("{name} (Alt+{n})").format(name=name, n=n))
            self.pages.addWidget(tab)
        self.bar.currentChanged.connect(self._on_tab)
        self.missing = MissingPanel(ui)
        self.missing.jumped.connect(self.jump)
        self.side = PanelHost(ui, self.missing)
        self.side.shown_changed.connect(self._on_panel)
        self.timeline.opened.connect(lambda kind, id_: self.jump(kind, id_, ""))
        self.locked = LockedPane(ui)
        self.locked.unlocked.connect(self.reload)
        self._gone = EmptyState(_("Asiaa ei voi näyttää"), "", picture="case")
        self._lay_out()
        ui.tasks.store_changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        main = QWidget()
        main.setProperty("role", "surface")
        main.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.header)
        bar = QVBoxLayout()
        bar.setContentsMargins(M, 0, M, 0)
        bar.addWidget(self.bar)
        column.addLayout(bar)
        column.addWidget(rule())
        column.addWidget(self.pages, 1)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.addWidget(main)
        self.split.addWidget(self.side)
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 0)
        self.side.setMinimumWidth(232)
        self._loading = Loading(self.split, Skeleton((0.2, 0.6, 0.5, 0.9, 0.8, 0.7, 0.6)))
        self._stack = QStackedWidget()
        for part in (self._loading, self.locked, self._gone):
            self._stack.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    # -- what is shown ---------------------------------------------------------------------------------

    def show_id(self, case_id: str, *, thing: tuple[str, str] | None = None) -> None:
        """Show a case, and in it a thing."""
        if case_id != self.case_id:
            self.leave()
            self.side.leave()
            self.case_id, self.whole = case_id, None
            self.bar.setCurrentIndex(0)
            self._loading.start()
            self._stack.setCurrentIndex(0)
            self.loaded.emit(None)
        self._pending = thing
        self.reload()

    def reload(self) -> None:
        """Read the case anew."""
        if self.case_id:
            self._ui.tasks.run_query(
                self, "case", load_whole, self.case_id, done=self._show, failed=self._failed
            )

    def leave(self) -> None:
        """The page goes out of view: what was opened with a reason is hidden, what waits is saved."""
        self.data.leave()
        self.parties.leave()
        self.documents.leave()

    def go_back(self) -> bool:
        """Escape: a panel first."""
        return self.side.leave()

    def is_editing(self) -> bool:
        """Whether the keyboard is in a field that is written into."""
        at = QApplication.focusWidget()
        if not isinstance(at, (QLineEdit, QPlainTextEdit)) or isinstance(at, FilterField):
            return False
        return self.isAncestorOf(at) and not at.isReadOnly()

    def take_focus(self) -> None:
        """Put the keyboard where this view begins."""
        if self._stack.currentIndex() == 1:
            self.locked.focus()
        elif not self.side.is_open():
            self.tab().focus()

    def tab(self) -> Any:
        """The tab in view."""
        return self.pages.currentWidget()

    def show_tab(self, name: str) -> None:
        """Go to a tab, keyboard and all."""
        self.bar.setCurrentIndex(list(self.tabs).index(name))
        self.tab().focus()

    def jump(self, kind: str, id_: str, code: str) -> None:
        """Go to a thing of the case; a problem's code tells what to offer there."""
        if kind == "case_file":
            wanted = {"no_handler": "case.hand_over", "no_documents": "case.document",
                      "no_initiator": "case.party"}.get(code)  # fmt: skip
            if wanted and self._ui.actions.get(wanted).enabled() is True:
                self._ui.actions.trigger(wanted)
            else:
                self.show_tab("data")
            return
        if kind == "action" and self.tasks.show_thing(kind, id_):
            self.show_tab("tasks")
            return
        name = _TAB_OF.get(kind)
        if name is None:
            return
        self.tabs[name].show_thing(kind, id_)
        self.show_tab(name)
        wanted = {"no_retention": "document.values", "outlives_case": "document.values",
                  "no_file": "document.version", "draft": "document.edit", "no_sender": "document.edit",
                  "no_author": "document.edit", "no_channel": "document.edit",
                  "no_date": "document.edit"}.get(code)  # fmt: skip
        if wanted and wanted != "document.version" and self._ui.actions.get(wanted).enabled() is True:
            self._ui.actions.trigger(wanted)

    # -- inside ----------------------------------------------------------------------------------------

    def _show(self, found: WholeCase | LockedCase) -> None:
        self._loading.stop()
        if isinstance(found, LockedCase):
            self.whole = None
            self.locked.show_case(found)
            self._stack.setCurrentIndex(1)
            self.loaded.emit(None)
            self.locked.ask_soon()
            return
        first = self.whole is None
        self.whole = found
        self.header.show_case(found)
        self.banner.show_case(found)
        self.missing.show_case(found)
        for tab in self.tabs.values():
            tab.show_case(found)
        self._stack.setCurrentIndex(0)
        self.loaded.emit(found)
        if self._pending is not None:
            kind, id_ = self._pending
            self._pending = None
            self.jump(kind, id_, "")
        elif first and self.isVisible():
            self.take_focus()

    def _failed(self, error: Exception) -> None:
        self._loading.stop()
        self.whole = None
        self.loaded.emit(None)
        words = str(error) if isinstance(error, UserError) else _("Asian lukeminen ei onnistunut.")
        self._gone.set(_("Asiaa ei voi näyttää"), words)
        self._stack.setCurrentIndex(2)

    def _on_changed(self, _changes: object, _initiator: object) -> None:
        if self.isVisible() and self.case_id and self._stack.currentIndex() != 1:
            self.reload()

    def _on_tab(self, n: int) -> None:
        self.pages.setCurrentIndex(n)
        self._ui.actions.refresh()

    def _on_panel(self, shown: bool) -> None:
        room = self.split.width()
        side = min(_WITH_PANEL if shown else _AT_REST, room // 2)
        self.split.setSizes([room - side, side])

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._on_panel(self.side.is_open())

    def hideEvent(self, event: object) -> None:
        super().hideEvent(event)  # type: ignore[arg-type]
        self.leave()
