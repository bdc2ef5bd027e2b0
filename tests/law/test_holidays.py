"""Days when Finnish offices are closed, against calendars as they were printed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from workbench.law.holidays import is_day_off


@pytest.mark.parametrize(
    "sunday",
    ["2000-04-23", "2008-03-23", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25"],
)
def test_days_off_that_follow_easter(sunday: str) -> None:
    easter = date.fromisoformat(sunday)
    for after in (-2, 0, 1, 39):  # Good Friday, Easter, Easter Monday, Ascension Day
        assert is_day_off(easter + timedelta(days=after))
    for after in (-3, 2, 38, 40):
        day = easter + timedelta(days=after)
        assert not is_day_off(day) or day.isoformat()[5:] == "05-01"


def test_the_weekdays_off_of_a_year() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [d.isoformat() for d in days if is_day_off(d) and d.weekday() < 5] == [
        "2026-01-01", "2026-01-06", "2026-04-03", "2026-04-06", "2026-05-01", "2026-05-14", "2026-06-19", "2026-12-24",
        "2026-12-25",
    ]  # fmt: skip
    assert all(is_day_off(d) for d in days if d.weekday() >= 5)
