"""Handing unfinished work over to a municipality's registry (kirjaamo): it comes there as an arrival, which whoever
hands it over need not see. Her right may have ended while the work was under way."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workbench.cases.intake.commands import ARRIVAL, TakeIn, take_in_handler
from workbench.cases.intake.taking_in import keep_note
from workbench.cases.rights import access
from workbench.errors import NotAllowed
from workbench.i18n import N_, _
from workbench.store.commands import CommandSpec
from workbench.store.store import Store
from workbench.store.unit import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class HandOver(TakeIn):
    """Give a text to a municipality's registry, to be registered where it belongs."""


def prepare(store: Store, municipality: str, subject: str, text: str) -> HandOver:
    """Put the text away as a file and make the command that names it."""
    return HandOver(
        municipality=municipality,
        channel="own",
        subject=subject,
        arrived_at=store.now(),
        files=(keep_note(store, municipality, subject, text),),
        body=text,
    )


def _hand_over(command: HandOver, uow: UnitOfWork) -> str:
    person = uow.need("person", uow.session.person_id)
    town = uow.need("municipality", command.municipality)
    made = take_in_handler(
        replace(command, sender_name=person["name"], sender_email=person["email"] or ""), uow
    )
    uow.say(N_("Annettu keskeytynyt työ kunnan {name} kirjaamolle"), name=town["name"])
    uow.concerns("arrival", made, chain=command.municipality)
    return made


def _is_staff(_command: HandOver, uow: UnitOfWork) -> None:
    """Whoever has a task somewhere may hand over anywhere in the region, as anybody may write to a registry."""
    if not access(uow).grants:
        raise NotAllowed(_("Sinulla ei ole roolia missään kunnassa. Pyydä rooli pääkäyttäjältä."))


COMMANDS = (
    CommandSpec(
        HandOver, "arrival.hand_over", _hand_over, _is_staff, writes=ARRIVAL, undoable=False, reaches=ARRIVAL
    ),
)
