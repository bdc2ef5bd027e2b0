"""What the list holds, kept in step with the register without moving the row in hand.

New rows that would come between old ones wait as a proposal ("1 uusi"); those at the end, and rows that
went, are shown at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from workbench.cases.intake.queries import count_arrivals, find_arrival_ids
from workbench.store.store import Reader
from workbench.ui.intake.listpanel import ListPanel
from workbench.ui.tasks import Tasks

if TYPE_CHECKING:
    from workbench.ui.intake.page import ArrivalsPage


class Tray(QObject):
    """``load()`` reads the list anew; ``wanted`` is the arrival to be in hand."""

    def __init__(self, tasks: Tasks, panel: ListPanel, page: ArrivalsPage) -> None:
        super().__init__(page)
        self._tasks, self._panel, self._page = tasks, panel, page
        self._begun = self._anew = False

    def load(self, *, anew: bool = False) -> None:
        """Read the list; ``anew`` shows another list at once (another state, filter or municipality)."""
        # A later, quieter asking must not swallow an earlier one for another list.
        self._anew = self._anew or anew
        state, words = self._panel.state.chosen(), self._panel.words()

        def work(reader: Reader) -> tuple[list[str], dict[str, int]]:
            return find_arrival_ids(reader, state, words), count_arrivals(reader)

        self._tasks.run_query(self, "list", work, done=lambda found: self._listed(*found))

    def _listed(self, ids: list[str], counts: dict[str, int]) -> None:
        anew, self._anew = self._anew, False
        self._panel.set_counts(counts)
        model, wanted = self._panel.model, self._page.wanted()
        old, fresh = list(model.ids()), set(ids)
        kept, new = [id_ for id_ in old if id_ in fresh], fresh.difference(old)
        if ids[: len(kept)] == kept or anew or wanted in new:
            if ids != old:
                model.set_ids(ids)
        else:
            model.propose_ids(ids, len(new))
        model.mark_stale()
        if not self._begun and ids:
            self._begun = True  # the page was opened before its list was there
            if self._panel.isAncestorOf(self._page.focusWidget() or self._panel):
                self._panel.table.setFocus()
        current, table = self._page.current(), self._panel.table
        from_list = current is None or bool(current.bundle.id)
        if not ids:
            if from_list:
                self._page.show_nothing()
        elif wanted in fresh:
            if table.current_id() != wanted:
                table.select_id(wanted)
        elif from_list and (anew or not wanted):
            table.select_id(ids[0])
        if anew and ids and table.current_id() is not None:
            self._page.take_row(table.current_id())
