"""Text in unknown encodings, and text made fit to store: no control characters, no lone surrogates."""

from __future__ import annotations

import re
import unicodedata

from workbench.documents.reading.model import Extract, Limits

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# Bytes that Finnish and Swedish letters write above ASCII, in ISO 8859-15 and Windows-1252 together.
_NORDIC = frozenset("ÅÄÖåäöÉéÜüÆØæøÕõ§°½´²³µ·»«ÀàÈèÊêËëÍíÓóÑñÇçÁáß\xa0\xad".encode("latin-1")) | {
    0xA4,  # € in ISO 8859-15
    *(0xA6, 0xA8, 0xB4, 0xB8),  # Š š Ž ž in ISO 8859-15
    *(0x80, 0x85, 0x8A, 0x8E, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x9A, 0x9E),  # Windows-1252
}
_SAMPLE = 60_000
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029]")
_MANY_BLANKS = re.compile(r"\n{4,}")


def decode_text(data: bytes, declared: str = "") -> str:
    """Bytes as text. A declared encoding is believed only when the bytes agree with it."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace")
    if declared:
        text = _try(data, declared)
        # "us-ascii" and "utf-8" are what careless programs declare; a failed decoding means neither.
        if text is not None:
            return text
    if encoding := _wide(data):
        return data.decode(encoding, "replace")
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(character > "\x7f" for character in text) - bad if bad else 0
    # A cut or a spoilt byte leaves text UTF-8; text in another encoding has hardly a good letter as such.
    return text if bad * 3 <= good else data.decode(_guess(data), "replace")


def clean_text(text: str) -> str:
    """Text to store and to search: composed letters, plain line ends, nothing invisible that harms."""
    text = _LINE_ENDS.sub("\n", text)
    text = _CONTROLS.sub("", text)
    text = unicodedata.normalize("NFC", text)
    text = "\n".join(line.rstrip(" \t") for line in text.split("\n"))
    return _MANY_BLANKS.sub("\n\n\n", text).strip("\n")


def clean_line(text: str, limit: int = 1_000) -> str:
    """One line of clean text: a subject, a name."""
    return " ".join(clean_text(text).split())[:limit]


def extract(data: bytes, limits: Limits) -> Extract:
    """A text file."""
    return Extract(text=decode_text(data[: limits.text_characters * 4 + 4]))


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return None


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every other byte of Western text is zero."""
    sample = data[:4_000]
    if len(sample) < 4 or b"\x00" not in sample:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.1:
        return "utf-16-be"
    return ""


def _guess(data: bytes) -> str:
    high = {byte for byte in data[:_SAMPLE] if byte > 0x7F}
    if high <= _NORDIC:
        # The two Western encodings differ where it matters: 0x80–0x9F is empty in ISO 8859-15.
        return "cp1252" if any(byte < 0xA0 for byte in high) else "iso8859-15"
    from charset_normalizer import from_bytes  # heavy, and seldom needed

    best = from_bytes(data[:_SAMPLE]).best()
    return best.encoding if best is not None else "cp1252"
