"""A person sees what holds for a case or document, and which level said so."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cases.plan.strategies import defaults, plans
from workbench.cases.plan.codes import PERMANENT, Phase, PlanState, Publicity, RetentionKind
from workbench.cases.plan.inherit import Level, effective
from workbench.cases.plan.model import (
    RETENTION_FIELDS,
    SECRECY_FIELDS,
    Defaults,
    PlanAction,
    PlanClass,
    PlanDocument,
    PlanVersion,
)
from workbench.cases.plan.plan_json import common_plan

BASIS = "JulkL (621/1999) 24.1 § 20 kohta"
SECRET = Defaults(publicity=Publicity.SECRET, secrecy_years=25, secrecy_basis=BASIS)


def plan_of(*classes: PlanClass) -> PlanVersion:
    return PlanVersion("924", "1", date(2026, 1, 1), PlanState.IN_USE, classes)


def test_a_new_case_inherits_from_its_class_and_says_so() -> None:
    found = effective(common_plan(), "10.03.03")
    assert found.publicity.value is Publicity.PUBLIC
    assert found.retention_years.value == PERMANENT
    assert found.retention_years.source.text() == "peritty luokasta 10.03.03 Asemakaavoitus"
    assert found.process_owner.value == "tekninen johtaja"
    assert found.process_owner.source.level is Level.PARENT_CLASS
    assert found.process_owner.source.text() == ("peritty luokasta 10 Maankäyttö, rakentaminen ja asuminen")


def test_a_local_value_wins_and_says_so() -> None:
    found = effective(common_plan(), "02.05.01", case_overrides=Defaults(retention_years=20))
    assert (found.retention_years.value, found.retention_years.source.level) == (20, Level.CASE)
    assert found.retention_years.source.text() == "annettu tälle asialle"
    assert found.retention_basis.source.level is Level.CLASS


def test_a_sealed_tender_is_secret_in_part_and_the_call_for_tenders_public() -> None:
    plan = common_plan()
    assert effective(plan, "02.08.02", "Tarjous").publicity.value is Publicity.PARTLY_SECRET
    call = effective(plan, "02.08.02", "Tarjouspyyntö")
    assert call.publicity.value is Publicity.PUBLIC
    assert call.secrecy_basis.value is None
    assert call.publicity.source.text() == "suunnitelman asiakirjatyypistä tarjouspyyntö"


def test_title_and_action_choose_among_documents_of_one_type() -> None:
    plan = common_plan()
    secret = effective(plan, "05.01.02", "Ilmoitus", document_title="tuloselvitys").defaults()
    assert secret.secrecy_basis == "JulkL (621/1999) 24.1 § 23 kohta"


def test_the_action_weighs_more_than_the_title() -> None:
    def row(title: str, years: int) -> PlanDocument:
        return PlanDocument("Kirje", title, Defaults(retention_years=years))

    actions = (
        PlanAction(Phase.INITIATION, "vireilletulo", (row("hakemus", 3),)),
        PlanAction(Phase.DECISION, "päätös", (row("ote", 50),)),
    )
    plan = plan_of(PlanClass("10.03.03", "Asemakaavoitus", "10.03", actions=actions))
    found = effective(plan, "10.03.03", "Kirje", action="päätös", document_title="hakemus")
    assert found.retention_years.value == 50


def test_a_case_as_strict_as_its_document_type_leaves_the_plan_its_own_basis() -> None:
    basis = "JulkL (621/1999) 24.1 § 17 kohta"
    row = PlanDocument("Tarjous", "tarjous", Defaults(Publicity.SECRET, 50, basis))
    action = PlanAction(Phase.PREPARATION, "tarjoukset", (row,))
    plan = plan_of(PlanClass("02.08.02", "Hankinnat", "02.08", actions=(action,)))
    found = effective(plan, "02.08.02", "Tarjous", SECRET)
    assert found.secrecy_basis.value == basis and found.secrecy_years.value == 50


def test_a_case_made_secret_keeps_documents_of_a_public_type_secret() -> None:
    plan = common_plan()
    found = effective(plan, "02.08.02", "Tarjouspyyntö", SECRET)
    assert found.publicity.value is Publicity.SECRET
    assert found.publicity.source.level is Level.CASE
    assert found.secrecy_basis.value == BASIS
    freed = effective(plan, "02.08.02", "Tarjouspyyntö", SECRET, Defaults(publicity=Publicity.PUBLIC))
    assert freed.publicity.value is Publicity.PUBLIC
    assert freed.secrecy_basis.value is None


def test_a_permanent_document_in_a_fixed_class_has_no_leftover_years() -> None:
    node = PlanClass("10.03.03", "A", "10.03", process=Defaults(retention_years=10))
    found = effective(
        plan_of(node), "10.03.03", document_overrides=Defaults(retention_kind=RetentionKind.PERMANENT)
    )
    assert (found.retention_kind.value, found.retention_years.value) == (RetentionKind.PERMANENT, PERMANENT)
    until = Defaults(retention_kind=RetentionKind.UNTIL_FURTHER_NOTICE)
    assert effective(plan_of(node), "10.03.03", None, until).retention_years.value is None


def test_fixed_retention_looks_past_a_permanent_parent_for_its_length() -> None:
    parent = PlanClass("10.03", "K", "10", process=Defaults(retention_years=PERMANENT))
    node = PlanClass(
        "10.03.03", "A", "10.03", process=Defaults(retention_kind=RetentionKind.FIXED, retention_years=6)
    )
    case = Defaults(retention_kind=RetentionKind.FIXED)
    assert effective(plan_of(parent, node), "10.03.03", None, case).retention_years.value == 6
    lone = effective(plan_of(parent), "10.03.03", None, case)
    assert lone.retention_years.value is None


def test_an_unknown_class_inherits_by_its_code_and_a_missing_value_says_so() -> None:
    parent = PlanClass("10.03", "Kaavoitus", "10", process=Defaults(publicity=Publicity.PUBLIC))
    found = effective(plan_of(parent), "10.03.99")
    assert found.publicity.source.text() == "peritty luokasta 10.03 Kaavoitus"
    assert found.system.value is None
    assert found.system.source.text() == "ei määritelty suunnitelmassa"


PLAIN = ("personal_data", "retention_basis", "retention_computation", "final_action",
         "round_to_year_end", "system", "process_owner")  # fmt: skip


@settings(max_examples=50)
@given(st.lists(defaults(), min_size=6, max_size=6), st.lists(st.booleans(), min_size=6, max_size=6))
def test_the_nearest_level_that_gives_a_value_wins(given_: list[Defaults], used: list[bool]) -> None:
    doc, dtype, action, case, own, above = (d if u else Defaults() for d, u in zip(given_, used, strict=True))
    row = PlanDocument("Päätös", "päätös", dtype)
    plan = plan_of(
        PlanClass("10.03", "K", "10", process=above),
        PlanClass(
            "10.03.03", "A", "10.03", process=own, actions=(PlanAction(Phase.DECISION, "P", (row,), action),)
        ),
    )
    found = effective(plan, "10.03.03", "Päätös", case, doc)
    order = [
        (Level.DOCUMENT, doc),
        (Level.DOCUMENT_TYPE, dtype),
        (Level.ACTION, action),
        (Level.CASE, case),
        (Level.CLASS, own),
        (Level.PARENT_CLASS, above),
    ]
    values = dict(found.items())
    for name in PLAIN:
        level, value = next(
            ((lv, getattr(d, name)) for lv, d in order if getattr(d, name) is not None), (Level.NOWHERE, None)
        )
        assert (values[name].source.level, values[name].value) == (level, value)
    kind = next((d.kind for _lv, d in order if d.kind is not None), None)
    assert values["retention_kind"].value == kind
    if doc.publicity is not None:
        assert (found.publicity.value, found.publicity.source.level) == (doc.publicity, Level.DOCUMENT)


@settings(max_examples=50)
@given(plans(), st.none() | defaults(), st.none() | defaults())
def test_every_value_comes_from_the_level_it_names(
    plan: PlanVersion, case: Defaults | None, document: Defaults | None
) -> None:
    found = effective(plan, "10.03.03", None, case, document)
    by_label = {c.label: c.process for c in plan.classes}
    for name, sourced in found.items():
        source = sourced.source
        if name in RETENTION_FIELDS or (name in SECRECY_FIELDS and sourced.value is None):
            continue
        if source.level is Level.NOWHERE:
            assert sourced.value is None
            continue
        level = {Level.CASE: case, Level.DOCUMENT: document}.get(source.level) or by_label[source.name]
        assert getattr(level, name) == sourced.value


@settings(max_examples=50)
@given(plans(), defaults(), st.none() | defaults())
def test_a_public_document_never_carries_secrecy_from_above(
    plan: PlanVersion, case: Defaults, document: Defaults | None
) -> None:
    found = effective(plan, "10.03.03", "Päätös", case, document)
    if found.publicity.value is Publicity.PUBLIC:
        assert all(getattr(found, name).value is None for name in SECRECY_FIELDS)


@settings(max_examples=50)
@given(plans(), defaults(), st.sampled_from(["Päätös", "Hakemus", None]))
def test_a_document_is_never_looser_than_the_case_was_made(
    plan: PlanVersion, case: Defaults, type_: str | None
) -> None:
    found = effective(plan, "10.03.03", type_, case)
    if case.publicity is not None:
        assert found.publicity.value is not None
        assert found.publicity.value.strictness >= case.publicity.strictness
