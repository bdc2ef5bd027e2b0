"""Failed sign-ins cost time (kirjautumisen hidastaminen), and never another's time.

Each account has a budget for every workstation that has signed in before, and one for all others together.
Whoever guesses from elsewhere spends the latter alone: the person's own workstations go on. The try is counted
before it is looked at, so that a hundred at once are no more than a hundred one after another, and it is
counted alike for an account that does not exist.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, update

from workbench.server.database import held_row
from workbench.server.identity.errors import TooMany
from workbench.server.identity.policy import Policy
from workbench.server.identity.schema import failure


def count_try(
    connection: Connection, policy: Policy, budget: str, now: datetime, account_id: str = ""
) -> None:
    """Count a try against a budget; raises :class:`TooMany` while it is used up. ``account_id``: whose audit is to
    tell of it, should it be refused."""
    forget(connection, policy, now)
    fresh = {"budget": budget, "tries": 0, "last_at": now, "until": None}
    fresh |= {"account_id": account_id or None, "refused": 0}
    row = held_row(connection, failure, fresh, key=("budget",))
    if row.until is not None and row.until > now:
        raise TooMany(max(1, math.ceil((row.until - now).total_seconds())))
    tries = (row.tries if row.last_at >= now - policy.forget else 0) + 1
    delay = _delay(policy, tries)
    until = now + delay if delay else None
    mine = failure.c.budget == budget
    counted = {"tries": tries, "last_at": now, "until": until, "refused": (row.refused or 0) + 1}
    connection.execute(update(failure).where(mine).values(counted | {"account_id": account_id or None}))


def clear(connection: Connection, budget: str) -> None:
    """The try was right: the budget is whole again. What was refused before it stays to be told in the audit."""
    mine = failure.c.budget == budget
    connection.execute(update(failure).where(mine).values(tries=0, until=None, refused=failure.c.refused - 1))


def forget(connection: Connection, policy: Policy, now: datetime) -> None:
    """Drop what is old enough and nobody's, so that guessed names do not pile up."""
    old = failure.c.last_at < now - policy.forget
    connection.execute(delete(failure).where(old, failure.c.account_id.is_(None)))


def _delay(policy: Policy, tries: int) -> timedelta:
    over = tries - policy.free_tries
    if over < 0:
        return timedelta()
    doubled = timedelta(seconds=policy.first_delay.total_seconds() * 2.0 ** min(over, 20))
    return min(doubled, policy.longest_delay)
