"""Whatever the register and however bad the line: every row and every file comes as it was."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.cases.test_undo import Hand
from tests.fakes.ring import FakeRing
from tests.fakes.server import Faults
from tests.fakes.world import OTHER_PUBLIC_CLASS, World
from tests.sync.adopting import (
    alone,
    as_station,
    assert_nothing_lost,
    assert_sound,
    contents,
    everything,
    registered,
)
from tests.sync.reaching import reach
from tests.sync.stations import region
from workbench.cases.corrections import MergeCases, SplitCase, VoidCase
from workbench.cases.parts import LinkCases, MarkCase, SaveView
from workbench.errors import UserError
from workbench.server.identity.schema import adoption
from workbench.server.schema import audit, audit_value
from workbench.store import adopting, journal
from workbench.store.ordering import components
from workbench.sync.engine import Engine, Limits
from workbench.sync.errors import Offline
from workbench.sync.joining import join


def work(own: World, seed: int) -> None:
    """A register with a bit of everything in it, cases that name one another too."""
    hand = Hand(own, seed)
    rng = random.Random(seed)
    for _turn in range(12):
        command = hand.command()
        try:
            if command is not None:
                own.run(command)
        except UserError:
            continue  # not lawful just now
    for _turn in range(6):
        one, other = rng.sample(hand.cases, 2)
        documents = own.rows("document", case_id=one, attached_to=None)
        made = rng.choice(
            [
                LinkCases(case_id=one, other_id=other),
                LinkCases(case_id=other, other_id=one),
                MergeCases(case_id=one, into_id=other, reason="sama asia"),
                MarkCase(case_id=one, mark="favourite"),
                SaveView(name=f"näkymä {rng.random()}", query={"handler": "own-preparer"}),
                VoidCase(case_id=one, reason="väärin"),
                SplitCase(
                    case_id=one,
                    document_ids=tuple(d["id"] for d in documents[:1]),
                    title="Erotettu",
                    class_code=OTHER_PUBLIC_CLASS,
                    reason="oma asiansa",
                ),
            ]
        )
        try:
            own.run(made)
        except UserError:
            continue
        hand.cases = [c["id"] for c in own.rows("case_file")]


REGISTERS = {"seed": st.integers(0, 2**32), "rate": st.sampled_from([0.0, 0.25]), "size": st.integers(1, 40)}


@pytest.mark.timeout(400)
@settings(max_examples=5)
@given(**REGISTERS)
def test_every_row_and_file_comes_as_it_was(seed: int, rate: float, size: int) -> None:
    comes_as_it_was(seed, rate, size)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@settings(max_examples=100)
@given(**REGISTERS)
def test_every_row_and_file_comes_as_it_was_at_length(seed: int, rate: float, size: int) -> None:
    comes_as_it_was(seed, rate, size)


def comes_as_it_was(seed: int, rate: float, size: int) -> None:
    """Whatever the register, on a line that loses requests and answers, cut off and begun again."""
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        (folder / "region").mkdir()
        with region(folder / "region") as place, alone(folder / "own") as own:
            work(own, seed)
            server = place.server
            before, mine, kept = everything(server), registered(own), contents(own)
            with own.store.reader() as connection:
                ends = adopting.heads(connection)
            wire = reach(patch, server, own)
            server.allow_adoption("person-registrar", own.store.workstation)
            patch.setattr("workbench.sync.engine.Limits.of", lambda _told: _small(size))
            wire.faults = Faults(random.Random(seed), 0.0)
            other, rng = place.join("registrar", name="other"), random.Random(seed)
            other.sync()
            made: set[str] = set()

            def meanwhile() -> None:
                # Somebody else registers on, between two answers.
                if own.store.is_joined and rng.random() < 0.2 and len(made) < 5:
                    made.add(other.register(f"Muun {len(made)}"))
                    other.sync()

            wire.between = meanwhile
            joined = False
            for _turn in range(400):
                try:
                    if not joined and not own.store.is_joined:
                        join(own.store, "https://server.example", "koodi", FakeRing())
                    else:
                        joined = True
                        Engine(own.store, wire, "person-registrar").run()
                    with own.store.reader() as connection:
                        if not adopting.unsettled(connection):
                            break
                except Offline:
                    pass
                finally:
                    wire.faults.rate = rate
            wire.faults.rate, wire.between = 0.0, lambda: None
            Engine(own.store, wire, "person-registrar").run()
            with own.store.reader() as connection:
                assert not adopting.unsettled(connection)
                # The journal of before is here as it was, and the server knows its end.
                assert journal.verify(connection) == []
            others = {(k, i) for (k, i), row in everything(server).items() if made & {i, row.get("case_id")}}
            assert_nothing_lost(server, before, mine, kept, others)
            assert_sound(server, own)
            with server.database.reading() as connection:
                (row,) = connection.execute(select(adoption)).mappings()
                assert row["ended_at"] is not None and row["heads"] == ends
                told = connection.execute(
                    select(audit.c.chain, audit_value.c.content)
                    .select_from(audit.join(audit_value, audit_value.c.audit_n == audit.c.n))
                    .where(audit.c.command == adopting.JOURNAL)
                ).all()
            assert {t.chain: [t.content["words"]["n"], t.content["words"]["head"]] for t in told} == ends
            place.assert_converged(as_station(place, own, wire))


def _small(size: int) -> Limits:
    return Limits(push_ops=size, pull_rows=max(size, 5))


def test_objects_come_after_what_they_name() -> None:
    rng = random.Random(5)
    for _turn in range(200):
        nodes = [str(n) for n in range(rng.randint(1, 9))]
        names = {n: [rng.choice(nodes) for _i in range(rng.randint(0, 3))] for n in nodes}
        reach_of = {n: _reached(n, names) for n in nodes}
        seen: set[str] = set()
        for together in components(nodes, names):
            for n in together:
                assert {m for m in nodes if m in reach_of[n] and n in reach_of[m]} | {n} == set(together)
                assert reach_of[n] <= seen | set(together)
            seen |= set(together)
        assert seen == set(nodes)


def _reached(start: str, names: dict[str, list[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for other in names[waiting.pop()]:
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found
