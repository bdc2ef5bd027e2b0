"""``workbench arrival …``: what has arrived, and the destruction of what was not registered."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cases.intake.commands import SetAside
from workbench.cases.intake.destroying import DestroyArrival
from workbench.cases.intake.queries import find_arrival_ids, load_arrivals_by_id
from workbench.cli import shapes
from workbench.cli.casework import AsJson, Municipality, Reason, run_and_tell
from workbench.cli.desk import at_desk
from workbench.cli.output import as_json, remark, result
from workbench.errors import UserError
from workbench.i18n import _
from workbench.organisation.queries import load_municipalities
from workbench.setup.destruction import clean_up

arrival_app = typer.Typer(help=_("Saapuneet: luettelo ja hävittäminen."), no_args_is_help=True)

STATES = ("new", "set_aside", "registered")


def add_to(app: typer.Typer) -> None:
    """Put the commands of this module into the program."""
    app.add_typer(arrival_app, name="arrival")


@arrival_app.command("list", help=_("Luettele saapuneita."))
def list_arrivals(
    context: typer.Context,
    municipality: Municipality = "",
    state: Annotated[str, typer.Option(help=_("new, set_aside tai registered."))] = "new",
    json: AsJson = False,
) -> None:
    """Arrivals in a state."""
    with at_desk(context, municipality) as at, at.reading() as reader:
        if state not in STATES:
            raise UserError(
                _("Tilaa ”{state}” ei ole. Tilat ovat: {states}.").format(
                    state=state, states=", ".join(STATES)
                ),
                field="state",
            )
        names = {m.code: m.name for m in load_municipalities(reader)}
        ids = find_arrival_ids(reader, state)
        rows = load_arrivals_by_id(reader, ids)
    shown = [shapes.arrival_row(rows[i], names[rows[i].municipality]) for i in ids if i in rows]
    if json:
        as_json(shown)
        return
    for shape in shown:
        result(f"{shape['id']}\t{shape['municipality']}\t{shape['sender']}\t{shape['subject']}")


ArrivalId = Annotated[str, typer.Argument(metavar="ID", help=_("Saapuneen tunniste (arrival list)."))]


@arrival_app.command("set-aside", help=_("Jätä saapunut rekisteröimättä."))
def set_arrival_aside(
    context: typer.Context, arrival: ArrivalId, municipality: Municipality, reason: Reason = ""
) -> None:
    """Leave an arrival unregistered."""
    with at_desk(context, municipality) as at:
        run_and_tell(at, SetAside(arrival_id=arrival, reason=reason))


@arrival_app.command("destroy", help=_("Hävitä saapunut, jota ei ole rekisteröity. Sitä ei voi palauttaa."))
def destroy_arrival(
    context: typer.Context, arrival: ArrivalId, municipality: Municipality, reason: Reason = ""
) -> None:
    """Destroy an arrival that was set aside; tells until when backups hold it."""
    with at_desk(context, municipality) as at:
        run_and_tell(at, DestroyArrival(arrival_id=arrival, reason=reason))
        remark(clean_up(at.store))
