"""Held series (varattu sarja): which number series this workstation may number from without a network.

A hold is the server's exclusive, lasting grant, kept as a setting of the store. Its *generation* says which grant it
is; ``known`` is the next number as the server last told it. One that is not confirmed gives no number: the store came
from a backup, or the hold is being given back, and only the server knows how far the series is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Connection, delete, select

from workbench.store.meta import set_meta
from workbench.store.schema import meta

_KEY = "held_series:"


@dataclass(frozen=True)
class Hold:
    """One series that this workstation holds. ``since``: when it was granted, in the wire's form."""

    series: str
    generation: int
    known: int
    since: str
    confirmed: bool = True

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Hold:
        """As the server tells it."""
        return cls(str(told["series"]), int(told["generation"]), int(told["next"]), str(told["since"]))


def holds(connection: Connection) -> list[Hold]:
    """Every series held here, by name."""
    query = select(meta.c.value).where(meta.c.key.startswith(_KEY, autoescape=True)).order_by(meta.c.key)
    return [Hold(**json.loads(value)) for value in connection.execute(query).scalars()]


def hold_of(connection: Connection, series: str) -> Hold | None:
    """The hold of a series, confirmed or not."""
    value = connection.execute(select(meta.c.value).where(meta.c.key == _KEY + series)).scalar()
    return Hold(**json.loads(value)) if value else None


def keep(connection: Connection, hold: Hold) -> None:
    """Note a hold, or what has changed of it."""
    set_meta(connection, _KEY + hold.series, json.dumps(asdict(hold)))


def drop(connection: Connection, series: str) -> None:
    """The series is not held here any more."""
    connection.execute(delete(meta).where(meta.c.key == _KEY + series))


def suspend(connection: Connection) -> None:
    """No number is given before the server has told how far each series is."""
    for hold in holds(connection):
        keep(connection, replace(hold, confirmed=False))
