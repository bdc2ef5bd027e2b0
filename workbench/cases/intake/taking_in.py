"""From a file to an arrival: read it, put its bytes away durably, then one command names them.

Also the copying of content to another municipality that passing a matter on needs: each keeps its own bytes.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from workbench.cases import tables as t
from workbench.cases.corrections import TransferCase
from workbench.cases.intake.commands import PassOn, TakeIn
from workbench.cases.items import FileItem
from workbench.context import Session
from workbench.documents.reading import kinds
from workbench.documents.reading.model import BytesSource, ParsedArrival, ParsedFile, PathSource
from workbench.documents.reading.names import safe_filename
from workbench.documents.reading.read import read_arrival
from workbench.i18n import _
from workbench.store.changes import Changes
from workbench.store.store import Store


def take_in(store: Store, session: Session, path: Path, *, channel: str = "") -> Changes:
    """Read a file and take it in for the municipality acted for. The result is the arrival's id.

    A file whose bytes wait for registration already is not taken in twice: its arrival is given back.
    """
    arrival = read_arrival(path)
    known = waiting_with(store, session.municipality, arrival.original.sha256)
    if known:
        return Changes(command_id="", title="", result=known)
    return store.execute(prepare(store, session.municipality, arrival, channel=channel), session)


def prepare(store: Store, municipality: str, arrival: ParsedArrival, *, channel: str = "") -> TakeIn:
    """Put an arrival's bytes into the blob store and make the command that names them."""
    is_message = arrival.kind == "email"
    now = store.clock.now()
    arrived_at = min(arrival.received_at or arrival.sent_at or now, now)
    return TakeIn(
        municipality=municipality,
        channel=channel or ("email" if is_message else "file"),
        subject=arrival.subject or arrival.original.filename,
        arrived_at=arrived_at,
        files=tuple(keep(store, municipality, file) for file in arrival.documents),
        sender_name=arrival.sender.name or arrival.sender.email,
        sender_email=arrival.sender.email,
        sent_at=arrival.sent_at,
        message_id=arrival.message_id,
        references=tuple(dict.fromkeys(filter(None, (*arrival.references, arrival.in_reply_to)))),
        body=arrival.body_text or arrival.original.text,
        warnings=arrival.warnings,
        first_is_message=is_message,
    )


def keep(store: Store, municipality: str, file: ParsedFile) -> FileItem:
    """A read file's bytes into the blob store."""
    source = file.source
    if isinstance(source, BytesSource):
        ref = store.blobs.put(municipality, source.data)
    elif isinstance(source, PathSource):
        ref = store.blobs.put(municipality, source.path)
    else:
        ref = store.blobs.put(municipality, file.content)
    return FileItem(
        filename=file.filename,
        media_type=file.media_type,
        sha256=ref.sha256,
        size=ref.size,
        text=file.text,
        text_state=file.text_state,
        note=file.note,
        pages=file.page_count,
    )


def keep_note(store: Store, municipality: str, title: str, text: str) -> FileItem:
    """What was said (suullinen vireillepano, HL 20 §) written down as a text file of its own."""
    data = text.strip().encode("utf-8")
    ref = store.blobs.put(municipality, data)
    return FileItem(
        filename=safe_filename(f"{title or _('Muistio')}.txt"),
        media_type=kinds.TEXT,
        sha256=ref.sha256,
        size=ref.size,
        text=text.strip(),
        text_state="ok",
    )


def waiting_with(store: Store, municipality: str, sha256: str) -> str:
    """Id of a waiting arrival that came as the same bytes, or ""."""
    query = (
        select(t.arrival.c.id)
        .select_from(t.arrival.join(t.arrival_file, t.arrival_file.c.arrival_id == t.arrival.c.id))
        .where(
            t.arrival_file.c.sha256 == sha256,
            t.arrival_file.c.position == 0,
            t.arrival.c.municipality == municipality,
            t.arrival.c.state == "new",
        )
    )
    with store.reader() as connection:
        return connection.execute(query).scalar() or ""


def pass_on(store: Store, session: Session, arrival_id: str, municipality: str) -> Changes:
    """Pass an arrival to another municipality, content included."""
    return carry(store, session, PassOn(arrival_id=arrival_id, municipality=municipality))


def carry(store: Store, session: Session, command: PassOn | TransferCase) -> Changes:
    """Run a command that names content of the municipality acted for in another municipality: first asked
    whether it may be done at all, then the content is copied, then it is done. A refusal leaves no copy."""
    brought: list[tuple[str, str]] = []
    try:
        for municipality, sha256 in store.rehearse(command, session):
            store.blobs.copy(session.municipality, sha256, municipality)
            brought.append((municipality, sha256))
        return store.execute(command, session)
    except Exception:
        store.drop_unnamed(brought)
        raise
