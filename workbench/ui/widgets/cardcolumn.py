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
from workbench.ui.theme.tokens import BODY, FOCUS, SECONDARY, XS, M, S
from workbench.ui.theme.wrap import wrapped
from workbench.ui.widgets.pill import HEIGHT, paint_pill, pill_font, pill_width
from workbench.ui.widgets.text import glyph, label

_CARD = Qt.ItemDataRole.UserRole
_LINES = 2


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
        self.list = CardList(title)
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


class CardList(QListWidget):
    """Cards below each other; ``opened(id)`` by Enter or a double click, ``peeked(id)`` by Space. ``keeps_choice``:
    the chosen one is marked also while the keyboard is elsewhere, as beside a list of what is chosen in it."""

    opened = Signal(str)
    peeked = Signal(str)

    def __init__(self, title: str, *, keeps_choice: bool = False) -> None:
        super().__init__()
        self.keeps_choice = keeps_choice
        self.setAccessibleName(title)
        self.setAccessibleDescription(_("Enter avaa, välilyönti vilkaisee"))
        self.setItemDelegate(_CardDelegate(self))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setWordWrap(True)  # Qt then places the rows anew when a scroll bar takes of the width, too
        self.itemDoubleClicked.connect(lambda item: self.opened.emit(item.data(_CARD).id))

    def id_of(self, item: QListWidgetItem | None) -> str:
        """The id of an item's card; "" for none."""
        return str(item.data(_CARD).id) if item is not None else ""

    def set_current(self, id_: str) -> None:
        """Choose a card by its id, if it is there."""
        for n in range(self.count()):
            if self.id_of(self.item(n)) == id_:
                self.setCurrentRow(n)

    def set_cards(self, cards: Sequence[Card]) -> None:
        """Show these; the chosen one stays chosen."""
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


@dataclass(frozen=True)
class _Broken:
    """A card's words in lines for a width; ``beside``: the pill stands at the right of the last soft line."""

    title: list[str]
    line: list[str]
    beside: bool


class _CardDelegate(QStyledItemDelegate):
    """Words wrap, a number is never cut: what has no room beside the pill goes above it."""

    def __init__(self, view: CardList) -> None:
        super().__init__(view)
        self._view = view
        base = view.font()
        self._title = sized(base, BODY, QFont.Weight.Medium)
        self._small, self._pill = sized(base, SECONDARY), pill_font(base)
        self._step = round(QFontMetrics(self._title).height() * 1.2)
        self._soft = round(QFontMetrics(self._small).height() * 1.3)
        self._known: tuple[int, dict[Card, _Broken]] = (0, {})

    def _words(self, card: Card, width: int) -> _Broken:
        if self._known[0] != width:
            self._known = (width, {})
        found = self._known[1].get(card)
        if found is None:
            room = width - 2 * (S + M)
            pill = pill_width(self._pill, card.word) + S if card.word else 0
            beside = QFontMetrics(self._small).horizontalAdvance(card.line) <= room - pill
            line = [card.line] if beside else wrapped(card.line, self._small, room, _LINES)
            found = _Broken(wrapped(card.title, self._title, room, _LINES), line if card.line else [], beside)
            self._known[1][card] = found
        return found

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        width = self._view.viewport().width()
        card: Card = index.data(_CARD)
        words = self._words(card, width)
        pill = HEIGHT if card.word else 0
        under = max(self._soft, pill) if words.beside else self._soft * len(words.line) + pill
        return QSize(width, 6 + 2 * S + self._step * len(words.title) + XS + under)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c = colours()
        card: Card = index.data(_CARD)
        words = self._words(card, option.rect.width())
        body = QRectF(option.rect).adjusted(S, 3, -S, -3)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = self._view.hasFocus() and self._view.currentIndex() == index
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(QPen(QColor(c.focus if here else c.line), FOCUS if here else 1))
        chosen = self._view.keeps_choice and self._view.currentIndex() == index
        painter.setBrush(QColor(c.chosen if chosen else c.hover if over else c.surface))
        painter.drawRoundedRect(body.adjusted(1, 1, -1, -1), 6, 6)
        room = body.toRect().adjusted(M, S, -M, -S)
        box = QRect(room.x(), room.y(), room.width() + S, self._step)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._title)
        painter.setPen(QColor(c.text))
        for line in words.title:
            painter.drawText(box, middle, line)
            box.translate(0, self._step)
        box.translate(0, XS)
        box.setHeight(HEIGHT if words.beside and card.word else self._soft)
        if card.word:
            wide = pill_width(self._pill, card.word)
            left = room.right() - wide + 1 if words.beside else room.x()
            paint_pill(
                painter,
                QRect(left, room.bottom() - HEIGHT + 1, wide, HEIGHT),
                self._pill,
                card.word,
                card.state,
            )
        painter.setFont(self._small)
        painter.setPen(QColor(c.text_soft))
        for line in words.line:
            painter.drawText(box, middle, line)
            box.translate(0, self._soft)
        painter.restore()
