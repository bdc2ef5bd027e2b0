# ruff: noqa: E501  # letters stand whole
"""Suggestions against a real register: numbers, threads, rights, duplicates, what is learned."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.cases.intake.suggesting.office import Office
from workbench.cases.corrections import MergeCases, VoidCase
from workbench.cases.intake.suggesting import Action, Confidence
from workbench.cases.items import PartyItem

MAIJA = PartyItem(role="initiator", name="Maija Mäkelä", email="maija@gmail.com")


@pytest.fixture(scope="module")
def desk(office: Office) -> Office:
    register = office.register
    register("924", "10.03.03", "Kirkonseutu, asemakaavan muutos", number="12/10.03.03/2026", parties=[MAIJA],
             case_type="kaava", message_ids=["alku@x.fi"], office="tekninen")  # fmt: skip
    register("924", "10.01.01", "Tontin luovutus: Mäntypuisto 4", number="15/10.01.01/2026", parties=[MAIJA])
    register("924", "10.01.01", "Tontin luovutus: Mäntypuisto 5", number="16/10.01.01/2026", parties=[MAIJA])
    register("924", "12.02.02", "Kirjaston aukioloajat", number="20/12.02.02/2026", parties=[MAIJA])
    register("074", "10.03.03", "Koulukorttelin asemakaava", number="12/10.03.03/2026",
             parties=[PartyItem(role="initiator", name="Halsuan seurakunta")])  # fmt: skip
    return office


def first(desk: Office, person: str = "registrar", **letter: object):  # type: ignore[no-untyped-def]
    letter.setdefault("sender_name", "Maija Mäkelä")
    letter.setdefault("sender_email", "maija@gmail.com")
    return desk.suggest(desk.take_in("924", **letter), person)  # type: ignore[arg-type]


def test_the_senders_number_is_certain(desk: Office) -> None:
    found = first(desk, subject="Kysymys 12/10.03.03/2026", body="Missä vaiheessa kaava on?")
    assert found.reply_to[0].case.number == "12/10.03.03/2026"
    assert found.reply_to[0].confidence is Confidence.CERTAIN
    assert found.action.value is Action.EXISTING and found.action.confidence is Confidence.CERTAIN
    assert found.reply_to[0].why == "Sama lähettäjä ja asiatunnus 12/10.03.03/2026 viestin aiheessa."
    assert found.office is not None and found.office.value == "tekninen"


def test_a_bare_number_is_not_certain(desk: Office) -> None:
    found = first(
        desk,
        subject="12/10.03.03/2026",
        body="Tässä.",
        sender_name="Tuntematon Lähettäjä",
        sender_email="x@y.fi",
    )
    assert found.reply_to[0].confidence is Confidence.LIKELY


def test_another_municipalitys_number_does_not_match_by_its_text(desk: Office) -> None:
    found = first(
        desk,
        subject="Lausunto",
        body="Viite: Halsuan kunnan asia 12/10.03.03/2026, koulukorttelin asemakaava.",
        sender_name="Jokin Virasto",
        sender_email="kirjaamo@virasto.fi",
    )
    assert not [r for r in found.reply_to if r.confidence.at_least(Confidence.LIKELY)]
    assert found.action.value is Action.PASS_ON
    assert found.other_municipality is not None and found.other_municipality.value == "074"


def test_one_wrong_digit_is_likely_when_the_sender_agrees(desk: Office) -> None:
    found = first(desk, subject="Kaava 12/10.03.30/2026", body="Asemakaavan muutos.")
    assert found.reply_to[0].case.number == "12/10.03.03/2026"
    assert found.reply_to[0].confidence is Confidence.LIKELY
    stranger = first(
        desk, subject="19/10.05.05/2026", body="Tässä.", sender_name="Toinen Ihminen", sender_email="t@y.fi"
    )
    assert not stranger.reply_to


def test_the_thread_leads_to_the_case(desk: Office) -> None:
    found = first(
        desk,
        subject="Re: kaava",
        body="Sopii.",
        references=["alku@x.fi"],
        sender_name="Uusi Nimi",
        sender_email="u@u.fi",
    )
    assert found.reply_to[0].case.number == "12/10.03.03/2026"
    assert found.action.value is Action.EXISTING


def test_a_case_one_may_not_see_is_not_suggested(desk: Office) -> None:
    arrival = desk.take_in("924", subject="Kaava 12/10.03.03/2026", body="Asemakaavan muutos.",
                           sender_name="Maija Mäkelä", sender_email="maija@gmail.com", references=["alku@x.fi"])  # fmt: skip
    assert desk.suggest(arrival).reply_to
    found = desk.suggest(arrival, "outsider")
    assert all(r.case.office == "sivistys" for r in found.reply_to)
    assert "12/10.03.03/2026" not in found.action.why or "ei ole siihen sopivaa" in found.action.why


def test_a_merged_cases_number_leads_to_the_survivor(desk: Office) -> None:
    old, new = desk.known[("924", "15/10.01.01/2026")], desk.known[("924", "16/10.01.01/2026")]
    desk.store.execute(MergeCases(case_id=old, into_id=new, reason="Sama asia"), desk.session("924"))
    found = first(desk, subject="Tontti 15/10.01.01/2026", body="Mäntypuiston tontista.")
    assert found.reply_to[0].case.number == "16/10.01.01/2026"
    assert "yhdistetty" in found.reply_to[0].why


def test_a_voided_case_takes_nothing(desk: Office) -> None:
    case_id = desk.known[("924", "20/12.02.02/2026")]
    desk.store.execute(VoidCase(case_id=case_id, reason="Virhe"), desk.session("924"))
    found = first(desk, subject="20/12.02.02/2026 kirjaston aukioloajat", body="Lisätieto")
    assert found.reply_to[0].note == "Asia 20/12.02.02/2026 on mitätöity."
    assert not found.reply_to[0].takes_documents
    assert not found.is_one_keystroke


def test_the_same_letter_twice(desk: Office) -> None:
    letter = dict(
        subject="Latu",
        body="Ladun kunnossapito on jäänyt tekemättä tänä talvena.",
        original="sama",
        message_id="m1@x",
    )
    first(desk, **letter)
    found = first(desk, **letter)
    assert found.duplicate_of is not None and found.duplicate_of.confidence is Confidence.CERTAIN
    assert found.action.value is Action.DUPLICATE


def test_nearly_the_same_letter(desk: Office) -> None:
    text = "Pyydän että kunta korjaa leikkipuiston keinun ennen kesää koska ketju on poikki ja lapset satuttavat itsensä siinä joka päivä"
    first(desk, subject="Keinu", body=text + ".", message_id="k1@x")
    found = first(desk, subject="Keinu", body=text + "!", message_id="k2@x")
    assert found.duplicate_of is not None and found.duplicate_of.confidence is Confidence.LIKELY


def test_the_same_attachments(desk: Office) -> None:
    piece = [("kartta.pdf", "Kartta alueesta Y")]
    first(desk, subject="Kartta", body="Liitteenä kartta.", attachments=piece)
    found = first(desk, subject="Vielä kartasta", body="Lähetän kartan uudelleen.", attachments=piece)
    assert found.duplicate_of is not None and "liitteet" in found.duplicate_of.why


def test_a_good_new_letter_is_one_keystroke(desk: Office) -> None:
    found = first(
        desk,
        subject="Hakemus koulukuljetuksesta",
        body="Haemme koulukuljetusta tyttärellemme. Koulumatka on 6 km ja tie vaarallinen.\n\nTerveisin\nLeena Laakso",
        sender_name="Leena Laakso",
        sender_email="leena.laakso@gmail.com",
    )
    assert found.class_code == "08.02.04" and found.action.value is Action.NEW
    assert found.case_type.value == "hakemus" and found.document_type.value == "Hakemus"
    assert found.is_one_keystroke and "class_code" not in found.doubtful_fields()


def test_a_poor_letter_shows_what_to_look_at(desk: Office) -> None:
    found = first(desk, subject="Hei", body="Soittakaa.", sender_name="Outo Ihminen", sender_email="o@o.fi")
    assert not found.is_one_keystroke
    assert "title" in found.doubtful_fields()


def test_the_register_teaches(desk: Office) -> None:
    for title in ("Pöllönpönttöjen kiinnitys", "Pöllönpöntöt Patanalla", "Pöllönpönttöjä metsään"):
        desk.register("924", "11.01.04", title, office="tekninen")
    found = first(
        desk,
        subject="Pöllönpönttö",
        body="Haluan pöllönpöntön.",
        sender_name="Pia Pöllö",
        sender_email="p@o.fi",
    )
    assert found.class_code == "11.01.04"
    assert found.office is not None and found.office.value == "tekninen"


def test_an_identity_number_is_in_no_reason(desk: Office) -> None:
    found = first(
        desk,
        subject="Hakemus 131052-308T",
        body="Hetu 131052-308T. Haen avustusta.",
        sender_name="Pia Pöllö",
        sender_email="p@o.fi",
    )
    texts = [
        found.action.why,
        found.title.value,
        found.title.why,
        found.publicity.why,
        *(c.why for c in found.classes),
    ]
    assert not any("308T" in text for text in texts)
    assert found.publicity.value.personal_data is not None


@given(subject=st.text(max_size=80), body=st.text(max_size=300))
@example(subject="0\u19c80 aita", body="")  # a letter to Python, a gap to the index
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_never_raises_and_always_the_same(desk: Office, subject: str, body: str) -> None:
    clean = "".join(c for c in subject if c.isprintable()) or "x"
    text = body.encode("utf-8", "ignore").decode("utf-8")
    arrival = desk.take_in("924", subject=clean.encode("utf-8", "ignore").decode() or "x", body=text)
    assert desk.suggest(arrival) == desk.suggest(arrival)
