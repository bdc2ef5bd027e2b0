"""A secret document of an ordinary case: its content is given, by whatever path, only after the person has
opened it today with a reason. Each test first finds the words after opening, so that it can fail."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.world import SECRET, World
from workbench.cases.corrections import MoveDocuments
from workbench.cases.detail import DocumentDetail, every_document, load_case, load_history
from workbench.cases.edit import OpenSecret
from workbench.cases.intake.commands import TakeIn
from workbench.cases.intake.queries import (
    ArrivalDetail,
    find_arrival_ids,
    load_arrival,
    load_arrivals,
    load_arrivals_by_id,
)
from workbench.cases.items import DocumentItem
from workbench.cases.papers import AddVersion, SetDocumentValues
from workbench.cases.search import search
from workbench.cases.whole import WholeCase, load_whole
from workbench.cli.shapes import case_detail
from workbench.desk import Desk
from workbench.errors import NotAllowed, UserError
from workbench.store.undo import Undo

WHY = "Käsittelen asiaa"


def secret_letter(w: World, **more: Any) -> DocumentItem:
    return w.letter("Lausunto", "kätketty sisältö", overrides=SECRET, **more)


def open_document(w: World, document_id: str, who: str = "registrar") -> None:
    w.run(OpenSecret(kind="document", row_id=document_id, reason=WHY), who)


def document(w: World, case_id: str, who: str = "registrar") -> DocumentDetail:
    with w.read(who) as reader:
        return load_case(reader, case_id).documents[0]


def desk(w: World, who: str = "registrar") -> Desk:
    return Desk(w.store, w.session(who))


def test_before_a_reason_the_case_shows_the_document_but_nothing_of_its_content(plain: World) -> None:
    item = secret_letter(plain)
    case_id = plain.register(documents=(item,))
    before = document(plain, case_id)
    assert before.closed and before.versions == () and before.file is None
    assert before.fields["title"] == "Lausunto" and before.newest == 1
    with plain.read() as reader:
        case = load_case(reader, case_id)
        assert "kätketty" not in repr(case) and "kirje.txt" not in repr(case)
        assert any(entry.id == before.id for entry in case.timeline())
        whole = load_whole(reader, case_id)
        assert isinstance(whole, WholeCase) and "kätketty" not in repr(whole)
    open_document(plain, item.document_id)
    after = document(plain, case_id)
    assert not after.closed and after.file is not None and after.file.text == "kätketty sisältö"
    assert after.file.filename == "kirje.txt"


def test_the_shapes_of_the_command_line_say_that_it_is_closed(plain: World) -> None:
    item = secret_letter(plain, attachments=(plain.letter("Liite", "avoin liite"),))
    case_id = plain.register(documents=(item,))

    def shapes() -> list[dict[str, Any]]:
        with plain.read() as reader:
            found: list[dict[str, Any]] = case_detail(load_case(reader, case_id), "Veteli", "")["documents"]
            return found

    secret, attachment = shapes()
    assert secret["closed"] and not attachment["closed"]
    assert [secret[n] for n in ("filename", "media_type", "sha256", "size", "text", "text_state")] == [
        None
    ] * 6
    assert secret["title"] == "Lausunto" and secret["version"] == 1
    assert attachment["text"] == "avoin liite"
    open_document(plain, item.document_id)
    assert shapes()[0]["text"] == "kätketty sisältö" and not shapes()[0]["closed"]


def test_an_opening_is_each_persons_own_and_lasts_the_day(plain: World) -> None:
    item = secret_letter(plain)
    case_id = plain.register(documents=(item,))
    open_document(plain, item.document_id, "archivist")
    assert document(plain, case_id, "registrar").closed
    assert not document(plain, case_id, "archivist").closed
    plain.clock.move(hours=20)
    assert document(plain, case_id, "archivist").closed


def test_the_day_of_an_opening_is_the_finnish_one(plain: World) -> None:
    item = secret_letter(plain)
    case_id = plain.register(documents=(item,))
    plain.clock.set(2026, 11, 24, 21)  # eleven at night in Finland
    open_document(plain, item.document_id)
    assert not document(plain, case_id).closed
    plain.clock.set(2026, 11, 24, 22)  # past midnight in Finland
    assert document(plain, case_id).closed


def test_opening_the_case_opens_its_documents(plain: World) -> None:
    case_id = plain.register(documents=(secret_letter(plain),))
    plain.run(OpenSecret(kind="case_file", row_id=case_id, reason=WHY))
    assert not document(plain, case_id).closed


def test_a_search_finds_the_case_but_quotes_the_document_only_after_a_reason(plain: World) -> None:
    item = secret_letter(plain)
    case_id = plain.register(documents=(item,))
    with plain.read() as reader:
        hit = search(reader, "kätketty", typing=False)[0]
    assert hit.case.id == case_id and hit.excerpt == ""
    open_document(plain, item.document_id)
    with plain.read() as reader:
        assert "kätketty" in search(reader, "kätketty", typing=False)[0].excerpt


def test_a_file_is_neither_read_nor_copied_out_before_a_reason(plain: World, tmp_path: Path) -> None:
    item = secret_letter(plain)
    assert item.file is not None
    plain.register(documents=(item,))
    sha, target = item.file.sha256, tmp_path / "ulos" / "kirje.txt"
    for path in (lambda: desk(plain).content("924", sha), lambda: desk(plain).copy_out("924", sha, target)):
        with pytest.raises(NotAllowed, match="peruste"):
            path()
    assert not target.exists()
    open_document(plain, item.document_id)
    assert desk(plain).content("924", sha) == "kätketty sisältö".encode()
    assert desk(plain).copy_out("924", sha, target).read_text(encoding="utf-8") == "kätketty sisältö"


def test_who_may_not_read_the_document_gets_no_file_by_its_name(plain: World) -> None:
    item = secret_letter(plain)
    assert item.file is not None
    plain.register(documents=(item,))
    for who in ("secretary", "neighbour"):
        with pytest.raises(UserError, match="ei löydy") as refused:
            desk(plain, who).content("924", item.file.sha256)
        assert refused.value.code == "not_found"
    nobodys = plain.store.blobs.put("924", b"ei kenenkaan")
    with pytest.raises(UserError, match="ei löydy"):
        desk(plain).content("924", nobodys.sha256)


def test_the_same_content_in_an_open_document_is_open(plain: World) -> None:
    item = secret_letter(plain)
    assert item.file is not None
    plain.register(documents=(item,))
    plain.register("Toinen", documents=(plain.letter("Avoin", "kätketty sisältö"),))
    assert desk(plain).content("924", item.file.sha256)


def test_a_restricted_cases_file_waits_for_the_cases_reason(plain: World) -> None:
    item = plain.letter("Kirje", "salaisen asian kirje")
    assert item.file is not None
    case_id = plain.register(overrides=SECRET, documents=(item,))
    with pytest.raises(NotAllowed, match="peruste"):
        desk(plain).content("924", item.file.sha256)
    plain.run(OpenSecret(kind="case_file", row_id=case_id, reason=WHY))
    assert desk(plain).content("924", item.file.sha256)


def test_history_keeps_a_version_taken_back_until_a_reason(plain: World) -> None:
    item = secret_letter(plain)
    case_id = plain.register(documents=(item,))
    made = plain.run(
        AddVersion(document_id=item.document_id, file=plain.file("toinen kätkö", filename="kätkö.txt"))
    )
    plain.run(Undo(undone=made.command_id))

    def told() -> str:
        with plain.read() as reader:
            return repr(load_history(reader, case_id))

    before = told()
    assert "kätkö" not in before and "kirje.txt" not in before and "Lausunto" in before
    open_document(plain, item.document_id)
    assert "kätkö.txt" in told() and "kirje.txt" in told()


# -- what arrived is the same content --------------------------------------------------------------------


def arrived(w: World, item: DocumentItem, **more: Any) -> str:
    """The mail a document was made of: its text and its file."""
    command = TakeIn(
        municipality="924",
        channel="email",
        subject="Lausunto hakemuksesta",
        arrived_at=datetime(2026, 11, 20, 8, tzinfo=UTC),
        files=tuple(i.file for i in (item, *item.attachments) if i.file),
        sender_name="Liisa Lähettäjä",
        body="kätketty sisältö",
        warnings=("Liite kätkö.txt on tyhjä",),
        **more,
    )
    return str(w.run(command).result)


def arrival(w: World, arrival_id: str, who: str = "registrar") -> ArrivalDetail:
    with w.read(who) as reader:
        return load_arrival(reader, arrival_id)


def listed(w: World, arrival_id: str, who: str) -> bool:
    with w.read(who) as reader:
        ids = find_arrival_ids(reader, "registered")
        numbers = [r["k"] for r in w.rows("arrival")]
        ways = {
            arrival_id in ids,
            arrival_id in load_arrivals_by_id(reader, [arrival_id]),
            arrival_id in [row.id for row in load_arrivals(reader, numbers)],
        }
    assert len(ways) == 1
    return ways.pop()


def test_while_it_waits_an_arrival_is_read_by_the_registry(plain: World) -> None:
    item = secret_letter(plain)
    assert item.file is not None
    found = arrival(plain, arrived(plain, item))
    assert found.body == "kätketty sisältö" and len(found.files) == 1 and not found.closed
    assert desk(plain).content("924", item.file.sha256)


def test_registered_it_is_read_like_the_document_made_of_it(plain: World) -> None:
    item = secret_letter(plain, attachments=(plain.letter("Liite", "avoin liite"),))
    assert item.file is not None
    arrival_id = arrived(plain, item)
    plain.register(documents=(item,), arrival_id=arrival_id)
    before = arrival(plain, arrival_id)
    assert before.closed and before.body == "" and [f.text for f in before.files] == ["avoin liite"]
    assert "kätk" not in repr(before) and before.row.subject == "Lausunto hakemuksesta"
    assert len(before.warnings) == 1 and "salassa pidettävä" in before.warnings[0]
    open_document(plain, item.document_id)
    after = arrival(plain, arrival_id)
    assert not after.closed and after.body == "kätketty sisältö" and len(after.files) == 2
    assert after.warnings == ("Liite kätkö.txt on tyhjä",)


def test_who_may_not_read_the_document_does_not_even_see_that_it_arrived(plain: World) -> None:
    item = secret_letter(plain)
    arrival_id = arrived(plain, item)
    assert arrival(plain, arrival_id, "manager").body  # every reader of the whole municipality, so far
    plain.register(documents=(item,), arrival_id=arrival_id)
    assert listed(plain, arrival_id, "registrar") and listed(plain, arrival_id, "archivist")
    assert not listed(plain, arrival_id, "manager")
    with pytest.raises(UserError, match="ei löydy"):
        arrival(plain, arrival_id, "manager")


def test_moved_and_made_secret_later_its_arrival_follows(plain: World) -> None:
    item = plain.letter("Lausunto", "kätketty sisältö")
    arrival_id = arrived(plain, item)
    plain.register(documents=(item,), arrival_id=arrival_id)
    assert arrival(plain, arrival_id, "manager").body == "kätketty sisältö"
    target = plain.register("Oikea asia")
    plain.run(MoveDocuments(document_ids=(item.document_id,), to_case_id=target, reason="väärä asia"))
    assert listed(plain, arrival_id, "manager")
    plain.run(SetDocumentValues(document_id=item.document_id, values=SECRET))
    assert not listed(plain, arrival_id, "manager")
    assert arrival(plain, arrival_id).closed


def test_an_arrival_without_a_file_follows_its_case(plain: World) -> None:
    arrival_id = arrived(plain, DocumentItem(title="Puhelu", type="Muistio"))
    case_id = plain.register(overrides=SECRET, arrival_id=arrival_id)
    assert arrival(plain, arrival_id).closed and not listed(plain, arrival_id, "manager")
    plain.run(OpenSecret(kind="case_file", row_id=case_id, reason=WHY))
    assert arrival(plain, arrival_id).body == "kätketty sisältö"


def test_attachments_are_opened_each_by_itself(plain: World) -> None:
    inner = secret_letter(plain)
    outer = plain.letter("Kirje", "saate", overrides=SECRET, attachments=(inner,))
    case_id = plain.register(documents=(outer,))
    open_document(plain, outer.document_id)
    with plain.read() as reader:
        closed = {d.id: d.closed for d in every_document(load_case(reader, case_id).documents)}
    assert closed == {outer.document_id: False, inner.document_id: True}
