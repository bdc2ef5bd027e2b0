"""What the register itself teaches: words of earlier titles by class, who handles which class, and what a
sender has written about before.

Counts come from the newest cases that the reader may see and that are not restricted; they are kept per
store and per set of rights, and only newer rows are read after the first time, so a suggestion stays quick
however large the register is.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select

from workbench.cases import tables as t
from workbench.cases.intake.suggesting.classes import Learned
from workbench.cases.intake.suggesting.rights import RightsReader
from workbench.cases.intake.suggesting.terms import lemmas_of
from workbench.organisation.access import visible
from workbench.store.search.index import WordAnalysis

SAMPLE = 1_500
_REBUILD_AFTER = 500
_KEPT = 16


@dataclass
class _Counts:
    """Running counts of one municipality under one set of rights."""

    ready: bool
    cases: int = 0
    added: int = 0
    newest: datetime | None = None
    seen: set[str] = field(default_factory=set)
    words: dict[str, dict[str, int]] = field(default_factory=dict)
    handlers: dict[str, dict[str, int]] = field(default_factory=dict)
    offices: dict[str, dict[str, int]] = field(default_factory=dict)

    def add(self, rows: Iterable[Any], words: WordAnalysis) -> None:
        for row in rows:
            if row.id in self.seen:
                continue
            self.seen.add(row.id)
            self.cases += 1
            if self.newest is None or row.registered_at > self.newest:
                self.newest = row.registered_at
            for lemma in dict.fromkeys(found[0] for found in lemmas_of(row.title, words)):
                _count(self.words, lemma, row.class_code)
            _count(self.offices, row.class_code, row.office)
            if row.handler_id:
                _count(self.handlers, row.class_code, row.handler_id)

    def learned(self) -> Learned:
        return Learned(self.cases, self.words, self.handlers, self.offices)


def _count(counts: dict[str, dict[str, int]], key: str, value: str) -> None:
    of_key = counts.setdefault(key, {})
    of_key[value] = of_key.get(value, 0) + 1


_lock = threading.Lock()
_kept: WeakKeyDictionary[Engine, dict[tuple[Any, ...], _Counts]] = WeakKeyDictionary()


def learned_from(reader: RightsReader, municipality: str) -> Learned:
    """The counts for one municipality. The first call for a store takes a moment; call it when a list of
    arrivals opens."""
    access = reader.access
    grants = tuple(sorted((g.municipality, g.office, g.role.value, g.secret) for g in access.reading()))
    c = t.case_file.c
    query = (
        select(c.id, c.title, c.class_code, c.office, c.handler_id, c.registered_at)
        .where(
            c.municipality == municipality,
            c.restricted.is_(False),
            c.voided_at.is_(None),
            c.merged_into.is_(None),
            visible(c.scope_id, access),
        )
        .order_by(c.registered_at.desc(), c.k.desc())
        .limit(SAMPLE)
    )
    with _lock:
        of_store = _kept.setdefault(reader.connection.engine, {})
        counts = of_store.get((municipality, grants))
        if counts is not None and counts.ready == reader.words.ready and counts.newest is not None:
            rows = reader.connection.execute(query.where(c.registered_at >= counts.newest)).all()
            new = [row for row in rows if row.id not in counts.seen]
            counts.added += len(new)
            if counts.added <= _REBUILD_AFTER:
                counts.add(new, reader.words)
                return counts.learned()
        counts = _Counts(reader.words.ready)
        counts.add(reader.connection.execute(query), reader.words)
        if len(of_store) >= _KEPT:
            of_store.clear()
        of_store[(municipality, grants)] = counts
        return counts.learned()


def most_usual(counts: Mapping[str, int]) -> tuple[str, int, int]:
    """The commonest value, how often it was met, and of how many."""
    if not counts:
        return "", 0, 0
    value = min(counts, key=lambda v: (-counts[v], v))
    return value, counts[value], sum(counts.values())
