"""Days when Finnish municipal offices are closed: Saturdays, Sundays and public holidays (pyhäpäivät).

Church holidays (kirkolliset juhlapäivät) are those of kirkkolaki (652/2023). Independence Day, May Day, the eves of
Christmas and Midsummer and Saturdays stand beside them in 5 § of laki säädettyjen määräaikain laskemisesta (150/1930).
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
