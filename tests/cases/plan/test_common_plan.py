"""The shipped plan is whole, lawful and reads as a records manager would have it."""

from __future__ import annotations

import json
import re

import jsonschema

from workbench.cases.plan.codes import PERMANENT, Publicity
from workbench.cases.plan.grounds import item_of
from workbench.cases.plan.inherit import effective
from workbench.cases.plan.lookup import selectable
from workbench.cases.plan.plan_json import common_plan
from workbench.cases.plan.plan_shape import schema
from workbench.cases.plan.rules import check_plan
from workbench.resources import resource_text

PLAN = common_plan()
THIRD = [c for c in PLAN.classes if c.code.count(".") == 2]

DOMAIN = """00.00.01 00.00.02 00.00.03 00.01.00 00.01.01 00.01.03 00.01.04 00.01.05 00.01.06 00.02.00 00.02.01
00.02.03 00.02.06 00.02.08 00.03.00 00.04.00 00.04.04 01.00.00 01.00.01 01.00.02 01.01.01 01.01.02 01.01.03
01.01.04 01.02.00 01.02.02 01.03.00 01.04.00 01.04.01 01.04.02 02.02.00 02.02.01 02.02.02 02.03.02 02.05.00
02.05.01 02.05.03 02.05.04 02.06.01 02.06.06 02.07.00 02.07.02 02.08.00 02.08.01 02.08.02 02.08.03 03.00.01
03.01.00 03.01.02 04.03.01 07.00.01 07.00.03 07.01.00 07.01.01 07.01.04 07.02.01 08.00.01 08.01.04 08.02.04
09.06.00 10.00.00 10.01.01 10.02.00 10.02.04 10.03.02 10.03.03 10.03.04 10.04.01 10.04.02 10.04.03 10.04.05
10.04.10 10.07.01 11.01.00 11.01.06 11.02.00 12.00.01 12.01.00 12.01.03 12.02.00 12.02.02 12.03.01 12.04.01
13.02.01 14.00.02 14.01.00 14.02.00 14.04.00 14.05.01"""


def test_it_follows_its_schema_and_every_rule() -> None:
    text = resource_text("plan", "common-1.json")
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(json.loads(text), schema())
    assert check_plan(PLAN) == []


def test_it_has_every_main_class_and_every_class_of_the_region() -> None:
    codes = {c.code for c in PLAN.classes}
    assert {f"{n:02}" for n in range(15)} <= codes
    assert set(DOMAIN.split()) <= codes
    assert len(THIRD) >= 110
    assert {c.parent for c in THIRD} <= codes


def test_every_class_a_case_is_opened_in_knows_what_to_expect() -> None:
    for node in selectable(PLAN):
        assert node.case_title_pattern, node.label
        assert node.phases and node.actions and node.case_types and node.handling_target_days, node.label
        assert 5 <= len(node.hints) <= 15 and len(set(node.hints)) == len(node.hints), node.label
        assert {a.phase for a in node.actions} == set(node.phases), node.label
        assert re.fullmatch(r"[^{}]*(\{\w+\}[^{}]*)*", node.case_title_pattern), node.label


def test_typical_secrets_and_permanent_records() -> None:
    def of(code: str) -> tuple[Publicity | None, int | None, int | None]:
        held = effective(PLAN, code).defaults()
        return held.publicity, item_of(held.secrecy_basis), held.retention_years

    assert of("01.01.01") == (Publicity.PARTLY_SECRET, 29, 10)
    assert of("12.01.03") == (Publicity.SECRET, 30, 10)
    assert of("02.08.02") == (Publicity.PARTLY_SECRET, 20, 10)
    assert of("09.06.00") == (Publicity.SECRET, 8, PERMANENT)
    for code in ("00.02.00", "00.02.01", "10.03.03", "02.02.00"):
        assert of(code) == (Publicity.PUBLIC, None, PERMANENT)


def test_names_are_a_municipalitys_and_follow_the_building_act_in_force() -> None:
    for node in PLAN.classes:
        words = " ".join((node.name, *(d.title for a in node.actions for d in a.document_types)))
        assert "kaupun" not in words.casefold()
        assert "rakennuslupa" not in words.casefold()
    permit = PLAN.find("10.04.03")
    assert permit is not None and permit.name == "Rakentamislupa" and "rakennuslupa" in permit.hints
