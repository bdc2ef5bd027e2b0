"""Leases (varaukset): a polite "I am editing this" for two minutes. It hinders nobody's write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from workbench.errors import UserError
from workbench.i18n import _
from workbench.organisation.tables import person
from workbench.server.database import Database, held_row
from workbench.server.principal import Principal
from workbench.server.pull import let_time_pass, readable_scopes
from workbench.server.schema import lease
from workbench.store.domain import Domain

LASTS = timedelta(minutes=2)


@dataclass(frozen=True)
class Lease:
    """Who edits a row; ``holder`` is a person's id, "" when nobody does. ``mine``: at this very workstation."""

    holder: str = ""
    name: str = ""
    until: datetime | None = None
    mine: bool = False


def take_lease(
    database: Database, domain: Domain, principal: Principal, at: datetime, *, kind: str, row_id: str
) -> Lease:
    """Take or prolong a lease; another's, while it lasts, stays and is told."""
    let_time_pass(database, domain, principal, at)

    def work(connection: Connection) -> Lease:
        _demand_visible(connection, domain, principal, at, kind, row_id)
        mine = {"person_id": principal.person_id, "client_id": principal.client_id, "until": at + LASTS}
        key = {"kind": kind, "row_id": row_id}
        row = held_row(connection, lease, key | mine, key=("kind", "row_id"))
        this = (lease.c.kind == kind) & (lease.c.row_id == row_id)
        if row.until <= at or _is_mine(row.person_id, row.client_id, principal):
            connection.execute(update(lease).where(this).values(**mine))
        return _state(connection, principal, at, kind, row_id)

    return database.write(work)


def lease_of(
    database: Database, domain: Domain, principal: Principal, at: datetime, *, kind: str, row_id: str
) -> Lease:
    """Who edits a row; nothing is taken."""
    let_time_pass(database, domain, principal, at)
    with database.reading() as connection:
        _demand_visible(connection, domain, principal, at, kind, row_id)
        return _state(connection, principal, at, kind, row_id)


def give_back_lease(
    database: Database, domain: Domain, principal: Principal, at: datetime, *, kind: str, row_id: str
) -> Lease:
    """Give one's lease back; another's stays."""
    let_time_pass(database, domain, principal, at)

    def work(connection: Connection) -> Lease:
        _demand_visible(connection, domain, principal, at, kind, row_id)
        c = lease.c
        mine = (c.person_id == principal.person_id) & (c.client_id == principal.client_id)
        this = (c.kind == kind) & (c.row_id == row_id)
        connection.execute(delete(lease).where((this & mine) | (c.until <= at)))
        return _state(connection, principal, at, kind, row_id)

    return database.write(work)


def _is_mine(person_id: str, client_id: str, principal: Principal) -> bool:
    return (person_id, client_id) == (principal.person_id, principal.client_id)


def _state(connection: Connection, principal: Principal, at: datetime, kind: str, row_id: str) -> Lease:
    row = connection.execute(
        select(lease.c.person_id, lease.c.client_id, lease.c.until, person.c.name)
        .outerjoin(person, person.c.id == lease.c.person_id)
        .where(lease.c.kind == kind, lease.c.row_id == row_id, lease.c.until > at)
    ).first()
    if row is None:
        return Lease()
    return Lease(row.person_id, row.name or "", row.until, _is_mine(row.person_id, row.client_id, principal))


def _demand_visible(
    connection: Connection, domain: Domain, principal: Principal, at: datetime, kind: str, row_id: str
) -> None:
    """A row that is not there and one that may not be read answer alike, by the same question."""
    if kind in domain.kinds:
        table = domain.kinds.table(kind)
        readable = select(table.c.id).where(
            table.c.id == row_id, table.c.scope_id.in_(readable_scopes(principal, at))
        )
        if connection.execute(readable).first() is not None:
            return
    raise UserError(_("Kohdetta ei löydy."), code="not_found")
