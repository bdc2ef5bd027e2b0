"""Holding a number series at this workstation (sarjan varaaminen): so that it numbers without a network.

Every call waits for the network; none is for the window's thread.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from workbench.errors import UserError
from workbench.i18n import _
from workbench.store import claims
from workbench.store.authority import correct_series, peek_number
from workbench.store.holds import Hold, drop, hold_of, holds, keep
from workbench.store.store import Store
from workbench.sync.engine import Engine
from workbench.sync.errors import Refused


@dataclass(frozen=True)
class HeldSeries:
    """A series held here: the next number, and how many given ones wait for the server. ``confirmed``: whether numbers
    are given before the server is asked."""

    series: str
    since: str
    next: int
    waiting: int
    confirmed: bool


def list_held(store: Store) -> list[HeldSeries]:
    """Series held at this workstation, by name. Asks no server."""
    with store.reader() as connection:
        return [
            HeldSeries(
                hold.series,
                hold.since,
                peek_number(connection, hold.series),
                claims.unsettled(connection, hold.series),
                hold.confirmed,
            )
            for hold in holds(connection)
        ]


def take(engine: Engine, series: str) -> Hold:
    """Hold a series here. What waits is sent first, so that the server numbers it. Raises UserError with who holds it,
    or one of :mod:`workbench.sync.errors`."""
    engine.run()
    with _alone(engine):
        try:
            hold = Hold.of(engine.transport.hold(series))
        except Refused as error:
            raise UserError(str(error), code=error.code, field="series") from error
        with engine.store.writing() as connection:
            keep(connection, hold)
            following = max(hold.known, claims.highest(connection, hold) + 1)
            correct_series(connection, series, following)
    return hold


def give_back(engine: Engine, series: str) -> None:
    """Give a series back when all its numbers are with the server. From here on none is given, even if the answer is
    lost: the next contact tells how it went."""
    engine.run()
    with _alone(engine):
        with engine.store.writing() as connection:
            hold = hold_of(connection, series)
            if hold is None:
                raise UserError(
                    _("Sarja {series} ei ole varattu tälle työasemalle.").format(series=series),
                    field="series",
                )
            waiting = claims.unsettled(connection, series)
            if waiting:
                raise UserError(
                    _(
                        "Sarjan {series} numeroita odottaa vielä: {n}. Synkronoi ja ratkaise ristiriidat ennen "
                        "palautusta."
                    ).format(series=series, n=waiting),
                    field="series",
                )
            keep(connection, replace(hold, confirmed=False))
            used = peek_number(connection, series) - 1
        try:
            engine.transport.give_back(series, used)
        except Refused as error:
            with engine.store.writing() as connection:
                keep(connection, hold)
            raise UserError(str(error), code=error.code, field="series") from error
        with engine.store.writing() as connection:
            drop(connection, series)


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    """No cycle of the profile meanwhile: it would take in what the server said before."""
    with engine.alone() as alone:
        if not alone:
            raise UserError(_("Synkronointi on käynnissä. Yritä hetken kuluttua uudelleen."), code="busy")
        yield
