"""``workbench register``: files straight into the register, as the registrar would from the window."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cases.intake.assembling import default_title, document_of, sender_party
from workbench.cases.intake.queries import load_arrival
from workbench.cases.intake.taking_in import take_in
from workbench.cases.naming import shown_number
from workbench.cases.queries import find_case_id
from workbench.cases.register import RegisterCase, Registered, RegisterToCase
from workbench.cli.casework import Municipality
from workbench.cli.desk import Desk, at_desk
from workbench.cli.output import result
from workbench.errors import UserError
from workbench.i18n import _
from workbench.opening import acting_person


def add_to(app: typer.Typer) -> None:
    """Put the command into the program."""
    app.command("register", help=_("Rekisteröi tiedostoja; tulostaa asiatunnuksen."))(register)


def register(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help=_("Rekisteröitävät tiedostot."))],
    municipality: Municipality,
    new: Annotated[bool, typer.Option("--new", help=_("Avaa jokaisesta uusi asia."))] = False,
    class_code: Annotated[str, typer.Option("--class", help=_("Tehtäväluokka."))] = "",
    title: Annotated[str, typer.Option("--title", help=_("Asian otsikko."))] = "",
    case_type: Annotated[str, typer.Option("--type", help=_("Asian laji; muuten luokan tavallisin."))] = "",
    document_type: Annotated[str, typer.Option("--document-type", help=_("Asiakirjatyyppi."))] = "Kirje",
    handler: Annotated[str, typer.Option("--handler", help=_("Käsittelijän nimi tai sähköposti."))] = "",
    case: Annotated[str, typer.Option("--case", help=_("Asiatunnus, johon tiedostot kuuluvat."))] = "",
) -> None:
    """Register each file; the number of its case is the result, one line a file."""
    with at_desk(context, municipality) as at:
        if new == bool(case):
            raise UserError(_("Anna joko --new (uusi asia) tai --case ASIATUNNUS."), field="new")
        if new and not class_code:
            raise UserError(_("Uusi asia tarvitsee tehtäväluokan: --class 10.03.03."), field="class")
        handler_id = acting_person(at.store, handler) if handler else ""
        for path in files:
            arrival_id = take_in(at.store, at.session, path).result
            made = (
                _new_case(at, arrival_id, class_code, title, case_type, document_type, handler_id)
                if new
                else _into_case(at, arrival_id, case, document_type)
            )
            # A number is never made up here: until the server gives it, these words stand in its place.
            result(shown_number(made.number))
        at.finish_index()


def _new_case(
    at: Desk,
    arrival_id: str,
    class_code: str,
    title: str,
    case_type: str,
    document_type: str,
    handler_id: str,
) -> Registered:
    with at.reading() as reader:
        arrival = load_arrival(reader, arrival_id)
    party = sender_party(arrival)
    command = RegisterCase(
        municipality=at.session.municipality,
        class_code=class_code,
        title=title or default_title(arrival),
        case_type=case_type,
        handler_id=handler_id,
        channel=arrival.row.channel,
        arrived_at=arrival.row.arrived_at,
        documents=(document_of(arrival, title=default_title(arrival), document_type=document_type),),
        parties=(party,) if party else (),
        arrival_id=arrival_id,
    )
    made: Registered = at.store.execute(command, at.session).result
    return made


def _into_case(at: Desk, arrival_id: str, number: str, document_type: str) -> Registered:
    with at.reading() as reader:
        case_id = find_case_id(reader, number)
        arrival = load_arrival(reader, arrival_id)
    if case_id is None:
        raise UserError(
            _("Asiaa {number} ei löydy. Tiedosto odottaa saapuneissa.").format(number=number), field="case"
        )
    command = RegisterToCase(
        case_id=case_id,
        documents=(document_of(arrival, title=default_title(arrival), document_type=document_type),),
        arrival_id=arrival_id,
    )
    made: Registered = at.store.execute(command, at.session).result
    return made
