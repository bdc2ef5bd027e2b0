"""The report of unusual viewing (poikkeavan katselun raportti) out of the audit, for a municipality's archivist."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection, Row, func, select

from workbench.cases import tables as t
from workbench.cases.oversight import Opening, demand_oversight
from workbench.cases.unusual import Contact, Unusual, Viewing, unusual
from workbench.clock import FINLAND, to_text
from workbench.context import Session
from workbench.organisation.access import access_of
from workbench.organisation.tables import access_right, person
from workbench.server.database import Database, one_of
from workbench.server.principal import Principal
from workbench.server.pull import let_time_pass, readable_scopes
from workbench.server.schema import audit, audit_value
from workbench.store.domain import Domain

_OPENED = "case.open_secret"
_EARLIEST = date(2000, 1, 1)
"""Before any audit; the calendar's own beginning cannot be told in UTC."""


def unusual_viewing(
    database: Database, domain: Domain, principal: Principal, at: datetime, *, municipality: str, since: date
) -> list[Unusual]:
    """Unusual viewing in a municipality's cases from a day on. Numbers, reasons and parties are looked at as far as
    the archivist who asks may see them. Raises NotAllowed for anybody else."""
    since = max(since, _EARLIEST)
    let_time_pass(database, domain, principal, at)
    with database.reading() as connection:
        demand_oversight(access_of(connection, Session(principal.person_id, municipality), at))
        rows = _opened(connection, principal, at, municipality, since)
        known = _Known.of(connection, principal, at, rows)
    return unusual([_viewing(row, known) for row in rows], at)


def told(found: Unusual) -> dict[str, Any]:
    """A line of the report as it travels."""
    o = found.viewing.opening
    return {
        "at": to_text(o.at),
        "person_id": o.person_id,
        "person": o.person,
        "kind": o.kind,
        "id": found.viewing.row_id,
        "number": o.number,
        "reason": o.reason,
        "signs": [{"code": s.code, "reason": s.reason} for s in found.signs],
    }


def _opened(
    connection: Connection, principal: Principal, at: datetime, municipality: str, since: date
) -> list[Row[Any]]:
    a, v = audit.c, audit_value.c
    readable = (v.audit_n == a.n) & v.scope.in_(readable_scopes(principal, at))
    query = (
        select(a.n, a.at, a.actor_id, a.kind, a.row_id, a.root_id, v.content)
        .select_from(audit.outerjoin(audit_value, readable))
        .where(
            a.action == "deed",
            a.chain == municipality,
            a.at >= datetime.combine(since, time(), FINLAND),
            a.command == _OPENED,
        )
        .order_by(a.n.desc())
    )
    return list(connection.execute(query))


@dataclass
class _Known:
    """What is known of the cases that were opened and of those who opened them."""

    people: dict[str, Contact]
    numbers: dict[str, str]
    own: set[tuple[str, str]]  # (case, person)
    parties: dict[str, tuple[Contact, ...]]
    deeds: dict[tuple[str, str], tuple[int, int]]  # (case, person) → numbers of the first and the last deed

    @classmethod
    def of(
        cls, connection: Connection, principal: Principal, at: datetime, rows: Collection[Row[Any]]
    ) -> _Known:
        mine = readable_scopes(principal, at)
        known = cls({}, {}, set(), {}, {})
        p, c, right = person.c, t.case_file.c, access_right.c
        acting, looked_at = {r.actor_id for r in rows}, sorted({r.root_id for r in rows})
        people = select(p.id, p.name, p.email, p.phone).where(one_of(connection, p.id, acting))
        for one in connection.execute(people):
            known.people[one.id] = Contact(one.name, one.email or "", one.phone or "")
        cases = select(c.id, c.number, c.handler_id, c.registered_by, c.scope_id.in_(mine).label("seen"))
        for one in connection.execute(cases.where(one_of(connection, c.id, looked_at))):
            known.own |= {(one.id, one.handler_id), (one.id, one.registered_by)}
            if one.seen:
                known.numbers[one.id] = one.number or ""
        targets = [f"case:{i}" for i in looked_at]
        for target, holder in connection.execute(
            select(right.target, right.person_id).where(one_of(connection, right.target, targets))
        ):
            known.own.add((target.removeprefix("case:"), holder))
        parties: dict[str, list[Contact]] = defaultdict(list)
        of_people = select(t.party.c.case_id, t.party.c.name, t.party.c.email, t.party.c.phone).where(
            one_of(connection, t.party.c.case_id, looked_at),
            t.party.c.entity == "person",
            t.party.c.scope_id.in_(mine),
        )
        for one in connection.execute(of_people):
            parties[one.case_id].append(Contact(one.name, one.email or "", one.phone or ""))
        deeds = select(audit.c.root_id, audit.c.actor_id, func.min(audit.c.n), func.max(audit.c.n)).where(
            one_of(connection, audit.c.root_id, looked_at), audit.c.command != _OPENED
        )
        for case_id, actor, first, last in connection.execute(
            deeds.group_by(audit.c.root_id, audit.c.actor_id)
        ):
            known.deeds[case_id, actor] = (first, last)
        known.parties = {case_id: tuple(several) for case_id, several in parties.items()}
        return known


def _viewing(row: Row[Any], known: _Known) -> Viewing:
    mine = (row.root_id, row.actor_id)
    viewer = known.people.get(row.actor_id, Contact(row.actor_id))
    first, last = known.deeds.get(mine, (row.n, row.n))
    opening = Opening(
        row.at,
        row.actor_id,
        viewer.name,
        row.kind,
        known.numbers.get(row.root_id, ""),
        str((row.content or {}).get("reason") or ""),
        mine in known.own or first < row.n,
    )
    return Viewing(
        opening, row.row_id, row.root_id, viewer, known.parties.get(row.root_id, ()), followed=last > row.n
    )
