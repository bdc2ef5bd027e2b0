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
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from workbench.i18n import _
from workbench.ui.theme.current import colours
from workbench.ui.theme.fonts import sized
from workbench.ui.theme.icons import draw_glyph
from workbench.ui.theme.tokens import BODY, FOCUS, SECONDARY, M, S
from workbench.ui.theme.wrap import wrapped

_DATE = 84
_MARK = 28
_LINES = 3
_GAP = 4
_NARROW = 420
"""Below this width the date and the actor go under the words."""
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
        self.setWordWrap(True)  # Qt then places the rows anew when a scroll bar takes of the width, too
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setProperty("wraps", True)
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


@dataclass(frozen=True)
class _Words:
    """An entry broken into lines for a width. ``foot`` is empty where the date has a column of its own."""

    title: list[str]
    body: list[str]
    foot: list[str]
    actor: str
    shortened: bool


class _EntryDelegate(QStyledItemDelegate):
    """Wide: the date in a column, the actor at the right. Narrow: both under the words, nothing cut."""

    def __init__(self, view: TimelineView) -> None:
        super().__init__(view)
        self._view = view
        base = view.font()
        self._title = sized(base, BODY, QFont.Weight.DemiBold)
        self._body = sized(base, BODY)
        self._small = sized(base, SECONDARY)
        self._line = round(QFontMetrics(self._body).height() * 1.15)
        self._foot = round(QFontMetrics(self._small).height() * 1.15)
        self._broken: tuple[int, dict[Entry, _Words]] = (0, {})

    def _is_narrow(self, width: int) -> bool:
        return width < _NARROW

    def _left(self, width: int) -> int:
        """Where the words begin."""
        return _MARK + S if self._is_narrow(width) else _DATE + _MARK + 2 * M

    def words(self, entry: Entry, width: int) -> _Words:
        """The lines of an entry in a view this wide; counted once for a width."""
        if self._broken[0] != width:
            self._broken = (width, {})
        known = self._broken[1]
        if entry not in known:
            known[entry] = self._break(entry, width)
        return known[entry]

    def _break(self, entry: Entry, width: int) -> _Words:
        room = max(80, width - self._left(width) - M)
        tail, foot, actor = 0, [], ""
        if self._is_narrow(width):
            when = _("{day} klo {time}").format(day=entry.day, time=entry.time) if entry.time else entry.day
            said = [part for part in (when, entry.actor) if part]
            line = " · ".join(said)
            fits = QFontMetrics(self._small).horizontalAdvance(line) <= room
            foot = (
                [line] if fits else [piece for part in said for piece in wrapped(part, self._small, room, 1)]
            )
        elif entry.actor:
            actor = entry.actor
            tail = QFontMetrics(self._small).horizontalAdvance(actor) + M
            if tail > room // 3:
                tail, actor, foot = 0, "", wrapped(actor, self._small, room, 1)
        title = wrapped(entry.title, self._title, room - tail, _LINES)
        body = wrapped(entry.body, self._body, room, _LINES) if entry.body else []
        shortened = any(part and part[-1].endswith("…") for part in (title, body))
        return _Words(title, body, foot, actor, shortened)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        entry: Entry = index.data(_ENTRY)
        words = self.words(entry, width)
        lines = len(words.title) + len(words.body)
        if entry.time and self._begins_day(entry, index) and not self._is_narrow(width):
            lines = max(2, lines)  # the day and, under it, the time
        height = self._line * lines + self._foot * len(words.foot)
        return QSize(width, 2 * S + height + (_GAP if words.body else 0))

    def _begins_day(self, entry: Entry, index: Index) -> bool:
        """A day is said once, at its first entry."""
        if not index.row():
            return True
        above: Entry = index.model().index(index.row() - 1, 0).data(_ENTRY)
        return above.day != entry.day

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        entry = index.data(_ENTRY)
        if entry is None or not self.words(entry, self._view.viewport().width()).shortened:
            return False
        QToolTip.showText(event.globalPos(), "\n".join(filter(None, (entry.title, entry.body))), view)
        return True

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
        if not self._is_narrow(rect.width()):
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
        painter.setFont(self._small)
        if self._begins_day(entry, index):
            painter.setPen(QColor(c.text))
            painter.drawText(top, Qt.AlignmentFlag.AlignVCenter, entry.day)
            top.translate(0, self._line)
        if entry.time:
            painter.setPen(QColor(c.text_soft))
            painter.drawText(top, Qt.AlignmentFlag.AlignVCenter, entry.time)

    def _paint_mark(self, painter: QPainter, rect: QRect, entry: Entry, index: Index) -> None:
        c = colours()
        middle = rect.x() + _MARK / 2 + (0 if self._is_narrow(rect.width()) else M + _DATE)
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
        words = self.words(entry, rect.width())
        box = QRect(rect.x() + self._left(rect.width()), rect.y() + S, 0, self._line)
        box.setRight(rect.right() - M)
        if words.actor:
            painter.setFont(self._small)
            painter.setPen(QColor(c.text_soft))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, right, words.actor)
        box.setRight(rect.right())  # a rounding of the metrics must not cut a line's last letter
        for lines, font, ink, height, gap in (
            (words.title, self._title, c.text, self._line, 0),
            (words.body, self._body, c.text_soft, self._line, _GAP),
            (words.foot, self._small, c.text_soft, self._foot, 0),
        ):
            painter.setFont(font)
            painter.setPen(QColor(ink))
            box.translate(0, gap if lines else 0)
            box.setHeight(height)
            for line in lines:
                painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, line)
                box.translate(0, height)
