"""The command palette, Ctrl+K: pages, actions and whatever the search finds, by a few letters.

Keyboard alone: ↑ ↓ move, Enter does, Escape leaves. A command that cannot be used now is still found, and
says why. Results of providers come later and go under what is already there: nothing moves in hand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QLineEdit,
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
from workbench.ui.actions import ActionRegistry, ActionSpec, shortcut_text
from workbench.ui.fuzzy import score
from workbench.ui.shell.overlay import Overlay
from workbench.ui.theme.current import colours
from workbench.ui.theme.fonts import sized
from workbench.ui.theme.icons import draw_glyph
from workbench.ui.theme.tokens import BODY, ICON_LARGE, SECONDARY, M, S
from workbench.ui.widgets.empty import EmptyState
from workbench.ui.widgets.text import label

_HIT = Qt.ItemDataRole.UserRole
_SHOWN = 60


@dataclass(frozen=True)
class Hit:
    """A line of the palette. ``why_not`` is the reason it cannot be used, "" when it can."""

    text: str
    icon: str
    run: Callable[[], None]
    detail: str = ""
    keys: str = ""
    why_not: str = ""


Give = Callable[[Sequence[Hit]], None]
ResultProvider = Callable[[str, Give], None]
"""(typed, give): look for things and give them, now or later, on the window's thread."""


class Palette(Overlay):
    """Made from the action registry and the result providers."""

    def __init__(self, window: QWidget, registry: ActionRegistry) -> None:
        super().__init__(window, 640, 460)
        self._registry = registry
        self._providers: list[ResultProvider] = []
        self._recent: list[str] = []
        self._asked = 0
        self.setAccessibleName(_("Komennot"))
        self.field = QLineEdit()
        self.field.setObjectName("palette")
        self.field.setPlaceholderText(_("Etsi asioita, asiakirjoja ja komentoja"))
        self.field.setAccessibleName(_("Etsi tai anna komento"))
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Osumat"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_HitDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(lambda _item: self.accept())
        self._foot = label(_("↑ ↓ valitse · Enter suorita · Esc sulje"), "small")
        self._none = EmptyState(
            _("Ei osumia"), _("Kokeile toista sanaa tai lyhyempää alkua."), picture="search"
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._none)
        layout = QVBoxLayout(self.panel)
        layout.setContentsMargins(S, S, S, S)
        layout.setSpacing(S)
        layout.addWidget(self.field)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._foot)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(90)
        self._timer.timeout.connect(self._ask_providers)
        self.field.textChanged.connect(self._look)
        registry.ran.connect(self._remember)

    def add_provider(self, provider: ResultProvider) -> None:
        """Something more to find by typing."""
        self._providers.append(provider)

    def open(self) -> None:
        super().open()
        self.field.clear()
        self._look("")
        self.field.setFocus()

    def accept(self) -> None:
        """Do the line in hand."""
        if self.list.currentRow() < 0:
            return
        hit: Hit = self.list.currentItem().data(_HIT)
        if hit.why_not:
            self._registry.refused.emit(hit.why_not)
            return
        self.close_panel()
        hit.run()

    def hits(self) -> list[Hit]:
        """The lines shown."""
        return [self.list.item(n).data(_HIT) for n in range(self.list.count())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {
                Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8,
            }  # fmt: skip
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                self._step(step)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.accept()
                return True
            if event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
                return True  # the palette has one place for the keyboard
        return super().eventFilter(watched, event)

    def _step(self, step: int) -> None:
        count = self.list.count()
        if not count:
            return
        row = self.list.currentRow() + step
        row = row % count if abs(step) == 1 else max(0, min(count - 1, row))
        self.list.setCurrentRow(row)

    def _look(self, typed: str) -> None:
        self._asked += 1
        self.list.clear()
        self._add(self._actions(typed))
        self.list.setCurrentRow(0)
        if typed.strip() and self._providers:
            self._timer.start()

    def _actions(self, typed: str) -> list[Hit]:
        found: list[tuple[int, int, ActionSpec]] = []
        for order, spec in enumerate(self._registry.usable()):
            if typed.strip():
                points = max(
                    score(typed, spec.text), *(score(typed, w) - 10 for w in (*spec.words, spec.group))
                )
                if points <= 0:
                    continue
            else:
                recent = spec.id in self._recent
                points = 1000 - self._recent.index(spec.id) if recent else 100 if spec.scope else 0
            found.append((-points, order, spec))
        return [
            self._hit(spec) for _points, _order, spec in sorted(found, key=lambda item: item[:2])[:_SHOWN]
        ]

    def _hit(self, spec: ActionSpec) -> Hit:
        answer = spec.enabled()
        return Hit(
            spec.text,
            spec.icon,
            lambda: self._do(spec.id),
            spec.group,
            shortcut_text(spec.shortcut) if spec.shortcut else "",
            "" if answer is True else answer,
        )

    def _do(self, id_: str) -> None:
        self._registry.trigger(id_)

    def _ask_providers(self) -> None:
        asked = self._asked
        for provider in self._providers:
            provider(
                self.field.text().strip(), lambda hits: self._add(hits) if asked == self._asked else None
            )

    def _add(self, hits: Sequence[Hit]) -> None:
        for hit in hits:
            item = QListWidgetItem(hit.text)
            item.setData(_HIT, hit)
            spoken = ", ".join(part for part in (hit.text, hit.detail, hit.keys, hit.why_not) if part)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            self.list.addItem(item)
        if self.list.currentRow() < 0 and self.list.count():
            self.list.setCurrentRow(0)
        self._tell()

    def _tell(self) -> None:
        self._stack.setCurrentIndex(0 if self.list.count() else 1)

    def _remember(self, id_: str) -> None:
        if id_ != "palette.open":
            self._recent = [id_, *(known for known in self._recent if known != id_)][:5]


class _HitDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, 40)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c = colours()
        hit: Hit = index.data(_HIT)
        rect: QRect = option.rect.adjusted(2, 1, -2, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.setPen(QPen(QColor(c.focus), 2))
            painter.setBrush(QColor(c.chosen))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
        ink = QColor(c.text_off if hit.why_not else c.text)
        box = QRect(rect.x() + M, rect.center().y() - ICON_LARGE // 2 + 1, ICON_LARGE, ICON_LARGE)
        draw_glyph(painter, box, hit.icon, QColor(c.text_off if hit.why_not else c.text_soft))
        base = option.font
        small = sized(base, SECONDARY)
        room = rect.adjusted(M + ICON_LARGE + M, 0, -M, 0)
        if hit.keys:
            painter.setFont(small)
            wide = QFontMetrics(small).horizontalAdvance(hit.keys) + 12
            key = QRect(room.right() - wide, rect.center().y() - 10, wide, 20)
            painter.setPen(QPen(QColor(c.edge if chosen else c.line), 1))
            painter.setBrush(QColor(c.sunken))
            painter.drawRoundedRect(key, 4, 4)
            painter.setPen(QColor(c.text_soft))
            painter.drawText(key, Qt.AlignmentFlag.AlignCenter, hit.keys)
            room.setRight(key.x() - M)
        font = sized(base, BODY, QFont.Weight.Medium)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(ink)
        words = metrics.elidedText(hit.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        room.setLeft(room.x() + metrics.horizontalAdvance(words) + M)
        note = hit.why_not or hit.detail
        painter.setFont(small)
        painter.setPen(QColor(c.warning.ink if hit.why_not else c.text_soft))
        words = QFontMetrics(small).elidedText(note, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()
