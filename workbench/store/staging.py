"""Work in progress of long jobs: kept in the encrypted store, so that an interrupted job goes on where it
was; never synchronised, gone when the job ends."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from workbench.store.schema import staging
from workbench.store.store import Store


def staged(store: Store, batch: str) -> dict[str, Any]:
    """What earlier runs of a job left, by key."""
    query = select(staging.c.key, staging.c.value).where(staging.c.batch == batch)
    with store.reader() as connection:
        return {row.key: row.value for row in connection.execute(query)}


def stage(store: Store, batch: str, values: dict[str, Any]) -> None:
    """Keep values of a job; the same key again replaces."""
    if not values:
        return
    rows = [{"batch": batch, "key": key, "value": value} for key, value in values.items()]
    statement = insert(staging).values(rows)
    with store.transaction() as connection:
        connection.execute(
            statement.on_conflict_do_update(
                index_elements=["batch", "key"], set_={"value": statement.excluded.value}
            )
        )


def unstage(store: Store, batch: str) -> None:
    """The job has ended."""
    with store.transaction() as connection:
        connection.execute(delete(staging).where(staging.c.batch == batch))
