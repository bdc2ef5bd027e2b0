"""The beginning of a conversation: who asks, what the server is, how much may be asked at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from workbench.clock import to_text
from workbench.errors import UserError
from workbench.i18n import _
from workbench.server.adopting import may_adopt
from workbench.server.desk import Desk
from workbench.server.principal import Principal
from workbench.server.schema import SCHEMA, clock
from workbench.sync.wire import (
    ADOPTION,
    BLOB_CHUNK,
    GROUP_OPS,
    PROTOCOL,
    PULL_ROWS,
    PUSH_BYTES,
    PUSH_OPS,
    WAIT_SECONDS,
)

OLDEST_PROTOCOL = 1
"""The oldest protocol that can still read what this server says."""


class TooOld(UserError):
    """The client's program cannot read what the server says."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Tämä ohjelmaversio on liian vanha palvelimelle. Päivitä ohjelma; työsi säilyy ja lähtee palvelimelle."
            ),
            code="upgrade",
        )


def open_session(desk: Desk, principal: Principal, protocol: int, at: datetime) -> dict[str, Any]:
    """What the server says of itself. Raises :class:`TooOld`."""
    if protocol < OLDEST_PROTOCOL:
        raise TooOld
    with desk.database.reading() as connection:
        epoch = connection.execute(select(clock.c.epoch)).scalar_one()
        adopts = may_adopt(connection, principal)
    return {
        "epoch": epoch,
        "server_time": to_text(at),
        "person_id": principal.person_id,
        "protocol": PROTOCOL,
        "schema": SCHEMA,
        "offline_days": desk.offline_days,
        "quarantine_days": desk.quarantine_days,
        "features": [ADOPTION],
        "adopts": adopts,
        "limits": {
            "push_ops": PUSH_OPS,
            "push_bytes": PUSH_BYTES,
            "group_ops": GROUP_OPS,
            "pull_rows": PULL_ROWS,
            "wait_seconds": WAIT_SECONDS,
            "blob_chunk": BLOB_CHUNK,
        },
    }
