"""Header fields of mail as they really come: broken words, bytes without a charset, impossible dates.

Header text here is a ``str`` in which a byte above ASCII is a lone surrogate (``surrogateescape``), as the
standard parser leaves it; what these functions return is clean text.
"""

from __future__ import annotations

import binascii
import re
from datetime import datetime, timedelta, timezone
from email.utils import getaddresses, parsedate_tz

from workbench.clock import FINLAND
from workbench.documents.reading.model import Address
from workbench.documents.reading.plain import clean_line, decode_text
from workbench.i18n import _

_LONGEST = 200_000  # characters of one header field that are read
_MOST_ADDRESSES = 2_000
_WORD = re.compile(r"=\?([\w.:+-]{1,40})(?:\*[\w-]{0,20})?\?([bBqQ])\?([^?]*)\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)[ \t\r\n]+(?==\?[\w.:+-]{1,40}(?:\*[\w-]{0,20})?\?[bBqQ]\?)")
_ID = re.compile(r"<([^<>\s]{1,500})>")
_EMAIL = re.compile(r"[^\s<>\"',;:()@]{1,64}@[^\s<>\"',;:()@]{1,255}")
_ZONE = re.compile(r"(?:[+-]\d{4}|\b(?:UTC?|GMT|Z|[ECMP][SD]T))\s*(?:\([^()]*\))?\s*$")
_REPLY_MARK = re.compile(r"^\s*(?:re|vs|vast|sv|fw|fwd|vl|vb|aw|wg)(?:\s*\[\d+\])?\s*:\s*", re.I)
_YEARS = range(1970, 2101)


def header_text(raw: str, limit: int = 1_000) -> str:
    """One header field's text, its encoded words opened."""
    raw = raw[:_LONGEST]
    raw = _BETWEEN_WORDS.sub(r"\1", raw)
    pieces: list[str] = []
    # Words side by side in one charset are joined as bytes: careless programs cut a letter in two.
    pending, pending_charset, end = b"", "", 0
    for word in _WORD.finditer(raw):
        charset, data = word.group(1).lower(), _word_bytes(word.group(2), word.group(3))
        between = raw[end : word.start()]
        if between or charset != pending_charset:
            pieces.append(decode_text(pending, pending_charset) if pending else "")
            pieces.append(_plain(between))
            pending = b""
        pending, pending_charset, end = pending + data, charset, word.end()
    pieces.append(decode_text(pending, pending_charset) if pending else "")
    pieces.append(_plain(raw[end:]))
    return clean_line("".join(pieces), limit)


def addresses(fields: list[str]) -> tuple[Address, ...]:
    """The correspondents named in address fields. Names are opened only after the addresses are apart."""
    raw = [" ".join(field[:_LONGEST].split()) for field in fields]
    found = []
    try:
        pairs = getaddresses(raw)[:_MOST_ADDRESSES]
    except (RecursionError, IndexError, ValueError, TypeError):  # comments within comments without end
        pairs = []
    for name, email in pairs:
        address = Address(header_text(name.strip("\"' ")), header_text(email))
        if "@" not in address.email and not address.name:
            address = Address(name=address.email)
        if address.name == address.email:
            address = Address(email=address.email)
        if address.name or address.email:
            found.append(address)
    if not any("@" in address.email for address in found):
        # Too broken for the grammar: what looks like an address is one.
        rescued = [Address(email=header_text(m)) for field in raw for m in _EMAIL.findall(field)]
        found = rescued or found
    return tuple(dict.fromkeys(found))


def message_ids(raw: str) -> tuple[str, ...]:
    """Message identifiers without their angle brackets, in order, each once."""
    found = _ID.findall(raw[:_LONGEST]) or [
        word.strip("<>") for word in raw[:_LONGEST].split() if "@" in word
    ]
    return tuple(dict.fromkeys(clean_line(one, 500) for one in found))


def moment(raw: str) -> tuple[datetime | None, str]:
    """A header date as an aware instant, and a Finnish sentence when it is doubtful or impossible."""
    shown = header_text(raw, 100)
    if not shown:
        return None, ""
    impossible = _("Viestin päiväys ”{date}” ei ole oikea päivä. Tarkista lähetysaika itse.").format(
        date=shown
    )
    try:
        parts = parsedate_tz(shown)
        if parts is None or parts[0] not in _YEARS:
            return None, impossible
        wall = datetime(*parts[:6])  # noqa: DTZ001 - the zone is given below
        if _ZONE.search(shown):
            return wall.replace(tzinfo=timezone(timedelta(seconds=parts[9] or 0))), ""
    except (ValueError, TypeError, IndexError, OverflowError):
        return None, impossible
    if re.search(r"\bEES?T\b", shown):
        return wall.replace(tzinfo=FINLAND), ""
    return wall.replace(tzinfo=FINLAND), _(
        "Viestin päiväyksestä ”{date}” puuttuu aikavyöhyke. Aika tulkittiin Suomen ajaksi."
    ).format(date=shown)


def bare_subject(subject: str) -> str:
    """The subject without its marks of replying and forwarding: ``VS: Re: Aita`` → ``Aita``."""
    while True:
        bare = _REPLY_MARK.sub("", subject, count=1)
        if bare == subject:
            return subject.strip()
        subject = bare


def _plain(raw: str) -> str:
    """Header characters outside encoded words; raw bytes are guessed."""
    if raw.isascii():
        return raw
    try:
        return decode_text(raw.encode("ascii", "surrogateescape"))
    except UnicodeEncodeError:  # already real characters
        return raw


def _word_bytes(kind: str, text: str) -> bytes:
    data = text.encode("utf-8", "surrogateescape")
    if kind in "qQ":
        return binascii.a2b_qp(data.replace(b"_", b" ").replace(b"\n", b""), header=False)
    return lenient_base64(data)[0]


_BLANK = b" \t\r\n\v\f"
_NOT_BASE64 = bytes(
    set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
)


def lenient_base64(data: bytes) -> tuple[bytes, bool]:
    """Decode what is decodable; the flag tells that there was rubbish among it or that the end was cut."""
    data = data.translate(None, _BLANK).rstrip(b"=")
    whole = len(data)
    data = data.translate(None, _NOT_BASE64)
    damaged = len(data) != whole or whole % 4 == 1
    if len(data) % 4 == 1:
        data = data[:-1]
    return binascii.a2b_base64(data + b"=" * (-len(data) % 4)), damaged
