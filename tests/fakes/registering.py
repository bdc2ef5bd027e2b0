"""A process of its own that registers letters one after another and prints each number it was given.

``python -m tests.fakes.registering HOME RING LABEL COUNT`` – prints ``number sha256`` lines.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.fakes.ring import FakeRing
from tests.fakes.words import FakeWords
from workbench.cases.items import DocumentItem, FileItem
from workbench.cases.register import RegisterCase
from workbench.clock import SystemClock
from workbench.context import Session
from workbench.domain import whole_domain
from workbench.store.store import Store


def content(label: str, n: int) -> bytes:
    """What the n-th letter says; big enough to be caught half-way."""
    return f"kirje {label} {n} ".encode() * 2000


def main() -> None:
    home, secrets, label, count = sys.argv[1:]
    ring = FakeRing()
    ring.secrets.update(json.loads(secrets))
    store = Store.open(Path(home), whole_domain(), SystemClock(), FakeWords(), ring=ring)
    session = Session("person-registrar", "924")
    for n in range(int(count)):
        ref = store.blobs.put("924", content(label, n))
        file = FileItem(
            filename=f"{label}{n}.txt",
            media_type="text/plain",
            sha256=ref.sha256,
            size=ref.size,
            text="kirje",
        )
        command = RegisterCase(
            municipality="924",
            class_code="10.03.03",
            title=f"Kirje {label} {n}",
            office="tekninen",
            documents=(DocumentItem(title=f"Kirje {n}", type="Kirje", file=file),),
        )
        made = store.execute(command, session).result
        sys.stdout.write(f"{made.number} {ref.sha256}\n")
        sys.stdout.flush()
        if n % 5 == 0:
            store.analyse_waiting(3)
    store.close()


if __name__ == "__main__":
    main()
