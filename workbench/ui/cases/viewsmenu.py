"""Saved views: a list's ticks, words and order under a name of one's own."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QMenu, QWidget

from workbench.cases.parts import RemoveView, SaveView
from workbench.cases.views import SavedView
from workbench.i18n import _
from workbench.ui.actions import ActionRegistry
from workbench.ui.cases.plans import PanelPlan
from workbench.ui.theme.icons import icon
from workbench.ui.widgets.formfield import FormField


def as_query(ticks: dict[str, set[str]], text: str, sort: str, descending: bool) -> dict[str, Any]:
    """What a view keeps."""
    kept = {facet: sorted(values) for facet, values in ticks.items() if values}
    return {"ticks": kept, "text": text, "sort": sort, "descending": descending}


def from_query(query: dict[str, Any]) -> tuple[dict[str, set[str]], str, str, bool]:
    """Ticks, words, order; a view of another version gives what can be understood."""
    ticks = {str(facet): set(map(str, values)) for facet, values in dict(query.get("ticks") or {}).items()}
    return (
        ticks,
        str(query.get("text") or ""),
        str(query.get("sort") or "registered_at"),
        bool(query.get("descending", True)),
    )


def save_plan(query: dict[str, Any]) -> PanelPlan:
    """The panel that asks a name."""
    return PanelPlan(
        "save_view",
        _("Tallenna näkymä"),
        (FormField("name", _("Näkymän nimi"), need=_("Anna näkymälle nimi."),
                   hint=_("Samanniminen näkymä korvataan.")),),
        _("Tallenna"),
        lambda v, _case_id: SaveView(name=v["name"], query=query),
        consequence=_("Näkymä muistaa rajaukset, suodattimen ja järjestyksen. Se on vain sinun."),
    )  # fmt: skip


def views_menu(
    views: list[SavedView],
    actions: ActionRegistry,
    parent: QWidget,
    *,
    show: Any,
    remove: Any,
) -> QMenu:
    """Views to open; ``show(view)``, ``remove(command)``."""
    menu = actions.menu([], parent)
    for view in views:
        choice = menu.addAction(view.name)
        choice.triggered.connect(lambda _c=False, view=view: show(view))
    if not views:
        menu.addAction(_("Tallennettuja näkymiä ei ole")).setEnabled(False)
    menu.addSeparator()
    for action in actions.menu(["list.save_view"], menu).actions():
        menu.addAction(action)
    if views:
        gone = menu.addMenu(icon("delete"), _("Poista näkymä"))
        for view in views:
            choice = gone.addAction(view.name)
            choice.triggered.connect(lambda _c=False, view=view: remove(RemoveView(view_id=view.id)))
    return menu
