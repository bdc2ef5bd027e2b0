"""What waits to be registered (saapuneet), and one arrival whole."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from workbench.cases import tables as t
from workbench.cases.items import FileItem
from workbench.cases.openings import Content, arrival_content, denied_arrivals
from workbench.errors import UserError
from workbench.i18n import _
from workbench.organisation.access import visible
from workbench.organisation.queries import access_for
from workbench.store.store import Reader


@dataclass(frozen=True)
class ArrivalRow:
    """An arrival as the list shows it."""

    k: int
    id: str
    municipality: str
    state: str
    channel: str
    subject: str
    sender: str
    arrived_at: datetime
    files: int
    case_id: str
    passed_from: str
    has_warnings: bool


@dataclass(frozen=True, kw_only=True)
class ArrivalFile(FileItem):
    """One file of an arrival; the first is what arrived, the others its attachments."""

    id: str
    position: int
    is_message: bool


@dataclass(frozen=True)
class ArrivalDetail:
    """An arrival with its files. ``closed``: something of it waits for a reason in the case it was registered
    into, so that its text, or a file, is not here, and the one warning says so."""

    row: ArrivalRow
    sender_name: str
    sender_email: str
    sent_at: datetime | None
    message_id: str
    references: tuple[str, ...]
    body: str
    warnings: tuple[str, ...]
    set_aside_why: str
    files: tuple[ArrivalFile, ...]
    closed: bool = False


def find_arrivals(reader: Reader, state: str = "new") -> array[int]:
    """Numbers of the arrivals in a state, for the municipality acted for, the oldest first: what has
    waited longest is registered first (TihL 25 §: without delay)."""
    a = t.arrival.c
    query = select(a.k).where(a.state == state, *_here(reader))
    return array("q", reader.connection.execute(query.order_by(a.arrived_at, a.k)).scalars())


def find_arrival_ids(reader: Reader, state: str = "new", words: str = "", limit: int = 5_000) -> list[str]:
    """Ids of the arrivals in a state whose subject or sender holds the words. What waits is given the oldest
    first, what has been handled the newest first; what was registered into something secret only to those
    who may read that."""
    a = t.arrival.c
    query = select(a.id).where(a.state == state, *_here(reader))
    for word in words.split():
        query = query.where(
            or_(*(c.icontains(word, autoescape=True) for c in (a.subject, a.sender_name, a.sender_email)))
        )
    order = (a.arrived_at, a.k) if state == "new" else (a.arrived_at.desc(), a.k.desc())
    found = list(reader.connection.execute(query.order_by(*order).limit(limit)).scalars())
    denied = _denied(reader, found) if state == "registered" else frozenset()
    return [i for i in found if i not in denied]


def _here(reader: Reader) -> list[ColumnElement[bool]]:
    """What the reader may see, in the municipality acted for or in all of her own."""
    a, code = t.arrival.c, reader.session.municipality
    return [visible(a.scope_id, access_for(reader)), *([a.municipality == code] if code else [])]


_AT_ONCE = 1_000


def _denied(reader: Reader, ids: Sequence[str]) -> frozenset[str]:
    batches = (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
    return frozenset().union(*(denied_arrivals(reader, batch) for batch in batches))


def load_arrivals_by_id(reader: Reader, ids: Sequence[str]) -> dict[str, ArrivalRow]:
    """Rows by id; one that is gone or may not be seen is missing."""
    return {row.id: row for row in _load(reader, t.arrival.c.id.in_(list(ids)))}


def load_arrivals(reader: Reader, numbers: Sequence[int]) -> list[ArrivalRow]:
    """Rows for the given numbers, in their order."""
    found = {row.k: row for row in _load(reader, t.arrival.c.k.in_(list(numbers)))}
    return [found[k] for k in numbers if k in found]


def _load(reader: Reader, wanted: ColumnElement[bool]) -> list[ArrivalRow]:
    a, f = t.arrival.c, t.arrival_file.c
    count = select(func.count()).where(f.arrival_id == a.id).scalar_subquery()
    query = select(t.arrival, count.label("files")).where(wanted, visible(a.scope_id, access_for(reader)))
    rows = [_row(r) for r in reader.connection.execute(query).mappings()]
    denied = _denied(reader, [row.id for row in rows if row.state == "registered"])
    return [row for row in rows if row.id not in denied]


def count_arrivals(reader: Reader) -> dict[str, int]:
    """How many arrivals are in each state, for the municipality acted for."""
    a = t.arrival.c
    query = select(a.state, func.count()).where(*_here(reader)).group_by(a.state)
    return {state: n for state, n in reader.connection.execute(query)}


def load_known_parties(reader: Reader, case_id: str) -> frozenset[str]:
    """Names and e-mail addresses of a case's parties in small letters, so that none is added twice."""
    p = t.party.c
    query = select(p.name, p.email).where(p.case_id == case_id, visible(p.scope_id, access_for(reader)))
    rows = reader.connection.execute(query)
    return frozenset(word.casefold() for row in rows for word in (row.name, row.email) if word)


def load_arrival(reader: Reader, arrival_id: str) -> ArrivalDetail:
    """One arrival with everything reading found in it, as far as it may be shown now."""
    a, f = t.arrival.c, t.arrival_file.c
    query = select(t.arrival).where(a.id == arrival_id, visible(a.scope_id, access_for(reader)))
    row = reader.connection.execute(query).mappings().first()
    stored = (
        reader.connection.execute(
            select(t.arrival_file).where(f.arrival_id == arrival_id).order_by(f.position)
        )
        .mappings()
        .all()
    )
    whole, held = Content.DENIED, dict[str, Content]()
    if row is not None:
        whole, held = arrival_content(reader, dict(row), [r["sha256"] for r in stored])
    if row is None or whole is Content.DENIED:
        raise UserError(_("Saapunutta ei löydy, tai sinulla ei ole oikeutta siihen."), code="not_found")
    files = tuple(
        ArrivalFile(
            **ArrivalFile.columns(r),
            id=r["id"],
            position=r["position"],
            is_message=bool(r["is_message"]),
        )
        for r in stored
        if held[r["sha256"]] is Content.OPEN
    )
    warnings = tuple(row["warnings"] or ())
    closed = len(files) < len(stored) or whole is not Content.OPEN
    if closed:
        warnings = (_("Sisältö on salassa pidettävä. Avaa se asiasta, johon se on rekisteröity."),)
    return ArrivalDetail(
        row=_row(dict(row) | {"files": len(stored)}),
        sender_name=row["sender_name"] or "",
        sender_email=row["sender_email"] or "",
        sent_at=row["sent_at"],
        message_id=row["message_id"] or "",
        references=tuple(row["references"] or ()),
        body=(row["body"] or "") if whole is Content.OPEN else "",
        warnings=warnings,
        set_aside_why=row["set_aside_why"] or "",
        files=files,
        closed=closed,
    )


def _row(r: Any) -> ArrivalRow:
    return ArrivalRow(
        k=r["k"],
        id=r["id"],
        municipality=r["municipality"],
        state=r["state"],
        channel=r["channel"],
        subject=r["subject"],
        sender=r["sender_name"] or r["sender_email"] or "",
        arrived_at=r["arrived_at"],
        files=r["files"],
        case_id=r["case_id"] or "",
        passed_from=r["passed_from"] or "",
        has_warnings=bool(r["warnings"]),
    )
