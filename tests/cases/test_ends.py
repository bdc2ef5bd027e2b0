"""The days on which keeping and secrecy end, shown with the case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.fakes.world import World
from workbench.cases.closing import CloseCase
from workbench.cases.detail import CaseDetail, load_case
from workbench.cases.edit import SetCaseValues
from workbench.cases.papers import SetDocumentValues
from workbench.cases.plan.plan_json import common_plan, plan_to_dict
from workbench.cases.plan_commands import TakePlanIntoUse
from workbench.organisation.upkeep import ChangeMunicipality


def shown(w: World, case_id: str) -> CaseDetail:
    with w.read("archivist") as reader:
        return load_case(reader, case_id)


@pytest.mark.parametrize(("rounds", "until"), [(False, date(2036, 11, 24)), (True, date(2036, 12, 31))])
@pytest.mark.parametrize("place", ["case", "municipality"])
def test_ten_years_from_closing(plain: World, rounds: bool, until: date, place: str) -> None:
    case_id = plain.register()
    ten = {"retention_kind": "määräajan", "retention_years": 10, "final_action": "Hävitetään"}
    if place == "municipality":  # a plan that leaves it to the municipality
        classes = tuple(
            replace(c, process=replace(c.process, round_to_year_end=None)) for c in common_plan().classes
        )
        plan = replace(common_plan(), version="oma", valid_from=date(2026, 1, 1), classes=classes)
        plain.run(TakePlanIntoUse(municipality="924", content=plan_to_dict(plan)), "archivist")
        plain.run(ChangeMunicipality(municipality="924", values={"round_to_year_end": rounds}), "admin")
    else:
        ten["round_to_year_end"] = rounds
    plain.run(SetCaseValues(case_id=case_id, values=ten), "archivist")
    assert shown(plain, case_id).kept_until is None  # it has not begun
    plain.run(CloseCase(case_id=case_id))
    case = shown(plain, case_id)
    assert case.kept_until == until and case.documents[0].kept_until == until


def test_what_is_kept_for_ever_has_no_end(plain: World) -> None:
    case_id = plain.register()
    plain.run(CloseCase(case_id=case_id))
    assert shown(plain, case_id).fields["retention_years"] == -1 and shown(plain, case_id).kept_until is None


@pytest.mark.parametrize(
    ("item", "until"), [(20, date(2051, 11, 20)), (25, date(2126, 11, 20))], ids=["trade", "person"]
)
def test_secrecy_ends_by_its_ground(plain: World, item: int, until: date) -> None:
    letter = plain.letter("Lausunto")
    case_id = plain.register(documents=(letter,))
    assert shown(plain, case_id).documents[0].secret_until is None
    values = {
        "publicity": "Salassa pidettävä",
        "secrecy_years": 25 if item == 20 else 100,
        "secrecy_basis": f"JulkL (621/1999) 24.1 § {item} kohta",
    }
    plain.run(SetDocumentValues(document_id=letter.document_id, values=values))
    assert shown(plain, case_id).documents[0].secret_until == until
