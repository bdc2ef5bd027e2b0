"""Lawful destruction (hävittäminen) in an unencrypted store: afterwards no file below the home holds a
word of the document; the journal's chain still verifies. Before it they do, so the test can fail."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.fakes.world import OTHER_PUBLIC_CLASS, SECRET, World
from workbench.cases.corrections import MergeCases, MoveDocuments, SplitCase, VoidCase
from workbench.cases.intake.commands import TakeIn
from workbench.cases.items import DocumentItem, PartyItem
from workbench.cases.papers import (
    AddDocument,
    AddVersion,
    DestroyDocument,
    EditDocument,
    SetDocumentValues,
)
from workbench.cases.parts import AddNote
from workbench.cases.register import RegisterToCase
from workbench.store.check import check_store
from workbench.store.undo import Undo

WHY = "Säilytysaika on päättynyt"


def files_holding(home: Path, words: Iterable[str]) -> set[tuple[str, str]]:
    """(word, file) of every word that some file holds, in any case of letters it was written in."""
    found = set()
    for path in sorted(home.rglob("*")):
        if path.is_file() and path.suffix != ".lock":
            raw = path.read_bytes()
            for word in words:
                forms = {word, word.lower(), word.upper(), word.capitalize()}
                if any(f.encode(e) in raw for f in forms for e in ("utf-8", "utf-16-le")):
                    found.add((word, path.name))
    return found


def letter(w: World, stem: str, **more: object) -> DocumentItem:
    """A letter whose every part holds words of its own: ``<stem>title``, ``<stem>body`` …"""
    paper = w.file(
        f"Kirjeessä sanotaan {stem}body. " + f"{stem}tail " * 400,
        filename=f"{stem}file.txt",
        note=f"{stem}note",
    )
    below = w.file(f"Liitteessä on {stem}annex", filename=f"{stem}annexfile.txt")
    deep = w.file(f"Liitteen liitteessä on {stem}deep", filename=f"{stem}deepfile.txt")
    values = {
        "title": f"{stem}title",
        "type": "Kirje",
        "sender": f"{stem}sender",
        "message_id": f"<{stem}id@example.fi>",
        "arrived_at": datetime(2026, 11, 20, 8, tzinfo=UTC),
        "file": paper,
        "attachments": (
            DocumentItem(
                title=f"{stem}annextitle",
                type="Liite",
                file=below,
                attachments=(DocumentItem(title=f"{stem}deeptitle", type="Liite", file=deep),),
            ),
        ),
    }
    return DocumentItem(**(values | more))  # type: ignore[arg-type]


def words_of(stem: str) -> list[str]:
    parts = "title body tail file note annex annextitle annexfile deep deeptitle deepfile sender id"
    return [f"{stem}{part}" for part in parts.split()]


def arrival_of(w: World, item: DocumentItem, stem: str) -> str:
    """The same mail as it arrived, its subject and text in words of the document."""
    files = (item.file, *(a.file for a in item.attachments))
    command = TakeIn(
        municipality="924",
        channel="email",
        subject=item.title,
        arrived_at=datetime(2026, 11, 20, 8, tzinfo=UTC),
        files=tuple(f for f in files if f),
        sender_name=item.sender,
        message_id=item.message_id,
        body=f"{stem}body",
        warnings=(f"{stem}note",),
        first_is_message=True,
    )
    return str(w.run(command).result)


def filler(w: World, n: int = 30) -> None:
    """Other matters around, so that pages split and index segments merge."""
    for i in range(n):
        w.register(f"Muu asia {i}", summary=f"kuvaus {i} " * 40)


def destroy_and_scan(w: World, document_ids: Iterable[str], stem: str, keep: Iterable[str] = ()) -> None:
    w.index()
    w.store.close()
    held = {word for word, _file in files_holding(w.home, words_of(stem))}
    assert held >= set(words_of(stem)) - {f"{stem}deepfile"} - set(keep), "the words were never there"
    w.reopen()
    for document_id in document_ids:
        w.run(DestroyDocument(document_id=document_id, reason=WHY), "archivist")
    w.index()
    w.store.purge_deleted()
    assert check_store(w.store) == []
    w.store.close()
    assert files_holding(w.home, words_of(stem)) == set()
    w.reopen()


def test_a_letter_registered_from_the_post_is_gone(plain: World) -> None:
    item = letter(plain, "zyx")
    arrival_id = arrival_of(plain, item, "zyx")
    filler(plain)
    case_id = plain.register("Asia", documents=(item,), arrival_id=arrival_id)
    plain.run(AddNote(case_id=case_id, text="Asiasta on soitettu."))
    filler(plain)
    destroy_and_scan(plain, [item.document_id], "zyx")
    # The case, its parties and notes are kept: they are not the document's.
    assert [p["name"] for p in plain.rows("party", case_id=case_id)] == ["Liisa Lähettäjä"]
    assert len(plain.rows("note", case_id=case_id)) == 1 and plain.rows("document", case_id=case_id) == []
    assert plain.rows("arrival", id=arrival_id) == [] and plain.rows("secrecy_scope") == []


def test_what_is_left_is_that_it_was_destroyed_by_whom_and_why(plain: World) -> None:
    from workbench.cases.detail import load_history

    item = letter(plain, "zyx")
    case_id = plain.register("Asia", documents=(item,))
    plain.run(DestroyDocument(document_id=item.document_id, reason=WHY), "archivist")
    with plain.read("archivist") as reader:
        newest = load_history(reader, case_id)[0]
    assert newest.command == "document.destroy" and newest.actor_id == plain.people["archivist"]
    assert newest.reason == WHY and newest.title == "Hävitetty asiakirja asiasta 1/10.03.03/2026"


def _moved(w: World, item: DocumentItem, _case: str) -> None:
    target = w.register("Oikea asia")
    w.run(MoveDocuments(document_ids=(item.document_id,), to_case_id=target, reason="väärä asia"))


def _edited(w: World, item: DocumentItem, _case: str) -> None:
    for title in ("zyxtitle uusi", "zyxtitle uudempi", "Siivottu"):
        w.run(
            EditDocument(
                document_id=item.document_id, changes={"title": title, "sender": f"zyxsender {title}"}
            )
        )


def _versioned(w: World, item: DocumentItem, _case: str) -> None:
    for n in range(4):
        w.run(
            AddVersion(document_id=item.document_id, file=w.file(f"zyxbody {n}", filename=f"zyxfile{n}.txt"))
        )


def _version_undone(w: World, item: DocumentItem, _case: str) -> None:
    made = w.run(
        AddVersion(document_id=item.document_id, file=w.file("zyxannex zyxundone", filename="zyxundone.txt"))
    )
    w.run(Undo(undone=made.command_id))


def _secret_and_back(w: World, item: DocumentItem, _case: str) -> None:
    made = w.run(SetDocumentValues(document_id=item.document_id, values=SECRET, secret_part="zyxnote"))
    back = w.run(Undo(undone=made.command_id))
    w.run(Undo(undone=back.command_id))


def _merged(w: World, item: DocumentItem, case_id: str) -> None:
    w.run(MergeCases(case_id=case_id, into_id=w.register("Jäljelle jäävä"), reason="kaksoiskappale"))


def _split(w: World, item: DocumentItem, case_id: str) -> None:
    w.run(
        SplitCase(
            case_id=case_id,
            document_ids=(item.document_id,),
            title="Oma asia",
            class_code=OTHER_PUBLIC_CLASS,
            reason="eri asia",
        )
    )


@pytest.mark.parametrize(
    "lived",
    [_moved, _edited, _versioned, _version_undone, _secret_and_back, _merged, _split],
    ids=lambda f: f.__name__.strip("_"),
)
def test_whatever_the_document_went_through_its_words_go(
    plain: World, lived: Callable[[World, DocumentItem, str], None]
) -> None:
    item = letter(plain, "zyx")
    arrival_id = arrival_of(plain, item, "zyx")
    case_id = plain.register("Asia", documents=(item,), arrival_id=arrival_id)
    plain.index()
    lived(plain, item, case_id)
    filler(plain, 10)
    destroy_and_scan(plain, [item.document_id], "zyx")


def test_an_added_undone_and_redone_document_goes(plain: World) -> None:
    case_id = plain.register("Asia")
    item = letter(plain, "zyx")
    made = plain.run(AddDocument(case_id=case_id, document=item))
    back = plain.run(Undo(undone=made.command_id))
    plain.run(Undo(undone=back.command_id))
    destroy_and_scan(plain, [item.document_id], "zyx")


def test_a_letter_registered_to_a_pending_case_undone_and_registered_again_goes(plain: World) -> None:
    case_id = plain.register("Asia")
    item = letter(plain, "zyx")
    arrival_id = arrival_of(plain, item, "zyx")
    made = plain.run(RegisterToCase(case_id=case_id, documents=(item,), arrival_id=arrival_id))
    plain.run(Undo(undone=made.command_id))
    again = letter(plain, "zyx")
    plain.run(RegisterToCase(case_id=case_id, documents=(again,), arrival_id=arrival_id))
    # The first registration was taken back: what the log remembers of it goes with the arrival.
    destroy_and_scan(plain, [again.document_id], "zyx")


def test_an_attachment_destroyed_alone_takes_its_own_words_only(plain: World) -> None:
    item = letter(plain, "zyx")
    arrival_id = arrival_of(plain, item, "zyx")
    case_id = plain.register("Asia", documents=(item,), arrival_id=arrival_id)
    annex = item.attachments[0]
    plain.run(DestroyDocument(document_id=annex.document_id, reason=WHY), "archivist")
    plain.store.purge_deleted()
    plain.store.close()
    gone = [f"zyx{part}" for part in ("annex", "annextitle", "annexfile", "deep", "deeptitle")]
    assert files_holding(plain.home, gone) == set()
    assert files_holding(plain.home, ["zyxbody"])
    plain.reopen()
    assert [d["title"] for d in plain.rows("document", case_id=case_id)] == ["zyxtitle"]
    assert plain.row("arrival", arrival_id)["subject"] == "zyxtitle"


def test_the_same_content_in_another_living_document_is_kept(plain: World) -> None:
    first = letter(plain, "zyx", attachments=())
    other = letter(plain, "zyx", attachments=(), title="Toinen", message_id="")
    one, two = plain.register("Yksi", documents=(first,)), plain.register("Kaksi", documents=(other,))
    plain.run(DestroyDocument(document_id=first.document_id, reason=WHY), "archivist")
    plain.store.purge_deleted()
    assert plain.rows("document", case_id=one) == []
    version = plain.rows("document_version", case_id=two)[0]
    assert b"zyxbody" in plain.store.blobs.read("924", version["sha256"])


def test_a_freed_arrival_of_a_voided_case_is_not_destroyed_while_it_waits(plain: World) -> None:
    item = letter(plain, "zyx")
    arrival_id = arrival_of(plain, item, "zyx")
    case_id = plain.register("Virhe", documents=(item,), arrival_id=arrival_id)
    plain.run(VoidCase(case_id=case_id, reason="väärä kirjaus"))
    plain.run(DestroyDocument(document_id=item.document_id, reason=WHY), "archivist")
    plain.store.purge_deleted()
    assert plain.row("arrival", arrival_id)["state"] == "new"
    sha = plain.rows("arrival_file", arrival_id=arrival_id)[0]["sha256"]
    assert b"zyxbody" in plain.store.blobs.read("924", sha)


def test_many_letters_destroyed_one_by_one_leave_nothing(plain: World) -> None:
    items = [letter(plain, f"zyx{n}w") for n in range(15)]
    for item in items:
        plain.register("Asia", documents=(item,), arrival_id=arrival_of(plain, item, item.title[:-5]))
    plain.index()
    for item in items:
        plain.run(DestroyDocument(document_id=item.document_id, reason=WHY), "archivist")
    assert plain.store.purge_deleted()
    assert check_store(plain.store) == []
    plain.store.close()
    words = [word for n in range(15) for word in words_of(f"zyx{n}w")]
    assert files_holding(plain.home, words) == set()
    assert files_holding(plain.home, ["Lähettäjä"]), "the scan reads the database"


def test_in_the_encrypted_store_no_file_holds_a_word_of_any_letter(sealed: World) -> None:
    item = letter(sealed, "zyx")
    arrival_id = arrival_of(sealed, item, "zyx")
    case_id = sealed.register(
        "zyxcase",
        documents=(item,),
        arrival_id=arrival_id,
        parties=(PartyItem(role="initiator", name="zyxparty"),),
    )
    sealed.run(AddNote(case_id=case_id, text="zyxmemo"))
    words = [*words_of("zyx"), "zyxcase", "zyxparty", "zyxmemo", "Lähettäjä", "Testinen"]
    assert files_holding(sealed.home, words) == set()  # while it is open, the log file included
    sealed.index()
    sealed.store.close()
    assert files_holding(sealed.home, words) == set()
    assert not any(
        base64.b64encode(b"Kirjeess")[:8] in p.read_bytes() for p in sealed.home.rglob("*") if p.is_file()
    )


def test_content_put_but_not_yet_named_survives_a_purge_or_is_asked_again(plain: World) -> None:
    """A registration that was confirmed never loses its file to a purge running at the same time."""
    item = letter(plain, "zyx", attachments=())
    plain.store.purge_deleted()
    from workbench.errors import StorageProblem

    with pytest.raises(StorageProblem, match="Yritä uudelleen"):
        plain.register("Asia", documents=(item,))
    again = letter(plain, "zyx", attachments=())
    plain.register("Asia", documents=(again,))
    assert check_store(plain.store) == []


def test_a_purge_that_another_reader_hinders_says_so(plain: World) -> None:
    from workbench.domain import whole_domain
    from workbench.store.store import Store

    plain.register()
    other = Store.open(plain.home, whole_domain(), plain.clock, plain.store.words)
    try:
        with other.reader() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM case_file").scalar_one()
            assert plain.store.purge_deleted() is False
        assert plain.store.purge_deleted() is True
    finally:
        other.close()


def test_destruction_needs_the_archivist_and_a_reason(plain: World) -> None:
    from workbench.errors import NotAllowed, UserError

    item = letter(plain, "zyx")
    plain.register("Asia", documents=(item,))
    with pytest.raises(NotAllowed, match="arkistonhoitaja"):
        plain.run(DestroyDocument(document_id=item.document_id, reason=WHY), "registrar")
    with pytest.raises(UserError, match="peruste"):
        plain.run(DestroyDocument(document_id=item.document_id), "archivist")
    assert plain.row("document", item.document_id)
