"""Small settings of the store itself (not domain rows), written inside a transaction."""

from __future__ import annotations

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite import insert

from workbench.store.schema import meta

PURGE_WAITS = "purge_waits"
"""Names the last destruction until the files themselves have been cleaned after it."""


def set_meta(connection: Connection, key: str, value: str) -> None:
    """Change a small setting."""
    connection.execute(
        insert(meta)
        .values(key=key, value=value)
        .on_conflict_do_update(index_elements=["key"], set_={"value": value})
    )
