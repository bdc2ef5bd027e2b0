"""``check`` finds what is wrong and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import delete, select, text, update

from tests.fakes.world import World
from workbench.cases.parts import AddNote
from workbench.cases.tables import case_file, note
from workbench.store.check import check_store
from workbench.store.journal import entry_hash, value_digest
from workbench.store.schema import journal, journal_change, journal_value, outbox, search_entry, series


def test_a_sound_store_is_sound_however_often_it_is_asked_while_in_use(plain: World) -> None:
    case_id = plain.register()
    for n in range(40):
        plain.run(AddNote(case_id=case_id, text=f"Muistiinpano {n} " * 20))
        plain.index()
        assert check_store(plain.store, thorough=n == 0) == []


_BREAKS: dict[str, tuple[Callable[[], Any], str]] = {
    "a row around the write path": (lambda: update(case_file).values(rev=9), "muutoshistoria ei täsmää"),
    "a changed journal entry": (lambda: update(journal).values(actor_id="joku"), "on muutettu"),
    "a removed journal entry": (lambda: delete(journal).where(journal.c.position == 3), "puuttuu välistä"),
    "a changed value": (lambda: update(journal_value).values(after="muu"), "arvoa on muutettu"),
    "a changed earlier value": (lambda: update(journal_value).values(before="muu"), "arvoa on muutettu"),
    "a changed salt": (lambda: update(journal_value).values(salt=b"x" * 16), "arvoa on muutettu"),
    "a lost index entry": (lambda: delete(search_entry), "Hakemistossa"),
    "a series gone back": (lambda: update(series).values(next=1), "jäljessä"),
    "a missing number": (
        lambda: update(case_file).where(case_file.c.running == 2).values(running=7),
        "puuttuu",
    ),
    "a child in a wrong scope": (lambda: update(note).values(scope_id="global"), "väärällä oikeudella"),
    "an orphan": (lambda: update(note).values(case_id="ei ole"), "väärässä asiassa"),
    "lost operations": (lambda: delete(outbox).where(outbox.c.kind == "note"), "muutoshistoria"),
}


@pytest.mark.parametrize("name", _BREAKS)
def test_each_harm_is_found(plain: World, name: str) -> None:
    for n in range(3):
        case_id = plain.register(f"Asia {n}")
    plain.run(AddNote(case_id=case_id, text="Soitettu."))
    assert check_store(plain.store) == []
    harm, words = _BREAKS[name]
    with plain.store.transaction() as connection:
        connection.execute(harm())
    assert any(words in finding for finding in check_store(plain.store)), check_store(plain.store)


@pytest.mark.parametrize(
    "change",
    [
        {"at": datetime(2026, 1, 1, tzinfo=UTC)},
        {"command": "muu"},
        {"title_key": "muu"},
        {"arrangement_id": "muu"},
        {"workstation": "muu"},
        {"kind": "muu"},
        {"row_id": "muu"},
        {"group_id": "muu"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_who_did_what_when_and_where_cannot_be_changed(plain: World, change: dict[str, Any]) -> None:
    plain.register()
    with plain.store.transaction() as connection:
        newest = select(journal.c.n).order_by(journal.c.n.desc()).limit(1).scalar_subquery()
        connection.execute(update(journal).where(journal.c.n == newest).values(change))
    assert any("järjestystä on muutettu" in finding for finding in check_store(plain.store))


def _rewritten(plain: World, back: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The entry so many before the last as another person's, with its own hash; and those after it, newest
    first."""
    with plain.store.transaction() as connection:
        query = select(journal).where(journal.c.chain == "924").order_by(journal.c.position.desc())
        *later, row = (dict(r) for r in connection.execute(query.limit(back + 1)).mappings())
        row["actor_id"] = "joku"
        row["hash"] = entry_hash(row["prev_hash"], row)
        connection.execute(
            update(journal)
            .where(journal.c.n == row["n"])
            .values({"actor_id": row["actor_id"], "hash": row["hash"]})
        )
    return row, later


def test_an_entry_hashed_anew_does_not_fit_the_later_ones(plain: World) -> None:
    """Whoever rewrites an entry and its link must rewrite every entry after it."""
    for n in range(3):
        plain.register(f"Asia {n}")
    forged, (last, middle) = _rewritten(plain, back=2)
    with plain.store.transaction() as connection:
        link = update(journal).where(journal.c.n == middle["n"]).values(prev_hash=forged["hash"])
        connection.execute(link)
    assert last["position"] == forged["position"] + 2
    assert any("järjestystä on muutettu" in finding for finding in check_store(plain.store))


def test_an_entry_hashed_anew_alone_is_found_by_the_next(plain: World) -> None:
    for n in range(2):
        plain.register(f"Asia {n}")
    _rewritten(plain, back=1)
    assert any("järjestystä on muutettu" in finding for finding in check_store(plain.store))


def test_a_value_changed_with_its_digest_is_found_by_the_entry(plain: World) -> None:
    plain.register()
    with plain.store.transaction() as connection:
        c, v = journal_change.c, journal_value.c
        row = connection.execute(
            select(c.n, c.kind, c.row_id, c.field, v.salt, v.before)
            .select_from(journal_change.join(journal_value, v.change_n == c.n))
            .order_by(c.n.desc())
        ).first()
        assert row is not None
        digest = value_digest(row.salt, row.kind, row.row_id, row.field, row.before, "muu")
        connection.execute(update(journal_change).where(c.n == row.n).values(digest=digest))
        connection.execute(update(journal_value).where(v.change_n == row.n).values(after="muu"))
    assert any("tiivisteitä on muutettu" in finding for finding in check_store(plain.store))


def test_missing_and_damaged_content_is_found(plain: World) -> None:
    plain.register()
    _m, _s, path = next(iter(plain.store.blobs.names()))
    path.write_bytes(b"muuta")
    assert any("vaurioitunut" in f for f in check_store(plain.store))
    assert check_store(plain.store, thorough=False) == []
    path.unlink()
    assert any("puuttuu" in f for f in check_store(plain.store, thorough=False))


def test_damage_in_the_middle_of_the_encrypted_file_is_found(sealed: World) -> None:
    for n in range(5):
        sealed.register(f"Asia {n}")
    with sealed.store.transaction() as connection:
        connection.execute(text("SELECT 1"))
    sealed.store.close()
    path = sealed.home / "store.db"
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 0xFF
    path.write_bytes(bytes(raw))
    from workbench.errors import StorageProblem

    try:
        sealed.reopen()
        findings = check_store(sealed.store)
    except StorageProblem as problem:
        findings = [str(problem)]
    assert findings
