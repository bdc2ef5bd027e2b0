"""Lists of cases: a filter gives ids, ids give small frozen rows; the access rule is inside each query."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from workbench.cases import tables as t
from workbench.cases.model import OPEN_STATES
from workbench.clock import local
from workbench.errors import UserError
from workbench.i18n import _
from workbench.organisation.access import Access, visible
from workbench.organisation.queries import access_for
from workbench.store.store import Reader

SOON_DAYS = 7


@dataclass(frozen=True)
class CaseFilter:
    """What a list of cases is limited to. Empty means "any".

    ``state`` is ``open``, ``closed``, ``voided``, ``all`` or a state's own name; ``handler`` a person's
    id, ``me`` or ``none``; ``due`` is ``late`` or ``soon``; ``mark`` is ``favourite`` or ``watch``.
    """

    municipality: str = ""
    state: str = "open"
    class_prefix: str = ""
    case_type: str = ""
    office: str = ""
    handler: str = ""
    phase: str = ""
    publicity: str = ""
    due: str = ""
    mark: str = ""
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


SORTS = {
    "registered_at": t.case_file.c.registered_at,
    "number": t.case_file.c.running,
    "title": t.case_file.c.title,
    "due_on": t.case_file.c.due_on,
    "class_code": t.case_file.c.class_code,
    "state": t.case_file.c.state,
    "handler_id": t.case_file.c.handler_id,
    "case_type": t.case_file.c.case_type,
    "opened_on": t.case_file.c.opened_on,
}


def conditions(
    reader: Reader, wanted: CaseFilter, access: Access | None = None, of: Any = None
) -> list[ColumnElement[bool]]:
    """The filter and the access rule as SQL, on the columns of the table or of a subquery (``of``)."""
    c, access = of if of is not None else t.case_file.c, access or access_for(reader)
    found: list[ColumnElement[bool]] = [visible(c.scope_id, access)]
    municipality = wanted.municipality or reader.session.municipality
    if municipality:
        found.append(c.municipality == municipality)
    found += _state(c, wanted.state)
    for column, value in (
        (c.case_type, wanted.case_type),
        (c.office, wanted.office),
        (c.phase, wanted.phase),
        (c.publicity, wanted.publicity),
    ):
        if value:
            found.append(column == value)
    if wanted.class_prefix:
        prefix = wanted.class_prefix
        found.append(and_(c.class_code >= prefix, c.class_code < prefix + "~"))
    if wanted.handler == "none":
        found.append(c.handler_id.is_(None))
    elif wanted.handler:
        handler = reader.session.person_id if wanted.handler == "me" else wanted.handler
        found.append(c.handler_id == handler)
    found += _due(c, wanted.due, local(reader.at).date())
    if wanted.mark:
        marks = select(t.case_mark.c.case_id).where(
            t.case_mark.c.person_id == reader.session.person_id, t.case_mark.c.mark == wanted.mark
        )
        found.append(c.id.in_(marks))
    if wanted.registered_from:
        found.append(c.opened_on >= wanted.registered_from)
    if wanted.registered_to:
        found.append(c.opened_on <= wanted.registered_to)
    if wanted.title_part:
        part = wanted.title_part
        found.append(or_(c.title.contains(part, autoescape=True), c.number.startswith(part, autoescape=True)))
    return found


def _state(c: Any, state: str) -> list[ColumnElement[bool]]:
    living = and_(c.voided_at.is_(None), c.merged_into.is_(None))
    if state == "open":
        return [living, c.state.in_([s.value for s in OPEN_STATES])]
    if state == "closed":
        return [living, c.closed_on.is_not(None)]
    if state == "voided":
        return [or_(c.voided_at.is_not(None), c.merged_into.is_not(None))]
    if state in ("", "all"):
        return []
    return [c.state == state]


def _due(c: Any, due: str, today: date) -> list[ColumnElement[bool]]:
    if due == "late":
        return [c.due_on < today, c.closed_on.is_(None)]
    if due == "soon":
        return [c.due_on >= today, c.due_on <= today + timedelta(days=SOON_DAYS), c.closed_on.is_(None)]
    return []


def find_cases(reader: Reader, wanted: CaseFilter) -> array[int]:
    """Numbers (``k``) of the cases of a filter, in its order."""
    column = SORTS[wanted.sort]
    order = column.desc() if wanted.descending else column.asc()
    query = select(t.case_file.c.k).where(*conditions(reader, wanted))
    query = query.order_by(order, t.case_file.c.k.desc() if wanted.descending else t.case_file.c.k)
    return array("q", reader.connection.execute(query).scalars())


def load_cases(reader: Reader, numbers: Sequence[int]) -> list[CaseRow]:
    """Rows for the given numbers, in their order; what has gone or may not be seen is left out."""
    c = t.case_file.c
    query = _rows().where(c.k.in_(list(numbers)), visible(c.scope_id, access_for(reader)))
    found = {row.k: row for row in map(_row, reader.connection.execute(query).all())}
    return [found[k] for k in numbers if k in found]


def load_cases_by_id(reader: Reader, ids: Sequence[str]) -> list[CaseRow]:
    """Rows for the given ids, in their order."""
    c = t.case_file.c
    query = _rows().where(c.id.in_(list(ids)), visible(c.scope_id, access_for(reader)))
    found = {row.id: row for row in map(_row, reader.connection.execute(query).all())}
    return [found[i] for i in ids if i in found]


def find_case_id(reader: Reader, number: str) -> str | None:
    """Id of the case a number leads to, in the municipalities one acts for: a merged case's number leads
    to its survivor."""
    c = t.case_file.c
    query = select(c.id).where(c.number == number.strip(), visible(c.scope_id, access_for(reader)))
    if reader.session.municipality:
        query = query.where(c.municipality == reader.session.municipality)
    found = list(reader.connection.execute(query).scalars())
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
    """Counts by state, main class, type, handler and office; each facet ignores its own filter, so that
    another value of it can be chosen."""
    c = t.case_file.c
    columns: dict[str, tuple[Any, str]] = {
        "state": (c.state, "state"),
        "class_prefix": (func.substr(c.class_code, 1, 2), "class_prefix"),
        "case_type": (c.case_type, "case_type"),
        "handler": (c.handler_id, "handler"),
        "office": (c.office, "office"),
    }
    found: dict[str, list[Facet]] = {}
    for name, (column, own) in columns.items():
        values: dict[str, Any] = {own: "all" if own == "state" else ""}
        free = replace(wanted, **values)
        query = (
            select(column, func.count())
            .where(*conditions(reader, free))
            .group_by(column)
            .order_by(func.count().desc())
            .limit(30)
        )
        found[name] = [Facet(v or "none", n) for v, n in reader.connection.execute(query)]
    return found


def _rows() -> Select[Any]:
    c = t.case_file.c
    return select(
        c.k,
        c.id,
        c.number,
        c.title,
        c.state,
        c.phase,
        c.case_type,
        c.class_code,
        c.municipality,
        c.office,
        c.handler_id,
        c.registered_at,
        c.opened_on,
        c.due_on,
        c.publicity,
        c.restricted,
        c.voided_at,
    )


def _row(r: Any) -> CaseRow:
    return CaseRow(
        k=r.k,
        id=r.id,
        number=r.number or "",
        title=r.title,
        state=r.state,
        phase=r.phase,
        case_type=r.case_type,
        class_code=r.class_code,
        municipality=r.municipality,
        office=r.office,
        handler_id=r.handler_id or "",
        registered_at=r.registered_at,
        opened_on=r.opened_on,
        due_on=r.due_on,
        publicity=r.publicity,
        restricted=bool(r.restricted),
        voided=r.voided_at is not None,
    )
