"""When secrecy and retention end: pure date arithmetic of the Publicity Act 31 § and of the plan."""

from __future__ import annotations

from datetime import date

from workbench.cases.plan.codes import PERMANENT
from workbench.cases.plan.grounds import protects_person

DEFAULT_SECRECY_YEARS = 25
YEARS_FROM_DEATH = 50
YEARS_WHEN_DEATH_UNKNOWN = 100


def add_years(start: date, years: int) -> date:
    """The same day ``years`` later; 29 February becomes the 28th where the year lacks it."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return start.replace(year=start.year + years, day=28)


def secrecy_years(basis: str | None, *, death_known: bool = False) -> int:
    """The statutory length: 25 years, or 50 from a person's death, or 100 if the death is not known."""
    if not protects_person(basis):
        return DEFAULT_SECRECY_YEARS
    return YEARS_FROM_DEATH if death_known else YEARS_WHEN_DEATH_UNKNOWN


def secrecy_end(
    basis: str | None,
    document_on: date,
    *,
    death_on: date | None = None,
    years: int | None = None,
) -> date:
    """The last day of secrecy (*salassapidon päättymispäivä*).

    ``document_on`` is the date of the municipality's own document and the arrival of a private one.
    ``years`` is a period the plan gives; it does not touch the items that protect a person, where the law
    counts 50 years from death, or 100 years if the time of death is not known.
    """
    if protects_person(basis):
        if death_on is not None:
            return add_years(death_on, YEARS_FROM_DEATH)
        return add_years(document_on, YEARS_WHEN_DEATH_UNKNOWN)
    return add_years(document_on, DEFAULT_SECRECY_YEARS if years is None else years)


def retention_end(start: date | None, years: int | None, *, round_to_year_end: bool = False) -> date | None:
    """The day from which the material may be destroyed, or None: permanent, open-ended or not started."""
    if start is None or years is None or years == PERMANENT:
        return None
    end = add_years(start, years)
    return date(end.year, 12, 31) if round_to_year_end else end
