"""A day and a time of day, typed the Finnish way: when something arrived."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from workbench.clock import FINLAND, local
from workbench.i18n import _, time_text
from workbench.ui.theme.tokens import S
from workbench.ui.widgets.datefield import DateField

_TIME = re.compile(r"(?:klo\s*)?(\d{1,2})(?:[.:]?(\d{2}))?$")


class MomentField(QWidget):
    """``changed(datetime or None)``."""

    changed = Signal(object)

    def __init__(self, name: str, today: Callable[[], date]) -> None:
        super().__init__()
        self.day = DateField(name, today)
        self.day.words.hide()
        self.time = QLineEdit()
        self.time.setAccessibleName(_("{name}, kellonaika").format(name=name))
        self.time.setPlaceholderText(_("klo"))
        self.time.setFixedWidth(72)
        self._seconds = time()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S)
        row.addWidget(self.day)
        row.addWidget(self.time)
        row.addStretch(1)
        self.day.changed.connect(lambda _day: self.changed.emit(self.moment()))
        self.time.editingFinished.connect(lambda: self.changed.emit(self.moment()))

    def set_moment(self, moment: datetime | None) -> None:
        """Show a moment without telling anyone."""
        self.day.set_day(local(moment).date() if moment else None)
        self.time.setText(time_text(moment) if moment else "")
        self._seconds = local(moment).time() if moment else time()

    def moment(self) -> datetime | None:
        """The moment typed; None when the day or the time is not understood."""
        day, clock = self.day.day(), self._clock()
        if day is None or clock is None:
            return None
        if (clock.hour, clock.minute) == (self._seconds.hour, self._seconds.minute):
            clock = self._seconds  # untouched: the message's own seconds stay
        return datetime.combine(day, clock.replace(tzinfo=None), FINLAND).astimezone(UTC)

    def _clock(self) -> time | None:
        found = _TIME.match(self.time.text().strip())
        if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
            return None
        return time(int(found[1]), int(found[2] or 0))
