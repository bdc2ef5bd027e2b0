"""A workstation that lies gets nothing and breaks nothing."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from tests.fakes.world import SECRET
from tests.server.office import DOMAIN, NOW, Office, statuses
from workbench.cases.closing import CloseCase
from workbench.cases.edit import EditCase, SetCaseValues
from workbench.cases.parts import AddNote
from workbench.ids import new_id
from workbench.server.principal import Principal
from workbench.server.pull import pull
from workbench.server.schema import audit
from workbench.store.kinds import Merge
from workbench.store.undo import Undo
from workbench.sync.wire import Group


def op(type_: str, kind: str, row_id: str, **more: Any) -> Any:
    return {"op_id": new_id(), "type": type_, "kind": kind, "id": row_id, "base_rev": 0, "patch": {}} | more


def group(command: str, args: dict[str, Any], ops: list[Any], who: str = "decider", **more: Any) -> Group:
    made: Any = {
        "group_id": new_id(), "n": 1, "command": command, "version": 1, "args": args,
        "at": "2026-11-24T10:00:00.000000Z", "actor": f"person-{who}", "municipality": "924", "arrangement": "",
        "undoes": "", "about": ["", ""], "title": "", "words": {}, "reason": "syy", "resolves": [], "ops": ops,
    }  # fmt: skip
    return made | more


def edit(case_id: str, who: str = "decider", base_rev: int = 1, **patch: Any) -> Group:
    """A change of a case's fields."""
    ops = [op("patch", "case_file", case_id, base_rev=base_rev, patch=patch)]
    return group("case.edit", {"case_id": case_id, "changes": {}}, ops, who)


@pytest.fixture
def case(office: Office) -> str:
    case_id, made = office.register()
    assert statuses(office.push([made], "registrar")) == ["applied"]
    return case_id


@pytest.fixture
def secret(office: Office) -> str:
    case_id, made = office.register("Salainen")
    close = office.run(SetCaseValues(case_id=case_id, values=SECRET))
    assert statuses(office.push([made, close], "registrar")) == ["applied", "applied"]
    return case_id


def everything(office: Office) -> dict[str, list[Any]]:
    with office.database.reading() as connection:
        found: dict[str, list[Any]] = {}
        for kind in DOMAIN.kinds:
            table = DOMAIN.kinds.table(kind.name)
            found[kind.name] = [tuple(r) for r in connection.execute(select(table).order_by(table.c.id))]
        found["audit"] = [tuple(r) for r in connection.execute(select(audit).order_by(audit.c.n))]
        return found


def refused(office: Office, made: Group, who: str = "decider") -> dict[str, Any]:
    """Push, demand a refusal that left nothing behind, and give it back."""
    before = everything(office)
    (result,) = office.push([made], who)
    assert result["status"] in ("rejected", "conflict"), result
    assert result.get("code") != "internal", "refused by a rule, not by an accident"
    assert everything(office) == before
    assert office.faults() == []
    return dict(result)


def test_nobody_acts_in_anothers_name(office: Office, case: str) -> None:
    note = office.run(AddNote(case_id=case, text="x"))
    assert refused(office, note, "decider")["code"] == "forbidden"


def test_nobody_acts_for_a_municipality_without_a_role_there(office: Office, case: str) -> None:
    made = edit(case, title="x")
    refused(office, made | {"municipality": "236"})
    refused(office, made | {"municipality": "999", "group_id": new_id()})


def test_a_right_to_one_case_is_no_right_to_another(office: Office, case: str) -> None:
    """The command names an own case, the operations another's."""
    own, made = office.register("Sivistyksen asia", office="sivistys", handler_id="person-teacher")
    assert statuses(office.push([made], "registrar")) == ["applied"]
    stray = op("patch", "case_file", case, base_rev=1, patch={"title": "vaihdettu"})
    made = group("case.edit", {"case_id": own, "changes": {"title": "x"}}, [stray], "teacher")
    refused(office, made, "teacher")


NOTED = {"text": "x", "made_at": "2026-11-24T10:00:00.000000Z"}


def test_what_one_may_only_read_is_not_changed(office: Office, case: str) -> None:
    assert refused(office, edit(case, "manager", title="x"), "manager")["code"] == "forbidden"
    # By a command that a reader may give: a note, with a change of the case beside it.
    note = op("create", "note", new_id(), patch=NOTED | {"case_id": case})
    beside = op("patch", "case_file", case, base_rev=1, patch={"title": "x"})
    made = group("note.add", {"case_id": case, "text": "x"}, [note, beside], "manager")
    assert refused(office, made, "manager")["code"] == "forbidden"


def test_secret_and_missing_answer_alike(office: Office, secret: str) -> None:
    answers = []
    for case_id in (secret, new_id()):
        note = op("create", "note", new_id(), patch=NOTED | {"case_id": case_id})
        beside = op("patch", "case_file", case_id, base_rev=1, patch={"title": "x"})
        tries = [
            edit(case_id, title="x"),
            group("note.add", {"case_id": case_id, "text": "x"}, [note]),
            group("view.save", {"view_id": new_id(), "name": "x", "query": {}}, [beside]),
            group("case.link", {"case_id": case_id, "other_id": case_id, "relation": "x"}, []),
            group(
                "case.open_secret", {"kind": "case_file", "row_id": case_id}, [], about=["case_file", case_id]
            ),
        ]
        found = [refused(office, g) for g in tries]
        answers.append([{k: v for k, v in f.items() if k not in ("group_id", "conflicts")} for f in found])
    assert answers[0] == answers[1]


def test_nobody_gives_herself_a_right(office: Office, secret: str, case: str) -> None:
    for target in (f"case:{secret}", f"doc:{new_id()}", f"case:{new_id()}"):
        right = {
            "target": target,
            "person_id": "person-decider",
            "municipality": "924",
            "basis": "käsittelijä",
        }
        for command, args in (
            ("case.give_access", {"case_id": case, "person_id": "person-decider"}),
            ("case.hand_over", {"case_id": case, "to_id": "person-decider"}),
        ):
            refused(office, group(command, args, [op("create", "access_right", new_id(), patch=right)]))
    role = {
        "person_id": "person-decider",
        "municipality": "924",
        "office": "",
        "role": "registrar",
        "secret": True,
    }
    for command, args in (
        ("organisation.give_role", {"person_id": "person-decider", "municipality": "924"}),
        ("case.edit", {"case_id": case, "changes": {}}),
    ):
        refused(office, group(command, args, [op("create", "role", new_id(), patch=role)]))
    assert secret not in office.rows("decider", "case_file")


@pytest.mark.parametrize(
    "patch",
    [
        {"number": "7/10.03.03/2026"},
        {"running": 7},
        {"registered_by": "person-decider"},
        {"municipality": "236"},
    ],
    ids=str,
)
def test_what_the_register_has_fixed_stays(office: Office, case: str, patch: dict[str, Any]) -> None:
    before = office.rows("registrar", "case_file")[case]
    office.push([edit(case, **patch)], "decider")
    after = office.rows("registrar", "case_file")[case]
    assert {n: after.get(n) for n in patch} == {n: before.get(n) for n in patch}


def test_a_case_is_never_deleted(office: Office, case: str) -> None:
    made = edit(case)
    made["ops"] = [op("delete", "case_file", case, base_rev=9)]
    refused(office, made)


def test_an_ended_case_stays_ended(office: Office, case: str) -> None:
    close = office.run(CloseCase(case_id=case))
    close["ops"][0]["base_rev"] = 9
    assert statuses(office.push([close], "registrar")) == ["applied"]
    assert refused(office, edit(case, base_rev=9, closed_on=None))["why"] == "locked"


MARKED = {"person_id": "person-registrar", "mark": "watch", "at": "2026-11-24T10:00:00Z"}


@pytest.mark.parametrize(
    ("type_", "kind", "patch"),
    [
        ("create", "no_such_kind", {}),
        ("patch", "case_file", {"nothing": 1}),
        ("create", "note", {"case_id": 7, "text": "x"}),
        ("create", "note", {"text": "x"}),
        ("create", "note", NOTED | {"case_id": "?", "text": "a\0b"}),
        ("create", "note", NOTED | {"case_id": "?", "made_at": "eilen"}),
        ("explode", "note", {}),
        ("create", "case_mark", MARKED | {"case_id": "?"}),
    ],
    ids=str,
)
def test_malformed_operations_are_refused_by_name(
    office: Office, case: str, type_: str, kind: str, patch: dict[str, Any]
) -> None:
    if patch.get("case_id") == "?":
        patch = patch | {"case_id": case}
    made = op(type_, kind, case if type_ == "patch" else new_id(), patch=patch)
    refused(office, group("case.edit", {"case_id": case, "changes": {}}, [made]))


BAD_ARGUMENTS = [None, {}, {"case_id": {"a": 1}}, {"case_id": ["x"]}, {"case_id": 7}, {"case_id": "a\0"}]


@pytest.mark.parametrize("args", BAD_ARGUMENTS, ids=str)
def test_malformed_arguments_are_refused_by_name(office: Office, case: str, args: Any) -> None:
    for command in DOMAIN.commands.by_type:
        before = everything(office)
        (result,) = office.push([group(command, args, [])], "decider")
        assert result.get("code") != "internal", command
        changed = [k for k, v in everything(office).items() if v != before[k]]
        assert changed in ([], ["audit"]), "at most the deed itself is written down"


def test_a_page_never_holds_what_is_not_granted(office: Office, case: str, secret: str) -> None:
    for who in ("decider", "teacher", "neighbour", "admin", "former"):
        for scope in ("", f"case:{secret}", "unit:924/tekninen/10", "user:person-registrar", "global"):
            page = pull(office.database, DOMAIN, Principal(f"person-{who}", "x"), NOW, scope=scope)
            mine = {e["id"] for e in office.entries(who) if e["kind"] == "grant" and e["op"] == "put"}
            for e in page["entries"]:
                assert e["scope"] in mine | {f"user:person-{who}"}, (who, scope, e)
            assert not any(secret in str(e.get("data", e["scope"])) for e in page["entries"]), (who, scope)


# -- fields that ask a right of their own ----------------------------------------------------------------

PUBLIC: dict[str, Any] = {
    "publicity": "Julkinen", "restricted": False, "secrecy_years": None, "secrecy_basis": None, "overrides": None,
}  # fmt: skip


def by(command: str, case_id: str, who: str, **patch: Any) -> Group:
    """A patch of a case under any command that writes cases."""
    args = {
        "case_id": case_id,
        "changes": {},
        "values": {},
        "to_id": "person-teacher",
        "class_code": "10.03.03",
    }
    return group(command, args, [op("patch", "case_file", case_id, base_rev=9, patch=patch)], who)


CASE_COMMANDS = (
    "case.edit",
    "case.set_values",
    "case.reclassify",
    "case.enter_phase",
    "case.close",
    "case.hand_over",
)


LOOSER: dict[str, dict[str, Any]] = {
    "all": PUBLIC,
    "publicity": {"publicity": "Julkinen"},
    "restricted": {"restricted": False},
    "years": {"secrecy_years": 1},
    "retention": {"retention_years": 0},
}


def test_protection_is_loosened_by_none_but_the_archivist(office: Office, secret: str) -> None:
    for who in ("preparer", "registrar"):  # who handles it and who registered it: both read and edit it
        assert secret in office.rows(who, "case_file")
        for command in CASE_COMMANDS:
            for patch in LOOSER.values():
                assert refused(office, by(command, secret, who, **patch), who)["code"] == "forbidden"


def test_the_archivist_loosens_and_others_tighten(office: Office, case: str, secret: str) -> None:
    tighter = by("case.set_values", case, "preparer", **SECRET, restricted=True)
    (result,) = office.push([tighter], "preparer")
    assert result["status"] == "applied", result
    (result,) = office.push([by("case.set_values", secret, "archivist", **PUBLIC)], "archivist")
    assert result["status"] == "applied", result
    assert secret in office.rows("decider", "case_file")


def test_a_tightening_is_taken_back_by_whoever_made_it_and_nothing_else_under_its_name(
    office: Office, case: str, secret: str
) -> None:
    tighten = office.run(SetCaseValues(case_id=case, values=SECRET))
    back = office.run(Undo(undone=tighten["group_id"]))
    renamed = edit(secret, "registrar", base_rev=9, title="toinen")
    assert statuses(office.push([tighten, renamed], "registrar")) == ["applied", "applied"]
    # An undo of something else that loosens in passing; and one that takes back a tightening to something looser.
    for undone in (renamed["group_id"], tighten["group_id"]):
        stray = op("patch", "case_file", secret, base_rev=9, patch=PUBLIC)
        refused(office, group("store.undo", {}, [stray], "registrar", undoes=undone), "registrar")
    refused(office, back | {"group_id": new_id(), "command": "case.edit"}, "registrar")
    (result,) = office.push([back], "registrar")
    assert result["status"] == "applied", result
    assert case in office.rows("decider", "case_file")


def test_a_tightening_and_its_undo_in_one_request(office: Office, case: str) -> None:
    tighten = office.run(SetCaseValues(case_id=case, values=SECRET))
    back = office.run(Undo(undone=tighten["group_id"]))
    assert statuses(office.push([tighten, back], "registrar")) == ["applied", "applied"]
    assert case in office.rows("decider", "case_file")


def test_nobody_uses_up_anothers_undo(office: Office, case: str) -> None:
    summary = office.run(EditCase(case_id=case, changes={"summary": "x"}))
    back = office.run(Undo(undone=summary["group_id"]))
    assert statuses(office.push([summary], "registrar")) == ["applied"]
    note = group("note.add", {"case_id": case, "text": "x"}, [], undoes=summary["group_id"])
    note["ops"] = [op("create", "note", new_id(), patch=NOTED | {"case_id": case})]
    assert statuses(office.push([note], "decider")) == ["applied"]
    assert statuses(office.push([back], "registrar")) == ["applied"]


CORRECTIONS: tuple[dict[str, Any], ...] = (
    {"handler_id": "person-decider"},
    {"arrived_at": "2026-11-01T08:00:00Z"},
    {"opened_on": "2026-01-01"},
    {"voided_at": "2026-11-24T08:00:00Z"},
    {"former_numbers": ["1/1"]},
    {"moved_to": "236"},
)


def test_a_right_to_edit_is_no_right_to_correct_or_to_hand_over(office: Office, case: str) -> None:
    for command in ("case.edit", "case.enter_phase", "case.close"):
        for patch in CORRECTIONS:
            assert refused(office, by(command, case, "decider", **patch))["code"] == "forbidden"


def test_whoever_may_hand_over_does_nothing_else(office: Office, case: str) -> None:
    for patch in (
        {"title": "x"},
        {"summary": "x", "handler_id": "person-teacher"},
        {"closed_on": "2026-11-24"},
    ):
        assert (
            refused(office, by("case.hand_over", case, "manager", **patch), "manager")["code"] == "forbidden"
        )
    given = by("case.hand_over", case, "manager", handler_id="person-teacher")
    assert statuses(office.push([given], "manager")) == ["applied"]


def test_a_document_is_moved_by_a_correction_alone(office: Office, case: str) -> None:
    other, made = office.register("Toinen")
    assert statuses(office.push([made], "registrar")) == ["applied"]
    document = next(i for i, d in office.rows("decider", "document").items() if d["case_id"] == case)
    stray = op("patch", "document", document, base_rev=9, patch={"case_id": other})
    for command in ("document.edit", "document.move"):
        args = {"document_id": document, "changes": {}, "to_case_id": other, "document_ids": [document]}
        refused(office, group(command, args, [stray | {"op_id": new_id()}]))


# -- what was signed or numbered -------------------------------------------------------------------------


def test_no_locked_field_of_any_kind_is_changed(office: Office, case: str) -> None:
    """Whatever kind and whatever command: what was locked once holds its value."""
    assert any(f.merge is Merge.LOCK for kind in DOMAIN.kinds for f in kind.fields)
    tried = 0
    for kind in DOMAIN.kinds:
        locked = [f.name for f in kind.fields if f.merge is Merge.LOCK]
        commands = [t for t, s in DOMAIN.commands.by_type.items() if kind.name in s.writes and not s.local]
        for row_id, row in office.rows("registrar", kind.name).items():
            for name in (n for n in locked if row.get(n) is not None):
                was = row[name]
                other = not was if isinstance(was, bool) else was + 1 if isinstance(was, int) else f"{was}0"
                for command in commands:
                    stray = op("patch", kind.name, row_id, base_rev=10**6, patch={name: other})
                    args = {"case_id": case, "changes": {}, "values": {}, "text": "x"}
                    office.push([group(command, args, [stray], "registrar")], "registrar")
                    tried += 1
                assert office.rows("registrar", kind.name)[row_id][name] == was, (kind.name, name)
    assert tried > 10
    assert office.faults() == []


# -- replays ---------------------------------------------------------------------------------------------


def test_anothers_group_sent_again_does_nothing_and_tells_nothing(office: Office, secret: str) -> None:
    note = office.run(AddNote(case_id=secret, text="salaisesta"))
    assert statuses(office.push([note], "registrar")) == ["applied"]
    for who in ("decider", "neighbour"):
        for again in (note, note | {"actor": f"person-{who}"}):
            told = refused(office, again, who)
            assert told["code"] == "id_reuse" and not told.get("rows") and not told.get("ops")
            assert secret not in str(told)


def test_own_group_from_another_workstation_is_answered_and_not_done_again(office: Office, case: str) -> None:
    note = office.run(AddNote(case_id=case, text="kerran"))
    first = office.push([note], "registrar")
    before = everything(office)
    again = office.push([note], "registrar", client="another-workstation")
    assert again[0]["ops"] == first[0]["ops"] and everything(office) == before


def test_operations_of_an_earlier_group_under_a_new_name_are_not_done_again(
    office: Office, case: str
) -> None:
    note = office.run(AddNote(case_id=case, text="kerran"))
    rename = office.run(EditCase(case_id=case, changes={"summary": "kerran"}))
    assert statuses(office.push([note, rename], "registrar")) == ["applied", "applied"]
    for made in (note, rename):
        refused(office, made | {"group_id": new_id()}, "registrar")


def test_the_same_operation_twice_in_one_request_is_done_once(office: Office, case: str) -> None:
    rename = office.run(EditCase(case_id=case, changes={"summary": "kerran"}))
    twin = rename | {"group_id": new_id()}
    first, second = office.push([rename, twin], "registrar")
    assert first["status"] == "applied" and second["status"] == "rejected", second
    assert second["code"] != "internal" and office.faults() == []
