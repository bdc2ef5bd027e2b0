"""``workbench case access | give-access | take-access | correct-arrival``: single rights, time of arrival."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from workbench.cases.arrival_time import CorrectArrival
from workbench.cases.detail import every_document, load_case
from workbench.cases.single_rights import GiveAccess, TakeAccess, load_single_rights
from workbench.cli.casework import AsJson, Municipality, Reason, at_case, document_id_of, run_and_tell
from workbench.cli.desk import Desk
from workbench.cli.output import as_json, result
from workbench.clock import FINLAND
from workbench.i18n import _
from workbench.opening import acting_person

Document = Annotated[str, typer.Option("--document", help=_("Asiakirjan tunniste; tyhjä: koko asia."))]


def add_to(case_app: typer.Typer) -> None:
    """Put the commands of this module among those of a case."""
    case_app.command("access", help=_("Luettele yksittäiset oikeudet asiaan ja sen asiakirjoihin."))(access)
    case_app.command("give-access", help=_("Anna oikeus salassa pidettävään asiaan tai asiakirjaan."))(give)
    case_app.command("take-access", help=_("Poista annettu oikeus."))(take)
    case_app.command("correct-arrival", help=_("Korjaa saapumisaika."))(correct_arrival)


def access(
    context: typer.Context, number: str, municipality: Municipality = "", json: AsJson = False
) -> None:
    """Who has a right of her own to what is secret in the case."""
    with at_case(context, number, municipality) as (at, case_id), at.reading() as reader:
        every = every_document(load_case(reader, case_id).documents)
        documents = {d.id: d.fields["identifier"] or "" for d in every}
        rights = load_single_rights(reader, case_id, list(documents))
    shown = [asdict(r) | {"document": documents.get(r.document_id, "")} for r in rights]
    if json:
        as_json([{n: s[n] for n in ("name", "document", "basis", "valid_to")} for s in shown])
        return
    for s in shown:
        result(f"{s['name']}\t{s['document']}\t{s['basis']}\t{s['valid_to'] or ''}")


def give(
    context: typer.Context,
    number: str,
    to: Annotated[str, typer.Option("--to", help=_("Henkilön nimi tai sähköposti."))],
    document: Document = "",
    until: Annotated[
        datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help=_("Oikeuden viimeinen päivä."))
    ] = None,
    reason: Reason = "",
    municipality: Municipality = "",
) -> None:
    """Give a single right."""
    with at_case(context, number, municipality) as (at, case_id):
        command = GiveAccess(
            case_id=case_id,
            person_id=acting_person(at.store, to),
            document_id=_document(at, case_id, number, document),
            valid_to=until.date() if until else None,
            reason=reason,
        )
        run_and_tell(at, command)


def take(
    context: typer.Context,
    number: str,
    of: Annotated[str, typer.Option("--from", help=_("Henkilön nimi tai sähköposti."))],
    document: Document = "",
    reason: Reason = "",
    municipality: Municipality = "",
) -> None:
    """Take a single right away."""
    with at_case(context, number, municipality) as (at, case_id):
        command = TakeAccess(
            case_id=case_id,
            person_id=acting_person(at.store, of),
            document_id=_document(at, case_id, number, document),
            reason=reason,
        )
        run_and_tell(at, command)


def correct_arrival(
    context: typer.Context,
    number: str,
    arrived: Annotated[
        datetime, typer.Option("--at", formats=["%Y-%m-%dT%H:%M"], help=_("Oikea saapumisaika Suomen aikaa."))
    ],
    document: Document = "",
    reason: Reason = "",
    municipality: Municipality = "",
) -> None:
    """Correct when a document, or a case without one, arrived."""
    with at_case(context, number, municipality) as (at, case_id):
        command = CorrectArrival(
            case_id=case_id,
            arrived_at=arrived.replace(tzinfo=FINLAND),
            document_id=_document(at, case_id, number, document),
            reason=reason,
        )
        run_and_tell(at, command)


def _document(at: Desk, case_id: str, number: str, identifier: str) -> str:
    return document_id_of(at, case_id, number, identifier) if identifier else ""
