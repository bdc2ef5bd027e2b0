"""Closing a case (asian päättäminen): everything that stops it, listed at once, and reopening."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from workbench.cases import tables as t
from workbench.cases.model import CaseState
from workbench.cases.plan.codes import PERMANENT
from workbench.cases.rights import access, on_case, open_case, visible_case
from workbench.cases.telling import tell
from workbench.clock import local
from workbench.errors import Problem, Problems, UserError
from workbench.i18n import N_, _, day_text
from workbench.organisation.access import Access, may_read
from workbench.store.commands import Command, CommandSpec
from workbench.store.unit import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class CloseCase(Command):
    """Close a case whose handling has ended."""

    case_id: str


@dataclass(frozen=True, kw_only=True)
class ReopenCase(Command):
    """Open a closed case again (avaaminen uudelleen)."""

    case_id: str


def closing_problems(connection: Connection, case_id: str, who: Access) -> list[Problem]:
    """All that stops a case from being closed, each with the object to jump to. A document the person may
    not see stops it too, without its title."""
    case = connection.execute(select(t.case_file).where(t.case_file.c.id == case_id)).mappings().one()
    found: list[Problem] = []
    if not case["handler_id"]:
        found.append(
            Problem("no_handler", _("Asialla ei ole käsittelijää."), "TihL 26 §", "case_file", case_id)
        )
    found += _open_tasks(connection, case_id)
    found += _planned_actions(connection, case_id)
    query = select(t.document).where(t.document.c.case_id == case_id).order_by(t.document.c.position)
    documents = [dict(d) for d in connection.execute(query).mappings()]
    if not documents:
        found.append(
            Problem("no_documents", _("Asiassa ei ole yhtään asiakirjaa."), "TihL 26 §", "case_file", case_id)
        )
    for document in documents:
        if not may_read(connection, who, document["scope_id"]):
            document["title"] = _("(salassa pidettävä)")
        found += _document_problems(connection, document, case["retention_years"])
    if not any(p["role"] == "initiator" for p in _parties(connection, case_id)) and case["channel"] != "own":
        found.append(
            Problem("no_initiator", _("Vireillepanijaa ei ole merkitty."), "TihL 26 §", "case_file", case_id)
        )
    return found


def _parties(connection: Connection, case_id: str) -> list[Any]:
    return list(connection.execute(select(t.party).where(t.party.c.case_id == case_id)).mappings())


def _open_tasks(connection: Connection, case_id: str) -> list[Problem]:
    query = select(t.task).where(t.task.c.case_id == case_id, t.task.c.done_at.is_(None))
    return [
        Problem("open_task", _("Tehtävä on kesken: {title}").format(title=r["title"]), "", "task", r["id"])
        for r in connection.execute(query).mappings()
    ]


def _planned_actions(connection: Connection, case_id: str) -> list[Problem]:
    query = select(t.action).where(t.action.c.case_id == case_id, t.action.c.state == "planned")
    return [
        Problem(
            "planned_action",
            _("Suunniteltu toimenpide on tekemättä: {name}").format(name=r["name"]),
            "",
            "action",
            r["id"],
        )
        for r in connection.execute(query).mappings()
    ]


def _document_problems(
    connection: Connection, document: dict[str, Any], case_years: int | None
) -> list[Problem]:
    found: list[Problem] = []
    where = ("document", document["id"])
    title = document["title"]
    if document["state"] == "draft":
        found.append(
            Problem("draft", _("Asiakirja on luonnos: {title}").format(title=title), "JulkL 6 §", *where)
        )
    has_file = connection.execute(
        select(t.document_version.c.k).where(t.document_version.c.document_id == document["id"]).limit(1)
    ).first()
    if has_file is None:
        found.append(
            Problem("no_file", _("Asiakirjalla ei ole tiedostoa: {title}").format(title=title), "", *where)
        )
    found += [
        Problem(code, message.format(title=title), "TihL 26 §", *where)
        for code, message in _unregistered(document)
    ]
    years = document["retention_years"]
    if years is None:
        found.append(
            Problem(
                "no_retention", _("Säilytysaika puuttuu: {title}").format(title=title), "TihL 21 §", *where
            )
        )
    elif case_years is not None and case_years != PERMANENT and (years == PERMANENT or years > case_years):
        found.append(
            Problem(
                "outlives_case",
                _("Asiakirja säilytetään pidempään kuin asia: {title}").format(title=title),
                "TihL 21 §",
                *where,
            )
        )
    return found


def _unregistered(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What must be registered of a document and is not: of a received one its way, sender and time of
    arrival, of an own one its author and time."""
    if document["direction"] == "received" and not document["attached_to"]:
        if not document["sender"]:
            yield "no_sender", _("Lähettäjä puuttuu: {title}")
        if not document["channel"]:
            yield "no_channel", _("Saapumistapa puuttuu: {title}")
        if not document["arrived_at"]:
            yield "no_arrival", _("Saapumisaika puuttuu: {title}")
    if document["direction"] == "own":
        if not document["author"]:
            yield "no_author", _("Laatija puuttuu: {title}")
        if not document["dated_on"]:
            yield "no_date", _("Päiväys puuttuu: {title}")


def _close(command: CloseCase, uow: UnitOfWork) -> None:
    case = open_case(uow, command.case_id)
    problems = closing_problems(uow.connection, case["id"], access(uow))
    if problems:
        raise Problems(problems)
    day = local(uow.at).date()
    uow.patch("case_file", case["id"], closed_on=day, state=CaseState.CLOSED.value)
    tell(uow, N_("Päätetty asia {number}"), case)


def _reopen(command: ReopenCase, uow: UnitOfWork) -> None:
    case = visible_case(uow, command.case_id)
    if case["voided_at"] or case["merged_into"] or case["moved_to"]:
        raise UserError(_("Mitätöityä, yhdistettyä tai siirrettyä asiaa ei avata uudelleen."))
    if not case["closed_on"]:
        raise UserError(_("Asia on jo avoinna."))
    uow.patch("case_file", case["id"], closed_on=None, state=CaseState.REOPENED.value)
    tell(uow, N_("Avattu uudelleen {number} (päätetty {day})"), case, day=day_text(case["closed_on"]))


COMMANDS = (
    CommandSpec(CloseCase, "case.close", _close, on_case("close"), writes=frozenset({"case_file"})),
    CommandSpec(
        ReopenCase,
        "case.reopen",
        _reopen,
        on_case("close"),
        writes=frozenset({"case_file"}),
        needs_reason=True,
    ),
)
