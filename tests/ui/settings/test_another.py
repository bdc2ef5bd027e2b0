"""A second municipality from the settings: by the guide's steps, all of it or nothing, the administrator alone."""

from __future__ import annotations

import pytest

from tests.ui.settings.support import World
from workbench.cases.register import RegisterCase
from workbench.context import Session
from workbench.errors import NotAllowed, Problems
from workbench.organisation.commands import AddPerson, GiveRole
from workbench.organisation.model import Role
from workbench.organisation.queries import load_municipalities, load_own_municipalities
from workbench.setup.another import set_up_another
from workbench.setup.guide import Answers
from workbench.setup.municipality import SetUp
from workbench.ui.settings.municipality import MunicipalitySection
from workbench.ui.start.another import AnotherDialog


def codes(world: World) -> list[str]:
    with world.store.read_as(world.session) as reader:
        return [m.code for m in load_municipalities(reader)]


def test_a_second_municipality_is_taken_into_use_and_can_be_acted_for(world: World) -> None:
    section = world.open("municipality")
    assert isinstance(section, MunicipalitySection) and section.another.isEnabled()
    section.another.click()
    world.qtbot.waitUntil(lambda: section.findChild(AnotherDialog) is not None)
    dialog = section.findChild(AnotherDialog)
    view = dialog.view
    place, _offices, _hours, numbers, staff, _plan = view.steps
    place.code.setText("924")
    view.go.click()
    assert view.at() == 0 and "on jo käytössä" in place.fields["code"].error.words.text()
    place.code.setText("236")
    for _step in range(3):
        view.go.click()
    assert view.at() == 3, place.fields["code"].error.words.text()
    numbers.number.setText("41")
    view.go.click()
    assert staff.name.isReadOnly() and staff.name.text()
    staff.roles[Role.REGISTRAR].setChecked(True)
    view.go.click()
    view.go.click()
    world.qtbot.waitUntil(lambda: "236" in codes(world), timeout=20_000)
    world.settle()
    person = world.store.meta("user")
    with world.store.read_as(Session(person, "236")) as reader:
        own = {m.code: roles for m, roles in load_own_municipalities(reader)}
    assert own["236"] == {Role.ADMINISTRATOR, Role.REGISTRAR}
    world.qtbot.waitUntil(lambda: len(world.window.top._acting) == 2)
    made = world.store.execute(
        RegisterCase(municipality="236", class_code="10.03.03", title="Asemakaava", office="hallinto"),
        Session(person, "236"),
    )
    assert made.result.number.startswith("41/")


def test_what_fails_leaves_nothing_behind(world: World) -> None:
    bad = Answers(municipality=SetUp(code="236", next_number=0), admin_name="Pirjo")
    with pytest.raises(Problems):
        set_up_another(world.store, world.session, bad)
    values = {"name": "Aino Aho", "home_municipality": "924", "employment": "virka", "active": True}
    world.store.execute(AddPerson(person_id="aino", values=values), world.session)
    world.store.execute(GiveRole(person_id="aino", municipality="924", role=Role.REGISTRAR), world.session)
    good = Answers(municipality=SetUp(code="236"), admin_name="Aino Aho")
    with pytest.raises(NotAllowed):
        set_up_another(world.store, Session("aino", "924"), good)
    assert codes(world) == ["924"]
