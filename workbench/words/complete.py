"""Gives nouns back, by analogy, the forms that the source keeps for another word.

simplemma keeps one lemma for each form, so ``vaalien`` led to ``vaalia`` alone although it is also the plural
genitive of ``vaali``. What nouns with the same last letters do with their endings tells which forms a noun
has; the builder takes of these only the forms that exist already, as another word's. Nothing is invented.

Invariant: an ending teaches only what about half of its words show, and at least three of them.
"""

from __future__ import annotations

from collections.abc import Iterator

_ENDING = 3
# Longer lemmas are compounds: their forms are seldom another word's, and the analyser knows their last part.
_LONGEST = 13
_FEWEST = 3
# Under a half: many words lack the forms that other words took from them, and rare ones are listed in part.
_SHARE = 0.45


class Paradigms:
    """How the lemmas that end alike are inflected, learnt form by form."""

    def __init__(self) -> None:
        # Ending of the lemma → what stands in its place in the forms, the lemma itself included.
        self._seen: dict[str, dict[str, int]] = {}
        self._learnt: dict[str, list[str]] = {}

    def take(self, form: str, lemma: str) -> None:
        """Learn that the lemma has this form; each pair is to come once, the lemma itself as a form too."""
        before = len(lemma) - _ENDING
        # A change that lies deeper in the word is nothing its ending could tell of others.
        if before >= 0 and form.startswith(lemma[:before]):
            seen = self._seen.setdefault(lemma[before:], {})
            place = form[before:]
            seen[place] = seen.get(place, 0) + 1

    def forms(self, lemma: str) -> Iterator[str]:
        """The usual forms of lemmas with this ending; some may be no words. Ask when all is taken."""
        if not _ENDING <= len(lemma) <= _LONGEST:
            return
        if not self._learnt:
            self._learnt = {ending: _usual(ending, seen) for ending, seen in self._seen.items()}
        for place in self._learnt.get(lemma[-_ENDING:], ()):
            yield lemma[:-_ENDING] + place


def _usual(ending: str, seen: dict[str, int]) -> list[str]:
    least = max(_FEWEST, _SHARE * seen.get(ending, 0))
    return [place for place, times in seen.items() if times >= least and place != ending]
