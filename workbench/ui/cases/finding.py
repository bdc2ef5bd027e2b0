"""Cases in the palette as one types: number, title, and a piece of the text that was found."""

from __future__ import annotations

from PySide6.QtCore import QObject

from workbench.cases.naming import shown_number
from workbench.cases.search import FoundCase, search
from workbench.store.store import Reader
from workbench.ui.shell import Ui
from workbench.ui.shell.palette import Give, Hit, ResultProvider

_SHOWN = 12
_SHORTEST = 2


def _find(reader: Reader, typed: str) -> list[FoundCase]:
    return search(reader, typed, limit=_SHOWN)


def case_results(ui: Ui, owner: QObject) -> ResultProvider:
    """The palette's provider; the newest word typed wins."""

    def provide(typed: str, give: Give) -> None:
        if len(typed) < _SHORTEST:
            return
        ui.tasks.run_query(
            owner, "palette", _find, typed, done=lambda found: give([_hit(ui, f) for f in found])
        )

    return provide


def _hit(ui: Ui, found: FoundCase) -> Hit:
    case = found.case

    def go() -> None:
        ui.go.open_object("case_file", case.id)

    return Hit(
        f"{shown_number(case.number)} {case.title}",
        "secret" if case.restricted else "case",
        go,
        detail="" if case.restricted else found.excerpt,
    )
