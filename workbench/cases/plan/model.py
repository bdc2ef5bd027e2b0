"""The records plan as plain data: versions, classes, actions, documents and their defaults.

Invariant: a value that a level does not decide is ``None`` there and comes from the level above
(:mod:`workbench.cases.plan.inherit`). Nothing here fills in what nobody decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any

from workbench.cases.plan.codes import (
    PERMANENT,
    FinalAction,
    PersonalData,
    Phase,
    PlanState,
    Publicity,
    RetentionKind,
    RetentionStart,
    SecrecyStart,
)


@dataclass(frozen=True, slots=True)
class Defaults:
    """What one level says of publicity, secrecy, personal data and retention; ``None`` = inherited."""

    publicity: Publicity | None = None
    secrecy_years: int | None = None
    secrecy_basis: str | None = None
    secrecy_computation: SecrecyStart | None = None
    protection_grounds: str | None = None
    personal_data: PersonalData | None = None
    retention_kind: RetentionKind | None = None
    retention_years: int | None = None
    retention_basis: str | None = None
    retention_computation: RetentionStart | None = None
    final_action: FinalAction | None = None
    round_to_year_end: bool | None = None
    system: str | None = None
    process_owner: str | None = None

    @staticmethod
    def of(values: Mapping[str, Any]) -> Defaults:
        """From plain JSON values; code words become their enumerations."""
        read: dict[str, Any] = {
            n: _CODES[n](v) if v is not None and n in _CODES else v for n, v in values.items()
        }
        return Defaults(**read)

    def given(self) -> dict[str, Any]:
        """Only the values this level decides."""
        pairs = ((f.name, getattr(self, f.name)) for f in fields(self))
        return {name: value for name, value in pairs if value is not None}

    @property
    def kind(self) -> RetentionKind | None:
        """How long is kept, read from the years too: ``-1`` means permanent, another number a fixed time."""
        if self.retention_kind is not None:
            return self.retention_kind
        if self.retention_years is None:
            return None
        return RetentionKind.PERMANENT if self.retention_years == PERMANENT else RetentionKind.FIXED


_CODES: Mapping[str, type[StrEnum]] = {
    "publicity": Publicity,
    "secrecy_computation": SecrecyStart,
    "personal_data": PersonalData,
    "retention_kind": RetentionKind,
    "retention_computation": RetentionStart,
    "final_action": FinalAction,
}

SECRECY_FIELDS = ("secrecy_years", "secrecy_basis", "secrecy_computation", "protection_grounds")
"""What only a document that is not public may have."""

RETENTION_FIELDS = ("retention_kind", "retention_years")

FIELD_NAMES = tuple(f.name for f in fields(Defaults))


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """A document (*asiakirja*) that an action is expected to bring or make."""

    type: str
    title: str
    defaults: Defaults = field(default_factory=Defaults)


@dataclass(frozen=True, slots=True)
class PlanAction:
    """An expected action (*toimenpide*) in a phase, with the documents it handles."""

    phase: Phase
    name: str
    document_types: tuple[PlanDocument, ...] = ()
    defaults: Defaults = field(default_factory=Defaults)


@dataclass(frozen=True, slots=True)
class PlanClass:
    """A task class (*tehtäväluokka*), e.g. ``10.03.03 Asemakaavoitus``.

    ``hints`` are words that people use in letters about such a matter, as Finnish lemmas;
    ``case_types`` the kinds of case usually opened in the class, the commonest first.
    """

    code: str
    name: str
    parent: str | None = None
    case_title_pattern: str = ""
    phases: tuple[Phase, ...] = ()
    process: Defaults = field(default_factory=Defaults)
    actions: tuple[PlanAction, ...] = ()
    handling_target_days: int | None = None
    hints: tuple[str, ...] = ()
    case_types: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Code and name, as people read it."""
        return f"{self.code} {self.name}"


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """One version of one municipality's plan; ``municipality`` "" is the common plan shipped to all."""

    municipality: str
    version: str
    valid_from: date
    state: PlanState
    classes: tuple[PlanClass, ...]

    def find(self, code: str) -> PlanClass | None:
        """The class with this code."""
        return next((c for c in self.classes if c.code == code), None)


def parent_code(code: str) -> str | None:
    """The code one level up by the dots, or None for a main class."""
    head, dot, _tail = code.rpartition(".")
    return head if dot else None
