"""What the server says of the number series held here (varatut sarjat), at each contact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workbench.i18n import _
from workbench.store import claims
from workbench.store.authority import pass_number
from workbench.store.holds import Hold, drop, holds, keep
from workbench.store.incoming import Incoming
from workbench.store.settling import miss_number


def confirm(incoming: Incoming, told: Sequence[Mapping[str, Any]]) -> list[str]:
    """Take in what the server holds to be held here: a grant that is another now has ended, numbers given elsewhere
    are never given here, and what waits behind a number that was let go is asked of its person. Returns the series
    that were lost."""
    connection = incoming.connection
    granted = {hold.series: hold for hold in map(Hold.of, told)}
    lost: list[str] = []
    for hold in holds(connection):
        now = granted.get(hold.series)
        if now is None or now.generation != hold.generation:
            drop(connection, hold.series)
            lost.append(hold.series)
            continue
        keep(connection, now)
        if now.known > 1:
            pass_number(connection, now.series, now.known - 1)
        for group_id in claims.above_a_hole(connection, now):
            miss_number(
                incoming,
                group_id,
                _("Sarjan aiempi numero jäi antamatta. Ota uusi numero tai hylkää muutos."),
            )
    claims.tidy(connection)
    return lost
