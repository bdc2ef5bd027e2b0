"""The authority seam: who numbers, who settles. Without a server the workstation is its own authority."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy import Connection, case, select

from workbench.store.holds import hold_of
from workbench.store.schema import series
from workbench.store.statements import insert_into


class Authority(Protocol):
    """Settles row operations and takes numbers."""

    settles: bool
    """True when a local commit is final; False when a server decides later."""

    def take_number(self, connection: Connection, name: str) -> int | None:
        """The next number of a series, or None when only the server can give it."""
        ...


class LocalAuthority:
    """Numbers and settles at once, in the transaction of the effect."""

    settles = True

    def take_number(self, connection: Connection, name: str) -> int:
        return take_number(connection, name)


class ServerAuthority:
    """Far away: a commit waits for the server, which alone numbers. What is made meanwhile has no number, unless
    its series is held by this workstation (varattu sarja): then the number is given at once."""

    settles = False

    def take_number(self, connection: Connection, name: str) -> int | None:
        """The next number of a series held here; None: the server gives it when it applies the row."""
        hold = hold_of(connection, name)
        return take_number(connection, name) if hold is not None and hold.confirmed else None


def take_number(connection: Connection, name: str) -> int:
    """Count one number from a series. The row is locked until the transaction ends, so two writers never
    get the same number and a rolled-back one leaves no gap."""
    statement = (
        insert_into(connection, series)
        .values(name=name, next=2)
        .on_conflict_do_update(index_elements=["name"], set_={"next": series.c.next + 1})
        .returning(series.c.next - 1)
    )
    return int(connection.execute(statement).scalar_one())


def peek_number(connection: Connection, name: str) -> int:
    """The number the series would give next."""
    return int(connection.execute(select(series.c.next).where(series.c.name == name)).scalar() or 1)


def continue_series(connection: Connection, name: str, next_number: int) -> None:
    """Let a series continue from ``next_number`` (käyttöönotto in mid-year). Never goes back."""
    current = peek_number(connection, name)
    if next_number < current:
        raise ValueError(f"series {name} has already given number {current - 1}")
    correct_series(connection, name, next_number)


def pass_number(connection: Connection, name: str, number: int) -> None:
    """Let a series never give a number up to ``number``, which was given elsewhere. Takes none; the row is
    locked until the transaction ends."""
    statement = insert_into(connection, series).values(name=name, next=number + 1)
    higher = {"next": case((series.c.next > number, series.c.next), else_=number + 1)}
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=higher))


def correct_series(connection: Connection, name: str, next_number: int) -> None:
    """Let a series that has given no number yet begin elsewhere, earlier too. The caller knows that it has
    not."""
    statement = insert_into(connection, series).values(name=name, next=next_number)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"next": next_number}))
