"""What the case pages give the window: their actions, cases in the palette, and where *Korjaa…* leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from workbench.i18n import _
from workbench.ui.cases.actions import install
from workbench.ui.cases.finding import case_results
from workbench.ui.shell import MainWindow

if TYPE_CHECKING:
    from workbench.ui.cases.page import CasesPage


def wire_cases(window: MainWindow) -> None:
    """Join the case pages to the window."""

    def page() -> CasesPage:
        return cast("CasesPage", window.host.page("cases"))

    def correct(action: str, changes: Any) -> None:
        case_id = case_of(changes)
        if case_id:
            page().correct(action, case_id)
        else:
            window.say(_("Avaa korjattava asia luettelosta."), state="warning")

    install(window.actions_).make = page
    window.add_results(case_results(window.ui, window))
    window.on_correct(correct)


def case_of(changes: Any) -> str:
    """The case a command was about: what it made, else the one it touched."""
    made = getattr(changes.result, "case_id", "")
    if made:
        return str(made)
    return next((id_ for kind, id_ in sorted(changes.touched) if kind == "case_file"), "")
