"""Days when Finnish municipal offices are closed: Saturdays, Sundays and public holidays (pyhäpäivät).

Church holidays are those of kirkkojärjestys (657/2023), Independence Day of laki itsenäisyyspäivän viettämisestä
(388/1937), May Day of laki vapunpäivän järjestämisestä (272/1944). The eves of Midsummer and Christmas are days off by
the collective agreement (KVTES), and count as holidays here.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from holidays import country_holidays

_SATURDAY = 5


def is_day_off(day: date) -> bool:
    """Whether offices are closed on a day."""
    return day.weekday() >= _SATURDAY or day in _holidays(day.year)


@lru_cache(maxsize=50)
def _holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("FI", years=year))
