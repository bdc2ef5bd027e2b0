"""The list of arrivals: two lines each, as letters in a tray; the oldest first while they wait."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QTableView

from workbench.cases.intake.queries import ArrivalRow, load_arrivals_by_id
from workbench.cases.model import CHANNELS
from workbench.clock import local
from workbench.i18n import N_, _, day_text, ngettext, time_text
from workbench.ui.models.lazy_table import ROW_ROLE, Column, LazyTableModel
from workbench.ui.models.settings import Remembered
from workbench.ui.tasks import Tasks
from workbench.ui.theme.current import colours
from workbench.ui.theme.fonts import sized
from workbench.ui.theme.icons import draw_glyph
from workbench.ui.theme.tokens import BODY, SECONDARY, M, S
from workbench.ui.widgets.datatable import DataTable
from workbench.ui.widgets.rowdelegate import RowDelegate

LONG_DAYS = 3
_CHANNELS = {code: N_(name) for code, name in CHANNELS.items()}


def spoken(row: ArrivalRow) -> str:
    """A row in words, for search, copying and screen readers."""
    day = day_text(local(row.arrived_at).date())
    return ", ".join(filter(None, (row.subject, row.sender or _(_CHANNELS[row.channel]), day)))


def _load(reader: Any, ids: Sequence[str]) -> Mapping[str, ArrivalRow]:
    return load_arrivals_by_id(reader, ids)


def arrival_model(tasks: Tasks) -> LazyTableModel:
    """One column: the row is drawn whole."""
    return LazyTableModel([Column("arrival", _("Saapunut"), spoken, 240, stretch=True)], _load, tasks)


class ArrivalTable(DataTable):
    """Rows of two lines, no header."""

    def __init__(self, model: LazyTableModel, settings: Remembered, today: Callable[[], date]) -> None:
        super().__init__(model, "arrivals", settings)
        self.horizontalHeader().hide()
        self._letters = _LetterDelegate(self, today)
        self._delegate = self._letters
        self.setItemDelegate(self._letters)
        self.set_copy_text(spoken)
        self.setAccessibleName(_("Saapuneet"))
        self.set_waiting(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_waiting(self, waiting: bool) -> None:
        """Whether what is listed waits to be registered."""
        self.setAccessibleDescription(_("Ctrl+Enter rekisteröi ja avaa seuraavan") if waiting else "")

    def set_compact(self, compact: bool) -> None:
        """Row height by density."""
        self.verticalHeader().setDefaultSectionSize(50 if compact else 58)


class _LetterDelegate(RowDelegate):
    """Subject and time above, sender below; a paper clip, a warning and long waiting as marks with words."""

    margin = M

    def __init__(self, view: QTableView, today: Callable[[], date]) -> None:
        super().__init__(view)
        self._today = today
        self._subject = sized(view.font(), BODY, QFont.Weight.Medium)
        self._small = sized(view.font(), SECONDARY)

    def _paint_cell(
        self, painter: QPainter, inner: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: ArrivalRow | None = index.data(ROW_ROLE)
        if row is None:
            return
        c = colours()
        middle = inner.center().y()
        above = QRect(inner.x(), middle - 21, inner.width(), 20)
        below = QRect(inner.x(), middle + 1, inner.width(), 20)
        when = self._when(row)
        small = QFontMetrics(self._small)
        painter.setFont(self._small)
        painter.setPen(QColor(c.text_soft))
        painter.drawText(above, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, when)
        room = above.adjusted(0, 0, -small.horizontalAdvance(when) - S, 0)
        painter.setFont(self._subject)
        painter.setPen(QColor(c.text))
        words = QFontMetrics(self._subject).elidedText(row.subject, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        self._paint_under(painter, below, row)

    def _paint_under(self, painter: QPainter, below: QRect, row: ArrivalRow) -> None:
        c = colours()
        right = below.right()
        painter.setFont(self._small)
        small = QFontMetrics(self._small)
        days = (self._today() - local(row.arrived_at).date()).days
        if row.state == "new" and days >= LONG_DAYS:
            words = ngettext("{n} pv", "{n} pv", days).format(n=days)
            width = small.horizontalAdvance(words)
            painter.setPen(QColor(c.warning.ink))
            painter.drawText(
                QRect(right - width, below.y(), width + 1, 20), Qt.AlignmentFlag.AlignVCenter, words
            )
            right -= width + 4
            draw_glyph(painter, QRect(right - 13, below.y() + 4, 13, 13), "waiting", QColor(c.warning.ink))
            right -= 13 + S
        if row.has_warnings:
            draw_glyph(painter, QRect(right - 14, below.y() + 3, 14, 14), "warning", QColor(c.warning.ink))
            right -= 14 + S
        if row.files > 1:
            words = str(row.files - 1)
            width = small.horizontalAdvance(words)
            painter.setPen(QColor(c.text_soft))
            painter.drawText(
                QRect(right - width, below.y(), width + 1, 20), Qt.AlignmentFlag.AlignVCenter, words
            )
            right -= width + 3
            draw_glyph(painter, QRect(right - 13, below.y() + 3, 13, 13), "attachment", QColor(c.text_soft))
            right -= 13 + S
        sender = row.sender or _(_CHANNELS[row.channel])
        room = QRect(below.x(), below.y(), right - below.x(), 20)
        painter.setPen(QColor(c.text_soft))
        words = small.elidedText(sender, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)

    def _when(self, row: ArrivalRow) -> str:
        day = local(row.arrived_at).date()
        if day == self._today():
            return time_text(row.arrived_at)
        return f"{day.day}.{day.month}." if day.year == self._today().year else day_text(day)
