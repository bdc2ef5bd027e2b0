"""Keeping the materialised grants in step with roles, rights, places and time.

A grant that begins or ends is an entry in the person's own scope, so that losing access is a change like any
other. Each beginning has a number of its own (``gen``), so that a loss and a return between two pulls is seen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, or_, select, update

from workbench.organisation.granting import Grant, grants_of_persons, persons_reaching, readable_by
from workbench.server.database import upsert
from workbench.server.schema import clock, grants, scope_stat

GrantEntry = tuple[str, str, str]  # person, scope, put | del


def renew_persons(connection: Connection, persons: Collection[str], at: datetime) -> list[GrantEntry]:
    """Work out anew all that the persons may read."""
    told: list[GrantEntry] = []
    units = connection.execute(
        select(scope_stat.c.scope).where(scope_stat.c.scope >= "unit:", scope_stat.c.scope < "unit;")
    )
    unit_scopes = list(units.scalars())
    for person_id in sorted(persons):
        scopes = readable_by(connection, person_id, unit_scopes)
        wanted = grants_of_persons(connection, [person_id], sorted(scopes), at)[person_id]
        known = _known(connection, grants.c.person_id == person_id)
        told += _settle(connection, person_id, wanted, known, at)
    return told


def renew_scopes(connection: Connection, scopes: Collection[str], at: datetime) -> list[GrantEntry]:
    """Work out anew who may read the scopes."""
    if not scopes:
        return []
    told: list[GrantEntry] = []
    known_all = _known(connection, grants.c.scope.in_(scopes))
    persons = persons_reaching(connection, scopes) | {g["person_id"] for g in known_all}
    wanted = grants_of_persons(connection, sorted(persons), sorted(scopes), at)
    for person_id in sorted(persons):
        known = [g for g in known_all if g["person_id"] == person_id]
        told += _settle(connection, person_id, wanted[person_id], known, at)
    return told


def pass_time(connection: Connection, at: datetime) -> list[GrantEntry]:
    """Grants that have begun or ended by now. Cheap while none has."""
    due = connection.execute(select(clock.c.next_change)).scalar()
    if due is None or due > at:
        return []
    g = grants.c
    query = select(g.person_id).where(
        or_((g.active == 1) & (g.valid_to <= at), (g.active == 0) & (g.valid_from <= at))
    )
    persons = set(connection.execute(query.distinct()).scalars())
    told = renew_persons(connection, persons, at)
    note_next_change(connection, at)
    return told


def note_next_change(connection: Connection, at: datetime) -> None:
    """Remember when a grant next begins or ends by itself."""
    g = grants.c
    begins = select(func.min(g.valid_from)).where(g.active == 0, g.valid_from > at)
    ends = select(func.min(g.valid_to)).where(g.active == 1, g.valid_to > at)
    moments = [m for q in (begins, ends) if (m := connection.execute(q).scalar()) is not None]
    connection.execute(update(clock).values(next_change=min(moments, default=None)))


def _known(connection: Connection, where: Any) -> list[dict[str, Any]]:
    query = select(grants).where(where)
    if connection.dialect.name == "postgresql":
        query = query.order_by(grants.c.person_id, grants.c.scope).with_for_update()
    return [dict(r) for r in connection.execute(query).mappings()]


def _settle(
    connection: Connection,
    person_id: str,
    wanted: Iterable[Grant],
    known: Iterable[dict[str, Any]],
    at: datetime,
) -> list[GrantEntry]:
    """Write the difference; what begins, ends, or ends at another time is told."""
    told: list[GrantEntry] = []
    rows: list[dict[str, Any]] = []
    before = {g["scope"]: g for g in known}
    for grant in wanted:
        old = before.pop(grant.scope, None)
        active = grant.window.holds(at)
        was = old is not None and old["active"]
        row = {
            "person_id": person_id,
            "scope": grant.scope,
            "role": grant.role,
            "gen": (old["gen"] if old else 0) + (active and not was),
            "active": active,
            "valid_from": grant.window.start,
            "valid_to": grant.window.end,
        }
        if row == old:
            continue
        rows.append(row)
        if active and (not was or old is None or old["valid_to"] != row["valid_to"]):
            told.append((person_id, grant.scope, "put"))
        elif was and not active:
            told.append((person_id, grant.scope, "del"))
    for scope, old in before.items():
        if old["active"] or old["valid_from"] is not None:
            rows.append(old | {"active": False, "valid_from": None, "valid_to": None})
        if old["active"]:
            told.append((person_id, scope, "del"))
    upsert(connection, grants, rows, key=("person_id", "scope"))
    return told
