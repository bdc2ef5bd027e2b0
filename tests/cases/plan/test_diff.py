"""A records manager reads what changed between two versions."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from tests.cases.plan.strategies import plans
from workbench.cases.plan.codes import Phase
from workbench.cases.plan.diff import diff
from workbench.cases.plan.model import Defaults, PlanAction, PlanClass, PlanDocument, PlanVersion
from workbench.cases.plan.plan_json import common_plan


def with_class(plan: PlanVersion, node: PlanClass) -> PlanVersion:
    return replace(plan, classes=tuple(node if c.code == node.code else c for c in plan.classes))


def texts(old: PlanVersion, new: PlanVersion) -> list[str]:
    return [c.text for c in diff(old, new)]


def test_a_longer_retention_reads_as_one_line() -> None:
    new = common_plan()
    node = new.find("10.03.03")
    assert node is not None
    old = with_class(
        new, replace(node, process=replace(node.process, retention_kind=None, retention_years=10))
    )
    assert texts(old, new) == ["Luokka 10.03.03 Asemakaavoitus: säilytysaika 10 v → pysyvästi"]


def test_added_removed_and_renamed_classes() -> None:
    old = common_plan()
    extra = PlanClass("10.03.11", "Tonttijako", "10.03")
    renamed = replace(old.classes[0], name="Yleishallinto")
    new = replace(old, classes=(renamed, *old.classes[1:-1], extra))
    assert [(c.kind, c.text) for c in diff(old, new)] == [
        ("renamed", "Luokan 00 nimi: Hallintoasiat → Yleishallinto"),
        ("added", "Luokka 10.03.11 Tonttijako lisättiin"),
        ("removed", f"Luokka {old.classes[-1].label} poistettiin"),
    ]


def test_document_types_and_inherited_values() -> None:
    a = PlanAction(Phase.DECISION, "Päätös", (PlanDocument("Päätös", "päätös"),))
    b = PlanAction(
        Phase.DECISION,
        "Päätös",
        (PlanDocument("Päätös", "päätös", Defaults(secrecy_years=25)), PlanDocument("Liite", "kartta")),
    )
    base = common_plan()
    node = base.find("12.02.02")
    assert node is not None
    old, new = with_class(base, replace(node, actions=(a,))), with_class(base, replace(node, actions=(b,)))
    head = "Luokka 12.02.02 Kirjastopalvelut: toimenpide Päätös: "
    assert texts(old, new) == [
        head + "asiakirja päätös (Päätös): salassapitoaika (peritään) → 25",
        head + "uusi asiakirja kartta (Liite)",
    ]
    assert texts(new, old)[1] == head + "asiakirja kartta (Liite) poistettiin"


@settings(max_examples=40)
@given(plans(), plans())
def test_nothing_changed_reads_as_nothing_and_any_change_is_told(a: PlanVersion, b: PlanVersion) -> None:
    assert diff(a, a) == []
    same = {c.code: c for c in a.classes} == {c.code: c for c in b.classes}
    assert bool(diff(a, b)) != same
    assert {c.code for c in diff(a, b)} == {c.code for c in diff(b, a)}
