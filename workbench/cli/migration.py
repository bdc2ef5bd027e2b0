"""``workbench import BUNDLE``: cases of an old system, judged row by row, then all or none."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cases.migration.bundle import open_bundle
from workbench.cases.migration.importing import Outcome, import_bundle, judge
from workbench.cases.migration.verdicts import NEW, PRESENT, WRONG
from workbench.cli.desk import Options, desk, ensure_words
from workbench.cli.output import EXIT_USER, as_json, explained, remark, result
from workbench.i18n import _


def add_to(app: typer.Typer) -> None:
    """Put the command into the program."""
    app.command("import", help=_("Tuo asiat aiemmasta järjestelmästä (tuontipaketti)."))(import_)


def import_(
    context: typer.Context,
    bundle: Annotated[Path, typer.Argument(help=_("Tuontipaketin kansio."))],
    municipality: Annotated[str, typer.Option("--municipality", "-m", help=_("Kunta."))] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Arvioi rivit, älä kirjoita mitään."))] = False,
    json: Annotated[bool, typer.Option("--json", help=_("Tulos JSON-muodossa."))] = False,
) -> None:
    """Import a bundle; with ``--dry-run`` only the verdict of each row."""
    options: Options = context.obj
    with explained():
        opened = open_bundle(bundle)
        with desk(options, municipality or opened.municipality) as at:
            if dry_run:
                outcome = judge(at.store, at.session, opened)
            else:
                ensure_words(at.store)
                outcome = import_bundle(at.store, at.session, opened)
    _tell(outcome, json=json, every=dry_run)
    if not outcome.clean:
        raise typer.Exit(EXIT_USER)


def _tell(outcome: Outcome, *, json: bool, every: bool) -> None:
    if json:
        as_json(
            [
                {
                    "line": v.line,
                    "external_id": v.external_id,
                    "verdict": v.verdict,
                    "reasons": list(v.reasons),
                }
                for v in outcome.verdicts
            ]
        )
        return
    for v in outcome.verdicts if every else ():
        result(f"{v.line}\t{v.external_id}\t{v.verdict}\t{'; '.join(v.reasons)}")
    counts = {name: outcome.count(name) for name in (NEW, PRESENT, WRONG)}
    remark(_("Uusia {new}, jo tuotuja {present}, virheellisiä {error}.").format(**counts))
    if not every:
        result(str(counts[NEW]))
