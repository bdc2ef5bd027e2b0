"""A task or planned action given wrong does not stop a case for ever; what was done stays."""

from __future__ import annotations

from datetime import date

import pytest

from tests.fakes.world import World
from workbench.cases.closing import CloseCase
from workbench.cases.papers import EditDocument
from workbench.cases.parts import AddAction, AddTask, CompleteAction, CompleteTask
from workbench.cases.task_changes import EditTask, RemoveAction, RemoveTask
from workbench.errors import NotAllowed, Problems, UserError
from workbench.store.undo import Undo


def task(w: World, case_id: str, **more: object) -> str:
    return str(w.run(AddTask(case_id=case_id, title="Soita", **more)).result)  # type: ignore[arg-type]


def test_a_task_is_changed_and_taken_away(plain: World) -> None:
    case_id = plain.register()
    task_id = task(plain, case_id)
    changes = {"title": " Kirjoita ", "assignee_id": plain.people["decider"], "due_on": date(2026, 12, 1)}
    plain.run(EditTask(task_id=task_id, changes=changes), "preparer")
    row = plain.row("task", task_id)
    assert (row["title"], row["assignee_id"], row["due_on"]) == (
        "Kirjoita",
        plain.people["decider"],
        date(2026, 12, 1),
    )
    with pytest.raises(Problems, match="Tehtävä on kesken"):
        plain.run(CloseCase(case_id=case_id))
    gone = plain.run(RemoveTask(task_id=task_id), "preparer")
    plain.run(CloseCase(case_id=case_id))
    with pytest.raises(UserError, match=r"päätetty|kesken"):
        plain.run(Undo(undone=gone.command_id), "preparer")


def test_what_is_done_stays_and_is_done_once(plain: World) -> None:
    case_id = plain.register()
    task_id = task(plain, case_id)
    action = AddAction(case_id=case_id, phase="valmistelu", name="Lausunto")
    plain.run(action)
    plain.run(CompleteTask(task_id=task_id))
    plain.run(CompleteAction(action_id=action.action_id, done_on=date(2026, 11, 20)))
    done_at = plain.row("task", task_id)["done_at"]
    plain.clock.move(hours=1)
    for command in (
        CompleteTask(task_id=task_id),
        EditTask(task_id=task_id, changes={"title": "x"}),
        RemoveTask(task_id=task_id),
        RemoveAction(action_id=action.action_id),
        CompleteAction(action_id=action.action_id, done_on=date(2026, 11, 21)),
    ):
        with pytest.raises(UserError, match="tehty"):
            plain.run(command)
    assert plain.row("task", task_id)["done_at"] == done_at
    assert plain.row("action", action.action_id)["done_on"] == date(2026, 11, 20)


def test_a_planned_action_falls_away_unless_documents_belong_to_it(plain: World) -> None:
    case_id = plain.register()
    action = AddAction(case_id=case_id, phase="valmistelu", name="Lausunto")
    plain.run(action)
    document = plain.rows("document", case_id=case_id)[0]
    plain.run(EditDocument(document_id=document["id"], changes={"action_id": action.action_id}))
    with pytest.raises(UserError, match="kuuluu asiakirjoja"):
        plain.run(RemoveAction(action_id=action.action_id))
    plain.run(EditDocument(document_id=document["id"], changes={"action_id": document["action_id"]}))
    plain.run(RemoveAction(action_id=action.action_id))
    plain.run(CloseCase(case_id=case_id))


def test_others_do_not_change_it_and_wrong_values_are_told(plain: World) -> None:
    task_id = task(plain, plain.register())
    for command in (EditTask(task_id=task_id, changes={"title": "x"}), RemoveTask(task_id=task_id)):
        with pytest.raises(NotAllowed):
            plain.run(command, "manager")
    with pytest.raises(UserError, match="mitä pitää tehdä"):
        plain.run(EditTask(task_id=task_id, changes={"title": " "}))
    with pytest.raises(UserError, match="ei löydy"):
        plain.run(EditTask(task_id=task_id, changes={"assignee_id": None}))
