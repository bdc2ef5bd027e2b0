"""Lists of cases: a filter gives ids, ids give small frozen rows; the access rule is inside each query."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from workbench.cases import tables as t
from workbench.cases.model import OPEN_STATES
from workbench.clock import local
from workbench.context import Session
from workbench.errors import UserError
from workbench.i18n import _
from workbench.organisation import tables as organisation
from workbench.organisation.access import visible
from workbench.organisation.queries import access_for
from workbench.store.store import Reader

SOON_DAYS = 7

Values = str | tuple[str, ...]
"""One value, or several of which any will do; empty means any at all."""


@dataclass(frozen=True)
class CaseFilter:
    """What a list of cases is limited to. Empty means "any".

    ``state`` is ``open``, ``closed``, ``voided``, ``all`` or a state's own name; ``handler`` a person's
    id, ``me`` or ``none``; ``due`` is ``late`` or ``soon``; ``mark`` is ``favourite`` or ``watch``.
    Most take several values at once.
    """

    municipality: str = ""
    state: Values = "open"
    class_prefix: Values = ""
    case_type: Values = ""
    office: Values = ""
    handler: Values = ""
    phase: Values = ""
    publicity: Values = ""
    due: Values = ""
    mark: Values = ""
    registered_from: date | None = None
    registered_to: date | None = None
    title_part: str = ""
    sort: str = "registered_at"
    descending: bool = True


@dataclass(frozen=True)
class CaseRow:
    """A case as a list shows it."""

    k: int
    id: str
    number: str
    title: str
    state: str
    phase: str
    case_type: str
    class_code: str
    municipality: str
    office: str
    handler_id: str
    registered_at: Any
    opened_on: date
    due_on: date | None
    publicity: str
    restricted: bool
    voided: bool


_C = t.case_file.c
ROW_COLUMNS: tuple[Any, ...] = (
    _C.k,
    _C.id,
    func.coalesce(_C.number, ""),
    _C.title,
    _C.state,
    _C.phase,
    _C.case_type,
    _C.class_code,
    _C.municipality,
    _C.office,
    func.coalesce(_C.handler_id, ""),
    _C.registered_at,
    _C.opened_on,
    _C.due_on,
    _C.publicity,
    _C.restricted,
    _C.voided_at.is_not(None),
)
"""The columns of a :class:`CaseRow`, in the order of its fields."""


SORTS = {
    "registered_at": t.case_file.c.registered_at,
    "number": t.case_file.c.running,
    "title": t.case_file.c.title,
    "due_on": t.case_file.c.due_on,
    "class_code": t.case_file.c.class_code,
    "state": t.case_file.c.state,
    "handler_id": select(organisation.person.c.name)
    .where(organisation.person.c.id == t.case_file.c.handler_id)
    .scalar_subquery(),
    "phase": t.case_file.c.phase,
    "office": t.case_file.c.office,
    "case_type": t.case_file.c.case_type,
    "opened_on": t.case_file.c.opened_on,
}
_MAY_LACK = frozenset({"due_on", "handler_id"})
"""What lacks the value goes last, whichever way one sorts."""


def conditions(
    session: Session, today: date, wanted: CaseFilter, also: Sequence[str] = ()
) -> list[ColumnElement[bool]]:
    """The filter alone as SQL, on the columns of the table.

    ``also`` are ids that pass the title's part by other words.
    """
    c = t.case_file.c
    found: list[ColumnElement[bool]] = []
    municipality = wanted.municipality or session.municipality
    if municipality:
        found.append(c.municipality == municipality)
    states = _several(wanted.state)
    if states and "all" not in states:
        found.append(or_(*(_state(c, state) for state in states)))
    for column, value in (
        (c.case_type, wanted.case_type),
        (c.office, wanted.office),
        (c.phase, wanted.phase),
        (c.publicity, wanted.publicity),
    ):
        if value:
            found.append(column.in_(_several(value)))
    if wanted.class_prefix:
        prefixes = _several(wanted.class_prefix)
        found.append(or_(*(and_(c.class_code >= p, c.class_code < p + "~") for p in prefixes)))
    if wanted.handler:
        found.append(or_(*(_handled_by(c, h, session) for h in _several(wanted.handler))))
    if wanted.due:
        found.append(or_(*(_due(c, due, today) for due in _several(wanted.due))))
    if wanted.mark:
        marks = select(t.case_mark.c.case_id).where(
            t.case_mark.c.person_id == session.person_id,
            t.case_mark.c.mark.in_(_several(wanted.mark)),
        )
        found.append(c.id.in_(marks))
    found += _days(c, wanted)
    if wanted.title_part:
        found.append(_words(c, wanted.title_part, also))
    return found


def filtered(reader: Reader, wanted: CaseFilter, also: Sequence[str] = ()) -> list[ColumnElement[bool]]:
    """The filter and the access rule of a reader."""
    readable = visible(t.case_file.c.scope_id, access_for(reader))
    return [readable, *conditions(reader.session, local(reader.at).date(), wanted, also)]


def _days(c: Any, wanted: CaseFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.registered_from:
        found.append(c.opened_on >= wanted.registered_from)
    if wanted.registered_to:
        found.append(c.opened_on <= wanted.registered_to)
    return found


def _words(c: Any, part: str, also: Sequence[str]) -> ColumnElement[bool]:
    ways = [c.title.contains(part, autoescape=True), c.number.startswith(part, autoescape=True)]
    if also:
        ways.append(c.id.in_(list(also)))
    return or_(*ways)


def _several(values: Values) -> tuple[str, ...]:
    if isinstance(values, str):
        return (values,) if values else ()
    return values


def _living(c: Any) -> ColumnElement[bool]:
    return and_(c.voided_at.is_(None), c.merged_into.is_(None))


def _state(c: Any, state: str) -> ColumnElement[bool]:
    if state == "open":
        return and_(_living(c), c.state.in_([s.value for s in OPEN_STATES]))
    if state == "closed":
        return and_(_living(c), c.closed_on.is_not(None))
    if state == "voided":
        return or_(c.voided_at.is_not(None), c.merged_into.is_not(None))
    return and_(_living(c), c.state == state)


def _handled_by(c: Any, handler: str, session: Session) -> ColumnElement[bool]:
    person = session.person_id if handler == "me" else handler
    found: ColumnElement[bool] = c.handler_id.is_(None) if handler == "none" else c.handler_id == person
    return found


def _due(c: Any, due: str, today: date) -> ColumnElement[bool]:
    if due == "late":
        return and_(c.due_on < today, c.closed_on.is_(None), _living(c))
    soon = today + timedelta(days=SOON_DAYS)
    return and_(c.due_on >= today, c.due_on <= soon, c.closed_on.is_(None), _living(c))


def find_cases(reader: Reader, wanted: CaseFilter, also: Sequence[str] = ()) -> array[int]:
    """Numbers (``k``) of the cases of a filter, in its order; ``also`` as in :func:`conditions`."""
    return array("q", _numbers(reader, wanted, also))


def find_cases_first(
    reader: Reader, wanted: CaseFilter, first: int, also: Sequence[str] = ()
) -> Iterator[array[int]]:
    """The same in two goes of one statement: the first so many numbers as soon as they are known, then all
    of them."""
    numbers = _numbers(reader, wanted, also)
    found = array("q", islice(numbers, first))
    yield found
    if len(found) == first:
        yield found + array("q", numbers)


def _numbers(reader: Reader, wanted: CaseFilter, also: Sequence[str]) -> Iterator[int]:
    column = SORTS[wanted.sort]
    order = column.desc() if wanted.descending else column.asc()
    if wanted.sort in _MAY_LACK:
        order = order.nulls_last()
    query = select(t.case_file.c.k).where(*filtered(reader, wanted, also=also))
    query = query.order_by(order, t.case_file.c.k.desc() if wanted.descending else t.case_file.c.k)
    yield from reader.connection.execute(query).scalars()


def load_cases(reader: Reader, numbers: Sequence[int]) -> list[CaseRow]:
    """Rows for the given numbers, in their order; what has gone or may not be seen is left out."""
    c = t.case_file.c
    query = select(*ROW_COLUMNS).where(
        c.k.in_(list(numbers)), visible(c.scope_id, access_for(reader), of_few=True)
    )
    found = {row[0]: CaseRow(*row) for row in reader.connection.execute(query)}
    return [found[k] for k in numbers if k in found]


def load_cases_by_id(reader: Reader, ids: Sequence[str]) -> list[CaseRow]:
    """Rows for the given ids, in their order."""
    c = t.case_file.c
    query = select(*ROW_COLUMNS).where(
        c.id.in_(list(ids)), visible(c.scope_id, access_for(reader), of_few=True)
    )
    found = {row[1]: CaseRow(*row) for row in reader.connection.execute(query)}
    return [found[i] for i in ids if i in found]


def find_case_id(reader: Reader, number: str) -> str | None:
    """Id of the case a number leads to, in the municipalities one acts for: a merged case's number leads
    to its survivor, one that no case has any more to the case that had it."""
    c = t.case_file.c
    former = func.json_each(c.former_numbers).table_valued("value")
    had = and_(
        c.former_numbers.is_not(None),
        select(former.c.value).where(former.c.value == number.strip()).exists(),
    )
    found: list[str] = []
    for way in (c.number == number.strip(), had):
        query = select(c.id).where(way, visible(c.scope_id, access_for(reader)))
        if reader.session.municipality:
            query = query.where(c.municipality == reader.session.municipality)
        found = found or list(reader.connection.execute(query).scalars())
    if len(found) > 1:
        raise UserError(
            _("Tunnus {number} on usean kunnan asialla. Kerro, minkä kunnan asiaa tarkoitat.").format(
                number=number.strip()
            ),
            field="municipality",
            code="ambiguous",
        )
    survivors = survivors_of(reader, found)
    return survivors[found[0]] if found and load_cases_by_id(reader, list(survivors.values())) else None


def survivors_of(reader: Reader, ids: Iterable[str]) -> dict[str, str]:
    """For each case the one it was merged into in the end, or itself."""
    c = t.case_file.c
    found = {case_id: case_id for case_id in ids}
    asked = set(found.values())
    while asked:
        query = select(c.id, c.merged_into).where(c.id.in_(asked), c.merged_into.is_not(None))
        steps = {row.id: row.merged_into for row in reader.connection.execute(query)}
        found = {case_id: steps.get(at, at) for case_id, at in found.items()}
        asked = set(steps.values())
    return found


@dataclass(frozen=True)
class Facet:
    """One value of a facet with how many cases have it."""

    value: str
    count: int


def load_facets(reader: Reader, wanted: CaseFilter) -> dict[str, list[Facet]]:
    """Counts by state, main class, type, handler, office, due day and own marks; each facet ignores its own
    filter, so that another value of it can be chosen.

    Facets that limit nothing now are counted together, in one walk over the cases.
    """
    c = t.case_file.c
    today = local(reader.at).date()
    columns: dict[str, Any] = {
        "state": case((_living(c), c.state), else_="voided"),
        "class_prefix": func.substr(c.class_code, 1, 2),
        "case_type": c.case_type,
        "handler": c.handler_id,
        "office": c.office,
        "due": case((_due(c, "late", today), "late"), (_due(c, "soon", today), "soon")),
    }
    idle = [name for name in columns if not getattr(wanted, name)]
    found = _tally(reader, wanted, {name: columns[name] for name in idle}) if idle else {}
    for name, column in columns.items():
        if name not in idle:
            found |= _tally(reader, replace(wanted, **_field(name, "")), {name: column})
    due = found["due"]
    found["due"] = {value: due.get(value, 0) for value in ("late", "soon")}
    found["mark"] = {
        mark: _count(reader, replace(wanted, **_field("mark", mark))) for mark in ("favourite", "watch")
    }
    return {
        name: [Facet(str(v or "none"), n) for v, n in sorted(counts.items(), key=lambda pair: -pair[1])[:30]]
        for name, counts in found.items()
    }


def _tally(reader: Reader, wanted: CaseFilter, columns: dict[str, Any]) -> dict[str, dict[Any, int]]:
    """How many cases of a filter have each value of each column."""
    query = select(*columns.values(), func.count()).where(*filtered(reader, wanted))
    found: dict[str, dict[Any, int]] = {name: {} for name in columns}
    for *values, count in reader.connection.execute(query.group_by(*columns.values())):
        for counts, value in zip(found.values(), values, strict=True):
            counts[value] = counts.get(value, 0) + count
    return found


def _count(reader: Reader, wanted: CaseFilter) -> int:
    query = select(func.count()).select_from(t.case_file).where(*filtered(reader, wanted))
    return int(reader.connection.execute(query).scalar_one())


def _field(name: str, value: str) -> dict[str, Any]:
    return {name: value}
