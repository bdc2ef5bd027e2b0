"""Finding a command by a few letters: letters in order, word beginnings first, accents forgiven."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Lower case without accents: "Päätös" → "paatos", so that a foreign keyboard finds it too."""
    split = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in split if not unicodedata.combining(letter))


def score(query: str, text: str) -> int:
    """How well ``query`` fits ``text``: 0 not at all, more is better. Every word of the query must fit."""
    total = 0
    for word in plain(query).split():
        got = _word_score(word, plain(text))
        if not got:
            return 0
        total += got
    return total


def _word_score(word: str, text: str) -> int:
    if text.startswith(word):
        return 120
    at = text.find(word)
    if at > 0:
        return 100 if not text[at - 1].isalnum() else 60
    # Letters in order; each that begins a word counts more ("uk" finds "Uusi kirje").
    got, start = 0, 0
    for letter in word:
        at = text.find(letter, start)
        if at < 0:
            return 0
        got += 6 if at == 0 or not text[at - 1].isalnum() else 1
        start = at + 1
    return min(got, 40) if got >= 2 * len(word) else 0
