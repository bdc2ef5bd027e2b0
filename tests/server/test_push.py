"""What workstations did reaches the server once, whole, and as the server's rules allow."""

from __future__ import annotations

import copy
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.fakes.world import SECRET
from tests.server.office import DOMAIN, NOW, Office, statuses
from workbench.cases.closing import CloseCase
from workbench.cases.edit import EditCase, HandOver, SetCaseValues
from workbench.cases.parts import AddNote, AddTask, RemoveParty
from workbench.errors import UserError
from workbench.ids import new_id
from workbench.organisation.commands import ContinueSeries, GiveRole
from workbench.organisation.model import Role
from workbench.server.administration import execute
from workbench.server.schema import audit
from workbench.store.undo import Undo
from workbench.sync.wire import digest_of


def test_a_registered_case_gets_its_number_from_the_server_whatever_it_came_with(office: Office) -> None:
    case_id, group = office.register()
    for op in group["ops"]:
        if op["kind"] == "case_file":
            op["patch"] |= {"number": "999/10.03.03/2026", "running": 999, "year": 2026}
    (result,) = office.push([group], "registrar")
    assert result["status"] == "applied"
    row = next(r for r in result["rows"] if r["id"] == case_id)
    assert row["data"]["number"] == "1/10.03.03/2026" and row["data"]["running"] == 1
    document = next(r for r in result["rows"] if r["kind"] == "document")
    assert document["data"]["identifier"] == "1/10.03.03/2026-1"
    assert office.rows("preparer", "case_file")[case_id]["number"] == "1/10.03.03/2026"
    assert office.faults() == []


def test_the_same_group_again_is_answered_alike_and_done_once(office: Office) -> None:
    case_id, group = office.register()
    first = office.push([group], "registrar")
    again = office.push([group], "registrar")
    assert again[0]["ops"] == first[0]["ops"]
    assert {r["id"] for r in again[0]["rows"]} >= {case_id}
    assert office.rows("registrar", "case_file")[case_id]["rev"] == 1
    changed = copy.deepcopy(group)
    changed["reason"] = "toinen"
    assert office.push([changed], "registrar")[0]["code"] == "id_reuse"


def test_different_fields_merge_and_the_same_field_is_a_conflict(office: Office) -> None:
    case_id, group = office.register()
    office.push([group], "registrar")
    mine = office.run(EditCase(case_id=case_id, changes={"summary": "minun"}))
    for op in mine["ops"]:
        op["base_rev"] = 1
    theirs = copy.deepcopy(mine) | {"group_id": new_id(), "actor": "person-preparer"}
    theirs["ops"] = [
        o | {"op_id": new_id(), "patch": {"summary": "hänen", "public_title": "x"}} for o in theirs["ops"]
    ]
    other = copy.deepcopy(mine) | {"group_id": new_id(), "actor": "person-preparer"}
    other["ops"] = [o | {"op_id": new_id(), "patch": {"public_title": "Julkinen"}} for o in other["ops"]]
    assert statuses(office.push([other], "preparer")) == ["applied"]
    (merged,) = office.push([mine], "registrar")
    assert merged["status"] == "applied"
    assert merged["rows"][0]["data"]["public_title"] == "Julkinen"
    assert merged["rows"][0]["data"]["summary"] == "minun"
    (clash,) = office.push([theirs], "preparer")
    assert (clash["status"], clash["why"]) == ("conflict", "changed")
    assert (
        clash["conflicts"][0]["fields"] == ["summary"] and clash["conflicts"][0]["by"] == "person-registrar"
    )
    row = office.rows("registrar", "case_file")[case_id]
    assert (row["summary"], row["public_title"], row["rev"]) == ("minun", "Julkinen", 3)


def test_own_chain_does_not_hide_what_another_changed_in_between(office: Office) -> None:
    """The second of two own edits, made without seeing another's, clashes even when the first merged over it."""
    case_id, group = office.register()
    office.push([group], "registrar")
    one = office.run(EditCase(case_id=case_id, changes={"summary": "minun"}))
    two = office.run(EditCase(case_id=case_id, changes={"public_title": "minun"}))
    for op in (*one["ops"], *two["ops"]):
        op["base_rev"] = 1
    two["ops"][0]["after_op"] = one["ops"][0]["op_id"]
    other = copy.deepcopy(two) | {"group_id": new_id(), "actor": "person-preparer"}
    other["ops"] = [
        {k: v for k, v in o.items() if k != "after_op"}
        | {"op_id": new_id(), "patch": {"public_title": "hänen"}}
        for o in other["ops"]
    ]
    office.push([other], "preparer")
    assert statuses(office.push([one, two], "registrar")) == ["applied", "conflict"]


def test_what_builds_on_a_refused_group_is_blocked_and_may_come_again(office: Office) -> None:
    case_id = office.local.register()
    office.local.run(AddNote(case_id=case_id, text="huomio"))
    groups = office.made()
    assert statuses(office.push(groups, "registrar")) == ["rejected", "blocked"]


def test_a_group_is_all_or_nothing(office: Office) -> None:
    case_id, group = office.register()
    office.push([group], "registrar")
    task = office.run(AddTask(case_id=case_id, title="Tee", assignee_id="person-preparer"))
    stray = {
        "op_id": new_id(),
        "type": "patch",
        "kind": "case_file",
        "id": case_id,
        "base_rev": 1,
        "patch": {"title": "x"},
    }
    task["ops"].append(stray)  # type: ignore[arg-type]
    (result,) = office.push([task], "registrar")
    assert result["code"] == "forbidden"
    assert office.rows("registrar", "task") == {}
    assert office.rows("registrar", "case_file")[case_id]["title"] == "Hakemus"
    assert office.faults() == []


def test_restricting_moves_a_case_out_of_sight_of_others_and_back(office: Office) -> None:
    case_id, group = office.register()
    office.push([group], "registrar")
    assert case_id in office.rows("decider", "case_file")
    close = office.run(SetCaseValues(case_id=case_id, values=SECRET))
    for op in close["ops"]:
        if op["base_rev"]:
            op["base_rev"] = 1
    (result,) = office.push([close], "registrar")
    assert result["status"] == "applied", result
    assert case_id not in office.rows("decider", "case_file")
    assert all(
        row["scope"] != f"case:{case_id}"
        for kind in DOMAIN.kinds
        for row in office.rows("decider", kind.name).values()
    )
    assert office.rows("registrar", "case_file")[case_id]["scope"] == f"case:{case_id}"
    assert case_id in office.rows("preparer", "case_file"), "the handler keeps it"
    assert case_id in office.rows("archivist", "case_file"), "a right to secrets covers it"
    left = [e for e in office.entries("decider") if e["id"] == case_id]
    assert [e["op"] for e in left] == ["leave"]
    assert office.faults() == []


def test_digests_say_what_a_reader_holds(office: Office) -> None:
    for title in ("yksi", "kaksi", "kolme"):
        _case, group = office.register(title)
        office.push([group], "registrar")
    entries = office.entries("registrar", all_digests=True)
    held: dict[str, dict[tuple[str, str], int]] = {}
    for e in entries:
        scope = held.setdefault(e["scope"], {})
        if e["op"] == "put" and e["kind"] != "grant":
            scope[e["kind"], e["id"]] = e["rev"]
        else:
            scope.pop((e["kind"], e["id"]), None)
    for scope, (count, digest) in office.digests.items():
        rows = [(k, i, rev) for (k, i), rev in held.get(scope, {}).items()]
        assert (count, digest) == digest_of(rows), scope
    assert any(s.startswith("unit:924/tekninen") for s in office.digests)


def test_a_role_with_a_last_day_ends_by_itself(office: Office) -> None:
    case_id, group = office.register()
    office.push([group], "registrar")
    assert case_id not in office.rows("neighbour", "case_file")
    give = office.run(
        GiveRole(
            person_id="person-neighbour",
            municipality="924",
            role=Role.REGISTRAR,
            valid_from=(NOW + timedelta(days=1)).date(),
            valid_to=(NOW + timedelta(days=2)).date(),
        ),
        "admin",
    )
    assert statuses(office.push([give], "admin")) == ["applied"]
    assert case_id not in office.rows("neighbour", "case_file")
    during, later = NOW + timedelta(days=1), NOW + timedelta(days=3)
    assert case_id in office.rows("neighbour", "case_file", during)
    mine = [
        e for e in office.entries("neighbour", during) if e["kind"] == "grant" and "924/tekninen" in e["id"]
    ]
    assert [(e["op"], e["gen"], e["valid_to"]) for e in mine] == [("put", 1, "2026-11-26T22:00:00.000000Z")]
    assert case_id not in office.rows("neighbour", "case_file", later)
    ended = [
        e for e in office.entries("neighbour", later) if e["kind"] == "grant" and "924/tekninen" in e["id"]
    ]
    assert [e["op"] for e in ended] == ["del"]


def test_a_closed_case_takes_no_more_from_those_who_had_not_heard(office: Office) -> None:
    case_id, group = office.register()
    office.push([group], "registrar")
    note = office.run(HandOver(case_id=case_id, to_id="person-decider"))
    for op in note["ops"]:
        op["base_rev"] = min(op["base_rev"], 1)
    office.local.run(Undo(undone=note["group_id"]))
    office.made()
    for d in office.local.rows("document", case_id=case_id):
        assert d["id"]
    close = office.run(CloseCase(case_id=case_id))
    for op in close["ops"]:
        op["base_rev"] = 1
    assert statuses(office.push([close], "registrar")) == ["applied"]
    (result,) = office.push([note], "registrar", client="another")
    assert (result["status"], result.get("why")) == ("conflict", "locked"), result


def test_undo_takes_back_once_and_only_ones_own(office: Office) -> None:
    case_id, group = office.register()
    task = office.run(AddTask(case_id=case_id, title="Tee", assignee_id="person-preparer"))
    undo = office.run(Undo(undone=task["group_id"]))
    assert statuses(office.push([group, task], "registrar")) == ["applied", "applied"]
    stolen = copy.deepcopy(undo) | {"actor": "person-preparer", "group_id": new_id()}
    assert office.push([stolen], "preparer")[0]["code"] == "forbidden"
    assert statuses(office.push([undo], "registrar")) == ["applied"]
    assert office.rows("registrar", "task") == {}
    again = copy.deepcopy(undo) | {"group_id": new_id()}
    again["ops"] = []
    assert office.push([again], "registrar")[0]["status"] == "rejected"


def test_revisions_count_the_audits_entries(office: Office) -> None:
    case_id, group = office.register()
    office.push([group], "registrar")
    for n in range(3):
        edit = office.run(EditCase(case_id=case_id, changes={"summary": f"versio {n}"}))
        office.push([edit], "registrar")
    with office.database.reading() as connection:
        for kind in DOMAIN.kinds:
            table = DOMAIN.kinds.table(kind.name)
            for row in connection.execute(select(table)).mappings():
                revs = connection.execute(
                    select(audit.c.rev)
                    .where(audit.c.kind == kind.name, audit.c.row_id == row["id"])
                    .order_by(audit.c.rev)
                ).scalars()
                assert list(revs) == list(range(1, row["rev"] + 1)), (kind.name, row["id"])
    assert office.faults() == []


def test_the_administration_runs_commands_on_the_server(office: Office) -> None:
    give = GiveRole(
        person_id="person-neighbour", municipality="924", role=Role.REGISTRAR, valid_to=date(2026, 12, 1)
    )
    execute(office.database, DOMAIN, give, NOW, municipality="924")
    case_id, group = office.register()
    office.push([group], "registrar")
    assert case_id in office.rows("neighbour", "case_file")
    execute(office.database, DOMAIN, ContinueSeries(municipality="236", year=2026, next_number=40), NOW)
    other, group = office.register("Toinen", "neighbour", municipality="236")
    (result,) = office.push([group], "neighbour")
    numbers = [r["data"]["number"] for r in result["rows"] if r["id"] == other]
    assert numbers == ["40/10.03.03/2026"]
    with pytest.raises(UserError):
        execute(office.database, DOMAIN, ContinueSeries(municipality="236", year=2026, next_number=2), NOW)
    assert office.faults() == []


def test_done_undone_and_sent_twice_in_one_request(office: Office) -> None:
    case_id, group = office.register()
    task = office.run(AddTask(case_id=case_id, title="Tee", assignee_id="person-preparer"))
    undo = office.run(Undo(undone=task["group_id"]))
    results = office.push([group, task, undo, task, undo], "registrar")
    assert statuses(results) == ["applied"] * 5
    assert results[1]["ops"] == results[3]["ops"]
    assert office.rows("registrar", "task") == {}
    assert office.faults() == []


def test_revisions_go_on_over_a_deletion_taken_back_in_the_same_request(office: Office) -> None:
    case_id, group = office.register()
    office.push([group], "registrar")
    (party,) = office.local.rows("party", case_id=case_id)
    gone = office.run(RemoveParty(party_id=party["id"]))
    back = office.run(Undo(undone=gone["group_id"]))
    assert statuses(office.push([gone, back], "registrar")) == ["applied", "applied"]
    assert office.rows("registrar", "party")[party["id"]]["rev"] == 3
