"""The structure of a message by the standard parser, kept exact: inner messages stay bytes, headers stay raw.

The parser's modern header objects refuse or alter what real mail holds, so its oldest policy reads the
structure and :mod:`headers` reads the fields.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from email import errors
from email.message import Message
from email.parser import BytesFeedParser
from email.policy import Compat32
from typing import Any

from workbench.documents.reading.headers import header_text, lenient_base64

_BROKEN = (
    errors.NoBoundaryInMultipartDefect,
    errors.StartBoundaryNotFoundDefect,
    errors.CloseBoundaryNotFoundDefect,
    errors.MultipartInvariantViolationDefect,
)
_LOST_BOUNDARY = re.compile(r"^--([^\r\n]{1,200}?)[ \t]*\r?\n(?=Content-[A-Za-z-]+:)", re.M | re.I)
_CHUNK = 1 << 18
_LONGEST = 16_000  # characters of a field of the Content- family
_UU_BLOCK = re.compile(rb"^begin [0-7]{3,4} [^\r\n]*\r?\n", re.M)


class _RawHeaders(Compat32):
    """Fields as the parser left them, bytes as surrogates."""

    def header_fetch_parse(self, name: str, value: Any) -> Any:
        # Parameters are searched in time that grows with the square of the field.
        return value[:_LONGEST] if name.lower().startswith("content-") else value


class Part(Message):
    """A part that hides its being a message, so that the parser leaves an inner message's bytes alone."""

    _payload: Any

    @property
    def real_type(self) -> str:
        """The declared type, lower case."""
        return super().get_content_type()

    def get_content_type(self) -> str:
        real = super().get_content_type()
        return "application/x-inner-message" if real.startswith("message/") else real

    def get_content_maintype(self) -> str:
        return self.get_content_type().partition("/")[0]

    def field(self, name: str) -> str:
        """The first such field, raw, or ""."""
        return str(self.get(name, ""))

    def fields(self, name: str) -> list[str]:
        """All such fields, raw, topmost first."""
        return [str(value) for value in self.get_all(name, [])]

    def children(self) -> list[Part]:
        """Subparts; none for a leaf."""
        payload = self._payload
        return [one for one in payload if isinstance(one, Part)] if isinstance(payload, list) else []

    def is_broken(self) -> bool:
        """True when the boundaries between parts were not as they should."""
        return any(isinstance(defect, _BROKEN) for defect in self.defects)

    def filename(self) -> str:
        """The name the sender gave, in whichever of the many ways, or ""."""
        for parameter, header in (("filename", "content-disposition"), ("name", "content-type")):
            value = _parameter(self, parameter, header)
            if value:
                return value
        return ""

    def charset(self) -> str:
        """The declared charset or ""."""
        return _parameter(self, "charset", "content-type").strip("'\" ")

    def disposition(self) -> str:
        """``inline``, ``attachment`` or ""."""
        return self.field("content-disposition").partition(";")[0].strip().lower()

    def content_id(self) -> str:
        """The Content-ID without brackets."""
        return self.field("content-id").strip().strip("<>")

    def raw(self) -> bytes:
        """The part's bytes as they stand in the message."""
        # get_payload() would decode the surrogates by the declared charset, which may be a lie.
        payload = self._payload
        return payload.encode("ascii", "surrogateescape") if isinstance(payload, str) else b""

    def content(self) -> tuple[bytes, bool]:
        """The decoded bytes; the flag tells that the encoding was damaged."""
        raw, encoding = self.raw(), self.field("content-transfer-encoding").strip().lower()
        if encoding == "base64":
            data, damaged = lenient_base64(raw)
            return (data, damaged) if data or not raw.strip() else (raw, True)
        if encoding == "quoted-printable":
            return quopri.decodestring(raw), False
        if encoding in ("x-uuencode", "uuencode", "uue", "x-uue"):
            return _uudecode(raw)
        return raw, False


def parse(data: bytes) -> Part:
    """The message's parts. May raise ``RecursionError`` for absurd nesting."""
    return _mended(_parsed(data))


def parse_headers(data: bytes) -> Part:
    """Only the fields before the first blank line."""
    end = re.search(rb"\r?\n\r?\n|\r\r", data)
    fields = data[: end.start() if end else len(data)]
    # Without its type a message cannot be a multipart, and nothing nests.
    return _parsed(re.sub(rb"(?im)^content-type:", b"X-Content-Type:", fields), b"\n\n")


def _parsed(*pieces: bytes) -> Part:
    policy: Any = _RawHeaders()
    parser: BytesFeedParser[Part] = BytesFeedParser(_factory=Part, policy=policy)
    for piece in pieces:
        # Fed whole, a large message would stand in memory six times over.
        for start in range(0, len(piece), _CHUNK):
            parser.feed(piece[start : start + _CHUNK])
    return parser.close()


def all_parts(part: Part) -> Iterator[Part]:
    """The part and everything in it, in the order of reading, at any depth."""
    pending = [part]
    while pending:
        one = pending.pop()
        yield one
        pending.extend(reversed(one.children()))


def _mended(message: Part) -> Part:
    """A multipart whose declared boundary is missing or wrong, cut again at the boundary that is there."""
    if message.children() or not (message.real_type.startswith("multipart/") or message.is_broken()):
        return message
    found = _LOST_BOUNDARY.search(str(message.get_payload()))
    if found is None:
        return message
    boundary = found.group(1).replace("\\", "\\\\").replace('"', '\\"')
    head = f'Content-Type: multipart/mixed; boundary="{boundary}"\n\n'
    again = _parsed(head.encode("ascii", "surrogateescape"), message.raw())
    if again.children():
        message.set_payload(again.get_payload())
    return message


def _parameter(part: Part, name: str, header: str) -> str:
    try:
        value = part.get_param(name, "", header)
    except (ValueError, LookupError, TypeError, AttributeError):
        value = ""
    if isinstance(value, tuple):  # RFC 2231: charset, language, text decoded as Latin-1
        charset, _language, text = value
        data = text.encode("latin-1", "replace")
        for encoding in (charset or "utf-8", "utf-8"):
            try:
                return str(data.decode(encoding))
            except (LookupError, UnicodeError):
                continue
        return header_text(data.decode("ascii", "surrogateescape"))
    return header_text(str(value), 4_000) if value else ""


def _uudecode(raw: bytes) -> tuple[bytes, bool]:
    start = _UU_BLOCK.search(raw)
    if start is None:
        return raw, True
    out, damaged = [], False
    for line in raw[start.end() :].splitlines():
        if line.strip() in (b"end", b"`", b""):
            continue
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            damaged = True
    return b"".join(out), damaged
