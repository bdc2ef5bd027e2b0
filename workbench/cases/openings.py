"""What of the secret may be shown now: the one place that says so (TihL 17 §, JulkL 24 §).

A right lets one read a restricted thing; its content is given only after the person has opened it today, with
the reason in the log. Before that a case shows its number and title, and a document of an ordinary case its
data but no version of it: no file, no file name, no text. What arrived is the same content in another place.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, or_, select

from workbench.cases import tables as t
from workbench.cases.scopes import document_target
from workbench.clock import FINLAND, local
from workbench.errors import NotAllowed, UserError
from workbench.i18n import _
from workbench.organisation.access import visible
from workbench.organisation.queries import access_for
from workbench.store.journal import entries_of
from workbench.store.schema import journal, journal_change, journal_value, search_entry
from workbench.store.statements import given
from workbench.store.store import Reader

# Asked of every search with a restricted hit: put together once, for that takes longer than to run it.
_OPENED = select(journal.c.row_id).where(
    journal.c.actor_id == bindparam("person"),
    journal.c.kind == bindparam("kind"),
    journal.c.row_id.in_(given("ids")),
    journal.c.command == "case.open_secret",
    journal.c.at >= bindparam("midnight"),
    journal.c.at < bindparam("next_midnight"),
)


def opened(reader: Reader, kind: str, ids: Iterable[str]) -> frozenset[str]:
    """Which of the things the person has opened today with a reason."""
    wanted = sorted(set(ids))
    if not wanted:
        return frozenset()
    today = local(reader.at).date()
    asked = {
        "person": reader.session.person_id,
        "kind": kind,
        "ids": wanted,
        "midnight": datetime.combine(today, time(), FINLAND),
        "next_midnight": datetime.combine(today + timedelta(days=1), time(), FINLAND),
    }
    return frozenset(reader.connection.execute(_OPENED, asked).scalars())


def opened_today(reader: Reader, kind: str, row_id: str) -> bool:
    """Whether the person has opened one restricted thing today."""
    return bool(opened(reader, kind, [row_id]))


def is_closed(reader: Reader, case: Mapping[str, Any]) -> bool:
    """Whether a reason must be given before the case is shown."""
    return bool(case["restricted"]) and not opened_today(reader, "case_file", case["id"])


def closed_documents(
    reader: Reader, case: Mapping[str, Any], documents: Sequence[Mapping[str, Any]]
) -> frozenset[str]:
    """Those of a case's documents whose content waits for a reason; the case itself has been opened or is
    an ordinary one."""
    restricted = [d["id"] for d in documents if d["restricted"]]
    if not restricted or opened_today(reader, "case_file", case["id"]):
        return frozenset()
    return frozenset(restricted) - opened(reader, "document", restricted)


_ENTRIES = select(
    search_entry.c.k, search_entry.c.kind, search_entry.c.root_id, search_entry.c.scope_id
).where(search_entry.c.k.in_(given("numbers")))


def closed_entries(reader: Reader, numbers: Iterable[int]) -> frozenset[int]:
    """Those of the index entries whose text is not shown: content of a secret document of an ordinary case
    that waits for a reason. Entries of a restricted case are for the case's own rule to judge."""
    wanted = list(numbers)
    if not wanted:
        return frozenset()
    secret = {
        row.k: (row.root_id, row.scope_id.removeprefix(_DOCUMENT))
        for row in reader.connection.execute(_ENTRIES, {"numbers": wanted})
        # The kind is asked of the few rows found: asked of the index it would lead through a million of them.
        if row.kind == "document_version" and row.scope_id.startswith(_DOCUMENT)
    }
    cases = opened(reader, "case_file", (case for case, _document in secret.values()))
    documents = opened(reader, "document", (document for _case, document in secret.values()))
    return frozenset(
        k for k, (case, document) in secret.items() if case not in cases and document not in documents
    )


_DOCUMENT = document_target("")


def shown_values(reader: Reader, case_id: str) -> ColumnElement[bool]:
    """Condition on the journal's values of a case: readable, and no content that waits for a reason. A
    version taken back is remembered by the log alone, file name, text and all."""
    readable = visible(journal_value.c.scope_id, access_for(reader))
    if opened_today(reader, "case_file", case_id):
        return readable
    change = journal_change.c
    query = (
        select(journal_value.c.scope_id)
        .select_from(journal_value.join(journal_change, change.n == journal_value.c.change_n))
        .where(change.journal_n.in_(entries_of(case_id)), change.kind == "document_version")
        .distinct()
    )
    scopes = reader.connection.execute(query).scalars().all()
    ids = [scope.removeprefix(_DOCUMENT) for scope in scopes if scope.startswith(_DOCUMENT)]
    closed = [document_target(i) for i in sorted(set(ids) - opened(reader, "document", ids))]
    return and_(readable, or_(change.kind != "document_version", journal_value.c.scope_id.not_in(closed)))


# -- content by its name ---------------------------------------------------------------------------------


class Content(enum.Enum):
    """How stored content is held, for one person: the widest of the ways its holders allow."""

    LOOSE = "loose"  # no document of a case holds it
    OPEN = "open"
    CLOSED = "closed"  # shown after a reason
    DENIED = "denied"  # the person may read none of the documents that hold it


@dataclass(frozen=True)
class _Holder:
    sha256: str
    readable: bool
    restricted: bool
    document_id: str
    case_id: str
    case_restricted: bool


def contents(reader: Reader, municipality: str, sha256s: Iterable[str]) -> dict[str, Content]:
    """How each content is held by the documents of a municipality's cases."""
    v, d, c = t.document_version.c, t.document.c, t.case_file.c
    wanted = sorted(set(sha256s))
    readable = and_(
        visible(v.scope_id.concat(""), access_for(reader)), visible(c.scope_id.concat(""), access_for(reader))
    )
    query = (
        select(v.sha256, readable, d.restricted, d.id, c.id, c.restricted)
        .select_from(
            t.document_version.join(t.document, d.id == v.document_id).join(t.case_file, c.id == d.case_id)
        )
        .where(v.sha256.in_(wanted), v.municipality == municipality)
    )
    holders = [_Holder(*row) for row in reader.connection.execute(query)]
    cases = opened(reader, "case_file", (h.case_id for h in holders if h.restricted or h.case_restricted))
    documents = opened(reader, "document", (h.document_id for h in holders if h.restricted))
    found = dict.fromkeys(wanted, Content.LOOSE)
    for h in holders:
        now = Content.DENIED
        if h.readable:
            shown = h.case_id in cases or (
                not h.case_restricted and (not h.restricted or h.document_id in documents)
            )
            now = Content.OPEN if shown else Content.CLOSED
        former = found[h.sha256]
        if former is Content.LOOSE or _WIDTH[now] > _WIDTH[former]:
            found[h.sha256] = now
    return found


_WIDTH = {Content.DENIED: 0, Content.CLOSED: 1, Content.OPEN: 2}


def demand_content(reader: Reader, municipality: str, sha256: str) -> None:
    """Refuse stored content that may not be shown to the person now; what no row names is nobody's."""
    held = contents(reader, municipality, [sha256])[sha256]
    if held is Content.OPEN:
        return
    a, f = t.arrival.c, t.arrival_file.c
    query = (
        select(a.id, a.state, a.case_id)
        .select_from(t.arrival_file.join(t.arrival, a.id == f.arrival_id))
        .where(
            f.sha256 == sha256,
            f.municipality == municipality,
            visible(a.scope_id.concat(""), access_for(reader)),
        )
    )
    arrivals = [dict(row) for row in reader.connection.execute(query).mappings()]
    if any(arrival["state"] != "registered" for arrival in arrivals):
        return
    if held is Content.LOOSE:
        cases = [_case_of_arrival(reader, arrival["case_id"]) for arrival in arrivals]
        if any(case is Content.OPEN for case in cases):
            return
        held = Content.CLOSED if Content.CLOSED in cases else Content.DENIED
    if held is Content.CLOSED:
        raise NotAllowed(_("Asiakirja on salassa pidettävä. Kerro avaamisen peruste."))
    raise UserError(_("Tiedostoa ei löydy, tai sinulla ei ole oikeutta siihen."), code="not_found")


# -- what arrived ----------------------------------------------------------------------------------------


def arrival_content(
    reader: Reader, arrival: Mapping[str, Any], sha256s: Sequence[str]
) -> tuple[Content, dict[str, Content]]:
    """How an arrival as a whole (subject, sender, text) and each of its files may be shown; ``sha256s`` in
    the order of the files. What is not registered is the registry office's to see; once registered, it is
    read like the documents made of it, wherever they have been moved since."""
    if arrival["state"] != "registered":
        return Content.OPEN, dict.fromkeys(sha256s, Content.OPEN)
    of_case = _case_of_arrival(reader, arrival["case_id"])
    held = {
        sha256: of_case if content is Content.LOOSE else content
        for sha256, content in contents(reader, arrival["municipality"], sha256s).items()
    }
    return (held[sha256s[0]] if sha256s else of_case), held


def _case_of_arrival(reader: Reader, case_id: str | None) -> Content:
    c = t.case_file.c
    query = select(c.id, c.restricted).where(c.id == case_id, visible(c.scope_id, access_for(reader)))
    row = reader.connection.execute(query).mappings().first()
    if row is None:
        return Content.DENIED
    return Content.CLOSED if is_closed(reader, dict(row)) else Content.OPEN


def denied_arrivals(reader: Reader, ids: Sequence[str]) -> frozenset[str]:
    """Those of the arrivals that were registered into what the person may not read: not even listed."""
    a, f, v, c = t.arrival.c, t.arrival_file.c, t.document_version.c, t.case_file.c
    access = access_for(reader)
    of_case = (
        select(a.id, visible(c.scope_id.concat(""), access))
        .select_from(t.arrival.join(t.case_file, c.id == a.case_id))
        .where(a.id.in_(list(ids)), a.state == "registered")
    )
    readable = {row[0]: bool(row[1]) for row in reader.connection.execute(of_case)}
    of_documents = (
        select(f.arrival_id, visible(v.scope_id.concat(""), access))
        .select_from(
            t.arrival_file.join(
                t.document_version, and_(v.sha256 == f.sha256, v.municipality == f.municipality)
            )
        )
        .where(f.arrival_id.in_(list(readable)), f.position == 0)
    )
    by_documents: dict[str, bool] = {}
    for arrival_id, seen in reader.connection.execute(of_documents):
        by_documents[arrival_id] = by_documents.get(arrival_id, False) or bool(seen)
    return frozenset(i for i, seen in (readable | by_documents).items() if not seen)
