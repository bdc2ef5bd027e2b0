"""What the registration form is filled with, field by field, each with a confidence and its reason.

The form knows only this; it is made from whatever suggests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.cases.intake.assembling import default_title
from workbench.cases.intake.queries import ArrivalDetail
from workbench.cases.intake.suggesting.model import Action, Confidence, Suggestion, party_items
from workbench.cases.items import PartyItem
from workbench.i18n import _

NEW, EXISTING, UNDECIDED = "new", "existing", ""
LEVELS = {Confidence.CERTAIN: "sure", Confidence.LIKELY: "likely", Confidence.UNSURE: "unsure"}


@dataclass(frozen=True)
class Hint:
    """A value, how sure it is (``sure``, ``likely``, ``unsure``) and why."""

    value: Any
    level: str
    why: str


@dataclass(frozen=True)
class CaseHint:
    """A case the arrival may belong to; ``note`` tells what stops registering into it."""

    id: str
    number: str
    title: str
    class_code: str
    level: str = "sure"
    why: str = ""
    note: str = ""


@dataclass(frozen=True)
class ClassHint:
    """A class the matter may belong to."""

    code: str
    label: str
    level: str
    why: str


@dataclass(frozen=True)
class Duplicate:
    """The same letter, here already."""

    why: str
    case_id: str = ""
    number: str = ""
    arrival_id: str = ""


@dataclass(frozen=True)
class Proposal:
    """Everything suggested. ``hints`` are by the form's field names; ``doubtful`` in the form's order."""

    mode: Hint
    hints: Mapping[str, Hint]
    cases: tuple[CaseHint, ...] = ()
    classes: tuple[ClassHint, ...] = ()
    parties: tuple[PartyItem, ...] = ()
    duplicate: Duplicate | None = None
    pass_on: Hint | None = None
    language: str = "fi"
    doubtful: frozenset[str] = field(default_factory=frozenset)
    one_keystroke: bool = False


_FIELDS = {"action": "mode", "reply_to": "case"}


def proposal_of(suggestion: Suggestion, arrival: ArrivalDetail) -> Proposal:
    """A suggestion as the form shows it."""
    s, action = suggestion, suggestion.action
    mode = {Action.NEW: NEW, Action.EXISTING: EXISTING}.get(action.value, UNDECIDED)
    cases = tuple(
        CaseHint(
            c.case.id, c.case.number, c.case.title, c.case.class_code, LEVELS[c.confidence], c.why, c.note
        )
        for c in s.reply_to
    )
    classes = tuple(
        ClassHint(c.code, f"{c.code} {c.name}", LEVELS[c.confidence], c.why) for c in s.classes[:3]
    )
    hints: dict[str, Hint] = {}
    for name, guess in (
        ("case_type", s.case_type),
        ("document_type", s.document_type),
        ("title", s.title),
        ("handler", s.handler),
        ("office", s.office),
    ):
        if guess is not None:
            hints[name] = Hint(guess.value, LEVELS[guess.confidence], guess.why)
    if cases:
        hints["case"] = Hint(cases[0], cases[0].level, cases[0].why)
    if classes:
        hints["class_code"] = Hint(classes[0].code, classes[0].level, classes[0].why)
    parties = party_items(s.parties)
    if s.parties:
        weakest = min(s.parties, key=lambda p: p.confidence.value)
        hints["parties"] = Hint(parties, LEVELS[weakest.confidence], weakest.why)
    publicity = s.publicity
    hints["publicity"] = Hint(dict(publicity.value.overrides), LEVELS[publicity.confidence], publicity.why)
    hints.update(_arriving(arrival))
    duplicate = None
    if s.duplicate_of is not None:
        d = s.duplicate_of
        duplicate = Duplicate(d.why, d.case_id, d.number, d.arrival_id)
    other = s.other_municipality
    return Proposal(
        mode=Hint(mode, LEVELS[action.confidence], action.why),
        hints=hints,
        cases=cases,
        classes=classes,
        parties=parties,
        duplicate=duplicate,
        pass_on=Hint(other.value, LEVELS[other.confidence], other.why) if other else None,
        language=s.language,
        doubtful=frozenset(_FIELDS.get(name, name) for name in s.doubtful_fields()) - {"retention"},
        one_keystroke=s.is_one_keystroke,
    )


def blank_proposal(arrival: ArrivalDetail) -> Proposal:
    """For a matter without a file: nothing is known but the moment."""
    return Proposal(
        mode=Hint(NEW, "sure", _("Aloitit uuden asian ilman tiedostoa.")),
        hints={"document_type": Hint("Muistio", "sure", ""), **_arriving(arrival)},
        doubtful=frozenset({"channel", "class_code", "case_type", "title", "parties", "handler"}),
    )


def _arriving(arrival: ArrivalDetail) -> dict[str, Hint]:
    """Manner and time of arrival (TihL 26 §), and the document's title."""
    row = arrival.row
    if row.channel == "email":
        at = Hint(row.arrived_at, "sure", _("Viestin omien tietojen mukaan."))
    elif arrival.files:
        at = Hint(
            row.arrived_at, "likely", _("Hetki, jolloin tiedosto tuotiin. Korjaa, jos se saapui ennen.")
        )
    else:
        at = Hint(row.arrived_at, "likely", _("Nyt. Korjaa, jos asia tuli esille aiemmin."))
    why = _("Viesti tuli sähköpostina.") if row.channel == "email" else _("Tuotu tiedostona.")
    level = "sure" if row.channel == "email" else "likely"
    if not arrival.files:
        why, level = _("Valitse, miten asia tuli esille."), "unsure"
    return {
        "arrived_at": at,
        "channel": Hint(row.channel, level, why),
        "document_title": Hint(default_title(arrival), "likely", ""),
    }
