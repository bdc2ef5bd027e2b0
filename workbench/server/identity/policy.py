"""What the organisation decides of signing in, and the server's own secret."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from argon2 import PasswordHasher


def _hasher() -> PasswordHasher:
    # RFC 9106's second recommended choice: 64 MiB, three passes, four lanes.
    return PasswordHasher(time_cost=3, memory_cost=65536, parallelism=4)


@dataclass(frozen=True)
class Policy:
    """``key`` is the server's secret of 32 bytes: it seals what the database must not tell and derives tokens.
    Every process on one database has the same key."""

    key: bytes = field(repr=False)
    demand_totp: bool = False
    access: timedelta = timedelta(minutes=15)
    refresh: timedelta = timedelta(days=90)
    enrolment: timedelta = timedelta(days=7)
    grace: timedelta = timedelta(seconds=60)
    free_tries: int = 5
    first_delay: timedelta = timedelta(seconds=30)
    longest_delay: timedelta = timedelta(minutes=30)
    forget: timedelta = timedelta(hours=2)
    hasher: PasswordHasher = field(default_factory=_hasher, repr=False)

    def __post_init__(self) -> None:
        if len(self.key) != 32:
            raise ValueError("the server's key has 32 bytes")
