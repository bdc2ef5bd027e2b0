"""The closing calendar (sulkuajat) as a list: from, to and why; added below, removed from the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from workbench.i18n import _, day_text
from workbench.ui.settings.fields import EnterLine, Field, button
from workbench.ui.theme.tokens import M, S
from workbench.ui.widgets.datefield import DateField
from workbench.ui.widgets.text import label

Closing = dict[str, str]
"""The stored form: ``from``, ``to``, ``reason``."""


class _List(QListWidget):
    delete_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)


class ClosingsEditor(QWidget):
    """``changed(periods)`` after each addition or removal."""

    changed = Signal(object)

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._periods: list[Closing] = []
        self._may = True
        self.list = _List()
        self.list.setAccessibleName(_("Sulkuajat"))
        self.list.setFixedHeight(104)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.delete_wanted.connect(self.remove)
        self.none = label(_("Sulkuaikoja ei ole."), "soft")
        self.first = DateField(_("Ensimmäinen päivä"), today)
        self.last = DateField(_("Viimeinen päivä"), today)
        for day in (self.first, self.last):
            day.words.hide()
        self.reason = EnterLine()
        self.reason.setPlaceholderText(_("esim. kesäsulku"))
        self.first_field = Field(_("Alkaa"), self.first)
        self.last_field = Field(_("Päättyy"), self.last)
        self.reason_field = Field(_("Syy"), self.reason)
        self.add_button = button(_("Lisää sulkuaika"), "add")
        self.add_button.clicked.connect(self.add)
        self.reason.entered.connect(self.add)
        self.remove_button = button(_("Poista valittu"), "delete")
        self.remove_button.clicked.connect(self.remove)
        self.form = QWidget()
        fields = QHBoxLayout()
        fields.setSpacing(M)
        fields.addWidget(self.first_field, 0, Qt.AlignmentFlag.AlignTop)
        fields.addWidget(self.last_field, 0, Qt.AlignmentFlag.AlignTop)
        fields.addWidget(self.reason_field, 1, Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout()
        row.setSpacing(S)
        row.addWidget(self.add_button)
        row.addWidget(self.remove_button)
        row.addStretch(1)
        form = QVBoxLayout(self.form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(M)
        form.addLayout(fields)
        form.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addWidget(self.list)
        column.addWidget(self.none)
        column.addWidget(self.form)
        self.list.currentRowChanged.connect(lambda _row: self._look())
        self._look()

    def periods(self) -> list[Closing]:
        """What the list holds, the earliest first."""
        return [dict(p) for p in self._periods]

    def texts(self) -> tuple[str, ...]:
        """The same as the set-up's texts."""
        return tuple(f"{p['from']}..{p['to']} {p.get('reason', '')}".strip() for p in self._periods)

    def set_periods(self, periods: Sequence[Closing]) -> None:
        """Show these without telling anyone."""
        self._periods = sorted((dict(p) for p in periods), key=lambda p: p["from"])
        row = self.list.currentRow()
        self.list.clear()
        for period in self._periods:
            first, last = (day_text(date.fromisoformat(period[end])) for end in ("from", "to"))
            words = _("{first}–{last}").format(first=first, last=last)
            reason = period.get("reason", "")
            item = QListWidgetItem(f"{words}   {reason}".rstrip())
            item.setToolTip(item.text())
            self.list.addItem(item)
        self.list.setCurrentRow(min(row, len(self._periods) - 1))
        self._look()

    def set_changeable(self, may: bool) -> None:
        """Whether the person may change the list."""
        self._may = may
        self._look()

    def add(self) -> None:
        """Take the fields into the list, or say at the field what is missing."""
        first, last = self.first.day(), self.last.day()
        self.first_field.error.show_error("" if first else _("Anna ensimmäinen sulkupäivä."))
        wrong = ""
        if last is None:
            wrong = _("Anna viimeinen sulkupäivä.")
        elif first is not None and last < first:
            wrong = _("Sulkuaika päättyy, ennen kuin alkaa.")
        self.last_field.error.show_error(wrong)
        if first is None or last is None or wrong:
            return
        new = {"from": first.isoformat(), "to": last.isoformat(), "reason": self.reason.text().strip()}
        self.set_periods([*self._periods, new])
        self.first.set_day(None)
        self.last.set_day(None)
        self.reason.clear()
        self.first.setFocus()
        self.changed.emit(self.periods())

    def remove(self) -> None:
        """Take the chosen one out."""
        row = self.list.currentRow()
        if self._may and 0 <= row < len(self._periods):
            self.set_periods([p for n, p in enumerate(self._periods) if n != row])
            self.changed.emit(self.periods())

    def _look(self) -> None:
        self.list.setVisible(bool(self._periods))
        self.none.setVisible(not self._periods)
        self.form.setVisible(self._may)
        self.remove_button.setEnabled(self.list.currentRow() >= 0)
