"""Holding a number series (sarjan varaaminen): an exclusive grant that lasts until it is given back or broken.

Each grant of a series has the next generation and stays on record when it has ended. Taking, giving back and breaking
are deeds in the audit. Who may number in a series, and whose it is, the domain says; only the municipality's
administrator breaks a grant.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, func, insert, select, update

from workbench.clock import to_text
from workbench.context import Session
from workbench.errors import NotAllowed, UserError
from workbench.i18n import N_, _
from workbench.ids import new_id
from workbench.organisation.access import access_of
from workbench.organisation.model import Role
from workbench.server.database import Database
from workbench.server.numbering import held_elsewhere, hold_in_force, holder_name, lock_series
from workbench.server.principal import Principal
from workbench.server.push import Request
from workbench.server.schema import held_series
from workbench.store.authority import peek_number
from workbench.store.domain import Domain

_T = TypeVar("_T")


class Held(UserError):
    """The series is another's, or not to be given back yet."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="held", field="series")


@dataclass(frozen=True)
class Grant:
    """Who holds a series; ``holder`` is a person's id, "" while nobody does. ``next``: the next number as far as the
    server knows. ``mine``: this very workstation holds it."""

    series: str
    generation: int = 0
    next: int = 1
    holder: str = ""
    name: str = ""
    municipality: str = ""
    since: datetime | None = None
    mine: bool = False


def take(database: Database, domain: Domain, principal: Principal, at: datetime, series: str) -> Grant:
    """Take a series for the workstation that asks; one that it holds already stays as it is. Raises :class:`Held` with
    who holds it and since when, NotAllowed, or UserError of a series that nobody can hold."""

    def work(deed: _Deed) -> Grant:
        deed.demand_right()
        connection = deed.connection
        following = lock_series(connection, series)
        hold = hold_in_force(connection, series)
        if hold is None:
            last = select(func.max(held_series.c.generation)).where(held_series.c.series == series)
            connection.execute(
                insert(held_series).values(
                    series=series,
                    generation=int(connection.execute(last).scalar() or 0) + 1,
                    client_id=principal.client_id,
                    person_id=principal.person_id,
                    municipality=deed.municipality,
                    since=at,
                    next_known=following,
                )
            )
            deed.note("series.hold", N_("Varattu sarja {series}"))
        elif hold.client_id != principal.client_id:
            raise Held(held_elsewhere(connection, hold))
        return deed.grant()

    return _run(database, domain, principal, at, series, work)


def give_back(
    database: Database, domain: Domain, principal: Principal, at: datetime, series: str, used: int
) -> Grant:
    """Give a series back. ``used`` is the highest number that was given at the workstation: all of them must have
    come. Where the workstation holds nothing, nothing changes."""

    def work(deed: _Deed) -> Grant:
        following = lock_series(deed.connection, series)
        hold = hold_in_force(deed.connection, series)
        if hold is None or hold.client_id != principal.client_id:
            deed.demand_right()
            return deed.grant()
        if used >= following:
            raise Held(
                _(
                    "Numeroita puuttuu palvelimelta: seuraava olisi {next}, viimeksi annettu on {used}."
                ).format(next=following, used=used)
            )
        deed.end(hold, "given back")
        deed.note("series.give_back", N_("Palautettu sarja {series}"))
        return deed.grant()

    return _run(database, domain, principal, at, series, work)


def break_hold(database: Database, domain: Domain, principal: Principal, at: datetime, series: str) -> Grant:
    """End a grant whose holder is lost (varauksen purkaminen). Numbers that the holder gave and that come later are
    taken while they follow in order, and otherwise wait for a person."""

    def work(deed: _Deed) -> Grant:
        deed.demand_administrator()
        lock_series(deed.connection, series)
        hold = hold_in_force(deed.connection, series)
        if hold is not None:
            deed.end(hold, "broken")
            deed.note("series.break", N_("Purettu sarjan {series} varaus"))
        return deed.grant()

    return _run(database, domain, principal, at, series, work)


def held_by(database: Database, principal: Principal) -> list[Grant]:
    """The series that the workstation holds, by name."""
    return [g for g in all_held(database, principal) if g.mine]


def all_held(database: Database, principal: Principal) -> list[Grant]:
    """Every series that is held, by name."""
    query = select(held_series).where(held_series.c.ended_at.is_(None)).order_by(held_series.c.series)
    with database.reading() as connection:
        return [_grant(connection, principal, hold.series, hold) for hold in connection.execute(query).all()]


def _grant(connection: Connection, principal: Principal, series: str, hold: Any) -> Grant:
    following = peek_number(connection, series)
    if hold is None:
        return Grant(series, next=following)
    return Grant(
        series=series,
        generation=hold.generation,
        next=following,
        holder=hold.person_id,
        name=holder_name(connection, hold),
        municipality=hold.municipality,
        since=hold.since,
        mine=hold.client_id == principal.client_id,
    )


class _Deed:
    """One of the calls, in a request of its own: rights are asked and the audit is written as for what is pushed."""

    def __init__(self, request: Request, series: str, municipality: str) -> None:
        self.request, self.series, self.municipality = request, series, municipality
        self.connection = request.connection

    def demand_right(self) -> None:
        """Refuse whoever may not number in the series."""
        unit, holding = self.request.unit, self.request.domain.holding
        assert holding is not None
        if not unit.principal.trusted:
            holding.demand(unit, self.series)

    def demand_administrator(self) -> None:
        """Refuse whoever does not administer the municipality."""
        unit = self.request.unit
        access = access_of(self.connection, unit.session, self.request.at)
        if not unit.principal.trusted and not access.has_role(Role.ADMINISTRATOR):
            raise NotAllowed(_("Varauksen purkaa kunnan pääkäyttäjä."))

    def end(self, hold: Any, how: str) -> None:
        """The grant ends; its record stays."""
        c = held_series.c
        this = (c.series == self.series) & (c.generation == hold.generation)
        self.connection.execute(
            update(held_series).where(this).values(ended_at=self.request.at, ended_how=how)
        )

    def grant(self) -> Grant:
        """Who holds the series now."""
        hold = hold_in_force(self.connection, self.series)
        return _grant(self.connection, self.request.principal, self.series, hold)

    def note(self, command: str, title: str) -> None:
        """An entry in the audit."""
        self.request.unit.about = ("series", self.series)
        group = {
            "group_id": new_id(),
            "command": command,
            "at": to_text(self.request.at),
            "municipality": self.municipality,
            "title": title,
            "words": {"series": self.series},
        }
        self.request.notes.group(group, [], destroys=False)


def _run(
    database: Database,
    domain: Domain,
    principal: Principal,
    at: datetime,
    series: str,
    work: Callable[[_Deed], _T],
) -> _T:
    municipality = domain.holding.municipality(series) if domain.holding is not None else None
    if municipality is None:
        raise UserError(_("Sarjaa {series} ei voi varata.").format(series=series), code="not_found")

    def run(connection: Connection) -> _T:
        request = Request(connection, domain, principal, at, None, careful=False)
        request.unit.begin(Session(principal.person_id, municipality), "")
        made = work(_Deed(request, series, municipality))
        request.unit.accept()
        request.finish()
        return made

    return database.write(run)
