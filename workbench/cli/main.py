"""The command line: without a command it opens the window; with one it works headless."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench import __version__
from workbench.cli import (
    arrivals,
    caserights,
    casework,
    intake,
    migration,
    publicity,
    series,
    setup,
    storework,
    sync,
)
from workbench.cli.desk import Options
from workbench.i18n import _
from workbench.opening import default_home

app = typer.Typer(
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    help=_("Seutupöytä: viiden kunnan yhteinen työpöytä. Ilman komentoa avautuu ikkuna."),
)
intake.add_to(app)
setup.add_to(app)
storework.add_to(app)
sync.add_to(app)
series.add_to(app)
casework.add_to(app)
caserights.add_to(casework.case_app)
arrivals.add_to(app)
publicity.add_to(app)
migration.add_to(app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    home: Annotated[Path | None, typer.Option("--home", help=_("Kansio, jossa tietovarasto on."))] = None,
    person: Annotated[str, typer.Option("--as", help=_("Kenen nimissä toimitaan."))] = "",
    demo_if_empty: Annotated[
        bool,
        typer.Option("--demo-if-empty", help=_("Jos tietovarastoa ei ole, tee esittelyaineisto kysymättä.")),
    ] = False,
    _show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=_("Ohjelman versio."))
    ] = False,
) -> None:
    """Shared options; opens the window when no command follows."""
    context.obj = Options(home or default_home(), person)
    if context.invoked_subcommand is None:
        from workbench.app import run_window

        raise typer.Exit(run_window(home, person, demo_if_empty=demo_if_empty))
