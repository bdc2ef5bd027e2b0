"""Shared answers to "may this person do this to this case"; every command of the room asks here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workbench.cases.telling import number_of
from workbench.errors import UserError
from workbench.i18n import _
from workbench.organisation.access import Access, access_of, demand, may
from workbench.store.commands import asks
from workbench.store.unit import UnitOfWork


def access(uow: UnitOfWork) -> Access:
    """Rights of whoever runs the command."""
    session = uow.session
    return uow.memo(("access", session), lambda: access_of(uow.connection, session, uow.at))


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

    @asks(verb)
    def authorise(command: Any, uow: UnitOfWork) -> None:
        demand_case(uow, visible_case(uow, getattr(command, attribute)), verb)

    return authorise


def through(kind: str, verb: str, attribute: str) -> Callable[[Any, UnitOfWork], None]:
    """Authorise a command by the case that a row (document, party, task …) belongs to. The row's own
    scope must be readable too: a secret document is not edited by one who cannot see it."""

    @asks(verb)
    def authorise(command: Any, uow: UnitOfWork) -> None:
        row = uow.need(kind, getattr(command, attribute))
        case = visible_case(uow, row["case_id"])
        demand_case(uow, case, verb)
        _demand_part(uow, case, row, verb)

    return authorise


def on_case_or_document(verb: str) -> Callable[[Any, UnitOfWork], None]:
    """Authorise a command by the case its ``case_id`` names; where ``document_id`` names a document, its
    own scope must be readable too."""

    @asks(verb)
    def authorise(command: Any, uow: UnitOfWork) -> None:
        case = visible_case(uow, command.case_id)
        demand_case(uow, case, verb)
        if command.document_id:
            _demand_part(uow, case, uow.need("document", command.document_id), verb)

    return authorise


def _demand_part(uow: UnitOfWork, case: dict[str, Any], part: dict[str, Any], verb: str) -> None:
    if part["scope_id"] != case["scope_id"]:
        demand_case(uow, case | {"scope_id": part["scope_id"]}, verb)


def in_municipality(verb: str, attribute: str = "municipality") -> Callable[[Any, UnitOfWork], None]:
    """Authorise a command by the municipality one of its attributes names."""

    @asks(verb)
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
    code, why = why_not_open(case)
    if why:
        raise UserError(why, code=code)
    return case


def need_serving(uow: UnitOfWork, person_id: str, field: str) -> dict[str, Any]:
    """A person work can be given to: one who is in service."""
    person = uow.get("person", person_id)
    if person is None:
        raise UserError(_("Henkilöä ei löydy."), field=field)
    if not person["active"]:
        raise UserError(
            _("{name} ei ole enää palveluksessa. Valitse toinen henkilö.").format(name=person["name"]),
            field=field,
        )
    return person


# What changes only while its case is open, the case itself included; notes, tasks, links and marks do not.
OF_AN_OPEN_CASE = frozenset(
    {"case_file", "document", "document_version", "party", "party_secret", "action", "handover"}
)


def why_not_open(case: dict[str, Any]) -> tuple[str, str]:
    """Why a case may not be changed any more, as a stable word and a sentence; both "" when it may."""
    reasons = (
        ("voided_at", "voided", _("Asia {number} on mitätöity.")),
        ("merged_into", "merged", _("Asia {number} on yhdistetty toiseen asiaan. Avaa se.")),
        ("moved_to", "moved", _("Asia {number} on siirretty toiseen kuntaan.")),
        ("closed_on", "closed", _("Asia {number} on päätetty. Avaa se ensin uudelleen.")),
    )
    for name, code, why in reasons:
        if case[name]:
            return code, why.format(number=number_of(case))
    return "", ""
