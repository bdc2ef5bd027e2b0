"""``workbench join | sync | conflicts | resolve | discard``: the workstation and its server."""

from __future__ import annotations

import json as json_text
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from workbench import desk
from workbench.cli.casework import AsJson, Municipality
from workbench.cli.desk import Options, at_desk, opened
from workbench.cli.output import as_json, explained, remark, result
from workbench.errors import UserError
from workbench.i18n import _, ngettext
from workbench.opening import passphrase_from_environment, system_ring
from workbench.setup.joining_home import join_home
from workbench.store.store import Reader, database_path
from workbench.sync.conflicts import WHOLE, Conflict, load_conflicts, load_quarantine
from workbench.sync.deciding import DiscardWork, OfferAgain, ResolveConflict
from workbench.sync.engine import Report
from workbench.sync.errors import SyncError, Wiped
from workbench.sync.joining import engine_of, join
from workbench.sync.status import SyncStatus, status_of


def add_to(app: typer.Typer) -> None:
    """Put the commands into the program."""
    app.command("join", help=_("Liitä työasema palvelimeen liittymiskoodilla."))(join_server)
    app.command("sync", help=_("Lähetä omat muutokset ja hae muiden."))(sync_now)
    app.command("conflicts", help=_("Luettele ristiriidat ja muutokset, joita palvelin ei hyväksynyt."))(
        conflicts
    )
    app.command("resolve", help=_("Ratkaise ristiriita: kunkin kentän oma, toisen tai uusi arvo."))(resolve)
    app.command("discard", help=_("Hylkää oma muutos, jota palvelin ei hyväksynyt."))(discard)
    app.command("keep-as-note", help=_("Säilytä oma teksti asian muistiinpanona ja hylkää muutos."))(
        keep_as_note
    )
    app.command("hand-over", help=_("Anna oma teksti kunnan kirjaamolle ja hylkää muutos."))(hand_over)
    app.command("offer-again", help=_("Lähetä uudelleen muutos, jota palvelin ei hyväksynyt."))(offer_again)


def join_server(
    context: typer.Context,
    url: Annotated[str, typer.Argument(help=_("Palvelimen osoite, https://…"))],
    token_file: Annotated[
        Path, typer.Option("--token-file", help=_("Tiedosto, jossa liittymiskoodi on."), exists=True)
    ],
    json: AsJson = False,
) -> None:
    """Join a server; the code is read from a file, so that no list of processes shows it. A new home is made
    where there is none, and prints its recovery key."""
    options: Options = context.obj
    with explained():
        code, recovery = token_file.read_text(encoding="utf-8"), ""
        if database_path(options.home).exists():
            with opened(options.home) as store:
                made, shown = join(store, url, code, system_ring()), status_of(store)
        else:
            phrase = passphrase_from_environment() or ""
            made, recovery = join_home(options.home, url, code, passphrase=phrase, ring=system_ring())
            with opened(options.home) as store:
                shown = status_of(store)
    if recovery:
        remark(_("Palautusavain, kirjoita talteen: {key}").format(key=recovery))
    if json:
        did: dict[str, Any] = {
            "adopted": made.adopted,
            "adoption_waits": made.waiting,
            "trouble": made.trouble,
        }
        did |= {"received": made.report.received}
        as_json({"person_id": made.person_id} | did | {"renumbered": _renumbered(made.report)})
        return
    result(made.person_id)
    if made.adopted:
        count = made.adopted
        remark(
            ngettext("Palvelimelle vietiin {n} kohde.", "Palvelimelle vietiin {n} kohdetta.", count).format(
                n=count
            )
        )
    if made.trouble:
        remark(made.trouble)
    if made.waiting or made.trouble:
        remark(_("Osa ei ole vielä perillä. Jatka: workbench sync"))
    _tell_renumbered(made.report)
    remark(shown.message)


def _tell_renumbered(report: Report) -> None:
    """Which cases have another number now: old, new."""
    for former, present in report.renumbered:
        result(f"{former}\t{present}")
    if report.renumbered:
        remark(
            _(
                "Näiden asioiden tunnus oli palvelimella jo toisella asialla. Aiempi tunnus näkyy asialla, ja asia "
                "löytyy sillä. Asiakirjat ja niiden tunnisteet ovat ennallaan."
            )
        )


def _renumbered(report: Report) -> list[dict[str, str]]:
    return [{"former": former, "present": present} for former, present in report.renumbered]


def sync_now(context: typer.Context, json: AsJson = False) -> None:
    """One cycle with the server."""
    options: Options = context.obj
    with explained():
        report: Report | None = None
        failed: SyncError | None = None
        with opened(options.home) as store:
            try:
                report = engine_of(store, system_ring()).run()
            except SyncError as error:
                failed = error
            if isinstance(failed, Wiped):
                raise failed
            if report is None and failed is None:
                raise UserError(_("Synkronointi on jo käynnissä toisessa ikkunassa."), code="busy")
            while store.index_behind():
                pass
            shown = status_of(store, error=failed)
        if json:
            as_json(_status(shown) | _did(report))
        else:
            result(shown.message)
            _tell_renumbered(report or Report())
            for series in (report or Report()).lost_holds:
                remark(
                    _(
                        "Sarja {series} ei ole enää varattu tälle työasemalle. Numerot, jotka eivät kelpaa, ovat "
                        "ristiriidoissa: workbench conflicts"
                    ).format(series=series)
                )
        if failed is not None:
            raise failed


def _status(shown: SyncStatus) -> dict[str, Any]:
    return asdict(shown) | {"state": shown.state.value}


def _did(report: Report | None) -> dict[str, Any]:
    done = report or Report()
    names = ("sent", "applied", "received", "offered_again", "fetched_again", "lost_holds")
    return {name: getattr(done, name) for name in names} | {"renumbered": _renumbered(done)}


def conflicts(context: typer.Context, json: AsJson = False) -> None:
    """What waits for a decision."""
    with at_desk(context) as at, at.reading() as reader:
        found, aside = load_conflicts(reader), load_quarantine(reader)
    if json:
        as_json({"conflicts": [asdict(c) for c in found], "set_aside": [asdict(s) for s in aside]})
        return
    for c in found:
        for f in c.fields:
            mark = "!" if f.clashes else " "
            result(
                f"{mark}\t{c.kind}\t{c.row_id}\t{c.title}\t{f.name}\t{f.base}\t{f.mine}\t{f.theirs}\t{c.by}"
            )
        if not c.fields:
            result(f"!\t{c.kind}\t{c.row_id}\t{c.title}\t{WHOLE}\t\t\t\t{c.message}")
    for s in aside:
        result(f"-\t{s.group_id}\t{s.did}\t{s.code}\t{s.message}")


def resolve(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(help=_("Tietolaji, kuten conflicts sen näyttää."))],
    row_id: Annotated[str, typer.Argument(help=_("Tunniste, kuten conflicts sen näyttää."))],
    field: Annotated[
        list[str] | None,
        typer.Option("--field", help=_("KENTTÄ=mine, KENTTÄ=theirs tai KENTTÄ==ARVO; * on koko kohde.")),
    ] = None,
) -> None:
    """Choose whose values a row has."""
    with at_desk(context) as at:
        with at.reading() as reader:
            seen = _conflict_of(reader, kind, row_id)
        choices = dict(_choice(text) for text in field or [])
        changes = at.store.execute(
            ResolveConflict(kind=kind, row_id=row_id, choices=choices, rev=seen.rev), at.session
        )
    remark(changes.title)


def _conflict_of(reader: Reader, kind: str, row_id: str) -> Conflict:
    for found in load_conflicts(reader):
        if (found.kind, found.row_id) == (kind, row_id):
            return found
    raise UserError(_("Ristiriitaa ei löydy."), field="row_id", code="not_found")


def _choice(text: str) -> tuple[str, dict[str, Any]]:
    """``title=mine``, ``title=theirs``, ``title==New title``; a value that reads as JSON is taken as such."""
    name, found, rest = text.partition("=")
    if not found:
        raise UserError(_("Kirjoita valinta muodossa KENTTÄ=mine."), field="field")
    if rest in ("mine", "theirs"):
        return name, {"take": rest}
    if not rest.startswith("="):
        raise UserError(_("Kirjoita uusi arvo muodossa KENTTÄ==ARVO."), field="field")
    value: Any = rest[1:]
    if value[:1].isdigit() or value in ("true", "false", "null"):
        try:
            read = json_text.loads(value)
        except ValueError:
            read = value
        value = read if isinstance(read, (int, bool)) or read is None else value
    return name, {"take": "edit", "value": value}


def discard(context: typer.Context, group_id: str) -> None:
    """Let go of work the server did not take in."""
    with at_desk(context) as at:
        remark(at.store.execute(DiscardWork(group_id=group_id), at.session).title)


def keep_as_note(context: typer.Context, group_id: str, municipality: Municipality = "") -> None:
    """Keep the text of work that cannot be taken in as a note."""
    with at_desk(context, municipality) as at:
        for changes in desk.Desk(at.store, at.session).keep_as_note(group_id):
            remark(changes.title)


def hand_over(context: typer.Context, group_id: str, municipality: Municipality = "") -> None:
    """Give the text of work that cannot be taken in to the registry."""
    with at_desk(context, municipality) as at:
        for changes in desk.Desk(at.store, at.session).hand_over(group_id):
            remark(changes.title)


def offer_again(context: typer.Context, group_id: str) -> None:
    """Send work that was set aside once more."""
    with at_desk(context) as at:
        remark(at.store.execute(OfferAgain(group_id=group_id), at.session).title)
