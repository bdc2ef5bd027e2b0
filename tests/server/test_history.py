"""History shows what one may see, and a destroyed content is gone while the chain still verifies."""

from __future__ import annotations

from typing import Any

from tests.fakes.world import SECRET
from tests.server.office import DOMAIN, NOW, Office
from workbench.cases.edit import EditCase, OpenSecret, SetCaseValues
from workbench.cases.papers import DestroyDocument
from workbench.server.history import history
from workbench.server.principal import Principal


def seen(office: Office, who: str, case_id: str) -> list[dict[str, Any]]:
    found, before = [], None
    while True:
        page = history(
            office.database, DOMAIN, Principal(f"person-{who}", "x"), NOW, kind="case_file", row_id=case_id,
            before=before, limit=3,
        )  # fmt: skip
        found += page["entries"]
        if not page["more"]:
            return found
        before = page["entries"][-1]["n"]


def test_who_changed_what(office: Office) -> None:
    case_id, group = office.register()
    edit = office.run(EditCase(case_id=case_id, changes={"summary": "tarkennus"}))
    office.push([group, edit], "registrar")
    newest = seen(office, "preparer", case_id)[0]
    assert (newest["actor_id"], newest["command"], newest["fields"]) == (
        "person-registrar",
        "case.edit",
        ["summary"],
    )
    assert newest["content"]["changes"] == {"summary": [None, "tarkennus"]}
    assert {e["kind"] for e in seen(office, "preparer", case_id)} >= {
        "case_file",
        "document",
        "party",
        "action",
    }
    assert seen(office, "neighbour", case_id) == []


def test_opening_a_secret_is_written_down_and_shown_to_those_who_may_read_it(office: Office) -> None:
    case_id, group = office.register()
    close = office.run(SetCaseValues(case_id=case_id, values=SECRET))
    opened = office.run(OpenSecret(kind="case_file", row_id=case_id, reason="käsittely"), "preparer")
    office.push([group, close], "registrar")
    office.push([opened], "preparer")
    deed = seen(office, "archivist", case_id)[0]
    assert (deed["action"], deed["actor_id"], deed["content"]["reason"]) == (
        "deed",
        "person-preparer",
        "käsittely",
    )
    assert seen(office, "decider", case_id) == []


def test_a_destroyed_document_leaves_no_value_behind(office: Office) -> None:
    case_id, group = office.register("Tuhottava")
    (document,) = office.local.rows("document", case_id=case_id)
    destroy = office.run(DestroyDocument(document_id=document["id"], reason="hävitysesitys 3"), "archivist")
    office.push([group], "registrar")
    destroy["args"] = {"document_id": document["id"]}
    for op in destroy["ops"]:
        op["base_rev"] = 1
    (result,) = office.push([destroy], "archivist")
    assert result["status"] == "applied", result
    of_document = [e for e in seen(office, "registrar", case_id) if e["row_id"] == document["id"]]
    assert len(of_document) == 2 and all(e["content"] is None for e in of_document)
    assert office.faults() == []
