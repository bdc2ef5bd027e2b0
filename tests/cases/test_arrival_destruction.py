"""Destroying what arrived and was never made a document: nothing of it is left in any file, the journal tells
that it happened, and one is told until when backups hold it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cases.test_destruction import arrival_of, files_holding, filler, letter, words_of
from tests.fakes.world import World
from workbench.cases.corrections import VoidCase
from workbench.cases.intake.commands import PassOn, SetAside, TakeBack
from workbench.cases.intake.destroying import DestroyArrival
from workbench.cases.papers import DestroyDocument
from workbench.clock import local
from workbench.errors import NotAllowed, StaleEdit, UserError
from workbench.setup.destruction import backups_hold, clean_up
from workbench.store import journal
from workbench.store.backup import held_until, list_backups, make_backup, rotate
from workbench.store.check import check_store
from workbench.store.undo import Undo

WHY = "Ei kuulu kunnan toimintaan"
# The mail alone has no document: titles of attachments are the document's.
WORDS = [w for w in words_of("zyx") if w not in ("zyxannextitle", "zyxdeep", "zyxdeeptitle", "zyxdeepfile")]


def destroy(w: World, arrival_id: str, who: str = "registrar") -> None:
    w.run(DestroyArrival(arrival_id=arrival_id, reason=WHY), who)


def set_aside(w: World, arrival_id: str) -> None:
    w.run(SetAside(arrival_id=arrival_id, reason="Mainos"))


def to_neighbour(w: World, arrival_id: str) -> None:
    item = letter(w, "zyx")
    for part in (item, *item.attachments):
        assert part.file is not None
        w.store.blobs.put("236", w.store.blobs.read("924", part.file.sha256))
    made = w.run(PassOn(arrival_id=arrival_id, municipality="236"), "both")
    # Theirs is theirs to keep; here it is destroyed there as well, so that no word may be left.
    w.run(SetAside(arrival_id=str(made.result), reason="Mainos"), "both", "236")
    w.run(DestroyArrival(arrival_id=str(made.result), reason=WHY), "both", "236")


def back_and_forth(w: World, arrival_id: str) -> None:
    w.run(SetAside(arrival_id=arrival_id, reason="zyxnote"))
    w.run(TakeBack(arrival_id=arrival_id))
    made = w.run(SetAside(arrival_id=arrival_id, reason="zyxnote"))
    w.run(Undo(undone=made.command_id))
    set_aside(w, arrival_id)


@pytest.mark.parametrize("lived", [set_aside, to_neighbour, back_and_forth], ids=lambda f: f.__name__)
def test_nothing_of_it_is_left(plain: World, lived: Callable[[World, str], None]) -> None:
    filler(plain, 10)
    arrival_id = arrival_of(plain, letter(plain, "zyx"), "zyx")
    lived(plain, arrival_id)
    plain.index()
    plain.store.close()
    assert {word for word, _file in files_holding(plain.home, WORDS)} == set(WORDS)
    plain.reopen()
    destroy(plain, arrival_id)
    clean_up(plain.store)
    assert check_store(plain.store) == [] and plain.rows("arrival") == []
    plain.store.close()
    assert files_holding(plain.home, words_of("zyx")) == set()
    plain.reopen()


def test_the_journal_tells_that_it_was_destroyed_by_whom_and_why_but_not_what(plain: World) -> None:
    arrival_id = arrival_of(plain, letter(plain, "zyx"), "zyx")
    set_aside(plain, arrival_id)
    destroy(plain, arrival_id)
    with plain.store.reader() as connection:
        newest, *_former = told = journal.history(connection, arrival_id)
    assert newest.command == "arrival.destroy" and newest.actor_id == plain.people["registrar"]
    assert newest.reason == WHY and newest.title == "Hävitetty saapunut (20.11.2026)"
    assert "zyx" not in repr(told) and len(told) == 3


def test_it_is_not_undone_and_neither_is_what_was_done_to_it(plain: World) -> None:
    arrival_id = arrival_of(plain, letter(plain, "zyx"), "zyx")
    aside = plain.run(SetAside(arrival_id=arrival_id, reason="Mainos"))
    gone = plain.run(DestroyArrival(arrival_id=arrival_id, reason=WHY))
    assert not gone.undoable
    with pytest.raises(NotAllowed):
        plain.run(Undo(undone=gone.command_id))
    with pytest.raises(StaleEdit, match="hävitetty"):
        plain.run(Undo(undone=aside.command_id))


def test_content_that_something_else_holds_is_kept(plain: World) -> None:
    item = letter(plain, "zyx")
    first, second = arrival_of(plain, item, "zyx"), arrival_of(plain, item, "zyx")
    plain.register(documents=(item,), arrival_id=first)
    plain.run(SetAside(arrival_id=second, reason="Sama asiakirja on jo rekisteröity"))
    destroy(plain, second)
    clean_up(plain.store)
    assert item.file is not None and b"zyxbody" in plain.store.blobs.read("924", item.file.sha256)
    assert check_store(plain.store) == [] and plain.row("arrival", first)["state"] == "registered"


def test_only_what_is_not_waiting_and_lives_in_no_case_is_destroyed(plain: World) -> None:
    item = letter(plain, "zyx")
    arrival_id = arrival_of(plain, item, "zyx")
    with pytest.raises(UserError, match="odottaa rekisteröintiä"):
        destroy(plain, arrival_id)
    plain.register(documents=(item,), arrival_id=arrival_id)
    with pytest.raises(UserError, match="Hävitä asiakirja asiasta"):
        destroy(plain, arrival_id)
    assert plain.row("arrival", arrival_id)["subject"] == "zyxtitle"


def test_an_arrival_whose_documents_are_gone_can_go_too(plain: World) -> None:
    """Registered without one of its files: that file is no document's, so nobody destroys it."""
    item = letter(plain, "zyx", message_id="")
    arrival_id = arrival_of(plain, item, "zyx")
    (attachment,) = item.attachments
    plain.register(documents=(attachment,), arrival_id=arrival_id)
    plain.run(DestroyDocument(document_id=attachment.document_id, reason=WHY), "archivist")
    assert plain.row("arrival", arrival_id)["state"] == "registered"
    destroy(plain, arrival_id)
    clean_up(plain.store)
    plain.store.close()
    assert files_holding(plain.home, words_of("zyx")) == set()
    plain.reopen()


def test_it_needs_the_registrar_or_the_archivist_and_a_reason(plain: World) -> None:
    arrival_id = arrival_of(plain, letter(plain, "zyx"), "zyx")
    set_aside(plain, arrival_id)
    for who in ("manager", "preparer"):
        with pytest.raises(NotAllowed):
            destroy(plain, arrival_id, who)
    with pytest.raises(NotAllowed, match="toiseen kuntaan"):
        plain.run(DestroyArrival(arrival_id=arrival_id, reason=WHY), "neighbour", "236")
    with pytest.raises(UserError, match="peruste"):
        plain.run(DestroyArrival(arrival_id=arrival_id))
    destroy(plain, arrival_id, "archivist")
    assert plain.rows("arrival") == []


def test_what_a_voided_case_freed_goes_without_the_cases_own_copy(plain: World) -> None:
    item = letter(plain, "zyx")
    arrival_id = arrival_of(plain, item, "zyx")
    case_id = plain.register(documents=(item,), arrival_id=arrival_id)
    plain.run(VoidCase(case_id=case_id, reason="väärä kirjaus"))
    set_aside(plain, arrival_id)
    destroy(plain, arrival_id)
    clean_up(plain.store)
    assert item.file is not None and plain.store.blobs.has("924", item.file.sha256)
    assert check_store(plain.store) == []


# -- backups ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pace", ["daily", "weekdays", "last of month"])
def test_one_is_told_the_day_by_which_backups_have_forgotten(plain: World, tmp_path: Path, pace: str) -> None:
    plain.clock.move(days=6)  # to the last day of a month, whose backup is kept longest
    folder = tmp_path / "varmuus"
    arrival_id = arrival_of(plain, letter(plain, "zyx"), "zyx")
    set_aside(plain, arrival_id)
    assert "ei ole" in backups_hold(plain.store)
    make_backup(plain.store, folder)
    (holding,) = list_backups(folder)
    destroy(plain, arrival_id)
    said = clean_up(plain.store)
    until = held_until(folder)
    assert until is not None and f"viimeistään {until.day}.{until.month}.{until.year}" in said
    # Backups one after another: rotation itself removes it by that day, and no earlier at the slowest pace.
    made = json.loads((holding.folder / "manifest.json").read_text(encoding="utf-8"))
    while holding.folder.exists():
        plain.clock.move(days=1)
        now = plain.store.clock.now()
        today, tomorrow = local(now), local(now) + timedelta(days=1)
        if pace == "weekdays" and today.weekday() > 4:
            continue
        if pace == "last of month" and today.month == tomorrow.month:
            continue
        later = folder / local(now).strftime("%Y-%m-%d-%H%M%S")
        later.mkdir()
        (later / "store.db").write_bytes(b"")
        (later / "manifest.json").write_text(
            json.dumps(made | {"made_at": now.isoformat(), "blobs": []}), encoding="utf-8"
        )
        rotate(folder, now)
    gone = local(plain.store.clock.now()).date()
    assert gone == until if pace == "last of month" else until - timedelta(days=31) < gone <= until


def test_a_backup_made_after_a_destruction_holds_nothing_of_it(plain: World, tmp_path: Path) -> None:
    filler(plain, 10)
    arrival_id = arrival_of(plain, letter(plain, "zyx"), "zyx")
    set_aside(plain, arrival_id)
    before = make_backup(plain.store, tmp_path / "ennen").folder
    assert files_holding(before, ["zyxtitle"])
    destroy(plain, arrival_id)
    assert plain.store.purge_waits
    plain.clock.move(days=1)
    after = make_backup(plain.store, tmp_path / "jälkeen").folder.parent
    assert files_holding(after, words_of("zyx")) == set() and not plain.store.purge_waits


def test_a_folder_out_of_reach_is_named(plain: World, tmp_path: Path) -> None:
    make_backup(plain.store, tmp_path / "levy")
    (tmp_path / "levy").rename(tmp_path / "irti")
    assert "levy" in backups_hold(plain.store) and "ei voitu lukea" in backups_hold(plain.store)


def test_a_folder_no_longer_used_does_not_forget_by_itself_and_is_named(plain: World, tmp_path: Path) -> None:
    make_backup(plain.store, tmp_path / "vanha")
    plain.clock.move(days=1)
    make_backup(plain.store, tmp_path / "uusi")
    said = backups_hold(plain.store)
    assert "30.11.2027" in said and "vanha" in said and "uusi" not in said
