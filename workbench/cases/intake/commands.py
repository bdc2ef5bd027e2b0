"""Arrivals before registration: taken in, passed to another municipality, set aside, taken back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workbench.cases.items import FileItem
from workbench.cases.rights import access, in_municipality
from workbench.errors import UserError
from workbench.i18n import N_, _
from workbench.ids import new_id
from workbench.organisation.access import demand, may
from workbench.store.commands import Command, CommandSpec, asks
from workbench.store.unit import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class TakeIn(Command):
    """Take an arrival (saapunut) in to wait for registration. Its files are in the blob store."""

    municipality: str
    channel: str
    subject: str
    arrived_at: datetime
    files: tuple[FileItem, ...] = ()
    sender_name: str = ""
    sender_email: str = ""
    sent_at: datetime | None = None
    message_id: str = ""
    references: tuple[str, ...] = ()
    body: str = field(default="", metadata={"derived": True})
    warnings: tuple[str, ...] = ()
    first_is_message: bool = False
    arrival_id: str = field(default_factory=new_id)


@dataclass(frozen=True, kw_only=True)
class PassOn(Command):
    """Pass an arrival to the municipality it was meant for (HL 21 §), with its original arrival time."""

    arrival_id: str
    municipality: str
    new_arrival_id: str = field(default_factory=new_id)


@dataclass(frozen=True, kw_only=True)
class SetAside(Command):
    """Leave an arrival unregistered (advertisement, test message), with the reason."""

    arrival_id: str


@dataclass(frozen=True, kw_only=True)
class TakeBack(Command):
    """Bring a set-aside arrival back to wait for registration."""

    arrival_id: str


def take_in_handler(command: TakeIn, uow: UnitOfWork) -> str:
    """The arrival with its files; returns its id."""
    uow.insert(
        "arrival",
        {
            "municipality": command.municipality,
            "state": "new",
            "channel": command.channel,
            "subject": command.subject.strip() or _("(ei aihetta)"),
            "sender_name": command.sender_name or None,
            "sender_email": command.sender_email or None,
            "arrived_at": command.arrived_at,
            "sent_at": command.sent_at,
            "imported_at": uow.at,
            "imported_by": uow.session.person_id,
            "message_id": command.message_id or None,
            "references": list(command.references) or None,
            "body": command.body or None,
            "warnings": list(command.warnings) or None,
        },
        row_id=command.arrival_id,
    )
    for position, item in enumerate(command.files):
        uow.insert(
            "arrival_file",
            {
                "arrival_id": command.arrival_id,
                "municipality": command.municipality,
                "position": position,
                **item.stored(),
                "is_message": command.first_is_message and position == 0,
            },
        )
    uow.say(N_("Otettu vastaan saapunut"))
    uow.concerns("arrival", command.arrival_id, chain=command.municipality)
    return command.arrival_id


def _pass_on(command: PassOn, uow: UnitOfWork) -> str:
    arrival = _waiting(uow, command.arrival_id)
    if command.municipality == arrival["municipality"]:
        raise UserError(_("Saapunut on jo tässä kunnassa."), field="municipality")
    target = uow.need("municipality", command.municipality)
    kept = {
        name: arrival[name]
        for name in (
            "channel",
            "subject",
            "sender_name",
            "sender_email",
            "arrived_at",
            "sent_at",
            "message_id",
            "references",
            "body",
            "warnings",
        )
    }
    uow.insert(
        "arrival",
        kept
        | {
            "municipality": command.municipality,
            "state": "new",
            "imported_at": uow.at,
            "imported_by": uow.session.person_id,
            "passed_from": arrival["municipality"],
        },
        row_id=command.new_arrival_id,
    )
    for file in uow.select("arrival_file", arrival_id=arrival["id"]):
        values = {f.name: file[f.name] for f in uow.kinds["arrival_file"].fields}
        uow.insert(
            "arrival_file",
            values | {"arrival_id": command.new_arrival_id, "municipality": command.municipality},
        )
    uow.patch(
        "arrival",
        arrival["id"],
        state="set_aside",
        set_aside_why=_("Siirretty kuntaan {name} (HL 21 §)").format(name=target["name"]),
    )
    uow.say(N_("Siirretty saapunut kuntaan {name}"), name=target["name"])
    uow.concerns("arrival", arrival["id"], chain=arrival["municipality"])
    return command.new_arrival_id


def _set_aside(command: SetAside, uow: UnitOfWork) -> None:
    arrival = _waiting(uow, command.arrival_id)
    uow.patch("arrival", arrival["id"], state="set_aside", set_aside_why=command.reason)
    uow.say(N_("Jätetty rekisteröimättä"))
    uow.concerns("arrival", arrival["id"], chain=arrival["municipality"])


def _take_back(command: TakeBack, uow: UnitOfWork) -> None:
    arrival = uow.need("arrival", command.arrival_id)
    if arrival["state"] != "set_aside":
        raise UserError(_("Saapunut odottaa jo rekisteröintiä, tai se on rekisteröity."))
    uow.patch("arrival", arrival["id"], state="new", set_aside_why=None)
    uow.say(N_("Palautettu saapuneisiin"))
    uow.concerns("arrival", arrival["id"], chain=arrival["municipality"])


def _waiting(uow: UnitOfWork, arrival_id: str) -> dict[str, Any]:
    arrival = uow.need("arrival", arrival_id)
    if arrival["state"] != "new":
        raise UserError(_("Saapunut on jo käsitelty. Päivitä näkymä."), code="already_handled")
    return arrival


@asks("register")
def _on_arrival(command: PassOn | SetAside | TakeBack, uow: UnitOfWork) -> None:
    arrival = uow.need("arrival", command.arrival_id)
    demand(
        may(
            uow.connection,
            access(uow),
            "register",
            municipality=arrival["municipality"],
            scope_id=arrival["scope_id"],
        )
    )


ARRIVAL = frozenset({"arrival", "arrival_file"})

COMMANDS = (
    CommandSpec(TakeIn, "arrival.take_in", take_in_handler, in_municipality("register"), writes=ARRIVAL),
    CommandSpec(
        PassOn, "arrival.pass_on", _pass_on, _on_arrival, writes=ARRIVAL, undoable=False, reaches=ARRIVAL
    ),
    CommandSpec(SetAside, "arrival.set_aside", _set_aside, _on_arrival, writes=ARRIVAL, needs_reason=True),
    CommandSpec(TakeBack, "arrival.take_back", _take_back, _on_arrival, writes=ARRIVAL),
)
