"""Contents of files between the workstation and the server: up before the rows that name them, down when needed.

Both directions go on where they were cut off; content is taken only when it hashes to its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from workbench.errors import NotHere, StorageProblem
from workbench.i18n import _
from workbench.store.store import Store
from workbench.sync.calls import Transport
from workbench.sync.errors import Offline, Refused, ServerFault

Blob = tuple[str, str, int]
"""(municipality, sha256, size in bytes)."""

_ASKED_AT_ONCE = 500
_TRIES = 4


def bring_up(
    store: Store,
    transport: Transport,
    blobs: Iterable[Blob],
    chunk: int,
    pause: Callable[[], None] = lambda: None,
) -> int:
    """Send those of the contents the server lacks; returns how many. What this machine lacks itself is left
    out: the server will say that it is missing."""
    wanted = {(m, s): size for m, s, size in blobs if store.blobs.has(m, s)}
    names = sorted(wanted)
    sent = 0
    for start in range(0, len(names), _ASKED_AT_ONCE):
        asked = [
            {"municipality": m, "sha256": s, "size": wanted[m, s]}
            for m, s in names[start : start + _ASKED_AT_ONCE]
        ]
        for answer in transport.blobs_missing(asked):
            where = str(answer["municipality"]), str(answer["sha256"])
            if where in wanted:
                _send(store, transport, where, wanted[where], int(answer.get("offset") or 0), chunk, pause)
                sent += 1
    return sent


def _send(
    store: Store,
    transport: Transport,
    where: tuple[str, str],
    size: int,
    offset: int,
    chunk: int,
    pause: Callable[[], None],
) -> None:
    if size == 0:
        transport.blob_send(*where, 0, 0, b"")
        return
    at = offset
    for data in _chunks(store.blobs.open(*where), offset, chunk):
        pause()
        answer = transport.blob_send(*where, at, size, data)
        at += len(data)
        if answer.get("done"):
            return
        if int(answer.get("offset", at)) != at:
            # Another sent the same meanwhile, or part was lost: from where the server is.
            _send(store, transport, where, size, int(answer["offset"]), chunk, pause)
            return


def _chunks(pieces: Iterator[bytes], skip: int, size: int) -> Iterator[bytes]:
    """The content from byte ``skip`` on, cut into ``size`` bytes; the last is shorter."""
    held = b""
    for piece in pieces:
        if skip >= len(piece):
            skip -= len(piece)
            continue
        held += piece[skip:]
        skip = 0
        while len(held) >= size:
            yield held[:size]
            held = held[size:]
    if held:
        yield held


def fetch(store: Store, transport: Transport, municipality: str, sha256: str) -> None:
    """Bring a content here, if it is not."""
    if store.blobs.has(municipality, sha256):
        return
    try:
        store.blobs.take(municipality, sha256, _pieces(transport, municipality, sha256))
    except (Offline, ServerFault) as error:
        raise NotHere(
            _("Tiedosto ei ole vielä tällä koneella. Se näytetään, kun palvelimeen on taas yhteys.")
        ) from error
    except Refused as refused:
        raise StorageProblem(
            _("Tiedoston sisältöä ei ole palvelimella (tunniste {name}).").format(name=sha256[:12])
        ) from refused


def _pieces(transport: Transport, municipality: str, sha256: str) -> Iterator[bytes]:
    at, tries = 0, 0
    while True:
        try:
            for piece in transport.blob_get(municipality, sha256, at):
                at += len(piece)
                tries = 0
                yield piece
        except (Offline, ServerFault):
            tries += 1
            if tries >= _TRIES:
                raise
            continue
        return
