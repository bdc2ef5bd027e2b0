"""Lawful destruction of what arrived and was never made a document of a case (TihL 21 §, ArkL 13 §)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workbench.cases.rights import access
from workbench.clock import local
from workbench.errors import UserError
from workbench.i18n import N_, _, day_text
from workbench.organisation.access import demand, may
from workbench.store.commands import Command, CommandSpec, asks
from workbench.store.unit import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class DestroyArrival(Command):
    """Destroy for good an arrival that was set aside – an advertisement, a double, one passed on to another
    municipality – or whose documents are gone already. What remains is that something that came on a day was
    destroyed, by whom, when and why."""

    arrival_id: str


def _destroy(command: DestroyArrival, uow: UnitOfWork) -> None:
    arrival = uow.need("arrival", command.arrival_id)
    if arrival["state"] == "new":
        raise UserError(
            _("Saapunut odottaa rekisteröintiä. Rekisteröi se, tai jätä se ensin rekisteröimättä."),
            code="not_handled",
        )
    if arrival["state"] == "registered" and _lives_on(uow, arrival):
        raise UserError(
            _("Saapunut on rekisteröity. Hävitä asiakirja asiasta, niin saapunut häviää samalla."),
            code="registered",
        )
    uow.destroy("arrival", arrival["id"])
    uow.say(N_("Hävitetty saapunut ({day})"), day=day_text(local(arrival["arrived_at"]).date()))
    # Not about the arrival: its words go, and the reason must stay.
    uow.concerns("municipality", arrival["municipality"], chain=arrival["municipality"])


def _lives_on(uow: UnitOfWork, arrival: dict[str, Any]) -> bool:
    """Whether a document of a case still holds something of it."""
    return any(
        uow.select("document_version", sha256=file["sha256"], municipality=arrival["municipality"])
        for file in uow.select("arrival_file", arrival_id=arrival["id"])
    )


@asks("discard")
def _may_destroy(command: DestroyArrival, uow: UnitOfWork) -> None:
    arrival = uow.need("arrival", command.arrival_id)
    demand(
        may(
            uow.connection,
            access(uow),
            "discard",
            municipality=arrival["municipality"],
            scope_id=arrival["scope_id"],
        )
    )


COMMANDS = (
    CommandSpec(
        DestroyArrival,
        "arrival.destroy",
        _destroy,
        _may_destroy,
        writes=frozenset({"arrival", "arrival_file"}),
        undoable=False,
        needs_reason=True,
        destroys=True,
    ),
)
