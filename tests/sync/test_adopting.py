"""A register that was kept on a workstation comes to the server: nothing is lost, numbers are given once."""

from __future__ import annotations

import json
import random
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from tests.cases.test_undo import Hand
from tests.fakes.ring import FakeRing
from tests.fakes.server import Faults, Server
from tests.fakes.words import FakeWords
from tests.fakes.world import OTHER_PUBLIC_CLASS, SECRET, World, world
from tests.sync.stations import Region, Station, region
from tests.sync.test_joining import reach
from workbench.cases.corrections import MergeCases, SplitCase, VoidCase
from workbench.cases.edit import EditCase
from workbench.cases.parts import AddNote, LinkCases, MarkCase, SaveView
from workbench.cases.queries import find_case_id
from workbench.cases.search import search
from workbench.cases.story import load_story
from workbench.context import Session
from workbench.domain import whole_domain
from workbench.errors import NotAllowed, Problems, UserError
from workbench.ids import new_id
from workbench.organisation.upkeep import EditPerson
from workbench.server.identity.schema import adoption
from workbench.server.schema import audit, audit_value, entry, scope_stat
from workbench.server.trail import verify
from workbench.store import adopting, journal
from workbench.store.authority import correct_series
from workbench.store.backup import list_backups
from workbench.store.check import check_store
from workbench.store.ordering import COMMON, components
from workbench.store.schema import outbox_group
from workbench.store.store import Store
from workbench.store.undo import Undo
from workbench.sync import joining
from workbench.sync.deciding import OfferAgain
from workbench.sync.engine import Engine, Limits
from workbench.sync.errors import Offline
from workbench.sync.joining import Joined, join
from workbench.sync.wire import digest_of

KINDS = whole_domain().kinds
NUMBERS = {"number", "year", "running", "former_numbers"}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Region]:
    """A server whose series of 924 has given the numbers 1 to 3."""
    (tmp_path / "region").mkdir()
    with region(tmp_path / "region") as made:
        yield made


@pytest.fixture
def own(tmp_path: Path) -> Iterator[World]:
    """A workstation by itself, which knows the same people by ids of its own."""
    with alone(tmp_path / "own") as made:
        yield made


@contextmanager
def alone(folder: Path, who: str = "registrar") -> Iterator[World]:
    folder.mkdir()
    with world(folder, prefix="own-") as made:
        made.store.set_meta("user", f"own-{who}")
        made.store.workstation = new_id()  # the world is a copy of one
        made.store.set_meta("workstation", made.store.workstation)
        yield made


def adopt(
    monkeypatch: pytest.MonkeyPatch, server: Server, own: World, who: str = "registrar", **more: Any
) -> Joined:
    """Join with a code that lets the workstation's register come along."""
    reach(monkeypatch, server, own, who, **more)
    server.allow_adoption(f"person-{who}", own.store.workstation)
    made = join(own.store, "https://server.example", "koodi", FakeRing())
    while own.store.index_behind():
        pass
    return made


Rows = dict[tuple[str, str], dict[str, Any]]


def served(server: Server, kind: str = "case_file") -> dict[str, dict[str, Any]]:
    table = KINDS.table(kind)
    with server.database.reading() as connection:
        return {r["id"]: dict(r) for r in connection.execute(select(table)).mappings()}


def everything(server: Server) -> Rows:
    return {(k, i): row for k in KINDS.names() for i, row in served(server, k).items()}


def registered(own: World) -> Rows:
    return {(k, row["id"]): row for k in KINDS.names() for row in own.rows(k) if row["scope_id"] != COMMON}


def on_server(value: Any) -> Any:
    """A value of the workstation as the server says it: people by the server's ids."""
    if isinstance(value, dict):
        return {k: on_server(v) for k, v in value.items()}
    if isinstance(value, list):
        return [on_server(v) for v in value]
    return value.replace("own-", "person-") if isinstance(value, str) else value


def assert_nothing_lost(
    server: Server,
    before: Rows,
    mine: Rows,
    blobs: dict[tuple[str, str], bytes],
    meanwhile: Collection[tuple[str, str]] = (),
) -> None:
    """Every row of the workstation is on the server as it was, and nothing else has changed there but what others
    made ``meanwhile``."""
    there = everything(server)
    assert there.keys() == before.keys() | mine.keys() | set(meanwhile)
    for key, row in before.items():
        assert there[key] == row, key
    for (kind, row_id), row in mine.items():
        got = there[kind, row_id]
        names = {"scope_id", *KINDS[kind].by_name}
        if kind == "case_file" and got["number"] != row["number"]:
            assert got["former_numbers"] == [*(row["former_numbers"] or []), row["number"]]
            names -= NUMBERS
        for name in names:
            assert got[name] == on_server(row[name]), (kind, row_id, name)
    for where, content in blobs.items():
        assert server.contents[where] == content
    cases = [c for c in served(server).values() if c["running"] is not None]
    numbers = [(c["municipality"], c["year"], c["running"]) for c in cases]
    assert len(numbers) == len(set(numbers))


def assert_sound(server: Server, own: World) -> None:
    assert check_store(own.store) == []
    with server.database.reading() as connection:
        assert list(verify(connection)) == []
        held: dict[str, list[tuple[str, str, int]]] = {}
        for (kind, row_id), row in everything(server).items():
            held.setdefault(row["scope_id"], []).append((kind, row_id, row["rev"]))
        for stat in connection.execute(select(scope_stat)):
            assert (stat.held, stat.digest) == digest_of(held.pop(stat.scope, [])), stat.scope
        assert held == {}


def contents(own: World) -> dict[tuple[str, str], bytes]:
    return {where: own.store.blobs.read(*where) for where in own.store.named_blobs()}


def as_station(place: Region, own: World, wire: Any, who: str = "registrar") -> Station:
    station = Station(who, own.store, wire, Engine(own.store, wire, f"person-{who}"), own.clock)
    return station


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


# -- refused, and nothing has changed --------------------------------------------------------------------


def refused(place: Region, own: World, monkeypatch: pytest.MonkeyPatch, who: str = "registrar") -> str:
    """What joining says; the store works on by itself, as it was."""
    mine, serves = registered(own), everything(place.server)
    with pytest.raises(Problems) as told:
        adopt(monkeypatch, place.server, own, who)
    assert not own.store.is_joined and registered(own) == mine and everything(place.server) == serves
    assert check_store(own.store) == []
    own.register("Jatkuu")
    assert "Mitään ei muutettu" in str(told.value)
    return str(told.value)


def test_everything_that_does_not_fit_is_said_at_once(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with place.server.database.writing() as connection:
        person, office = KINDS.table("person"), KINDS.table("office")
        connection.execute(
            update(person).where(person.c.id == "person-preparer").values(name="Muu", email=None)
        )
        connection.execute(
            update(person).where(person.c.id == "person-decider").values(name="Confidant Testinen")
        )
        connection.execute(update(person).where(person.c.id == "person-decider").values(email=None))
        connection.execute(update(person).where(person.c.id == "person-confidant").values(email=None))
        connection.execute(update(office).where(office.c.id == "924/sivistys").values(code="koulu"))
    own.register("Yksi")
    own.register("Toinen", office="sivistys", handler_id="own-confidant")
    own.register("Kolmas", "both", "236", handler_id="")
    said = refused(place, own, monkeypatch)
    assert "Henkilöä Preparer Testinen ei ole palvelimella" in said
    assert "usea Confidant Testinen" in said
    assert "924 toimialaa ”sivistys” ei ole" in said and "--office sivistys=Nimi" in said
    assert "ei ole palvelimella roolia kunnassa 236" in said
    # The server that lacks the municipality, and the class.
    with place.server.database.writing() as connection:
        connection.execute(delete(entry).where(entry.c.kind == "municipality", entry.c.row_id == "236"))
    said = refused(place, own, monkeypatch)
    assert "Kuntaa 236" in said and "workbench-server unit add 236" in said


def test_a_code_of_another_person_is_refused(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.register("Yksi")
    said = refused(place, own, monkeypatch, "secretary")
    assert "käyttäjä on Registrar Testinen, mutta liittymiskoodi on henkilön Secretary Testinen" in said


def test_people_are_known_by_mail_or_name_and_namesakes_are_two(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who only has a name there is known by it; one who has the name and another address is somebody else."""
    own.register("Yksi", handler_id="own-preparer")
    own.register("Toinen", handler_id="own-confidant")
    person = KINDS.table("person")
    with place.server.database.writing() as connection:
        connection.execute(update(person).where(person.c.id == "person-preparer").values(email=None))
        other = {"email": "toinen@example.fi"}
        connection.execute(update(person).where(person.c.id == "person-confidant").values(**other))
    said = refused(place, own, monkeypatch)
    assert "Confidant Testinen ei ole palvelimella" in said and "Preparer" not in said
    own.run(EditPerson(person_id="own-confidant", values=other | {"name": "Uusi Nimi"}), "admin")
    adopt(monkeypatch, place.server, own)
    handlers = {c["title"]: c["handler_id"] for c in served(place.server).values()}
    assert (handlers["Yksi"], handlers["Toinen"]) == ("person-preparer", "person-confidant")


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


def test_two_people_here_are_not_one_there(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.register("Yksi", handler_id="own-confidant")
    own.register("Toinen")
    own.run(EditPerson(person_id="own-confidant", values={"email": "preparer@example.fi"}), "admin")
    assert "palvelimella sama henkilö" in refused(place, own, monkeypatch)


def test_a_class_the_servers_plan_lacks_is_named(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.register("Yksi")
    monkeypatch.setattr("workbench.cases.fitting.common_plan", lambda: SimpleNamespace(classes=()))
    assert "tehtäväluokkia ei ole palvelimen tiedonohjaussuunnitelmassa: 10.03.03" in refused(
        place, own, monkeypatch
    )


def test_a_store_that_is_not_whole_does_not_join(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.register("Yksi")
    with own.store.transaction() as connection:
        connection.exec_driver_sql("UPDATE journal SET title_key = 'muu' WHERE position = 2")
    with pytest.raises(Problems, match=r"ei ole ehjä: Tapahtumaloki.*muutettu"):
        adopt(monkeypatch, place.server, own)
    assert not own.store.is_joined


def test_a_store_that_is_open_in_a_window_does_not_join(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.register("Yksi")
    other = Store.open(own.home, whole_domain(), own.clock, FakeWords(), ring=own.ring)
    try:
        with pytest.raises(UserError, match="auki toisessa ikkunassa"):
            adopt(monkeypatch, place.server, own)
    finally:
        other.close()
    assert adopt(monkeypatch, place.server, own).adopted == 1


def test_a_register_that_changes_while_it_is_looked_at_does_not_join_by_halves(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A window may register on while the server is asked."""
    own.register("Yksi")
    looked = joining.fit

    def meanwhile(*about: Any) -> Any:
        named = looked(*about)
        own.register("Kesken", handler_id="own-confidant")
        return named

    monkeypatch.setattr(joining, "fit", meanwhile)
    with pytest.raises(UserError, match="kesken liittämisen"):
        adopt(monkeypatch, place.server, own)
    assert not own.store.is_joined and check_store(own.store) == []


def test_a_stop_in_the_middle_changes_nothing(
    place: Region, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.register("Yksi")
    mine, groups, found = registered(own), groups_of(own), adopting.heads

    def stopped(_connection: Any) -> Any:
        raise RuntimeError("virta katkesi")

    monkeypatch.setattr(adopting, "heads", stopped)  # asked when rows have been renamed and queued
    with pytest.raises(RuntimeError):
        adopt(monkeypatch, place.server, own)
    assert (registered(own), groups_of(own)) == (mine, groups)
    assert not own.store.is_joined and check_store(own.store) == []
    monkeypatch.setattr(adopting, "heads", found)
    assert adopt(monkeypatch, place.server, own).adopted == 1


def test_a_copy_of_a_workstation_whose_register_has_come_is_told_so(
    place: Region, own: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.register("Yksi")
    copy = tmp_path / "copy"
    shutil.copytree(own.home, copy)
    adopt(monkeypatch, place.server, own)
    serves = everything(place.server)
    store = Store.open(copy, whole_domain(), own.clock, FakeWords(), ring=own.ring)
    try:
        place.server.allow_adoption("person-registrar", store.workstation)
        with pytest.raises(UserError, match="jo otettu palvelimelle"):
            join(store, "https://server.example", "koodi", FakeRing())
        assert not store.is_joined and everything(place.server) == serves
    finally:
        store.close()


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
    with pytest.raises(Offline):
        join(own.store, "https://server.example", "koodi", FakeRing())
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


def groups_of(own: World) -> list[dict[str, Any]]:
    with own.store.reader() as connection:
        return [dict(r) for r in connection.execute(select(outbox_group)).mappings()]


# -- nothing is lost -------------------------------------------------------------------------------------


def work(own: World, seed: int) -> None:
    """A register with a bit of everything in it, cases that name one another too."""
    hand = Hand(own, seed)
    rng = random.Random(seed)
    for _turn in range(12):
        command = hand.command()
        try:
            if command is not None:
                own.run(command)
        except UserError:
            continue  # not lawful just now
    for _turn in range(6):
        one, other = rng.sample(hand.cases, 2)
        documents = own.rows("document", case_id=one, attached_to=None)
        made = rng.choice(
            [
                LinkCases(case_id=one, other_id=other),
                LinkCases(case_id=other, other_id=one),
                MergeCases(case_id=one, into_id=other, reason="sama asia"),
                MarkCase(case_id=one, mark="favourite"),
                SaveView(name=f"näkymä {rng.random()}", query={"handler": "own-preparer"}),
                VoidCase(case_id=one, reason="väärin"),
                SplitCase(
                    case_id=one,
                    document_ids=tuple(d["id"] for d in documents[:1]),
                    title="Erotettu",
                    class_code=OTHER_PUBLIC_CLASS,
                    reason="oma asiansa",
                ),
            ]
        )
        try:
            own.run(made)
        except UserError:
            continue
        hand.cases = [c["id"] for c in own.rows("case_file")]


REGISTERS = {"seed": st.integers(0, 2**32), "rate": st.sampled_from([0.0, 0.25]), "size": st.integers(1, 40)}


@pytest.mark.timeout(400)
@settings(max_examples=5)
@given(**REGISTERS)
def test_every_row_and_file_comes_as_it_was(seed: int, rate: float, size: int) -> None:
    comes_as_it_was(seed, rate, size)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@settings(max_examples=100)
@given(**REGISTERS)
def test_every_row_and_file_comes_as_it_was_at_length(seed: int, rate: float, size: int) -> None:
    comes_as_it_was(seed, rate, size)


def comes_as_it_was(seed: int, rate: float, size: int) -> None:
    """Whatever the register, on a line that loses requests and answers, cut off and begun again."""
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        (folder / "region").mkdir()
        with region(folder / "region") as place, alone(folder / "own") as own:
            work(own, seed)
            server = place.server
            before, mine, kept = everything(server), registered(own), contents(own)
            with own.store.reader() as connection:
                ends = adopting.heads(connection)
            wire = reach(patch, server, own)
            server.allow_adoption("person-registrar", own.store.workstation)
            patch.setattr("workbench.sync.engine.Limits.of", lambda _told: _small(size))
            wire.faults = Faults(random.Random(seed), 0.0)
            other, rng = place.join("registrar", name="other"), random.Random(seed)
            other.sync()
            made: set[str] = set()

            def meanwhile() -> None:
                # Somebody else registers on, between two answers.
                if own.store.is_joined and rng.random() < 0.2 and len(made) < 5:
                    made.add(other.register(f"Muun {len(made)}"))
                    other.sync()

            wire.between = meanwhile
            joined = False
            for _turn in range(400):
                try:
                    if not joined and not own.store.is_joined:
                        join(own.store, "https://server.example", "koodi", FakeRing())
                    else:
                        joined = True
                        Engine(own.store, wire, "person-registrar").run()
                    with own.store.reader() as connection:
                        if not adopting.unsettled(connection):
                            break
                except Offline:
                    pass
                finally:
                    wire.faults.rate = rate
            wire.faults.rate, wire.between = 0.0, lambda: None
            Engine(own.store, wire, "person-registrar").run()
            with own.store.reader() as connection:
                assert not adopting.unsettled(connection)
                # The journal of before is here as it was, and the server knows its end.
                assert journal.verify(connection) == []
            others = {(k, i) for (k, i), row in everything(server).items() if made & {i, row.get("case_id")}}
            assert_nothing_lost(server, before, mine, kept, others)
            assert_sound(server, own)
            with server.database.reading() as connection:
                (row,) = connection.execute(select(adoption)).mappings()
                assert row["ended_at"] is not None and row["heads"] == ends
                told = connection.execute(
                    select(audit.c.chain, audit_value.c.content)
                    .select_from(audit.join(audit_value, audit_value.c.audit_n == audit.c.n))
                    .where(audit.c.command == adopting.JOURNAL)
                ).all()
            assert {t.chain: [t.content["words"]["n"], t.content["words"]["head"]] for t in told} == ends
            place.assert_converged(as_station(place, own, wire))


def _small(size: int) -> Limits:
    return Limits(push_ops=size, pull_rows=max(size, 5))


def test_objects_come_after_what_they_name() -> None:
    rng = random.Random(5)
    for _turn in range(200):
        nodes = [str(n) for n in range(rng.randint(1, 9))]
        names = {n: [rng.choice(nodes) for _i in range(rng.randint(0, 3))] for n in nodes}
        reach_of = {n: _reached(n, names) for n in nodes}
        seen: set[str] = set()
        for together in components(nodes, names):
            for n in together:
                assert {m for m in nodes if m in reach_of[n] and n in reach_of[m]} | {n} == set(together)
                assert reach_of[n] <= seen | set(together)
            seen |= set(together)
        assert seen == set(nodes)


def _reached(start: str, names: dict[str, list[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for other in names[waiting.pop()]:
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found
