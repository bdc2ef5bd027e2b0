"""An edit: how many letters to drop from the end of a form and what to add, to get another form of the word."""

from __future__ import annotations


def edit_between(form: str, lemma: str) -> tuple[int, str]:
    """The least edit that leads from ``form`` to ``lemma``: ``kokouksen`` → ``kokous`` is ``(4, "s")``."""
    shared = min(len(form), len(lemma))
    # From the far end: most forms share nearly all of the lemma, and this runs millions of times.
    while not form.startswith(lemma[:shared]):
        shared -= 1
    return len(form) - shared, lemma[shared:]
