"""Differences between texts, down to letters within words, and a proposal that joins two people's edits of one text.

A proposal is only ever offered to be read and edited; nothing takes it by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?\n]+\s*|$)")
_ALIKE = 0.5
"""From so alike on two words are one word mended, and only their letters differ."""
_LONGEST = 20_000
"""Characters; a longer text is compared by lines only, so that a page of it never waits."""


@dataclass(frozen=True)
class Piece:
    """A run of a text. ``changed``: it is not in the text compared with."""

    text: str
    changed: bool


def differences(old: str, new: str) -> tuple[Piece, ...]:
    """``new`` in pieces, those marked that ``old`` has not. The pieces together are ``new``."""
    if len(old) + len(new) > _LONGEST:
        return _joined(_by(old.splitlines(keepends=True), new.splitlines(keepends=True)))
    return _joined(_by_words(old, new))


def _by_words(old: str, new: str) -> list[Piece]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    pieces: list[Piece] = []
    for what, i, j, k, m in _steps(before, after):
        if what == "replace" and _one_word(before[i:j]) and _one_word(after[k:m]):
            pieces += _within(before[i], after[k])
        elif m > k:
            pieces.append(Piece("".join(after[k:m]), what != "equal"))
    return pieces


def _one_word(tokens: Sequence[str]) -> bool:
    return len(tokens) == 1 and tokens[0][:1].isalnum()


def _within(old: str, new: str) -> list[Piece]:
    """A word that was mended: its letters. Words that have little in common differ whole."""
    match = SequenceMatcher(None, old, new, autojunk=False)
    if match.ratio() < _ALIKE:
        return [Piece(new, True)]
    return [Piece(new[k:m], what != "equal") for what, _i, _j, k, m in match.get_opcodes() if m > k]


def _by(old: Sequence[str], new: Sequence[str]) -> list[Piece]:
    return [Piece("".join(new[k:m]), what != "equal") for what, _i, _j, k, m in _steps(old, new) if m > k]


def _steps(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    return list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Runs of the same sort as one piece."""
    made: list[Piece] = []
    for piece in pieces:
        if made and made[-1].changed == piece.changed:
            made[-1] = Piece(made[-1].text + piece.text, piece.changed)
        else:
            made.append(piece)
    return tuple(made)


@dataclass(frozen=True)
class Proposal:
    """A text that has both edits. ``clean``: they did not meet; where they did, both stand one after the other,
    one's own first."""

    text: str
    clean: bool


def proposal(base: str, mine: str, theirs: str) -> Proposal:
    """Both edits of ``base`` in one text, word by word."""
    if base == mine:
        return Proposal(theirs, True)
    if base == theirs or mine == theirs:
        return Proposal(mine, True)
    if len(base) + len(mine) + len(theirs) <= _LONGEST:
        made = _merged(base, mine, theirs, _TOKEN.findall)
        # Words of two sentences mixed up would be nobody's text.
        return made if made.clean else _merged(base, mine, theirs, _SENTENCE.findall)
    return _merged(base, mine, theirs, _lines)


def _merged(base: str, mine: str, theirs: str, cut: Callable[[str], list[str]]) -> Proposal:
    old = cut(base)
    one, other = _edits(old, cut(mine)), _edits(old, cut(theirs))
    made: list[str] = []
    clean, at = True, 0
    while one or other:
        start = min(edits[0][0] for edits in (one, other) if edits)
        made += old[at:start]
        end, took = start, (list[_Edit](), list[_Edit]())
        # Edits that touch each other are one clash.
        grew = True
        while grew:
            grew = False
            for edits, taken in ((one, took[0]), (other, took[1])):
                while edits and (edits[0][0] < end or edits[0][0] == start):
                    taken.append(edits.pop(0))
                    end = max(end, taken[-1][1])
                    grew = True
        texts = [_applied(old, start, end, taken) for taken in took]
        if not took[0] or not took[1] or texts[0] == texts[1]:
            made.append(texts[0] if took[0] else texts[1])
        else:
            clean = False
            made.append(_both(*texts))
        at = end
    made += old[at:]
    return Proposal("".join(made), clean)


_Edit = tuple[int, int, str]
"""From and to, in pieces of the base, and what stands there instead."""


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _edits(old: Sequence[str], new: Sequence[str]) -> list[_Edit]:
    return [(i, j, "".join(new[k:m])) for what, i, j, k, m in _steps(old, new) if what != "equal"]


def _applied(old: Sequence[str], start: int, end: int, edits: Sequence[_Edit]) -> str:
    made: list[str] = []
    at = start
    for i, j, text in edits:
        made += old[at:i]
        made.append(text)
        at = j
    made += old[at:end]
    return "".join(made)


def _both(mine: str, theirs: str) -> str:
    if not mine or not theirs:
        return mine or theirs
    body = mine.rstrip()
    return f"{body} / {theirs}" if "\n" not in mine[len(body) :] else f"{mine}{theirs}"
