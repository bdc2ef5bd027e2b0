"""What a person does with work that did not go through: chooses, offers it again, or lets it go."""

from __future__ import annotations

import random
from typing import Any

from tests.sync.counting import COUNTED
from tests.sync.stations import Station
from workbench.errors import UserError
from workbench.sync.conflicts import load_conflicts, load_quarantine
from workbench.sync.deciding import DiscardWork, OfferAgain, ResolveConflict


def settle_conflicts(station: Station, rng: random.Random, *, mine: bool) -> None:
    """Choose in every conflict, until there is none."""
    for _turn in range(40):
        with station.store.read_as(station.session) as reader:
            conflicts = load_conflicts(reader)
        if not conflicts:
            return
        # One choice settles all that collided together, so the list is read anew.
        conflict = conflicts[0]
        choices: dict[str, Any] = {f.name: {"take": "mine" if mine else "theirs"} for f in conflict.fields}
        texts = [f.name for f in conflict.fields if f.clashes and f.name in ("title", "summary")]
        if texts and rng.random() < 0.3:
            choices[texts[0]] = {"take": "edit", "value": "sovittu"}
        try:
            station.run(
                ResolveConflict(kind=conflict.kind, row_id=conflict.row_id, choices=choices, rev=conflict.rev)
            )
            COUNTED["resolved"] += 1
        except UserError:
            station.run(DiscardWork(group_id=conflict.group_id))
            COUNTED["discarded"] += 1
    raise AssertionError(("a conflict that no choice settles", conflict))


def settle_what_is_aside(station: Station, rng: random.Random) -> None:
    """Work the server did not take in is offered again or let go."""
    with station.store.read_as(station.session) as reader:
        aside = load_quarantine(reader)
    for one in aside:
        deed = OfferAgain if rng.random() < 0.3 else DiscardWork
        try:
            station.run(deed(group_id=one.group_id))
            COUNTED[deed.__name__] += 1
        except UserError:
            COUNTED["refused locally"] += 1
