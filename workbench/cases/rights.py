"""Shared answers to "may this person do this to this case"; every command of the room asks here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from workbench.errors import NotAllowed, UserError
from workbench.i18n import _
from workbench.organisation.access import Access, access_of, demand, may, may_read
from workbench.organisation.tables import role
from workbench.store.unit import UnitOfWork


def access(uow: UnitOfWork) -> Access:
    """Rights of whoever runs the command."""
    return access_of(uow.connection, uow.session, uow.at)


def demand_case(uow: UnitOfWork, case: dict[str, Any], verb: str) -> None:
    """Refuse unless the person may do the verb to the case."""
    demand(
        may(
            uow.connection,
            access(uow),
            verb,
            municipality=case["municipality"],
            office=case["office"],
            scope_id=case["scope_id"],
            handler_id=case["handler_id"] or "",
        )
    )


def may_loosen(uow: UnitOfWork, case: dict[str, Any]) -> bool:
    """Whether the person may loosen publicity or retention (the records role)."""
    found = may(
        uow.connection,
        access(uow),
        "loosen",
        municipality=case["municipality"],
        office=case["office"],
        scope_id=case["scope_id"],
    )
    return found.allowed


def on_case(verb: str, attribute: str = "case_id") -> Callable[[Any, UnitOfWork], None]:
    """Authorise a command by the case one of its attributes names."""

    def authorise(command: Any, uow: UnitOfWork) -> None:
        demand_case(uow, visible_case(uow, getattr(command, attribute)), verb)

    return authorise


def through(kind: str, verb: str, attribute: str) -> Callable[[Any, UnitOfWork], None]:
    """Authorise a command by the case that a row (document, party, task …) belongs to. The row's own
    scope must be readable too: a secret document is not edited by one who cannot see it."""

    def authorise(command: Any, uow: UnitOfWork) -> None:
        row = uow.need(kind, getattr(command, attribute))
        case = visible_case(uow, row["case_id"])
        demand_case(uow, case, verb)
        if row["scope_id"] != case["scope_id"]:
            demand_case(uow, case | {"scope_id": row["scope_id"]}, verb)

    return authorise


_OF_AN_OPEN_CASE = frozenset({"document", "document_version", "party", "action"})


def guard_undo(uow: UnitOfWork, rows: list[tuple[str, str]]) -> None:
    """Taking back asks for the rights of the moment: a role still in force, everything still readable,
    and parts of a case only while the case is open."""
    who = access(uow)
    if not who.grants and uow.connection.execute(select(role.c.k).limit(1)).first() is not None:
        raise NotAllowed(_("Oikeutesi tässä kunnassa on päättynyt, joten toimea ei voi kumota."))
    for kind, row_id in rows:
        row = uow.get(kind, row_id)
        if row is None:
            continue
        if not may_read(uow.connection, who, row["scope_id"]):
            raise NotAllowed(_("Sinulla ei ole enää oikeutta kohteeseen, joten toimea ei voi kumota."))
        if kind in _OF_AN_OPEN_CASE and ("case_file", row["case_id"]) not in rows:
            open_case(uow, row["case_id"])


def in_municipality(verb: str, attribute: str = "municipality") -> Callable[[Any, UnitOfWork], None]:
    """Authorise a command by the municipality one of its attributes names."""

    def authorise(command: Any, uow: UnitOfWork) -> None:
        office = getattr(command, "office", "") or ""
        demand(
            may(
                uow.connection,
                access(uow),
                verb,
                municipality=getattr(command, attribute),
                office=office,
            )
        )

    return authorise


def visible_case(uow: UnitOfWork, case_id: str) -> dict[str, Any]:
    """The case; one that is missing and one that may not be seen answer alike."""
    case = uow.get("case_file", case_id)
    if case is None:
        raise UserError(_("Asiaa ei löydy, tai sinulla ei ole oikeutta siihen."), code="not_found")
    return case


def open_case(uow: UnitOfWork, case_id: str) -> dict[str, Any]:
    """A case that may still be changed: not voided, merged, transferred or closed."""
    case = visible_case(uow, case_id)
    if case["voided_at"]:
        raise UserError(_("Asia {number} on mitätöity.").format(number=case["number"]), code="voided")
    if case["merged_into"]:
        raise UserError(
            _("Asia {number} on yhdistetty toiseen asiaan. Avaa se.").format(number=case["number"]),
            code="merged",
        )
    if case["moved_to"]:
        raise UserError(
            _("Asia {number} on siirretty toiseen kuntaan.").format(number=case["number"]), code="moved"
        )
    if case["closed_on"]:
        raise UserError(
            _("Asia {number} on päätetty. Avaa se ensin uudelleen.").format(number=case["number"]),
            code="closed",
        )
    return case
