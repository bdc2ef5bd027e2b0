"""Keeping the full-text index in step with the rows.

The commit indexes the words as written, at once; lemmas and compound parts follow from a durable queue
(``search_entry.lemmas_wait``), so that a commit never waits for word analysis.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from sqlalchemy import Connection, delete, insert, select, text, update

from workbench.store.schema import search_entry
from workbench.store.search.entry import acl_tokens
from workbench.store.unit import UnitOfWork
from workbench.words.tokens import tokens

_DELETE = text("DELETE FROM search_fts WHERE rowid = :k")
_INSERT = text("INSERT INTO search_fts(rowid, surface, lemma, acl) VALUES (:k, :surface, :lemma, :acl)")


class WordAnalysis(Protocol):
    """Finnish word analysis; see :mod:`workbench.words`."""

    @property
    def ready(self) -> bool:
        """False while the lexicon is being built."""
        ...

    def analyse_many(self, forms: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """For each form its lemmas and compound parts."""
        ...


def index_touched(uow: UnitOfWork) -> int:
    """Index every searchable row the unit of work touched; returns how many wait for lemmas."""
    waiting = 0
    for kind_name, row_id in _to_index(uow):
        kind = uow.kinds[kind_name]
        if kind.search is None:
            continue
        row = uow.get(kind_name, row_id)
        entry = kind.search(row, uow) if row is not None else None
        found = uow.connection.execute(
            select(search_entry.c.k).where(search_entry.c.kind == kind_name, search_entry.c.row_id == row_id)
        ).scalar()
        if found is not None:
            uow.connection.execute(_DELETE, {"k": found})
        if row is None or entry is None:
            if found is not None:
                uow.connection.execute(delete(search_entry).where(search_entry.c.k == found))
            continue
        values = {
            "kind": kind_name,
            "row_id": row_id,
            "root_id": entry.root_id,
            "scope_id": row["scope_id"],
            "title": entry.title,
            "body": entry.body,
            "lemmas_wait": 1,
        }
        if found is not None:
            uow.connection.execute(update(search_entry).where(search_entry.c.k == found).values(values))
        else:
            found = uow.connection.execute(
                insert(search_entry).values(values).returning(search_entry.c.k)
            ).scalar_one()
        _put(uow.connection, found, entry.title, entry.body, row["scope_id"], {})
        waiting += 1
    return waiting


def _to_index(uow: UnitOfWork) -> list[tuple[str, str]]:
    """The rows touched, and those whose words depend on them."""
    found = dict.fromkeys((op.kind, op.row_id) for op in uow.ops)
    parents: dict[tuple[str, str], None] = {}
    for op in uow.ops:
        kind = uow.kinds[op.kind]
        if any(child.search_with_parent for child in uow.kinds.children_of(op.kind)):
            parents[op.kind, op.row_id] = None
        if kind.search_with_parent:
            row = uow.get(op.kind, op.row_id) or op.before
            parents[kind.parent_kind, str(row.get(kind.parent, ""))] = None
    for parent_kind, parent_id in parents:
        for child in uow.kinds.children_of(parent_kind):
            if child.search_with_parent:
                below = uow.select(child.name, **{child.parent: parent_id})
                found |= dict.fromkeys((child.name, row["id"]) for row in below)
    return list(found)


def _put(
    connection: Connection,
    k: int,
    title: str,
    body: str,
    scope_id: str,
    lemmas: dict[str, tuple[str, ...]],
) -> None:
    forms = dict.fromkeys(tokens(f"{title}\n{body}"))
    words = dict.fromkeys(lemma for form in forms for lemma in lemmas.get(form, ()))
    connection.execute(
        _INSERT,
        {
            "k": k,
            "surface": " ".join(forms),
            "lemma": " ".join(words),
            "acl": " ".join(acl_tokens(scope_id)),
        },
    )


def waiting_lemmas(connection: Connection, limit: int = 200) -> list[tuple[int, str, str, str]]:
    """The next entries to analyse: (k, title, body, scope)."""
    query = (
        select(search_entry.c.k, search_entry.c.title, search_entry.c.body, search_entry.c.scope_id)
        .where(search_entry.c.lemmas_wait == 1)
        .order_by(search_entry.c.k)
        .limit(limit)
    )
    return [(row.k, row.title, row.body, row.scope_id) for row in connection.execute(query)]


def analyse(entries: list[tuple[int, str, str, str]], words: WordAnalysis) -> dict[str, tuple[str, ...]]:
    """Lemmas of every form in the entries; slow part, run outside any transaction."""
    forms = {form for _k, title, body, _scope in entries for form in tokens(f"{title}\n{body}")}
    return words.analyse_many(sorted(forms))


def store_lemmas(
    connection: Connection,
    entries: list[tuple[int, str, str, str]],
    lemmas: dict[str, tuple[str, ...]],
) -> None:
    """Put analysed entries into the index, unless they changed meanwhile."""
    for k, title, body, _scope in entries:
        now = connection.execute(
            select(search_entry.c.title, search_entry.c.body, search_entry.c.scope_id).where(
                search_entry.c.k == k, search_entry.c.lemmas_wait == 1
            )
        ).first()
        if now is None or (now.title, now.body) != (title, body):
            continue
        connection.execute(_DELETE, {"k": k})
        _put(connection, k, title, body, now.scope_id, lemmas)
        connection.execute(update(search_entry).where(search_entry.c.k == k).values(lemmas_wait=0))


def forget(connection: Connection, kind: str, row_id: str) -> None:
    """Take a row's words out of the index; they leave the file after :func:`optimize`."""
    found = connection.execute(
        select(search_entry.c.k).where(search_entry.c.kind == kind, search_entry.c.row_id == row_id)
    ).scalar()
    if found is not None:
        connection.execute(_DELETE, {"k": found})
        connection.execute(delete(search_entry).where(search_entry.c.k == found))


def optimize(connection: Connection) -> None:
    """Merge the index into one segment: deleted words are gone from the file after this and a WAL
    truncation. Run once a batch of destructions."""
    connection.execute(text("INSERT INTO search_fts(search_fts) VALUES ('optimize')"))
