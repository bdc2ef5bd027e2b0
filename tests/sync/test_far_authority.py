"""Every command works while only a server can settle it: what is done shows at once, waits whole, and nothing
that looks like a number is made up."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.cases.test_undo import Hand, state
from tests.cases.test_undo_random import Office
from tests.fakes.world import World, world
from workbench.cases.parts import AddNote
from workbench.store.check import check_store
from workbench.store.rebase import Rebasing
from workbench.store.schema import outbox
from workbench.store.undo import Undo


def assert_shown_is_what_waits(w: World) -> None:
    """Working every waiting row out anew changes none."""
    before = state(w)
    with w.store.writing() as connection:
        rebasing = Rebasing(connection, w.store.domain.kinds)
        for kind, row_id in list(connection.execute(select(outbox.c.kind, outbox.c.row_id).distinct())):
            if rebasing.waiting_among(kind, [row_id]):
                rebasing.row(kind, row_id)
    assert state(w) == before


@pytest.mark.parametrize("seed", range(3))
def test_what_is_done_waits_whole_and_is_taken_back(tmp_path: Path, seed: int) -> None:
    with world(tmp_path) as w:
        w.store.join("http://127.0.0.1/")
        hand = Hand(w, seed)
        done = []
        for _turn in range(20):
            before = state(w)
            made = hand.do()
            if made:
                done.append((made, before))
        assert all(c["number"] is None for c in w.rows("case_file"))
        assert all(d["identifier"] is None for d in w.rows("document"))
        assert check_store(w.store) == []
        assert_shown_is_what_waits(w)
        for command_id, before in reversed(done):
            w.run(Undo(undone=command_id))
            assert state(w) == before
        assert check_store(w.store) == []
        assert_shown_is_what_waits(w)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_an_office_does_waits_whole(tmp_path: Path, seed: int) -> None:
    """Merging, splitting, moving, transferring, destroying: on rows the server has confirmed and on own ones."""
    with world(tmp_path) as w:
        w.people["all"] = w.people["registrar"]
        cases = [w.register(f"Vanha {n}") for n in range(3)]
        w.store.join("http://127.0.0.1/")
        cases += [w.register(f"Uusi {n}") for n in range(3)]
        office = Office(w, random.Random(seed), cases)
        for _turn in range(60):
            office.do()
        assert sum(office.counts.values()) > 10
        titles = [g for g in w.rows("case_file") if g["number"] is None]
        assert titles, "what is registered has no number yet"
        assert check_store(w.store) == []
        assert_shown_is_what_waits(w)


def test_words_say_that_the_number_comes_from_the_server(plain: World) -> None:
    plain.store.join("http://127.0.0.1/")
    case_id = plain.register()
    changes = plain.run(AddNote(case_id=case_id, text="Soitettu."))
    assert changes.title == "Lisätty muistiinpano asiaan (odottaa numeroa)"


def test_time_does_not_run_backwards_for_rights(plain: World) -> None:
    plain.store.join("http://127.0.0.1/")
    case_id = plain.register()
    plain.clock.move(days=2)
    plain.run(AddNote(case_id=case_id, text="Myöhemmin"))
    plain.clock.move(days=-5)
    with plain.read() as reader:
        assert reader.at > plain.clock.at + timedelta(days=4)
    plain.reopen()
    with plain.read() as reader:
        assert reader.at > plain.clock.at + timedelta(days=4)
