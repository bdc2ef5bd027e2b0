"""Changing what is still to be done in a case: a task given wrong, a planned action that falls away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workbench.cases.rights import need_serving, open_case, through, visible_case
from workbench.cases.telling import tell
from workbench.errors import UserError
from workbench.i18n import N_, _
from workbench.store.commands import Command, CommandSpec
from workbench.store.unit import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class EditTask(Command):
    """Change named fields of a task that is not done: what, who, by when, reminder."""

    task_id: str
    changes: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class RemoveTask(Command):
    """Take away a task that was given by mistake or is not needed any more."""

    task_id: str


@dataclass(frozen=True, kw_only=True)
class RemoveAction(Command):
    """Take away a planned action that will not be done. One that was done stays in the case."""

    action_id: str


EDITABLE = frozenset({"title", "assignee_id", "due_on", "remind_on"})


def _edit_task(command: EditTask, uow: UnitOfWork) -> None:
    task, case = _undone_task(uow, command.task_id)
    unknown = set(command.changes) - EDITABLE
    if unknown:
        raise ValueError(f"EditTask does not change {sorted(unknown)}")
    changes = dict(command.changes)
    if "title" in changes:
        changes["title"] = str(changes["title"] or "").strip()
        if not changes["title"]:
            raise UserError(_("Kirjoita, mitä pitää tehdä."), field="title")
    if "assignee_id" in changes:
        need_serving(uow, changes["assignee_id"] or "", "assignee_id")
    open_case(uow, case["id"])
    uow.patch("task", task["id"], **changes)
    tell(uow, N_("Muutettu tehtävää asiassa {number}"), case)


def _remove_task(command: RemoveTask, uow: UnitOfWork) -> None:
    task, case = _undone_task(uow, command.task_id)
    uow.delete("task", task["id"])
    tell(uow, N_("Poistettu tehtävä asiasta {number}"), case)


def _undone_task(uow: UnitOfWork, task_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
    task = uow.need("task", task_id)
    if task["done_at"] is not None:
        raise UserError(_("Tehtävä on jo tehty, joten se jää asiaan."), code="already_done")
    return task, visible_case(uow, task["case_id"])


def _remove_action(command: RemoveAction, uow: UnitOfWork) -> None:
    action = uow.need("action", command.action_id)
    case = open_case(uow, action["case_id"])
    if action["state"] != "planned":
        raise UserError(_("Toimenpide on tehty, joten se jää asiaan."), code="already_done")
    if uow.select("document", case_id=case["id"], action_id=action["id"]):
        raise UserError(_("Toimenpiteeseen kuuluu asiakirjoja. Siirrä ne ensin toiseen toimenpiteeseen."))
    uow.delete("action", action["id"])
    tell(uow, N_("Poistettu suunniteltu toimenpide asiasta {number}"), case)


_TASK = frozenset({"task"})

COMMANDS = (
    CommandSpec(EditTask, "task.edit", _edit_task, through("task", "edit", "task_id"), writes=_TASK),
    CommandSpec(RemoveTask, "task.remove", _remove_task, through("task", "edit", "task_id"), writes=_TASK),
    CommandSpec(
        RemoveAction,
        "action.remove",
        _remove_action,
        through("action", "edit", "action_id"),
        writes=frozenset({"action"}),
    ),
)
