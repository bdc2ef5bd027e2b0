"""The report of unusual viewing out of the audit: what it says, to whom, and what it keeps to itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.fakes.world import SECRET
from tests.server.office import DOMAIN, NOW, Office, statuses
from tests.server.people import POLICY
from workbench.cases.edit import EditCase, OpenSecret
from workbench.cases.items import PartyItem
from workbench.errors import NotAllowed
from workbench.organisation.upkeep import EditPerson
from workbench.server.cli.main import app
from workbench.server.identity import accounts
from workbench.server.place import Place, Settings
from workbench.server.principal import Principal
from workbench.server.viewing import told, unusual_viewing

SINCE = date(2026, 11, 1)
TUESDAY = NOW
NIGHT = datetime(2026, 11, 24, 21, 30, tzinfo=UTC)  # half past eleven in the evening in Finland
INDEPENDENCE = datetime(2027, 12, 6, 10, 0, tzinfo=UTC)  # a Monday
LATER = datetime(2027, 12, 31, 10, 0, tzinfo=UTC)


def secret_case(office: Office, *parties: PartyItem) -> str:
    people = parties or (PartyItem(role="initiator", name="Liisa Lähettäjä"),)
    case_id, group = office.register("Salainen", overrides=SECRET, parties=people)
    assert statuses(office.push([group], "registrar")) == ["applied"]
    return case_id


def view(office: Office, case_id: str, who: str, at: datetime = TUESDAY) -> None:
    opened = office.run(OpenSecret(kind="case_file", row_id=case_id, reason="tarvitsen"), who)
    assert statuses(office.push([opened], who, at=at)) == ["applied"]


def report(office: Office, at: datetime = LATER, who: str = "archivist") -> list[dict[str, Any]]:
    principal = Principal(f"person-{who}", "reader")
    found = unusual_viewing(office.database, DOMAIN, principal, at, municipality="924", since=SINCE)
    return [told(one) for one in found]


def signs(lines: list[dict[str, Any]]) -> list[tuple[str, list[str]]]:
    return [(line["person_id"].removeprefix("person-"), [s["code"] for s in line["signs"]]) for line in lines]


def test_a_handler_and_a_registrar_at_their_work_are_not_unusual(office: Office) -> None:
    case_id = secret_case(office)
    view(office, case_id, "registrar")
    view(office, case_id, "preparer")
    assert report(office) == []


def test_viewing_anothers_case_is_told_and_that_nothing_followed(office: Office) -> None:
    case_id = secret_case(office)
    view(office, case_id, "confidant")
    assert signs(report(office, TUESDAY)) == [("confidant", ["not_own"])]  # a deed may still follow
    (line,) = report(office)
    assert signs([line]) == [("confidant", ["not_own", "no_deed"])]
    assert line["number"] == "1/10.03.03/2026" and line["reason"] == "tarvitsen"
    assert all(s["reason"].endswith(".") for s in line["signs"]) and line["person"].startswith("Confidant")


def test_a_deed_that_follows_tells_why_and_one_before_makes_the_case_her_own(office: Office) -> None:
    case_id = secret_case(office)
    view(office, case_id, "confidant")
    edit = office.run(EditCase(case_id=case_id, changes={"summary": "Täydennetty"}), "confidant")
    done = office.push([edit], "confidant")
    if statuses(done) != ["applied"]:
        pytest.fail(str(done))
    view(office, case_id, "confidant")
    assert signs(report(office)) == [("confidant", ["not_own"])]


@pytest.mark.parametrize(("at", "code"), [(NIGHT, "night"), (INDEPENDENCE, "day_off")])
def test_night_and_holidays_are_told_of_ones_own_cases_too(office: Office, at: datetime, code: str) -> None:
    view(office, secret_case(office), "preparer", at)
    assert signs(report(office)) == [("preparer", [code])]


def test_many_in_a_short_time_are_told_of_each(office: Office) -> None:
    cases = [secret_case(office) for _n in range(5)]
    for case_id in cases[:4]:
        view(office, case_id, "preparer")
    assert report(office) == []
    view(office, cases[4], "preparer")
    found = report(office)
    assert (
        signs(found) == [("preparer", ["burst"])] * 5 and "5 eri kohdetta" in found[0]["signs"][0]["reason"]
    )


def test_a_party_of_the_same_surname_or_contact_is_told_without_naming_her(office: Office) -> None:
    name = {"name": "Pirkko Mäki-Lähettäjä", "phone": "+358 40 123 4567"}
    edit = office.run(EditPerson(person_id="person-preparer", values=name), "admin")
    assert statuses(office.push([edit], "admin")) == ["applied"]
    view(office, secret_case(office), "preparer")
    other = secret_case(office, PartyItem(role="initiator", name="Olli Outo", phone="040 1234567"))
    view(office, other, "preparer")
    firm = secret_case(office, PartyItem(role="initiator", name="Kone Lähettäjä", entity="organisation"))
    view(office, firm, "preparer")
    found = report(office)
    assert sorted(signs(found)) == [("preparer", ["contact"]), ("preparer", ["surname"])]
    assert "Olli" not in json.dumps(found, ensure_ascii=False) and "Liisa" not in json.dumps(found)


@pytest.mark.parametrize("who", ["registrar", "preparer", "manager", "admin", "neighbour"])
def test_only_the_archivist_reads_it(office: Office, who: str) -> None:
    with pytest.raises(NotAllowed, match="arkistonhoitaja"):
        report(office, who=who)


def test_what_was_viewed_before_or_elsewhere_is_not_told(office: Office) -> None:
    view(office, secret_case(office), "confidant")
    me = Principal("person-archivist", "reader")
    assert (
        unusual_viewing(office.database, DOMAIN, me, LATER, municipality="924", since=date(2026, 11, 25))
        == []
    )
    assert len(unusual_viewing(office.database, DOMAIN, me, LATER, municipality="924", since=date.min)) == 1
    with pytest.raises(NotAllowed):
        unusual_viewing(office.database, DOMAIN, me, LATER, municipality="236", since=SINCE)


@pytest.fixture
def folder(office: Office, tmp_path: Path) -> Iterator[Path]:
    """A data folder over the office's database, with accounts."""
    place = Place(tmp_path / "data")
    place.make(Settings(database=office.database.url), POLICY.key)
    for who in ("archivist", "registrar"):
        office.database.write(
            lambda c, who=who: accounts.create_account(c, POLICY, who, f"person-{who}", NOW)  # type: ignore[misc]
        )
    yield place.folder


def test_the_command_prints_it_for_an_archivist(office: Office, folder: Path) -> None:
    view(office, secret_case(office), "confidant")

    def run(who: str, *more: str) -> Any:
        asked = ["audit", "unusual", "--for", who, "--municipality", "924", "--since", "2026-11-01", *more]
        return CliRunner().invoke(app, [*asked, "--data", str(folder)])

    done = run("archivist")
    assert done.exit_code == 0 and "Asia ei ole katsojan käsiteltävänä" in done.stdout, done.output
    (line,) = json.loads(run("archivist", "--json").stdout)
    assert line["signs"][0]["code"] == "not_own"
    refused = run("registrar")
    assert refused.exit_code == 1 and "arkistonhoitaja" in refused.stderr and not refused.stdout
