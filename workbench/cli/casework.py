"""``workbench case …`` and ``workbench find``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from workbench.cases.closing import CloseCase, ReopenCase
from workbench.cases.corrections import MergeCases, MoveDocuments, TransferCase, VoidCase
from workbench.cases.detail import DocumentDetail, every_document, load_case, needs_opening
from workbench.cases.edit import OpenSecret
from workbench.cases.intake.taking_in import carry
from workbench.cases.papers import DestroyDocument
from workbench.cases.queries import CaseFilter, find_case_id, find_cases, load_cases, load_cases_by_id
from workbench.cases.search import search
from workbench.cli import shapes
from workbench.cli.desk import Desk, at_desk, ensure_words, municipality_code
from workbench.cli.output import as_json, remark, result
from workbench.context import Session
from workbench.errors import UserError
from workbench.i18n import _
from workbench.organisation.queries import load_municipalities, load_people
from workbench.setup.destruction import clean_up
from workbench.store.commands import Command

Municipality = Annotated[str, typer.Option("--municipality", "-m", help=_("Kunta, jonka puolesta toimit."))]
Reason = Annotated[str, typer.Option("--reason", help=_("Peruste, joka jää lokiin."))]
AsJson = Annotated[bool, typer.Option("--json", help=_("Tulos JSON-muodossa."))]

case_app = typer.Typer(help=_("Asiat: luettelo, yksi asia, korjaukset."), no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Put the commands of this module into the program."""
    app.add_typer(case_app, name="case")
    app.command("find", help=_("Etsi asioita sanoilla, tunnuksella ja rajauksilla."))(find)


def find(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help=_("Hakusanat, esim. ”luokka:10.04 kaivo”."))],
    municipality: Municipality = "",
    limit: Annotated[int, typer.Option(help=_("Enintään näin monta."))] = 50,
    json: AsJson = False,
) -> None:
    """List the cases that a query finds."""
    with at_desk(context, municipality) as at:
        ensure_words(at.store)
        at.finish_index()
        with at.reading() as reader:
            found = search(reader, query, limit=limit, typing=False)
    if json:
        as_json([shapes.found_case(f) for f in found])
        return
    for f in found:
        result(f"{f.case.number}\t{f.case.title}\t{f.excerpt}")
    if not found:
        remark(_("Ei osumia. Kokeile muuta sanaa tai väljempää rajausta."))


@case_app.command("list", help=_("Luettele asioita."))
def list_cases(
    context: typer.Context,
    municipality: Municipality = "",
    state: Annotated[str, typer.Option(help=_("open, closed, voided, all tai tilan nimi."))] = "open",
    class_code: Annotated[str, typer.Option("--class", help=_("Luokka tai sen alku."))] = "",
    json: AsJson = False,
) -> None:
    """Cases of a state, the newest first."""
    with at_desk(context, municipality) as at, at.reading() as reader:
        names = {m.code: m.name for m in load_municipalities(reader)}
        rows = load_cases(reader, find_cases(reader, CaseFilter(state=state, class_prefix=class_code)))
    if json:
        as_json([shapes.case_row(r, names[r.municipality]) for r in rows])
        return
    for r in rows:
        result(f"{r.number}\t{r.state}\t{names[r.municipality]}\t{r.title}")


@case_app.command("show", help=_("Näytä asia."))
def show_case(
    context: typer.Context,
    number: str,
    municipality: Municipality = "",
    reason: Reason = "",
    json: AsJson = False,
) -> None:
    """One case whole. A restricted case, and the content of a restricted document, needs a reason, which is
    logged."""
    with at_case(context, number, municipality) as (at, case_id):
        with at.reading() as reader:
            closed = needs_opening(reader, case_id)
        if closed:
            at.store.execute(OpenSecret(kind="case_file", row_id=case_id, reason=reason), at.session)
        if reason:
            _open_documents(at, case_id, reason)
        with at.reading() as reader:
            case = load_case(reader, case_id)
            names = {m.code: m.name for m in load_municipalities(reader)}
            people = load_people(reader)
    handler = people.get(case.fields["handler_id"] or "")
    hidden = sum(d.closed for d in every_document(case.documents))
    if hidden:
        remark(
            _("{n} salassa pidettävän asiakirjan sisältöä ei näytetä. Anna peruste: --reason.").format(
                n=hidden
            )
        )
    shape = shapes.case_detail(case, names[case.fields["municipality"]], handler.name if handler else "")
    if json:
        as_json(shape)
        return
    for key in ("number", "title", "class", "state", "municipality", "handler", "sender"):
        result(f"{key}\t{shape[key] or ''}")
    for document in shape["documents"]:
        result(f"document\t{document['identifier'] or ''}\t{document['title']}\t{document['filename'] or ''}")


def _open_documents(at: Desk, case_id: str, reason: str) -> None:
    """Open the secret documents of the case, each with its own mark in the log."""
    with at.reading() as reader:
        closed = [d.id for d in every_document(load_case(reader, case_id).documents) if d.closed]
    for document_id in closed:
        at.store.execute(OpenSecret(kind="document", row_id=document_id, reason=reason), at.session)


@case_app.command("void", help=_("Mitätöi virheellinen rekisteröinti; tunnus jää käytetyksi."))
def void_case(
    context: typer.Context, number: str, reason: Reason = "", municipality: Municipality = ""
) -> None:
    """Void a mistaken registration."""
    with at_case(context, number, municipality) as (at, case_id):
        run_and_tell(at, VoidCase(case_id=case_id, reason=reason))


@case_app.command("move", help=_("Siirrä asiakirjoja (tunniste tai ”all”) oikeaan asiaan."))
def move_documents(
    context: typer.Context,
    number: str,
    target: Annotated[str, typer.Argument(help=_("Asiatunnus, johon asiakirjat kuuluvat."))],
    document: Annotated[list[str], typer.Option("--document", help=_("Asiakirjan tunniste."))],
    reason: Reason = "",
    municipality: Municipality = "",
) -> None:
    """Move documents to the right case."""
    with at_case(context, number, municipality) as (at, case_id):
        with at.reading() as reader:
            own = load_case(reader, case_id).documents
        wanted = [d.fields["identifier"] for d in own] if "all" in document else document
        chosen = _identified(own, wanted, number)
        run_and_tell(at, MoveDocuments(document_ids=chosen, to_case_id=case_id_of(at, target), reason=reason))


@case_app.command("destroy", help=_("Hävitä asiakirja (tunniste). Sitä ei voi palauttaa."))
def destroy_document(
    context: typer.Context,
    number: str,
    document: Annotated[str, typer.Option("--document", help=_("Asiakirjan tunniste."))],
    reason: Reason = "",
    municipality: Municipality = "",
) -> None:
    """Destroy a document for good; tells until when backups hold it."""
    with at_case(context, number, municipality) as (at, case_id):
        document_id = document_id_of(at, case_id, number, document)
        run_and_tell(at, DestroyDocument(document_id=document_id, reason=reason))
        remark(clean_up(at.store))


@case_app.command("merge", help=_("Yhdistä kaksoiskappale; molemmat tunnukset johtavat jäljelle jäävään."))
def merge_cases(
    context: typer.Context, number: str, survivor: str, reason: Reason = "", municipality: Municipality = ""
) -> None:
    """Merge a duplicate into the survivor."""
    with at_desk(context, municipality) as at:
        at = acting_for_case(at, survivor)
        run_and_tell(
            at, MergeCases(case_id=case_id_of(at, number), into_id=case_id_of(at, survivor), reason=reason)
        )


@case_app.command("transfer", help=_("Siirrä asia kuntaan, jolle se kuuluu (HL 21 §)."))
def transfer_case(
    context: typer.Context,
    number: str,
    to: Annotated[str, typer.Option("--to", help=_("Kunta, jolle asia kuuluu."))],
    reason: Reason = "",
    municipality: Municipality = "",
) -> None:
    """Pass a matter to the municipality it belongs to."""
    with at_case(context, number, municipality) as (at, case_id):
        code = municipality_code(at.store, to)
        command = TransferCase(case_id=case_id, municipality=code, reason=reason)
        changes = carry(at.store, at.session, command)
        at.finish_index()
        result(changes.title)


@case_app.command("close", help=_("Päätä asia."))
def close_case(context: typer.Context, number: str, municipality: Municipality = "") -> None:
    """Close a case, or list all that stops it."""
    with at_case(context, number, municipality) as (at, case_id):
        run_and_tell(at, CloseCase(case_id=case_id))


@case_app.command("reopen", help=_("Avaa päätetty asia uudelleen."))
def reopen_case(
    context: typer.Context, number: str, reason: Reason = "", municipality: Municipality = ""
) -> None:
    """Open a closed case again."""
    with at_case(context, number, municipality) as (at, case_id):
        run_and_tell(at, ReopenCase(case_id=case_id, reason=reason))


@contextmanager
def at_case(context: typer.Context, number: str, municipality: str) -> Iterator[tuple[Desk, str]]:
    """The desk of a command on one case, and the id of the case."""
    with at_desk(context, municipality) as at:
        at = acting_for_case(at, number)
        yield at, case_id_of(at, number)


def run_and_tell(at: Desk, command: Command) -> None:
    """Run a command and print what it did."""
    changes = at.store.execute(command, at.session)
    at.finish_index()
    result(changes.title)


def case_id_of(at: Desk, number: str) -> str:
    """Id of the case a number leads to."""
    with at.reading() as reader:
        found = find_case_id(reader, number)
    if found is None:
        raise UserError(
            _("Asiaa {number} ei löydy, tai sinulla ei ole oikeutta siihen.").format(number=number),
            code="not_found",
        )
    return found


def document_id_of(at: Desk, case_id: str, number: str, identifier: str) -> str:
    """Id of the document or attachment of a case that an identifier names. A restricted case must have been
    opened: ``case show``."""
    with at.reading() as reader:
        documents = load_case(reader, case_id).documents
    return _identified(every_document(documents), [identifier], number)[0]


def _identified(
    documents: Iterable[DocumentDetail], identifiers: Collection[str], number: str
) -> tuple[str, ...]:
    """Ids of those of a case's documents that the identifiers name."""
    found = tuple(d.id for d in documents if d.fields["identifier"] in identifiers)
    if not found:
        raise UserError(
            _("Asiassa {number} ei ole sellaista asiakirjaa.").format(number=number), field="document"
        )
    return found


def acting_for_case(at: Desk, number: str) -> Desk:
    """Act for the municipality of the case when none was named."""
    if at.session.municipality:
        return at
    case_id = case_id_of(at, number)
    with at.reading() as reader:
        code = load_cases_by_id(reader, [case_id])[0].municipality
    return Desk(at.store, Session(at.session.person_id, code))
