"""Asking the index: words and rights in one MATCH, newest first, excerpts from stored text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, literal_column, select, text

from workbench.store.schema import search_entry
from workbench.store.search.index import WordAnalysis
from workbench.store.statements import given
from workbench.words.tokens import tokens

CANDIDATES = 4000
_LEAD = 24
"""Letters before the found word: in a narrow line of the palette the word itself must be seen."""


def expression(words: str, acl: Iterable[str], analysis: WordAnalysis, *, typing: bool = True) -> str:
    """The FTS5 expression for what a person typed, or "" when nothing can be asked.

    Every word must be found: as written, or by one of its lemmas (a compound finds its parts, a part its
    compounds). The last word also as a beginning while the person is ``typing``. No right, no hit.
    """
    forms = list(dict.fromkeys(tokens(words)))
    rights = " OR ".join(_quoted(token) for token in sorted(acl))
    if not forms or not rights:
        return ""
    lemmas = analysis.analyse_many(forms)
    asked = []
    for position, form in enumerate(forms):
        last = typing and position == len(forms) - 1
        surface = f"surface : {_quoted(form)}{'*' if last and len(form) > 1 else ''}"
        # The first lemma is the word itself; the others are its parts, which would widen the question.
        own = lemmas.get(form, ())[:1] or (form,)
        alternatives = [surface, *(f"lemma : {_quoted(lemma)}" for lemma in own)]
        asked.append("(" + " OR ".join(alternatives) + ")")
    return f"(acl : ({rights})) AND " + " AND ".join(asked)


def _quoted(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'


_NEWEST = text("SELECT rowid FROM search_fts WHERE search_fts MATCH :m ORDER BY rowid DESC LIMIT :n")


def newest(connection: Connection, match: str, limit: int = CANDIDATES) -> list[int]:
    """Numbers of the matching entries, newest first."""
    return list(connection.execute(_NEWEST, {"m": match, "n": limit}).scalars().all())


def entries() -> Select[Any]:
    """The statement of entries that match ``:asked``, newest first: number, object they lead to, scope. The
    caller adds the rule of reading, and fetches only as far as it needs: each entry is a page to decipher."""
    entry = search_entry.c
    # The order is asked of the index, which is walked backwards anyway: asked of the entries, all would be read.
    number: ColumnElement[int] = literal_column("search_fts.rowid")
    matches = literal_column("search_fts").op("MATCH")(bindparam("asked"))
    return (
        select(entry.k, entry.root_id, entry.scope_id)
        .select_from(text("search_fts"))
        .where(matches, entry.k == number)
        .order_by(number.desc())
        .limit(CANDIDATES)
    )


_TEXTS = select(search_entry.c.k, search_entry.c.title, search_entry.c.body).where(
    search_entry.c.k.in_(given("numbers"))
)


def excerpts(connection: Connection, numbers: Sequence[int], words: Iterable[str]) -> dict[int, str]:
    """For each entry a piece of its text around the first found word."""
    rows = connection.execute(_TEXTS, {"numbers": list(numbers)}).all()
    # A stem long enough to tell words apart finds the inflected form in the text.
    stems = [word[: max(4, len(word) - 3)] for word in words]
    return {k: _excerpt(f"{title}. {body}" if title else body, stems) for k, title, body in rows}


def _excerpt(body: str, stems: Sequence[str], width: int = 160) -> str:
    """About ``width`` characters around the first of the stems (lower case); the beginning when none is there."""
    start = max(0, _first_place(body, stems) - _LEAD)
    # Only the neighbourhood is put on one line, a wider one where it is mostly blank: a body may be as long as a
    # book.
    for end in (start + 2 * width, start + 8 * width):
        words = body[start:end].split()
        if start and not body[start].isspace():
            words = words[1:] or words  # the first one is cut
        flat = " ".join(words)
        if len(flat) > width or end >= len(body):
            break
    piece = flat[:width]
    if len(flat) > width and " " in piece:
        piece = piece[: piece.rfind(" ")]
    more = len(flat) > width or end < len(body)
    return ("… " if start else "") + piece + (" …" if more else "")


def _first_place(body: str, stems: Sequence[str]) -> int:
    # Not a pattern: one that ignores case is three times slower in Finnish. The one letter that is longer in
    # lower case would move the places after it.
    lower = body.replace("İ", "I").lower()
    return min((place for stem in stems if (place := lower.find(stem)) >= 0), default=0)
