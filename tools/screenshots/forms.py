"""Scenes of every form that opens beside a case, and of its menus."""

from __future__ import annotations

from collections.abc import Callable

from tools.screenshots.daily import of_case
from tools.screenshots.scene import SMALL, Scene, Stage

_FORMS = (
    "case.note", "case.task", "case.action", "case.party", "case.link", "case.hand_over", "case.phase",
    "case.reclassify", "case.publicity", "case.retention", "document.edit",
    "document.values", "document.move", "party.edit", "case.split", "case.merge", "case.transfer",
    "case.void", "case.arrival_time", "task.edit",
)  # fmt: skip
_TAB = {"document": "documents", "party": "parties", "task": "tasks"}


def _form(action: str) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        of_case("long", _TAB.get(action.partition(".")[0], "timeline"))(stage)
        stage.do(action)

    return play


def _errors(stage: Stage) -> None:
    """What is wrong, each at its field."""
    _form("case.party")(stage)
    panel = stage.page("cases").view.side.panel()
    panel.submit()
    stage.settle()


def _document(stage: Stage) -> None:
    of_case("long", "documents")(stage)
    stage.dialogs.files = [stage.things["file"]]
    stage.do("case.document")


def _version(stage: Stage) -> None:
    of_case("long", "documents")(stage)
    stage.dialogs.files = [stage.things["file"]]
    stage.do("document.version")


def _menu(which: str) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        of_case("long")(stage)
        stage.page("cases").view.header.open_menu(which)
        stage.settle(0.3)

    return play


def scenes() -> list[Scene]:
    """Each form once; the longest ones in the small window too."""
    return [
        *(Scene(f"menu-{which}", _menu(which)) for which in ("add", "handle", "correct")),
        *(Scene(f"form-{id_.replace('.', '-')}", _form(id_)) for id_ in _FORMS),
        Scene("form-reopen", of_case("closed", "", lambda s: s.do("case.reopen"))),
        Scene("form-document", _document),
        Scene("form-version", _version),
        Scene("form-errors", _errors),
        Scene("form-party-small", _form("case.party"), SMALL),
        Scene("form-document-values-small", _form("document.values"), SMALL),
    ]
