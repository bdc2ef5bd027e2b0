"""What holds for a case or a document, and who said so.

Levels, the nearest first: the document itself, the plan's document type, the plan's action, the case
itself, the plan's class, the classes above it. The nearest level that gives a value wins, with three
exceptions that keep the answer lawful:

* a case made stricter than its document type stays strict: a person's word that a case is secret is not
  undone by the plan, only by a person's word on the document;
* a public document has no period, basis or start of secrecy, whatever lies above;
* the length of retention belongs to its kind: "pysyvästi" is −1 years, "toistaiseksi" has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, Generic, TypeVar

from workbench.cases.plan.codes import (
    PERMANENT,
    FinalAction,
    PersonalData,
    Publicity,
    RetentionKind,
    RetentionStart,
    SecrecyStart,
)
from workbench.cases.plan.lookup import ancestors
from workbench.cases.plan.model import SECRECY_FIELDS, Defaults, PlanAction, PlanDocument, PlanVersion
from workbench.i18n import _

T = TypeVar("T")


class Level(StrEnum):
    """Which level gave a value."""

    DOCUMENT = "document"
    DOCUMENT_TYPE = "document_type"
    ACTION = "action"
    CASE = "case"
    CLASS = "class"
    PARENT_CLASS = "parent_class"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Source:
    """The level that gave a value, and its name: a class's code and name, an action, a document type."""

    level: Level
    name: str = ""

    def text(self) -> str:
        """Where the value came from, as a phrase beside the field."""
        match self.level:
            case Level.DOCUMENT:
                return _("annettu tälle asiakirjalle")
            case Level.CASE:
                return _("annettu tälle asialle")
            case Level.DOCUMENT_TYPE:
                return _("suunnitelman asiakirjatyypistä {name}").format(name=self.name)
            case Level.ACTION:
                return _("suunnitelman toimenpiteestä {name}").format(name=self.name)
            case Level.CLASS | Level.PARENT_CLASS:
                return _("peritty luokasta {name}").format(name=self.name)
            case _:
                return _("ei määritelty suunnitelmassa")


@dataclass(frozen=True, slots=True)
class Sourced(Generic[T]):
    """A value and where it came from."""

    value: T | None
    source: Source


@dataclass(frozen=True, slots=True)
class Effective:
    """Every value of :class:`Defaults` as it holds, each with its source."""

    publicity: Sourced[Publicity]
    secrecy_years: Sourced[int]
    secrecy_basis: Sourced[str]
    secrecy_computation: Sourced[SecrecyStart]
    protection_grounds: Sourced[str]
    personal_data: Sourced[PersonalData]
    retention_kind: Sourced[RetentionKind]
    retention_years: Sourced[int]
    retention_basis: Sourced[str]
    retention_computation: Sourced[RetentionStart]
    final_action: Sourced[FinalAction]
    round_to_year_end: Sourced[bool]
    system: Sourced[str]
    process_owner: Sourced[str]

    def items(self) -> Iterator[tuple[str, Sourced[Any]]]:
        """Field name and sourced value, in the order of :class:`Defaults`."""
        for f in fields(self):
            yield f.name, getattr(self, f.name)

    def defaults(self) -> Defaults:
        """The values alone, e.g. for the rules."""
        return Defaults(**{name: sourced.value for name, sourced in self.items()})


_Step = tuple[Source, Defaults]


def effective(
    plan: PlanVersion,
    class_code: str,
    document_type: str | None = None,
    case_overrides: Defaults | None = None,
    document_overrides: Defaults | None = None,
    *,
    action: str | None = None,
    document_title: str | None = None,
) -> Effective:
    """What holds for a case of the class or, with ``document_type``, for a document in it.

    ``action`` and ``document_title`` choose among several plan documents of one type. An unknown class
    inherits from the classes that its code lies under.
    """
    steps = _steps(
        plan, class_code, document_type, case_overrides, document_overrides, action, document_title
    )
    values = {name: _nearest(steps, name) for name in (f.name for f in fields(Defaults))}
    values |= _secrecy(steps)
    values |= _retention(steps)
    return Effective(**values)


def plan_document(
    plan: PlanVersion,
    class_code: str,
    document_type: str,
    action: str | None = None,
    title: str | None = None,
) -> tuple[PlanAction, PlanDocument] | None:
    """The plan's row for a document of this type: the one whose action and title fit best, else the first."""
    node = plan.find(class_code)
    if node is None:
        return None
    rows = [(a, d) for a in node.actions for d in a.document_types if d.type == document_type]
    return max(
        rows,
        key=lambda row: (row[0].name == action) * 2 + (row[1].title == title),
        default=None,
    )


def _steps(
    plan: PlanVersion,
    class_code: str,
    document_type: str | None,
    case_overrides: Defaults | None,
    document_overrides: Defaults | None,
    action: str | None,
    title: str | None,
) -> list[_Step]:
    steps: list[_Step] = []
    if document_overrides is not None:
        steps.append((Source(Level.DOCUMENT), document_overrides))
    row = plan_document(plan, class_code, document_type, action, title) if document_type else None
    if row is not None:
        steps.append((Source(Level.DOCUMENT_TYPE, row[1].title or row[1].type), row[1].defaults))
        steps.append((Source(Level.ACTION, row[0].name), row[0].defaults))
    if case_overrides is not None:
        steps.append((Source(Level.CASE), case_overrides))
    node = plan.find(class_code)
    if node is not None:
        steps.append((Source(Level.CLASS, node.label), node.process))
    steps.extend(
        (Source(Level.PARENT_CLASS, above.label), above.process) for above in ancestors(plan, class_code)
    )
    return steps


def _nearest(steps: list[_Step], name: str) -> Sourced[Any]:
    for source, level in steps:
        value = getattr(level, name)
        if value is not None:
            return Sourced(value, source)
    return Sourced(None, Source(Level.NOWHERE))


def _secrecy(steps: list[_Step]) -> dict[str, Sourced[Any]]:
    ordered = _strict_case_first(steps)
    publicity: Sourced[Publicity] = _nearest(ordered, "publicity")
    found: dict[str, Sourced[Any]] = {"publicity": publicity}
    for name in SECRECY_FIELDS:
        if publicity.value is Publicity.PUBLIC:
            found[name] = Sourced(None, publicity.source)
        else:
            found[name] = _nearest(ordered, name)
    return found


def _strict_case_first(steps: list[_Step]) -> list[_Step]:
    case = next((s for s in steps if s[0].level is Level.CASE and s[1].publicity is not None), None)
    if case is None or case[1].publicity is None:
        return steps
    planned = [s for s in steps if s[0].level in (Level.DOCUMENT_TYPE, Level.ACTION)]
    document = _nearest(planned, "publicity").value
    if document is None or case[1].publicity.strictness <= document.strictness:
        return steps
    own = [s for s in steps if s[0].level is Level.DOCUMENT]
    rest = [s for s in steps if s[0].level not in (Level.DOCUMENT, Level.CASE)]
    return [*own, case, *rest]


def _retention(steps: list[_Step]) -> dict[str, Sourced[Any]]:
    resolved = [(source, replace(level, retention_kind=level.kind)) for source, level in steps]
    kind: Sourced[RetentionKind] = _nearest(resolved, "retention_kind")
    if kind.value is RetentionKind.PERMANENT:
        years: Sourced[Any] = Sourced(PERMANENT, kind.source)
    elif kind.value is RetentionKind.FIXED:
        lengths = [(s, replace(lv, retention_years=None) if lv.retention_years == PERMANENT else lv)
                   for s, lv in steps]  # fmt: skip
        years = _nearest(lengths, "retention_years")
    else:
        years = Sourced(None, kind.source)
    return {"retention_kind": kind, "retention_years": years}
