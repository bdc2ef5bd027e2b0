"""Publicity, secrecy and retention of a case or a document: what the plan gives, what a person changed,
and whether the change is lawful for her to make."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.cases.plan.codes import Publicity
from workbench.cases.plan.inherit import Effective, effective
from workbench.cases.plan.model import Defaults, PlanVersion
from workbench.cases.plan.rules import FIELD_LABELS, check_values, is_loosening, made_public
from workbench.errors import NotAllowed, Problems
from workbench.i18n import _

# Columns of a case or document row that mirror effective values, for lists, facets and exports.
MIRRORED = (
    "publicity",
    "secrecy_basis",
    "secrecy_years",
    "personal_data",
    "retention_years",
    "retention_basis",
)


def overrides_of(row: Mapping[str, Any] | None) -> Defaults:
    """What has been decided on the row itself."""
    return Defaults.of(row["overrides"] if row and row["overrides"] else {})


def mirrored(found: Effective) -> dict[str, Any]:
    """Column values of the effective ones. Nothing said of publicity means public (JulkL 1 §)."""
    values: dict[str, Any] = {name: getattr(found, name).value for name in MIRRORED}
    values["publicity"] = values["publicity"] or Publicity.PUBLIC
    return {n: str(v) if isinstance(v, str) else v for n, v in values.items()} | {
        "restricted": values["publicity"] == Publicity.SECRET
    }


def case_values(plan: PlanVersion, class_code: str, overrides: Defaults) -> Effective:
    """Effective values of a case."""
    return effective(plan, class_code, case_overrides=overrides)


def document_values(
    plan: PlanVersion, class_code: str, document_type: str, case: Defaults, document: Defaults
) -> Effective:
    """Effective values of a document."""
    return effective(plan, class_code, document_type, case, document)


def changed_overrides(old: Defaults, changes: Mapping[str, Any]) -> Defaults:
    """Overrides after a person's change; ``None`` takes an override back. Making public drops secrecy."""
    merged = old.given() | dict(changes)
    result = Defaults.of({k: v for k, v in merged.items() if v is not None})
    if result.publicity is Publicity.PUBLIC:
        result = made_public(result)
    return result


def check_still_secret(before: Effective, after: Effective, *, may_loosen: bool) -> None:
    """A change of class or document type may not make public what was secret, except by one who may loosen."""
    was, now = before.publicity.value, after.publicity.value
    if was is None or may_loosen or (now or Publicity.PUBLIC).strictness >= was.strictness:
        return
    raise NotAllowed(
        _("Muutos väljentäisi julkisuutta ({before} → {after}). Pyydä arkistonhoitajaa tekemään se.").format(
            before=was.value.lower(), after=(now or Publicity.PUBLIC).value.lower()
        )
    )


def check_change(before: Effective | None, after: Effective, *, may_loosen: bool, kind: str, id: str) -> None:
    """Refuse values that break the plan's rules, and loosening by one who may only tighten."""
    problems = check_values(after.defaults(), kind=kind, id=id)
    if problems:
        raise Problems(problems)
    if before is not None and not may_loosen:
        loosened = is_loosening(before.defaults(), after.defaults())
        if loosened:
            fields = ", ".join(_(FIELD_LABELS[f]) for f in loosened)
            raise NotAllowed(
                _(
                    "Muutos väljentäisi suojaa ({fields}). Voit vain tiukentaa; väljentää saa arkistonhoitaja."
                ).format(fields=fields)
            )
