"""Keeping the full-text index in step with the rows.

The commit indexes the words as written, at once; lemmas and compound parts follow from a durable queue
(``search_entry.lemmas_wait``), so that a commit never waits for word analysis.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Protocol

from sqlalchemy import Connection, delete, func, insert, select, text, update

from workbench.store.schema import search_entry
from workbench.store.search.entry import acl_tokens, is_restricted
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


_BATCH = 400

ReadersOf = Callable[[Connection, Collection[str]], Mapping[str, str]]
"""For each restricted scope the tokens of those who may read it, with blanks between."""


def index_touched(uow: UnitOfWork, words: WordAnalysis, readers_of: ReadersOf) -> None:
    """Index every searchable row the unit of work touched, or whose readers it changed.

    Lemmas wait in the queue, except when the unit of work asked to analyse at once (migration: nobody
    waits for the window then, and each row would be indexed twice).
    """
    touched: dict[str, list[str]] = {}
    for kind, row_id in _to_index(uow):
        if uow.kinds[kind].search is not None:
            touched.setdefault(kind, []).append(row_id)
    for kind, ids in touched.items():
        for start in range(0, len(ids), _BATCH):
            _index_rows(uow, kind, ids[start : start + _BATCH], words, readers_of)


def _to_index(uow: UnitOfWork) -> list[tuple[str, str]]:
    """The rows touched, those whose words depend on them, and those that others may now read."""
    found = dict.fromkeys((op.kind, op.row_id) for op in uow.ops)
    found |= dict.fromkeys(_in_opened_scopes(uow))
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


def _in_opened_scopes(uow: UnitOfWork) -> Iterator[tuple[str, str]]:
    """What is indexed in the scopes whose readers the unit of work changed."""
    scopes: set[str] = set()
    for op in uow.ops:
        field = uow.kinds[op.kind].opens
        if field:
            # A row that came and was then taken away by a command here has been indexed by that.
            row = uow.get(op.kind, op.row_id) or op.before
            scopes |= {str(row[field])} if field in row else set()
    entry = search_entry.c
    for scope in sorted(scopes):
        query = select(entry.kind, entry.row_id).where(entry.scope_id == scope)
        yield from [(row.kind, row.row_id) for row in uow.connection.execute(query)]


def _index_rows(
    uow: UnitOfWork, kind: str, ids: list[str], words: WordAnalysis, readers_of: ReadersOf
) -> None:
    table, rule = uow.kinds.table(kind), uow.kinds[kind].search
    assert rule is not None
    rows = {
        r["id"]: dict(r) for r in uow.connection.execute(select(table).where(table.c.id.in_(ids))).mappings()
    }
    entry = search_entry.c
    old = {
        r.row_id: r.k
        for r in uow.connection.execute(
            select(entry.row_id, entry.k).where(entry.kind == kind, entry.row_id.in_(ids))
        )
    }
    # An edited row keeps its number, and so its place among the newest; asked before old entries go.
    following = (uow.connection.execute(select(func.max(entry.k))).scalar() or 0) + 1
    if old:
        uow.connection.execute(_DELETE, [{"k": k} for k in old.values()])
        uow.connection.execute(delete(search_entry).where(entry.k.in_(list(old.values()))))
    at_once = uow.analyse_now and words.ready
    apart = {r["scope_id"] for r in rows.values() if is_restricted(r["scope_id"])}
    readers = readers_of(uow.connection, apart) if apart else {}
    entries: list[dict[str, Any]] = []
    for row_id in ids:
        row = rows.get(row_id)
        found = rule(row, uow) if row is not None else None
        if row is None or found is None:
            continue
        k = old.get(row_id)
        if k is None:
            k, following = following, following + 1
        entries.append(
            {
                "k": k,
                "kind": kind,
                "row_id": row_id,
                "root_id": found.root_id,
                "scope_id": row["scope_id"],
                "readers": readers.get(row["scope_id"], ""),
                "title": found.title,
                "body": found.body,
                "lemmas_wait": 0 if at_once else 1,
            }
        )
    if not entries:
        return
    uow.connection.execute(insert(search_entry), entries)
    forms = [dict.fromkeys(tokens(f"{e['title']}\n{e['body']}")) for e in entries]
    lemmas = words.analyse_many(sorted({f for own in forms for f in own})) if at_once else {}
    uow.connection.execute(
        _INSERT,
        [
            _words(e["k"], own, e["scope_id"], e["readers"], lemmas)
            for e, own in zip(entries, forms, strict=True)
        ],
    )


def _words(
    k: int, forms: Iterable[str], scope_id: str, readers: str, lemmas: dict[str, tuple[str, ...]]
) -> dict[str, object]:
    """The index row of an entry: its forms, their lemmas, its scope tokens; each word once."""
    found = dict.fromkeys(lemma for form in forms for lemma in lemmas.get(form, ()))
    return {
        "k": k,
        "surface": " ".join(forms),
        "lemma": " ".join(found),
        "acl": " ".join(acl_tokens(scope_id, readers)),
    }


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
            select(
                search_entry.c.title, search_entry.c.body, search_entry.c.scope_id, search_entry.c.readers
            ).where(search_entry.c.k == k, search_entry.c.lemmas_wait == 1)
        ).first()
        if now is None or (now.title, now.body) != (title, body):
            continue
        connection.execute(_DELETE, {"k": k})
        forms = dict.fromkeys(tokens(f"{title}\n{body}"))
        connection.execute(_INSERT, _words(k, forms, now.scope_id, now.readers, lemmas))
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
