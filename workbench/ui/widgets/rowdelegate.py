"""Draws a row's cells: pills for states, icons, bars while a row is read, and the focus ring of the row."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from workbench.ui.models.lazy_table import ICON_ROLE, LOADING_ROLE, STATE_ROLE, LazyTableModel
from workbench.ui.theme.current import colours
from workbench.ui.theme.fonts import sized
from workbench.ui.theme.icons import draw_glyph
from workbench.ui.theme.tokens import BODY, FOCUS, ICON, S
from workbench.ui.widgets.pill import paint_pill, pill_font


class RowDelegate(QStyledItemDelegate):
    """For :class:`LazyTableModel` in a :class:`DataTable`. A table whose rows look otherwise draws its own
    cells, with its own ``margin`` at left and right."""

    margin = S

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self._plain = sized(view.font(), BODY)
        self._strong = sized(view.font(), BODY, QFont.Weight.DemiBold)
        self._pill = pill_font(view.font())
        self.hovered = -1

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c = colours()
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = c.chosen if chosen else c.hover if index.row() == self.hovered else c.surface
        painter.fillRect(rect, QColor(ground))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), QColor(c.line))
        inner = rect.adjusted(self.margin, 0, -self.margin, 0)
        if index.data(LOADING_ROLE):
            self._paint_wait(painter, inner, index)
        else:
            self._paint_cell(painter, inner, index)
        self._paint_focus(painter, rect, index)

    def _paint_wait(
        self, painter: QPainter, inner: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours().line))
        # Lengths differ from row to row so that the bars read as lines of text; they do not move.
        width = inner.width() * (0.45 + (index.row() * 7 + index.column() * 3) % 5 / 10)
        painter.drawRoundedRect(QRectF(inner.x(), inner.center().y() - 4, width, 9), 4, 4)
        painter.restore()

    def _paint_cell(
        self, painter: QPainter, inner: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c = colours()
        model = index.model()
        assert isinstance(model, LazyTableModel)
        column = model.columns[index.column()]
        text = str(index.data() or "")
        state = index.data(STATE_ROLE)
        if state and text:
            paint_pill(painter, inner, self._pill, text, state)
            return
        meaning = index.data(ICON_ROLE)
        if meaning:
            box = QRect(inner.x(), inner.center().y() - ICON // 2 + 1, ICON, ICON)
            draw_glyph(painter, box, meaning, QColor(c.text_soft))
            inner = inner.adjusted(ICON + S, 0, 0, 0)
        font = self._strong if column.strong else self._plain
        painter.setFont(font)
        painter.setPen(QColor(c.text))
        words = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(inner, side | Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_focus(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        current = self._view.currentIndex()
        if not self._view.hasFocus() or current.row() != index.row():
            return
        painter.save()
        painter.setPen(QPen(QColor(colours().focus), FOCUS))
        top, bottom = rect.top() + 1, rect.bottom()
        painter.drawLine(rect.left(), top, rect.right(), top)
        painter.drawLine(rect.left(), bottom, rect.right(), bottom)
        header = self._view.horizontalHeader()
        visible = [n for n in range(header.count()) if not header.isSectionHidden(header.logicalIndex(n))]
        place = header.visualIndex(index.column())
        if visible and place == visible[0]:
            painter.drawLine(rect.left() + 1, top, rect.left() + 1, bottom)
        if visible and place == visible[-1]:
            painter.drawLine(rect.right(), top, rect.right(), bottom)
        painter.restore()
