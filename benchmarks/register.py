"""What a registrar waits for, on a large register: list, page, filter, search as typed, registering, memory.

    python -m benchmarks.register HOME [--rounds 5]

HOME is made by ``python -m benchmarks.build``. Each figure stands beside a baseline of the same run: search
beside the same MATCH with its rights terms on the same file, a list beside the bare statement.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select, text

from benchmarks.build import sentences
from workbench.cases import tables as t
from workbench.cases.items import DocumentItem, FileItem, PartyItem
from workbench.cases.queries import CaseFilter, find_cases, load_cases, load_facets
from workbench.cases.register import RegisterCase
from workbench.cases.search import search
from workbench.context import Session
from workbench.opening import open_home
from workbench.organisation.access import acl_terms
from workbench.organisation.queries import access_for
from workbench.store.search import match
from workbench.store.store import Reader, Store
from workbench.words.tokens import tokens

SHOWN = 20
"""Cases a search gives."""


@dataclass(frozen=True)
class Figure:
    """Milliseconds of one thing, and of its baseline."""

    name: str
    times: tuple[float, ...]
    baseline: tuple[float, ...] = ()

    def line(self) -> str:
        """One line for people: p50, p95, their ratios to the baseline's."""
        words = f"{self.name:<42} p50 {_p(self.times, 50):8.2f} ms   p95 {_p(self.times, 95):8.2f} ms"
        if self.baseline:
            ratio, late = (_p(self.times, n) / _p(self.baseline, n) for n in (50, 95))
            words += f"   baseline p50 {_p(self.baseline, 50):7.2f} ms p95 {_p(self.baseline, 95):7.2f} ms"
            words += f"   ratio {ratio:5.2f} {late:5.2f}"
        return words


def _p(times: tuple[float, ...], percent: int) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, round(percent / 100 * (len(ordered) - 1)))]


def _timed(work: Callable[..., Any], *args: Any) -> tuple[float, Any]:
    began = time.perf_counter()
    result = work(*args)
    return (time.perf_counter() - began) * 1000, result


def _all(reader: Reader, query: Any) -> list[Any]:
    return list(reader.connection.execute(query).scalars().all())


def _search(reader: Reader, typed: str) -> list[Any]:
    return search(reader, typed, limit=SHOWN)


def lists(store: Store, session: Session, rounds: int) -> list[Figure]:
    """The list of cases: ids, a page at a random place, a filter, the facets."""
    ids_times, bare_times, page_times, filter_times, facet_times = [], [], [], [], []
    chance = random.Random(1)
    for _round in range(rounds):
        with store.read_as(session) as reader:
            took, ids = _timed(find_cases, reader, CaseFilter(state="all"))
            ids_times.append(took)
            c = t.case_file.c
            bare = select(c.k).where(c.municipality == session.municipality).order_by(c.registered_at.desc())
            bare_times.append(_timed(_all, reader, bare)[0])
            for _unused in range(10):
                start = chance.randrange(max(1, len(ids) - 128))
                page_times.append(_timed(load_cases, reader, ids[start : start + 128])[0])
            for wanted in (
                CaseFilter(),
                CaseFilter(class_prefix="10"),
                CaseFilter(due="late"),
                CaseFilter(state="closed", case_type="hakemus"),
            ):
                filter_times.append(_timed(find_cases, reader, wanted)[0])
            facet_times.append(_timed(load_facets, reader, CaseFilter(state="all"))[0])
    return [
        Figure("list: all ids of a municipality", tuple(ids_times), tuple(bare_times)),
        Figure("list: a page of 128 rows at random", tuple(page_times)),
        Figure("list: filter changed", tuple(filter_times)),
        Figure("list: facets", tuple(facet_times)),
    ]


def typed(store: Store, session: Session, rounds: int) -> Figure:
    """Search as typed: each prefix of a few words, beside the same MATCH alone."""
    chance = random.Random(2)
    words = [w for s in sentences() for w in tokens(s) if len(w) > 5]
    ours, alone = [], []
    for _round in range(rounds * 4):
        word = chance.choice(words)
        for end in range(3, len(word) + 1):
            # Whoever asks first finds the pages cold: they take turns.
            for first in (end % 2, 1 - end % 2):
                with store.read_as(session) as reader:
                    if first:
                        ours.append(_timed(_search, reader, word[:end])[0])
                    else:
                        asked = match.expression(word[:end], acl_terms(access_for(reader)), reader.words)
                        # As many cases need at least as many entries: no fewer could be fetched.
                        alone.append(_timed(match.newest, reader.connection, asked, SHOWN)[0])
    return Figure(f"search as typed ({SHOWN} cases)", tuple(ours), tuple(alone))


def registering(store: Store, session: Session, rounds: int) -> Figure:
    """One letter into a new case, durable on the disk."""
    times = []
    for n in range(rounds * 4):
        content = f"Hei, kirje {n} {time.time_ns()}".encode()
        began = time.perf_counter()
        ref = store.blobs.put(session.municipality, content)
        file = FileItem(
            filename="kirje.txt", media_type="text/plain", sha256=ref.sha256, size=ref.size,
            text=content.decode(), text_state="ok",
        )  # fmt: skip
        store.execute(
            RegisterCase(
                municipality=session.municipality,
                class_code="10.03.03",
                title=f"Mittaus {n}",
                documents=(DocumentItem(title="Kirje", type="Kirje", file=file, sender="Mittaaja"),),
                parties=(PartyItem(role="initiator", name="Mittaaja"),),
            ),
            session,
        )
        times.append((time.perf_counter() - began) * 1000)
    return Figure("registering one letter", tuple(times))


def memory_mb() -> float:
    """Resident memory of this process, where the system tells it."""
    try:
        import resource
    except ImportError:
        return float("nan")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    store = open_home(given.home)
    session = Session(store.meta("user"), "924")
    with store.reader() as connection:
        cases = connection.execute(text("SELECT count(*) FROM case_file")).scalar()
        documents = connection.execute(text("SELECT count(*) FROM document")).scalar()
    print(f"{cases} cases, {documents} documents")
    figures = [*lists(store, session, given.rounds), typed(store, session, given.rounds)]
    figures.append(registering(store, session, given.rounds))
    for figure in figures:
        print(figure.line())
    print(f"{'memory, peak':<42} {memory_mb():.0f} MB")
    store.close()


if __name__ == "__main__":
    main()
