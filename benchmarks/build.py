"""A large register to measure on: made-up cases and documents, written by the ordinary import command.

    python -m benchmarks.build HOME [--cases 200000] [--documents 5] [--seed 1]

Text is put together from the demonstration's own letters, so that words are as common as in real life.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from workbench.cases.items import FileItem
from workbench.cases.migration.batch import ImportBatch
from workbench.cases.plan.lookup import selectable
from workbench.cases.plan.plan_json import common_plan
from workbench.context import Session
from workbench.opening import LazyWords, create_home
from workbench.setup.matters import load_matters
from workbench.setup.region import USER, load_region, person_id, set_up_region
from workbench.store.store import Store

BATCH = 1000
SHARES = {"924": 5, "236": 5, "849": 4, "074": 3, "421": 3}


def sentences() -> list[str]:
    """Every sentence of the demonstration's letters, places filled with plain words."""
    texts = [x.body for m in load_matters().kinds for x in (*m.letters, *m.follow_ups)]
    plain = [re.sub(r"\{\w+\}", "kohde", text) for text in texts]
    return [s.strip() for text in plain for s in re.split(r"(?<=[.!?])\s+", text) if len(s.strip()) > 20]


def rows(code: str, count: int, documents: int, seed: int) -> Iterator[dict[str, Any]]:
    """Cases of one municipality, spread over ten years, the oldest first."""
    chance = random.Random(f"{seed}-{code}")
    plan, words = common_plan(), sentences()
    classes = [c for c in selectable(plan) if c.case_title_pattern]
    region = load_region()
    offices = {c.code: region.office_of_class(code, c.code) for c in classes}
    staff = {o: [p.name for p in region.staff_of(code, o)] for o in set(offices.values())}
    start, running, year = date(2016, 1, 4), 0, 0
    for n in range(count):
        opened = start + timedelta(days=n * 3980 // count)
        running, year = (running + 1, year) if opened.year == year else (1, opened.year)
        node = chance.choice(classes)
        closed = opened < date(2026, 3, 1) and chance.random() < 0.97
        yield {
            "external_id": f"{code}-{n}",
            "number": f"{running}/{node.code}/{year}",
            "title": f"{node.name}: {chance.choice(words)[:80]}",
            "class": node.code,
            "case_type": (node.case_types or ("muu asia",))[0],
            "office": offices[node.code],
            "handler": chance.choice(staff[offices[node.code]] or [""]),
            "state": "closed" if closed else "open",
            "closed_on": (opened + timedelta(days=chance.randint(5, 200))).isoformat() if closed else None,
            "opened_on": opened.isoformat(),
            "registered_at": f"{opened.isoformat()}T09:{n % 60:02}:00+02:00",
            "due_on": (opened + timedelta(days=60)).isoformat(),
            "parties": [{"role": "initiator", "name": f"Hakija {n % 9000}"}],
            "documents": [
                {
                    "title": f"{chance.choice(words)[:60]}",
                    "type": "Kirje",
                    "sender": f"Hakija {n % 9000}",
                    "file": {"path": f"{chance.randrange(4000)}", "sha256": ""},
                }
                for _unused in range(documents)
            ],
        }


def letters(store: Store, code: str, seed: int) -> dict[str, FileItem]:
    """Four thousand different letters, stored once; each document is one of them."""
    chance, words = random.Random(seed), sentences()
    made: dict[str, FileItem] = {}
    for n in range(4000):
        text = " ".join(chance.choices(words, k=5)) + f" Viite {n}."
        ref = store.blobs.put(code, text.encode())
        made[str(n)] = FileItem(
            filename=f"kirje-{n}.txt", media_type="text/plain", sha256=ref.sha256, size=ref.size, text=text,
            text_state="ok",
        )  # fmt: skip
    return made


def batches(store: Store, code: str, count: int, documents: int, seed: int) -> Iterator[ImportBatch]:
    """The import commands of one municipality."""
    files, gathered = letters(store, code, seed), []
    for row in rows(code, count, documents, seed):
        gathered.append(row)
        if len(gathered) == BATCH:
            yield ImportBatch(municipality=code, rows=tuple(gathered), files=files)
            gathered = []
    if gathered:
        yield ImportBatch(municipality=code, rows=tuple(gathered), files=files)


def build(home: Path, cases: int, documents: int, seed: int) -> Store:
    """A home with that many cases in the five municipalities."""
    store, _recovery = create_home(home, demo=True)
    if isinstance(store.words, LazyWords):
        store.words.ensure()
    set_up_region(store, load_region())
    total = sum(SHARES.values())
    began = time.perf_counter()
    for code, share in SHARES.items():
        count = cases * share // total
        for command in batches(store, code, count, documents, seed):
            store.execute(command, Session(person_id(USER), code))
        print(f"{code}: {count} cases, {time.perf_counter() - began:.0f} s", flush=True)
    return store


def main() -> None:
    """Build from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--cases", type=int, default=200_000)
    parser.add_argument("--documents", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    build(given.home, given.cases, given.documents, given.seed).close()


if __name__ == "__main__":
    main()
