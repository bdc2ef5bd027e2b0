"""What reading gives: a described arrival and its files. Everything is frozen and holds the exact bytes.

Invariant: whatever the reader makes of a file, ``open()`` gives the bytes that arrived, and ``sha256`` and
``size`` are theirs. A file whose text could not be read says why in ``note``, a Finnish sentence.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Literal, Protocol

from workbench.documents.reading.kinds import PROGRAMS
from workbench.errors import UserError
from workbench.i18n import _

TextState = Literal["ok", "none", "encrypted", "unreadable", "too_large", "image"]


@dataclass(frozen=True)
class Limits:
    """How much of a file is read. Beyond a limit the file is kept whole and the reason is told."""

    file_bytes: int = 150_000_000  # larger files are hashed and kept; their text is not read
    text_characters: int = 5_000_000
    nesting: int = 10  # a message in a message in a package …
    parts: int = 2_000  # attachments and package members of one arrival
    zip_members: int = 10_000
    zip_expanded_bytes: int = 300_000_000  # of all packages of one arrival together
    zip_ratio: int = 200  # expanded to packed, judged only above ten megabytes
    pdf_pages: int = 5_000
    sheet_rows: int = 1_100_000  # one more than a sheet may hold, blank rows counted
    sheet_cells: int = 2_000_000


class Source(Protocol):
    """Where a file's bytes are."""

    def open(self) -> BinaryIO:
        """A fresh binary file at its beginning; the caller closes it."""
        ...


@dataclass(frozen=True)
class BytesSource:
    """Bytes held in memory."""

    data: bytes = field(repr=False)

    def open(self) -> BinaryIO:
        return io.BytesIO(self.data)


@dataclass(frozen=True)
class PathSource:
    """A file left where it is, for those too large for memory."""

    path: Path
    size: int
    modified_ns: int

    def open(self) -> BinaryIO:
        try:
            status = self.path.stat()
            unchanged = (status.st_size, status.st_mtime_ns) == (self.size, self.modified_ns)
            if unchanged:
                return self.path.open("rb")
        except OSError:
            pass
        raise UserError(
            _("Tiedosto {name} on muuttunut tai poistettu lukemisen jälkeen. Tuo se uudelleen.").format(
                name=self.path.name
            ),
            code="changed",
        )


@dataclass(frozen=True)
class Address:
    """A correspondent as the message names them; either half may be empty."""

    name: str = ""
    email: str = ""

    def __str__(self) -> str:
        if self.name and self.email:
            return f"{self.name} <{self.email}>"
        return self.name or self.email


@dataclass(frozen=True)
class MessageInfo:
    """What a message says of itself. Identifiers are without angle brackets."""

    subject: str = ""
    sender: Address = Address()
    recipients: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    sent_at: datetime | None = None
    received_at: datetime | None = None
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    body_text: str = ""
    inline: tuple[ParsedFile, ...] = ()

    @property
    def thread_key(self) -> str:
        """The identifier of the message that began the conversation, or ""."""
        return (self.references or (self.in_reply_to,))[0] or self.in_reply_to or self.message_id


@dataclass(frozen=True)
class ParsedFile:
    """One file: the arriving one, an attachment, or a member of a package.

    ``filename`` is safe to show and to save under, and unique among its siblings; ``original_filename`` is
    what the sender wrote. ``media_type`` comes from the content, never from the name. ``children`` are a
    message's attachments or a package's members. ``warnings`` are this file's own, not its children's.
    """

    filename: str
    original_filename: str
    media_type: str
    size: int
    sha256: str
    source: Source = field(repr=False)
    text: str = field(default="", repr=False)
    text_state: TextState = "none"
    note: str = ""
    page_count: int | None = None
    children: tuple[ParsedFile, ...] = ()
    warnings: tuple[str, ...] = ()
    message: MessageInfo | None = None

    def open(self) -> BinaryIO:
        """The exact bytes as a binary file; the caller closes it."""
        return self.source.open()

    @property
    def content(self) -> bytes:
        """All the bytes at once; for a large file use :meth:`open`."""
        with self.open() as stream:
            return stream.read()

    @property
    def is_program(self) -> bool:
        """True for what a computer would run: never to be opened from the window."""
        return self.media_type in PROGRAMS

    def walk(self) -> Iterator[ParsedFile]:
        """This file, its inline images and everything inside it, outermost first."""
        yield self
        for child in (*self.children, *(self.message.inline if self.message else ())):
            yield from child.walk()


@dataclass(frozen=True)
class Extract:
    """What a reader of one format found in the bytes it was given."""

    text: str = ""
    state: TextState = "ok"
    note: str = ""
    page_count: int | None = None
    children: tuple[ParsedFile, ...] = ()
    warnings: tuple[str, ...] = ()
    message: MessageInfo | None = None


@dataclass(frozen=True)
class ParsedArrival:
    """An arrival ready to be registered.

    ``original`` is the file that arrived; ``files`` are the attachments (or a package's members), without
    ``inline`` images that only decorate the message. :attr:`documents` is what a registration keeps.
    ``warnings`` hold everything a person should know, files' warnings and notes of trouble included.
    """

    kind: Literal["email", "file"]
    subject: str
    original: ParsedFile
    sender: Address = Address()
    recipients: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    sent_at: datetime | None = None
    received_at: datetime | None = None
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    thread_key: str = ""
    body_text: str = field(default="", repr=False)
    files: tuple[ParsedFile, ...] = ()
    inline: tuple[ParsedFile, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def documents(self) -> tuple[ParsedFile, ...]:
        """The arrived file first, then its attachments."""
        return (self.original, *self.files)

    def walk(self) -> Iterator[ParsedFile]:
        """Every file at every depth, the arrived one first."""
        return self.original.walk()
