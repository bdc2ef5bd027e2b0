"""``workbench publicity …`` (the public side of the register) and ``workbench openings`` (its oversight)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from workbench.cases.oversight import UNUSUAL, load_openings, unusual_days
from workbench.cases.public_register import describe, load_public_entries
from workbench.cli.casework import AsJson, Municipality
from workbench.cli.desk import at_desk
from workbench.cli.output import as_json, remark, result
from workbench.clock import to_text
from workbench.errors import UserError
from workbench.i18n import _, day_text

publicity_app = typer.Typer(help=_("Rekisterin julkinen puoli."), no_args_is_help=True)

Day = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"])]


def add_to(app: typer.Typer) -> None:
    """Put the commands of this module into the program."""
    app.add_typer(publicity_app, name="publicity")
    app.command("openings", help=_("Luettele salassa pidettävän avaamiset (arkistonhoitaja)."))(openings)


@publicity_app.command(
    "register", help=_("Tulosta julkiset merkinnät asioista, jotka tulivat vireille välillä.")
)
def register(
    context: typer.Context, municipality: Municipality, first: Day, last: Day, json: AsJson = False
) -> None:
    """The public entries of a period."""
    with at_desk(context, municipality) as at, at.reading() as reader:
        entries = load_public_entries(reader, first.date(), last.date())
    if json:
        as_json([asdict(entry) for entry in entries])
        return
    for e in entries:
        result(f"{e.number}\t{e.opened_on.isoformat()}\t{e.class_code} {e.class_name}\t{e.state}\t{e.title}")
        for d in e.documents:
            day = d.on.isoformat() if d.on else ""
            result(f"{d.identifier}\t{day}\t{d.type}\t{d.publicity}\t{d.title}")


@publicity_app.command("describe", help=_("Tulosta kuvaus asiakirjajulkisuuden toteuttamiseksi (TihL 28 §)."))
def describe_register(
    context: typer.Context,
    municipality: Municipality,
    decides: Annotated[str, typer.Option("--decides", help=_("Kuka päättää asiakirjan antamisesta."))],
) -> None:
    """The description of the register."""
    with at_desk(context, municipality) as at, at.reading() as reader:
        if not decides.strip():
            raise UserError(_("Kerro, kuka päättää asiakirjan antamisesta: --decides."), field="decides")
        result(describe(reader, decides).rstrip("\n"))


def openings(
    context: typer.Context,
    municipality: Municipality,
    since: Day,
    unusual: Annotated[
        int, typer.Option("--unusual", help=_("Huomauta, kun henkilö avaa päivässä tätä useamman."))
    ] = UNUSUAL,
    json: AsJson = False,
) -> None:
    """Who opened what that is secret, when and why; unusual days as remarks."""
    with at_desk(context, municipality) as at, at.reading() as reader:
        found = load_openings(reader, since.date())
    for day, person, n in unusual_days(found, unusual):
        remark(
            _("{person} avasi {day} salassa pidettäviä asioita tai asiakirjoja {n} kertaa.").format(
                person=person, day=day_text(day), n=n
            )
        )
    if json:
        as_json([asdict(o) for o in found])
        return
    for o in found:
        whose = _("oma") if o.own else _("muun")
        result(f"{to_text(o.at)}\t{o.person}\t{o.kind}\t{o.number}\t{whose}\t{o.reason}")
