"""The public side of the register (julkiset merkinnät, TihL 25 §): what lets a requester identify documents,
and the description of how the register keeps and finds them (asiakirjajulkisuuskuvaus, TihL 28 §)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from workbench.cases import tables as t
from workbench.cases.plan.codes import Publicity
from workbench.cases.plans import current_plan
from workbench.cases.search import NAMES
from workbench.clock import local
from workbench.i18n import _, day_text
from workbench.organisation.access import visible
from workbench.organisation.queries import access_for, load_municipality
from workbench.store.store import Reader


@dataclass(frozen=True)
class PublicDocument:
    """What anybody may know of a document; the title is "" when it is secret or not yet public."""

    identifier: str
    type: str
    title: str
    on: date | None
    publicity: str


@dataclass(frozen=True)
class PublicEntry:
    """What anybody may know of a case: never a party, a handler's note, or a secret title."""

    number: str
    title: str
    class_code: str
    class_name: str
    opened_on: date
    state: str
    documents: tuple[PublicDocument, ...]


def load_public_entries(reader: Reader, first: date, last: date) -> list[PublicEntry]:
    """Cases that became pending between two days, both included, in the order of their numbers, of the
    municipality acted for. A secret case is there by its number, class and public title only; one that the
    reader herself may not see is not."""
    c, access = t.case_file.c, access_for(reader)
    plan = current_plan(reader, reader.session.municipality)
    query = (
        select(t.case_file)
        .where(
            c.municipality == reader.session.municipality,
            c.opened_on >= first,
            c.opened_on <= last,
            visible(c.scope_id, access),
        )
        .order_by(c.year, c.running, c.k)
    )
    found = []
    for row in reader.connection.execute(query).mappings().all():
        node = plan.find(row["class_code"])
        found.append(
            PublicEntry(
                number=row["number"] or "",
                title=_title(dict(row)),
                class_code=row["class_code"],
                class_name=node.name if node else "",
                opened_on=row["opened_on"],
                state=_("Mitätöity") if row["voided_at"] else row["state"],
                documents=() if row["restricted"] else tuple(_documents(reader, row["id"])),
            )
        )
    return found


def _title(row: dict[str, Any]) -> str:
    if row["public_title"]:
        return str(row["public_title"])
    public = row["publicity"] == Publicity.PUBLIC
    return str(row["title"]) if public else _("(salassa pidettävä)")


def _documents(reader: Reader, case_id: str) -> Iterator[PublicDocument]:
    d = t.document.c
    query = (
        select(t.document)
        .where(d.case_id == case_id, visible(d.scope_id, access_for(reader)))
        .order_by(d.position)
    )
    for row in reader.connection.execute(query).mappings():
        # JulkL 6–7 §: a draft is not public yet. That there is a document may be known of each.
        public = row["publicity"] == Publicity.PUBLIC and row["state"] == "final"
        arrived = local(row["arrived_at"]).date() if row["arrived_at"] else None
        yield PublicDocument(
            identifier=row["identifier"] or "",
            type=row["type"],
            title=row["title"] if public else "",
            on=arrived or row["dated_on"],
            publicity=row["publicity"],
        )


# Kinds whose fields tell what a register holds; the rest is the program's own.
_DATA_GROUPS = ("case_file", "party", "action", "document", "document_version", "task")


def describe(reader: Reader, decides: str) -> str:
    """The description of a municipality's register as text to publish. ``decides`` names who decides on
    giving out documents: the administrative regulation (hallintosääntö) says it, not the register."""
    place = load_municipality(reader, reader.session.municipality)
    plan = current_plan(reader, place["code"])
    values = [d for c in plan.classes for d in (c.process, *(a.defaults for a in c.actions))]
    systems = sorted({d.system for d in values if d.system})
    mains = [c.label for c in plan.classes if c.parent is None]
    fields = (str(n) for n, english in NAMES.items() if n != english)
    lines = [
        _("# Kuvaus asiakirjajulkisuuden toteuttamiseksi"),
        _("{name}, Y-tunnus {id}. Tiedonhallintalaki (906/2019) 28 §. Laadittu {day}.").format(
            name=place["name"], id=place["business_id"] or "–", day=day_text(local(reader.at).date())
        ),
        _("## Tietopyynnöt"),
        _("Pyynnöt: {email}, {street}, {postal}, puhelin {phone}.").format(
            **{n: place[n] or "–" for n in ("email", "street", "postal", "phone")}
        ),
        _("Asiakirjan antamisesta päättää {who}.").format(who=decides.strip()),
        _("## Tietovarannot ja tietojärjestelmät"),
        _("Asiarekisteri (Seutupöytä), tiedonohjaussuunnitelman versio {version}.").format(
            version=plan.version
        ),
        *(f"- {name}" for name in systems),
        _("## Tietoaineistot tehtävittäin"),
        *(f"- {label}" for label in mains),
        _("## Tietoryhmät"),
        *(_group(reader, name) for name in _DATA_GROUPS),
        _("## Hakutekijät"),
        _("Sanat kaikissa taivutusmuodoissa, asiatunnus ja rajaukset: {fields}.").format(
            fields=", ".join(fields)
        ),
        _("## Avoimet rajapinnat"),
        _("Rekisterissä ei ole avointa teknistä rajapintaa. Julkiset merkinnät saa tiedostona."),
    ]
    return "\n\n".join(lines) + "\n"


def _group(reader: Reader, name: str) -> str:
    kind = reader.kinds[name]
    labels = [_(f.label).lower() for f in kind.fields if not f.hidden and not f.derived]
    return f"- {_(kind.label)}: {', '.join(labels)}"
