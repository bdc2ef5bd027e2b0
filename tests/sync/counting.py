"""What the runs of this process exercised: a machine that does nothing proves nothing."""

from __future__ import annotations

import collections

COUNTED: collections.Counter[str] = collections.Counter()


def report() -> str:
    """The counts, for people to read."""
    return "\n".join(f"{count:8} {what}" for what, count in sorted(COUNTED.items()))
