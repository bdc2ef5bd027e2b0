"""The left part of the page: which arrivals are shown, the filter, and the list itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from workbench.i18n import N_, _
from workbench.ui.intake.arrivallist import ArrivalTable, arrival_model
from workbench.ui.models.settings import Remembered
from workbench.ui.tasks import Tasks
from workbench.ui.theme.tokens import M, S
from workbench.ui.widgets.choicebox import ChoiceBox
from workbench.ui.widgets.empty import EmptyState
from workbench.ui.widgets.listpane import ListPane

STATES = {
    "new": N_("Odottaa rekisteröintiä"),
    "set_aside": N_("Jätetty rekisteröimättä"),
    "registered": N_("Rekisteröity"),
}
_WIDE = 620
_EMPTY = {
    "new": (
        N_("Kaikki on rekisteröity"),
        N_("Pudota tiedostoja ikkunaan tai tuo ne. Valvotun kansion posti tulee tähän itsestään."),
    ),
    "set_aside": (
        N_("Mitään ei ole jätetty pois"),
        N_("Mainokset ja muut rekisteröimättömät näkyvät tässä."),
    ),
    "registered": (N_("Mitään ei ole vielä rekisteröity"), N_("Rekisteröity posti näkyy tässä.")),
}


class ListPanel(QWidget):
    """``state_changed(state)`` and ``filtered(words)``; the table is ``table``, its model ``model``."""

    state_changed = Signal(str)
    filtered = Signal(str)

    def __init__(
        self, tasks: Tasks, settings: Remembered, today: Callable[[], date], bring: QPushButton
    ) -> None:
        super().__init__()
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(200)
        self.model = arrival_model(tasks)
        self.model.setParent(self)
        self.table = ArrivalTable(self.model, settings, today)
        self._empty = EmptyState(_(_EMPTY["new"][0]), _(_EMPTY["new"][1]), bring, picture="arrivals")
        pane = ListPane(self.table, self.model, self._empty)
        pane.columns.hide()
        pane.count.hide()
        pane.bar.setContentsMargins(M, 0, M, S)
        self.pane = pane
        self.state = ChoiceBox(_("Mitkä saapuneet näytetään"), [(s, _(w)) for s, w in STATES.items()])
        self.state.show_choice("new")
        self.state.picked.connect(self._on_state)
        pane.filtered.connect(self.filtered)
        head = self._head = QHBoxLayout()
        head.setContentsMargins(M, S, M, S)
        head.addWidget(self.state, 1)
        self._wide = False
        self.setMinimumHeight(120)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(pane, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() > _WIDE
        if wide != self._wide:  # a low, wide list has its two fields side by side
            self._wide = wide
            (self.pane.bar if wide else self._head).insertWidget(0, self.state, 1)
            self._head.setContentsMargins(M, 0 if wide else S, M, S)

    def words(self) -> str:
        """What the list is filtered by."""
        return self.pane.filter.text().strip()

    def set_counts(self, counts: dict[str, int]) -> None:
        """How many there are in each state."""
        for n, (state, words) in enumerate(STATES.items()):
            count = counts.get(state, 0)
            named = _("{words} ({n})").format(words=_(words), n=count) if count else _(words)
            self.state.setItemText(n, named)

    def show_state(self, state: str) -> None:
        """Go to another state's arrivals."""
        self.state.show_choice(state)
        self._on_state(state)

    def _on_state(self, state: str) -> None:
        title, text = _EMPTY[state]
        self._empty.set(_(title), _(text))
        self.table.set_waiting(state == "new")
        self.state_changed.emit(state)
