"""When to try again: full jitter, so that workstations that lost their server together do not come back together."""

from __future__ import annotations

import random

from workbench.sync.errors import Busy, Cancelled, SignedOut, SyncError, UpgradeNeeded, Wiped

SHORTEST, LONGEST = 1.0, 300.0


class Backoff:
    """Counts failures in a row."""

    def __init__(self, rng: random.Random | None = None) -> None:
        self._rng = rng or random.Random()
        self._failures = 0

    def succeeded(self) -> None:
        """The next failure is the first again."""
        self._failures = 0

    def failed(self, error: SyncError) -> float | None:
        """Seconds to wait before the next try; None when trying again alone does not help."""
        if isinstance(error, (SignedOut, Wiped, UpgradeNeeded, Cancelled)):
            return None
        self._failures += 1
        most = min(LONGEST, SHORTEST * 2 ** min(self._failures, 16))
        wait = self._rng.uniform(SHORTEST, most)
        return max(wait, error.retry_after) if isinstance(error, Busy) else wait
