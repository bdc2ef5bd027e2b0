"""Taking Finnish compounds apart against the lexicon's own lemmas.

The cheapest split wins: few parts, long parts, first parts in the nominative, the genitive or the form -s of
-nen words. The last part carries the inflection. A wrong split costs a search hit nobody expected, a missing
one costs a hit somebody needed; parts that are usually endings are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

from workbench.words.lexicon import NOMINAL, PROPER, VERB, Entry, Lexicon
from workbench.words.special import NEVER_LAST, NOT_FIRST, NOT_LAST, PREFIXES, SHORT_PARTS, WHOLE

LONGEST = 60
_MOST_PARTS = 6
_ILLATIVE = re.compile(r"(?:([aeiouyäö])\1|h[aeiouyäö]|see)n$")
_PROPER_COST, _ILLATIVE_COST, _PREFIX_COST, _GENITIVE_COST = 0.8, 0.5, 0.1, 0.05


class Part(NamedTuple):
    """A part of a compound: what it costs to believe in it, and its lemma ("" when it stands for none)."""

    cost: float
    lemma: str


class Split(NamedTuple):
    """A compound: the lemma of the whole (several if the last part reads so), and those of its parts."""

    wholes: tuple[str, ...]
    parts: tuple[str, ...]


class _Span(NamedTuple):
    start: int
    lemma: str


_Tail = tuple[float, tuple[_Span, ...]]
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
        self._first_part = lru_cache(maxsize=50_000)(self._work_out_first_part)
        self._split_of = lru_cache(maxsize=50_000)(self._split_lemma)

    def of_lemma(self, lemma: str) -> tuple[str, ...]:
        """The parts of a word the lexicon knows, () when it is none of a compound's making."""
        return self._split_of(lemma)[1]

    def of_form(self, form: str) -> Split | None:
        """The split of an inflected form that the lexicon does not know as a whole."""
        if not 5 <= len(form) <= LONGEST:
            return None
        spans = self._cheapest(form, self._last_form)
        if spans is None:
            return None
        start, lemma = spans[-1]
        lasts = dict.fromkeys([lemma, *self._last_lemmas(form[start:])])
        parts = dict.fromkeys([*self._spread(form, spans, self._last_form)[1], *lasts])
        return Split(tuple(form[:start] + last for last in lasts), tuple(parts))

    def _split_lemma(self, lemma: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
        """Where a known word divides, however deep, and the lemmas of its parts."""
        if not 6 <= len(lemma) <= LONGEST or lemma in WHOLE:
            return (), ()
        kind = self._lexicon.kind(lemma)
        if kind & VERB and not kind & NOMINAL:
            return (), ()
        spans = self._cheapest(lemma, self._last_lemma)
        return self._spread(lemma, spans, self._last_lemma) if spans else ((), ())

    def _spread(
        self, word: str, spans: tuple[_Span, ...], last_part: _LastPart
    ) -> tuple[tuple[int, ...], tuple[str, ...]]:
        """The parts, the parts of the parts, and every run of small parts that is a word as well.

        ``pöytäkirjanpito`` splits into ``pöytä`` and ``kirjanpito``, yet must be found by ``pöytäkirja``.
        Main parts side by side count as a word even if the lexicon lacks it (``varhais`` and ``kasvatus``).
        """
        breaks = set()
        for span in spans:
            breaks.add(span.start)
            breaks.update(span.start + inner for inner in self._split_of(span.lemma)[0])
        marks = [*sorted(breaks), len(word)]
        main_marks = {len(word), *(span.start for span in spans)}
        parts = [span.lemma for span in spans]
        for span, following in pairwise(spans):
            parts += self._other_genitives(word[span.start : following.start], span.lemma)
        for first, last in combinations(range(len(marks)), 2):
            start, end = marks[first], marks[last]
            if end - start == len(word):
                continue
            found = self._part_between(word, start, end, last_part)
            if found is not None:
                parts.append(found.lemma)
            elif last - first > 1 and start in main_marks and end in main_marks:
                tail = self._part_between(word, marks[last - 1], end, last_part)
                if tail is not None and tail.lemma:
                    parts.append(word[start : marks[last - 1]] + tail.lemma)
        parts += [piece for span in spans for piece in self.of_lemma(span.lemma)]
        return tuple(sorted(breaks - {0})), tuple(dict.fromkeys(part for part in parts if part))

    def _other_genitives(self, part: str, chosen: str) -> list[str]:
        """Other words a first part may be the genitive of: ``kannan`` is of ``kanta`` and of ``kanna``."""
        if not part.endswith("n") or chosen in {part, ""}:
            return []
        return [
            entry.lemma
            for entry in self._lexicon.lookup(part)
            if entry.lemma not in {part, chosen} and self._cost_as_first(part, entry) == _GENITIVE_COST
        ]

    def _part_between(self, word: str, start: int, end: int, last_part: _LastPart) -> Part | None:
        return last_part(word[start:]) if end == len(word) else self._first_part(word[start:end])

    def _cheapest(self, word: str, last_part: _LastPart) -> tuple[_Span, ...] | None:
        """The best division of a word into two parts or more."""
        known: dict[int, _Tail | None] = {}

        def tail(start: int, depth: int) -> _Tail | None:
            if start in known:
                return known[start]
            best: _Tail | None = None
            if start:
                last = last_part(word[start:])
                if last is not None:
                    best = (last.cost, (_Span(start, last.lemma),))
            if depth < _MOST_PARTS:
                for end in range(start + 2, len(word) - 1):
                    first = self._first_part(word[start:end])
                    if first is None or (best is not None and first.cost + 1.0 >= best[0]):
                        continue
                    rest = tail(end, depth + 1)
                    if rest is not None and (best is None or first.cost + rest[0] < best[0]):
                        best = (first.cost + rest[0], (_Span(start, first.lemma), *rest[1]))
            known[start] = best
            return best

        found = tail(0, 1)
        return None if found is None else found[1]

    def _work_out_first_part(self, part: str) -> Part | None:
        cost = _length_cost(len(part))
        if part in NOT_FIRST:
            return None
        if part in PREFIXES:
            return Part(cost + _PREFIX_COST, PREFIXES[part])
        best: Part | None = None
        for entry in self._lexicon.lookup(part):
            extra = self._cost_as_first(part, entry)
            if extra is not None and (best is None or cost + extra < best.cost):
                best = Part(cost + extra, entry.lemma)
        if best is None and len(part) >= 4 and part.endswith("s"):
            lemma = part[:-1] + "nen"
            if self._lexicon.kind(lemma) & NOMINAL:
                return Part(cost + _GENITIVE_COST, lemma)
        return best

    def _cost_as_first(self, part: str, entry: Entry) -> float | None:
        """What it adds to take this reading for a first part; None where it cannot be one."""
        lemma = entry.lemma
        if not _may_be_part(lemma):
            return None
        if lemma == part:
            return 0.0 if entry.flags & NOMINAL else None
        if not part.endswith("n") or not self._lexicon.kind(lemma) & (NOMINAL | PROPER):
            return None
        if entry.flags & PROPER:
            return _PROPER_COST
        # "maan" of "maa" is a genitive, "kuntaan" of "kunta" an illative.
        short_vowel = lemma[-1] in "aiouyäö" and lemma[-2:-1] != lemma[-1]
        return _ILLATIVE_COST if short_vowel and _ILLATIVE.search(part) else _GENITIVE_COST

    def _last_lemma(self, part: str) -> Part | None:
        if not _may_be_part(part) or part in NOT_LAST or not self._lexicon.kind(part) & NOMINAL:
            return None
        return Part(_length_cost(len(part)), part)

    def _last_form(self, part: str) -> Part | None:
        lemmas = self._last_lemmas(part)
        return Part(_length_cost(min(len(lemmas[0]), len(part))), lemmas[0]) if lemmas else None

    def _last_lemmas(self, part: str) -> list[str]:
        if len(part) < 3 and part not in SHORT_PARTS:
            return []
        return [
            lemma
            for lemma in self._readings(part)
            if _may_be_part(lemma) and lemma not in NEVER_LAST and self._lexicon.kind(lemma) & NOMINAL
        ]
