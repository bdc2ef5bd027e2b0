"""A short list or tree of things with columns: documents of a case, parties, tasks. Keeps its place by id.

For lists that may be long, use :class:`~workbench.ui.widgets.datatable.DataTable`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from workbench.ui.theme.current import colours
from workbench.ui.theme.fonts import sized
from workbench.ui.theme.icons import icon
from workbench.ui.theme.tokens import BODY, FOCUS, ICON, ROW, SECONDARY, S
from workbench.ui.widgets.pill import paint_pill, pill_font, pill_width

_ID = Qt.ItemDataRole.UserRole
_STATE = Qt.ItemDataRole.UserRole + 1
_ROUNDING = 4
_FIRST = 180
"""Room the first column keeps before others fold."""


@dataclass(frozen=True)
class TreeRow:
    """One thing: its cells, the icon of the first, and for some columns a state that makes it a pill.
    ``wholes`` has the full words of cells that hold a short form."""

    id: str
    cells: tuple[str, ...]
    icon: str = ""
    states: dict[int, str] = field(default_factory=dict)
    wholes: dict[int, str] = field(default_factory=dict)
    children: tuple[TreeRow, ...] = ()


def walk(rows: Iterable[TreeRow]) -> Iterator[TreeRow]:
    """Rows and what is under them."""
    for row in rows:
        yield row
        yield from walk(row.children)


@dataclass(frozen=True)
class TreeColumn:
    """A column; width 0 takes what is left, another is the most that its words get. ``fold``: where room is
    short, the greatest number folds away first; 0 never does."""

    title: str
    width: int = 0
    fold: int = 0


class RowTree(QTreeWidget):
    """``set_rows([...])``; ``current_changed(id)``, and ``opened(id)`` by Enter or double click."""

    current_changed = Signal(str)
    opened = Signal(str)

    def __init__(self, columns: Sequence[TreeColumn], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._widths: dict[int, int] = {}
        self.setAccessibleName(name)
        self.setHeaderLabels([c.title for c in columns])
        self.setItemDelegate(_CellDelegate(self))
        self.setAllColumnsShowFocus(False)
        self.setUniformRowHeights(True)
        self.setIndentation(20)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        for n, column in enumerate(columns):
            if column.width:
                header.resizeSection(n, column.width)
            else:
                header.setSectionResizeMode(n, QHeaderView.ResizeMode.Stretch)
        self.currentItemChanged.connect(lambda *_a: self.current_changed.emit(self.current_id()))
        self.itemDoubleClicked.connect(lambda item, _column: self.opened.emit(item.data(0, _ID)))

    def set_rows(self, rows: Sequence[TreeRow]) -> None:
        """Show these; the row in hand stays in hand."""
        held = self.current_id()
        self.blockSignals(True)
        self.clear()
        has_children = any(row.children for row in rows)
        self.setRootIsDecorated(has_children)
        for row in rows:
            self.addTopLevelItem(self._item(row))
        self.expandAll()
        self.blockSignals(False)
        self._fit(rows)
        first = self.topLevelItem(0)
        if not self.select_id(held) and first is not None:
            self.setCurrentItem(first)
        elif not rows:
            self.current_changed.emit("")

    def _fit(self, rows: Sequence[TreeRow]) -> None:
        """A fixed column is as wide as it needs: words of pills are never cut, and the first column gets what
        the others leave."""
        pills, words = pill_font(self.font()), QFontMetrics(sized(self.font(), BODY))
        heads = QFontMetrics(sized(self.font(), SECONDARY, QFont.Weight.DemiBold))
        for n, column in enumerate(self._columns):
            if not column.width:
                continue
            needed = heads.horizontalAdvance(column.title)
            for row in walk(rows):
                cell, pill = row.cells[n], row.states.get(n) is not None
                wide = pill_width(pills, cell) if pill else min(words.horizontalAdvance(cell), column.width)
                needed = max(needed, wide if cell else 0)
            self.header().resizeSection(n, needed + 2 * S + _ROUNDING)
        self._fold()

    def _fold(self) -> None:
        """Where room is short, columns fold away, least needed first, so that what things are called is seen."""
        header, left = self.header(), self.viewport().width() - _FIRST
        folding = sorted(
            (n for n, c in enumerate(self._columns) if c.fold), key=lambda n: -self._columns[n].fold
        )
        shown = {
            n: header.sectionSize(n) or self._widths.get(n, 0) for n, c in enumerate(self._columns) if c.width
        }
        self._widths.update({n: width for n, width in shown.items() if width})
        for n in folding:
            if sum(shown.values()) <= left:
                break
            del shown[n]
        for n, column in enumerate(self._columns):
            if column.width and self.isColumnHidden(n) != (n not in shown):
                self.setColumnHidden(n, n not in shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def current_id(self) -> str:
        """Id of the row in hand, "" when there is none."""
        item = self.currentItem()
        return str(item.data(0, _ID)) if item is not None else ""

    def select_id(self, id_: str) -> bool:
        """Take a row in hand; False when it is not here."""
        found = self._find(self.invisibleRootItem(), id_) if id_ else None
        if found is None:
            return False
        self.setCurrentItem(found)
        self.scrollToItem(found)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers().value
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain and self.current_id():
            self.opened.emit(self.current_id())
        else:
            super().keyPressEvent(event)

    def drawRow(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().drawRow(painter, option, index)
        rect: QRect = option.rect
        line = QRect(0, rect.bottom(), self.viewport().width(), 1)
        painter.fillRect(line, QColor(colours().line))
        current = self.currentIndex()
        if self.hasFocus() and index.row() == current.row() and index.parent() == current.parent():
            painter.save()
            painter.setPen(QPen(QColor(colours().focus), FOCUS))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRect(1, rect.y() + 1, self.viewport().width() - 2, rect.height() - 2))
            painter.restore()

    def _item(self, row: TreeRow) -> QTreeWidgetItem:
        made = QTreeWidgetItem(list(row.cells))
        made.setData(0, _ID, row.id)
        if row.icon:
            made.setIcon(0, icon(row.icon))
        for n, cell in enumerate(row.cells):
            whole = row.wholes.get(n, cell)
            made.setToolTip(n, whole)
            made.setData(n, Qt.ItemDataRole.AccessibleTextRole, whole)
            if row.states.get(n) is not None:
                made.setData(n, _STATE, row.states[n])
        for child in row.children:
            made.addChild(self._item(child))
        return made

    def _find(self, under: QTreeWidgetItem, id_: str) -> QTreeWidgetItem | None:
        for n in range(under.childCount()):
            item = under.child(n)
            assert item is not None
            if item.data(0, _ID) == id_:
                return item
            deeper = self._find(item, id_)
            if deeper is not None:
                return deeper
        return None


class _CellDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c, rect = colours(), option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(rect, QColor(c.chosen if chosen else c.hover if over else c.surface))
        inner = rect.adjusted(S, 0, -S, 0)
        state, text = index.data(_STATE), str(index.data() or "")
        if state is not None and text:
            paint_pill(painter, inner, pill_font(option.font), text, state)
            return
        mark = index.data(Qt.ItemDataRole.DecorationRole)
        if mark is not None:
            mark.paint(painter, QRect(inner.x(), inner.center().y() - ICON // 2 + 1, ICON, ICON))
            inner.setLeft(inner.x() + ICON + S)
        font = sized(option.font, BODY)
        painter.setFont(font)
        painter.setPen(QColor(c.text))
        words = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, words)
