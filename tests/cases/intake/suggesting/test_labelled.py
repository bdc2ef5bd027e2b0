# figures
"""A hundred labelled arrivals, written apart from this code: how often the suggestion is right.

They arrive in order; each is registered as its label says before the next one comes, as in an office.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.cases.intake.suggesting.office import MUNICIPALITIES, Office
from workbench.cases.intake.queries import ArrivalDetail
from workbench.cases.intake.suggesting import Action, Confidence, Suggestion, party_items
from workbench.cases.items import PartyItem

CORPUS = Path(__file__).parents[3] / "corpora" / "arrivals"


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CORPUS / name).read_text("utf-8").splitlines() if line.strip()]


@dataclass
class Seen:
    """One arrival, its label, and what was suggested. ``there`` is what is suggested in the register it
    belongs to, when it came to another."""

    label: dict[str, Any]
    found: Suggestion
    case_id: str
    there: Suggestion

    @property
    def expected(self) -> dict[str, Any]:
        return dict(self.label["expected"])

    @property
    def is_elsewhere(self) -> bool:
        return bool(self.expected["municipality"] != self.label["to"])

    @property
    def action(self) -> Action:
        if self.is_elsewhere:
            return Action.PASS_ON
        return Action.EXISTING if self.expected["is_reply"] else Action.NEW

    @property
    def right_case(self) -> bool:
        return bool(self.there.reply_to) and self.there.reply_to[0].case.id == self.case_id

    @property
    def classes(self) -> set[str]:
        return {self.expected["class"], *self.expected.get("also_class", [])}


@dataclass
class Figures:
    """Counts by category, for the report and the assertions."""

    seen: list[Seen] = field(default_factory=list)

    def share(self, name: str, hits: list[bool]) -> float:
        print(f"{name}: {sum(hits)}/{len(hits)}")
        return sum(hits) / max(1, len(hits))


@pytest.fixture(scope="module")
def figures(office: Office) -> Iterator[Figures]:
    if not (CORPUS / "arrivals.jsonl").exists():
        pytest.skip("the labelled arrivals are not here")
    cases = rows("cases.jsonl")
    order = {(c["municipality"], c["number"]): c for c in cases}
    for (municipality, number), case in sorted(
        order.items(), key=lambda i: (i[0][1].split("/")[2], i[0][0], int(i[0][1].split("/")[0]))
    ):
        office.register(
            municipality,
            case["class"],
            case["title"],
            number=number,
            case_type=case["case_type"],
            parties=[as_party(p) for p in case["parties"]],
            message_ids=case["message_ids"],
        )
    by_arrival: dict[str, str] = {}
    made = Figures()
    for label in rows("arrivals.jsonl"):
        label["to"] = next(
            (code for code, names in MUNICIPALITIES.items() if fold_name(names[0]) in label["to"]),
            label["to"],
        )
        taken = dict(
            subject=label["subject"],
            body=label["body"],
            sender_name=label["from_name"],
            sender_email=label["from_email"],
            attachments=[(a["filename"], a["text"]) for a in label["attachments"]],
            message_id=label["message_id"] or "",
            references=[r for r in (*(label["references"] or ()), label["in_reply_to"]) if r],
            channel=label["channel"],
        )
        arrival = office.take_in(label["to"], **taken)
        found = there = office.suggest(arrival)
        if label["expected"]["municipality"] != label["to"]:
            office.set_aside(arrival)
            arrival = office.take_in(label["expected"]["municipality"], **taken)
            there = office.suggest(arrival)
        made.seen.append(Seen(label, found, settle(office, label, arrival, by_arrival), there))
    yield made


def fold_name(name: str) -> str:
    """A municipality's name as it stands in addresses."""
    return name.lower().replace("ä", "a").replace("ö", "o")


def as_party(party: Any) -> PartyItem:
    if isinstance(party, str):
        return PartyItem(role="initiator", name=party)
    known = {k: v for k, v in party.items() if k in ("name", "email", "role", "entity") and v}
    known.setdefault("role", "initiator")
    return PartyItem(**known)


def settle(office: Office, label: dict[str, Any], arrival: ArrivalDetail, by_arrival: dict[str, str]) -> str:
    """Register as the label says; the id of the case a reply belongs to."""
    expected = label["expected"]
    if expected["is_reply"]:
        wanted = expected["reply_to"]
        case_id = by_arrival.get(wanted) or office.known[(expected["municipality"], wanted)]
        office.put_into_case(arrival, case_id)
        by_arrival[label["id"]] = case_id
        return case_id
    by_arrival[label["id"]] = office.open_case(arrival, expected["class"], expected["case_type"])
    return ""


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


def certain(seen: Seen) -> Iterator[tuple[str, bool]]:
    """Everything called certain, and whether it is right."""
    found = seen.found
    if found.action.confidence is Confidence.CERTAIN:
        yield "action", found.action.value is seen.action
    if found.reply_to and found.reply_to[0].confidence is Confidence.CERTAIN:
        yield "case", seen.right_case
    if found.duplicate_of and found.duplicate_of.confidence is Confidence.CERTAIN:
        yield "duplicate", False
    if found.other_municipality and found.other_municipality.confidence is Confidence.CERTAIN:
        yield "municipality", found.other_municipality.value == seen.expected["municipality"]
    if not seen.expected["is_reply"] and found.classes and found.classes[0].confidence is Confidence.CERTAIN:
        yield "class", found.classes[0].code in seen.classes
    for name, guess in (("case type", found.case_type), ("document type", found.document_type)):
        if guess.confidence is Confidence.CERTAIN and name == "case type" and not seen.expected["is_reply"]:
            yield name, guess.value == seen.expected["case_type"]


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
