"""What a person gets from synchronising: everything that is hers to see, and nothing of hers lost."""

from __future__ import annotations

import contextlib
import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from tests.fakes.world import SECRET
from tests.sync.stations import Region, Station
from workbench.cases.edit import EditCase, SetCaseValues
from workbench.cases.items import DocumentItem, FileItem
from workbench.cases.papers import AddDocument, DestroyDocument
from workbench.cases.parts import AddNote
from workbench.cases.search import search
from workbench.cases.single_rights import GiveAccess, TakeAccess
from workbench.errors import StaleEdit, UserError
from workbench.organisation.commands import GiveRole
from workbench.organisation.model import Role
from workbench.organisation.upkeep import EndRole
from workbench.store.check import check_store
from workbench.store.incoming import Incoming
from workbench.store.schema import journal_value, sync_scope, unknown_entry
from workbench.store.undo import Undo
from workbench.sync import blobs
from workbench.sync.conflicts import load_conflicts, load_quarantine, load_waiting, text_of
from workbench.sync.deciding import DiscardWork, OfferAgain, ResolveConflict
from workbench.sync.errors import Offline, SignedOut, Wiped
from workbench.sync.status import State, status_of


def joined(place: Region, *who: str) -> list[Station]:
    stations = [place.join(name) for name in who]
    for station in stations:
        station.sync()
    return stations


def letter(station: Station, content: bytes = b"kirjeen sisus") -> DocumentItem:
    ref = station.store.blobs.put("924", content)
    file = FileItem(
        filename="kirje.txt", media_type="text/plain", sha256=ref.sha256, size=ref.size, text="luettu teksti"
    )
    return DocumentItem(title="Kirje", type="Kirje", file=file)


def first_case(station: Station) -> str:
    (found,) = station.rows("case_file", title="Asia 0")
    return str(found["id"])


# -- there and back ------------------------------------------------------------------------------------------


def test_the_first_fetch_brings_what_the_person_may_see(place: Region) -> None:
    (station,) = joined(place, "registrar")
    place.assert_converged(station)
    assert len(station.rows("case_file")) == 3
    report = station.sync()
    assert report.received == 0 and report.fetched_again == []
    assert check_store(station.store) == []


def test_what_came_is_found_by_its_words(place: Region) -> None:
    (station,) = joined(place, "registrar")
    with station.store.read_as(station.session) as reader:
        assert search(reader, "Asia 1") == []
    while station.store.index_waiting(2):
        pass
    with station.store.read_as(station.session) as reader:
        assert [hit.case.title for hit in search(reader, "Asia 1")][:1] == ["Asia 1"]


def test_what_is_done_offline_reaches_the_server_and_gets_its_number(place: Region) -> None:
    station, other = joined(place, "registrar", "both")
    case_id = station.register("Uusi asia", documents=(letter(station),))
    assert station.row("case_file", case_id)["number"] is None
    assert station.rows("document", case_id=case_id)[0]["identifier"] is None
    report = station.sync()
    assert (report.sent, report.applied) == (1, 1), station.groups()[-1]["result"]
    assert station.row("case_file", case_id)["number"] == "4/10.03.03/2026"
    assert station.rows("document", case_id=case_id)[0]["identifier"] == "4/10.03.03/2026-1"
    other.sync()
    version = other.rows("document_version", case_id=case_id)[0]
    assert version["text"] == "luettu teksti"
    assert not other.store.blobs.has("924", version["sha256"])
    blobs.fetch(other.store, other.wire, "924", version["sha256"])
    assert other.store.blobs.read("924", version["sha256"]) == b"kirjeen sisus"
    for each in (station, other):
        place.assert_converged(each)
        assert check_store(each.store) == []


def test_what_was_sent_is_sent_again_to_the_byte_and_done_once(place: Region) -> None:
    (station,) = joined(place, "registrar")
    case_id = station.register("Uusi")

    def lost() -> None:
        raise Offline("vastaus katosi")

    station.wire.faults.after = lost  # type: ignore[method-assign]
    with pytest.raises(Offline):
        station.wire.faults.after = lambda: None  # type: ignore[method-assign]
        station.wire.between = lambda: lost() if station.wire.pushed else None
        station.engine.run()
    station.wire.between = lambda: None
    # More work on the same row meanwhile does not change what is out already.
    station.run(AddNote(case_id=case_id, text="Lisää"))
    assert station.sync().applied == 2
    sent = [t for t in station.wire.pushed if json.loads(t)["command"] == "case.register"]
    assert len(sent) == 2 and sent[0] == sent[1]
    assert [r["number"] for r in station.rows("case_file", id=case_id)] == ["4/10.03.03/2026"]
    place.assert_converged(station)


def test_a_crash_between_two_steps_leaves_a_store_that_goes_on(place: Region) -> None:
    """Whichever call is the last before the end, the next start finds all of it."""
    (station,) = joined(place, "registrar")

    class Crash(Exception):
        pass

    for last in range(1, 8):
        station.register(f"Kaatuu {last}")
        calls = 0

        def crash(limit: int = last) -> None:
            nonlocal calls
            calls += 1
            if calls == limit:
                raise Crash

        station.wire.between = crash
        with contextlib.suppress(Crash):
            station.engine.run()
        station.wire.between = lambda: None
    station.sync()
    titles = [r["title"] for r in station.rows("case_file")]
    assert sorted(t for t in titles if t.startswith("Kaatuu")) == [f"Kaatuu {n}" for n in range(1, 8)]
    place.assert_converged(station)


def test_undo_of_what_the_server_numbered_meanwhile(place: Region) -> None:
    (station,) = joined(place, "registrar")
    case_id = first_case(station)
    done = station.run(AddDocument(case_id=case_id, document=letter(station)))
    station.sync()
    assert station.rows("document", case_id=case_id)[-1]["identifier"]
    station.run(Undo(undone=done.command_id))
    assert station.rows("document", case_id=case_id) == []
    station.sync()
    assert [g["state"] for g in station.groups()] == ["settled", "settled"]
    place.assert_converged(station)


def test_a_document_destroyed_offline_keeps_its_content_until_the_server_agrees(place: Region) -> None:
    station, archivist = joined(place, "registrar", "archivist")
    case_id = first_case(station)
    station.run(AddDocument(case_id=case_id, document=letter(station)))
    station.sync()
    archivist.sync()
    document_id = archivist.rows("document", case_id=case_id)[0]["id"]
    archivist.run(DestroyDocument(document_id=document_id, reason="säilytysaika"))
    assert archivist.groups()[-1]["destroys"]
    report = archivist.sync()
    assert report.applied == 1, archivist.groups()[-1]["result"]
    assert archivist.groups()[-1]["args"] is None
    station.sync()
    assert station.rows("document", case_id=case_id) == []


# -- others' changes -----------------------------------------------------------------------------------------


def test_edits_of_different_fields_merge(place: Region) -> None:
    one, two = joined(place, "registrar", "both")
    case_id = first_case(one)
    one.run(EditCase(case_id=case_id, changes={"title": "Uusi otsikko"}))
    two.run(EditCase(case_id=case_id, changes={"summary": "Kuvaus"}))
    one.sync()
    two.sync()
    one.sync()
    for each in (one, two):
        row = each.row("case_file", case_id)
        assert (row["title"], row["summary"], row["sync_state"]) == ("Uusi otsikko", "Kuvaus", 0)
        place.assert_converged(each)


@pytest.fixture
def clash(place: Region) -> tuple[Station, Station, str]:
    """Two titles for one case; the second is told of the first."""
    one, two = joined(place, "registrar", "both")
    case_id = first_case(one)
    one.run(EditCase(case_id=case_id, changes={"title": "Yksi"}))
    two.run(EditCase(case_id=case_id, changes={"title": "Kaksi", "summary": "Kuvaus"}))
    two.run(AddNote(case_id=case_id, text="Muistiinpano"))
    one.sync()
    report = two.sync()
    assert (report.conflicts, report.applied) == (1, 1)
    return one, two, case_id


def test_a_clash_waits_for_a_person_and_nothing_else_does(clash: tuple[Station, Station, str]) -> None:
    _one, two, case_id = clash
    row = two.row("case_file", case_id)
    assert (row["title"], row["summary"], row["sync_state"]) == ("Kaksi", "Kuvaus", 2)
    with two.store.read_as(two.session) as reader:
        (found,) = load_conflicts(reader)
    assert (found.label, found.why, found.by) == ("Asia", "changed", "Registrar Testinen")
    by_name = {f.name: f for f in found.fields}
    title = by_name["title"]
    assert (title.base, title.mine, title.theirs, title.clashes) == ("Asia 0", "Kaksi", "Yksi", True)
    assert not by_name["summary"].clashes
    with pytest.raises(StaleEdit, match="Ratkaise ensin ristiriita"):
        two.run(EditCase(case_id=case_id, changes={"title": "Kolme"}))
    two.run(AddNote(case_id=case_id, text="Muu työ jatkuu"))
    assert two.sync().applied == 1


@pytest.mark.parametrize(
    ("choice", "title"),
    [
        ({"take": "mine"}, "Kaksi"),
        ({"take": "theirs"}, "Yksi"),
        ({"take": "edit", "value": "Sovittu"}, "Sovittu"),
    ],
)
def test_what_a_person_chooses_stands(
    place: Region, clash: tuple[Station, Station, str], choice: dict[str, str], title: str
) -> None:
    one, two, case_id = clash
    with two.store.read_as(two.session) as reader:
        (found,) = load_conflicts(reader)
    command = ResolveConflict(kind="case_file", row_id=case_id, choices={"title": choice}, rev=found.rev)
    changes = two.run(command)
    assert ("case_file", case_id) in changes.touched and changes.title.startswith("Ratkaistu ristiriita")
    (former,) = [g for g in two.groups(state="discarded")]
    (anew,) = two.groups(state="queued")
    assert anew["resolves"] == [former["group_id"]] and anew["command"] == "case.edit"
    assert two.sync().applied == 1
    one.sync()
    for each in (one, two):
        row = each.row("case_file", case_id)
        assert (row["title"], row["summary"], row["sync_state"]) == (title, "Kuvaus", 0)
        place.assert_converged(each)
    assert check_store(two.store) == []


def test_nobody_chooses_of_what_she_has_not_seen(clash: tuple[Station, Station, str]) -> None:
    one, two, case_id = clash
    one.run(EditCase(case_id=case_id, changes={"title": "Vielä uudempi"}))
    with two.store.read_as(two.session) as reader:
        (seen,) = load_conflicts(reader)
    one.sync()
    two.sync()
    with pytest.raises(StaleEdit, match="uudelleen"):
        two.run(
            ResolveConflict(
                kind="case_file", row_id=case_id, choices={"title": {"take": "mine"}}, rev=seen.rev
            )
        )
    with pytest.raises(UserError, match="Valitse"):
        two.run(ResolveConflict(kind="case_file", row_id=case_id, choices={}))
    assert len(two.groups(state="conflict")) == 1


def test_later_work_on_the_same_row_waits_with_it_and_is_sent_anew(place: Region) -> None:
    one, two = joined(place, "registrar", "both")
    case_id = first_case(one)
    one.run(EditCase(case_id=case_id, changes={"title": "Yksi"}))
    one.sync()
    two.run(EditCase(case_id=case_id, changes={"title": "Kaksi"}))
    two.run(EditCase(case_id=case_id, changes={"title": "Kaksi, korjattu", "summary": "Lisää"}))
    two.sync()
    with two.store.read_as(two.session) as reader:
        (found,) = load_conflicts(reader)
        (waiting,) = load_waiting(reader)
    assert waiting.held and found.later == 1
    assert next(f for f in found.fields if f.name == "title").mine == "Kaksi, korjattu"
    two.run(
        ResolveConflict(kind="case_file", row_id=case_id, choices={"title": {"take": "mine"}}, rev=found.rev)
    )
    assert two.sync().applied == 2
    row = two.row("case_file", case_id)
    assert (row["title"], row["summary"]) == ("Kaksi, korjattu", "Lisää")
    place.assert_converged(two)


# -- rights --------------------------------------------------------------------------------------------------


def end_role(place: Region, who: str) -> None:
    admin = place.join("admin")
    admin.sync()
    for role in admin.rows("role", person_id=f"person-{who}", municipality="924"):
        admin.run(EndRole(role_id=role["id"], valid_to=place.server.at.date() - timedelta(days=1)))
    assert admin.sync().quarantined == 0


def test_when_a_right_ends_what_it_showed_leaves_the_machine(place: Region) -> None:
    (station,) = joined(place, "both")
    while station.store.index_waiting():
        pass
    case_id = first_case(station)
    station.run(EditCase(case_id=case_id, changes={"summary": "Salattava kuvaus"}))
    station.sync()
    station.run(EditCase(case_id=case_id, changes={"title": "Ei ehtinyt lähteä"}))
    end_role(place, "both")
    station.engine.run()
    assert [c for c in station.rows("case_file") if c["municipality"] == "924"] == []
    with station.store.reader() as connection:
        scopes = set(connection.execute(select(sync_scope.c.scope_id)).scalars())
        assert not any(s.startswith("unit:924/") for s in scopes)
        values = connection.execute(select(journal_value.c.scope_id)).scalars().all()
        assert not any(s.startswith("unit:924/") for s in values)
    raw = (station.store.home / "store.db").read_bytes()
    assert b"Salattava kuvaus" not in raw
    # What had not been sent can still be read, and is no longer shown as if it were so.
    with station.store.read_as(station.session) as reader:
        (aside,) = load_quarantine(reader)
        assert ("Otsikko", "Ei ehtinyt lähteä") in aside.texts
        assert "Ei ehtinyt lähteä" in text_of(reader, aside.group_id).text
    assert check_store(station.store) == []


def test_a_right_given_back_brings_everything_again_and_own_work_goes_on(place: Region) -> None:
    station, other = joined(place, "both", "registrar")
    case_id = first_case(station)
    end_role(place, "both")
    other.run(EditCase(case_id=case_id, changes={"summary": "Muutettu sillä välin"}))
    other.sync()
    admin = place.stations[-1]
    admin.run(GiveRole(person_id="person-both", municipality="924", role=Role.REGISTRAR))
    admin.sync()
    station.run(EditCase(case_id=case_id, changes={"title": "Tehty koko ajan poissa"}))
    station.sync()
    row = station.row("case_file", case_id)
    assert (row["title"], row["summary"]) == ("Tehty koko ajan poissa", "Muutettu sillä välin")
    place.assert_converged(station)


def test_a_case_made_secret_by_another_goes_with_its_history(place: Region) -> None:
    station, other = joined(place, "both", "registrar")
    case_id = first_case(station)
    station.run(EditCase(case_id=case_id, changes={"summary": "Kuvaukseni"}))
    station.sync()
    other.sync()
    other.run(SetCaseValues(case_id=case_id, values=SECRET))
    other.sync()
    station.sync()
    assert station.rows("case_file", id=case_id) == []
    with station.store.reader() as connection:
        said = connection.execute(select(journal_value.c.after)).scalars().all()
    assert "Kuvaukseni" not in json.dumps(said)
    place.assert_converged(station)


# -- work that is not taken in -----------------------------------------------------------------------------------


def test_work_the_server_refuses_is_kept_shown_and_can_be_offered_again(place: Region) -> None:
    station, other = joined(place, "both", "registrar")
    case_id = first_case(station)
    end_role(place, "both")
    station.register("Oikeutta vailla")
    station.run(EditCase(case_id=case_id, changes={"title": "Sama"}))
    report = station.sync()
    assert report.quarantined == 2
    shown = status_of(station.store)
    assert (shown.state, shown.quarantined) == (State.CONFLICT, 2)
    admin = place.stations[-1]
    admin.run(GiveRole(person_id="person-both", municipality="924", role=Role.REGISTRAR))
    admin.sync()
    station.sync()
    with station.store.read_as(station.session) as reader:
        first, second = load_quarantine(reader)
    station.run(OfferAgain(group_id=first.group_id))
    station.run(DiscardWork(group_id=second.group_id))
    assert station.sync().applied == 1
    assert "Oikeutta vailla" in [c["title"] for c in station.rows("case_file")]
    place.assert_converged(station)
    other.sync()


# -- restores, unknown things, counts ------------------------------------------------------------------------


def test_a_restored_server_gets_back_what_it_had_acknowledged(place: Region) -> None:
    station, other = joined(place, "registrar", "both")
    with place.server.database.reading() as connection:
        connection.exec_driver_sql("SELECT 1")
    backup = place.folder / "backup.db"
    source = place.folder / "server.db"
    with place.server.database.writing() as connection:
        connection.execute(text("SELECT 1"))
    place.server.database.engine.dispose()
    import sqlite3

    with sqlite3.connect(source) as live, sqlite3.connect(backup) as copy:
        live.backup(copy)
    case_id = station.register("Varmuuskopion jälkeen")
    station.run(EditCase(case_id=first_case(station), changes={"summary": "Muutettu"}))
    station.sync()
    other.sync()
    place.server.database.engine.dispose()
    with sqlite3.connect(backup) as copy, sqlite3.connect(source) as live:
        copy.backup(live)
    place.server.new_epoch()
    report = station.sync()
    assert report.offered_again == 2
    assert station.row("case_file", case_id)["number"] == "4/10.03.03/2026"
    other.sync()
    for each in (station, other):
        place.assert_converged(each)


def test_rows_of_a_kind_this_version_lacks_are_kept_and_get_their_place_later(place: Region) -> None:
    (station,) = joined(place, "registrar")
    note = {"case_id": first_case(station), "text": "Uusi", "made_at": "2026-11-24T10:00:00Z", "uusi": 7}
    kinds = station.store.domain.kinds
    entries: list[dict[str, Any]] = [
        {"seq": 90_001, "scope": "global", "kind": "hologram", "id": "h1", "op": "put", "rev": 1,
         "data": {"shape": "pallo"}},
        {"seq": 90_002, "scope": "unit:924/tekninen/10", "kind": "note", "id": "n1", "op": "put", "rev": 1,
         "data": note},
        {"seq": 90_003, "scope": "unit:924/tekninen/10", "kind": "note", "id": "n2", "op": "put", "rev": 1,
         "data": {"text": "vailla asiaa"}},
    ]  # fmt: skip
    with station.store.writing() as connection:
        Incoming(connection, kinds).apply(entries)
        kept = connection.execute(select(unknown_entry.c.kind, unknown_entry.c.row_id)).all()
    assert sorted(map(tuple, kept)) == [("hologram", "h1"), ("note", "n2")]
    assert station.row("note", "n1")["extra"] == {"uusi": 7}
    # An own edit keeps what it does not know.
    with station.store.writing() as connection:
        Incoming(connection, kinds).apply([entries[0] | {"op": "del", "seq": 90_009}])
        assert connection.execute(select(unknown_entry.c.kind)).scalars().all() == ["note"]


def test_a_row_lost_here_is_noticed_and_fetched_again(place: Region) -> None:
    (station,) = joined(place, "registrar")
    case_id = first_case(station)
    with station.store.transaction() as connection:
        connection.execute(text("DELETE FROM note WHERE 1"))
        connection.execute(text("DELETE FROM action WHERE case_id = :id"), {"id": case_id})
    station.run(EditCase(case_id=case_id, changes={"title": "Koskettaa rajausta"}))
    report = station.sync()
    assert report.fetched_again == ["unit:924/tekninen/10"]
    place.assert_converged(station)


def test_an_entry_older_than_what_is_held_changes_nothing(place: Region) -> None:
    (station,) = joined(place, "registrar")
    row = station.rows("case_file")[0]
    entry = {"scope": row["scope_id"], "kind": "case_file", "id": row["id"], "rev": 0, "data": {}}
    with station.store.writing() as connection:
        incoming = Incoming(connection, station.store.domain.kinds)
        incoming.apply([entry | {"op": "put", "seq": row["seq"]}])
        incoming.apply([entry | {"op": "del", "seq": row["seq"] - 1}])
        incoming.apply([entry | {"op": "del", "seq": row["seq"] + 1, "scope": "unit:924/muu/10"}])
    assert station.row("case_file", row["id"]) == row


# -- how it stands -------------------------------------------------------------------------------------------


def test_the_status_says_in_words_how_it_stands(place: Region) -> None:
    (station,) = joined(place, "registrar")
    shown = status_of(station.store)
    assert shown.state is State.UP_TO_DATE and shown.message.startswith("ajan tasalla 12.")
    case_id = first_case(station)
    for n in range(3):
        station.run(AddNote(case_id=case_id, text=f"{n}"))
    shown = status_of(station.store)
    assert (shown.state, shown.message) == (State.WAITING, "3 muutosta odottaa")
    shown = status_of(station.store, error=Offline("x"))
    assert (shown.state, shown.message) == (State.OFFLINE, "Ei yhteyttä palvelimeen, 3 muutosta odottaa")
    assert status_of(station.store, error=SignedOut("x")).state is State.SIGNED_OUT
    assert status_of(place.origin.store).state is State.NOT_JOINED


def test_long_out_of_sight_it_locks_and_a_clock_set_back_does_not_open_it(place: Region) -> None:
    (station,) = joined(place, "registrar")
    station.clock.move(days=31)
    assert status_of(station.store).state is State.LOCKED
    station.run(AddNote(case_id=first_case(station), text="aika kului"))
    station.clock.move(days=-40)
    assert status_of(station.store).state is State.LOCKED
    place.server.at = station.store.now()
    station.sync()
    assert status_of(station.store).state is State.UP_TO_DATE


def test_a_machine_reported_lost_destroys_what_it_holds(place: Region) -> None:
    (station,) = joined(place, "registrar")
    ref = station.store.blobs.put("924", b"salaista")

    def wiped(_body: dict[str, Any]) -> dict[str, Any]:
        raise Wiped("Kone on ilmoitettu kadonneeksi.")

    station.wire.session = wiped  # type: ignore[method-assign]
    with pytest.raises(Wiped):
        station.engine.run()
    left = [p for p in station.store.home.rglob("*") if p.is_file() and p.suffix != ".lock"]
    assert not station.store.blobs.has("924", ref.sha256)
    assert [p for p in left if p.stat().st_size] == []


def test_a_case_that_is_no_longer_secret_stays_when_its_own_scope_ends(place: Region) -> None:
    """Own work was made while the case was a scope of its own; the server has it in the office's since."""
    station, other = joined(place, "registrar", "registrar")
    case_id = first_case(station)
    other.run(SetCaseValues(case_id=case_id, values=SECRET))
    other.sync()
    station.sync()
    station.run(EditCase(case_id=case_id, changes={"summary": "Kesken"}))
    secret = f"case:{case_id}"
    assert station.row("case_file", case_id)["scope_id"] == secret
    with station.store.writing() as connection:
        incoming = Incoming(connection, station.store.domain.kinds)
        base = incoming.rebasing.base("case_file", case_id)
        assert base is not None
        moved = {"kind": "case_file", "id": case_id, "scope": "unit:924/tekninen/10", "op": "put"}
        incoming.apply([moved | {"rev": 9, "seq": 90_000, "data": base["data"]}])
        incoming.purge(secret)
    shown = station.row("case_file", case_id)
    assert (shown["summary"], shown["scope_id"]) == ("Kesken", "unit:924/tekninen/10")


def test_what_came_and_is_taken_away_here_before_it_was_indexed_does_not_stop_the_index(
    place: Region,
) -> None:
    one, two = place.join("registrar"), place.join("registrar", name="second")
    one.sync()
    case = one.register("Salainen", handler_id="person-preparer")
    one.run(SetCaseValues(case_id=case, values=SECRET))
    one.run(GiveAccess(case_id=case, person_id="person-teacher", reason="apu"))
    one.sync()
    two.sync()
    two.run(TakeAccess(case_id=case, person_id="person-teacher", reason="ei enää"))
    while two.store.index_waiting():
        pass
    two.sync()
    one.sync()
    assert one.rows("access_right", person_id="person-teacher") == []
