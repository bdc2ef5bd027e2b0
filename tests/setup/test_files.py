"""A staff file, a plan file, the day's backup and the demonstration: each judged before it writes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.fakes.clock import StandingClock
from tests.setup.support import GOOD, open_store
from workbench.cases.plan.plan_json import common_plan, write_plan
from workbench.context import Session
from workbench.errors import UserError
from workbench.organisation.queries import load_staff
from workbench.setup import demo_home
from workbench.setup.daily import backup_folder, is_due, make_daily
from workbench.setup.guide import build
from workbench.setup.municipality import staff_commands
from workbench.setup.notices import load_notices
from workbench.setup.plan_file import read_proposal
from workbench.setup.staff_preview import preview
from workbench.setup.unlock import asks_passphrase
from workbench.store.backup import list_backups
from workbench.store.store import Store

GOOD_ROWS = "nimi;nimike;kunta;toimiala;roolit\nEero;kirjaaja;Veteli;hallinto;kirjaaja\n"


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def store(tmp_path: Path, clock: StandingClock) -> Iterator[Store]:
    made = build(tmp_path / "koti", GOOD, clock=clock)
    opened = open_store(made.folder, clock=clock)
    yield opened
    opened.close()


def test_every_fault_of_a_staff_file_is_told_and_nothing_written(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "h.csv"
    path.write_text(
        GOOD_ROWS
        + ";;Veteli;;kirjaaja\n"
        + "Outi;;Kokkola;;pomo\n"
        + "Aino;;Kokkola;;kirjaaja\n"
        + "Ulla;;Veteli;metsä;kirjaaja\n"
        + "Eero;;Veteli;;valmistelija\n",
        encoding="utf-8",
    )
    admin = Session(store.meta("user"), "924")
    with store.read_as(admin) as reader:
        found = preview(reader, path)
        assert len(load_staff(reader, "924")) == 1
    told = {line.number: " ".join(line.faults) for line in found.lines}
    assert told[2] == "" and found.faulty == 5 and len(found.rows()) == 1
    for number, words in ((3, "nimi puuttuu"), (4, "pomo"), (5, "Kokkola"), (6, "metsä"), (7, "rivillä 2")):
        assert words in told[number]


def test_a_clean_staff_file_goes_in_whole_and_a_known_person_gets_roles(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "h.csv"
    path.write_bytes((GOOD_ROWS + "Aino Aho;;Veteli;;esihenkilö\n").encode("cp1252"))
    admin = Session(store.meta("user"), "924")
    with store.read_as(admin) as reader:
        found = preview(reader, path)
    assert [line.known for line in found.lines] == [False, True]
    store.execute_all(staff_commands(found.rows(), dict(found.codes), dict(found.known))[1], admin)
    with store.read_as(admin) as reader:
        people = load_staff(reader, "924")
    assert sorted(p.name for p in people) == ["Aino Aho", "Eero"]
    assert "manager" in {r.role.value for p in people for r in p.roles if p.name == "Aino Aho"}


def test_a_plan_file_proposes_with_its_difference(tmp_path: Path) -> None:
    plan = common_plan()
    path = tmp_path / "plan.json"
    text = write_plan(plan).replace('"name": "Hallintoasiat"', '"name": "Yleishallinto"', 1)
    path.write_text(text, encoding="utf-8")
    found = read_proposal(path, plan, municipality="924", version="2027.1", valid_from=date(2027, 1, 1))
    assert found.plan is not None and found.errors == 0
    assert (found.plan.municipality, found.plan.version, found.plan.valid_from) == (
        "924",
        "2027.1",
        date(2027, 1, 1),
    )
    assert [c.text for c in found.changes] == ["Luokan 00 nimi: Hallintoasiat → Yleishallinto"]


@pytest.mark.parametrize("name", ["plan.json", "plan.xlsx"])
def test_what_is_no_plan_is_refused_in_words(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"\xff\x00 roskaa")
    with pytest.raises(UserError):
        read_proposal(path, common_plan(), municipality="924", version="1", valid_from=date(2027, 1, 1))


def test_one_backup_a_day(store: Store, clock: StandingClock, tmp_path: Path) -> None:
    folder = backup_folder(store.home)
    assert folder == store.home / "backups" and backup_folder(store.home, str(tmp_path)) == tmp_path
    assert is_due(store, folder)
    first = make_daily(store, folder)
    clock.at += timedelta(hours=8)
    assert first is not None and make_daily(store, folder) is None
    clock.at += timedelta(hours=16)
    assert make_daily(store, folder) is not None
    assert len(list_backups(folder)) == 2


def test_only_a_passphrase_store_asks_for_one(tmp_path: Path, store: Store) -> None:
    wrong = UserError("väärin", code="wrong_passphrase")
    assert asks_passphrase(store.home, wrong)
    assert not asks_passphrase(store.home, UserError("muu", code="exists"))
    assert not asks_passphrase(tmp_path / "tyhjä", wrong)


def test_a_cancelled_demonstration_leaves_nothing(tmp_path: Path) -> None:
    class Enough(Exception):
        pass

    def tell(done: int, total: int) -> None:
        assert 0 < done < total
        if done == 20:
            raise Enough

    with pytest.raises(Enough):
        demo_home.make_demo(tmp_path / "koti", tell, cases=1)
    assert list(tmp_path.iterdir()) == []


def test_notices_name_the_window_and_its_licence() -> None:
    found = {n.name.lower().replace("_", "-"): n for n in load_notices()}
    assert any(name.startswith("pyside6") for name in found)
    assert found["sqlalchemy"].licence
