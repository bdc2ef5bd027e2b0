"""Taking Finnish compounds apart against the lexicon's own lemmas.

The cheapest split wins: few parts, long parts, first parts in the nominative, the genitive or the form -s of
-nen words. The last part carries the inflection. A wrong split costs a search hit nobody expected, a missing
one costs a hit somebody needed; parts that are usually endings are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from workbench.words.lexicon import NOMINAL, PROPER, VERB, Lexicon
from workbench.words.special import NEVER_LAST, NOT_LAST, PREFIXES, SHORT_PARTS, WHOLE

LONGEST = 60
_MOST_PARTS = 6
_ILLATIVE = re.compile(r"(?:([aeiouyäö])\1|h[aeiouyäö]|see)n$")
_PROPER_COST, _ILLATIVE_COST, _PREFIX_COST, _GENITIVE_COST = 0.8, 0.5, 0.1, 0.05


class Part(NamedTuple):
    """A part of a compound: what it costs to believe in it, and its lemma ("" when it stands for none)."""

    cost: float
    lemma: str


class Split(NamedTuple):
    """A compound: the lemma of the whole, and the lemmas of its parts."""

    whole: str
    parts: tuple[str, ...]


_Tail = tuple[float, int, tuple[str, ...]]
_LastPart = Callable[[str], Part | None]


def _length_cost(length: int) -> float:
    return 1.0 + {2: 0.8, 3: 0.6, 4: 0.3, 5: 0.1}.get(length, 0.0)


def _may_be_part(lemma: str) -> bool:
    return len(lemma) >= 4 or lemma in SHORT_PARTS


class Splitter:
    """Splits compounds; remembers the parts it has met."""

    def __init__(self, lexicon: Lexicon, readings: Callable[[str], Iterable[str]]) -> None:
        """``readings`` gives the lemmas of an inflected form that may stand last."""
        self._lexicon = lexicon
        self._readings = readings
        self.first_part = lru_cache(maxsize=50_000)(self._first_part)
        self.of_lemma = lru_cache(maxsize=50_000)(self._of_lemma)

    def _of_lemma(self, lemma: str) -> tuple[str, ...]:
        """The parts of a word the lexicon knows, () when it is none of a compound's making."""
        if not 6 <= len(lemma) <= LONGEST or lemma in WHOLE:
            return ()
        kind = self._lexicon.kind(lemma)
        if kind & VERB and not kind & NOMINAL:
            return ()
        found = self._cheapest(lemma, self._last_lemma)
        return self._spread(found) if found else ()

    def of_form(self, form: str) -> Split | None:
        """The split of an inflected form that the lexicon does not know as a whole."""
        if not 5 <= len(form) <= LONGEST:
            return None
        found = self._cheapest(form, self._last_form)
        if found is None:
            return None
        _cost, start, parts = found
        last = parts[-1]
        return Split(form[:start] + last, self._spread(found))

    def _spread(self, found: _Tail) -> tuple[str, ...]:
        """The parts, and the parts of the parts: ``asemakaava`` brings ``asema`` and ``kaava``."""
        parts = [part for part in found[2] if part]
        inner = [piece for part in parts for piece in self.of_lemma(part)]
        return tuple(dict.fromkeys(parts + inner))

    def _cheapest(self, word: str, last_part: _LastPart) -> _Tail | None:
        """The best split into two parts or more: its cost, where the last part starts, the lemmas."""
        known: dict[int, _Tail | None] = {}

        def tail(start: int, depth: int) -> _Tail | None:
            if start in known:
                return known[start]
            best: _Tail | None = None
            if start:
                last = last_part(word[start:])
                if last is not None:
                    best = (last.cost, start, (last.lemma,))
            if depth < _MOST_PARTS:
                for end in range(start + 2, len(word) - 1):
                    first = self.first_part(word[start:end])
                    if first is None or (best is not None and first.cost + 1.0 >= best[0]):
                        continue
                    rest = tail(end, depth + 1)
                    if rest is not None and (best is None or first.cost + rest[0] < best[0]):
                        best = (first.cost + rest[0], rest[1], (first.lemma, *rest[2]))
            known[start] = best
            return best

        return tail(0, 1)

    def _first_part(self, part: str) -> Part | None:
        cost = _length_cost(len(part))
        if part in PREFIXES:
            return Part(cost + _PREFIX_COST, PREFIXES[part])
        best: Part | None = None
        for entry in self._lexicon.lookup(part):
            lemma = entry.lemma
            if not _may_be_part(lemma):
                continue
            if lemma == part:
                if entry.flags & NOMINAL:
                    return Part(cost, lemma)
                continue
            if not part.endswith("n") or not self._lexicon.kind(lemma) & (NOMINAL | PROPER):
                continue
            extra = _GENITIVE_COST
            if entry.flags & PROPER:
                extra = _PROPER_COST
            elif _ILLATIVE.search(part) and lemma + "n" != part and lemma[-1] in "aiouyäö" and lemma[-2:-1] != lemma[-1]:
                extra = _ILLATIVE_COST
            if best is None or cost + extra < best.cost:
                best = Part(cost + extra, lemma)
        if best is None and len(part) >= 4 and part.endswith("s"):
            lemma = part[:-1] + "nen"
            if self._lexicon.kind(lemma) & NOMINAL:
                return Part(cost + _GENITIVE_COST, lemma)
        return best

    def _last_lemma(self, part: str) -> Part | None:
        if not _may_be_part(part) or part in NOT_LAST or not self._lexicon.kind(part) & NOMINAL:
            return None
        return Part(_length_cost(len(part)), part)

    def _last_form(self, part: str) -> Part | None:
        if len(part) < 3 and part not in SHORT_PARTS:
            return None
        for lemma in self._readings(part):
            if _may_be_part(lemma) and lemma not in NEVER_LAST and self._lexicon.kind(lemma) & NOMINAL:
                return Part(_length_cost(min(len(lemma), len(part))), lemma)
        return None
