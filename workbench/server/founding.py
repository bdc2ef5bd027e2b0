"""A new, empty server."""

from __future__ import annotations

from sqlalchemy import insert

from workbench.ids import new_id
from workbench.server.database import Database
from workbench.server.schema import SCHEMA, VERSION, clock, create_tables
from workbench.store.domain import Domain


def found(database: Database, domain: Domain) -> str:
    """Make the tables and the counter; returns the epoch (which restore of this database it is)."""
    epoch = new_id()
    with database.writing() as connection:
        create_tables(connection, domain.kinds)
        connection.execute(
            insert(clock).values(one=1, seq=0, epoch=epoch, next_change=None, schema=SCHEMA, step=VERSION)
        )
    return epoch
