"""``workbench series hold | give-back | list``: number series held by this workstation (varatut sarjat)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from workbench.cli.casework import AsJson
from workbench.cli.desk import at_store
from workbench.cli.output import as_json, remark, result
from workbench.i18n import _
from workbench.opening import system_ring
from workbench.store.store import Store
from workbench.sync import held
from workbench.sync.engine import Engine
from workbench.sync.joining import engine_of

series_app = typer.Typer(
    no_args_is_help=True, help=_("Toimielinten ja viranhaltijoiden numerosarjat tällä työasemalla.")
)

_Series = Annotated[str, typer.Argument(help=_("Sarjan nimi."))]


def add_to(app: typer.Typer) -> None:
    """Put the commands into the program."""
    app.add_typer(series_app, name="series")


def _engine(store: Store) -> Engine:
    return engine_of(store, system_ring())


@series_app.command("hold", help=_("Varaa sarja tälle työasemalle: numerot annetaan myös ilman verkkoa."))
def hold(context: typer.Context, series: _Series) -> None:
    """Hold a series here."""
    with at_store(context) as store:
        made = held.take(_engine(store), series)
        remark(
            _("Sarja {series} on varattu tälle työasemalle. Seuraava numero on {n}.").format(
                series=series, n=made.known
            )
        )


@series_app.command("give-back", help=_("Palauta varattu sarja palvelimelle."))
def give_back(context: typer.Context, series: _Series) -> None:
    """Give a series back."""
    with at_store(context) as store:
        held.give_back(_engine(store), series)
        remark(_("Sarja {series} on palautettu.").format(series=series))


@series_app.command("list", help=_("Luettele tälle työasemalle varatut sarjat."))
def list_series(context: typer.Context, json: AsJson = False) -> None:
    """What is held here."""
    with at_store(context) as store:
        found = held.list_held(store)
    if json:
        as_json([asdict(one) for one in found])
        return
    for one in found:
        state = _("varattu") if one.confirmed else _("odottaa palvelinta")
        result(f"{one.series}\t{one.next}\t{one.waiting}\t{state}\t{one.since}")
    if not found:
        remark(_("Tälle työasemalle ei ole varattu sarjoja."))
