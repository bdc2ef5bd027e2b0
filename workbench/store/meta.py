"""Small settings of the store itself (not domain rows), written inside a transaction."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from workbench.store.schema import meta

PURGE_WAITS = "purge_waits"
"""Names the last destruction until the files themselves have been cleaned after it."""


SERVER = "server"
"""URL of the server the store is joined to; "" while it is its own authority."""

USER = "user"
"""Id of the person whose store this is; "" while nobody has been named."""

SERVER_TIME = "server_time"
"""The latest instant the server has told."""


def get_meta(connection: Connection, key: str, default: str = "") -> str:
    """A small setting."""
    return connection.execute(select(meta.c.value).where(meta.c.key == key)).scalar() or default


def set_meta(connection: Connection, key: str, value: str) -> None:
    """Change a small setting."""
    connection.execute(
        insert(meta)
        .values(key=key, value=value)
        .on_conflict_do_update(index_elements=["key"], set_={"value": value})
    )
