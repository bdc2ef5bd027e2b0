"""One case whole: what its page, ``case show`` and later the archive package are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from workbench.cases import tables as t
from workbench.cases.closing import closing_problems
from workbench.cases.ends import kept_until, secret_until
from workbench.cases.items import FileItem
from workbench.cases.openings import closed_documents, is_closed, opened_today, shown_values
from workbench.cases.plan.inherit import Effective
from workbench.cases.plan.model import PlanClass
from workbench.cases.plans import current_plan
from workbench.cases.values import case_values, document_values, overrides_of
from workbench.errors import NotAllowed, Problem, UserError
from workbench.i18n import _
from workbench.organisation.access import visible
from workbench.organisation.queries import access_for, load_municipality
from workbench.store import journal
from workbench.store.store import Reader


@dataclass(frozen=True, kw_only=True)
class FileRow(FileItem):
    """One version's content."""

    version_id: str
    number: int
    made_at: datetime
    made_by: str


@dataclass(frozen=True)
class DocumentDetail:
    """A document with its versions, the newest last, and its attachments. While ``closed``, its content
    waits for a reason: no version is given, only how many there are and who made the first when."""

    id: str
    fields: dict[str, Any]
    versions: tuple[FileRow, ...]
    attachments: tuple[DocumentDetail, ...]
    values: Effective
    closed: bool = False
    newest: int = 0
    made_at: datetime | None = None
    made_by: str = ""
    kept_until: date | None = None
    secret_until: date | None = None

    @property
    def file(self) -> FileRow | None:
        """The newest content."""
        return self.versions[-1] if self.versions else None


def every_document(documents: Iterable[DocumentDetail]) -> Iterator[DocumentDetail]:
    """Documents and, after each, its attachments."""
    for document in documents:
        yield document
        yield from every_document(document.attachments)


@dataclass(frozen=True)
class TimelineItem:
    """One thing that happened, for the timeline. ``kind`` and ``id`` lead to it."""

    at: datetime
    kind: str
    id: str
    title: str
    text: str
    by_id: str


@dataclass(frozen=True)
class CaseDetail:
    """A case and everything of it that the reader may see."""

    id: str
    fields: dict[str, Any]
    plan_class: PlanClass | None
    values: Effective
    parties: tuple[dict[str, Any], ...]
    documents: tuple[DocumentDetail, ...]
    hidden_documents: int
    actions: tuple[dict[str, Any], ...]
    tasks: tuple[dict[str, Any], ...]
    notes: tuple[dict[str, Any], ...]
    links: tuple[dict[str, Any], ...]
    handovers: tuple[dict[str, Any], ...]
    marks: frozenset[str]
    problems: tuple[Problem, ...]
    kept_until: date | None = None

    def timeline(self) -> list[TimelineItem]:
        """Letters, actions, notes, handovers in one column, newest first."""
        return sorted(_timeline(self), key=lambda item: item.at, reverse=True)


def needs_opening(reader: Reader, case_id: str) -> bool:
    """Whether a reason must be given before the case is shown."""
    return is_closed(reader, readable_case(reader, case_id))


def readable_case(reader: Reader, case_id: str) -> dict[str, Any]:
    """The case's own row, restricted or not; one that is missing and one that may not be seen answer alike."""
    c = t.case_file.c
    query = select(t.case_file).where(c.id == case_id, visible(c.scope_id, access_for(reader)))
    row = reader.connection.execute(query).mappings().first()
    if row is None:
        raise UserError(_("Asiaa ei löydy, tai sinulla ei ole oikeutta siihen."), code="not_found")
    return dict(row)


def _opened_case(reader: Reader, case_id: str) -> dict[str, Any]:
    case = readable_case(reader, case_id)
    if is_closed(reader, case):
        raise NotAllowed(_("Asia on salassa pidettävä. Kerro avaamisen peruste."))
    return case


def load_case(reader: Reader, case_id: str) -> CaseDetail:
    """Everything of one case. A restricted one must have been opened with a reason today."""
    case = _opened_case(reader, case_id)
    access = access_for(reader)
    plan = current_plan(reader, case["municipality"])

    def rows(table: Any, *, column: str = "case_id") -> tuple[dict[str, Any], ...]:
        query = (
            select(table)
            .where(table.c[column] == case_id, visible(table.c.scope_id, access))
            .order_by(table.c.k)
        )
        return tuple(dict(r) for r in reader.connection.execute(query).mappings())

    documents = rows(t.document)
    total = reader.connection.execute(
        select(func.count()).select_from(t.document).where(t.document.c.case_id == case_id)
    ).scalar_one()
    versions = _versions(reader, case_id)
    closed = closed_documents(reader, case, documents)
    rounds = bool(load_municipality(reader, case["municipality"])["round_to_year_end"])
    of_case = case_values(plan, case["class_code"], overrides_of(case))
    details: dict[str, list[DocumentDetail]] = {}
    for row in reversed(documents):
        attachments = tuple(reversed(details.pop(row["id"], [])))
        values = document_values(plan, case["class_code"], row["type"], overrides_of(case), overrides_of(row))
        made = replace(
            _document(row, versions.get(row["id"], ()), attachments, values, closed=row["id"] in closed),
            kept_until=kept_until(case, values, to_year_end=rounds, document=row),
            secret_until=secret_until(row, values),
        )
        details.setdefault(row["attached_to"] or "", []).append(made)
    top = [d for group in details.values() for d in group]
    top.sort(key=lambda d: d.fields["position"] or 0)
    marks = reader.connection.execute(
        select(t.case_mark.c.mark).where(
            t.case_mark.c.case_id == case_id, t.case_mark.c.person_id == access.person_id
        )
    ).scalars()
    return CaseDetail(
        id=case_id,
        fields=case,
        plan_class=plan.find(case["class_code"]),
        values=of_case,
        kept_until=kept_until(case, of_case, to_year_end=rounds),
        parties=rows(t.party),
        documents=tuple(top),
        hidden_documents=total - len(documents),
        actions=rows(t.action),
        tasks=rows(t.task),
        notes=rows(t.note),
        links=_links(reader, case_id),
        handovers=rows(t.handover),
        marks=frozenset(marks),
        problems=tuple(closing_problems(reader.connection, case_id, access)),
    )


def _document(
    row: dict[str, Any],
    versions: tuple[FileRow, ...],
    attachments: tuple[DocumentDetail, ...],
    values: Effective,
    *,
    closed: bool,
) -> DocumentDetail:
    return DocumentDetail(
        id=row["id"],
        fields=row,
        versions=() if closed else versions,
        attachments=attachments,
        values=values,
        closed=closed,
        newest=versions[-1].number if versions else 0,
        made_at=versions[0].made_at if versions else None,
        made_by=versions[0].made_by if versions else "",
    )


def _versions(reader: Reader, case_id: str) -> dict[str, tuple[FileRow, ...]]:
    v = t.document_version
    query = (
        select(v)
        .where(v.c.case_id == case_id, visible(v.c.scope_id, access_for(reader)))
        .order_by(v.c.document_id, v.c.number)
    )
    found: dict[str, list[FileRow]] = {}
    for r in reader.connection.execute(query).mappings():
        found.setdefault(r["document_id"], []).append(
            FileRow(
                **FileRow.columns(r),
                version_id=r["id"],
                number=r["number"],
                made_at=r["made_at"],
                made_by=r["made_by"] or "",
            )
        )
    return {k: tuple(rows) for k, rows in found.items()}


def _links(reader: Reader, case_id: str) -> tuple[dict[str, Any], ...]:
    """Related cases from both sides, those the reader may see."""
    link, c = t.case_link.c, t.case_file.c
    found: list[dict[str, Any]] = []
    for own, other in ((link.case_id, link.other_id), (link.other_id, link.case_id)):
        query = (
            select(link.id, link.relation, c.id.label("case_id"), c.number, c.title, c.state)
            .select_from(t.case_link.join(t.case_file, c.id == other))
            .where(own == case_id, visible(c.scope_id, access_for(reader)))
        )
        found += [dict(r) for r in reader.connection.execute(query).mappings()]
    return tuple(found)


def load_history(reader: Reader, case_id: str) -> list[journal.Entry]:
    """The journal of a case; values the reader may not see, or not before a reason, come back as erased. A
    restricted case must have been opened with a reason today."""
    _opened_case(reader, case_id)
    return journal.history(reader.connection, case_id, shown_values(reader, case_id))


def load_party_secret(reader: Reader, party_id: str) -> dict[str, Any]:
    """Identity number and protected address of a party, after a logged opening today."""
    s = t.party_secret
    query = select(s).where(s.c.party_id == party_id, visible(s.c.scope_id, access_for(reader)))
    row = reader.connection.execute(query).mappings().first()
    if row is None:
        raise UserError(_("Suojattuja tietoja ei ole, tai sinulla ei ole oikeutta niihin."), code="not_found")
    if not opened_today(reader, "party_secret", row["id"]):
        raise NotAllowed(_("Yhteystiedot ovat suojattuja. Kerro avaamisen peruste."))
    return dict(row)


def _timeline(case: CaseDetail) -> list[TimelineItem]:
    items: list[TimelineItem] = []
    for document in case.documents:
        f = document.fields
        at = f["arrived_at"] or document.made_at or case.fields["registered_at"]
        items.append(
            TimelineItem(at, "document", document.id, f["title"], f["sender"] or "", document.made_by)
        )
    for action in case.actions:
        day: date = action["done_on"] or case.fields["opened_on"]
        at = datetime.combine(day, case.fields["registered_at"].timetz())
        if action["state"] == "done":
            items.append(
                TimelineItem(
                    at, "action", action["id"], action["name"], action["note"] or "", action["by_id"]
                )
            )
    for note in case.notes:
        items.append(TimelineItem(note["made_at"], "note", note["id"], "", note["text"], note["made_by"]))
    for handover in case.handovers:
        items.append(
            TimelineItem(
                handover["at"],
                "handover",
                handover["id"],
                "",
                handover["message"] or "",
                handover["to_id"],
            )
        )
    return items
