"""Blobs: the bytes of files, named by the SHA-256 of their plain content, encrypted at rest.

``blobs/<municipality>/ab/cdef…``; equal content is kept once within a municipality and never shared
between two. A blob is on the disk, flushed and renamed, before any row names it. Reading verifies.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import secrets
import struct
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from workbench.errors import StorageProblem
from workbench.i18n import _
from workbench.ids import new_id
from workbench.oswords import os_reason
from workbench.store.files import sync_folder

_MAGIC = b"SPB1"
_CHUNK = 1 << 20
_TAG = 16
_ABANDONED = 3600.0


@dataclass(frozen=True)
class BlobRef:
    """Name and size of stored content."""

    sha256: str
    size: int


class BlobStore:
    """Blobs below one folder. ``key`` None stores them plain (tests only)."""

    def __init__(self, folder: Path, key: bytes | None) -> None:
        self._folder = folder
        self._cipher = AESGCM(key) if key else None
        self.bring: Callable[[str, str], None] | None = None
        """Brings content that is somewhere else (municipality, sha256); raises
        :class:`~workbench.errors.NotHere` when it cannot. None: all there is is here."""

    def path(self, municipality: str, sha256: str) -> Path:
        """Where a blob lies."""
        if not (len(sha256) == 64 and sha256.isalnum() and municipality.isalnum()):
            raise ValueError(f"not a blob name: {municipality}/{sha256}")
        return self._folder / municipality / sha256[:2] / sha256[2:]

    def has(self, municipality: str, sha256: str) -> bool:
        """True when the content is here."""
        return self.path(municipality, sha256).exists()

    def put(self, municipality: str, source: bytes | Path) -> BlobRef:
        """Store content durably; the same content again costs only the hashing."""
        opened: BinaryIO = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
        digest, size = hashlib.sha256(), 0
        with opened as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
            ref = BlobRef(digest.hexdigest(), size)
            target = self.path(municipality, ref.sha256)
            if not target.exists():
                stream.seek(0)
                self._write(target, stream, ref.sha256)
        return ref

    def copy(self, source: str, sha256: str, target: str) -> None:
        """Content of one municipality into another's keeping, a chunk at a time, verified on the way."""
        path = self.path(target, sha256)
        if not path.exists():
            self._write(path, _Joined(self.open(source, sha256)), sha256)

    def take(self, municipality: str, sha256: str, pieces: Iterator[bytes]) -> None:
        """Keep content that comes in pieces under the name it must have; raises StorageProblem when it is
        something else."""
        path = self.path(municipality, sha256)
        if not path.exists():
            self._write(path, _Joined(pieces), sha256)

    def _write(self, target: Path, stream: _Readable, sha256: str) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f"{new_id()}.tmp")
        try:
            read = _Digested(stream)
            with beside.open("wb") as out:
                for piece in self._sealed(read, sha256):
                    out.write(piece)
                out.flush()
                os.fsync(out.fileno())
            if read.digest.hexdigest() != sha256:
                raise StorageProblem(_("Tiedosto muuttui kesken lukemisen. Yritä uudelleen."))
            beside.replace(target)
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise StorageProblem(
                _("Tiedostoa ei voitu tallettaa levylle: {why}").format(why=os_reason(error))
            ) from error
        except StorageProblem:
            beside.unlink(missing_ok=True)
            raise
        sync_folder(target.parent)

    def _sealed(self, stream: _Digested, sha256: str) -> Iterator[bytes]:
        if self._cipher is None:
            while chunk := stream.read(_CHUNK):
                yield chunk
            return
        prefix = secrets.token_bytes(8)
        yield _MAGIC + prefix
        for number, chunk in enumerate(_chunks(stream)):
            yield self._cipher.encrypt(prefix + struct.pack(">I", number), chunk, _bound(sha256, number))

    def open(self, municipality: str, sha256: str) -> Iterator[bytes]:
        """The plain content in chunks; raises StorageProblem when it is missing or not what it was."""
        path = self.path(municipality, sha256)
        if self.bring is not None and not path.exists():
            self.bring(municipality, sha256)
        try:
            stream = path.open("rb")
        except FileNotFoundError as error:
            raise StorageProblem(
                _("Tiedoston sisältö puuttuu tältä koneelta (tunniste {name}).").format(name=sha256[:12])
            ) from error
        digest = hashlib.sha256()
        with stream:
            for chunk in self._opened(stream, sha256):
                digest.update(chunk)
                yield chunk
        if digest.hexdigest() != sha256:
            raise self._damaged(sha256)

    def _opened(self, stream: BinaryIO, sha256: str) -> Iterator[bytes]:
        if self._cipher is None:
            while chunk := stream.read(_CHUNK):
                yield chunk
            return
        head = stream.read(len(_MAGIC) + 8)
        if head[: len(_MAGIC)] != _MAGIC:
            raise self._damaged(sha256)
        prefix, number = head[len(_MAGIC) :], 0
        while sealed := stream.read(_CHUNK + _TAG):
            try:
                yield self._cipher.decrypt(prefix + struct.pack(">I", number), sealed, _bound(sha256, number))
            except InvalidTag as error:
                raise self._damaged(sha256) from error
            number += 1

    @staticmethod
    def _damaged(sha256: str) -> StorageProblem:
        return StorageProblem(
            _("Tiedoston sisältö on vaurioitunut (tunniste {name}). Palauta se varmuuskopiosta.").format(
                name=sha256[:12]
            )
        )

    def read(self, municipality: str, sha256: str) -> bytes:
        """The whole content."""
        return b"".join(self.open(municipality, sha256))

    def drop(self, municipality: str, sha256: str) -> None:
        """Remove content that no row names any more."""
        self.path(municipality, sha256).unlink(missing_ok=True)

    def names(self) -> Iterator[tuple[str, str, Path]]:
        """Every stored blob as (municipality, sha256, path); unfinished files are passed over."""
        if not self._folder.is_dir():
            return
        for municipality in self._folder.iterdir():
            for path in municipality.glob("??/*"):
                if path.suffix != ".tmp":
                    yield municipality.name, path.parent.name + path.name, path

    def sweep_unfinished(self, older_than: float = _ABANDONED) -> int:
        """Remove what crashed writers left half-way; returns how many. What was touched within the last
        hour may still be somebody's work."""
        count = 0
        for path in self._folder.glob("*/??/*.tmp"):
            with contextlib.suppress(OSError):
                if time.time() - path.stat().st_mtime >= older_than:
                    path.unlink()
                    count += 1
        return count


class _Readable(Protocol):
    """What content is read from."""

    def read(self, size: int, /) -> bytes:
        """So many bytes; fewer only at the end."""
        ...


class _Joined:
    """Pieces read as one stream."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = b""

    def read(self, size: int, /) -> bytes:
        while len(self._left) < size and (piece := next(self._pieces, None)) is not None:
            self._left += piece
        chunk, self._left = self._left[:size], self._left[size:]
        return chunk


class _Digested:
    """A stream that keeps the digest of what was really read: a file may change after it was named."""

    def __init__(self, stream: _Readable) -> None:
        self._stream = stream
        self.digest = hashlib.sha256()

    def read(self, size: int) -> bytes:
        chunk = self._stream.read(size)
        self.digest.update(chunk)
        return chunk


def _chunks(stream: _Digested) -> Iterator[bytes]:
    """Full chunks; an empty file is one empty chunk, so that it too is sealed."""
    yield stream.read(_CHUNK)
    while chunk := stream.read(_CHUNK):
        yield chunk


def _bound(sha256: str, number: int) -> bytes:
    """What each chunk is bound to, so that chunks cannot change places between blobs."""
    return f"{sha256}:{number}".encode()
