"""Gives nouns back, by analogy, the forms that the source keeps for another word.

simplemma keeps one lemma for each form, so ``vaalien`` led to ``vaalia`` alone although it is also the plural
genitive of ``vaali``. What nouns with the same last letters do with their endings tells which forms a noun
has; the builder takes of these only the forms that exist already, as another word's. Nothing is invented.

Invariant: an ending teaches only what most of its words have and several of them show.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from workbench.words.edits import edit_between

_ENDING = 3
# Longer lemmas are compounds: their forms are seldom another word's, and the analyser knows their last part.
_LONGEST = 13
_FEWEST = 3
_SHARE = 0.45


class Paradigms:
    """How the lemmas that end alike are inflected, learnt form by form."""

    def __init__(self) -> None:
        self._edits: dict[tuple[int, str], int] = {}
        self._seen: dict[str, Counter[int]] = {}
        self._lemmas: Counter[str] = Counter()
        self._learnt: dict[str, list[tuple[int, str]]] = {}

    def take(self, form: str, lemma: str) -> None:
        """Learn that the lemma has this form; each pair is to come once, the lemma itself as a form too."""
        ending = lemma[-_ENDING:]
        if form == lemma:
            self._lemmas[ending] += 1
            return
        before = len(lemma) - _ENDING
        if before >= 0 and form.startswith(
            lemma[:before]
        ):  # else the change lies deeper than the ending tells
            edit = edit_between(ending, form[before:])
            number = self._edits.setdefault(edit, len(self._edits))
            self._seen.setdefault(ending, Counter())[number] += 1

    def forms(self, lemma: str) -> Iterator[str]:
        """Every form that most lemmas with this ending have; some may be no words. Ask when all is taken."""
        if not _ENDING <= len(lemma) <= _LONGEST:
            return
        if not self._learnt:
            self._learn()
        for trim, addition in self._learnt.get(lemma[-_ENDING:], ()):
            yield lemma[: len(lemma) - trim] + addition

    def _learn(self) -> None:
        edits = list(self._edits)
        for ending, seen in self._seen.items():
            least = max(_FEWEST, _SHARE * self._lemmas[ending])
            self._learnt[ending] = [edits[number] for number, times in seen.items() if times >= least]
