# letters stand whole
"""The pure parts: numbers, quoting, places, parties, publicity, titles, languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.cases.intake.queries import ArrivalDetail, ArrivalFile, ArrivalRow
from workbench.cases.intake.suggesting import casenumbers, duplicates, kinds, places, titles
from workbench.cases.intake.suggesting.language import language_of
from workbench.cases.intake.suggesting.letter import Letter, letter_of, split_quoted, split_signature
from workbench.cases.intake.suggesting.model import Confidence, PartyGuess, party_items
from workbench.cases.intake.suggesting.municipality import Names, other_municipality
from workbench.cases.intake.suggesting.parties import parties_of
from workbench.cases.intake.suggesting.phrases import phrases_in
from workbench.cases.intake.suggesting.publicity import publicity_of
from workbench.cases.plan.codes import PersonalData, Publicity
from workbench.cases.plan.inherit import effective
from workbench.cases.plan.model import Defaults
from workbench.cases.plan.plan_json import common_plan
from workbench.cases.plan.rules import check_values
from workbench.cases.values import changed_overrides, document_values

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
PLACES = (("924", "Veteli", "Vetelin"), ("074", "Halsua", "Halsuan"), ("236", "Kaustinen", "Kaustisen"))


def letter(
    subject: str = "",
    body: str = "",
    sender: str = "",
    email: str = "",
    attachments: tuple[tuple[str, str], ...] = (),
) -> Letter:
    row = ArrivalRow(1, "a", "924", "new", "email", subject, sender, AT, 1, "", "", False)
    files = [("viesti.eml", ""), *attachments]
    made = tuple(
        ArrivalFile(
            id=str(i),
            position=i,
            filename=name,
            media_type="text/plain",
            sha256=str(i),
            size=10,
            text=text,
            text_state="ok",
            is_message=i == 0,
        )
        for i, (name, text) in enumerate(files)
    )
    return letter_of(ArrivalDetail(row, sender, email, None, "", (), body, (), "", made))


@pytest.mark.parametrize(
    "text",
    [
        "12/10.03.03/2026",
        "Dnro 12 / 10.03.03 / 2026",
        "12/10 03 03/2026",
        "012/10.03.03/2026",
        "12/10.03.03./2026",
        "HAL/12/10.03.03/2026".removeprefix("HAL/"),
        "12-10.03.03-2026",
        "12_10.03.03_2026",
        "12/2026/10.03.03",
        "12/100303/2026",
        "12/10.03.03/26",
        "12\u221510.03.03\u22152026",
    ],
)
def test_a_case_number_is_read_however_it_is_written(text: str) -> None:
    found = casenumbers.seen_numbers(f"Viite: {text}, kiitos")
    assert [(n.running, n.class_code, n.year) for n in found] == [(12, "10.03.03", 2026)]


@pytest.mark.parametrize("text", ["Dnro 12/2026", "asiatunnus: 12/2026", "diaarinumero 12/2026"])
def test_a_short_number_needs_its_word(text: str) -> None:
    assert [(n.running, n.year) for n in casenumbers.seen_numbers(text)] == [(12, 2026)]
    assert not casenumbers.seen_numbers("lasku 12/2026")


@pytest.mark.parametrize(
    "text", ["12.3.2026", "1/2", "2026", "040 123 4567", "924-402-12-7", "EPOELY/1234/2026"]
)
def test_other_numbers_are_no_case_numbers(text: str) -> None:
    assert casenumbers.seen_numbers(text) == []


@given(st.integers(1, 9999), st.data())
def test_one_slip_is_one_digit(number: int, data: st.DataObject) -> None:
    near = data.draw(st.sampled_from(casenumbers.neighbours(number)))
    assert near != number
    assert casenumbers.one_slip(str(number), str(near))
    assert not casenumbers.one_slip(str(number), str(number))


def test_quoted_messages_and_signatures_are_set_apart() -> None:
    own, quoted = split_quoted("Kiitos tiedosta.\n\nOn Mon, Kirjaamo wrote:\n> Hei\n> Asia 1/10.03.03/2026")
    assert own == "Kiitos tiedosta." and "1/10.03.03/2026" in quoted
    own, quoted = split_quoted("Sopii.\n-----Alkuperäinen viesti-----\nLähettäjä: Kirjaamo\nTervetuloa")
    assert own == "Sopii." and "Kirjaamo" in quoted
    assert split_signature("Haen tonttia.\nTerveisin\nPekka Niemi")[1] == "Terveisin\nPekka Niemi"


def test_places_are_found() -> None:
    assert places.properties("tila 924-401-5-12 ja 74-402-1-3") == ("924-401-5-12", "074-402-1-3")
    assert places.farms("tilalla Mäkelä RN:o 5:12") == ("Mäkelä RN:o 5:12",)
    assert places.streets("Asun Koivutiellä ja Torikatu 3 on tyhjä") == ("Torikatu 3",)


def test_the_sender_is_a_party_with_the_contact_details_of_the_signature() -> None:
    found = parties_of(
        letter(
            "Tonttihakemus",
            "Haen tonttia.\n\nYstävällisin terveisin\nPekka Niemi\nKoivutie 3 A 2\n69700 VETELI\npuh. 040 123 4567",
            "Pekka Niemi",
            "pekka@gmail.com",
        ),
        language="fi",
    )
    assert [(p.role, p.name, p.street, p.postal_code, p.town, p.phone) for p in found] == [
        ("initiator", "Pekka Niemi", "Koivutie 3 A 2", "69700", "Veteli", "040 123 4567")
    ]


def test_an_agent_stands_beside_the_one_acted_for() -> None:
    found = parties_of(
        letter(
            "Valitus",
            "Toimin asiamiehenä. Päämieheni: Maija Mäkelä vaatii oikaisua.",
            "Lakimies Oy",
            "laki@laki.fi",
        ),
        language="fi",
    )
    assert [(p.role, p.name) for p in found] == [
        ("initiator", "Maija Mäkelä"),
        ("representative", "Lakimies Oy"),
    ]
    items = party_items(found)
    by_name = {i.name: i for i in items}
    assert by_name["Maija Mäkelä"].represented_by == by_name["Lakimies Oy"].party_id
    assert items[0].name == "Lakimies Oy", "the agent is placed first, so that the other can name it"


def test_an_identity_number_stays_in_its_own_field() -> None:
    found = parties_of(
        letter("Hakemus", "Hetuni on 131052-308T.", "Pekka Niemi", "p@gmail.com"), language="fi"
    )
    assert found[0].identity_number == "131052-308T"
    assert "131052" not in repr(found)
    assert not parties_of(letter("H", "131052-308U", "Pekka Niemi", "p@g.fi"), language="fi")[
        0
    ].identity_number
    assert "131052" not in titles.cleaned("Hakemus 131052-308T")


def test_protection_is_noticed() -> None:
    assert parties_of(letter("Hakemus", "Minulla on turvakielto.", "Pekka Niemi", "p@g.fi"), language="fi")[
        0
    ].protected


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("Minulla on turvakielto, älkää antako osoitettani.", 31),
        ("Lapsen diagnoosi on astma, lääkärintodistus liitteenä.", 25),
        ("Koulukuraattori ja oppilashuolto tietävät kiusaamisesta.", 30),
        ("Liitteenä palkkatodistus ja verotuspäätös.", 23),
        ("Hinnat ovat liikesalaisuus.", 20),
    ],
)
def test_what_the_law_keeps_secret_raises_publicity(text: str, item: int) -> None:
    planned = effective(common_plan(), "10.01.01", "Hakemus")
    found = publicity_of(letter("Hakemus", text), planned, class_confidence=Confidence.LIKELY)
    assert found.value.raised and found.value.publicity is Publicity.SECRET
    assert found.value.secrecy_basis == f"JulkL (621/1999) 24.1 § {item} kohta"
    assert found.confidence is Confidence.LIKELY
    overrides = changed_overrides(Defaults(), found.value.overrides)
    plan = common_plan()
    values = document_values(plan, "10.01.01", "Hakemus", Defaults(), overrides)
    assert check_values(values.defaults()) == []


@given(st.sampled_from([c.code for c in common_plan().classes]), st.text(max_size=60))
@settings(max_examples=40, deadline=None)
def test_publicity_is_never_lowered(code: str, text: str) -> None:
    planned = effective(common_plan(), code, "Hakemus")
    for body in (text, text + " turvakielto", text + " 131052-308T"):
        found = publicity_of(letter("Hakemus", body), planned, class_confidence=Confidence.LIKELY).value
        before = planned.publicity.value or Publicity.PUBLIC
        assert found.publicity.strictness >= before.strictness
        own = planned.personal_data.value or PersonalData.NONE
        assert (found.personal_data or PersonalData.NONE).strictness >= own.strictness


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("VS: RE: tonttihakemus", "Tonttihakemus"),
        ("Hei, kaavamuutos korttelissa 4", "Kaavamuutos korttelissa 4"),
        ("KATUVALO RIKKI TORIKADULLA!!!", "Katuvalo rikki torikadulla"),
        ("Lausunto, Dnro 12/10.03.03/2026", "Lausunto"),
    ],
)
def test_a_subject_becomes_a_title(subject: str, title: str) -> None:
    assert titles.cleaned(letter(subject).bare_subject) == title


@pytest.mark.parametrize("subject", ["Hei", "scan0001.pdf", "", "???", "Hakemus", "IMG_2031.jpg", "liite"])
def test_some_subjects_say_nothing(subject: str) -> None:
    assert titles.is_empty(subject)


@pytest.mark.parametrize(
    ("subject", "body", "type_"),
    [
        ("Oikaisuvaatimus tonttipäätöksestä", "Vaadin päätöksen oikaisemista.", "Oikaisuvaatimus"),
        ("Vastine muistutuksiin", "Vastineena esitämme.", "Vastine"),
        ("Lausuntopyyntö kaavasta", "Pyydämme lausuntoanne.", "Lausuntopyyntö"),
        ("Lausunto kaavasta", "Lausuntona todetaan.", "Lausunto"),
        ("Tarjous koneista", "Tarjoamme kaksi konetta.", "Tarjous"),
        ("Kuntalaisaloite", "Esitämme penkkejä.", "Aloite"),
        ("Tietopyyntö", "Pyydän kopion pöytäkirjasta.", "Pyyntö"),
        ("Hakemus", "Haen tonttia.", "Hakemus"),
    ],
)
def test_letters_name_themselves(subject: str, body: str, type_: str) -> None:
    assert kinds.document_type(letter(subject, body), is_reply=False).value == type_


def test_languages() -> None:
    assert language_of("Hei, haen tonttia ja kysyn, onko se vapaa.") == "fi"
    assert (
        language_of(
            "Hej! Vi flyttar till kommunen och behöver en plats för vår dotter. Med vänliga hälsningar"
        )
        == "sv"
    )
    assert (
        language_of("Dear Sir, we would like to build a house and need the permit from you. Regards") == "en"
    )
    assert language_of("") == "fi"


def test_a_letter_to_another_municipality() -> None:
    names = Names(PLACES, "924")
    other = letter(
        "Tonttihakemus", "Halsuan kunnalle\n\nHaemme tonttia Halsuan kirkonkylältä.", "P N", "p@g.fi"
    )
    found = other_municipality(other, names, ())
    assert found is not None and found.value == "074" and found.confidence.at_least(Confidence.LIKELY)
    assert other_municipality(letter("Tontti", "Vetelin kunnalle. Muutamme Halsualta."), names, ()) is None
    assert other_municipality(letter("Seutu", "Kaustisen seutukunnan kokous"), names, ()) is None
    lot = other_municipality(letter("Lupa", "Rakennan kiinteistölle 074-401-1-2"), names, ("074-401-1-2",))
    assert lot is not None and lot.value == "074"


def test_nearly_the_same_words() -> None:
    text = "Haemme tonttia Mäntypuistosta rivitaloa varten ja toivomme vastausta ennen kevään kokousta kiitos paljon"
    assert duplicates.similarity(text, text + " vielä") > 0.85
    assert duplicates.similarity(text, "Aivan toinen kirje " + text[:20]) < 0.5
    assert duplicates.similarity("Hei", "Hei") == 0.0


@given(st.text(max_size=400), st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_no_text_is_too_strange(body: str, subject: str) -> None:
    made = letter(subject, body, subject, body[:20], ((subject, body),))
    again = letter(subject, body, subject, body[:20], ((subject, body),))
    assert made == again
    text = f"{subject}\n{body}"
    casenumbers.seen_numbers(text), places.properties(text), places.farms(text), places.streets(text)
    phrases_in(text), language_of(text), parties_of(made, language="fi"), titles.cleaned(subject)
    document = kinds.document_type(made, is_reply=False)
    kinds.named_case_types(made, document, entity="person", private=True)
    other_municipality(made, Names(PLACES, "924"), ())
    title = titles.title_of(made, None, class_is_likely=False, sender_entity="person", place="")
    assert title.value.strip() and "\n" not in title.value


@given(st.sampled_from(Confidence), st.sampled_from(Confidence))
def test_confidence_is_ordered(one: Confidence, other: Confidence) -> None:
    assert one.at_least(other) or other.at_least(one)
    assert other.at_least(one.at_most(other))
    assert {c.word for c in Confidence} == {"varma", "todennäköinen", "epävarma"}


def test_a_party_guess_hides_the_number_from_logs() -> None:
    assert "131052" not in repr(
        PartyGuess("initiator", "P", Confidence.LIKELY, "", identity_number="131052-308T")
    )
