"""Tehtävät: tasks and planned actions of a case; what is open first, the nearest day first."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from workbench.cases.whole import WholeCase
from workbench.clock import local, today
from workbench.i18n import _, day_text, ngettext
from workbench.ui.cases.treepane import TreePane, TreeTab
from workbench.ui.cases.words import capital, due_look, due_text
from workbench.ui.shell import Ui
from workbench.ui.widgets.empty import EmptyState
from workbench.ui.widgets.rowtree import RowTree, TreeColumn, TreeRow


class TasksTab(TreeTab):
    """``current()`` is (kind, row) in hand: a task or a planned action."""

    def __init__(self, ui: Ui) -> None:
        super().__init__(RowTree(
            [TreeColumn(_("Tehtävä")), TreeColumn(_("Tekijä"), 170), TreeColumn(_("Määräpäivä"), 158),
             TreeColumn(_("Tila"), 130)],
            _("Tehtävät"),
        ))  # fmt: skip
        self._ui = ui
        self._rows: dict[str, tuple[str, dict[str, Any]]] = {}
        self.tree.current_changed.connect(lambda _id: ui.actions.refresh())
        self.tree.opened.connect(lambda _id: ui.actions.trigger("task.complete"))
        self._buttons: list[QWidget] = [ui.actions.tool_button(id_) for id_ in ("task.edit", "task.remove")]
        self._buttons += [ui.actions.button(id_) for id_ in ("task.complete", "case.task")]
        empty = EmptyState(
            _("Ei tehtäviä"),
            _("Asiaan annetut tehtävät ja suunnitellut toimenpiteet tulevat tähän."),
            ui.actions.button("case.task"),
            picture="task",
        )
        self._list = TreePane(self.tree, self._buttons, empty)
        self._column.addWidget(self._list)

    def show_case(self, whole: WholeCase) -> None:
        """Show a case's tasks."""
        now = today(self._ui.clock)
        far = date.max
        tasks = sorted(whole.case.tasks, key=lambda t: (t["done_at"] is not None, t["due_on"] or far, t["k"]))
        planned = [a for a in whole.case.actions if a["state"] == "planned"]
        self._rows = {t["id"]: ("task", t) for t in tasks} | {a["id"]: ("action", a) for a in planned}
        self.tree.set_rows(
            [_action_row(a, whole) for a in planned] + [_task_row(t, whole, now) for t in tasks]
        )
        count = len(planned) + sum(1 for t in tasks if t["done_at"] is None)
        self._list.tell(ngettext("{n} kesken", "{n} kesken", count).format(n=count), empty=not self._rows)
        for button in self._buttons:  # an empty list offers the one command itself
            button.setVisible(bool(self._rows))

    def current(self) -> tuple[str, dict[str, Any]] | None:
        """What is in hand."""
        return self._rows.get(self.tree.current_id())


def _task_row(t: dict[str, Any], whole: WholeCase, now: date) -> TreeRow:
    done = t["done_at"]
    state = _("tehty {day}").format(day=day_text(local(done).date())) if done else _("kesken")
    look = due_look(t["due_on"], now, closed=done is not None)
    states = {3: "ok" if done else "waiting"} | ({2: look} if look else {})
    due = due_text(t["due_on"], now, closed=done is not None)
    return TreeRow(
        t["id"],
        (t["title"], whole.person(t["assignee_id"]), due, state),
        "task" if done else "task-open",
        states,
    )


def _action_row(a: dict[str, Any], whole: WholeCase) -> TreeRow:
    cells = (capital(a["name"]), whole.person(a["by_id"]), "", _("suunniteltu"))
    return TreeRow(a["id"], cells, "phase", {3: ""})
