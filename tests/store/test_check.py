"""``check`` finds what is wrong and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, text, update

from tests.fakes.world import World
from workbench.cases.parts import AddNote
from workbench.cases.tables import case_file, note
from workbench.store.check import check_store
from workbench.store.schema import journal, journal_value, outbox, search_entry, series


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
