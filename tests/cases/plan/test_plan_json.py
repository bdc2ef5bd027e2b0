"""A plan written by the program is read back the same, and a broken file says where it is broken."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from tests.cases.plan.strategies import plans
from workbench.cases.plan.model import PlanVersion
from workbench.cases.plan.plan_json import common_plan, plan_from_dict, plan_to_dict, read_plan, write_plan
from workbench.errors import UserError


@settings(max_examples=50)
@given(plans())
def test_writing_and_reading_lose_nothing(plan: PlanVersion) -> None:
    assert read_plan(write_plan(plan)) == plan


@pytest.mark.parametrize("text", ["", "[", "[]", "{}", '{"format": "muu"}', "[" * 100_000])
def test_something_else_than_a_plan_is_refused_in_finnish(text: str) -> None:
    with pytest.raises(UserError, match="Tiedosto ei ole"):
        read_plan(text)


def test_a_newer_format_asks_to_update_the_program() -> None:
    data = plan_to_dict(common_plan()) | {"format_version": 2}
    with pytest.raises(UserError, match="uudemmalla ohjelmalla"):
        plan_from_dict(data)


def test_a_wrong_value_is_named_by_class_and_field() -> None:
    data = json.loads(write_plan(common_plan()))
    node = next(c for c in data["classes"] if c["code"] == "10.03.03")
    node["process"]["publicity"] = "Avoin"
    with pytest.raises(UserError, match=r"classes/10\.03\.03/process/publicity"):
        plan_from_dict(data)
    node["process"] = {"publicity": "Julkinen", "julkisuus": 1}
    with pytest.raises(UserError, match="tietoa julkisuus ei tunneta"):
        plan_from_dict(data)
    del node["process"], node["name"]
    with pytest.raises(UserError, match="tieto name puuttuu"):
        plan_from_dict(data)
    node["name"] = "Asemakaavoitus"
    data["valid_from"] = "2026-02-30"
    with pytest.raises(UserError, match="Mitään ei tuotu"):
        plan_from_dict(data)
