"""A short list of sentences that lead somewhere: each wraps to whole lines, with a mark and a soft tail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from workbench.ui.theme.current import colours
from workbench.ui.theme.fonts import sized
from workbench.ui.theme.icons import draw_glyph
from workbench.ui.theme.tokens import BODY, FOCUS, ICON, SECONDARY, S
from workbench.ui.theme.wrap import wrapped

_DATUM = Qt.ItemDataRole.UserRole
_TAIL = Qt.ItemDataRole.UserRole + 1
_ICON = Qt.ItemDataRole.UserRole + 2
_LINES, _TAIL_LINES = 5, 30
"""A title is shortened; what stands under it is told whole."""
_TALLEST = 900


class LineList(QListWidget):
    """``set_lines([(text, tail, icon, datum), …])``; Enter, Space or a click emits ``itemActivated``. ``whole``:
    always as tall as its lines, for a place that scrolls itself."""

    delete_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(
        self, name: str, description: str = "", parent: QWidget | None = None, *, whole: bool = False
    ) -> None:
        super().__init__(parent)
        self._whole = whole
        if whole:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("wraps", True)
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)
        self.setItemDelegate(_LineDelegate(self))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setMouseTracking(True)
        self.itemClicked.connect(self.itemActivated)

    def set_lines(self, lines: Sequence[tuple[str, str, str, Any]]) -> None:
        """Show these instead; the place is kept."""
        row = self.currentRow()
        self.clear()
        self.add_lines(lines)
        if lines:
            self.setCurrentRow(min(max(row, 0), len(lines) - 1))

    def add_lines(self, lines: Sequence[tuple[str, str, str, Any]]) -> None:
        """More lines at the end."""
        for text, tail, mark, datum in lines:
            item = QListWidgetItem(text)
            item.setData(_DATUM, datum)
            item.setData(_TAIL, tail)
            item.setData(_ICON, mark)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{text} {tail}".strip())
            self.addItem(item)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As tall as its lines: a short list leaves its room to what follows."""
        height = 2 * self.frameWidth()
        for n in range(self.count()):
            height += self.sizeHintForRow(n)
            if height > _TALLEST and not self._whole:
                break  # it scrolls: thousands of lines need not be measured
        return QSize(super().sizeHint().width(), max(40, height))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height() if self._whole else 40)

    def datum(self, item: QListWidgetItem) -> Any:
        """What a line stands for."""
        return item.data(_DATUM)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
        if event.key() in keys and not event.modifiers().value and self.currentItem() is not None:
            self.itemActivated.emit(self.currentItem())
        elif event.key() == Qt.Key.Key_Delete and self.currentItem() is not None:
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.currentItem() is not None:
            self.menu_wanted.emit(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()


class _LineDelegate(QStyledItemDelegate):
    def __init__(self, view: LineList) -> None:
        super().__init__(view)
        self._view = view
        self._font, self._small = sized(view.font(), BODY), sized(view.font(), SECONDARY)
        self._step = round(QFontMetrics(self._font).height() * 1.25)

    def _words(self, index: QModelIndex | QPersistentModelIndex, width: int) -> list[str]:
        return wrapped(str(index.data()), self._font, width - 3 * S - ICON, _LINES)

    def _tail(self, index: QModelIndex | QPersistentModelIndex, width: int) -> list[str]:
        tail = str(index.data(_TAIL) or "")
        return wrapped(tail, self._small, width - 3 * S - ICON, _TAIL_LINES) if tail else []

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        width = self._view.viewport().width()
        lines = len(self._words(index, width)) + len(self._tail(index, width))
        return QSize(width, lines * self._step + 2 * S)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c = colours()
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(c.hover))
        mark = index.data(_ICON)
        ink = c.warning.ink if mark == "warning" else c.text_soft
        box = QRect(rect.x() + S, rect.y() + S + (self._step - ICON) // 2, ICON, ICON)
        draw_glyph(painter, box, mark, QColor(ink))
        left, y = box.right() + S, rect.y() + S
        painter.setFont(self._font)
        painter.setPen(QColor(c.text))
        for line in self._words(index, rect.width()):
            painter.drawText(
                QRect(left, y, rect.right() - left, self._step), Qt.AlignmentFlag.AlignVCenter, line
            )
            y += self._step
        painter.setFont(self._small)
        painter.setPen(QColor(c.text_soft))
        for line in self._tail(index, rect.width()):
            box = QRect(left, y, rect.right() - left, self._step)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, line)
            y += self._step
        if self._view.hasFocus() and self._view.currentIndex() == index:
            painter.setPen(QPen(QColor(c.focus), FOCUS))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 4, 4)
        painter.restore()
