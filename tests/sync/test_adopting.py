"""A register that was kept on a workstation comes to the server: nothing is lost, numbers are given once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from tests.fakes.ring import FakeRing
from tests.fakes.server import Server
from tests.fakes.world import SECRET, World, world
from tests.sync.adopting import (
    KINDS,
    adopt,
    alone,
    assert_nothing_lost,
    assert_sound,
    contents,
    everything,
    groups_of,
    on_server,
    registered,
    served,
)
from tests.sync.reaching import reach
from tests.sync.stations import Region
from workbench.cases.corrections import VoidCase
from workbench.cases.edit import EditCase
from workbench.cases.parts import AddNote, MarkCase
from workbench.cases.queries import find_case_id
from workbench.cases.search import search
from workbench.cases.story import load_story
from workbench.context import Session
from workbench.errors import NotAllowed
from workbench.organisation.upkeep import EditPerson
from workbench.store import adopting
from workbench.store.authority import correct_series
from workbench.store.backup import list_backups
from workbench.store.check import check_store
from workbench.store.undo import Undo
from workbench.sync.deciding import OfferAgain
from workbench.sync.engine import Engine
from workbench.sync.errors import Offline
from workbench.sync.joining import join

# -- numbers ---------------------------------------------------------------------------------------------


def test_both_are_found_by_the_old_number_and_no_file_changes(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = own.register("Venevalkaman paikka")
    (before,) = own.rows("case_file")
    documents, versions = own.rows("document"), own.rows("document_version")
    kept = contents(own)
    (theirs,) = [c for c in served(place.server).values() if c["number"] == before["number"]]
    made = adopt(monkeypatch, place.server, own)
    assert made.adopted == 1 and not made.waiting
    after = own.row("case_file", mine)
    assert after["running"] == 4 and after["former_numbers"] == [before["number"]]
    assert made.report.renumbered == [(before["number"], after["number"])]
    assert served(place.server)[mine]["number"] == after["number"]
    # What stands on a document stays: its identifier, its file, its text.
    assert [d["identifier"] for d in own.rows("document", case_id=mine)] == [
        d["identifier"] for d in documents
    ]
    assert {v["sha256"] for v in versions} == {
        v["sha256"] for v in own.rows("document_version", case_id=mine)
    }
    assert contents(own).items() >= kept.items() and place.server.contents.items() >= kept.items()
    own.people = {name: f"person-{name}" for name in own.people}
    with own.read() as reader:
        assert {h.case.id for h in search(reader, before["number"])} == {mine, theirs["id"]}
        assert find_case_id(reader, before["number"]) == theirs["id"]
        assert find_case_id(reader, after["number"]) == mine
        story = load_story(reader, mine, "924")
        # Its history goes on from what was done before, by people as they are called.
        assert f"{before['number']} on nyt {after['number']}" in story[0].title
        assert story[-1].command == "case.register" and story[-1].who == "Registrar Testinen"
    assert_sound(place.server, own)
    # Everybody else finds it by both numbers, too.
    other = place.join("registrar")
    other.sync()
    while other.store.index_behind():
        pass
    with other.store.read_as(other.session) as reader:
        assert {h.case.id for h in search(reader, before["number"])} == {mine, theirs["id"]}
    place.assert_converged(other)


def test_a_number_no_case_has_any_more_leads_to_the_case_that_had_it(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Only the neighbour sees 236, where the server's case of the number is secret from nobody else's register.
    mine = own.register("Oma")
    adopt(monkeypatch, place.server, own)
    number = own.row("case_file", mine)["former_numbers"][0]
    taken = next(c for c in own.rows("case_file") if c["number"] == number)
    with own.store.transaction() as connection:  # as if the other case were out of sight
        table = KINDS.table("case_file")
        connection.execute(update(table).where(table.c.id == taken["id"]).values(scope_id="case:elsewhere"))
    own.people = {name: f"person-{name}" for name in own.people}
    with own.read() as reader:
        assert find_case_id(reader, number) == mine


def test_the_first_register_founds_the_series_gaps_and_voids_and_all(
    tmp_path: Path, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "server").mkdir()
    with world(tmp_path / "server") as origin:
        server = Server.holding(tmp_path / "server", origin)
    ids = [own.register(f"Asia {n}") for n in range(4)]
    own.run(VoidCase(case_id=ids[1], reason="väärin"))
    before = {c["id"]: c["number"] for c in own.rows("case_file")}
    base, mine = everything(server), registered(own)
    made = adopt(monkeypatch, server, own)
    assert made.report.renumbered == []
    assert {i: c["number"] for i, c in served(server).items()} == before
    assert_nothing_lost(server, base, mine, {})
    assert served(server)[ids[1]]["voided_at"] is not None
    # A second register of the same municipality: its numbers were given here already.
    with alone(tmp_path / "second") as second:
        late = [second.register(f"Toinen {n}") for n in range(6)]
        told = adopt(monkeypatch, server, second)
        numbers = {i: c["running"] for i, c in served(server).items()}
        # Numbers above those given here stay; the rest follow after the highest of both.
        assert [numbers[i] for i in late] == [7, 8, 9, 10, 5, 6]
        assert len(told.report.renumbered) == 4
        assert_sound(server, second)
    server.close()


def test_numbers_below_the_servers_next_were_given_though_no_row_is_there(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a series the server uses, its earlier numbers may stand on paper elsewhere."""
    with place.server.database.writing() as connection:
        correct_series(connection, "case:924:2026", 100)
    for n in range(5):
        own.register(f"Asia {n}")
    adopt(monkeypatch, place.server, own)
    assert sorted(c["running"] for c in served(place.server).values()) == [1, 2, 3, *range(100, 105)]


def test_what_an_earlier_system_called_it_is_kept_too(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, here = next(iter(served(place.server))), own.register("Sama vanhasta")
    table = KINDS.table("case_file")
    with place.server.database.writing() as connection:
        connection.execute(update(table).where(table.c.id == there).values(external_id="D-77"))
    with own.store.transaction() as connection:
        connection.execute(update(table).where(table.c.id == here).values(external_id="D-77"))
    (number,) = [c["number"] for c in own.rows("case_file")]
    adopt(monkeypatch, place.server, own)
    got = served(place.server)[here]
    assert got["external_id"] is None and got["former_numbers"] == [number, "D-77"]


# -- people ----------------------------------------------------------------------------------------------


def test_whoever_keeps_the_workstation_is_the_one_who_joins(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Called otherwise here than there, she is known by her code; where she is one of several here, the keeper
    need not be on the server."""
    person = KINDS.table("person")
    with place.server.database.writing() as connection:
        called = {"name": "Uusi Sukunimi", "email": "uusi@example.fi"}
        connection.execute(update(person).where(person.c.id == "person-registrar").values(**called))
    mine = own.register("Oma")
    adopt(monkeypatch, place.server, own)
    assert served(place.server)[mine]["registered_by"] == "person-registrar"


def test_the_keeper_of_a_shared_workstation_need_not_be_on_the_server(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.run(EditPerson(person_id="own-manager", values={"name": "Ylläpito", "email": None}), "admin")
    own.store.set_meta("user", "own-manager")
    mine = own.register("Oma")
    adopt(monkeypatch, place.server, own)
    assert served(place.server)[mine]["registered_by"] == "person-registrar"
    assert own.store.meta("user") == "person-registrar"


# -- rights ----------------------------------------------------------------------------------------------


def test_what_was_secret_is_seen_by_no_more_people_than_the_servers_rights_say(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, open_one = own.register("Salainen", overrides=SECRET), own.register("Avoin")
    other_office = own.register("Koulun asia", office="sivistys", handler_id="own-teacher")
    rights = {
        (r["target"], on_server(r["person_id"])) for r in own.rows("access_right") if secret in r["target"]
    }
    adopt(monkeypatch, place.server, own)
    sees = {
        who: {i for k, i in place.visible(f"person-{who}") if k == "case_file"}
        for who in ("registrar", "preparer")
    }
    sees |= {
        who: {i for k, i in place.visible(f"person-{who}") if k == "case_file"}
        for who in ("teacher", "archivist")
    }
    assert secret in sees["registrar"] and secret in sees["preparer"]  # who registered it, who handles it
    assert secret in sees["archivist"]  # a right to secrets in the whole municipality, given on the server
    assert secret not in sees["teacher"]
    assert open_one not in sees["teacher"] and other_office in sees["teacher"]
    assert other_office not in sees["preparer"]
    there = {(r["target"], r["person_id"]) for r in served(place.server, "access_right").values()}
    assert rights <= there and served(place.server)[secret]["scope_id"] == f"case:{secret}"


def test_what_its_person_may_not_see_on_the_server_leaves_the_workstation(
    place: Region, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with alone(tmp_path / "own", "preparer") as own:
        mine = own.register("Tekninen asia")
        elsewhere = own.register("Koulun asia", office="sivistys", handler_id="own-teacher")
        # Names of her own things are hers: they come along, and stay.
        own.run(MarkCase(case_id=mine, mark="watch"), "preparer")
        adopt(monkeypatch, place.server, own, "preparer")
        assert elsewhere in served(place.server) and mine in served(place.server)
        assert {c["id"] for c in own.rows("case_file")} & {mine, elsewhere} == {mine}
        (mark,) = own.rows("case_mark")
        assert mark["scope_id"] == "user:person-preparer"
        assert_sound(place.server, own)
        # Of before there is a backup; what was known of it is nowhere else.
        assert len(list_backups(own.home / "backups")) == 1
        assert b"Koulun asia" not in b"".join(p.read_bytes() for p in own.home.glob("store.db*"))


# -- afterwards ----------------------------------------------------------------------------------------


def test_check_tells_a_journal_that_is_not_the_one_the_server_was_told_of(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.register("Yksi")
    adopt(monkeypatch, place.server, own)
    told = json.loads(own.store.meta(adopting.SEGMENT))
    own.store.set_meta(adopting.SEGMENT, json.dumps(told | {"924": [told["924"][0], "0" * 64]}))
    (finding,) = check_store(own.store)
    assert "Tapahtumaloki 924 on muuttunut" in finding


def test_what_was_done_before_is_not_undone_after(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = own.register("Yksi")
    edit = own.run(EditCase(case_id=case_id, changes={"title": "Toinen"}))
    adopt(monkeypatch, place.server, own)
    own.people = {name: f"own-{name}" for name in own.people}
    with pytest.raises(NotAllowed, match="ennen palvelimeen liittämistä"):
        own.run(Undo(undone=edit.command_id))


def test_it_comes_once_and_goes_on_where_it_was_cut(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(3):
        own.register(f"Asia {n}")
    own.run(MarkCase(case_id=own.rows("case_file")[0]["id"], mark="favourite"))
    mine = registered(own)
    wire = reach(monkeypatch, place.server, own)
    place.server.allow_adoption("person-registrar", own.store.workstation)

    def cut() -> None:
        if wire.pushed:
            raise Offline("virta katkesi")

    wire.between = cut
    made = join(own.store, "https://server.example", "koodi", FakeRing())
    assert made.waiting and made.trouble == "virta katkesi"
    wire.between = lambda: None
    own.people = {name: f"person-{name}" for name in own.people}
    # One works on meanwhile; what is done goes after. One's own marks and views are one's own.
    marks = {(m["person_id"], m["scope_id"]) for m in own.rows("case_mark")}
    assert marks == {("person-registrar", "user:person-registrar")}
    first = own.rows("case_file")[0]["id"]
    own.run(AddNote(case_id=first, text="kesken kaiken"))
    report = Engine(own.store, wire, "person-registrar").run()
    assert report is not None and len(report.renumbered) == 3
    report = Engine(own.store, wire, "person-registrar").run()
    assert report is not None and (report.sent, report.renumbered) == (0, [])
    assert {n["text"] for n in served(place.server, "note").values() if n["case_id"] == first} == {
        "kesken kaiken"
    }
    assert all(key in everything(place.server) for key in mine)
    assert not place.server.adopts(wire.principal)  # what has come does not come again
    assert_sound(place.server, own)


def test_the_end_waits_for_what_was_set_aside_and_that_is_never_dropped(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A group that the server cannot take yet is nowhere else."""
    own.register("Yksi")
    wire = reach(monkeypatch, place.server, own)
    place.server.allow_adoption("person-registrar", own.store.workstation)
    was = wire.push

    def refusing(epoch: str, groups: Any) -> dict[str, Any]:
        answer = was(epoch, [g for g in groups if '"sync.adopt"' not in g])
        results = iter(answer["results"])
        no = {"status": "rejected", "code": "invalid", "message": "ei kelpaa"}
        told = [
            no | {"group_id": json.loads(g)["group_id"]} if '"sync.adopt"' in g else next(results)
            for g in groups
        ]
        return answer | {"results": told}

    monkeypatch.setattr(wire, "push", refusing)
    made = join(own.store, "https://server.example", "koodi", FakeRing())
    assert made.waiting and place.server.adopts(wire.principal)
    monkeypatch.setattr(wire, "push", was)
    engine = Engine(own.store, wire, "person-registrar")
    for _day in range(3):
        place.server.move(days=40)
        own.clock.move(days=40)
        engine.run()
    (aside,) = [g for g in groups_of(own) if g["command"] == adopting.ADOPT]
    assert aside["state"] == "quarantine"
    assert contents(own)
    own.store.execute(OfferAgain(group_id=aside["group_id"]), Session("person-registrar", "924"))
    engine.run()
    with own.store.reader() as connection:
        assert not adopting.unsettled(connection)
    assert "Yksi" in {c["title"] for c in served(place.server).values()}
    assert not place.server.adopts(wire.principal)
