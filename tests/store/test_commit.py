"""One command is one transaction: rows, outbox, journal and index come together or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.fakes.clock import FakeClock
from tests.fakes.words import FakeWords
from tests.fakes.world import World
from workbench.cases.corrections import VoidCase
from workbench.cases.items import DocumentItem, FileItem
from workbench.cases.parts import AddNote
from workbench.cases.register import RegisterCase
from workbench.context import Session
from workbench.errors import Problem, Problems, StorageProblem, UserError
from workbench.store.check import check_store
from workbench.store.commands import Command, CommandSpec
from workbench.store.domain import Domain
from workbench.store.kinds import Field, Kind, build_table, metadata
from workbench.store.schema import (
    journal,
    journal_change,
    journal_value,
    outbox,
    outbox_group,
    search_entry,
    series,
    sync_base,
)
from workbench.store.search.entry import SearchEntry
from workbench.store.store import Store
from workbench.store.unit import UnitOfWork

_GROWING = (journal, journal_change, journal_value, outbox, outbox_group, search_entry)


def counts(w: World) -> dict[str, int]:
    """How many rows every table holds, the store's own and the domain's."""
    kinds = w.store.domain.kinds
    with w.store.reader() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (*_GROWING, series, *(kinds.table(n) for n in kinds.names()))
        }


def test_one_commit_writes_rows_outbox_journal_and_index(plain: World) -> None:
    before = counts(plain)
    case_id = plain.register("Kaivon rakentaminen")
    after = counts(plain)
    grown = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    assert grown["case_file"] == grown["document"] == grown["document_version"] == grown["party"] == 1
    assert grown["outbox_group"] == grown["journal"] == 1
    assert grown["outbox"] == grown["journal_change"] - 1 == grown["journal_value"] - 1
    with plain.store.reader() as connection:
        group = connection.execute(select(outbox_group).order_by(outbox_group.c.n.desc())).mappings().first()
        ops = (
            connection.execute(select(outbox).where(outbox.c.group_id == group["group_id"])).mappings().all()
        )
        entry = connection.execute(select(journal).order_by(journal.c.n.desc())).mappings().first()
        entries = connection.execute(select(search_entry.c.kind).where(search_entry.c.root_id == case_id))
        kinds = sorted(entries.scalars())
    assert group["command"] == entry["command"] == "case.register"
    assert group["group_id"] == entry["group_id"]
    assert group["args"]["title"] == "Kaivon rakentaminen"
    assert {op["kind"] for op in ops} == {"case_file", "action", "party", "document", "document_version"}
    assert entry["actor_id"] == plain.people["registrar"] and entry["chain"] == "924"
    assert kinds == ["case_file", "document", "document_version", "party"]
    assert check_store(plain.store) == []


def test_a_repeated_command_answers_without_acting(plain: World) -> None:
    command = RegisterCase(municipality="924", class_code="10.03.03", title="Kerran", office="tekninen")
    plain.run(command)
    before = counts(plain)
    again = plain.run(command)
    assert again.command_id == command.command_id and not again.touched
    assert counts(plain) == before


def test_a_refused_command_leaves_nothing_and_takes_no_number(plain: World) -> None:
    before = counts(plain)
    broken = plain.letter(overrides={"publicity": "Salassa pidettävä"})  # no basis, no period
    with pytest.raises(Problems):
        plain.register(documents=(broken,))
    assert counts(plain) == before
    assert plain.row("case_file", plain.register())["running"] == 1


def test_content_that_is_not_on_the_disk_is_never_named(plain: World) -> None:
    before = counts(plain)
    ghost = FileItem(filename="a.txt", media_type="text/plain", sha256="0" * 64, size=1)
    with pytest.raises(StorageProblem, match="kesken"):
        plain.register(documents=(DocumentItem(title="Haamu", type="Kirje", file=ghost),))
    assert counts(plain) == before


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_command_that_asks_a_reason_does_not_run_without(plain: World, reason: str) -> None:
    case_id = plain.register()
    with pytest.raises(UserError, match="peruste") as refused:
        plain.run(VoidCase(case_id=case_id, reason=reason))
    assert refused.value.code == "reason_missing"
    assert plain.row("case_file", case_id)["voided_at"] is None


# -- a domain of one kind, to make handlers fail on purpose ------------------------------------------------

LEAF = Kind(
    "leaf_for_tests",
    "Lehti",
    (Field("name", "Nimi", required=True), Field("colour", "Väri")),
    search=lambda row, _uow: SearchEntry(row["name"], "", row["id"]),
)
OTHER = Kind("other_for_tests", "Muu", (Field("name", "Nimi"),))
build_table(LEAF)
build_table(OTHER)


@dataclass(frozen=True, kw_only=True)
class Grow(Command):
    name: str
    fail: bool = False
    stray: bool = False
    row_id: str = field(default="")


def _grow(command: Grow, uow: UnitOfWork) -> str:
    row_id = uow.insert("leaf_for_tests", {"name": command.name}, row_id=command.row_id)
    if command.stray:
        uow.insert("other_for_tests", {"name": "x"})
    if command.fail:
        raise RuntimeError("bug")
    uow.say("Kasvoi {name}", name=command.name)
    uow.concerns("leaf_for_tests", row_id)
    return row_id


def _no_red(uow: UnitOfWork) -> Iterator[Problem]:
    for op in uow.ops:
        if op.after.get("name") == "punainen":
            yield Problem("red", "Punaista ei saa olla.")
            yield Problem("red_again", "Ei yhtään.")


@contextmanager
def garden(folder: Path) -> Iterator[Store]:
    domain = Domain.of(
        (LEAF, OTHER),
        (CommandSpec(Grow, "leaf.grow", _grow, lambda _c, _u: None, frozenset({"leaf_for_tests"})),),
        invariants=(_no_red,),
    )
    store, _recovery = Store.create(folder / "g", domain, FakeClock(), FakeWords(), encrypted=False)
    try:
        yield store
    finally:
        store.close()


SESSION = Session("p", "924")


def _all(store: Store) -> list[int]:
    tables = (metadata.tables["leaf_for_tests"], metadata.tables["other_for_tests"], *_GROWING)
    with store.reader() as connection:
        return [connection.execute(select(func.count()).select_from(t)).scalar_one() for t in tables]


@pytest.mark.parametrize(
    ("command", "error"),
    [
        (Grow(name="a", fail=True), RuntimeError),
        (Grow(name="punainen"), Problems),
        (Grow(name="a", stray=True), RuntimeError),
    ],
    ids=["handler fails", "invariant forbids", "kind it may not write"],
)
def test_whatever_fails_nothing_remains(tmp_path: Path, command: Grow, error: type[Exception]) -> None:
    with garden(tmp_path) as store:
        before = _all(store)
        with pytest.raises(error):
            store.execute(command, SESSION)
        assert _all(store) == before
        # The failed one was not counted as run: mended, it runs under the same id.
        store.execute(replace(command, name="b", fail=False, stray=False), SESSION)
        assert _all(store) != before


def test_an_invariant_lists_every_problem(tmp_path: Path) -> None:
    with garden(tmp_path) as store, pytest.raises(Problems) as refused:
        store.execute(Grow(name="punainen"), SESSION)
    assert [p.code for p in refused.value.problems] == ["red", "red_again"]


class Waiting:
    """An authority far away: numbers and settling come later."""

    settles = False

    def take_number(self, connection: object, name: str) -> None:
        return None


def test_with_a_far_authority_operations_wait_in_order_and_the_base_is_kept_once(plain: World) -> None:
    case_id = plain.register()
    plain.store.authority = Waiting()
    from workbench.cases.edit import EditCase

    plain.run(EditCase(case_id=case_id, changes={"title": "Toinen"}))
    plain.run(EditCase(case_id=case_id, changes={"title": "Kolmas"}))
    with plain.store.reader() as connection:
        ops = (
            connection.execute(select(outbox).where(outbox.c.state == "queued").order_by(outbox.c.n))
            .mappings()
            .all()
        )
        bases = connection.execute(select(sync_base)).mappings().all()
    assert [op["patch"]["title"] for op in ops] == ["Toinen", "Kolmas"]
    assert ops[1]["after_op"] == ops[0]["op_id"] and ops[0]["after_op"] is None
    assert [b["data"]["title"] for b in bases] == ["Tontin vuokraus"]
    number = plain.run(
        RegisterCase(municipality="924", class_code="10.03.03", title="Ilman", office="tekninen")
    ).result.number
    assert number is None


def test_an_undoable_change_tells_what_it_was(plain: World) -> None:
    case_id = plain.register()
    changes = plain.run(AddNote(case_id=case_id, text="Soitettu."))
    assert changes.undoable and changes.title == "Lisätty muistiinpano asiaan 1/10.03.03/2026"
