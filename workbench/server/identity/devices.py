"""A person's own workstations: which they are, signing one out, reporting one lost (kadonnut työasema)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from workbench.errors import UserError
from workbench.i18n import _
from workbench.server.identity.schema import device, family


@dataclass(frozen=True)
class DeviceRow:
    """A workstation as its owner sees it."""

    client_id: str
    name: str
    made_at: datetime
    last_seen_at: datetime
    revoked: bool
    lost: bool


def devices_of(connection: Connection, account_id: str) -> list[DeviceRow]:
    """The account's workstations, the latest seen first."""
    rows = connection.execute(
        select(device)
        .where(device.c.account_id == account_id)
        .order_by(device.c.last_seen_at.desc(), device.c.client_id)
    )
    return [
        DeviceRow(
            r.client_id, r.name, r.made_at, r.last_seen_at, r.revoked_at is not None, r.lost_at is not None
        )
        for r in rows
    ]


def revoke_device(connection: Connection, account_id: str, client_id: str, now: datetime) -> None:
    """Sign a workstation out for good: only a new joining code lets it in again."""
    _close(connection, account_id, client_id, now, "revoked", revoked_at=now)


def report_lost(connection: Connection, account_id: str, client_id: str, now: datetime) -> None:
    """The workstation is lost: it is told to destroy its store as soon as it calls. There is no way back."""
    _close(connection, account_id, client_id, now, "lost", lost_at=now)


def _close(
    connection: Connection, account_id: str, client_id: str, now: datetime, why: str, **mark: datetime
) -> None:
    # A workstation of somebody else is as if it did not exist.
    mine = (device.c.account_id == account_id) & (device.c.client_id == client_id)
    if connection.execute(update(device).where(mine).values(**mark)).rowcount != 1:
        raise UserError(_("Työasemaa ei löydy."), field="client_id", code="not_found")
    open_ones = (family.c.client_id == client_id) & family.c.ended_at.is_(None)
    connection.execute(update(family).where(open_ones).values(ended_at=now, why=why))
