"""What the fields of the panels choose from: people, classes, cases. Each answer comes from a query."""

from __future__ import annotations

from PySide6.QtCore import QObject

from workbench.cases.naming import shown_number
from workbench.cases.plan.lookup import path_text, selectable
from workbench.cases.plan.lookup import search as search_classes
from workbench.cases.plans import current_plan
from workbench.cases.search import search as search_cases
from workbench.i18n import N_
from workbench.organisation.queries import find_people
from workbench.store.store import Reader
from workbench.ui.shell import Ui
from workbench.ui.widgets.searchselect import Choice, Give, Provider

_SHOWN = 30
CASE_WORDS = N_("Asiatunnus tai sana otsikosta")
CLASS_WORDS = N_("Kirjoita tunnus tai sana")
"""What to type into a field that looks for a case, or for a class."""


def _people(reader: Reader, typed: str) -> list[Choice]:
    found = find_people(reader, typed, reader.session.municipality)
    return [Choice(p.id, p.name, p.title) for p in found[:_SHOWN]]


def _classes(reader: Reader, typed: str, municipality: str) -> list[Choice]:
    plan = current_plan(reader, municipality)
    usable = selectable(plan)
    codes = {c.code for c in usable}
    found = [c for c in search_classes(plan, typed, 200) if c.code in codes] if typed else usable
    return [Choice(c.code, c.label, path_text(plan, c.code)) for c in found[:_SHOWN]]


def _cases(reader: Reader, typed: str, without: str) -> list[Choice]:
    if not typed:
        return []
    found = search_cases(reader, typed, limit=_SHOWN)
    return [
        Choice(f.case.id, f"{shown_number(f.case.number)} {f.case.title}")
        for f in found
        if f.case.id != without
    ]


class Providers(QObject):
    """One for each page; answers lapse with it."""

    def __init__(self, ui: Ui, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ui = ui

    def people(self, key: str = "people") -> Provider:
        """Staff with a role in the municipality acted for."""

        def provide(typed: str, give: Give) -> None:
            self._ui.tasks.run_query(self, key, _people, typed, done=give)

        return provide

    def classes(self, municipality: str) -> Provider:
        """Classes of the plan in force that a case can be in."""

        def provide(typed: str, give: Give) -> None:
            self._ui.tasks.run_query(self, "classes", _classes, typed, municipality, done=give)

        return provide

    def cases(self, without: str = "") -> Provider:
        """Cases by number or words."""

        def provide(typed: str, give: Give) -> None:
            self._ui.tasks.run_query(self, "cases", _cases, typed, without, done=give)

        return provide
