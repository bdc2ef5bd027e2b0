"""The administrator changes the organisation; rights follow from the day said, and nothing vanishes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.fakes.clock import StandingClock
from tests.setup.support import GOOD, open_store
from workbench.cases.edit import HandOver
from workbench.cases.parts import AddTask
from workbench.cases.register import RegisterCase
from workbench.context import Session
from workbench.errors import NotAllowed, UserError
from workbench.organisation.commands import AddPerson, GiveRole
from workbench.organisation.hours import hours_text, parse_hours
from workbench.organisation.model import Role
from workbench.organisation.queries import (
    access_for,
    find_people,
    load_me,
    load_municipality,
    load_offices,
    load_people,
    load_staff,
)
from workbench.organisation.upkeep import ChangeMunicipality, EditPerson, EndRole, NameOffice
from workbench.setup.guide import build
from workbench.store.store import Store
from workbench.store.undo import Undo


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def store(tmp_path: Path, clock: StandingClock) -> Iterator[Store]:
    made = build(tmp_path / "koti", GOOD, clock=clock)
    opened = open_store(made.folder, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def admin(store: Store) -> Session:
    return Session(store.meta("user"), "924")


def add(store: Store, admin: Session, name: str, role: Role) -> tuple[str, str]:
    person = store.execute(
        AddPerson(values={"name": name, "home_municipality": "924", "employment": "virka", "active": True}),
        admin,
    ).result
    role_id = store.execute(GiveRole(person_id=person, municipality="924", role=role), admin).result
    return person, role_id


def test_an_ended_role_takes_the_right_away_from_the_next_day(
    store: Store, admin: Session, clock: StandingClock
) -> None:
    person, role_id = add(store, admin, "Eero", Role.REGISTRAR)
    store.execute(EndRole(role_id=role_id, valid_to=date(2026, 11, 30)), admin)

    def registers() -> bool:
        with store.read_as(Session(person, "924")) as reader:
            return access_for(reader).has_role(Role.REGISTRAR)

    clock.at = datetime(2026, 11, 30, 12, tzinfo=UTC)
    assert registers()
    clock.at = datetime(2026, 12, 1, 6, tzinfo=UTC)
    assert not registers()
    with store.read_as(admin) as reader:
        kept = next(p for p in load_staff(reader, "924") if p.id == person)
    assert [(r.role, r.valid_to) for r in kept.roles] == [(Role.REGISTRAR, date(2026, 11, 30))]


def test_a_role_gives_its_right_from_its_first_day(
    store: Store, admin: Session, clock: StandingClock
) -> None:
    person, _role = add(store, admin, "Eero", Role.REGISTRAR)
    give = GiveRole(person_id=person, municipality="924", role=Role.DECIDER, valid_from=date(2026, 12, 1))
    store.execute(give, admin)
    for day, decides in (
        (datetime(2026, 11, 30, 12, tzinfo=UTC), False),
        (datetime(2026, 12, 1, 6, tzinfo=UTC), True),
    ):
        clock.at = day
        with store.read_as(Session(person, "924")) as reader:
            assert access_for(reader).has_role(Role.DECIDER) is decides


def test_ending_a_role_can_be_undone(store: Store, admin: Session) -> None:
    _person, role_id = add(store, admin, "Eero", Role.REGISTRAR)
    changes = store.execute(EndRole(role_id=role_id, valid_to=date(2026, 11, 1)), admin)
    store.execute(Undo(undone=changes.command_id), admin)
    with store.read_as(admin) as reader:
        roles = [r for p in load_staff(reader, "924") for r in p.roles if r.id == role_id]
    assert roles[0].valid_to is None


def test_the_last_administrator_stays(store: Store, admin: Session) -> None:
    with store.read_as(admin) as reader:
        role = next(r for r in load_me(reader).person.roles if r.role is Role.ADMINISTRATOR)
    with pytest.raises(UserError, match="ainoan pääkäyttäjän"):
        store.execute(EndRole(role_id=role.id, valid_to=date(2026, 12, 1)), admin)
    add(store, admin, "Toinen", Role.ADMINISTRATOR)
    store.execute(EndRole(role_id=role.id, valid_to=date(2026, 12, 1)), admin)


def test_a_role_does_not_end_before_it_begins_nor_later_than_it_did(store: Store, admin: Session) -> None:
    person, _role = add(store, admin, "Eero", Role.REGISTRAR)
    later = store.execute(
        GiveRole(
            person_id=person,
            municipality="924",
            role=Role.DECIDER,
            valid_from=date(2027, 1, 1),
            valid_to=date(2027, 6, 30),
        ),
        admin,
    ).result
    for day, words in ((date(2026, 12, 1), "alkaa vasta 1.1.2027"), (date(2027, 8, 1), "jo 30.6.2027")):
        with pytest.raises(UserError, match=words):
            store.execute(EndRole(role_id=later, valid_to=day), admin)


def test_only_the_administrator_changes_anything(store: Store, admin: Session) -> None:
    person, role_id = add(store, admin, "Eero", Role.REGISTRAR)
    other = Session(person, "924")
    for command in (
        ChangeMunicipality(municipality="924", values={"phone": "1"}),
        NameOffice(municipality="924", office="hallinto", name="Uusi"),
        EndRole(role_id=role_id, valid_to=date(2026, 12, 1)),
    ):
        with pytest.raises(NotAllowed, match="pääkäyttäjä"):
            store.execute(command, other)


def test_fields_change_one_by_one_and_back(store: Store, admin: Session) -> None:
    changes = store.execute(
        ChangeMunicipality(
            municipality="924",
            values={"street": " Kunnantie 1 ", "office_hours": parse_hours("ma 9.00–12.00")},
        ),
        admin,
    )
    with store.read_as(admin) as reader:
        row = load_municipality(reader, "924")
    assert row["street"] == "Kunnantie 1" and hours_text(row["office_hours"]) == "ma 9.00–12.00"
    store.execute(Undo(undone=changes.command_id), admin)
    with store.read_as(admin) as reader:
        assert load_municipality(reader, "924")["street"] is None


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", " "), ("business_id", "1"), ("email", "a@b"), ("colour", "red"), ("code", "1")],
)
def test_a_bad_value_is_refused_at_its_field(store: Store, admin: Session, field: str, value: str) -> None:
    with pytest.raises(UserError) as caught:
        store.execute(ChangeMunicipality(municipality="924", values={field: value}), admin)
    assert caught.value.field == field


def test_an_office_is_added_and_renamed(store: Store, admin: Session) -> None:
    store.execute(NameOffice(municipality="924", office="vapaa-aika", name="Vapaa-aika"), admin)
    store.execute(NameOffice(municipality="924", office="vapaa-aika", name="Vapaa-aikatoimi"), admin)
    with store.read_as(admin) as reader:
        assert [o.name for o in load_offices(reader, "924")][-1] == "Vapaa-aikatoimi"
    with pytest.raises(UserError, match="tunnuksessa"):
        store.execute(NameOffice(municipality="924", office="Ei käy!", name="X"), admin)


@pytest.mark.parametrize(
    "text", ["ma–to 9.00–15.00, pe 9.00–14.00", "ma–pe 8.30–16.15", "ma 9.00–12.00, ke 12.00–15.00"]
)
def test_hours_read_and_written_are_the_same(text: str) -> None:
    assert hours_text(parse_hours(text)) == text


def test_a_person_s_details_change_and_the_change_is_taken_back(store: Store, admin: Session) -> None:
    person, _role = add(store, admin, "Eero Känsälä", Role.PREPARER)
    changes = {
        "name": " Eero Lassila ",
        "title": "",
        "email": "eero.lassila@veteli.example",
        "office_id": "924/tekninen",
        "employment": "työsuhde",
    }
    made = store.execute(EditPerson(person_id=person, values=changes), admin)
    assert made.title == "Muutettu henkilön Eero Lassila tietoja" and made.undoable
    with store.read_as(admin) as reader:
        found = load_staff(reader, person_id=person)[0]
    assert (found.name, found.title, found.email) == ("Eero Lassila", "", "eero.lassila@veteli.example")
    assert (found.office_id, found.employment, found.active) == ("924/tekninen", "työsuhde", True)
    store.execute(Undo(undone=made.command_id), admin)
    with store.read_as(admin) as reader:
        assert load_staff(reader, person_id=person)[0].name == "Eero Känsälä"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "  "}, "name"),
        ({"email": "eero"}, "email"),
        ({"employment": "vuokra"}, "employment"),
        ({"employment": None}, "employment"),
        ({"office_id": "236/tekninen"}, "office_id"),
        ({"office_id": "924/olematon"}, "office_id"),
        ({"home_municipality": "999"}, "home_municipality"),
        ({"active": False}, "active"),
    ],
)
def test_wrong_details_are_told_at_their_field(
    store: Store, admin: Session, values: dict[str, object], field: str
) -> None:
    person, _role = add(store, admin, "Eero", Role.PREPARER)
    with pytest.raises(UserError) as refused:
        store.execute(EditPerson(person_id=person, values=values), admin)
    assert refused.value.field == field


def test_only_the_administrator_edits_a_person(store: Store, admin: Session) -> None:
    person, _role = add(store, admin, "Eero", Role.MANAGER)
    with pytest.raises(NotAllowed, match="pääkäyttäjä"):
        store.execute(EditPerson(person_id=person, values={"title": "johtaja"}), Session(person, "924"))


def test_whoever_leaves_has_no_role_and_gets_no_work(
    store: Store, admin: Session, clock: StandingClock
) -> None:
    person, role_id = add(store, admin, "Eero", Role.PREPARER)
    leave = EditPerson(person_id=person, values={"active": False})
    with pytest.raises(UserError, match="Päätä ensin henkilön Eero roolit: valmistelija"):
        store.execute(leave, admin)
    ended = store.execute(EndRole(role_id=role_id, valid_to=date(2026, 11, 23)), admin)
    store.execute(leave, admin)
    leave_again = EditPerson(person_id=person, values={"active": False})
    give = GiveRole(person_id=person, municipality="924", role=Role.PREPARER)
    with pytest.raises(UserError, match="ei ole enää palveluksessa"):
        store.execute(give, admin)
    with pytest.raises(UserError, match="olisi rooli"):
        store.execute(Undo(undone=ended.command_id), admin)
    store.execute(GiveRole(person_id=admin.person_id, municipality="924", role=Role.REGISTRAR), admin)
    case = RegisterCase(municipality="924", class_code="10.03.03", title="Asia", handler_id=person)
    with pytest.raises(UserError, match="ei ole enää palveluksessa"):
        store.execute(case, admin)
    made = store.execute(replace(case, handler_id=""), admin).result
    for command in (
        HandOver(case_id=made.case_id, to_id=person),
        AddTask(case_id=made.case_id, title="Soita", assignee_id=person),
    ):
        with pytest.raises(UserError, match="ei ole enää palveluksessa"):
            store.execute(command, admin)
    store.execute(EditPerson(person_id=person, values={"active": True}), admin)
    store.execute(HandOver(case_id=made.case_id, to_id=person), admin)
    back = store.execute(HandOver(case_id=made.case_id, to_id=admin.person_id), admin)
    store.execute(leave_again, admin)
    with pytest.raises(UserError, match="ei ole enää palveluksessa"):
        store.execute(Undo(undone=back.command_id), admin)
    with store.read_as(admin) as reader:
        assert person not in [p.id for p in find_people(reader, "")]
        assert load_people(reader)[person].name == "Eero"  # history still knows the name
