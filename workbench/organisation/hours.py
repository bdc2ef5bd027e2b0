"""Office hours and the closing calendar (aukiolo ja sulkuajat).

Used to tell, never to refuse: a document that came after closing is late only where a statute says so
(laki säädettyjen määräaikain laskemisesta 150/1930, 6 §), and a person judges that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from workbench.clock import local
from workbench.errors import UserError
from workbench.i18n import _

DAY_NAMES = ("ma", "ti", "ke", "to", "pe", "la", "su")
_HOURS = re.compile(
    r"(?P<first>[a-zåäö]{2})(?:\s?[-–]\s?(?P<last>[a-zåäö]{2}))?\s+"
    r"(?P<opens>\d{1,2}[.:]\d{2})\s?[-–]\s?(?P<closes>\d{1,2}[.:]\d{2})"
)
_PERIOD = re.compile(r"(\d{4}-\d{2}-\d{2})\s?(?:\.\.|–|-\s)\s?(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True)
class Period:
    """Days on which the office is closed, both ends included."""

    first: date
    last: date
    reason: str = ""


def parse_hours(text: str) -> dict[str, list[str]]:
    """ "ma–to 9.00–15.00, pe 9.00–14.00" → weekday number → opening and closing time."""
    found: dict[str, list[str]] = {}
    pieces = [p.strip() for p in text.split(",") if p.strip()]
    for piece in pieces:
        match = _HOURS.fullmatch(piece.lower())
        if match is None or match["first"] not in DAY_NAMES or (match["last"] or "ma") not in DAY_NAMES:
            raise UserError(
                _(
                    "Aukioloaikaa ”{text}” ei voi lukea. Kirjoita esimerkiksi: ma–to 9.00–15.00, pe 9.00–14.00"
                ).format(text=piece),
                field="office_hours",
            )
        first = DAY_NAMES.index(match["first"])
        last = DAY_NAMES.index(match["last"] or match["first"])
        opens, closes = (_clock(match[name]) for name in ("opens", "closes"))
        if closes <= opens:
            raise UserError(_("Virasto ei voi sulkeutua, ennen kuin se avautuu."), field="office_hours")
        for day in range(first, last + 1):
            found[str(day)] = [opens, closes]
    if not found:
        raise UserError(_("Anna viraston aukioloajat."), field="office_hours")
    return found


def hours_text(hours: Mapping[str, Sequence[str]]) -> str:
    """The inverse of :func:`parse_hours`: days that follow each other with the same hours in one piece."""
    pieces: list[tuple[int, int, str]] = []
    for day in range(7):
        times = hours.get(str(day))
        if times is None:
            continue
        words = "–".join(_shown_clock(t) for t in times)
        if pieces and pieces[-1][1] == day - 1 and pieces[-1][2] == words:
            pieces[-1] = (pieces[-1][0], day, words)
        else:
            pieces.append((day, day, words))
    return ", ".join(
        f"{DAY_NAMES[first]}{f'–{DAY_NAMES[last]}' if last > first else ''} {words}"
        for first, last, words in pieces
    )


def _shown_clock(text: str) -> str:
    moment = time.fromisoformat(text)
    return f"{moment.hour}.{moment.minute:02}"


def _clock(text: str) -> str:
    hours, minutes = re.split(r"[.:]", text)
    try:
        return time(int(hours), int(minutes)).strftime("%H:%M")
    except ValueError as error:
        raise UserError(
            _("Kellonaika ”{text}” ei ole oikein.").format(text=text), field="office_hours"
        ) from error


def parse_period(text: str) -> dict[str, str]:
    """ "2026-07-06..2026-08-02 syy" → a closed period in the stored form."""
    match = _PERIOD.match(text.strip())
    if match is None:
        raise UserError(
            _("Sulkuaikaa ”{text}” ei voi lukea. Kirjoita esimerkiksi: 2026-07-06..2026-08-02").format(
                text=text
            ),
            field="closed_periods",
        )
    first, last = date.fromisoformat(match[1]), date.fromisoformat(match[2])
    if last < first:
        raise UserError(_("Sulkuaika päättyy, ennen kuin alkaa."), field="closed_periods")
    return {"from": first.isoformat(), "to": last.isoformat(), "reason": text[match.end() :].strip()}


def closed_periods(municipality: Mapping[str, Any]) -> list[Period]:
    """The closing calendar of a municipality."""
    return [
        Period(date.fromisoformat(p["from"]), date.fromisoformat(p["to"]), p.get("reason", ""))
        for p in municipality["closed_periods"] or []
    ]


def is_open(municipality: Mapping[str, Any], moment: datetime) -> bool:
    """Whether the office is open at a moment: weekday, hours, no closed period."""
    wall = local(moment)
    if any(p.first <= wall.date() <= p.last for p in closed_periods(municipality)):
        return False
    hours = (municipality["office_hours"] or {}).get(str(wall.weekday()))
    return hours is not None and hours[0] <= wall.strftime("%H:%M") < hours[1]


def closing_time(municipality: Mapping[str, Any], day: date) -> time | None:
    """When the office closes on a day; None when it is closed all day."""
    if any(p.first <= day <= p.last for p in closed_periods(municipality)):
        return None
    hours = (municipality["office_hours"] or {}).get(str(day.weekday()))
    return time.fromisoformat(hours[1]) if hours else None
