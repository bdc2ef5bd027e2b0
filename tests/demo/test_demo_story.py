"""The demonstration's own story holds together."""

from __future__ import annotations

import re
from pathlib import Path

from tests.fakes.words import FakeWords
from workbench.cases.detail import load_case
from workbench.cases.intake.queries import find_arrival_ids, load_arrival
from workbench.cases.queries import find_case_id
from workbench.clock import SystemClock
from workbench.context import Session
from workbench.domain import whole_domain
from workbench.setup.demo import USER, build_demo
from workbench.setup.matters import load_matters
from workbench.setup.region import person_id
from workbench.store.store import Store


def test_a_waiting_reply_answers_a_letter_of_the_case_it_names(tmp_path: Path) -> None:
    store, _recovery = Store.create(
        tmp_path / "koti", whole_domain(), SystemClock(), FakeWords(), demo=True, encrypted=False
    )
    build_demo(store, cases=60, seed=1)
    answered = {m.class_code for m in load_matters().kinds if m.follow_ups}
    replies = 0
    for code in ("074", "236", "421", "849", "924"):
        with store.read_as(Session(person_id(USER), code)) as reader:
            for arrival_id in find_arrival_ids(reader, "new"):
                arrival = load_arrival(reader, arrival_id)
                number = re.search(r"\((\d+/\S+/\d{4})\)$", arrival.row.subject)
                if number:
                    case_id = find_case_id(reader, number[1])
                    assert case_id is not None
                    case = load_case(reader, case_id)
                    written = {d.fields["message_id"] for d in case.documents}
                    assert written & set(arrival.references)
                    assert case.fields["class_code"] in answered
                    replies += 1
    store.close()
    assert replies
