"""What a person gets from synchronising: everything that is hers to see, and nothing of hers lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.stations import Region, region
from workbench.cases.edit import EditCase
from workbench.cases.parts import AddNote


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Region]:
    with region(tmp_path) as made:
        yield made


def test_the_first_fetch_brings_what_the_person_may_see(place: Region) -> None:
    station = place.join("registrar")
    station.sync()
    place.assert_converged(station)
    assert len(station.rows("case_file")) == 3
    report = station.sync()
    assert report.received == 0 and report.fetched_again == []


def test_what_is_done_offline_reaches_the_server_and_gets_its_number(place: Region) -> None:
    station, other = place.join("registrar"), place.join("both")
    station.sync()
    other.sync()
    case_id = station.register("Uusi asia")
    assert station.row("case_file", case_id)["number"] is None
    report = station.sync()
    assert (report.sent, report.applied) == (1, 1), station.groups()[-1]["result"]
    assert station.row("case_file", case_id)["number"] == "4/10.03.03/2026"
    other.sync()
    assert other.row("case_file", case_id)["title"] == "Uusi asia"
    for each in (station, other):
        place.assert_converged(each)
        assert each.sync().fetched_again == []


def test_edits_of_different_fields_merge(place: Region) -> None:
    one, two = place.join("registrar"), place.join("both")
    one.sync()
    two.sync()
    case_id = one.rows("case_file")[0]["id"]
    one.run(EditCase(case_id=case_id, changes={"title": "Uusi otsikko"}))
    two.run(EditCase(case_id=case_id, changes={"summary": "Kuvaus"}))
    one.sync()
    two.sync()
    one.sync()
    for each in (one, two):
        row = each.row("case_file", case_id)
        assert (row["title"], row["summary"], row["sync_state"]) == ("Uusi otsikko", "Kuvaus", 0)
        place.assert_converged(each)


def test_edits_of_the_same_field_wait_for_a_person(place: Region) -> None:
    one, two = place.join("registrar"), place.join("both")
    one.sync()
    two.sync()
    case_id = one.rows("case_file")[0]["id"]
    one.run(EditCase(case_id=case_id, changes={"title": "Yksi"}))
    two.run(EditCase(case_id=case_id, changes={"title": "Kaksi"}))
    one.sync()
    report = two.sync()
    assert report.conflicts == 1
    row = two.row("case_file", case_id)
    assert (row["title"], row["sync_state"]) == ("Kaksi", 2)
    two.run(AddNote(case_id=two.rows("case_file")[1]["id"], text="Muu työ jatkuu"))
    assert two.sync().applied == 1
