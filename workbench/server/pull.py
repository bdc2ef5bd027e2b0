"""Giving out the log: everything in the caller's scopes after a number, in the order it came about.

What may be seen is asked at the moment of answering. Any page is answered alike by any process.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Connection, Select, literal, or_, select, union_all

from workbench.clock import to_text
from workbench.server.cursors import Forgotten, from_cursor, to_cursor
from workbench.server.database import Database
from workbench.server.principal import Principal
from workbench.server.push import push
from workbench.server.rows import load_data
from workbench.server.schema import clock, entry, grants, scope_stat
from workbench.store.domain import Domain
from workbench.sync.wire import PULL_ROWS, Entry, Page

WINDOW = 50_000
"""Numbers of the log that a page looks through, so that one who sees little of it costs little."""


def pull(
    database: Database,
    domain: Domain,
    principal: Principal,
    at: datetime,
    *,
    after: str = "",
    until: str = "",
    scope: str = "",
    limit: int = PULL_ROWS,
    all_digests: bool = False,
) -> Page:
    """One page of the main log, or of one scope. Raises :class:`~workbench.server.cursors.Foreign` for a cursor
    of another epoch, and ``Forgotten`` for one that is too old to be told what was taken away after it."""
    let_time_pass(database, domain, principal, at)
    with database.reading() as connection:
        state = connection.execute(select(clock.c.seq, clock.c.epoch, clock.c.floor)).one()
        reading = _Reading(connection, domain, principal, at, state.epoch, state.seq)
        start = from_cursor(state.epoch, after)
        end = min(from_cursor(state.epoch, until), state.seq) if until else state.seq
        # A scope is read whole from its beginning: what counts is the number it is read until, not how far it came.
        if (end if scope else start or end) < (state.floor or 0):
            raise Forgotten(after)
        limit = max(1, min(limit, PULL_ROWS))
        page = reading.of_scope(scope, start, end, limit) if scope else reading.main(start, end, limit)
        if not scope and not page["more"]:
            page["digests"] = reading.digests(page["entries"], all_of_them=all_digests)
        return page


def let_time_pass(database: Database, domain: Domain, principal: Principal, at: datetime) -> None:
    """Let grants begin and end that are due, before anything is answered by them."""
    with database.reading() as connection:
        due = connection.execute(select(clock.c.next_change)).scalar()
    if due is not None and due <= at:
        push(database, domain, principal, [], at)


def granted(principal: Principal, at: datetime) -> Select[Any]:
    """The scopes a person may read at a moment, as a query; her own comes besides."""
    g = grants.c
    return select(g.scope).where(
        g.person_id == principal.person_id, g.active == 1, or_(g.valid_to.is_(None), g.valid_to > at)
    )


def readable_scopes(principal: Principal, at: datetime) -> CompoundSelect[Any]:
    """The scopes a person may read at a moment and her own, as a query."""
    return union_all(granted(principal, at), select(literal(f"user:{principal.person_id}")))


class _Reading:
    """What one page is read with."""

    def __init__(
        self,
        connection: Connection,
        domain: Domain,
        principal: Principal,
        at: datetime,
        epoch: str,
        horizon: int,
    ) -> None:
        self.connection = connection
        self.domain = domain
        self.principal = principal
        self.at = at
        self.epoch = epoch
        self.horizon = horizon
        self.own = f"user:{principal.person_id}"

    def main(self, after: int, end: int, limit: int) -> Page:
        high = min(end, after + WINDOW)
        mine = readable_scopes(self.principal, self.at)
        return self._page(entry.c.scope.in_(mine), after, high, end, limit)

    def of_scope(self, scope: str, after: int, end: int, limit: int) -> Page:
        if scope != self.own:
            query = granted(self.principal, self.at).where(grants.c.scope == scope)
            if self.connection.execute(query).first() is None:
                page = self._made([], end, more=False)
                page["revoked"] = True
                return page
        return self._page(entry.c.scope == scope, after, end, end, limit)

    def _page(self, where: ColumnElement[bool], after: int, high: int, end: int, limit: int) -> Page:
        e = entry.c
        query = (
            select(e.seq, e.scope, e.kind, e.row_id, e.op)
            .where(where, e.seq > after, e.seq <= high)
            .order_by(e.seq)
            .limit(limit + 1)
        )
        found = list(self.connection.execute(query))
        more = len(found) > limit
        found = found[:limit]
        return self._made(self._entries(found), found[-1].seq if more else high, more=more or high < end)

    def _made(self, entries: list[Entry], reached: int, *, more: bool) -> Page:
        return {
            "entries": entries,
            "next": to_cursor(self.epoch, reached),
            "more": more,
            "horizon": to_cursor(self.epoch, self.horizon),
            "server_time": to_text(self.at),
        }

    def _entries(self, found: list[Any]) -> list[Entry]:
        wanted: dict[str, list[str]] = defaultdict(list)
        for _seq, _scope, kind, row_id, op in found:
            if op == "put":
                wanted[kind].append(row_id)
        rows = {
            kind: load_data(self.connection, self.domain.kinds, self.domain.kinds[kind], ids)
            for kind, ids in wanted.items()
            if kind != "grant"
        }
        given = self._grants(wanted.get("grant", []))
        entries: list[Entry] = []
        for seq, scope, kind, row_id, op in found:
            made: Entry = {"seq": seq, "scope": scope, "kind": kind, "id": row_id, "op": op}
            if op == "put" and kind == "grant":
                made |= given[row_id]
            elif op == "put":
                made["rev"], made["data"] = rows[kind][row_id]
            entries.append(made)
        return entries

    def _grants(self, scopes: list[str]) -> dict[str, Entry]:
        g = grants.c
        query = select(g.scope, g.gen, g.role, g.valid_to).where(
            g.person_id == self.principal.person_id, g.scope.in_(scopes)
        )
        found: dict[str, Entry] = {}
        for scope, gen, role, valid_to in self.connection.execute(query) if scopes else ():
            found[scope] = {"gen": gen, "role": role, "valid_to": to_text(valid_to) if valid_to else None}
        return found

    def digests(self, entries: list[Entry], *, all_of_them: bool) -> dict[str, list[Any]]:
        """Count and digest of the scopes the entries touched, or of all the person's."""
        s = scope_stat.c
        query = select(s.scope, s.held, s.digest)
        if all_of_them:
            mine = readable_scopes(self.principal, self.at)
            query = query.where(s.scope.in_(mine))
        else:
            query = query.where(s.scope.in_({e["scope"] for e in entries}))
        return {scope: [held, digest] for scope, held, digest in self.connection.execute(query)}
