# figures
"""The letters the suggestions were built with: most of them are one keystroke, none is surely wrong."""

from __future__ import annotations

import pytest

from tests.cases.intake.suggesting.letters import KNOWN, NEW, PLAIN, REPLIES, Written
from tests.cases.intake.suggesting.office import Office
from workbench.cases.intake.suggesting import Action, Confidence, Suggestion
from workbench.cases.items import PartyItem


@pytest.fixture(scope="module")
def desk(office: Office) -> Office:
    for known in sorted(KNOWN, key=lambda k: int(k.number.split("/")[0])):
        parties = (PartyItem(role="initiator", name=known.party, email=known.email),) if known.party else ()
        office.register(
            known.municipality,
            known.class_code,
            known.title,
            number=known.number,
            case_type=known.case_type,
            parties=parties,
            message_ids=(known.message_id,) if known.message_id else (),
        )
    return office


def suggested(desk: Office, letter: Written) -> Suggestion:
    arrival = desk.take_in(
        letter.municipality,
        subject=letter.subject,
        body=letter.body,
        sender_name=letter.sender,
        sender_email=letter.email,
        attachments=letter.attachments,
        references=letter.references,
        channel=letter.channel,
    )
    return desk.suggest(arrival)


def test_new_matters(desk: Office) -> None:
    first = among = certain = kinds = documents = 0
    for letter in NEW:
        found = suggested(desk, letter)
        codes = [c.code for c in found.classes]
        first += codes[:1] == [letter.class_code]
        among += letter.class_code in codes
        kinds += found.case_type.value == letter.case_type
        documents += found.document_type.value == letter.document_type
        sure = bool(found.classes) and found.classes[0].confidence is Confidence.CERTAIN
        certain += sure
        assert not sure or codes[0] == letter.class_code, (letter.subject, found.classes)
        assert found.action.value is Action.NEW, (letter.subject, found.action)
    print(
        len(NEW), "first", first, "three", among, "certain", certain, "types", kinds, "documents", documents
    )
    assert among >= 0.9 * len(NEW)


def test_replies(desk: Office) -> None:
    for letter in REPLIES:
        found = suggested(desk, letter)
        assert found.reply_to and found.reply_to[0].case.number == letter.reply_to, letter.subject
        assert found.reply_to[0].case.municipality == letter.municipality
        assert found.action.value is Action.EXISTING, letter.subject


def test_plain_words(desk: Office) -> None:
    among = first = 0
    for letter in PLAIN:
        found = suggested(desk, Written(letter.subject, letter.body, "Eino Esimerkki", "eino@gmail.com"))
        codes = [c.code for c in found.classes]
        first += codes[:1] == [letter.class_code]
        among += letter.class_code in codes
        assert not (
            found.classes
            and found.classes[0].confidence is Confidence.CERTAIN
            and codes[0] != letter.class_code
        )
    print(len(PLAIN), "plain first", first, "plain three", among)
    assert among >= 0.8 * len(PLAIN)
