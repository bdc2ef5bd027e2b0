"""Undo writes back what was, or refuses whole. Numbers, journal, revisions and outbox only grow."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from tests.fakes.world import OTHER_PUBLIC_CLASS, PUBLIC_CLASS, SECRET, SECRET_CLASS, World, world
from workbench.cases.closing import CloseCase, ReopenCase
from workbench.cases.corrections import MoveDocuments, VoidCase
from workbench.cases.edit import EditCase, EnterPhase, HandOver, ReclassifyCase, SetCaseValues
from workbench.cases.items import PartyItem
from workbench.cases.papers import AddDocument, AddVersion, EditDocument, SetDocumentValues
from workbench.cases.parts import (
    AddAction,
    AddNote,
    AddParty,
    AddTask,
    CompleteTask,
    EditParty,
    LinkCases,
    MarkCase,
    RemoveParty,
)
from workbench.cases.single_rights import GiveAccess
from workbench.errors import NotAllowed, StaleEdit, UserError
from workbench.organisation.commands import GiveRole
from workbench.organisation.model import Role
from workbench.store.check import check_store
from workbench.store.commands import Command
from workbench.store.schema import journal, journal_change, outbox, outbox_group, series
from workbench.store.undo import Undo, last_undoable

_OWN = {"k", "rev", "seq", "sync_state", "extra"}


def state(w: World) -> dict[tuple[str, str], dict[str, Any]]:
    """Every domain field and scope of every row."""
    return {
        (kind, row["id"]): {n: v for n, v in row.items() if n not in _OWN}
        for kind in w.store.domain.kinds.names()
        for row in w.rows(kind)
    }


def revisions(w: World) -> dict[tuple[str, str], int]:
    return {(k, r["id"]): r["rev"] for k in w.store.domain.kinds.names() for r in w.rows(k)}


def growing(w: World) -> list[int]:
    """What may only grow."""
    with w.store.reader() as connection:
        sizes = [
            connection.execute(select(func.count()).select_from(t)).scalar_one()
            for t in (journal, journal_change, outbox, outbox_group)
        ]
        return [*sizes, connection.execute(select(func.sum(series.c.next))).scalar_one()]


class Hand:
    """Makes a random undoable command that fits the present state."""

    def __init__(self, w: World, seed: int) -> None:
        self.w, self.rng = w, random.Random(seed)
        self.cases = [w.register(f"Asia {n}") for n in range(2)]
        self.cases.append(w.register("Salainen", overrides=SECRET))

    def case(self) -> str:
        return self.rng.choice(self.cases)

    def any(self, kind: str) -> dict[str, Any] | None:
        rows = self.w.rows(kind)
        return self.rng.choice(rows) if rows else None

    def command(self) -> Command | None:
        w, rng, case_id = self.w, self.rng, self.case()
        document, party, task = self.any("document"), self.any("party"), self.any("task")
        n = rng.randint(0, 99)
        makers: list[Callable[[], Command | None]] = [
            lambda: EditCase(
                case_id=case_id,
                changes={"title": f"Otsikko {n}", "office": rng.choice(["tekninen", "sivistys"])},
            ),
            lambda: ReclassifyCase(
                case_id=case_id, class_code=rng.choice([PUBLIC_CLASS, OTHER_PUBLIC_CLASS, SECRET_CLASS])
            ),
            lambda: SetCaseValues(case_id=case_id, values=SECRET),
            lambda: HandOver(case_id=case_id, to_id=rng.choice(list(w.people.values()))),
            lambda: EnterPhase(case_id=case_id, phase=rng.choice(["valmistelu", "päätöksenteko"])),
            lambda: GiveAccess(case_id=case_id, person_id=rng.choice(list(w.people.values())), reason="apu"),
            lambda: AddDocument(
                case_id=case_id,
                document=w.letter(f"Uusi {n}", f"uusi sisus {n}", overrides=SECRET if n % 3 == 0 else {}),
            ),
            lambda: document and AddVersion(document_id=document["id"], file=w.file(f"versio {n}")),
            lambda: (
                document
                and EditDocument(
                    document_id=document["id"],
                    changes={"title": f"Asiakirja {n}", "type": rng.choice(["Kirje", "Lausunto"])},
                )
            ),
            lambda: (
                document
                and SetDocumentValues(document_id=document["id"], values=SECRET, secret_part="kaikki")
            ),
            lambda: (
                document and MoveDocuments(document_ids=(document["id"],), to_case_id=case_id, reason="väärä")
            ),
            lambda: AddParty(
                case_id=case_id,
                party=PartyItem(
                    role="party",
                    name=f"Osapuoli {n}",
                    street="Katu 1",
                    protected=n % 2 == 0,
                    identity_number="131052-308T" if n % 3 == 0 else "",
                ),
            ),
            lambda: (
                party
                and EditParty(party_id=party["id"], changes={"street": f"Katu {n}", "protected": n % 2 == 0})
            ),
            lambda: party and RemoveParty(party_id=party["id"]),
            lambda: AddAction(
                case_id=case_id,
                phase="valmistelu",
                name="Selvitys",
                done_on=date(2026, 11, 1) if n % 2 else None,
            ),
            lambda: AddTask(case_id=case_id, title=f"Tehtävä {n}"),
            lambda: task and CompleteTask(task_id=task["id"]),
            lambda: AddNote(case_id=case_id, text=f"Muistiinpano {n}"),
            lambda: LinkCases(case_id=case_id, other_id=self.case()),
            lambda: MarkCase(case_id=case_id, mark="watch", on=bool(n % 2)),
            lambda: CloseCase(case_id=case_id),
            lambda: ReopenCase(case_id=case_id, reason="uutta tietoa"),
            lambda: VoidCase(case_id=case_id, reason="virhe"),
        ]
        return rng.choice(makers)()

    def do(self) -> str | None:
        """Run one; the id of it when it went through and changed something."""
        command = self.command()
        if command is None:
            return None
        with contextlib.suppress(UserError):
            return self.w.run(command).command_id
        return None


_FAST = settings(
    max_examples=7,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)


def in_reverse(w: World, seed: int, length: int) -> None:
    hand = Hand(w, seed)
    past: list[tuple[str, Any]] = []
    for _unused in range(length):
        before = state(w)
        done = hand.do()
        if done:
            past.append((done, before))
    redone: list[tuple[str, Any]] = []
    for done, before in reversed(past):
        sizes, revs, after = growing(w), revisions(w), state(w)
        back = w.run(Undo(undone=done))
        assert state(w) == before, "undo did not restore"
        assert all(a >= b for a, b in zip(growing(w), sizes, strict=True))
        now = revisions(w)
        assert all(now[row] >= rev for row, rev in revs.items() if row in now)
        redone.append((back.command_id, after))
    assert check_store(w.store) == []
    for back, after in reversed(redone):
        w.run(Undo(undone=back))
        assert state(w) == after, "redo did not restore"
    assert check_store(w.store) == []


@_FAST
@given(seed=st.integers(0, 10**9))
def test_undone_in_reverse_everything_is_as_before_and_redone_as_after(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    with world(tmp_path_factory.mktemp("u")) as w:
        in_reverse(w, seed, 7)


@pytest.mark.slow
@pytest.mark.timeout(900)
@settings(_FAST, max_examples=60)
@given(seed=st.integers(0, 10**9))
def test_long_histories_undo_and_redo(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    with world(tmp_path_factory.mktemp("u")) as w:
        in_reverse(w, seed, 20)


@_FAST
@given(seed=st.integers(0, 10**9))
def test_undone_at_random_it_happens_whole_or_not_at_all(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    with world(tmp_path_factory.mktemp("u")) as w:
        hand = Hand(w, seed)
        done = [d for d in (hand.do() for _unused in range(10)) if d]
        hand.rng.shuffle(done)
        for command_id in done:
            before, sizes = state(w), growing(w)
            try:
                w.run(Undo(undone=command_id))
            except UserError:
                assert state(w) == before and growing(w) == sizes
            else:
                with pytest.raises(StaleEdit, match="jo kumottu"):
                    w.run(Undo(undone=command_id))
        assert check_store(w.store) == []


def test_a_later_change_refuses_undo_and_says_which_field(plain: World) -> None:
    case_id = plain.register()
    mine = plain.run(EditCase(case_id=case_id, changes={"title": "Minun", "summary": "Kuvaus"}))
    plain.run(EditCase(case_id=case_id, changes={"summary": "Toisen"}), "decider")
    with pytest.raises(StaleEdit, match="Kuvaus on muuttunut"):
        plain.run(Undo(undone=mine.command_id))
    assert plain.row("case_file", case_id)["title"] == "Minun"


def test_a_later_change_of_another_field_does_not(plain: World) -> None:
    case_id = plain.register()
    mine = plain.run(EditCase(case_id=case_id, changes={"title": "Minun"}))
    plain.run(EditCase(case_id=case_id, changes={"summary": "Toisen"}), "decider")
    title = plain.run(Undo(undone=mine.command_id)).title
    row = plain.row("case_file", case_id)
    assert (row["title"], row["summary"]) == ("Tontin vuokraus", "Toisen")
    assert title == "Kumottu: Muutettu asian 1/10.03.03/2026 tietoja"


def test_a_version_added_later_keeps_its_document(plain: World) -> None:
    case_id = plain.register()
    item = plain.letter("Uusi")
    added = plain.run(AddDocument(case_id=case_id, document=item))
    plain.run(AddVersion(document_id=item.document_id, file=plain.file("toinen")))
    with pytest.raises(StaleEdit, match="lisätty sen jälkeen"):
        plain.run(Undo(undone=added.command_id))


def test_registering_is_corrected_never_undone(plain: World) -> None:
    from workbench.cases.register import RegisterCase

    made = plain.run(RegisterCase(municipality="924", class_code=PUBLIC_CLASS, title="A", office="tekninen"))
    assert not made.undoable and "case.void" in made.corrections
    with pytest.raises(NotAllowed, match="numero on annettu"):
        plain.run(Undo(undone=made.command_id))
    with plain.store.reader() as connection:
        assert last_undoable(connection, plain.people["registrar"], plain.store.domain.commands) is None


def test_only_the_doer_undoes_and_only_for_the_same_municipality(plain: World) -> None:
    case_id = plain.register()
    mine = plain.run(AddNote(case_id=case_id, text="Soitettu."), "both")
    with pytest.raises(NotAllowed, match="tekijä itse"):
        plain.run(Undo(undone=mine.command_id), "registrar")
    with pytest.raises(NotAllowed, match="toisen kunnan"):
        plain.run(Undo(undone=mine.command_id), "both", "236")
    plain.run(Undo(undone=mine.command_id), "both")
    assert plain.rows("note") == []


def test_a_right_lost_since_refuses_undo(plain: World) -> None:
    case_id = plain.register()
    person = plain.people["extra"] = plain.people["neighbour"]
    plain.run(
        GiveRole(person_id=person, municipality="924", role=Role.REGISTRAR, valid_to=date(2026, 11, 25)),
        "admin",
    )
    mine = plain.run(EditCase(case_id=case_id, changes={"title": "Minun"}), "extra")
    plain.clock.move(days=3)
    with pytest.raises(NotAllowed, match="päättynyt"):
        plain.run(Undo(undone=mine.command_id), "extra")
    assert plain.row("case_file", case_id)["title"] == "Minun"


def test_what_became_secret_is_not_changed_by_undo_without_the_right(plain: World) -> None:
    case_id = plain.register()
    mine = plain.run(EditCase(case_id=case_id, changes={"title": "Minun"}), "decider")
    plain.run(SetCaseValues(case_id=case_id, values=SECRET))
    with pytest.raises(NotAllowed, match="oikeutta"):
        plain.run(Undo(undone=mine.command_id), "decider")


def test_parts_of_a_closed_case_are_not_taken_back(plain: World) -> None:
    case_id = plain.register()
    added = plain.run(AddDocument(case_id=case_id, document=plain.letter("Uusi")))
    plain.run(CloseCase(case_id=case_id), "preparer")
    with pytest.raises(UserError, match="päätetty"):
        plain.run(Undo(undone=added.command_id))
    assert len(plain.rows("document", case_id=case_id)) == 2


def test_a_document_taken_back_and_brought_again_is_found_by_its_content(plain: World) -> None:
    from workbench.cases.search import search

    case_id = plain.register()
    added = plain.run(AddDocument(case_id=case_id, document=plain.letter("Uusi", "harvinainen sana")))
    back = plain.run(Undo(undone=added.command_id))
    with plain.read() as reader:
        assert search(reader, "harvinainen") == []
    again = plain.run(Undo(undone=back.command_id))
    assert again.title.startswith("Tehty uudelleen")
    with plain.read() as reader:
        assert [f.case.id for f in search(reader, "harvinainen")] == [case_id]


def test_the_former_version_is_found_again_when_the_newer_is_taken_back(plain: World) -> None:
    from workbench.cases.search import search

    def found(word: str) -> bool:
        with plain.read() as reader:
            return bool(search(reader, word, typing=False))

    case_id = plain.register()
    item = plain.letter("Uusi", "vanhasana")
    plain.run(AddDocument(case_id=case_id, document=item))
    newer = plain.run(AddVersion(document_id=item.document_id, file=plain.file("uusisana")))
    assert found("uusisana") and not found("vanhasana")
    plain.run(Undo(undone=newer.command_id))
    assert found("vanhasana") and not found("uusisana")
    plain.run(EditDocument(document_id=item.document_id, changes={"title": "Vaihtonimi"}))
    with plain.read() as reader:
        assert "Vaihtonimi" in search(reader, "vanhasana")[0].excerpt
