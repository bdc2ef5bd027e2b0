"""Scopes a server has granted to this workstation, how far each has been fetched, and the cursor of the log.

Progress is written in the transaction of the rows it speaks of, so that a crash anywhere leaves both or neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from workbench.store.meta import get_meta, set_meta
from workbench.store.schema import sync_scope

CURSOR, EPOCH = "cursor", "epoch"

EXPECTED = 0
"""``gen`` of a scope own rows went to while its grant has not come yet."""


@dataclass(frozen=True)
class Scope:
    """One granted scope."""

    scope_id: str
    gen: int
    role: str
    valid_to: str | None
    fill_after: str
    fill_until: str
    filled: bool
    sweeps: bool
    checked_at: datetime | None


def _scope(row: Mapping[str, Any]) -> Scope:
    values = dict(row)
    return Scope(**values | {"filled": bool(values["filled"]), "sweeps": bool(values["sweeps"])})


def scopes(connection: Connection) -> dict[str, Scope]:
    """Every scope, by id."""
    rows = connection.execute(select(sync_scope).order_by(sync_scope.c.scope_id)).mappings()
    return {row["scope_id"]: _scope(dict(row)) for row in rows}


def find_scope(connection: Connection, scope_id: str) -> Scope | None:
    """One scope, if it is known."""
    query = select(sync_scope).where(sync_scope.c.scope_id == scope_id)
    row = connection.execute(query).mappings().first()
    return _scope(dict(row)) if row else None


def cursor(connection: Connection) -> str:
    """How far the main log has been read; "" before the first fetch."""
    return get_meta(connection, CURSOR)


def set_cursor(connection: Connection, value: str) -> None:
    """The main log has been read so far."""
    set_meta(connection, CURSOR, value)


def expect(connection: Connection, scope_id: str) -> None:
    """Own rows went to a scope that may not be granted (yet)."""
    values = {"scope_id": scope_id, "gen": EXPECTED, "role": "", "valid_to": None, "fill_after": "",
              "fill_until": "", "filled": 1, "sweeps": 0, "checked_at": None}  # fmt: skip
    connection.execute(sqlite_insert(sync_scope).values(values).on_conflict_do_nothing())


def grant(connection: Connection, entry: Mapping[str, Any], until: str) -> None:
    """Note a grant; what the scope held until now is fetched up to ``until``, the rest comes by the log."""
    values = {
        "gen": int(entry.get("gen") or 1),
        "role": str(entry.get("role") or ""),
        "valid_to": entry.get("valid_to"),
        "fill_after": "",
        "fill_until": until,
        "filled": 0,
        "sweeps": 0,
        "checked_at": None,
    }
    statement = sqlite_insert(sync_scope).values(scope_id=entry["id"], **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["scope_id"], set_=values))


def renew(connection: Connection, entry: Mapping[str, Any]) -> None:
    """The same grant with other terms."""
    connection.execute(
        update(sync_scope)
        .where(sync_scope.c.scope_id == entry["id"])
        .values(role=str(entry.get("role") or ""), valid_to=entry.get("valid_to"))
    )


def own(connection: Connection, scope_id: str) -> None:
    """The person's own scope, which is granted without an entry."""
    if find_scope(connection, scope_id) is None:
        connection.execute(
            insert(sync_scope).values(
                scope_id=scope_id, gen=1, role="own", valid_to=None, fill_after="", fill_until="",
                filled=1, sweeps=0, checked_at=None,
            )
        )  # fmt: skip


def progress(connection: Connection, scope_id: str, after: str, *, done: bool) -> None:
    """A page of a scope has been taken in."""
    connection.execute(
        update(sync_scope)
        .where(sync_scope.c.scope_id == scope_id)
        .values(fill_after=after, **({"filled": 1, "sweeps": 0} if done else {}))
    )


def fetch_again(connection: Connection, scope_id: str, until: str) -> None:
    """The whole scope comes anew, and what does not come is gone."""
    connection.execute(
        update(sync_scope)
        .where(sync_scope.c.scope_id == scope_id)
        .values(fill_after="", fill_until=until, filled=0, sweeps=1)
    )


def checked(connection: Connection, scope_id: str, at: datetime) -> None:
    """The scope was compared with the server's count."""
    connection.execute(update(sync_scope).where(sync_scope.c.scope_id == scope_id).values(checked_at=at))


def forget(connection: Connection, scope_id: str) -> None:
    """The scope is granted no more."""
    connection.execute(delete(sync_scope).where(sync_scope.c.scope_id == scope_id))
