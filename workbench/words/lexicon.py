"""The compact Finnish lexicon on disk: inflected form → lemma, read through a memory map.

The file holds no words: a record is 48 bits of the form's hash and 16 bits naming an edit ("drop 3 letters,
add ``nen``") that turns the form into its lemma. Records are sorted, an index by the top 16 bits narrows a
look-up to some fifty of them. A form that is not in the lexicon passes for one in it about once in 80 million
look-ups.

Invariant: a reader never sees a half-written file; a file that is not what it says it is counts as absent.
"""

from __future__ import annotations

import json
import mmap
import struct
import sys
import threading
import zlib
from bisect import bisect_left
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

FORMAT = 1
MAGIC = b"FILEXIC" + bytes([FORMAT])
HEADER = struct.Struct("<8s6sQIIII")
"""Magic, byte order, number of records, bytes of tables, CRC of index, of tables, of records."""
INDEX_SLOTS = (1 << 16) + 1
INDEX_BYTES = INDEX_SLOTS * 4
INDEX_OFFSET = 64
RECORDS_OFFSET = -(-(INDEX_OFFSET + INDEX_BYTES) // 64) * 64

NOMINAL = 1
"""The lemma is declined: noun, adjective, numeral, pronoun."""
VERB = 2
"""The lemma is conjugated."""
PROPER = 4
"""The form is a name, written with a capital."""


class Entry(NamedTuple):
    """One reading of a form. ``flags`` tell the part of speech where form and lemma are the same."""

    lemma: str
    flags: int


def form_hash(form: str) -> int:
    """48 bits that stand for the form."""
    return int.from_bytes(blake2b(form.encode("utf-8", "surrogatepass"), digest_size=6).digest(), "big")


def lexicon_path(folder: Path) -> Path:
    """Where the lexicon of the installed simplemma belongs."""
    try:
        source = version("simplemma")
    except PackageNotFoundError:
        source = "none"
    return folder / f"fi-{source}-{FORMAT}.lexicon"


class _Opened:
    """A mapped file, its views and tables."""

    def __init__(self, path: Path, *, thorough: bool) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._views: list[memoryview] = []
        try:
            self._read(thorough)
        except BaseException:
            self.close()
            raise

    def _read(self, thorough: bool) -> None:
        data = self._keep(memoryview(self._map))
        magic, order, count, tables, index_crc, tables_crc, records_crc = HEADER.unpack_from(data)
        end = RECORDS_OFFSET + 8 * count
        if magic != MAGIC or order.rstrip(b"\0").decode() != sys.byteorder or len(data) != end + tables:
            raise ValueError("not a lexicon of this version, or cut short")
        index = self._keep(data[INDEX_OFFSET : INDEX_OFFSET + INDEX_BYTES])
        records = self._keep(data[RECORDS_OFFSET:end])
        rest = self._keep(data[end:])
        if zlib.crc32(index) != index_crc or zlib.crc32(rest) != tables_crc:
            raise ValueError("damaged index")
        if thorough and zlib.crc32(records) != records_crc:
            raise ValueError("damaged records")
        self.index = self._keep(index.cast("I"))
        self.records = self._keep(records.cast("Q"))
        loaded = json.loads(zlib.decompress(rest))
        self.edits: list[tuple[int, str, int]] = [(trim, add, flags) for trim, add, flags in loaded["edits"]]
        self.guesses: dict[str, tuple[int, str]] = {
            k: (trim, add) for k, (trim, add) in loaded["guesses"].items()
        }

    def _keep(self, view: memoryview) -> memoryview:
        """A map closes only when every view of it is released, the passing ones too."""
        self._views.append(view)
        return view

    def close(self) -> None:
        while self._views:
            self._views.pop().release()
        self._map.close()


def is_intact(path: Path) -> bool:
    """Whether the whole file reads right, every byte of it."""
    try:
        _Opened(path, thorough=True).close()
    except (OSError, ValueError, KeyError, TypeError, struct.error, zlib.error):
        return False
    return True


class Lexicon:
    """The lexicon in ``folder``; opens by itself as soon as it has been built there."""

    def __init__(self, folder: Path) -> None:
        self.path = lexicon_path(folder)
        self._opened: _Opened | None = None
        self._seen: tuple[int, int] | None = None
        self._lock = threading.Lock()

    @property
    def ready(self) -> bool:
        """Whether look-ups answer. Costs one ``stat`` while the lexicon is not there."""
        return self._opened is not None or self._open()

    def _open(self) -> bool:
        with self._lock:
            if self._opened is not None:
                return True
            try:
                status = self.path.stat()
                stamp = (status.st_mtime_ns, status.st_size)
                if stamp == self._seen:  # known to be damaged; wait for another file
                    return False
                self._seen = stamp
                self._opened = _Opened(self.path, thorough=False)
            except (OSError, ValueError, KeyError, TypeError, struct.error, zlib.error):
                return False
            return True

    def lookup(self, form: str) -> tuple[Entry, ...]:
        """The readings of a folded form, empty when it is unknown.

        Common words come before names, and of these the noun that the form is itself.
        """
        opened = self._opened
        if opened is None:
            return ()
        hashed = form_hash(form)
        bucket = hashed >> 32
        high = opened.index[bucket + 1]
        records = opened.records
        at = bisect_left(records, hashed << 16, opened.index[bucket], high)
        found: list[Entry] = []
        while at < high:
            record = records[at]
            if record >> 16 != hashed:
                break
            number = record & 0xFFFF
            if number < len(opened.edits):
                trim, add, flags = opened.edits[number]
                found.append(Entry(form[: len(form) - trim] + add, flags))
            at += 1
        if len(found) > 1:
            found.sort(
                key=lambda entry: (entry.flags & PROPER, entry.lemma != form or not entry.flags & NOMINAL)
            )
        return tuple(found)

    def kind(self, lemma: str) -> int:
        """The flags of a lemma: 0 when the word is no lemma or is never inflected."""
        flags = 0
        for entry in self.lookup(lemma):
            if entry.lemma == lemma:
                flags |= entry.flags
        return flags

    def guess(self, form: str) -> str | None:
        """The likely lemma of an unknown form, by how known nouns and names with the same ending decline."""
        if self._opened is None:
            return None
        guesses = self._opened.guesses
        for length in range(min(6, len(form) - 2), 1, -1):
            edit = guesses.get(form[-length:])
            if edit is not None:
                return form[: len(form) - edit[0]] + edit[1]
        return None

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None
                self._seen = None
