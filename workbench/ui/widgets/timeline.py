"""What has happened, in one column: date, mark, title, words. A thousand entries scroll without waiting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from workbench.i18n import _
from workbench.ui.theme.current import colours
from workbench.ui.theme.fonts import sized
from workbench.ui.theme.icons import draw_glyph
from workbench.ui.theme.tokens import BODY, FOCUS, SECONDARY, M, S
from workbench.ui.theme.wrap import wrapped

_DATE = 84
_MARK = 28
_LINES = 3
_ENTRY = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Entry:
    """One thing that happened. ``day`` and ``time`` are texts in Finnish form; ``state`` colours the mark."""

    id: str
    day: str
    time: str
    icon: str
    title: str
    body: str = ""
    actor: str = ""
    state: str = ""


class _Entries(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == _ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (entry.day, entry.title, entry.body, entry.actor) if part)
        return None


class TimelineView(QListView):
    """``set_entries([...])``; Enter or double click emits ``opened(id)``."""

    opened = Signal(str)

    def __init__(self, entries: Sequence[Entry] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Entries(self)
        self.setModel(self._model)
        self.setItemDelegate(_EntryDelegate(self))
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(60)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAccessibleName(_("Tapahtumat"))
        self.setAccessibleDescription(_("Enter avaa tapahtuman"))
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(_ENTRY).id))
        self.set_entries(entries)

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show these; the entry in hand is kept."""
        held = self.current_id()
        self._model.beginResetModel()
        self._model.entries = list(entries)
        self._model.endResetModel()
        rows = [n for n, entry in enumerate(entries) if entry.id == held]
        if rows:
            self.setCurrentIndex(self._model.index(rows[0]))

    def current_id(self) -> str:
        """Id of the entry in hand, or ""."""
        index = self.currentIndex()
        return index.data(_ENTRY).id if index.isValid() else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.current_id():
            self.opened.emit(self.current_id())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._model.entries:
            self.setCurrentIndex(self._model.index(0))


class _EntryDelegate(QStyledItemDelegate):
    def __init__(self, view: TimelineView) -> None:
        super().__init__(view)
        self._view = view
        base = view.font()
        self._title = sized(base, BODY, QFont.Weight.DemiBold)
        self._body = sized(base, BODY)
        self._small = sized(base, SECONDARY)
        self._line = round(QFontMetrics(self._body).height() * 1.15)
        self._counted: tuple[int, dict[str, list[str]]] = (0, {})

    def _lines(self, entry: Entry, width: int) -> list[str]:
        if not entry.body:
            return []
        if self._counted[0] != width:
            self._counted = (width, {})
        known = self._counted[1]
        if entry.body not in known:
            known[entry.body] = wrapped(entry.body, self._body, width, _LINES)
        return known[entry.body]

    def _room(self, width: int) -> int:
        return max(80, width - _DATE - _MARK - 3 * M)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        lines = len(self._lines(index.data(_ENTRY), self._room(width)))
        return QSize(width, 2 * S + self._line * (1 + lines) + (4 if lines else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        c = colours()
        rect: QRect = option.rect
        entry: Entry = index.data(_ENTRY)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(c.chosen))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(c.hover))
        self._paint_date(painter, rect, entry, index)
        self._paint_mark(painter, rect, entry, index)
        self._paint_words(painter, rect, entry)
        if self._view.hasFocus() and self._view.currentIndex() == index:
            painter.setPen(QPen(QColor(c.focus), FOCUS))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 4, 4)
        painter.restore()

    def _paint_date(self, painter: QPainter, rect: QRect, entry: Entry, index: Index) -> None:
        c = colours()
        top = QRect(rect.x() + M, rect.y() + S, _DATE, self._line)
        above = self._view.model().index(index.row() - 1, 0).data(_ENTRY) if index.row() else None
        painter.setFont(self._small)
        if above is None or above.day != entry.day:  # a day is said once
            painter.setPen(QColor(c.text))
            painter.drawText(top, Qt.AlignmentFlag.AlignVCenter, entry.day)
            top = top.translated(0, self._line) if entry.body else QRect()
        if entry.time and not top.isNull():
            painter.setPen(QColor(c.text_soft))
            painter.drawText(top, Qt.AlignmentFlag.AlignVCenter, entry.time)

    def _paint_mark(self, painter: QPainter, rect: QRect, entry: Entry, index: Index) -> None:
        c = colours()
        middle = rect.x() + M + _DATE + _MARK / 2
        y = rect.y() + S + self._line / 2
        painter.setPen(QPen(QColor(c.line), 2))
        last = index.row() == self._view.model().rowCount() - 1
        top = round(y) if index.row() == 0 else rect.top()
        painter.drawLine(round(middle), top, round(middle), round(y) if last else rect.bottom() + 1)
        status = c.status(entry.state)
        painter.setPen(QPen(QColor(status.edge), 1))
        painter.setBrush(QColor(status.ground))
        painter.drawEllipse(QRectF(middle - 12, y - 12, 24, 24))
        draw_glyph(painter, QRect(round(middle - 7), round(y - 7), 14, 14), entry.icon, QColor(status.ink))

    def _paint_words(self, painter: QPainter, rect: QRect, entry: Entry) -> None:
        c = colours()
        left = rect.x() + _DATE + _MARK + 2 * M
        width = rect.right() - left - M
        painter.setFont(self._small)
        tail = min(QFontMetrics(self._small).horizontalAdvance(entry.actor), width // 3)
        painter.setPen(QColor(c.text_soft))
        line = QRect(left, rect.y() + S, width, self._line)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        actor = QFontMetrics(self._small).elidedText(entry.actor, Qt.TextElideMode.ElideRight, tail + 1)
        painter.drawText(line, right, actor)
        painter.setFont(self._title)
        painter.setPen(QColor(c.text))
        title = QFontMetrics(self._title).elidedText(
            entry.title, Qt.TextElideMode.ElideRight, width - tail - M
        )
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, title)
        if entry.body:
            painter.setFont(self._body)
            painter.setPen(QColor(c.text_soft))
            for n, words in enumerate(self._lines(entry, self._room(rect.width()))):
                box = QRect(left, line.bottom() + 4 + n * self._line, width + M, self._line)
                painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
