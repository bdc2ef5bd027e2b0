"""Random plans for the property tests: small trees with every kind of value."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from workbench.cases.plan.codes import (
    CASE_TYPES,
    DOCUMENT_TYPES,
    FinalAction,
    PersonalData,
    Phase,
    PlanState,
    Publicity,
    RetentionKind,
    RetentionStart,
    SecrecyStart,
)
from workbench.cases.plan.grounds import ITEMS, basis_text
from workbench.cases.plan.model import Defaults, PlanAction, PlanClass, PlanDocument, PlanVersion

words = st.text("abcdefghijklmnopqrstuvwxyzåäö", min_size=1, max_size=8)


def maybe(values: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | values


retentions = st.sampled_from(
    [
        (None, None),
        (RetentionKind.PERMANENT, -1),
        (None, -1),
        (RetentionKind.FIXED, 10),
        (None, 3),
        (RetentionKind.FIXED, None),
        (RetentionKind.UNTIL_FURTHER_NOTICE, None),
    ]
)


@st.composite
def defaults(draw: st.DrawFn) -> Defaults:
    kind, years = draw(retentions)
    return Defaults(
        publicity=draw(maybe(st.sampled_from(Publicity))),
        secrecy_years=draw(maybe(st.sampled_from([25, 50, 100]))),
        secrecy_basis=draw(maybe(st.sampled_from(sorted(ITEMS)).map(basis_text))),
        secrecy_computation=draw(maybe(st.sampled_from(SecrecyStart))),
        protection_grounds=draw(maybe(words)),
        personal_data=draw(maybe(st.sampled_from(PersonalData))),
        retention_kind=kind,
        retention_years=years,
        retention_basis=draw(maybe(words)),
        retention_computation=draw(maybe(st.sampled_from(RetentionStart))),
        final_action=draw(maybe(st.sampled_from(FinalAction))),
        round_to_year_end=draw(maybe(st.booleans())),
        system=draw(maybe(words)),
        process_owner=draw(maybe(words)),
    )


documents = st.builds(PlanDocument, st.sampled_from(DOCUMENT_TYPES), words, defaults())
actions = st.builds(
    PlanAction, st.sampled_from(Phase), words, st.lists(documents, max_size=2).map(tuple), defaults()
)


@st.composite
def plans(draw: st.DrawFn) -> PlanVersion:
    classes = []
    for code, parent in (("10", None), ("10.03", "10"), ("10.03.03", "10.03")):
        if parent and not draw(st.booleans()):
            continue
        classes.append(
            PlanClass(
                code=code,
                name=draw(words),
                parent=parent,
                case_title_pattern=draw(st.sampled_from(["", "{alue}: {aihe}"])),
                phases=tuple(draw(st.lists(st.sampled_from(Phase), unique=True, max_size=3))),
                process=draw(defaults()),
                actions=tuple(draw(st.lists(actions, max_size=2))),
                handling_target_days=draw(maybe(st.integers(0, 900))),
                hints=tuple(draw(st.lists(words, max_size=3))),
                case_types=tuple(draw(st.lists(st.sampled_from(CASE_TYPES), max_size=2, unique=True))),
            )
        )
    return PlanVersion(
        draw(st.sampled_from(["", "924"])),
        draw(words),
        draw(st.dates(date(2000, 1, 1), date(2100, 1, 1))),
        draw(st.sampled_from(PlanState)),
        tuple(classes),
    )
