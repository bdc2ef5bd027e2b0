"""What can be taken off the end of a Finnish form that a lexicon of plain inflections lacks.

Enclitics (-kin, -kaan, -ko, -han, -pa) and possessive suffixes (-ni, -si, -nsa, -mme, -nne, -Vn). Only
candidates are given; the lexicon decides which is a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_CLITIC = re.compile(r"(?:kin|kaan|kään|kohan|köhän|ko|kö|han|hän|pa|pä)$")
_POSSESSIVE = re.compile(r"(?:ni|si|nsa|nsä|mme|nne)$")
_THIRD_PERSON = re.compile(
    r"(?:ssaan|ssään|staan|stään|llaan|llään|ltaan|ltään|lleen|naan|nään|ttaan|ttään|kseen|(.)\1n)$"
)
_SHORTEST = 3


def without_clitics(form: str) -> Iterator[str]:
    """The form without one enclitic, then without two."""
    for _ in range(2):
        match = _CLITIC.search(form)
        if match is None or match.start() < _SHORTEST:
            return
        form = form[: match.start()]
        yield form


def without_possessive(form: str) -> Iterator[str]:
    """Forms the possessive suffix may have been put on: ``hakemukse|nsa`` from ``hakemuksen``."""
    stems = []
    if match := _POSSESSIVE.search(form):
        stems.append(form[: match.start()])
    if _THIRD_PERSON.search(form):
        stems.append(form[:-2])
    for stem in stems:
        if len(stem) < _SHORTEST:
            continue
        yield stem
        if stem.endswith("kse"):
            yield stem[:-1] + "i"
        # The genitive's, the plural's and the illative's last letter gives way to the suffix.
        yield stem + "n"


def variants(form: str) -> Iterator[str]:
    """Every shorter form worth looking up, the likeliest first."""
    yield from without_possessive(form)
    for bare in without_clitics(form):
        yield bare
        yield from without_possessive(bare)
