"""A date as an official types it: 24.11.2026, 24.11., 24., +7, +2 vk, huomenna, pe.

A date without a year is the one nearest to today, so that "7.1." typed in November is next January.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from workbench.errors import UserError
from workbench.i18n import _

WEEKDAYS = ("maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai", "sunnuntai")
_WORDS = {"tänään": 0, "nyt": 0, "huomenna": 1, "ylihuomenna": 2, "eilen": -1, "toissapäivänä": -2}
_FULL = re.compile(r"(\d{1,2})\.(\d{1,2})\.?(\d{4}|\d{2})?$")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})$")
_STEP = re.compile(r"([+-])(\d{1,4})(pv|p|vk|v|kk)?$")


def weekday_text(day: date) -> str:
    """tiistai"""
    return _(WEEKDAYS[day.weekday()])


def parse_day(text: str, today: date) -> date | None:
    """The day meant; None for an empty field; :class:`UserError` with an example when not understood."""
    wanted = re.sub(r"\s+", "", text).casefold()
    if not wanted:
        return None
    if wanted in _WORDS:
        return today + timedelta(days=_WORDS[wanted])
    try:
        for read in (_step, _weekday, _written, _day_alone):
            day = read(wanted, today)
            if day is not None:
                return day
    except (ValueError, OverflowError):
        message = _("Päivää {text} ei ole kalenterissa. Kirjoita esimerkiksi 24.11.2026.")
        raise UserError(message.format(text=text.strip()), field="date") from None
    message = _("Päivää {text} ei voi lukea. Kirjoita esimerkiksi 24.11.2026, 24.11., +7 tai huomenna.")
    raise UserError(message.format(text=text.strip()), field="date")


def _step(wanted: str, today: date) -> date | None:
    found = _STEP.match(wanted)
    if not found:
        return None
    count = int(found[2]) * (1 if found[1] == "+" else -1)
    if found[3] == "kk":
        return add_months(today, count)
    return today + timedelta(days=count * (7 if found[3] in {"vk", "v"} else 1))


def _weekday(wanted: str, today: date) -> date | None:
    for number, name in enumerate(WEEKDAYS):
        if wanted in {name, name[:2], name + "na"}:
            return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    return None


def _written(wanted: str, today: date) -> date | None:
    iso = _ISO.match(wanted)
    if iso:
        return date(int(iso[1]), int(iso[2]), int(iso[3]))
    found = _FULL.match(wanted)
    if not found:
        return None
    day, month = int(found[1]), int(found[2])
    if found[3]:
        year = int(found[3])
        return date(year if year > 99 else 2000 + year, month, day)
    near = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            near.append(date(year, month, day))
        except ValueError:
            continue  # 29 February of a common year
    if not near:
        raise ValueError("no such day")
    return min(near, key=lambda candidate: abs(candidate - today))


def _day_alone(wanted: str, today: date) -> date | None:
    found = re.match(r"(\d{1,2})\.$", wanted)
    return today.replace(day=int(found[1])) if found else None


def add_months(day: date, months: int) -> date:
    """The same day of another month, or its last day when the month is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    month += 1
    for number in range(day.day, 27, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    return date(year, month, min(day.day, 28))
