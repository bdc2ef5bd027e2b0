"""Clocks that move only when told or looked at."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class FakeClock:
    """Starts on a Tuesday morning; each look moves it a millisecond, so that nothing happens at once."""

    step = timedelta(milliseconds=1)

    def __init__(self, at: datetime = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)) -> None:
        self.at = at

    def now(self) -> datetime:
        self.at += self.step
        return self.at

    def move(self, **by: float) -> None:
        """Let time pass."""
        self.at += timedelta(**by)

    def set(self, year: int, month: int = 1, day: int = 1, hour: int = 12) -> None:
        """Go to a moment (UTC)."""
        self.at = datetime(year, month, day, hour, tzinfo=UTC)


class StepClock(FakeClock):
    """Each look is a second later."""

    step = timedelta(seconds=1)


class StandingClock(FakeClock):
    """Stands where it is put."""

    step = timedelta()
