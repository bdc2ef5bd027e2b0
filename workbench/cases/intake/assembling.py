"""From an arrival to what registering needs: the letter as a document, its attachments under it, and the
sender as a party. Nothing is typed twice."""

from __future__ import annotations

from workbench.cases.intake.queries import ArrivalDetail, ArrivalFile
from workbench.cases.items import DocumentItem, FileItem, PartyItem
from workbench.clock import local
from workbench.i18n import _

ATTACHMENT = "Liite"


def file_item(file: ArrivalFile) -> FileItem:
    """The content of an arrival's file."""
    return FileItem(
        filename=file.filename,
        media_type=file.media_type,
        sha256=file.sha256,
        size=file.size,
        text=file.text,
        text_state=file.text_state,
        note=file.note,
        pages=file.pages,
    )


def document_of(arrival: ArrivalDetail, *, title: str, document_type: str) -> DocumentItem:
    """The arrival as one received document with its attachments."""
    row = arrival.row
    common = {
        "sender": row.sender,
        "channel": row.channel,
        "arrived_at": row.arrived_at,
        "dated_on": local(arrival.sent_at or row.arrived_at).date(),
    }
    attachments = tuple(
        DocumentItem(title=_stem(f.filename), type=ATTACHMENT, file=file_item(f), **common)  # type: ignore[arg-type]
        for f in arrival.files[1:]
    )
    return DocumentItem(
        title=title or row.subject,
        type=document_type,
        file=file_item(arrival.files[0]) if arrival.files else None,
        attachments=attachments,
        message_id=arrival.message_id,
        **common,  # type: ignore[arg-type]
    )


def sender_party(arrival: ArrivalDetail, role: str = "initiator") -> PartyItem | None:
    """The sender as a party; None when the arrival does not say who sent it."""
    name = arrival.sender_name or arrival.sender_email
    if not name:
        return None
    return PartyItem(role=role, name=name, email=arrival.sender_email, entity=entity_of(name))


_ORGANISATION_WORDS = (
    " oy",
    " ab",
    " ry",
    " rf",
    " ky",
    "osakeyhtiö",
    "yhdistys",
    "osuuskunta",
    "seura",
    "säätiö",
    "tiekunta",
    "kuntayhtymä",
    "asianajotoimisto",
    "lakitoimisto",
)
_AUTHORITY_WORDS = (
    "virasto",
    "keskus",
    "kunta",
    "kaupunki",
    "ministeriö",
    "liitto",
    "oikeus",
    "hallinto",
    "hyvinvointialue",
    "poliisi",
    "laitos",
    "kirjaamo",
)


def entity_of(name: str) -> str:
    """Whether a name looks like a person, an organisation or an authority."""
    plain = f" {name.lower()} "
    if any(word in plain for word in _ORGANISATION_WORDS):
        return "organisation"
    if any(word in plain for word in _AUTHORITY_WORDS):
        return "authority"
    return "person"


def default_title(arrival: ArrivalDetail) -> str:
    """The subject without reply marks, else the file's name."""
    subject = arrival.row.subject
    changed = True
    while changed:
        changed = False
        for mark in ("re:", "vs:", "vl:", "fw:", "fwd:", "sv:", "vb:"):
            if subject.lower().startswith(mark):
                subject, changed = subject[len(mark) :].strip(), True
    return subject or _("Saapunut asiakirja")


def _stem(filename: str) -> str:
    stem, dot, _ending = filename.rpartition(".")
    return (stem if dot and stem else filename).replace("_", " ").strip() or filename
