"""Days when Finnish municipal offices are closed: Saturdays, Sundays and public holidays (pyhäpäivät).

Church holidays are those of kirkkojärjestys (657/2023), Independence Day of laki itsenäisyyspäivän viettämisestä
(388/1937), May Day of laki vapunpäivän järjestämisestä (272/1944). The eves of Midsummer and Christmas are days off by
the collective agreement (KVTES), and count as holidays here.
"""

from __future__ import annotations

from datetime import date, timedelta

_SATURDAY = 5


def easter(year: int) -> date:
    """Easter Sunday of a year after 1582, by the Gregorian computus (Meeus, Astronomical Algorithms, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    last = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * last) // 451
    month, day = divmod(h + last - 7 * m + 114, 31)
    return date(year, month, day + 1)


def is_day_off(day: date) -> bool:
    """Whether offices are closed on a day."""
    return day.weekday() >= _SATURDAY or day in _holidays(day.year)


def _holidays(year: int) -> set[date]:
    sunday = easter(year)
    moving = {sunday + timedelta(days=n) for n in (-2, 0, 1, 39)}  # Good Friday, Easter, Ascension Day
    midsummer_eve = next(date(year, 6, n) for n in range(19, 26) if date(year, 6, n).weekday() == 4)
    fixed = {(1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26)}
    return moving | {midsummer_eve} | {date(year, month, n) for month, n in fixed}
