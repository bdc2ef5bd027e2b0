"""A person finds the class by its code or by a word."""

from __future__ import annotations

from workbench.cases.plan.lookup import ancestors, children, main_classes, path_text, search, selectable
from workbench.cases.plan.plan_json import common_plan

PLAN = common_plan()


def codes(text: str) -> list[str]:
    return [c.code for c in search(PLAN, text)]


def test_the_tree_is_walked_both_ways() -> None:
    assert [c.code for c in main_classes(PLAN)] == [f"{n:02}" for n in range(15)]
    assert [c.code for c in ancestors(PLAN, "10.03.03")] == ["10.03", "10"]
    assert "10.03.03" in [c.code for c in children(PLAN, "10.03")]
    assert path_text(PLAN, "10.03.03") == (
        "Maankäyttö, rakentaminen ja asuminen › Kaavoitus › Asemakaavoitus"
    )


def test_only_classes_a_case_can_be_opened_in_are_offered() -> None:
    offered = {c.code for c in selectable(PLAN)}
    assert {"10.03.03", "00.00.03"} <= offered
    assert not offered & {"10", "10.03", "05.02"}


def test_search_by_code_and_by_words() -> None:
    assert codes("10.03.0")[:2] == ["10.03.00", "10.03.01"]
    assert codes("10 03 03") == ["10.03.03"]
    assert codes("asemakaav")[0] == "10.03.03"
    assert codes("rakennuslupa")[0] == "10.04.03"
    assert codes("koulukuljetus")[0] == "08.02.04"
    assert codes("TUULIVOIMA")[0] == "10.03.02"
    assert codes("   ") == codes("ufo-laskeutumisalusta") == []
