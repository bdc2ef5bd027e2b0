"""Suggestions for registering an arrival: case or new, class, types, title, parties, publicity – with reasons.

``suggest`` reads rows through the reader's rights; everything else here is pure.
"""

from __future__ import annotations

from workbench.cases.intake.suggesting.engine import suggest, warm
from workbench.cases.intake.suggesting.model import (
    Action,
    CaseGuess,
    ClassGuess,
    Confidence,
    DuplicateGuess,
    Guess,
    PartyGuess,
    PublicityValues,
    RetentionValues,
    Suggestion,
    party_items,
)

__all__ = [
    "Action",
    "CaseGuess",
    "ClassGuess",
    "Confidence",
    "DuplicateGuess",
    "Guess",
    "PartyGuess",
    "PublicityValues",
    "RetentionValues",
    "Suggestion",
    "party_items",
    "suggest",
    "warm",
]
