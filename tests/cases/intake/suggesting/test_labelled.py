"""A hundred labelled arrivals, written apart from this code: how often the suggestion is right.

They arrive in order; each is registered as its label says before the next one comes, as in an office.
"""

from __future__ import annotations

from collections import Counter

import pytest

from tests.cases.intake.suggesting.measuring import Figures, certain, measure, rows
from tests.cases.intake.suggesting.office import Office
from workbench.cases.intake.suggesting import Action, party_items


@pytest.fixture(scope="module")
def figures(office: Office) -> Figures:
    return measure(office, rows("arrivals.jsonl"))


def test_the_right_case_is_first_for_replies(figures: Figures) -> None:
    replies = [s for s in figures.seen if s.expected["is_reply"]]
    assert len(replies) >= 30
    print("missed:", [s.label["id"] for s in replies if not s.right_case])
    assert figures.share("right case first", [s.right_case for s in replies]) >= 0.95


def test_the_right_class_is_among_three(figures: Figures) -> None:
    new = [s for s in figures.seen if not s.expected["is_reply"]]
    first = [bool(s.found.classes) and s.found.classes[0].code in s.classes for s in new]
    print("missed:", [s.label["id"] for s in new if not s.classes & {c.code for c in s.found.classes}])
    figures.share("right class first", first)
    assert (
        figures.share(
            "right class of three", [bool(s.classes & {c.code for c in s.found.classes}) for s in new]
        )
        >= 0.8
    )


def test_what_is_called_certain_is_right(figures: Figures) -> None:
    said = [(name, right, s.label["id"]) for s in figures.seen for name, right in certain(s)]
    print(Counter(name for name, _right, _id in said), [x for x in said if not x[1]])
    assert len(said) >= 50
    assert sum(not right for _n, right, _i in said) <= 0.01 * len(said)


def test_the_action_is_mostly_right(figures: Figures) -> None:
    new = [s for s in figures.seen if s.action is Action.NEW]
    elsewhere = [s for s in figures.seen if s.action is Action.PASS_ON]
    figures.share("new as new", [s.found.action.value is Action.NEW for s in new])
    print(
        "wrong:",
        [
            (s.label["id"], s.found.action.value.value)
            for s in figures.seen
            if s.found.action.value is not s.action
        ],
    )
    figures.share("meant elsewhere", [s.found.action.value is Action.PASS_ON for s in elsewhere])
    figures.share("one keystroke", [s.found.is_one_keystroke for s in figures.seen])
    figures.share("case type", [s.found.case_type.value == s.expected["case_type"] for s in new])
    titled = [
        any(w.lower()[:5] in s.found.title.value.lower() for w in s.expected["title_words"]) for s in new
    ]
    figures.share("title", titled)
    assert figures.share("action", [s.found.action.value is s.action for s in figures.seen]) >= 0.9


def test_every_party_can_be_registered(figures: Figures) -> None:
    for seen in figures.seen:
        items = party_items(seen.found.parties)
        assert len(items) == len(seen.found.parties)
        assert len({i.party_id for i in items}) == len(items)
