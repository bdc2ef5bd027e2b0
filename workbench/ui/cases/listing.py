"""Asiat: the list of cases with facets at the left and the case in hand at the right."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from workbench.cases.naming import shown_number
from workbench.cases.queries import CaseRow
from workbench.clock import today
from workbench.desk import Desk
from workbench.i18n import _, ngettext
from workbench.ui.actions import Enabled
from workbench.ui.cases import facetting
from workbench.ui.cases.columns import Names, case_columns, load_rows
from workbench.ui.cases.listdeeds import ListDeeds
from workbench.ui.cases.listquery import Asked, Listed, find_fresh, load_names, narrowed, read_listed
from workbench.ui.cases.panelhost import PanelHost
from workbench.ui.cases.preview import CasePreview
from workbench.ui.cases.words import case_link
from workbench.ui.models.lazy_table import LazyTableModel
from workbench.ui.shell import Ui
from workbench.ui.theme.icons import icon
from workbench.ui.widgets.datatable import DataTable
from workbench.ui.widgets.empty import EmptyState
from workbench.ui.widgets.facets import FacetList
from workbench.ui.widgets.listdetail import ListDetail
from workbench.ui.widgets.listpane import ListPane
from workbench.ui.widgets.skeleton import Loading, Skeleton

if TYPE_CHECKING:
    from workbench.ui.cases.page import CasesPage

_FACETS = 196
_REST_MS = 120
_CONTEXT = (
    "list.open", "case.copy", "", "case.hand_over", "case.phase", "case.task", "case.favourite", "case.watch",
    "", "case.close",
)  # fmt: skip


class CaseList(QWidget):
    """``opened(case id)``."""

    opened = Signal(str)

    def __init__(self, ui: Ui, desk: Desk, page: CasesPage) -> None:
        super().__init__()
        self._ui, self._desk = ui, desk
        self.names = Names()
        self.me = ""
        self.ticks: dict[str, set[str]] = {k: set(v) for k, v in facetting.FIRST.items()}
        self.text, self.sort, self.descending = "", "registered_at", True
        self._municipality: str | None = None
        self._stale = self._nameless = True
        self._counted: dict[str, Any] = {}
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_REST_MS)
        self._later.timeout.connect(self._ask_rest)
        columns = case_columns(self.names, lambda: today(ui.clock))
        self.model = LazyTableModel(columns, load_rows, ui.tasks, self)
        self.table = DataTable(self.model, "cases", ui.settings)
        self.table.setAccessibleName(_("Asiat"))
        self.table.set_copy_text(lambda r: f"{shown_number(r.number)} {r.title}", self._link)
        self.table.set_context_actions(ui.actions, _CONTEXT)
        self.facets = FacetList()
        self.facets.setFixedWidth(_FACETS)
        self.facets.set_ticks(self.ticks)
        self.preview = CasePreview(ui)
        self.side = PanelHost(ui, self.preview)
        self.deeds = ListDeeds(ui, desk, page, self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._clear = self._ui.actions.button("list.clear")
        self.empty = EmptyState("", "", self._clear, picture="cases")
        self.pane = ListPane(self.table, self.model, self.empty)
        self.pane.filter.setPlaceholderText(_("Suodata otsikolla, tunnuksella tai sanoilla"))
        self.pane.filter.setMinimumWidth(140)
        self.chosen = QPushButton()
        self.chosen.setProperty("chip", True)
        self.chosen.setIcon(icon("down"))
        self.chosen.clicked.connect(lambda: self._ui.actions.trigger("list.batch"))
        self.chosen.hide()
        self.views = self._ui.actions.tool_button("list.views")
        self.export = self._ui.actions.tool_button("list.export_xlsx")
        self.pane.bar.insertWidget(1, self.chosen)
        self.pane.bar.addWidget(self.views)
        self.pane.bar.addWidget(self.export)
        self._loading = Loading(self.pane, Skeleton((0.5, 0.9, 0.8, 0.9, 0.7, 0.85, 0.8)))
        left = QWidget()
        row = QHBoxLayout(left)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.facets)
        row.addWidget(self._loading, 1)
        self.split = ListDetail("cases", left, self.side, self._ui.settings, share=0.73)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.split)

    def _connect(self) -> None:
        self.model.sort_wanted.connect(self._on_sort)
        self.model.ids_changed.connect(self._on_ids)
        self.pane.filtered.connect(self._on_filter)
        self.facets.chosen.connect(self._on_ticks)
        self.table.opened.connect(self._open)
        self.table.peeked.connect(lambda _k: self._peek())
        self.table.current_changed.connect(self.preview.show_number)
        self.table.selectionModel().selectionChanged.connect(lambda *_a: self._on_selected())
        self.split.turned.connect(lambda _side: self._look_side())
        self.side.shown_changed.connect(lambda _open: self._look_side())
        self._ui.tasks.store_changed.connect(self._on_changed)

    # -- what the page asks -----------------------------------------------------------------------------

    def shown(self) -> None:
        """The list comes into view: look again, or begin."""
        if self._municipality != self._desk.session.municipality:
            self._begin()
        elif self._stale:
            self.renew()

    def can(self, id_: str) -> Enabled:
        """Whether an action can be used in the list."""
        return self.deeds.can(id_)

    def do(self, id_: str) -> None:
        """Do an action of the list, or of the chosen rows."""
        self.deeds.do(id_)

    def go_back(self) -> bool:
        """Escape: a panel, then the filter."""
        if self.side.leave():
            self.table.setFocus()
            return True
        if self.pane.filter.text():
            self.pane.filter.clear()
            return True
        return False

    def take_focus(self) -> None:
        """Put the keyboard on the list."""
        (self.table if self.model.rowCount() else self.pane.filter).setFocus(Qt.FocusReason.OtherFocusReason)

    def rows(self) -> list[CaseRow]:
        """The chosen rows that have been read."""
        found = (self.model.row_data(self.model.row_of(k)) for k in self.table.selected_ids())
        return [row for row in found if row is not None]

    def show_view(self, ticks: dict[str, set[str]], text: str, sort: str, descending: bool) -> None:
        """Limit and order the list as a saved view says."""
        self.ticks, self.text, self.sort, self.descending = ticks, text, sort, descending
        self.facets.set_ticks(ticks)
        self.pane.filter.blockSignals(True)
        self.pane.filter.setText(text)
        self.pane.filter.blockSignals(False)
        self._show_order()
        self.ask()

    def renew(self) -> None:
        """Read anew what is shown; a fresh order waits for the person."""
        self._stale = not self.model.is_whole()
        if self._stale:
            return  # once the whole list has been read
        self.model.mark_stale()
        self._ui.tasks.run_query(
            self,
            "fresh",
            find_fresh,
            Asked(self._wanted(), words=bool(self.text)),
            self._ids(),
            done=self._fresh,
        )
        self._ask_facets()
        self.preview.renew()

    def ask(self) -> None:
        """Read the ids of the present filter and order. Words and counts wait until the rows are in sight."""
        for key in ("fresh", "words", "facets"):
            self._ui.tasks.cancel(self, key)
        self._later.stop()
        self._loading.start()
        self._ui.tasks.run_query(
            self, "ids", read_listed, self._wanted(), done=self._found, failed=self._lost
        )

    # -- inside --------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._municipality, self._stale, self._nameless = self._desk.session.municipality, False, True
        self.ask()

    def _named(self, found: Any) -> None:
        people, offices, classes, self.me = found
        self.names.take(people, offices, classes)
        self._show_facets()
        self.table.viewport().update()

    def _wanted(self) -> Any:
        return facetting.filter_of(self.ticks, self.text, self.sort, self.descending)

    def _ids(self) -> array[int]:
        return array("q", self.model.ids())

    def _found(self, listed: Listed) -> None:
        held = self.table.current_id()
        if not listed.whole and held is not None and held not in listed.ids:
            return  # the row in hand may be further down, and keeps its place on the screen
        self._loading.stop()
        self._tell_empty()
        first = not self.model.rowCount() and not self.text
        if not listed.whole:
            self.model.set_beginning(listed.ids, listed.rows)
        elif self.model.is_whole():
            self.model.set_ids(listed.ids, listed.rows)
        else:
            self.model.complete(listed.ids)
        if first and len(listed.ids) and self.window().focusWidget() is self.pane.filter:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._nameless:
            self._nameless = False
            self._ui.tasks.run_query(self, "names", load_names, done=self._named)
        if listed.whole:
            self._later.start()
            if self._stale:
                self.renew()

    def _ask_rest(self) -> None:
        """What the list can be read without: counts, and cases that have the words inside."""
        if self.text:
            asked = Asked(self._wanted(), words=True)
            self._ui.tasks.run_query(self, "words", find_fresh, asked, self._ids(), done=self._widened)
        self._ask_facets()

    def _lost(self, _error: Exception) -> None:
        self._loading.stop()

    def _widened(self, found: tuple[array[int], int, bool]) -> None:
        ids, new, differs = found
        if not differs:
            return
        if self.table.hasFocus():  # a row is in hand: nothing moves
            self.model.propose_ids(ids, new)
        else:
            self.model.set_ids(ids)

    def _fresh(self, found: tuple[array[int], int, bool]) -> None:
        ids, new, differs = found
        if differs:
            self.model.propose_ids(ids, new)

    def _ask_facets(self) -> None:
        self._ui.tasks.run_query(
            self, "facets", lambda reader, w: facetting.count_facets(reader, narrowed(reader, w)), self._wanted(),
            done=self._count,
        )  # fmt: skip

    def _count(self, counted: dict[str, Any]) -> None:
        self._counted = counted
        self._show_facets()

    def _show_facets(self) -> None:
        self.facets.set_facets(facetting.facets_of(self._counted, self.ticks, self.names, self.me))

    def _tell_empty(self) -> None:
        narrowed_by = {k: v for k, v in self.ticks.items() if v} != facetting.FIRST
        self._clear.setVisible(narrowed_by)
        if narrowed_by:
            self.empty.set(_("Rajaukseen ei sovi yksikään asia"), _("Poista rajauksia, niin asiat näkyvät."))
        else:
            self.empty.set(
                _("Ei avoimia asioita"),
                _("Asia tulee tähän, kun saapunut asiakirja rekisteröidään Saapuneissa."),
            )

    def _on_sort(self, key: str, descending: bool) -> None:
        self.sort, self.descending = key, descending
        self.ask()

    def _show_order(self) -> None:
        header = self.table.horizontalHeader()
        at = next((n for n, c in enumerate(self.model.columns) if c.sort == self.sort), -1)
        header.setSortIndicatorShown(at >= 0)
        if at >= 0:
            down = Qt.SortOrder.DescendingOrder if self.descending else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(at, down)

    def _on_filter(self, text: str) -> None:
        if text != self.text:
            self.text = text
            self.ask()

    def _on_ticks(self, ticks: dict[str, set[str]]) -> None:
        self.ticks = dict(ticks)
        self.ask()

    def _on_ids(self) -> None:
        if not self.model.rowCount():
            self.preview.show_number(None)
        elif not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self._ui.actions.refresh()

    def _on_selected(self) -> None:
        count = self.table.chosen_count()
        self.chosen.setVisible(count > 1)
        self.chosen.setText(ngettext("{n} valittu", "{n} valittu", count).format(n=count))
        self.chosen.setAccessibleName(self.chosen.text())
        self._ui.actions.refresh()

    def _on_changed(self, _changes: object, _initiator: object) -> None:
        if self._municipality is not None and self._municipality != self._desk.session.municipality:
            self.model.set_ids(array("q"))
            if self.isVisible():
                self._begin()
        elif self.isVisible():
            self.renew()
        else:
            self._stale = True

    def _open(self, k: Any) -> None:
        row = self.model.row_data(self.model.row_of(k))
        if row is not None:
            self.opened.emit(row.id)

    def _peek(self) -> None:
        """Space: where the preview has no place of its own, show or hide it."""
        if not self.split.is_side_by_side():
            self.split.area.setVisible(not self.split.area.isVisible())

    def _look_side(self) -> None:
        self.split.area.setVisible(self.split.is_side_by_side() or self.side.is_open())

    def _link(self, k: Any) -> str:
        row = self.model.row_data(self.model.row_of(k))
        return case_link(row.number) if row is not None else ""
