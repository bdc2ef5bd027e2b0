"""When something arrived and what follows from it: registered of every document, corrected with a reason."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.fakes.world import OTHER_PUBLIC_CLASS, PUBLIC_CLASS, World
from workbench.cases.arrival_time import CorrectArrival
from workbench.cases.closing import CloseCase
from workbench.cases.corrections import TransferCase
from workbench.cases.desk_queries import load_desk
from workbench.cases.edit import EditCase, ReclassifyCase
from workbench.cases.intake.taking_in import carry
from workbench.cases.items import DocumentItem
from workbench.cases.papers import AddDocument, EditDocument
from workbench.cases.parts import CompleteTask
from workbench.cases.plan.plan_json import common_plan
from workbench.cases.register import RegisterToCase
from workbench.errors import NotAllowed, Problems, UserError
from workbench.store.check import check_store

RIGHT = datetime(2026, 11, 17, 6, 30, tzinfo=UTC)
ARRIVED = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
WHY = "Leima oli luettu väärin"


def target_days(code: str) -> int:
    node = common_plan().find(code)
    assert node is not None and node.handling_target_days
    return node.handling_target_days


def test_the_first_letter_s_time_moves_the_case_and_its_target_day(plain: World) -> None:
    annex = plain.letter("Liite", "liite")
    letter, later = plain.letter("Hakemus", attachments=(annex,)), plain.letter("Myöhempi", "toinen")
    later = DocumentItem(**{**later.__dict__, "arrived_at": ARRIVED + timedelta(days=1)})
    case_id = plain.register(documents=(letter, later), arrived_at=ARRIVED)
    before = plain.row("case_file", case_id)
    assert before["due_on"] == date(2026, 11, 20) + timedelta(days=target_days(PUBLIC_CLASS))
    command = CorrectArrival(case_id=case_id, document_id=letter.document_id, arrived_at=RIGHT, reason=WHY)
    made = plain.run(command)
    assert made.title == "Korjattu saapumisaika asiassa 1/10.03.03/2026: 17.11.2026 klo 8.30"
    after = plain.row("case_file", case_id)
    assert after["arrived_at"] == RIGHT and after["opened_on"] == date(2026, 11, 17)
    assert after["due_on"] == before["due_on"] - timedelta(days=3)
    times = {d["title"]: d["arrived_at"] for d in plain.rows("document", case_id=case_id)}
    assert times == {"Hakemus": RIGHT, "Liite": RIGHT, "Myöhempi": ARRIVED + timedelta(days=1)}
    assert [a["done_on"] for a in plain.rows("action", case_id=case_id)] == [date(2026, 11, 17)]
    assert check_store(plain.store) == []


def test_what_the_case_tells_of_a_later_letter_moves_with_it(plain: World) -> None:
    case_id = plain.register(documents=(plain.letter("Hakemus"),), arrived_at=ARRIVED)
    letters = [plain.letter(title, title) for title in ("Yksi", "Kaksi", "Kolme")]
    one, *two = (DocumentItem(**{**d.__dict__, "arrived_at": ARRIVED + timedelta(days=1)}) for d in letters)
    for documents in ((one,), tuple(two)):
        plain.run(RegisterToCase(case_id=case_id, documents=documents))
    right = ARRIVED + timedelta(days=3)
    for document in (one, two[0]):
        plain.run(
            CorrectArrival(case_id=case_id, document_id=document.document_id, arrived_at=right, reason=WHY)
        )
    days = [a["done_on"].day for a in plain.rows("action", case_id=case_id)]
    assert days == [20, 23, 21]  # the third tells of a letter that did come on that day


def test_a_later_letter_s_time_and_a_chosen_day_leave_the_case_alone(plain: World) -> None:
    letter = plain.letter("Hakemus")
    case_id = plain.register(documents=(letter,), arrived_at=ARRIVED)
    later = plain.letter("Myöhempi", "toinen")
    later = DocumentItem(**{**later.__dict__, "arrived_at": ARRIVED + timedelta(days=1)})
    plain.run(AddDocument(case_id=case_id, document=later))
    plain.run(CorrectArrival(case_id=case_id, document_id=later.document_id, arrived_at=RIGHT, reason=WHY))
    assert plain.row("case_file", case_id)["arrived_at"] == ARRIVED
    plain.run(EditCase(case_id=case_id, changes={"due_on": date(2027, 1, 7)}))
    plain.run(CorrectArrival(case_id=case_id, document_id=letter.document_id, arrived_at=RIGHT, reason=WHY))
    assert plain.row("case_file", case_id)["due_on"] == date(2027, 1, 7)
    assert plain.row("case_file", case_id)["opened_on"] == date(2026, 11, 17)


def test_a_matter_that_came_without_a_letter(plain: World) -> None:
    case_id = plain.register(documents=(), arrived_at=ARRIVED, channel="oral")
    plain.run(CorrectArrival(case_id=case_id, arrived_at=RIGHT, reason=WHY))
    assert plain.row("case_file", case_id)["opened_on"] == date(2026, 11, 17)


def test_what_is_wrong_is_told(plain: World) -> None:
    case_id = plain.register(arrived_at=ARRIVED)
    other = plain.rows("document", case_id=plain.register("Toinen"))[0]["id"]
    own = plain.rows("document", case_id=case_id)[0]["id"]
    ways = [
        (CorrectArrival(case_id=case_id, arrived_at=RIGHT, reason=WHY), "Valitse asiakirja"),
        (CorrectArrival(case_id=case_id, document_id=other, arrived_at=RIGHT, reason=WHY), "saapunut"),
        (CorrectArrival(case_id=case_id, document_id=own, arrived_at=RIGHT), "peruste"),
        (
            CorrectArrival(
                case_id=case_id, document_id=own, arrived_at=datetime(2027, 1, 1, tzinfo=UTC), reason=WHY
            ),
            "tulevaisuudessa",
        ),
    ]
    for command, words in ways:
        with pytest.raises(UserError, match=words):
            plain.run(command)
    with pytest.raises(NotAllowed):
        plain.run(CorrectArrival(case_id=case_id, document_id=own, arrived_at=RIGHT, reason=WHY), "preparer")


def test_the_target_day_follows_the_class_and_the_type_unless_chosen(plain: World) -> None:
    case_id = plain.register(arrived_at=ARRIVED)
    plain.run(ReclassifyCase(case_id=case_id, class_code="10.04.01"))
    assert plain.row("case_file", case_id)["due_on"] == date(2026, 11, 20) + timedelta(
        days=target_days("10.04.01")
    )
    plain.run(EditCase(case_id=case_id, changes={"case_type": "tietopyyntö"}))
    row = plain.row("case_file", case_id)
    assert row["due_on"] == date(2026, 12, 4) and "JulkL 14" in row["due_basis"]
    plain.run(EditCase(case_id=case_id, changes={"due_on": date(2026, 12, 20), "due_basis": "JulkL 14.4 §"}))
    plain.run(ReclassifyCase(case_id=case_id, class_code=OTHER_PUBLIC_CLASS))
    assert plain.row("case_file", case_id)["due_on"] == date(2026, 12, 20)


def test_every_document_has_what_the_law_asks_or_stops_closing(plain: World) -> None:
    case_id = plain.register()
    received = DocumentItem(title="Tuotu", type="Kirje", file=plain.file("tuotu"))
    own = DocumentItem(title="Muistio", type="Muistio", direction="own", file=plain.file("muistio"))
    plain.run(AddDocument(case_id=case_id, document=received))
    plain.run(AddDocument(case_id=case_id, document=own))
    assert plain.row("document", received.document_id)["arrived_at"] == plain.clock.now().replace(
        microsecond=plain.row("document", received.document_id)["arrived_at"].microsecond
    )
    assert plain.row("document", own.document_id)["dated_on"] == date(2026, 11, 24)
    plain.run(EditDocument(document_id=own.document_id, changes={"dated_on": None}))
    with pytest.raises(Problems) as refused:
        plain.run(CloseCase(case_id=case_id))
    codes = {(p.code, p.id) for p in refused.value.problems}
    assert codes == {
        ("no_sender", received.document_id),
        ("no_channel", received.document_id),
        ("no_author", own.document_id),
        ("no_date", own.document_id),
    }
    plain.run(EditDocument(document_id=received.document_id, changes={"sender": "L", "channel": "letter"}))
    plain.run(
        EditDocument(document_id=own.document_id, changes={"author": "A", "dated_on": date(2026, 11, 24)})
    )
    plain.run(CloseCase(case_id=case_id))


def test_whoever_transfers_a_matter_is_reminded_to_tell_the_sender(plain: World) -> None:
    case_id = plain.register()
    carry(plain.store, plain.session(), TransferCase(case_id=case_id, municipality="236", reason=WHY))
    (task,) = plain.rows("task", case_id=case_id)
    assert task["title"] == "Ilmoita siirrosta lähettäjälle: Liisa Lähettäjä"
    with plain.read() as reader:
        assert "Ilmoita siirrosta lähettäjälle: Liisa Lähettäjä" in [d.title for d in load_desk(reader).due]
    plain.run(CompleteTask(task_id=task["id"]))
    assert check_store(plain.store) == []
