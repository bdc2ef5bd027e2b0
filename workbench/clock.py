"""Time, injected everywhere. Instants are aware UTC (``…_at``); days (``…_on``) are Finnish civil days."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

FINLAND = ZoneInfo("Europe/Helsinki")


class Clock(Protocol):
    """Where the present moment comes from."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """The same instant on a Finnish wall clock."""
    return moment.astimezone(FINLAND)


def today(clock: Clock) -> date:
    """The civil day in Finland."""
    return local(clock.now()).date()


def to_text(moment: datetime) -> str:
    """UTC instant as sortable text, always with microseconds: ``2026-11-24T07:30:00.000000Z``."""
    return _utc_text(moment if moment.tzinfo is UTC else moment.astimezone(UTC))


@lru_cache(maxsize=256)
def _utc_text(moment: datetime) -> str:
    # Remembered in UTC only: the hour that comes twice is the same to a comparison in its own zone.
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def from_text(text: str) -> datetime:
    """Inverse of :func:`to_text`; accepts any ISO 8601 instant with an offset."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is UTC:
        return moment
    if moment.tzinfo is None:
        raise ValueError(f"instant without an offset: {text!r}")
    return moment.astimezone(UTC)
