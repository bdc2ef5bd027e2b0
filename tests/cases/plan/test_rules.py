"""The rules tell everything that is wrong with a plan's or a case's values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cases.plan.strategies import defaults
from workbench.cases.plan.codes import (
    FinalAction,
    PersonalData,
    Phase,
    PlanState,
    Publicity,
    RetentionKind,
    RetentionStart,
)
from workbench.cases.plan.grounds import ITEMS, basis_text, item_of, normalised
from workbench.cases.plan.model import (
    SECRECY_FIELDS,
    Defaults,
    PlanAction,
    PlanClass,
    PlanDocument,
    PlanVersion,
)
from workbench.cases.plan.rules import (
    check_case_outlives_documents,
    check_plan,
    check_values,
    is_loosening,
    made_public,
    retention_rank,
    retention_text,
)

PUBLIC = Defaults(publicity=Publicity.PUBLIC, retention_years=10)
SECRET = Defaults(
    publicity=Publicity.SECRET,
    secrecy_years=25,
    secrecy_basis="JulkL (621/1999) 24.1 § 17 kohta",
    retention_years=10,
)


def codes(values: Defaults) -> list[str]:
    return [p.code for p in check_values(values)]


def test_good_values_have_no_problems() -> None:
    assert codes(PUBLIC) == []
    assert codes(SECRET) == []
    assert codes(replace(PUBLIC, publicity=Publicity.NOT_YET_PUBLIC)) == []
    assert codes(replace(PUBLIC, retention_years=0)) == []  # destroyed as soon as the case is closed


@pytest.mark.parametrize("publicity", [Publicity.SECRET, Publicity.PARTLY_SECRET])
def test_secrecy_needs_a_period_and_a_basis_and_both_are_listed(publicity: Publicity) -> None:
    found = check_values(Defaults(publicity=publicity, retention_years=10), kind="case", id="7")
    assert [p.code for p in found] == ["secrecy_years_missing", "secrecy_basis_missing"]
    assert all(p.section.startswith("JulkL") and p.id == "7" for p in found)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"publicity": None}, "publicity_missing"),
        ({"secrecy_basis": "JulkL (621/1999) 24.1 § 33 kohta"}, "secrecy_basis_unknown"),
        ({"secrecy_basis": "JulkL 24.1 § 17 kohta"}, "secrecy_basis_unknown"),
        ({"secrecy_basis": "liikesalaisuus"}, "secrecy_basis_unknown"),
        ({"secrecy_years": 0}, "secrecy_years_invalid"),
        ({"publicity": Publicity.PUBLIC}, "secrecy_on_public"),
        ({"retention_years": None}, "retention_missing"),
        ({"retention_years": None, "retention_kind": RetentionKind.FIXED}, "retention_years_missing"),
        ({"retention_years": -5}, "retention_years_invalid"),
        ({"retention_years": None, "retention_kind": RetentionKind.UNTIL_FURTHER_NOTICE},
         "retention_start_missing"),
        ({"retention_kind": RetentionKind.PERMANENT}, "retention_conflict"),
        ({"retention_years": -1, "final_action": FinalAction.DESTROY}, "permanent_destroyed"),
    ],
)  # fmt: skip
def test_each_fault_is_named(change: dict, code: str) -> None:
    found = check_values(replace(SECRET, **change))
    assert code in [p.code for p in found]
    assert all(p.message.endswith(".") for p in found)


def test_until_further_notice_with_a_start_is_good() -> None:
    values = replace(
        PUBLIC,
        retention_years=None,
        retention_kind=RetentionKind.UNTIL_FURTHER_NOTICE,
        retention_computation=RetentionStart.CASE_CLOSED,
    )
    assert codes(values) == []


def test_a_case_is_kept_as_long_as_its_longest_document() -> None:
    permanent = Defaults(retention_years=-1)
    assert check_case_outlives_documents(PUBLIC, []) == []
    assert check_case_outlives_documents(PUBLIC, [Defaults(retention_years=10)]) == []
    (found,) = check_case_outlives_documents(PUBLIC, [Defaults(retention_years=3), permanent])
    assert found.message.startswith("Asiaa säilytettäisiin 10 v, mutta sen asiakirjaa pysyvästi.")
    assert check_case_outlives_documents(permanent, [permanent, PUBLIC]) == []


def test_every_known_item_has_a_form_and_usual_spellings_are_understood() -> None:
    for item in ITEMS:
        assert item_of(basis_text(item)) == item
        assert normalised(f"JulkL 24.1 § {item} kohta") == basis_text(item)
    assert normalised("JulkL 24 § 1 mom. 23 kohta") == basis_text(23)
    assert normalised("JulkL (621/1999) 24.1 § 20 k") == basis_text(20)
    assert normalised("JulkL 24 § 77 kohta") is None
    assert normalised("SAsiakasL 14 §") is None


def test_loosening_is_named_field_by_field() -> None:
    assert is_loosening(SECRET, SECRET) == []
    assert is_loosening(SECRET, made_public(SECRET)) == ["publicity"]
    assert is_loosening(SECRET, replace(SECRET, secrecy_years=10)) == ["secrecy_years"]
    assert is_loosening(SECRET, replace(SECRET, secrecy_basis=None)) == ["secrecy_basis"]
    assert is_loosening(SECRET, replace(SECRET, retention_years=3)) == ["retention_years"]
    old = Defaults(retention_years=-1, final_action=FinalAction.ARCHIVE, personal_data=PersonalData.SENSITIVE)
    new = Defaults(retention_years=50, final_action=FinalAction.DESTROY, personal_data=PersonalData.CONTAINS)
    assert is_loosening(old, new) == ["personal_data", "retention_years", "final_action"]
    assert is_loosening(new, old) == []


def test_leaving_a_strict_value_out_is_loosening_too() -> None:
    old = replace(
        SECRET,
        personal_data=PersonalData.SENSITIVE,
        final_action=FinalAction.ARCHIVE,
        round_to_year_end=True,
    )
    for name in ("personal_data", "final_action", "round_to_year_end"):
        assert is_loosening(old, replace(old, **{name: None})) == [name]
    assert is_loosening(old, replace(old, round_to_year_end=False)) == ["round_to_year_end"]
    partly = replace(old, publicity=Publicity.PARTLY_SECRET, secrecy_years=10)
    assert is_loosening(old, partly) == ["publicity", "secrecy_years"]


@settings(max_examples=50)
@given(defaults())
def test_making_public_leaves_no_field_of_secrecy(values: Defaults) -> None:
    public = made_public(values)
    assert public.publicity is Publicity.PUBLIC
    assert all(getattr(public, name) is None for name in SECRECY_FIELDS)
    assert replace(public, **{n: getattr(values, n) for n in (*SECRECY_FIELDS, "publicity")}) == values


@settings(max_examples=50)
@given(defaults(), defaults())
def test_a_change_and_its_reverse_both_free_only_if_nothing_is_weighed(a: Defaults, b: Defaults) -> None:
    assert is_loosening(a, a) == []
    if retention_rank(a) != retention_rank(b):
        assert ("retention_years" in is_loosening(a, b)) != ("retention_years" in is_loosening(b, a))
    else:
        assert "retention_years" not in is_loosening(a, b)
    if a.publicity is not None and b.publicity is not None and a.publicity != b.publicity:
        assert ("publicity" in is_loosening(a, b)) != ("publicity" in is_loosening(b, a))


@settings(max_examples=40)
@given(st.lists(defaults(), max_size=5), defaults())
def test_a_case_kept_longest_never_has_a_problem(documents: list[Defaults], case: Defaults) -> None:
    longest = max([case, *documents], key=retention_rank)
    assert check_case_outlives_documents(longest, documents) == []


def test_retention_in_words() -> None:
    assert retention_text(Defaults(retention_years=10)) == "10 v"
    assert retention_text(Defaults(retention_years=-1)) == "pysyvästi"
    assert retention_text(Defaults(retention_kind=RetentionKind.UNTIL_FURTHER_NOTICE)) == "toistaiseksi"
    assert retention_text(Defaults()) == "ei määritelty"


def test_a_plan_is_checked_class_by_class() -> None:
    row = PlanDocument("Merkintä", "x")
    plan = PlanVersion(
        "924",
        "1",
        date(2026, 1, 1),
        PlanState.DRAFT,
        (
            PlanClass("10", "Maankäyttö", None, process=PUBLIC),
            PlanClass("10.3", "Väärä", "10"),
            PlanClass("10.04.03", "Orpo", "10.04", process=SECRET),
            PlanClass("10", "Toinen", None, process=PUBLIC, case_types=("kirje",)),
            PlanClass("10.03", "", "10", actions=(PlanAction(Phase.DECISION, "p", (row,)),)),
        ),
    )
    found = {(p.code, p.id) for p in check_plan(plan)}
    assert found == {
        ("code_invalid", "10.3"),
        ("parent_missing", "10.04.03"),
        ("code_twice", "10"),
        ("case_type_unknown", "10"),
        ("name_missing", "10.03"),
        ("document_type_unknown", "10.03"),
    }


def test_the_values_of_a_class_and_of_its_documents_are_checked_where_cases_are_opened() -> None:
    loose = Defaults(publicity=Publicity.SECRET, secrecy_years=25)
    rows = (
        PlanDocument("Kirje", "kirje", replace(PUBLIC, retention_years=50)),
        PlanDocument("Lausunto", "lausunto", loose),
    )
    plan = PlanVersion(
        "924",
        "1",
        date(2026, 1, 1),
        PlanState.DRAFT,
        (
            PlanClass("09", "Kansainvälinen toiminta", None),  # no case is opened in a main class
            PlanClass("10", "Maankäyttö", None),
            PlanClass("10.03", "Kaavoitus", "10"),
            PlanClass(
                "10.03.03", "Asemakaavoitus", "10.03", process=PUBLIC,
                actions=(PlanAction(Phase.DECISION, "päätös", rows),),
            ),
        ),
    )  # fmt: skip
    assert [(p.code, p.id) for p in check_plan(plan)] == [
        ("secrecy_basis_missing", "10.03.03"),
        ("case_retention_too_short", "10.03.03"),
    ]
