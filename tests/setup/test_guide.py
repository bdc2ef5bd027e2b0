"""A municipality comes into use whole, or not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.clock import StandingClock
from tests.fakes.ring import FakeRing
from tests.setup.support import GOOD, open_store, with_municipality
from workbench.cases.plan.plan_json import common_plan
from workbench.cases.plan_queries import load_plans
from workbench.context import Session
from workbench.errors import Problems, UserError
from workbench.organisation.model import Role
from workbench.organisation.queries import load_offices, load_own_municipalities, load_staff, next_case_number
from workbench.organisation.staff_file import StaffRow
from workbench.setup import guide
from workbench.setup.guide import build, check_answers, discard, has_ring, move_in
from workbench.store import keys
from workbench.store.check import check_store


def row(name: str, *roles: Role, office: str = "hallinto") -> StaffRow:
    return StaffRow(name, "", "", "", "Veteli", office, "virka", roles, False)


def test_the_answers_become_a_whole_store(tmp_path: Path) -> None:
    home = tmp_path / "koti"
    answers = replace(GOOD, staff=(row("Eero Känsälä", Role.DECIDER), row("Aino Aho", Role.MANAGER)))
    made = build(home, answers, clock=StandingClock())
    assert not home.exists()
    move_in(made, home)
    assert not made.folder.exists()
    store = open_store(home)
    try:
        session = Session(store.meta("user"), "924")
        with store.read_as(session) as reader:
            assert next_case_number(reader, "924") == (2026, 41)
            assert [o.name for o in load_offices(reader, "924")] == [
                "Hallinto",
                "Tekninen toimi",
                "Sivistystoimi",
            ]
            people = {p.name: {r.role for r in p.roles} for p in load_staff(reader, "924")}
            own = load_own_municipalities(reader)
        assert people == {
            "Aino Aho": {Role.ADMINISTRATOR, Role.REGISTRAR, Role.ARCHIVIST, Role.MANAGER},
            "Eero Känsälä": {Role.DECIDER},
        }
        assert [m.name for m, _roles in own] == ["Veteli"]
        assert check_store(store) == []
    finally:
        store.close()


def test_the_recovery_key_opens_what_was_made(tmp_path: Path) -> None:
    made = build(tmp_path / "koti", GOOD, clock=StandingClock())
    assert keys.open_with_recovery(made.folder / "keys.json", made.recovery.lower().replace("-", " "))
    discard(made)
    assert list(tmp_path.iterdir()) == []


def test_with_the_key_ring_no_passphrase_is_needed(tmp_path: Path) -> None:
    ring = FakeRing()
    answers = replace(GOOD, use_ring=True, passphrase="", passphrase_again="")
    made = build(tmp_path / "koti", answers, clock=StandingClock(), ring=ring)
    assert keys.open_keys(made.folder / "keys.json", passphrase=None, ring=ring)


def test_a_machine_without_a_key_ring_is_told(tmp_path: Path) -> None:
    assert has_ring(FakeRing()) and not has_ring(FakeRing(works=False))
    answers = replace(GOOD, use_ring=True, passphrase="", passphrase_again="")
    with pytest.raises(UserError, match="avainnippua"):
        build(tmp_path / "koti", answers, ring=FakeRing(works=False))
    assert list(tmp_path.iterdir()) == []


def test_a_failure_in_the_middle_leaves_no_half_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_a: object) -> None:
        raise OSError("levy täynnä")

    monkeypatch.setattr(guide, "staff_commands", broken)
    with pytest.raises(OSError, match="levy"):
        build(tmp_path / "koti", GOOD, clock=StandingClock())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("step", "changes", "field"),
    [
        ("municipality", {"code": "92"}, "code"),
        ("municipality", {"code": "999", "name": ""}, "name"),
        ("municipality", {"business_id": "1234567-0"}, "business_id"),
        ("municipality", {"email": "kirjaamo"}, "email"),
        ("municipality", {"colour": "vihreä"}, "colour"),
        ("offices", {"offices": {}}, "offices"),
        ("hours", {"office_hours": "aina auki"}, "office_hours"),
        ("hours", {"closed_periods": ("kesällä",)}, "closed_periods"),
        ("numbers", {"number_template": "{n}"}, "number_template"),
        ("numbers", {"next_number": 0}, "next_number"),
    ],
)
def test_each_step_tells_its_own_problems(step: str, changes: dict[str, object], field: str) -> None:
    answers = with_municipality(**changes)
    assert field in [p.code for p in check_answers(answers, step)]
    assert all(not check_answers(answers, other) for other in guide.STEPS if other not in (step, "staff"))
    with pytest.raises(Problems):
        build(Path("nowhere"), answers)


def test_people_and_key_are_judged_too() -> None:
    bad = replace(
        GOOD, admin_name=" ", admin_email="x", staff=(row("Outi", office="metsä"),), passphrase_again="muu"
    )
    assert [p.code for p in check_answers(bad)] == ["admin_name", "admin_email", "staff", "passphrase_again"]
    assert [p.code for p in check_answers(replace(bad, passphrase="lyhyt"), "key")] == ["passphrase"]
    assert check_answers(GOOD) == []


def test_an_imported_plan_is_in_force_from_its_day(tmp_path: Path) -> None:
    plan = replace(common_plan(), version="2026.2", classes=common_plan().classes[:30])
    made = build(tmp_path / "koti", replace(GOOD, plan=plan), clock=StandingClock())
    store = open_store(made.folder)
    try:
        with store.read_as(Session(store.meta("user"), "924")) as reader:
            plans = load_plans(reader, "924")
        assert plans.current.version == "2026.2"
        assert [(r.version, r.when) for r in plans.rows] == [("2026.2", "now"), ("2026.1", "past")]
    finally:
        store.close()
