"""When keeping and secrecy end for one case or document (säilytyksen ja salassapidon päättyminen): the days
that follow from its values, TihL 21 § and JulkL 31 §."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from workbench.cases.plan.codes import Publicity, RetentionStart
from workbench.cases.plan.inherit import Effective
from workbench.cases.plan.periods import retention_end, secrecy_end
from workbench.clock import local


def kept_until(
    case: Mapping[str, Any],
    values: Effective,
    *,
    to_year_end: bool,
    document: Mapping[str, Any] | None = None,
) -> date | None:
    """The day from which the case, or the document, may be destroyed; None while the case is open, for ever
    kept, or kept until further notice. ``to_year_end``: whether the municipality rounds where neither the
    plan nor the case says."""
    start = case["closed_on"]
    if document is not None and values.retention_computation.value is RetentionStart.DOCUMENT_DATE:
        start = document_day(document) if start else None
    said = values.round_to_year_end.value
    rounds = to_year_end if said is None else said
    return retention_end(start, values.retention_years.value, round_to_year_end=rounds)


def secret_until(document: Mapping[str, Any], values: Effective) -> date | None:
    """The last day of a secret or partly secret document's secrecy; None when it is not secret, or has no
    day to count from. Of a person's death nothing is known here: the longer time is counted."""
    publicity, day = values.publicity.value, document_day(document)
    if publicity not in (Publicity.SECRET, Publicity.PARTLY_SECRET) or day is None:
        return None
    return secrecy_end(values.secrecy_basis.value, day, years=values.secrecy_years.value)


def document_day(document: Mapping[str, Any]) -> date | None:
    """JulkL 31 §: an own document counts from its date, a private one from its arrival."""
    if document["direction"] == "received" and document["arrived_at"]:
        return local(document["arrived_at"]).date()
    day: date | None = document["dated_on"]
    return day
