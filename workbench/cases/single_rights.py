"""Rights to one restricted case or document (yksittäinen oikeus): given for a reason and a time, taken away
when the task is over (TihL 16 §), and who has them now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from workbench.cases import secrecy
from workbench.cases.placing import own_targets
from workbench.cases.rights import need_serving, on_case_or_document, open_case, visible_case
from workbench.cases.scopes import case_target, document_target
from workbench.cases.telling import tell
from workbench.clock import local
from workbench.errors import UserError
from workbench.i18n import N_, _, day_text
from workbench.organisation.access import visible
from workbench.organisation.queries import access_for
from workbench.organisation.tables import access_right, person
from workbench.store.commands import Command, CommandSpec
from workbench.store.store import Reader
from workbench.store.unit import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class GiveAccess(Command):
    """Give a colleague the right to one restricted case, or to one secret document of an ordinary case;
    ``valid_to`` is the right's last day, None until it is taken away."""

    case_id: str
    person_id: str
    document_id: str = ""
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class TakeAccess(Command):
    """Take away a person's right to a restricted case or document. The handler keeps hers."""

    case_id: str
    person_id: str
    document_id: str = ""


def _target(command: GiveAccess | TakeAccess, uow: UnitOfWork, case: dict[str, Any]) -> str:
    if not command.document_id:
        if not case["restricted"]:
            raise UserError(_("Asia ei ole salassa pidettävä; sen näkevät kaikki toimialan käsittelijät."))
        return case_target(case["id"])
    document = uow.need("document", command.document_id)
    target = document_target(document["id"])
    if document["case_id"] != case["id"] or target not in own_targets(uow, case):
        raise UserError(
            _("Asiakirjalla ei ole omia oikeuksia: se on julkinen, tai koko asia on salassa pidettävä."),
            field="document_id",
        )
    return target


def _give(command: GiveAccess, uow: UnitOfWork) -> None:
    case = open_case(uow, command.case_id)
    receiver = need_serving(uow, command.person_id, "person_id")
    if command.valid_to is not None and command.valid_to < local(uow.at).date():
        raise UserError(_("Oikeus päättyisi, ennen kuin alkaa."), field="valid_to")
    secrecy.admit(
        uow,
        _target(command, uow, case),
        command.person_id,
        case["municipality"],
        secrecy.BASIS_GIVEN,
        valid_to=command.valid_to,
    )
    name = receiver["name"]
    if command.valid_to is None:
        tell(uow, N_("Annettu oikeus asiaan {number}: {name}"), case, name=name)
    else:
        day = day_text(command.valid_to)
        tell(uow, N_("Annettu oikeus asiaan {number}: {name}, {day} asti"), case, name=name, day=day)


def _take(command: TakeAccess, uow: UnitOfWork) -> None:
    case = visible_case(uow, command.case_id)
    holder = uow.need("person", command.person_id)
    if command.person_id == case["handler_id"]:
        raise UserError(
            _("{name} käsittelee asiaa. Siirrä se ensin toiselle.").format(name=holder["name"]),
            field="person_id",
        )
    target = _target(command, uow, case)
    if not uow.select("access_right", target=target, person_id=command.person_id):
        raise UserError(
            _("Henkilöllä {name} ei ole tätä oikeutta.").format(name=holder["name"]), field="person_id"
        )
    secrecy.shut_out(uow, target, command.person_id)
    tell(uow, N_("Poistettu oikeus asiaan {number}: {name}"), case, name=holder["name"])


@dataclass(frozen=True)
class SingleRight:
    """A person's right; ``document_id`` "" is the whole case."""

    person_id: str
    name: str
    document_id: str
    basis: str
    valid_to: date | None


def load_single_rights(reader: Reader, case_id: str, document_ids: list[str]) -> list[SingleRight]:
    """Who has a right of her own to the case or to one of its documents, as far as the reader may open
    them herself."""
    r, p = access_right.c, person.c
    targets = {case_target(case_id): "", **{document_target(i): i for i in document_ids}}
    query = (
        select(r.target, r.person_id, p.name, r.basis, r.valid_to)
        .select_from(access_right.join(person, p.id == r.person_id))
        .where(r.target.in_(list(targets)), visible(r.scope_id, access_for(reader)))
        .order_by(p.name, access_right.c.k)
    )
    return [
        SingleRight(row.person_id, row.name, targets[row.target], row.basis, row.valid_to)
        for row in reader.connection.execute(query)
    ]


COMMANDS = tuple(
    CommandSpec(command, name, handler, on_case_or_document("edit"), writes=secrecy.WRITES, needs_reason=True)
    for command, name, handler in (
        (GiveAccess, "case.give_access", _give),
        (TakeAccess, "case.take_access", _take),
    )
)
