"""Dates as officials type them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import UserError
from workbench.i18n import day_text
from workbench.ui.models.finnish_date import add_months, parse_day

TODAY = date(2026, 11, 24)  # a Tuesday


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("24.11.2026", date(2026, 11, 24)), (" 1. 12. 2026 ", date(2026, 12, 1)),
        ("24.11.", date(2026, 11, 24)),
        ("7.1.", date(2027, 1, 7)), ("7.1", date(2027, 1, 7)), ("1.12.26", date(2026, 12, 1)),
        ("2026-12-01", date(2026, 12, 1)), ("+7", date(2026, 12, 1)), ("-1", date(2026, 11, 23)),
        ("+2vk", date(2026, 12, 8)), ("+1 kk", date(2026, 12, 24)), ("huomenna", date(2026, 11, 25)),
        ("Ylihuomenna", date(2026, 11, 26)), ("eilen", date(2026, 11, 23)), ("tänään", TODAY),
        ("pe", date(2026, 11, 27)), ("perjantai", date(2026, 11, 27)), ("tiistaina", date(2026, 12, 1)),
        ("30.", date(2026, 11, 30)), ("29.2.", None),
    ],
)  # fmt: skip
def test_what_was_typed_is_understood(typed: str, meant: date | None) -> None:
    if meant is None:
        with pytest.raises(UserError, match="kalenterissa"):
            parse_day(typed, TODAY)
    else:
        assert parse_day(typed, TODAY) == meant


@pytest.mark.parametrize("typed", ["31.2.2026", "huomisiltana", "32.1.", "abc", "1.13.2026", "+99999"])
def test_what_is_not_a_day_gets_an_example(typed: str) -> None:
    with pytest.raises(UserError, match=r"24\.11\.2026"):
        parse_day(typed, TODAY)


def test_an_empty_field_is_no_day() -> None:
    assert parse_day("  ", TODAY) is None


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_a_written_day_reads_back(day: date) -> None:
    assert parse_day(day_text(day), TODAY) == day


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.integers(-600, 600))
def test_a_day_without_a_year_is_the_nearest(today: date, days: int) -> None:
    meant = today + timedelta(days=days)
    if (meant.month, meant.day) == (2, 29):
        return
    read = parse_day(f"{meant.day}.{meant.month}.", today)
    assert read is not None and abs(read - today) <= timedelta(days=183)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(-24, 24))
def test_months_keep_the_day_or_take_the_last(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert moved.day <= day.day
    assert moved.year * 12 + moved.month == day.year * 12 + day.month + months
    assert moved.day == day.day or (moved + timedelta(days=1)).day == 1


@given(st.text(max_size=14))
def test_nothing_typed_breaks_the_field(text: str) -> None:
    try:
        parse_day(text, TODAY)
    except UserError as error:
        assert str(error)
