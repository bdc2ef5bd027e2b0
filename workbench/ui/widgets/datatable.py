"""The table of every list: rows by density, sort, columns, copy, context menu, selection kept by id."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from workbench.i18n import _
from workbench.ui.actions import ActionRegistry
from workbench.ui.models.lazy_table import LazyTableModel
from workbench.ui.models.settings import Remembered
from workbench.ui.theme.tokens import ROW, ROW_COMPACT
from workbench.ui.widgets.rowdelegate import RowDelegate


class DataTable(QTableView):
    """A view of a :class:`LazyTableModel`. ``name`` is the key under which columns are remembered."""

    opened = Signal(object)
    """Enter or double click on a row: its id."""
    peeked = Signal(object)
    """Space on a row: its id."""
    current_changed = Signal(object)
    """The row in hand moved: its id, or None."""

    def __init__(
        self, model: LazyTableModel, name: str, settings: Remembered, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._lazy, self._name, self._settings = model, name, settings
        self._actions: tuple[ActionRegistry, Sequence[str]] | None = None
        self._copy_text: Callable[[Any], str] | None = None
        self._copy_link: Callable[[Any], str] | None = None
        self._held: Any = None
        self._to_end = False
        self._chosen: list[Any] = []
        self._hidden: set[str] = set()
        self._widths: dict[str, int] = {}
        self.setModel(model)
        self._delegate = RowDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setAccessibleName(_("Luettelo"))
        self.setAccessibleDescription(_("Enter avaa, välilyönti vilkaisee, kirjoittaminen suodattaa"))
        self._set_up_headers()
        model.modelAboutToBeReset.connect(self._hold)
        model.modelReset.connect(self._restore)
        model.rowsInserted.connect(self._go_on)
        self.selectionModel().currentRowChanged.connect(self._on_current)

    def set_copy_text(self, text: Callable[[Any], str], link: Callable[[Any], str] | None = None) -> None:
        """How a row is copied: "number title", and by its id the link it becomes where links are known."""
        self._copy_text, self._copy_link = text, link

    def set_context_actions(self, registry: ActionRegistry, ids: Sequence[str]) -> None:
        """The context menu, from actions; "" is a separator."""
        self._actions = (registry, ids)

    def current_id(self) -> Any:
        """Id of the row in hand, or None."""
        index = self.currentIndex()
        return self._lazy.id_at(index.row()) if index.isValid() else None

    def selected_ids(self) -> list[Any]:
        """Ids of the chosen rows in the order shown."""
        return [self._lazy.id_at(row) for row in self._chosen_rows()]

    def chosen_count(self) -> int:
        """How many rows are chosen."""
        return len(self._chosen_rows())

    def selectRow(self, row: int) -> None:
        """Take a row in hand, and choose it alone. Qt's own asks which keys are down: while Ctrl is held for a
        shortcut, a list that is read anew would let go of the row."""
        flags, header = self.selectionModel().SelectionFlag, self.horizontalHeader()
        order = (header.logicalIndex(n) for n in range(header.count()))
        column = next((n for n in order if not self.isColumnHidden(n)), 0)
        index = self._lazy.index(row, column)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def select_id(self, id_: Any) -> bool:
        """Take a row in hand; False when it is not in the list."""
        row = self._lazy.row_of(id_)
        if row < 0:
            return False
        self.selectRow(row)
        self.executeDelayedItemsLayout()  # after a reset the scroll range is not yet known
        self.scrollTo(self._lazy.index(row, 0))
        return True

    def copy(self) -> None:
        """Put the chosen rows on the clipboard, one a line."""
        rows = self._chosen_rows()
        text = self._copy_text or self._row_text
        lines = [text(data) for data in map(self._lazy.row_data, rows) if data is not None]
        if not lines:
            return
        data = QMimeData()
        data.setText("\n".join(lines))
        if self._copy_link is not None:
            links = [
                self._copy_link(self._lazy.id_at(row)) for row in rows if self._lazy.row_data(row) is not None
            ]
            pairs = zip(links, lines, strict=True)
            data.setHtml("<br>".join(f'<a href="{escape(link)}">{escape(line)}</a>' for link, line in pairs))
        QGuiApplication.clipboard().setMimeData(data)

    def visible_columns(self) -> list[str]:
        """Ids of the columns chosen, in their order, folded ones too; an export follows it."""
        header = self.horizontalHeader()
        order = [header.logicalIndex(n) for n in range(header.count())]
        ids = [self._lazy.columns[n].id for n in order]
        return [id_ for id_ in ids if id_ not in self._hidden]

    def set_compact(self, compact: bool) -> None:
        """Row height by density."""
        self.verticalHeader().setDefaultSectionSize(ROW_COMPACT if compact else ROW)

    def column_menu(self) -> QMenu:
        """Which columns are shown."""
        menu = QMenu(self)
        for n, column in enumerate(self._lazy.columns):
            choice = menu.addAction(column.title)
            choice.setCheckable(True)
            choice.setChecked(column.id not in self._hidden)
            choice.setEnabled(n != 0)
            choice.toggled.connect(lambda shown, n=n: self._show_column(n, shown))
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._to_end = event.key() == Qt.Key.Key_End and not self._lazy.is_whole()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers().value:
            if self.currentIndex().isValid():
                self.opened.emit(self.current_id())
        elif event.key() == Qt.Key.Key_Space and not event.modifiers().value:
            if self.currentIndex().isValid():
                self.peeked.emit(self.current_id())
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End} and not event.modifiers().value:
            if self._lazy.rowCount():
                self.selectRow(0 if event.key() == Qt.Key.Key_Home else self._lazy.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).isValid():
            self.opened.emit(self.current_id())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(int(event.position().y())))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._lazy.rowCount():
            self.selectRow(0)
        self.viewport().update()

    def focusOutEvent(self, event: Any) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def contextMenuEvent(self, event: Any) -> None:
        if self._actions is None:
            return
        registry, ids = self._actions
        registry.menu(ids, self).popup(event.globalPos())

    def _set_up_headers(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(ROW_COMPACT)
        self.set_compact(bool(self._settings.get("compact")))
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(48)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_header_menu)
        header.setSortIndicatorShown(False)
        header.setSectionsClickable(True)
        saved = self._settings.get("columns").get(self._name, {})
        self._widths = {id_: int(width) for id_, width in saved.get("widths", {}).items()}
        for n, column in enumerate(self._lazy.columns):
            header.resizeSection(n, self._widths.get(column.id, column.width))
            if column.id in saved["hidden"] if "hidden" in saved else column.hidden:
                self._hidden.add(column.id)
                self.setColumnHidden(n, True)
            if column.stretch:
                header.setSectionResizeMode(n, QHeaderView.ResizeMode.Stretch)
        for place, id_ in enumerate(saved.get("order", ())):
            at = next((n for n, column in enumerate(self._lazy.columns) if column.id == id_), -1)
            if at >= 0:
                header.moveSection(header.visualIndex(at), place)
        header.sectionClicked.connect(self._on_sort)
        header.sectionResized.connect(self._on_resized)
        header.sectionMoved.connect(lambda *_a: self._remember())

    def _on_resized(self, section: int, _old: int, new: int) -> None:
        column = self._lazy.columns[section]
        if new and not column.stretch and not self.horizontalHeader().isSectionHidden(section):
            self._widths[column.id] = new
            self._remember()

    def _on_sort(self, section: int) -> None:
        column = self._lazy.columns[section]
        if not column.sort:
            return
        header = self.horizontalHeader()
        same = header.isSortIndicatorShown() and header.sortIndicatorSection() == section
        down = Qt.SortOrder.DescendingOrder
        order = down if same and header.sortIndicatorOrder() != down else Qt.SortOrder.AscendingOrder
        header.setSortIndicatorShown(True)
        header.setSortIndicator(section, order)
        self._lazy.sort(section, order)

    def _on_header_menu(self, at: QPoint) -> None:
        self.column_menu().popup(self.horizontalHeader().mapToGlobal(at))

    def _show_column(self, n: int, shown: bool) -> None:
        (self._hidden.discard if shown else self._hidden.add)(self._lazy.columns[n].id)
        self._fold()
        self._remember()

    def _remember(self) -> None:
        header = self.horizontalHeader()
        columns = self._lazy.columns
        saved = self._settings.get("columns")
        saved = dict(saved)
        saved[self._name] = {
            "widths": dict(self._widths),
            "hidden": sorted(self._hidden),
            "order": [columns[header.logicalIndex(n)].id for n in range(header.count())],
        }
        self._settings.set("columns", saved)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:  # the theme was applied anew: density may have changed
            self.set_compact(bool(self._settings.get("compact")))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """Hide columns that do not fit, least needed first, so that a list is never scrolled sideways."""
        header = self.horizontalHeader()
        shown = {n: c for n, c in enumerate(self._lazy.columns) if c.id not in self._hidden}
        widths = {n: self._widths.get(c.id, c.width) for n, c in shown.items()}
        for n in sorted((n for n, c in shown.items() if c.fold), key=lambda n: -shown[n].fold):
            if sum(widths.values()) <= self.viewport().width():
                break
            del widths[n]
        for n in range(header.count()):
            if header.isSectionHidden(n) != (n not in widths):
                header.setSectionHidden(n, n not in widths)

    def _row_text(self, data: Any) -> str:
        shown = set(self.visible_columns())
        return " ".join(column.text(data) for column in self._lazy.columns if column.id in shown)

    def _chosen_rows(self) -> list[int]:
        """Rows chosen, in order. By ranges: asking Qt row by row took seconds in a long list."""
        rows: set[int] = set()
        for part in list(self.selectionModel().selection()):  # type: ignore[call-overload] # Qt's own list
            rows.update(range(part.top(), part.bottom() + 1))
        return sorted(rows)

    def _hold(self) -> None:
        self._held = self.current_id()
        rows = self._chosen_rows()
        self._chosen = [self._lazy.id_at(row) for row in rows] if len(rows) < 1000 else []

    def _restore(self) -> None:
        if self._held is None:
            return
        # The row in hand keeps its place on the screen, wherever the new order puts it.
        if self.select_id(self._held) and len(self._chosen) > 1:
            flags = self.selectionModel().SelectionFlag
            for id_ in self._chosen:
                row = self._lazy.row_of(id_)
                if row >= 0:
                    self.selectionModel().select(self._lazy.index(row, 0), flags.Select | flags.Rows)

    def _go_on(self) -> None:
        """The rest of the list came: End, pressed before it, leads to its end after all."""
        if self._to_end:
            self._to_end = False
            self.selectRow(self._lazy.rowCount() - 1)

    def _on_current(self) -> None:
        self.viewport().update()
        self.current_changed.emit(self.current_id())

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered:
            self._delegate.hovered = row
            self.viewport().update()
