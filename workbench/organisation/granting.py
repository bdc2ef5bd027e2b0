"""Which scopes a person may read, and from when till when: the read rule of :mod:`workbench.organisation.access`,
turned round. The server keeps the answer for every person; a property test compares the two.

Times are instants: a role's first day begins and its last day ends at midnight in Finland.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, select

from workbench.clock import FINLAND
from workbench.organisation.model import READERS, Role, RoleGrant
from workbench.organisation.tables import access_right, person, role, secrecy_scope

GLOBAL = "global"


@dataclass(frozen=True)
class Window:
    """A time during which something may be read; None is no limit. The end itself is outside."""

    start: datetime | None
    end: datetime | None

    def holds(self, at: datetime) -> bool:
        """True within the window."""
        return (self.start is None or self.start <= at) and (self.end is None or at < self.end)


ALWAYS = Window(None, None)


@dataclass(frozen=True)
class Grant:
    """That a person may read a scope. ``role`` names one of the roles that give it, for the person to see."""

    scope: str
    role: str
    window: Window


@dataclass(frozen=True)
class _Held:
    """A reading role of a person, and when she has it."""

    grant: RoleGrant
    window: Window

    @property
    def role(self) -> str:
        return self.grant.role.value


def window_of_days(first: date | None, last: date | None) -> Window:
    """Whole Finnish days as instants."""
    start = datetime.combine(first, time(), FINLAND) if first else None
    end = datetime.combine(last + timedelta(days=1), time(), FINLAND) if last else None
    return Window(start, end)


def grants_of_persons(
    connection: Connection, persons: Collection[str], scopes: Collection[str], at: datetime
) -> dict[str, list[Grant]]:
    """For each person the grants to those of the given scopes that she may read now or later."""
    held = _roles(connection, persons)
    active = set(
        connection.execute(
            select(person.c.id).where(person.c.id.in_(persons), person.c.active == 1)
        ).scalars()
    )
    places = _places(connection, scopes)
    rights = _rights(connection, persons, scopes)
    found: dict[str, list[Grant]] = {}
    for person_id in persons:
        roles = held.get(person_id, []) if person_id in active else []
        given = [
            _grant(scope, roles, places.get(scope), rights.get((person_id, scope), []), at)
            for scope in scopes
            if scope != GLOBAL
        ]
        found[person_id] = [g for g in given if g is not None]
        if person_id in active and GLOBAL in scopes:
            found[person_id].append(Grant(GLOBAL, "", ALWAYS))
    return found


def persons_reaching(connection: Connection, scopes: Collection[str]) -> set[str]:
    """Persons whose roles or rights may give them any of the scopes; wider than the truth, never narrower."""
    places = _places(connection, scopes)
    municipalities = {s[5:].partition("/")[0] for s in scopes if s.startswith("unit:")}
    municipalities |= {municipality for municipality, _office in places.values()}
    found = set(
        connection.execute(select(role.c.person_id).where(role.c.municipality.in_(municipalities))).scalars()
    )
    r = access_right.c
    return found | set(connection.execute(select(r.person_id).where(r.target.in_(scopes))).scalars())


def _roles(connection: Connection, persons: Collection[str]) -> dict[str, list[_Held]]:
    c = role.c
    query = select(c.person_id, c.municipality, c.office, c.role, c.secret, c.valid_from, c.valid_to)
    found: dict[str, list[_Held]] = {}
    for r in connection.execute(query.where(c.person_id.in_(persons))):
        window = _both(window_of_days(r.valid_from, None), window_of_days(None, r.valid_to))
        if Role(r.role) in READERS and window is not None:
            held = _Held(RoleGrant(r.municipality, r.office, Role(r.role), bool(r.secret)), window)
            found.setdefault(r.person_id, []).append(held)
    return found


def _places(connection: Connection, scopes: Collection[str]) -> dict[str, tuple[str, str]]:
    restricted = [s for s in scopes if not s.startswith("unit:") and s != GLOBAL]
    c = secrecy_scope.c
    query = select(c.target, c.municipality, c.office).where(c.target.in_(restricted))
    return {target: (municipality, office) for target, municipality, office in connection.execute(query)}


def _rights(
    connection: Connection, persons: Collection[str], scopes: Collection[str]
) -> Mapping[tuple[str, str], list[tuple[str, Window]]]:
    c = access_right.c
    query = select(c.person_id, c.target, c.municipality, c.valid_to).where(
        c.person_id.in_(persons), c.target.in_(scopes)
    )
    found: dict[tuple[str, str], list[tuple[str, Window]]] = {}
    for person_id, target, municipality, valid_to in connection.execute(query):
        found.setdefault((person_id, target), []).append((municipality, window_of_days(None, valid_to)))
    return found


def _grant(
    scope: str,
    roles: list[_Held],
    place: tuple[str, str] | None,
    rights: list[tuple[str, Window]],
    at: datetime,
) -> Grant | None:
    windows: list[tuple[Window, str]] = []
    if scope.startswith("unit:"):
        municipality, office, _main_class = scope[5:].split("/")
        windows = [(h.window, h.role) for h in roles if h.grant.covers(municipality, office)]
    else:
        if place is not None:
            windows = [(h.window, h.role) for h in roles if h.grant.secret and h.grant.covers(*place)]
        for municipality, window in rights:
            # A right to a secret is used only while one has some role in that municipality.
            for h in roles:
                both = _both(h.window, window) if h.grant.municipality == municipality else None
                if both is not None:
                    windows.append((both, h.role))
    if not windows:
        return None
    joined = _joined((w for w, _r in windows), at)
    if joined is None:
        return None
    named = next((r for w, r in windows if w.holds(at)), windows[0][1])
    return Grant(scope, named, joined)


def _both(one: Window, other: Window) -> Window | None:
    start = max((w for w in (one.start, other.start) if w is not None), default=None)
    end = min((w for w in (one.end, other.end) if w is not None), default=None)
    return None if start is not None and end is not None and start >= end else Window(start, end)


def _joined(windows: Iterable[Window], at: datetime) -> Window | None:
    """The unbroken time that holds now, or else the next one to come; None when all are over."""
    joined: Window | None = None
    for window in sorted(windows, key=lambda w: (w.start is not None, w.start or at)):
        if window.end is not None and window.end <= at:
            continue
        if joined is None:
            joined = window
        elif joined.end is None:
            break
        elif window.start is None or window.start <= joined.end:
            joined = Window(joined.start, None if window.end is None else max(joined.end, window.end))
        else:
            break
    return joined


def readable_by(connection: Connection, person_id: str, unit_scopes: Iterable[str]) -> set[str]:
    """Every scope worth asking for a person: those of her municipalities, and the restricted ones that a right
    or a role may open."""
    c = role.c
    mine = list(
        connection.execute(select(c.municipality).where(c.person_id == person_id).distinct()).scalars()
    )
    prefixes = tuple(f"unit:{m}/" for m in mine)
    found = {s for s in unit_scopes if s.startswith(prefixes)} if prefixes else set()
    s, r = secrecy_scope.c, access_right.c
    secret = select(c.municipality).where(c.person_id == person_id, c.secret == 1)
    opened = select(s.target).where(s.municipality.in_(secret))
    own = select(r.target).where(r.person_id == person_id)
    found |= set(connection.execute(opened).scalars()) | set(connection.execute(own).scalars())
    return found | {GLOBAL}
