"""One column of work on the desk: what waits, most urgent first. Enter opens, Space peeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from workbench.i18n import _
from workbench.ui.theme.current import colours
from workbench.ui.theme.fonts import sized
from workbench.ui.theme.tokens import BODY, FOCUS, SECONDARY, M, S
from workbench.ui.widgets.pill import HEIGHT, paint_pill, pill_font, pill_width
from workbench.ui.widgets.text import glyph, label

_CARD = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Card:
    """A piece of work: title, one soft line, and a state with its word ("myöhässä 3 pv")."""

    id: str
    title: str
    line: str = ""
    state: str = ""
    word: str = ""


class CardColumn(QFrame):
    """``set_cards([...])``; ``empty`` says what would come here."""

    opened = Signal(str)
    peeked = Signal(str)

    def __init__(self, title: str, icon: str, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._title = title
        head = QHBoxLayout()
        head.setContentsMargins(M, M, M, S)
        head.setSpacing(S)
        head.addWidget(glyph(icon, "accent"))
        head.addWidget(label(title, "strong"), 1)
        self._count = label("", "soft")
        head.addWidget(self._count)
        self.list = _CardList(title)
        self.list.opened.connect(self.opened)
        self.list.peeked.connect(self.peeked)
        self._empty = label(empty, "soft", wrap=True)
        self._empty.setContentsMargins(M, S, M, M)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, S)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)
        self.set_cards(())

    def set_cards(self, cards: Sequence[Card], total: int | None = None) -> None:
        """Show these; ``total`` when there are more than are shown."""
        self.list.set_cards(cards)
        count = len(cards) if total is None else total
        self._count.setText(str(count) if count else "")
        self._count.setAccessibleName(f"{self._title}: {count}")
        self._stack.setCurrentIndex(0 if cards else 1)


class _CardList(QListWidget):
    opened = Signal(str)
    peeked = Signal(str)

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.setAccessibleDescription(_("Enter avaa, välilyönti vilkaisee"))
        self.setItemDelegate(_CardDelegate(self))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.itemDoubleClicked.connect(lambda item: self.opened.emit(item.data(_CARD).id))

    def set_cards(self, cards: Sequence[Card]) -> None:
        held = self.currentItem().data(_CARD).id if self.currentItem() else ""
        self.clear()
        for card in cards:
            item = QListWidgetItem(card.title)
            item.setData(_CARD, card)
            words = ", ".join(part for part in (card.title, card.line, card.word) if part)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
            item.setToolTip(words)
            self.addItem(item)
            if card.id == held:
                self.setCurrentItem(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if item is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(item.data(_CARD).id)
        elif item is not None and event.key() == Qt.Key.Key_Space:
            self.peeked.emit(item.data(_CARD).id)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if self.currentRow() < 0 and self.count():
            self.setCurrentRow(0)


class _CardDelegate(QStyledItemDelegate):
    def __init__(self, view: _CardList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, 76)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c = colours()
        card: Card = index.data(_CARD)
        body = QRectF(option.rect).adjusted(S, 3, -S, -3)
        base = self._view.font()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = self._view.hasFocus() and self._view.currentIndex() == index
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(QPen(QColor(c.focus if here else c.line), FOCUS if here else 1))
        painter.setBrush(QColor(c.hover if over else c.surface))
        painter.drawRoundedRect(body.adjusted(1, 1, -1, -1), 6, 6)
        room = body.toRect().adjusted(M, S, -M, -S)
        title = sized(base, BODY, QFont.Weight.Medium)
        painter.setFont(title)
        painter.setPen(QColor(c.text))
        words = QFontMetrics(title).elidedText(card.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(
            QRect(room.x(), room.y() + 1, room.width(), 22), Qt.AlignmentFlag.AlignVCenter, words
        )
        bottom = QRect(room.x(), room.bottom() - HEIGHT, room.width(), HEIGHT)
        if card.word:
            font = pill_font(base)
            width = min(pill_width(font, card.word), bottom.width())
            pill = QRect(bottom.right() - width + 1, bottom.y(), width, HEIGHT)
            paint_pill(painter, pill, font, card.word, card.state)
            bottom.setRight(pill.x() - S)
        small = sized(base, SECONDARY)
        painter.setFont(small)
        painter.setPen(QColor(c.text_soft))
        line = QFontMetrics(small).elidedText(card.line, Qt.TextElideMode.ElideRight, bottom.width())
        painter.drawText(bottom, Qt.AlignmentFlag.AlignVCenter, line)
        painter.restore()
