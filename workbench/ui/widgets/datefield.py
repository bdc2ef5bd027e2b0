"""A date typed the Finnish way; the day understood stands beside it in words before one leaves the field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import ClassVar

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from workbench.errors import UserError
from workbench.i18n import _, day_text
from workbench.ui.models.finnish_date import parse_day, weekday_text
from workbench.ui.theme.icons import icon
from workbench.ui.theme.tokens import S
from workbench.ui.widgets.errorlabel import ErrorLabel
from workbench.ui.widgets.text import label


class DateField(QWidget):
    """``changed(date or None)``. ↑ and ↓ step a day, Page Up and Page Down a week."""

    changed = Signal(object)

    def __init__(self, name: str, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today, self._day = today, None
        self.field = _DayEdit(self)
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(_("pp.kk.vvvv"))
        self.field.setFixedWidth(148)
        pick = self.field.addAction(icon("date"), QLineEdit.ActionPosition.TrailingPosition)
        pick.setToolTip(_("Valitse kalenterista"))
        pick.triggered.connect(self._open_calendar)
        self.words = label("", "small")
        self.error = ErrorLabel(self.field)
        row = QHBoxLayout()
        row.setSpacing(S)
        row.addWidget(self.field)
        row.addWidget(self.words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(self.error)
        self.setFocusProxy(self.field)
        self.setAccessibleName(name)
        self.field.textEdited.connect(self._on_edited)
        self.field.editingFinished.connect(self._finish)

    _day: date | None

    def day(self) -> date | None:
        """The day in force; None when empty or not understood."""
        return self._day

    def set_day(self, day: date | None) -> None:
        """Show a day without telling anyone."""
        self._day = day
        self.field.setText(day_text(day) if day else "")
        self.words.setText(weekday_text(day) if day else "")
        self.error.show_error("")

    def step(self, days: int) -> None:
        """Move by days from the day shown, or from today."""
        self._accept((self._day or self._today()) + timedelta(days=days))

    def _accept(self, day: date | None) -> None:
        moved = day != self._day
        self.set_day(day)
        if moved:
            self.changed.emit(day)

    def _on_edited(self, text: str) -> None:
        try:
            day = parse_day(text, self._today())
        except UserError:
            self.words.setText("")  # still typing; the error waits until the field is left
            return
        spoken = _("{weekday} {day}").format(weekday=weekday_text(day), day=day_text(day)) if day else ""
        self.words.setText(spoken)
        self.error.show_error("")

    def _finish(self) -> None:
        try:
            self._accept(parse_day(self.field.text(), self._today()))
        except UserError as error:
            self._day = None
            self.error.show_error(str(error))
            self.changed.emit(None)

    def _open_calendar(self) -> None:
        menu = QMenu(self)
        calendar = QCalendarWidget()
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setAccessibleName(_("Kalenteri"))
        shown = self._day or self._today()
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)

        def picked(day: QDate) -> None:
            menu.close()
            self._accept(date(day.year(), day.month(), day.day()))

        calendar.activated.connect(picked)
        calendar.clicked.connect(picked)
        menu.popup(self.field.mapToGlobal(self.field.rect().bottomLeft()))
        calendar.setFocus()


class _DayEdit(QLineEdit):
    _STEPS: ClassVar = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 7, Qt.Key.Key_PageDown: -7}

    def __init__(self, owner: DateField) -> None:
        super().__init__(owner)
        self._owner = owner

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self._STEPS.get(Qt.Key(event.key()))
        if step:
            self._owner.step(step)
        elif event.key() == Qt.Key.Key_Escape and self._owner.day() is not None:
            self._owner.set_day(self._owner.day())
            super().keyPressEvent(event)
        else:
            super().keyPressEvent(event)
