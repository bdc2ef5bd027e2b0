"""Upkeep (ylläpitosiivous): what a server need not keep goes. Nothing of the audit and nothing of any row is touched.

Retention is the protocol's (docs/wire.md): outcomes of groups, and entries that say that something was taken away, are
kept for at least :data:`KEPT`. Whoever has not read that far fetches everything anew: ``clock.floor``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, func, select, tuple_, update

from workbench.server.blobs import sweep_uploads
from workbench.server.desk import Desk
from workbench.server.identity.noting import note_refused
from workbench.server.identity.schema import access_token, adoption, device, enrolment, family, refresh_token
from workbench.server.schema import audit, clock, entry, group_result, lease

KEPT = timedelta(days=400)
UNFINISHED = timedelta(days=7)
"""Pieces of a content nobody has added to for so long are dropped; it is sent from its beginning then."""

_AT_ONCE = 5000


@dataclass(frozen=True)
class Tidied:
    """How many of each went: pieces of contents, tokens, sessions, joining codes, leases, outcomes of groups,
    entries of the log; and how many refused tries at signing in the audit was told of."""

    uploads: int
    tokens: int
    sessions: int
    codes: int
    leases: int
    results: int
    entries: int
    refused: int


def tidy(desk: Desk) -> Tidied:
    """Do all of it, a little at a time, so that others write in between. Twice at once does no harm."""
    now, write = desk.clock.now(), desk.database.write
    old = now - KEPT
    return Tidied(
        uploads=sweep_uploads(desk, now - UNFINISHED),
        tokens=_drop(desk, access_token, _spent(access_token, now))
        + _drop(desk, refresh_token, _spent(refresh_token, now)),
        sessions=_drop(desk, family, _over()),
        codes=write(lambda c: _drop_codes(c, now)),
        leases=_drop(desk, lease, lease.c.until <= now),
        results=_drop(desk, group_result, group_result.c.at < old),
        entries=_forget(desk, old),
        refused=write(lambda c: note_refused(c, desk.policy, now)),
    )


def _drop(desk: Desk, own: Table, where: ColumnElement[bool]) -> int:
    """Delete the rows of a condition from a table of the server's own, some at a time."""
    key = tuple_(*own.primary_key.columns)

    def some(connection: Connection) -> int:
        first = select(*own.primary_key.columns).where(where).limit(_AT_ONCE)
        # Asked once more: a row may have been renewed since it was found.
        return connection.execute(delete(own).where(key.in_(first), where)).rowcount

    count = 0
    while found := desk.database.write(some):
        count += found
    return count


def _spent(table: Table, now: datetime) -> ColumnElement[bool]:
    """Tokens that open nothing any more. A workstation that was reported lost keeps its: by them it is told so."""
    lost = select(family.c.id).join(device, device.c.client_id == family.c.client_id)
    return (table.c.expires_at <= now) & table.c.family_id.not_in(lost.where(device.c.lost_at.is_not(None)))


def _over() -> ColumnElement[bool]:
    """Sessions whose tokens have all gone: a refresh token outlives whatever it was given with."""
    tokens = (access_token, refresh_token)
    return and_(*(family.c.id.not_in(select(t.c.family_id)) for t in tokens))


def _drop_codes(connection: Connection, now: datetime) -> int:
    """Joining codes whose time is over, and what an unused one would have allowed."""
    count = connection.execute(delete(enrolment).where(enrolment.c.expires_at <= now)).rowcount
    known = select(enrolment.c.token_hash)
    connection.execute(
        delete(adoption).where(adoption.c.client_id == "", adoption.c.token_hash.not_in(known))
    )
    return count


def _forget(desk: Desk, before: datetime) -> int:
    """Drop entries of the log that say that something was taken away, once they are old; returns how many."""
    with desk.database.reading() as connection:
        last = _number_at(connection, before)

    def some(connection: Connection) -> int:
        # The counter first, as every push takes it before it writes the log.
        connection.execute(update(clock).values(floor=func.coalesce(clock.c.floor, 0)))
        gone = (entry.c.op != "put") & (entry.c.seq <= last)
        first = select(entry.c.seq).where(gone).order_by(entry.c.seq).limit(_AT_ONCE)
        seqs = connection.execute(delete(entry).where(entry.c.seq.in_(first), gone).returning(entry.c.seq))
        found = list(seqs.scalars())
        if found:
            known = connection.execute(select(clock.c.floor)).scalar_one()
            connection.execute(update(clock).values(floor=max(known, *found)))
        return len(found)

    count = 0
    while found := desk.database.write(some):
        count += found
    return count


def _number_at(connection: Connection, moment: datetime) -> int:
    """The last number of the log given at a moment or before, out of the audit, whose numbers follow time."""
    found, low = 0, 0
    high = int(connection.execute(select(clock.c.seq)).scalar_one())
    while low < high:
        middle = (low + high + 1) // 2
        near = select(audit.c.n, audit.c.at).where(audit.c.n <= middle).order_by(audit.c.n.desc()).limit(1)
        row = connection.execute(near).first()
        if row is not None and row.at <= moment:
            found, low = row.n, middle
        else:
            high = (row.n if row is not None else middle) - 1
    return found
