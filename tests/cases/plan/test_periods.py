"""Secrecy and retention end on the day the law and the plan say."""

from __future__ import annotations

from datetime import date

import pytest

from workbench.cases.plan.grounds import basis_text
from workbench.cases.plan.periods import add_years, retention_end, secrecy_end, secrecy_years


def test_business_secrets_end_in_25_years_or_as_the_plan_says() -> None:
    assert secrecy_end(basis_text(20), date(2026, 5, 20)) == date(2051, 5, 20)
    assert secrecy_end(basis_text(20), date(2026, 5, 20), years=50) == date(2076, 5, 20)


@pytest.mark.parametrize("item", [24, 25, 29, 30, 32])
def test_privacy_lasts_50_years_from_death_or_100_when_the_death_is_unknown(item: int) -> None:
    basis = basis_text(item)
    assert secrecy_end(basis, date(2026, 5, 20), death_on=date(2030, 1, 2)) == date(2080, 1, 2)
    assert secrecy_end(basis, date(2026, 5, 20), years=25) == date(2126, 5, 20)
    assert (secrecy_years(basis, death_known=True), secrecy_years(basis)) == (50, 100)


def test_items_around_the_privacy_items_are_ordinary() -> None:
    assert secrecy_years(basis_text(23)) == secrecy_years(None) == 25


def test_leap_day_ends_on_the_last_of_february() -> None:
    assert add_years(date(2024, 2, 29), 25) == date(2049, 2, 28)
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_retention_of_ten_years_and_its_rounding() -> None:
    closed = date(2026, 5, 20)
    assert retention_end(closed, 10) == date(2036, 5, 20)
    assert retention_end(closed, 10, round_to_year_end=True) == date(2036, 12, 31)
    assert retention_end(closed, 0) == closed


def test_permanent_open_ended_and_unstarted_have_no_end() -> None:
    assert retention_end(date(2026, 5, 20), -1) is None
    assert retention_end(date(2026, 5, 20), None) is None
    assert retention_end(None, 10) is None
