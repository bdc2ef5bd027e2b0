"""The labelled arrivals are whole, so that what is measured with them can be trusted."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from workbench.cases.plan.codes import CASE_TYPES
from workbench.cases.plan.lookup import selectable
from workbench.cases.plan.plan_json import common_plan

HERE = Path(__file__).parent


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


ARRIVALS = lines("arrivals.jsonl")
CASES = lines("cases.jsonl")
TUNING = lines("tuning.jsonl")
FRESH = [*lines("fresh_a.jsonl"), *lines("fresh_b.jsonl")]
OPEN = {c.code for c in selectable(common_plan())}


def test_sixty_new_matters_and_forty_replies() -> None:
    assert len({a["id"] for a in ARRIVALS}) == len(ARRIVALS) == 100
    assert sum(a["expected"]["is_reply"] for a in ARRIVALS) == 40
    assert len({a["body"] for a in ARRIVALS}) == 100


def test_every_label_is_a_class_and_type_of_the_plan() -> None:
    for arrival in (*ARRIVALS, *TUNING, *FRESH):
        expected = arrival["expected"]
        assert {expected["class"], *expected["also_class"]} <= OPEN, arrival["id"]
        assert expected["case_type"] in CASE_TYPES, arrival["id"]
        assert expected["municipality"] in {"074", "236", "421", "849", "924"}
        assert expected["title_words"]


def test_every_reply_points_to_a_known_case_or_an_earlier_arrival() -> None:
    cases = {(c["municipality"], c["number"]): c for c in CASES}
    assert len(cases) == len(CASES)
    earlier: set[str] = set()
    for arrival in ARRIVALS:
        expected = arrival["expected"]
        target = expected["reply_to"]
        assert (target is not None) == expected["is_reply"]
        if target is not None and target not in earlier:
            case = cases[(expected["municipality"], target)]
            assert case["class"] == expected["class"], arrival["id"]
        earlier.add(arrival["id"])


def test_tuning_arrivals_are_apart_from_the_measured_ones() -> None:
    assert len({a["id"] for a in TUNING}) == 60
    assert not {a["id"] for a in TUNING} & {a["id"] for a in ARRIVALS}
    assert not {a["body"] for a in TUNING} & {a["body"] for a in ARRIVALS}


def test_fresh_arrivals_are_new_matters_apart_from_the_others() -> None:
    assert [a["id"] for a in FRESH] == [f"f{n:03}" for n in (*range(1, 121, 2), *range(2, 121, 2))]
    assert len({a["body"] for a in FRESH}) == 120
    assert not {a["body"] for a in FRESH} & {a["body"] for a in (*ARRIVALS, *TUNING)}
    for arrival in FRESH:
        assert arrival.keys() == ARRIVALS[0].keys(), arrival["id"]
        assert arrival["expected"].keys() == ARRIVALS[0]["expected"].keys(), arrival["id"]
        assert not arrival["expected"]["is_reply"], arrival["id"]
        assert arrival["expected"]["reply_to"] is None, arrival["id"]
        also = arrival["expected"]["also_class"]
        assert len(also) <= 2, arrival["id"]
        assert arrival["expected"]["class"] not in also, arrival["id"]


def test_threads_and_addresses_are_whole() -> None:
    known = {m for c in CASES for m in c["message_ids"]} | {a["message_id"] for a in ARRIVALS}
    for arrival in (*ARRIVALS, *FRESH):
        assert re.fullmatch(r"kirjaamo@[a-z]+\.example", arrival["to"])
        assert arrival["from_email"] == "" or arrival["from_email"].endswith(".example")
        assert bool(arrival["message_id"]) == (arrival["channel"] == "email")
        if arrival["in_reply_to"]:
            assert arrival["in_reply_to"] in known
            assert arrival["references"] == [arrival["in_reply_to"]]
