"""What one may not see any more can be given to the registry it belongs to; letters go to other municipalities
whole."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.sync.stations import Region, Station
from workbench.cases.edit import EditCase
from workbench.cases.intake.commands import TakeIn
from workbench.cases.intake.taking_in import keep_note, pass_on
from workbench.context import Session
from workbench.desk import Desk
from workbench.errors import NotAllowed
from workbench.organisation.upkeep import EndRole
from workbench.store.check import check_store
from workbench.sync.conflicts import load_quarantine, text_of


def aside_after_a_lost_right(place: Region, who: str = "both") -> tuple[Station, str]:
    """A station whose person wrote something and lost her right in Veteli before it went; the group's id."""
    station = place.join(who)
    station.sync()
    case_id = next(c["id"] for c in station.rows("case_file", municipality="924"))
    station.run(EditCase(case_id=case_id, changes={"summary": "Naapurin kuuleminen puuttuu"}))
    admin = place.join("admin")
    admin.sync()
    for role in admin.rows("role", person_id=station.person_id, municipality="924"):
        admin.run(EndRole(role_id=role["id"], valid_to=place.server.at.date() - timedelta(days=1)))
    admin.sync()
    station.sync()
    with station.store.read_as(station.session) as reader:
        (aside,) = load_quarantine(reader)
    return station, aside.group_id


def test_work_behind_a_lost_right_reaches_the_registry(place: Region) -> None:
    station, group_id = aside_after_a_lost_right(place)
    Desk(station.store, Session("person-both", "236")).hand_over(group_id)
    report = station.sync()
    assert (report.applied, report.quarantined) == (1, 0), station.groups(state="quarantine")
    with station.store.read_as(station.session) as reader:
        assert load_quarantine(reader) == []
    station.sync()
    assert station.rows("arrival", municipality="924") == [], "she does not see the registry she gave it to"
    registrar = place.join("registrar")
    registrar.sync()
    (arrival,) = registrar.rows("arrival", municipality="924")
    assert arrival["subject"].startswith("Keskeytynyt työ: ")
    assert arrival["sender_name"]
    (file,) = registrar.rows("arrival_file", arrival_id=arrival["id"])
    assert "Naapurin kuuleminen puuttuu" in registrar.store.blobs.read("924", file["sha256"]).decode()
    assert check_store(station.store) == []


def test_nobody_without_any_role_hands_over(place: Region) -> None:
    station, group_id = aside_after_a_lost_right(place, "preparer")
    with pytest.raises(NotAllowed):
        Desk(station.store, station.session).hand_over(group_id)
    with station.store.read_as(station.session) as reader:
        assert text_of(reader, group_id).text, "the text is still hers to copy"


def test_a_letter_is_passed_on_to_a_municipality_where_one_has_no_role(place: Region) -> None:
    registrar = place.join("registrar")
    registrar.sync()
    file = keep_note(registrar.store, "924", "Kirje", "Tämä kuuluu Kaustiselle")
    taken = TakeIn(
        municipality="924", channel="letter", subject="Väärä kunta", arrived_at=place.server.at, files=(file,)
    )
    arrival_id = registrar.run(taken).result
    registrar.sync()
    pass_on(registrar.store, registrar.session, arrival_id, "236")
    report = registrar.sync()
    assert (report.applied, report.quarantined) == (1, 0), registrar.groups(state="quarantine")
    neighbour = place.join("neighbour")
    neighbour.sync()
    (arrival,) = neighbour.rows("arrival", municipality="236")
    assert arrival["passed_from"] == "924"
    (copied,) = neighbour.rows("arrival_file", arrival_id=arrival["id"])
    assert neighbour.store.blobs.read("236", copied["sha256"]) == "Tämä kuuluu Kaustiselle".encode()
