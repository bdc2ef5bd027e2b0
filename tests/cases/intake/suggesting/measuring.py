"""Labelled arrivals put to the suggester in their order, each registered as its label says before the next."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.cases.intake.suggesting.office import MUNICIPALITIES, Office
from workbench.cases.intake.queries import ArrivalDetail
from workbench.cases.intake.suggesting import Action, Confidence, Suggestion
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


def measure(office: Office, labels: list[dict[str, Any]]) -> Figures:
    """Register the known cases, then let the arrivals come."""
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
    for label in labels:
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
    return made


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
