"""Words of a letter as weighted lemmas, and the words of the trade that stand for them.

A lemma counts more in the subject than in the body, and more there than in an attachment; repeated words
count ever less. Compound parts count less than the compound.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workbench.cases.intake.assembling import entity_of
from workbench.cases.intake.suggesting.letter import Letter
from workbench.cases.intake.suggesting.phrases import phrases_in
from workbench.store.search.index import WordAnalysis
from workbench.words.tokens import tokens

READ_BODY, READ_ATTACHMENTS, READ_QUOTED = 5_000, 6_000, 1_500
_PHRASE = 2.5
_SUBJECT, _OPENING, _BODY, _ATTACHMENT, _QUOTED = 3.0, 1.5, 1.0, 0.5, 0.3
_OPENING_LENGTH = 400
_PART, _SATURATION = 0.6, 1.5


@dataclass(frozen=True)
class Terms:
    """Lemma → weight; ``subject`` holds the lemmas of the subject, ``whole`` those that are no mere parts,
    ``unknown`` words that have neither parts nor another reading, as misspelt ones do."""

    weights: Mapping[str, float]
    subject: frozenset[str]
    whole: frozenset[str]
    unknown: frozenset[str] = frozenset()


_EXTRA_VOWEL = re.compile(r"([aeiouyäö])([lrhn])\1(?=[jkmpvhfg])")
_DIALECT = (("mettä", "metsä"), ("mettu", "metsu"), ("kahto", "katso"))


def written(form: str) -> str:
    """A dialectal form in the common language: the extra vowel of "kirijasto", "kylymä", "jalaka" falls."""
    if len(form) < 6:
        return form
    plain = _EXTRA_VOWEL.sub(r"\1\2", form)
    for spoken, common in _DIALECT:
        if plain.startswith(spoken):
            plain = common + plain[len(spoken) :]
    return plain


def lemmas_of(text: str, words: WordAnalysis) -> list[tuple[str, ...]]:
    """For each word of the text its lemma and parts; numbers and lone letters are left out."""
    forms = [t for t in tokens(text) if len(t) > 1 and any(c.isalpha() for c in t)]
    common = {form: plain for form in forms if (plain := written(form)) != form}
    analysed = words.analyse_many({*forms, *common.values()})
    found = []
    for form in forms:
        own = analysed.get(form) or (form,)
        if form in common:
            own = (*own, *analysed.get(common[form], ()))
        found.append(own)
    return found


def word_set(text: str, words: WordAnalysis) -> frozenset[str]:
    """All lemmas and parts of a text."""
    return frozenset(lemma for found in lemmas_of(text, words) for lemma in found)


def terms_of(letter: Letter, words: WordAnalysis) -> Terms:
    """The weighted lemmas of a letter."""
    body = letter.body[:READ_BODY]
    attachments = _shares([a.text for a in letter.attachments], READ_ATTACHMENTS)
    names = " ".join(a.filename.rpartition(".")[0].replace("_", " ") for a in letter.attachments)
    fields = (
        (letter.bare_subject, _SUBJECT),
        (body[:_OPENING_LENGTH], _OPENING),
        (body[_OPENING_LENGTH:], _BODY),
        (names[:500], _BODY),
        ("" if entity_of(letter.sender_name) == "person" else letter.sender_name, _BODY),
        *((text, _ATTACHMENT) for text in attachments),
        (letter.quoted[:READ_QUOTED], _QUOTED),
    )
    counts: dict[str, float] = {}
    whole: set[str] = set()
    subject: set[str] = set()
    unknown: set[str] = set()
    for place, (text, weight) in enumerate(fields):
        for found in lemmas_of(text, words):
            whole.add(found[0])
            if len(found) == 1:
                unknown.add(found[0])
            for position, lemma in enumerate(found):
                counts[lemma] = counts.get(lemma, 0.0) + weight * (1.0 if position == 0 else _PART)
                if place == 0:
                    subject.add(lemma)
    spoken = {
        lemma: n + (2 if phrases_in(letter.bare_subject).get(lemma) else 0)
        for lemma, n in phrases_in(f"{letter.bare_subject}\n{body}").items()
    }
    for word, n in spoken.items():
        for found in lemmas_of(word, words):
            counts[found[0]] = counts.get(found[0], 0.0) + _PHRASE * min(n, 3)
    weights = {lemma: 3 * n / (n + _SATURATION) for lemma, n in counts.items()}
    return Terms(weights, frozenset(subject), frozenset(whole), frozenset(unknown))


def _shares(texts: Iterable[str], total: int) -> list[str]:
    """The beginnings of the texts, together at most ``total`` characters."""
    known = [t for t in texts if t.strip()]
    each = total // max(1, len(known))
    return [t[:each] for t in known]
