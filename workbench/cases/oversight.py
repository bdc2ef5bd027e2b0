"""Oversight of use (käytön seuranta, TihL 17 §): what left the register as a list, and the report of what
secret was opened by whom, when and why, with the days when somebody opened unusually much (TihL 23 §)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import and_, case, select

from workbench.cases import tables as t
from workbench.cases.rights import access
from workbench.clock import FINLAND, local
from workbench.errors import NotAllowed
from workbench.i18n import N_, _
from workbench.organisation.access import Access, demand, visible
from workbench.organisation.model import Answer, Role
from workbench.organisation.queries import access_for, load_names
from workbench.store.commands import Command, CommandSpec, asks
from workbench.store.schema import journal, journal_change, journal_value
from workbench.store.store import Reader
from workbench.store.unit import UnitOfWork

UNUSUAL = 10
"""So many openings of secret things by one person in a day are looked at."""


@dataclass(frozen=True, kw_only=True)
class LogExport(Command):
    """Leave a mark that a list of cases is taken out of the program as a file."""

    count: int


def _log_export(command: LogExport, uow: UnitOfWork) -> None:
    uow.say(N_("Viety luettelo, jossa asioita: {n}"), n=command.count)
    code = uow.session.municipality
    uow.concerns("municipality" if code else "", code, chain=code)


@asks("read")
def _may_export(_command: LogExport, uow: UnitOfWork) -> None:
    demand(Answer(bool(access(uow).reading()), _("Sinulla ei ole oikeutta katsoa asioita.")))


@dataclass(frozen=True)
class Opening:
    """One opening of a secret thing. ``kind`` is ``case_file``, ``document`` or ``party_secret``; ``number``
    and ``reason`` are "" where the reader may not see them; ``own``: the opener handles or registered the
    case."""

    at: datetime
    person_id: str
    person: str
    kind: str
    number: str
    reason: str
    own: bool


def demand_oversight(who: Access) -> None:
    """Refuse whoever may not read what secret was opened by whom: the archivist of the municipality may."""
    if not who.municipality or not who.has_role(Role.ARCHIVIST):
        raise NotAllowed(_("Lokia salassa pidettävän avaamisista lukee kunnan arkistonhoitaja."))


def load_openings(reader: Reader, since: date) -> list[Opening]:
    """Openings of the municipality acted for from a day on, the newest first. The archivist's to read."""
    who = access_for(reader)
    demand_oversight(who)
    j, change, value, c = journal.c, journal_change.c, journal_value.c, t.case_file.c
    reason = and_(change.journal_n == j.n, change.field == "@reason")
    readable = and_(value.change_n == change.n, visible(value.scope_id, who))
    # The case of the opened thing, where the reader may see the case.
    parts = (t.document, t.party_secret)
    through = ((p.name, select(p.c.case_id).where(p.c.id == j.row_id).scalar_subquery()) for p in parts)
    case_id = case(*((j.kind == kind, found) for kind, found in through), else_=j.row_id)
    of_case = and_(c.id == case_id, visible(c.scope_id, who))
    query = (
        select(j.at, j.actor_id, j.kind, value.after, c.number, c.handler_id, c.registered_by)
        .select_from(
            journal.outerjoin(journal_change, reason)
            .outerjoin(journal_value, readable)
            .outerjoin(t.case_file, of_case)
        )
        .where(
            j.command == "case.open_secret",
            j.chain == who.municipality,
            j.at >= datetime.combine(since, time(), FINLAND),
        )
        .order_by(j.n.desc())
    )
    names = load_names(reader)
    return [
        Opening(
            row.at,
            row.actor_id,
            names.get(row.actor_id, row.actor_id),
            row.kind,
            row.number or "",
            row.after or "",
            row.actor_id in (row.handler_id, row.registered_by),
        )
        for row in reader.connection.execute(query)
    ]


def unusual_days(openings: list[Opening], limit: int = UNUSUAL) -> list[tuple[date, str, int]]:
    """(day, person, how many) of the days when one person opened more than the limit, the most first."""
    counts = Counter((local(o.at).date(), o.person) for o in openings)
    many = [(day, person, n) for (day, person), n in counts.items() if n > limit]
    return sorted(many, key=lambda row: (-row[2], row[0], row[1]))


COMMANDS = (
    CommandSpec(LogExport, "case.export_list", _log_export, _may_export, writes=frozenset(), undoable=False),
)
