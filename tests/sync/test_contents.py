"""Files are at hand where their person needs them: what she will read comes by itself, the rest when opened."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sync.stations import Region
from workbench.cases.items import DocumentItem, FileItem
from workbench.cases.papers import AddDocument
from workbench.errors import NotHere
from workbench.sync.errors import Offline


def add(place: Region, handler: str, text: str) -> tuple[str, str]:
    """A case with a file of somebody's, registered elsewhere; returns (municipality, sha256)."""
    one = place.stations[0]
    case_id = one.register(text, handler_id=handler)
    ref = one.store.blobs.put("924", text.encode())
    stored = {"sha256": ref.sha256, "size": ref.size, "text": text, "text_state": "done"}
    file = FileItem(filename="k.txt", media_type="text/plain", **stored)
    item = DocumentItem(title=text, type="Kirje", sender="Maija", channel="letter", file=file)
    one.run(AddDocument(case_id=case_id, document=item))
    one.sync()
    return "924", ref.sha256


def test_the_files_of_ones_own_open_cases_come_by_themselves_and_others_when_opened(place: Region) -> None:
    one, other = place.join("registrar"), place.join("both")
    one.sync()
    mine, theirs = add(place, "person-both", "oma"), add(place, "person-preparer", "toisen")
    other.sync()
    assert other.store.blobs.has(*mine) and not other.store.blobs.has(*theirs)
    assert other.store.blobs.read(*theirs) == b"toisen"
    assert other.store.blobs.has(*theirs)


def test_without_a_network_it_is_said_in_words_and_comes_later(place: Region) -> None:
    one, other = place.join("registrar"), place.join("both")
    one.sync()
    theirs = add(place, "person-preparer", "toisen")
    other.sync()

    def lost(*_where: object) -> Iterator[bytes]:
        raise Offline("ei yhteyttä")
        yield b""

    real, other.wire.blob_get = other.wire.blob_get, lost  # type: ignore[method-assign]
    with pytest.raises(NotHere, match="ei ole vielä tällä koneella"):
        other.store.blobs.read(*theirs)
    assert not other.store.blobs.has(*theirs)
    other.wire.blob_get = real  # type: ignore[method-assign]
    assert other.store.blobs.read(*theirs) == b"toisen"
