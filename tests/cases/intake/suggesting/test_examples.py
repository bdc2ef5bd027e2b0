"""The shipped example letters: whole, of the plan, and apart from what suggestions are measured with."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from tests.cases.intake.suggesting.measuring import rows
from workbench.cases.intake.suggesting.examples import example_words, shipped
from workbench.cases.plan.codes import CASE_TYPES, DOCUMENT_TYPES
from workbench.cases.plan.lookup import selectable
from workbench.cases.plan.plan_json import common_plan
from workbench.words import Analyser
from workbench.words.tokens import tokens


def test_every_class_one_can_choose_has_examples() -> None:
    count = Counter(letter.class_code for letter in shipped())
    assert set(count) == {node.code for node in selectable(common_plan())}
    assert min(count.values()) >= 8


def test_each_is_of_a_known_type_and_written_once() -> None:
    assert all(x.case_type in CASE_TYPES and x.document_type in DOCUMENT_TYPES for x in shipped())
    texts = [letter.text for letter in shipped()]
    assert len(set(texts)) == len(texts) and all(len(text) > 40 for text in texts)


def test_none_repeats_an_arrival_that_is_measured() -> None:
    """Eight words in a row would be a copy."""

    def runs(text: str) -> set[tuple[str, ...]]:
        words = list(tokens(text))
        return {tuple(words[i : i + 8]) for i in range(len(words) - 7)}

    measured = {
        run
        for name in ("arrivals", "fresh_a", "fresh_b")
        for a in rows(f"{name}.jsonl")
        for run in runs(a["body"])
    }
    assert measured and not any(runs(letter.text) & measured for letter in shipped())


def test_a_plan_of_one_s_own_gains_from_the_classes_it_shares(words_analyser: Analyser) -> None:
    plan = common_plan()
    own = replace(
        plan,
        classes=tuple(replace(c, name="Aivan muuta") if c.code == "10.05.03" else c for c in plan.classes),
    )
    assert "10.05.03" in example_words(plan, words_analyser).known
    assert example_words(plan, words_analyser).known - example_words(own, words_analyser).known == {
        "10.05.03"
    }
