"""Facets of a list: values with counts, ticked to narrow it. Arrows move, Space ticks, Delete clears."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from workbench.i18n import _
from workbench.ui.theme.current import colours
from workbench.ui.theme.fonts import sized
from workbench.ui.theme.icons import draw_glyph
from workbench.ui.theme.tokens import BODY, FOCUS, SECONDARY, S

_KEY = Qt.ItemDataRole.UserRole
_COUNT = Qt.ItemDataRole.UserRole + 1
_BOX = 16


@dataclass(frozen=True)
class FacetValue:
    """A value to tick and how many rows have it."""

    id: str
    text: str
    count: int


@dataclass(frozen=True)
class Facet:
    """A group of values: state, class, handler …"""

    id: str
    title: str
    values: tuple[FacetValue, ...]


class FacetList(QListWidget):
    """Emits ``chosen({facet id: {value ids}})`` when ticks change."""

    chosen = Signal(object)

    def __init__(self, facets: Sequence[Facet] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("facets")
        self.setItemDelegate(_FacetDelegate(self))
        self.setAccessibleName(_("Rajaa luetteloa"))
        self.setAccessibleDescription(_("Välilyönti rajaa, Delete poistaa rajaukset"))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._ticked: dict[str, set[str]] = {}
        self.itemClicked.connect(self._toggle)
        self.set_facets(facets)

    def set_facets(self, facets: Sequence[Facet]) -> None:
        """New counts; ticks and the place are kept."""
        row = self.currentRow()
        self.clear()
        for facet in facets:
            head = QListWidgetItem(facet.title)
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(head)
            for value in facet.values:
                item = QListWidgetItem(value.text)
                item.setData(_KEY, (facet.id, value.id))
                item.setData(_COUNT, value.count)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{value.text}, {value.count}")
                item.setToolTip(value.text)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                ticked = value.id in self._ticked.get(facet.id, ())
                item.setData(
                    Qt.ItemDataRole.CheckStateRole,
                    Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked,
                )
                self.addItem(item)
        self.setCurrentRow(row if row > 0 else 1)

    def ticked(self) -> dict[str, set[str]]:
        """What is ticked now."""
        return {facet: set(values) for facet, values in self._ticked.items() if values}

    def set_ticks(self, ticks: Mapping[str, Iterable[str]]) -> None:
        """Tick exactly these without telling anyone."""
        self._ticked = {facet: set(values) for facet, values in ticks.items()}
        for n in range(self.count()):
            key = self.item(n).data(_KEY)
            if key:
                on = key[1] in self._ticked.get(key[0], ())
                self.item(n).setData(
                    Qt.ItemDataRole.CheckStateRole, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
                )

    def clear_ticks(self) -> None:
        """Untick everything."""
        for n in range(self.count()):
            if self.item(n).data(_KEY):
                self.item(n).setData(Qt.ItemDataRole.CheckStateRole, Qt.CheckState.Unchecked)
        self._ticked.clear()
        self.chosen.emit({})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter} and item is not None:
            self._toggle(item)
        elif event.key() == Qt.Key.Key_Delete:
            self.clear_ticks()
        else:
            super().keyPressEvent(event)

    def _toggle(self, item: QListWidgetItem) -> None:
        key = item.data(_KEY)
        if not key:
            return
        facet, value = key
        on = item.data(Qt.ItemDataRole.CheckStateRole) != Qt.CheckState.Checked
        item.setData(Qt.ItemDataRole.CheckStateRole, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        values = self._ticked.setdefault(facet, set())
        (values.add if on else values.discard)(value)
        self.chosen.emit(self.ticked())


class _FacetDelegate(QStyledItemDelegate):
    def __init__(self, view: FacetList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(160, 30 if index.data(_KEY) else 34)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c = colours()
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not index.data(_KEY):
            painter.setFont(sized(self._view.font(), SECONDARY, QFont.Weight.DemiBold))
            painter.setPen(QColor(c.text_soft))
            painter.drawText(rect.adjusted(S, 8, -S, 0), Qt.AlignmentFlag.AlignVCenter, str(index.data()))
            painter.restore()
            return
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(c.hover))
        box = QRect(rect.x() + S, rect.center().y() - _BOX // 2 + 1, _BOX, _BOX)
        painter.setPen(QPen(QColor(c.accent if ticked else c.edge), 1.2))
        painter.setBrush(QColor(c.accent if ticked else c.surface))
        painter.drawRoundedRect(box, 4, 4)
        if ticked:
            draw_glyph(painter, box.adjusted(2, 2, -2, -2), "done", QColor(c.on_accent))
        font = sized(self._view.font(), BODY, QFont.Weight.Medium if ticked else QFont.Weight.Normal)
        count = str(index.data(_COUNT))
        room = rect.adjusted(S + _BOX + S, 0, -S, 0)
        small = sized(self._view.font(), SECONDARY)
        tail = QFontMetrics(small).horizontalAdvance(count)
        painter.setFont(font)
        painter.setPen(QColor(c.text if index.data(_COUNT) or ticked else c.text_off))
        words = QFontMetrics(font).elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, room.width() - tail - S
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        painter.setFont(small)
        painter.setPen(QColor(c.text_soft))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        if self._view.hasFocus() and self._view.currentIndex() == index:
            painter.setPen(QPen(QColor(c.focus), FOCUS))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 4, 4)
        painter.restore()
