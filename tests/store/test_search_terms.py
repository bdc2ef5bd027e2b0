"""What the words room calls a word is one term in the search index too."""

from __future__ import annotations

import sys

import sqlcipher3

from workbench.store.schema import SEARCH_FTS
from workbench.words import tokens


def test_no_character_of_a_word_parts_it_into_two_terms() -> None:
    """Otherwise asking for the word would be asking for a phrase, which the index refuses."""
    letters = [chr(code) for code in range(sys.maxunicode + 1) if chr(code).isalnum()]
    words = {word for letter in letters for word in tokens(f"x{letter}x") if word != "x"}
    index = sqlcipher3.connect(":memory:")
    index.execute(SEARCH_FTS)
    index.execute("CREATE VIRTUAL TABLE vocabulary USING fts5vocab(search_fts, 'row')")

    def is_parted(word: str) -> bool:
        index.execute("INSERT INTO search_fts(surface) VALUES (?)", (word,))
        return index.execute("SELECT 1 FROM vocabulary WHERE term = 'x'").fetchone() is not None

    assert len(words) > 100_000
    assert next(filter(is_parted, sorted(words)), None) is None
