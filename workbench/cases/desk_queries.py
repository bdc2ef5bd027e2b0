"""What a person's desk shows: arrivals to register, what is due or late, what waits for her."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select

from workbench.cases import tables as t
from workbench.cases.intake.queries import ArrivalRow, find_arrivals, load_arrivals
from workbench.cases.model import OPEN_STATES
from workbench.cases.queries import CaseRow, load_cases_by_id
from workbench.clock import local
from workbench.organisation.access import visible
from workbench.organisation.queries import access_for
from workbench.store.schema import journal
from workbench.store.store import Reader

HORIZON_DAYS = 14
SHOWN = 60


@dataclass(frozen=True)
class DueRow:
    """A case or a task with a day to keep. ``kind`` is ``case_file`` or ``task``."""

    kind: str
    case_id: str
    number: str
    title: str
    due_on: date


@dataclass(frozen=True)
class WaitingRow:
    """Something that came to the person's desk and waits there."""

    case_id: str
    number: str
    title: str
    why: str
    since: datetime


@dataclass(frozen=True)
class DeskWork:
    """Everything the desk shows, with full counts beside the shown rows."""

    arrivals: tuple[ArrivalRow, ...]
    arrivals_total: int
    due: tuple[DueRow, ...]
    due_total: int
    waiting: tuple[WaitingRow, ...]
    waiting_total: int


def load_desk(reader: Reader) -> DeskWork:
    """The desk of whoever reads, for the municipality acted for."""
    numbers = find_arrivals(reader)
    due = _due(reader)
    waiting = _waiting(reader)
    return DeskWork(
        arrivals=tuple(load_arrivals(reader, numbers[:SHOWN])),
        arrivals_total=len(numbers),
        due=tuple(due[:SHOWN]),
        due_total=len(due),
        waiting=tuple(waiting[:SHOWN]),
        waiting_total=len(waiting),
    )


def _due(reader: Reader) -> list[DueRow]:
    """Own cases and own tasks that are late, due within two weeks or to be reminded of by now."""
    c, k, access = t.case_file.c, t.task.c, access_for(reader)
    end = local(reader.at).date() + timedelta(days=HORIZON_DAYS)
    here = [c.municipality == reader.session.municipality] if reader.session.municipality else []
    cases = select(c.id, c.number, c.title, c.due_on).where(
        c.handler_id == access.person_id,
        c.due_on <= end,
        c.state.in_([s.value for s in OPEN_STATES]),
        c.voided_at.is_(None),
        visible(c.scope_id, access),
        *here,
    )
    tasks = (
        # A reminder without a day to keep counts from the day it was to be given.
        select(k.case_id, c.number, k.title, func.coalesce(k.due_on, k.remind_on))
        .select_from(t.task.join(t.case_file, c.id == k.case_id))
        .where(
            k.assignee_id == access.person_id,
            k.done_at.is_(None),
            or_(k.due_on <= end, k.remind_on <= local(reader.at).date()),
            visible(k.scope_id, access),
            *here,
        )
    )
    found = [
        *(DueRow("case_file", *row) for row in reader.connection.execute(cases).all()),
        *(DueRow("task", *row) for row in reader.connection.execute(tasks).all()),
    ]
    return sorted(found, key=lambda row: (row.due_on, row.number or ""))


def _waiting(reader: Reader) -> list[WaitingRow]:
    """Cases handed over to the person lately, and her tasks without a day."""
    c, h, k, access = t.case_file.c, t.handover.c, t.task.c, access_for(reader)
    here = [c.municipality == reader.session.municipality] if reader.session.municipality else []
    later = t.handover.alias()
    latest = select(func.max(later.c.k)).where(later.c.case_id == c.id).scalar_subquery()
    given = (
        select(c.id, c.number, c.title, h.message, h.at)
        .select_from(t.handover.join(t.case_file, c.id == h.case_id))
        .where(
            h.k == latest,
            h.to_id == access.person_id,
            c.handler_id == access.person_id,
            c.phase == "vireilletulo",
            c.state.in_([s.value for s in OPEN_STATES]),
            visible(c.scope_id, access),
            *here,
        )
    )
    tasks = (
        select(k.case_id, c.number, c.title, k.title, c.registered_at)
        .select_from(t.task.join(t.case_file, c.id == k.case_id))
        .where(
            k.assignee_id == access.person_id,
            k.done_at.is_(None),
            or_(k.due_on.is_(None), k.due_on > local(reader.at).date() + timedelta(days=HORIZON_DAYS)),
            or_(k.remind_on.is_(None), k.remind_on > local(reader.at).date()),
            visible(k.scope_id, access),
            *here,
        )
    )
    found = [
        WaitingRow(row[0], row[1] or "", row[2], row[3] or "", row[4])
        for query in (given, tasks)
        for row in reader.connection.execute(query)
    ]
    return sorted(found, key=lambda row: row.since, reverse=True)


RECENT = 12


def load_recent(reader: Reader) -> list[CaseRow]:
    """Cases the person did something to lately, the newest first."""
    j, access = journal.c, access_for(reader)
    ids = (
        reader.connection.execute(
            select(j.row_id)
            .where(j.actor_id == access.person_id, j.kind == "case_file")
            .group_by(j.row_id)
            .order_by(func.max(j.n).desc())
            .limit(4 * RECENT)
        )
        .scalars()
        .all()
    )
    rows = load_cases_by_id(reader, ids)
    here = reader.session.municipality
    return [row for row in rows if not here or row.municipality == here][:RECENT]
