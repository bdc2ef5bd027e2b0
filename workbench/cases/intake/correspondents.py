"""To whom a message was sent: read from the message itself, which is kept whole, when somebody looks."""

from __future__ import annotations

from email.parser import BytesHeaderParser

from workbench.cases.intake.queries import ArrivalDetail, ArrivalFile
from workbench.documents.reading import kinds
from workbench.documents.reading.headers import addresses
from workbench.documents.reading.read import read_bytes
from workbench.errors import NotHere
from workbench.store.store import Store

_MOST_BYTES = 20_000_000


def load_recipients(store: Store, arrival: ArrivalDetail) -> tuple[str, ...]:
    """Receivers of a message, those of a copy too; empty when it is not a message, does not tell, or is not on
    this machine just now."""
    first = arrival.files[0] if arrival.files else None
    if first is None or not first.is_message:
        return ()
    try:
        return _read(store, arrival.row.municipality, first)
    except NotHere:
        return ()


def _read(store: Store, municipality: str, first: ArrivalFile) -> tuple[str, ...]:
    if first.media_type == kinds.MSG:
        if first.size > _MOST_BYTES:
            return ()
        content = store.blobs.read(municipality, first.sha256)
        read = read_bytes(content, first.filename)
        return tuple(str(address) for address in (*read.recipients, *read.cc))
    head = next(store.blobs.open(municipality, first.sha256), b"")
    message = BytesHeaderParser().parsebytes(head.lstrip())
    fields = [str(value) for name in ("To", "Cc") for value in message.get_all(name, [])]
    return tuple(str(address) for address in addresses(fields))
