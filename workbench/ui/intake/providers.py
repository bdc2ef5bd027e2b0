"""Choices for the form's searching fields: people of the municipality, pending cases."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from workbench.cases.naming import shown_number
from workbench.cases.queries import CaseFilter, CaseRow, find_cases, load_cases
from workbench.cases.search import search
from workbench.organisation.queries import PersonRow, find_people
from workbench.store.store import Reader
from workbench.ui.intake.proposal import CaseHint
from workbench.ui.tasks import Tasks
from workbench.ui.widgets.searchselect import Choice, Give, Provider

_MOST = 12


def people_provider(tasks: Tasks, owner: QObject) -> Provider:
    """Those who have a role in the municipality acted for."""

    def provide(typed: str, give: Give) -> None:
        def work(reader: Reader) -> list[PersonRow]:
            return find_people(reader, typed, reader.session.municipality)[:40]

        def done(people: list[PersonRow]) -> None:
            give([Choice(p.id, p.name, p.title) for p in people])

        tasks.run_query(owner, "people", work, done=done)

    return provide


def case_provider(tasks: Tasks, owner: QObject, know: Callable[[list[CaseHint]], None]) -> Provider:
    """Open cases by number or words; the newest while nothing is typed."""

    def provide(typed: str, give: Give) -> None:
        def work(reader: Reader) -> list[CaseRow]:
            here = reader.session.municipality
            if typed:
                return [f.case for f in search(reader, typed, limit=30) if f.case.municipality == here][
                    :_MOST
                ]
            return load_cases(reader, find_cases(reader, CaseFilter(municipality=here))[:_MOST])

        def done(cases: list[CaseRow]) -> None:
            hints = [CaseHint(c.id, c.number, c.title, c.class_code) for c in cases]
            know(hints)
            give([Choice(c.id, f"{shown_number(c.number)} {c.title}") for c in hints])

        tasks.run_query(owner, "cases", work, done=done)

    return provide
