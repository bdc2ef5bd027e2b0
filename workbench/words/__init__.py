"""Finnish words for searching: text to tokens, inflected forms to lemmas and compound parts.

A leaf: it knows only the standard library and simplemma. Indexing and querying call the same two functions,
so whatever the analysis gets wrong it gets wrong on both sides alike.
"""

from __future__ import annotations

from workbench.words.analyse import Analyser
from workbench.words.lexicon import Entry, Lexicon
from workbench.words.provide import build_in_background, ensure
from workbench.words.tokens import fold, tokens

__all__ = ["Analyser", "Entry", "Lexicon", "build_in_background", "ensure", "fold", "tokens"]
