"""One form to the lemmas it is found by: its own, and those of its compound parts.

Invariant: every form gets an answer, the same one for indexing and for querying. While the lexicon is not
built the answer is the folded form alone, and is not remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from workbench.words.compounds import LONGEST, Splitter
from workbench.words.lexicon import NOMINAL, Lexicon
from workbench.words.morphs import variants, without_clitics
from workbench.words.special import FORMS, PLACE_ENDING, PLACES
from workbench.words.tokens import COLON_ENDING, fold

_PLACE = re.compile(rf"(?P<stem>{'|'.join(stem for stem, _ in PLACES)}){PLACE_ENDING}")
_PLACE_OF = dict(PLACES)
_PLACE_NAMES = frozenset(_PLACE_OF.values())
_LEAST_KNOWN_TAIL, _LEAST_TAIL_LEMMA = 6, 5
# Letters, hyphens, apostrophes; digits only before a hyphen ("2020-luvulla"). Codes and addresses are not.
_INFLECTABLE = re.compile(r"-*(?:[^\W_]+-+)*[^\W\d_]+(?:'[^\W\d_]+)?-*")


class Analyser:
    """Lemmas and compound parts of Finnish forms, remembered for the most recent ones."""

    def __init__(self, lexicon: Lexicon, *, remembered: int = 100_000) -> None:
        self.lexicon = lexicon
        self._splitter = Splitter(lexicon, self._lemmas)
        self._cached = lru_cache(maxsize=remembered)(self._analyse)

    @property
    def ready(self) -> bool:
        """Whether answers come from the lexicon; until then each form stands for itself."""
        return self.lexicon.ready

    def analyse(self, form: str) -> tuple[str, ...]:
        """Lower-case lemmas, the likeliest first, then the lemmas of the compound's parts; never empty."""
        folded = fold(form)
        return self._cached(folded) if self.lexicon.ready else (folded,)

    def analyse_many(self, forms: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The answers for many forms; each different form is worked out once, in order of the alphabet."""
        return {form: self.analyse(form) for form in sorted(set(forms))}

    def _analyse(self, form: str) -> tuple[str, ...]:
        if len(form) > 2 * LONGEST:
            return (form,)
        head, colon, ending = form.partition(":")
        if colon and head and COLON_ENDING.fullmatch(ending):
            return self._analyse(head)
        if not _INFLECTABLE.fullmatch(form):
            return (form,)
        bare = form.strip("-")
        found = self._hyphenated(bare) if "-" in bare else self._word(bare)
        return tuple(dict.fromkeys(word for word in found if word)) or (form,)

    def _hyphenated(self, form: str) -> list[str]:
        """The whole with its last part in the nominative, then each part on its own."""
        *firsts, last = form.split("-")
        whole = self._lemmas(form) or self._lemmas(form.replace("-", ""))
        ends = self._word(last) if last else []
        parts = [found for first in firsts if first for found in self._word(first)]
        return ["-".join([*firsts, ends[0]]) if ends else form, *whole, *parts, *ends]

    def _word(self, form: str) -> list[str]:
        if not form.replace("'", "").isalpha():
            return [form]
        lemmas = self._lemmas(form)
        if lemmas:
            return [*lemmas, *(part for lemma in lemmas for part in self._parts(lemma))]
        for candidate in (form, *without_clitics(form)):
            split = self._splitter.of_form(candidate)
            if split is not None:
                return [*split.wholes, *split.parts]
        return self._unknown(form)

    def _parts(self, lemma: str) -> tuple[str, ...]:
        if lemma in _PLACE_NAMES:
            return ()
        parts = self._splitter.of_lemma(lemma)
        if not parts and lemma.endswith("t"):  # "kuntavaalit" is in the lexicon as a plural word of its own
            split = self._splitter.of_form(lemma)
            parts = (*split.wholes, *split.parts) if split else ()
        return parts

    def _lemmas(self, form: str) -> list[str]:
        """Readings of a form as one word: exceptions, the lexicon, then the lexicon without suffixes."""
        if form in FORMS:
            return list(FORMS[form])
        if form in _PLACE_NAMES:
            return [form]
        if match := _PLACE.fullmatch(form):
            return [_PLACE_OF[match["stem"]]]
        found = self._looked_up(form)
        if found:
            return found
        for variant in variants(form):
            found = self._looked_up(variant)
            if found:
                return found
        return []

    def _looked_up(self, form: str) -> list[str]:
        return [entry.lemma for entry in self.lexicon.lookup(form)]

    def _unknown(self, form: str) -> list[str]:
        """A known word at the end of an unknown one tells how it is declined; else the ending alone does."""
        if form.endswith("s") and self.lexicon.kind(form[:-1] + "nen") & NOMINAL:
            return [form[:-1] + "nen"]  # "osallistumis- ja arviointisuunnitelma"
        for start in range(3, len(form) - _LEAST_KNOWN_TAIL + 1):
            for lemma in self._lemmas(form[start:]):
                if len(lemma) >= _LEAST_TAIL_LEMMA and self.lexicon.kind(lemma) == NOMINAL:
                    return [form[:start] + lemma, lemma]
        guessed = self.lexicon.guess(form)
        return [guessed] if guessed else [form]
