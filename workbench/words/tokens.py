"""Text to search words, the same way for an indexed document and for a typed query.

Invariant: folding is idempotent, and the tokens of a token are among the tokens it came with, so a query
built from indexed words finds them again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

LONGEST_TOKEN = 120
"""Longer runs are encoded data, not words; their shorter pieces are still given."""

_FINNISH = "åäö"
_JOINED = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "ö", "đ": "d", "ð": "d", "ł": "l", "þ": "th"})
_HYPHENS = "\u2010\u2011"
_APOSTROPHES = "\u2019\u02bc\u00b4\u2032"
# Vowel signs and tone marks that Unicode has come to call letters, but the search index still takes for gaps: as
# letters, they would make a phrase of a word, and the index keeps no phrases.
_GAPS = frozenset((*range(0x19B0, 0x19C1), 0x19C8, 0x19C9, 0x1CF2, 0x1CF3))

# One connector between two word characters keeps them together; from the widest piece to the smallest.
_CONNECTORS = "@/&+_:.-'"
_CHUNK = re.compile(rf"[^\W_]+(?:[{re.escape(_CONNECTORS)}][^\W_]+)*")
_SPLITTERS = {mark: re.compile(re.escape(mark)) for mark in _CONNECTORS}
# "EU:n", "ELY:lle": the ending after the colon is grammar, not a word.
COLON_ENDING = re.compile(
    r"(?:n|t|a|ä|ta|tä|ia|iä|ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|na|nä|ksi|in|en|an|än|on|un|yn|ön"
    r"|h[aeiouyäö]n|seen|een|iin|ien|iden|jen|ita|itä|ja|jä)(?:kin|kaan|kään)?"
)
# A word broken at the end of a line; not where a hyphen stands for a left-out part ("maa- ja metsätalous").
_BROKEN_WORD = re.compile(
    r"(?<=[a-zåäö])-[ \t]*\r?\n[ \t]*(?!(?:ja|tai|sekä|eli|että|eikä|och|eller)\b)(?=[a-zåäö])"
)


class _Folding(dict[int, str]):
    """A translation table that works out each character the first time it is met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


def _fold_character(character: str) -> str:
    if character in _HYPHENS:
        return "-"
    if character in _APOSTROPHES:
        return "'"
    kind = unicodedata.category(character)
    if kind in {"Cf", "Mn"}:  # soft hyphens, joiners, stray accents: invisible inside a word
        return ""
    if kind == "Cs" or ord(character) in _GAPS:
        return " "
    result = ""
    for part in unicodedata.normalize("NFKC", character).lower().translate(_JOINED):
        if part in _FINNISH:
            result += part
            continue
        plain = unicodedata.normalize("NFKD", part).lower().translate(_JOINED)
        result += "".join(c for c in plain if unicodedata.category(c) not in {"Mn", "Cf"})
    return result


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Lower case, NFC; å, ä and ö stay, other accents go (é → e), ligatures and full-width letters open."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).translate(_FOLDING))


def tokens(text: str) -> Iterator[str]:
    """The search words of a text, in order: each joined word whole, then its pieces.

    ``12/10.03.03/2026`` gives itself, ``12``, ``10.03.03``, ``10``, ``03``, ``03`` and ``2026``;
    ``EU-hanke`` gives ``eu-hanke``, ``eu`` and ``hanke``.
    """
    for chunk in _CHUNK.finditer(fold(_BROKEN_WORD.sub("", text))):
        yield from _pieces(chunk.group())


def _pieces(chunk: str) -> Iterator[str]:
    if len(chunk) <= LONGEST_TOKEN:
        yield chunk
    for mark, splitter in _SPLITTERS.items():
        if mark not in chunk:
            continue
        parts = splitter.split(chunk)
        if mark == ":" and len(parts) == 2 and parts[0][-1].isalpha() and COLON_ENDING.fullmatch(parts[1]):
            parts.pop()
        for part in parts:
            yield from _pieces(part)
        return
