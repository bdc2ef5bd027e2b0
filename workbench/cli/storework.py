"""``workbench check | backup | restore``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.desk import Options, at_store, opened
from workbench.cli.output import EXIT_STORAGE, as_json, explained, remark, result
from workbench.errors import UserError
from workbench.i18n import _
from workbench.opening import passphrase_from_environment, system_ring
from workbench.store.backup import list_backups, make_backup, restore
from workbench.store.check import check_store


def add_to(app: typer.Typer) -> None:
    """Put the commands into the program."""
    app.command("check", help=_("Tarkista tietovarasto; luettelee kaiken, mikä on vialla."))(check)
    app.command("backup", help=_("Tee varmuuskopio; tulostaa sen kansion."))(backup)
    app.command("restore", help=_("Palauta varmuuskopio tyhjään kansioon."))(restore_home)


def check(
    context: typer.Context,
    quick: Annotated[bool, typer.Option("--quick", help=_("Älä lue tiedostojen sisältöjä."))] = False,
    json: Annotated[bool, typer.Option("--json", help=_("Tulos JSON-muodossa."))] = False,
) -> None:
    """List what is wrong in the store; exit code 3 when something is."""
    with at_store(context) as store:
        findings = check_store(store, thorough=not quick, progress=remark)
    if json:
        as_json(findings)
    else:
        for finding in findings:
            result(finding)
    if findings:
        raise typer.Exit(EXIT_STORAGE)
    remark(_("Tietovarasto on kunnossa."))


def backup(
    context: typer.Context,
    to: Annotated[Path | None, typer.Option("--to", help=_("Kansio, johon varmuuskopiot kerätään."))] = None,
) -> None:
    """Make a backup."""
    options: Options = context.obj
    with explained(), opened(options.home) as store:
        made = make_backup(store, to or options.home / "backups")
    result(str(made.folder))


def restore_home(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(help=_("Varmuuskopio tai kansio, jossa niitä on."))],
    recovery_key: Annotated[
        str, typer.Option("--recovery-key", help=_("Palautusavain."), envvar="WORKBENCH_RECOVERY_KEY")
    ] = "",
) -> None:
    """Bring a backup to a clean home; a folder of backups means its newest."""
    options: Options = context.obj
    with explained():
        if not (source / "manifest.json").exists():
            found = list_backups(source)
            if not found:
                raise UserError(
                    _("Kansiossa {folder} ei ole varmuuskopioita.").format(folder=source), field="source"
                )
            source = found[0].folder
        restore(
            source,
            options.home,
            recovery_key=recovery_key,
            passphrase=passphrase_from_environment(),
            ring=system_ring(),
        )
        result(str(options.home))
