"""A process of its own that makes decisions one after another and prints each number it was given.

``python -m tests.fakes.numbering HOME COUNT``
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.fakes.decisions import Decide, deciding_domain
from tests.fakes.words import FakeWords
from workbench.clock import SystemClock
from workbench.context import Session
from workbench.store.store import Store


def main() -> None:
    home, count = sys.argv[1:]
    store = Store.open(Path(home), deciding_domain(), SystemClock(), FakeWords())
    for n in range(int(count)):
        made = store.execute(Decide(body="hallitus", title=f"P{n}"), Session("person-registrar", "924"))
        sys.stdout.write(f"{made.result}\n")
        sys.stdout.flush()
    store.close()


if __name__ == "__main__":
    main()
