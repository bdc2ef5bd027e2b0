"""Työpöytä: four columns of work, most urgent first. Enter opens, Space peeks."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.cases.desk_queries import DeskWork, DueRow, load_desk
from workbench.cases.intake.queries import ArrivalRow
from workbench.cases.model import CHANNELS
from workbench.cases.naming import shown_number
from workbench.clock import local, today
from workbench.desk import Desk
from workbench.i18n import N_, _, day_text, ngettext, time_text
from workbench.ui.shell import Ui
from workbench.ui.theme.tokens import L, M
from workbench.ui.widgets.cardcolumn import Card, CardColumn
from workbench.ui.widgets.text import PageHeader

# Kinds of rows whose change can move something on the desk.
_CONCERNS = frozenset({"arrival", "case_file", "task", "handover"})
_CHANNELS = {code: N_(name) for code, name in CHANNELS.items()}


class WorkPage(QWidget):
    """Columns: arrivals, today and late, waiting for me, next meetings."""

    def __init__(self, ui: Ui, desk: Desk) -> None:
        super().__init__()
        self._ui, self._desk = ui, desk
        self.arrivals = CardColumn(
            _("Saapuneet"), "arrivals", _("Kaikki saapunut on rekisteröity. Uusi posti tulee tähän.")
        )
        self.due = CardColumn(
            _("Tänään ja myöhässä"),
            "deadline",
            _("Kahden viikon sisällä ei ole määräpäiviä."),
        )
        self.waiting = CardColumn(
            _("Odottaa minua"), "person", _("Mikään ei odota sinua. Sinulle siirretyt asiat tulevat tähän.")
        )
        self.meetings = CardColumn(_("Seuraavat kokoukset"), "meetings", _("Kalenterissa ei ole kokouksia."))
        self.arrivals.opened.connect(lambda id_: ui.go.open_object("arrival", id_))
        self.arrivals.peeked.connect(lambda id_: ui.go.open_object("arrival", id_))
        for column in (self.due, self.waiting):
            column.opened.connect(lambda id_: ui.go.open_object("case_file", id_.partition("#")[0]))
            column.peeked.connect(lambda id_: ui.go.open_object("case_file", id_.partition("#")[0]))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(L, L, L, L)
        layout.setSpacing(M)
        self._header = PageHeader(_("Työpöytä"))
        layout.addWidget(self._header)
        row = QHBoxLayout()
        row.setSpacing(M)
        for column in (self.arrivals, self.due, self.waiting, self.meetings):
            row.addWidget(column, 1)
        layout.addLayout(row, 1)
        ui.tasks.store_changed.connect(self._on_changed)

    def on_shown(self) -> None:
        """Look again whenever the page comes into view."""
        self._load()

    def _on_changed(self, changes: object, _initiator: object) -> None:
        touched: frozenset[tuple[str, str]] = getattr(changes, "touched", frozenset())
        if self.isVisible() and (not touched or any(kind in _CONCERNS for kind, _id in touched)):
            self._load()

    def _load(self) -> None:
        self._ui.tasks.run_query(self, "desk", load_desk, done=self._show)

    def _show(self, work: DeskWork) -> None:
        now = today(self._ui.clock)
        self.arrivals.set_cards([_arrival_card(a, now) for a in work.arrivals], work.arrivals_total)
        self.due.set_cards([_due_card(d, now) for d in work.due], work.due_total)
        self.waiting.set_cards(
            [
                Card(f"{w.case_id}#{n}", w.title, f"{shown_number(w.number)} {w.why}")
                for n, w in enumerate(work.waiting)
            ],
            work.waiting_total,
        )


def _arrival_card(arrival: ArrivalRow, now: date) -> Card:
    day = local(arrival.arrived_at).date()
    days = (now - day).days
    when = time_text(arrival.arrived_at) if days == 0 else day_text(day)
    line = " · ".join(filter(None, (arrival.sender or _(_CHANNELS[arrival.channel]), when)))
    if days >= 3:
        return Card(arrival.id, arrival.subject, line, "warning", _("odottanut {n} pv").format(n=days))
    return Card(arrival.id, arrival.subject, line)


def _due_card(due: DueRow, now: date) -> Card:
    days = (due.due_on - now).days
    if days < 0:
        state, word = "stop", ngettext("myöhässä {n} pv", "myöhässä {n} pv", -days).format(n=-days)
    elif days == 0:
        state, word = "warning", _("tänään")
    elif days == 1:
        state, word = "warning", _("huomenna")
    else:
        state, word = "waiting", day_text(due.due_on)
    return Card(f"{due.case_id}#{due.kind}{due.title}", due.title, shown_number(due.number), state, word)
