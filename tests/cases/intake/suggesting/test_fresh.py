"""Arrivals written blind, after the words were chosen: how good suggestions are on what nobody has tuned for."""

from __future__ import annotations

import pytest

from tests.cases.intake.suggesting.measuring import Figures, certain, measure, rows
from tests.cases.intake.suggesting.office import Office
from workbench.cases.intake.suggesting import Confidence


@pytest.fixture(scope="module")
def figures(office: Office) -> Figures:
    return measure(office, rows("fresh_a.jsonl") + rows("fresh_b.jsonl"))


def test_the_right_class_is_among_three_and_mostly_first(figures: Figures) -> None:
    among = [bool(s.classes & {c.code for c in s.there.classes}) for s in figures.seen]
    first = [bool(s.there.classes) and s.there.classes[0].code in s.classes for s in figures.seen]
    assert len(among) == 120
    assert figures.share("right class of three", among) >= 0.85
    assert figures.share("right class first", first) >= 0.65


def test_a_likely_class_is_right_nine_times_of_ten(figures: Figures) -> None:
    said = [
        s.there.classes[0].code in s.classes
        for s in figures.seen
        if s.there.classes and s.there.classes[0].confidence is Confidence.LIKELY
    ]
    assert len(said) >= 40
    assert figures.share("likely class right", said) >= 0.9


def test_what_is_called_certain_is_right(figures: Figures) -> None:
    said = [(name, right, s.label["id"]) for s in figures.seen for name, right in certain(s)]
    wrong = [said for said in said if not said[1]]
    print(len(said), wrong)
    assert len(said) >= 60
    assert len(wrong) <= 0.01 * len(said), wrong


def test_the_type_of_the_matter_is_right_for_most(figures: Figures) -> None:
    right = [s.there.case_type.value == s.expected["case_type"] for s in figures.seen]
    assert figures.share("case type", right) >= 0.6
