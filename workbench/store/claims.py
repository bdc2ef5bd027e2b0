"""Claims (varatun sarjan annetut numerot): numbers that this workstation gave from series it holds, by the group that
carries them to the server.

A claim stays while its group may still be applied, and after that until the server has told a higher number. One that
is let go frees its numbers, so that the series has no gap.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_missing

from workbench.store.authority import correct_series
from workbench.store.holds import Hold, hold_of, holds
from workbench.store.schema import outbox_group, staging
from workbench.store.statements import given

Claim = dict[str, Any]
"""``{"generation": int, "numbers": [int]}`` of one series."""

_BATCH = "held_numbers"
_ITS = staging.c.batch == _BATCH


def note(connection: Connection, group_id: str, numbers: Mapping[str, Sequence[int]]) -> None:
    """A group has numbers of series held here."""
    claims: dict[str, Claim] = {}
    for series, some in numbers.items():
        hold = hold_of(connection, series)
        assert hold is not None  # it gave the numbers in this very transaction
        claims[series] = {"generation": hold.generation, "numbers": list(some)}
    if claims:
        connection.execute(insert(staging).values(batch=_BATCH, key=group_id, value=claims))


def of_groups(connection: Connection, group_ids: Collection[str]) -> dict[str, dict[str, Claim]]:
    """The claims of groups that have any, by series."""
    query = select(staging.c.key, staging.c.value).where(_ITS, staging.c.key.in_(given("ids")))
    return {key: value for key, value in connection.execute(query, {"ids": list(group_ids)})}


def carry(connection: Connection, group_id: str, by: str) -> None:
    """A group goes on as another; its numbers go along."""
    connection.execute(update(staging).where(_ITS, staging.c.key == group_id).values(key=by))


def forget(connection: Connection, group_ids: Collection[str]) -> None:
    """Groups were let go: what they numbered is free again, as far as nothing above it was given."""
    freed = {series for claims in of_groups(connection, group_ids).values() for series in claims}
    if not freed:
        return
    connection.execute(delete(staging).where(_ITS, staging.c.key.in_(given("ids"))), {"ids": list(group_ids)})
    for series in sorted(freed):
        hold = hold_of(connection, series)
        if hold is not None:
            correct_series(connection, series, max(hold.known, highest(connection, hold) + 1))


def offer_again(connection: Connection, group_id: str, told: Mapping[str, Claim]) -> None:
    """A group that was settled once goes to the server anew, as it was sent."""
    values = {"batch": _BATCH, "key": group_id, "value": dict(told)}
    connection.execute(insert_missing(staging).values(values).on_conflict_do_nothing())


def highest(connection: Connection, hold: Hold) -> int:
    """The highest number given here under a hold that the server may not know of yet; 0 when there is none."""
    values = connection.execute(select(staging.c.value).where(_ITS)).scalars()
    return max((n for claims in values for n in _numbers(claims, hold)), default=0)


def above_a_hole(connection: Connection, hold: Hold) -> list[str]:
    """Queued groups that carry a number before which one is missing for good: it was let go. In order."""
    query = (
        select(staging.c.key, staging.c.value, outbox_group.c.state)
        .select_from(staging.join(outbox_group, outbox_group.c.group_id == staging.c.key))
        .where(_ITS, outbox_group.c.state != "settled")
    )
    found = sorted(
        (n, key, state)
        for key, claims, state in connection.execute(query)
        for n in _numbers(claims, hold)
        if n >= hold.known
    )
    expected, above = hold.known, []
    for n, key, state in found:
        if n == expected:
            expected += 1
        elif n > expected and state == "queued":
            above.append(key)
    return list(dict.fromkeys(above))


def _numbers(claims: Mapping[str, Claim], hold: Hold) -> list[int]:
    claim = claims.get(hold.series)
    return list(claim["numbers"]) if claim and claim["generation"] == hold.generation else []


def unsettled(connection: Connection, series: str) -> int:
    """How many numbers of a series wait for the server or for a person."""
    query = (
        select(staging.c.value)
        .select_from(staging.join(outbox_group, outbox_group.c.group_id == staging.c.key))
        .where(_ITS, outbox_group.c.state != "settled")
    )
    values = connection.execute(query).scalars()
    return sum(len(claims.get(series, {}).get("numbers", ())) for claims in values)


def tidy(connection: Connection) -> None:
    """Claims that the server has taken in and told of need not be kept."""
    known = {hold.series: hold.known for hold in holds(connection)}
    query = (
        select(staging.c.key, staging.c.value)
        .select_from(staging.join(outbox_group, outbox_group.c.group_id == staging.c.key))
        .where(_ITS, outbox_group.c.state == "settled")
    )
    done = [
        key
        for key, claims in connection.execute(query)
        if all(n < known.get(series, n + 1) for series, claim in claims.items() for n in claim["numbers"])
    ]
    if done:
        connection.execute(delete(staging).where(_ITS, staging.c.key.in_(given("ids"))), {"ids": done})
