"""What people write about each class: shipped example letters, and how much a letter is like them.

``resources/letters/examples.tsv`` holds a dozen short letters for each class of the common plan, with the type of
matter and of document. A municipality's own plan gains from those whose class it has under the same code and
name. Pure and deterministic, like :mod:`workbench.cases.intake.suggesting.classes`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from workbench.cases.intake.suggesting.terms import Terms, lemmas_of
from workbench.cases.plan.model import PlanVersion
from workbench.cases.plan.plan_json import common_plan
from workbench.resources import resource_text
from workbench.store.search.index import WordAnalysis
from workbench.words.tokens import fold

_PART = 0.5
# Saturation and length terms of BM25, and how much rarer words are preferred.
_K, _B, _RARITY = 2.0, 0.3, 1.25
_LIKEST, _K_LETTER = 12, 1.2


@dataclass(frozen=True)
class Example:
    """One shipped letter."""

    class_code: str
    case_type: str
    document_type: str
    text: str


@dataclass(frozen=True)
class ExampleWords:
    """The examples of a plan's classes as two inverted indexes: word → (class, weight) and word → (letter,
    weight). ``known`` are the classes that have examples, ``shares`` each type of matter's part of the letters."""

    letters: tuple[Example, ...]
    known: frozenset[str]
    by_class: Mapping[str, tuple[tuple[str, float], ...]]
    by_letter: Mapping[str, tuple[tuple[int, float], ...]]
    shares: Mapping[str, float]

    def classes(self, terms: Terms) -> dict[str, dict[str, float]]:
        """For each class the words that make the letter like its examples, with their points."""
        found: dict[str, dict[str, float]] = {}
        for word, weight in sorted(terms.weights.items()):
            for code, points in self.by_class.get(word, ()):
                found.setdefault(code, {})[word] = weight * points
        return found

    def case_types(self, terms: Terms, classes: Mapping[str, float]) -> dict[str, float]:
        """How the letters most like this one divide between types of matter; together 1. ``classes``: points of
        the likeliest classes, 0 to 2: their letters count that much more."""
        scores: dict[int, float] = {}
        for word, weight in sorted(terms.weights.items()):
            for position, points in self.by_letter.get(word, ()):
                scores[position] = scores.get(position, 0.0) + weight * points
        for position in scores:
            scores[position] *= 1.0 + classes.get(self.letters[position].class_code, 0.0)
        likest = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:_LIKEST]
        votes: dict[str, float] = {}
        for position, score in likest:
            kind = self.letters[position].case_type
            votes[kind] = votes.get(kind, 0.0) + score
        # A type that few examples have says more when it is met.
        votes = {kind: n / math.sqrt(self.shares[kind]) for kind, n in votes.items()}
        total = sum(votes.values())
        return {kind: votes[kind] / total for kind in sorted(votes)} if total else {}


@cache
def shipped() -> tuple[Example, ...]:
    """Every example letter."""
    rows = resource_text("letters", "examples.tsv").splitlines()[1:]
    return tuple(Example(*row.split("\t")) for row in rows)


def example_words(plan: PlanVersion, words: WordAnalysis) -> ExampleWords:
    """Index the examples of the classes that the plan has as the common plan has them."""
    common = common_plan()
    known = {
        node.code
        for node in plan.classes
        if (shared := common.find(node.code)) is not None and fold(shared.name) == fold(node.name)
    }
    letters = tuple(letter for letter in shipped() if letter.class_code in known)
    counted = [_counted(letter.text, words) for letter in letters]
    classes: dict[str, dict[str, float]] = {}
    for letter, count in zip(letters, counted, strict=True):
        own = classes.setdefault(letter.class_code, {})
        for word, n in count.items():
            own[word] = own.get(word, 0.0) + min(n, 1.0)
    return ExampleWords(
        letters,
        frozenset(classes),
        _by_class(classes),
        _by_letter(counted),
        {kind: n / len(letters) for kind, n in Counter(x.case_type for x in letters).items()},
    )


def _counted(text: str, words: WordAnalysis) -> dict[str, float]:
    count: dict[str, float] = {}
    for forms in lemmas_of(text, words):
        for position, lemma in enumerate(forms):
            count[lemma] = count.get(lemma, 0.0) + (1.0 if position == 0 else _PART)
    return count


def _rarity(users: int, total: int) -> float:
    return max(0.0, math.log((total + 1) / (users + 0.5)))


def _by_class(classes: Mapping[str, Mapping[str, float]]) -> dict[str, tuple[tuple[str, float], ...]]:
    users = Counter(word for count in classes.values() for word in count)
    found: dict[str, list[tuple[str, float]]] = {}
    for code, count in sorted(classes.items()):
        for word, n in count.items():
            points = _rarity(users[word], len(classes)) ** _RARITY * n * (_K + 1) / (n + _K)
            if points:
                found.setdefault(word, []).append((code, points))
    return {word: tuple(postings) for word, postings in found.items()}


def _by_letter(counted: list[dict[str, float]]) -> dict[str, tuple[tuple[int, float], ...]]:
    users = Counter(word for count in counted for word in count)
    lengths = [sum(count.values()) for count in counted]
    usual = sum(lengths) / max(1, len(lengths))
    found: dict[str, list[tuple[int, float]]] = {}
    for position, count in enumerate(counted):
        longer = 1 - _B + _B * lengths[position] / usual
        for word, n in count.items():
            rarity = _rarity(users[word], len(counted))
            points = rarity * n * (_K_LETTER + 1) / (n + _K_LETTER * longer)
            if points:
                found.setdefault(word, []).append((position, points))
    return {word: tuple(postings) for word, postings in found.items()}
