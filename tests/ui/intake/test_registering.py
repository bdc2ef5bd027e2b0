"""Registering by keyboard alone: one keystroke where the suggestion is good, the next opening by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.intake.office import ALT, CTRL, KAUSTINEN, KEY, LETTERS, NOW, SHIFT, Office, letter
from workbench.cases.detail import load_case
from workbench.setup.letters import docx, pdf
from workbench.ui.intake.drafts import Drafts
from workbench.ui.tasks import ForeignChange


def test_ten_different_letters_one_keystroke_each_and_the_next_opens_by_itself(desk_office: Office) -> None:
    office = desk_office
    office.post()
    office.open()
    assert office.page.table.hasFocus()
    mended = []
    form = office.page.form
    for n, (subject, _sender, _body) in enumerate(LETTERS):
        office.until_in_hand(subject)
        office.press(KEY.Key_Return, CTRL)
        wrong = [name for name, row in form.rows.items() if row.error.isVisible()]
        if wrong:  # what is missing is in hand; a key or two settle it
            mended.append((subject, wrong))
            office.press(KEY.Key_1, ALT)
            office.press(KEY.Key_Return, CTRL)
        office.qtbot.waitUntil(lambda n=n: len(office.cases()) == n + 1)
    office.qtbot.waitUntil(lambda: office.arrivals() == [])
    assert len(mended) <= 1, mended
    numbers = [case.number for case in office.cases()]
    assert [number.partition("/")[0] for number in numbers] == [str(n) for n in range(1, 11)]
    assert len({case.class_code for case in office.cases()}) >= 6
    assert len(office.arrivals("registered")) == 10
    office.settle()
    assert office.page.current() is None  # the tray is empty and says so
    assert not office.page.panel.isVisible()  # there is nothing to fill in
    office.take_in(letter(office.folder, 90, "Valituksen liite", *LETTERS[0][1:]))
    office.window.ui.tasks.store_changed.emit(ForeignChange(), None)
    office.until_in_hand("Valituksen liite")
    assert office.page.panel.isVisible()


def test_the_case_holds_letter_attachments_sender_and_time(desk_office: Office) -> None:
    office = desk_office
    files = (("Hakemus.pdf", pdf("Hakemus", "Pyydän")), ("Selvitys.docx", docx("Selvitys", "Asia")))
    office.take_in(letter(office.folder, 1, *LETTERS[1], files=files))
    office.open()
    office.until_in_hand(LETTERS[1][0])
    office.press(KEY.Key_Return, CTRL)
    office.qtbot.waitUntil(lambda: len(office.cases()) == 1)
    with office.desk.reader() as reader:
        case = load_case(reader, office.cases()[0].id)
    assert [d.fields["title"] for d in case.documents] == ["Koulukuljetushakemus"]
    assert [a.fields["title"] for a in case.documents[0].attachments] == ["Hakemus", "Selvitys"]
    assert [p["name"] for p in case.parties] == ["Tuula Lassila"]
    assert case.fields["channel"] == "email" and case.fields["arrived_at"] < NOW


def test_what_is_missing_is_said_at_its_field_and_nothing_is_registered(desk_office: Office) -> None:
    office = desk_office
    office.post(1)
    office.open()
    office.until_in_hand(LETTERS[0][0])
    title = office.page.form.title
    title.setFocus()
    title.selectAll()
    office.press(KEY.Key_Delete)
    office.press(KEY.Key_Return, CTRL)
    row = office.page.form.rows["title"]
    assert row.error.isVisible() and row.error.words.text() == "Anna asialle otsikko." and title.hasFocus()
    assert office.cases() == []
    office.qtbot.keyClicks(title, "Rakennuslupien kopiot")
    assert not row.error.isVisible()
    office.press(KEY.Key_Return, CTRL)
    office.qtbot.waitUntil(lambda: len(office.cases()) == 1)
    assert office.cases()[0].title == "Rakennuslupien kopiot"


def test_what_the_store_refuses_comes_back_with_its_reason(desk_office: Office) -> None:
    office = desk_office
    office.post(1)
    office.open()
    office.until_in_hand(LETTERS[0][0])
    current = office.page.current()
    assert current is not None
    current.edit("handler", "kukaan-jota-ei-ole")
    office.press(KEY.Key_Return, CTRL)
    error = office.page.form.rows["handler"].error
    office.qtbot.waitUntil(error.isVisible)
    assert error.words.text() == "Henkilöä ei löydy." and office.cases() == []
    assert [row.subject for row in office.arrivals()] == [LETTERS[0][0]]


def test_tab_stops_only_where_there_is_doubt_until_all_is_asked_for(desk_office: Office) -> None:
    office = desk_office
    office.post(1)
    office.open()
    office.until_in_hand(LETTERS[0][0])
    form = office.page.form

    def stops() -> set[str]:
        return {
            name
            for name, row in form.rows.items()
            if row.isVisibleTo(form)
            and any(c.focusPolicy() & Qt.FocusPolicy.TabFocus for c in row.controls() if c.isVisibleTo(row))
        }

    current = office.page.current()
    assert current is not None
    assert stops() == {name for name in form.rows if current.is_doubtful(name)}
    before = stops()
    office.press(KEY.Key_F6, SHIFT)
    assert {"class_code", "title", "handler", "channel", "arrived_at"} <= stops()
    office.press(KEY.Key_F6, SHIFT)
    assert stops() == before


def test_a_reply_goes_into_its_case_and_known_parties_are_not_doubled(desk_office: Office) -> None:
    office = desk_office
    office.post(1, first=3)
    office.open()
    office.until_in_hand(LETTERS[3][0])
    office.press(KEY.Key_Return, CTRL)
    office.qtbot.waitUntil(lambda: len(office.cases()) == 1)
    case = office.cases()[0]
    subject = f"Vs: Asemakaavan muutos, Patana [{case.number}]"
    office.take_in(
        letter(office.folder, 20, subject, "Paavo Harju", f"Täydennän asiaa {case.number}.",
               reply_to="kirje-3@posti.example")
    )  # fmt: skip
    office.page.on_shown()
    office.until_in_hand(subject)
    current = office.page.current()
    assert current is not None and current.value("mode") == "existing"
    assert current.value("case").number == case.number and current.value("parties") == ()
    assert office.page.form.rows["parties"].mark.words() == "varma: Lähettäjä on jo asian osapuoli"
    office.press(KEY.Key_Return, CTRL)
    office.qtbot.waitUntil(lambda: office.arrivals() == [])
    office.settle()
    assert len(office.cases()) == 1
    with office.desk.reader() as reader:
        found = load_case(reader, case.id)
    assert len(found.documents) == 2 and len(found.parties) == 1


def test_a_duplicate_says_where_it_is_and_delete_sets_it_aside(desk_office: Office) -> None:
    office = desk_office
    office.post(1)
    office.open()
    office.until_in_hand(LETTERS[0][0])
    office.press(KEY.Key_Return, CTRL)
    office.qtbot.waitUntil(lambda: len(office.cases()) == 1)
    office.post(1)
    office.page.on_shown()
    office.until_in_hand(LETTERS[0][0])
    number = office.cases()[0].number
    notice = office.page.view.notice
    assert notice.isVisible() and notice.words.text() == f"Sama asiakirja on jo asiassa {number}."
    office.press(KEY.Key_Return, CTRL)  # not by accident
    office.settle()
    assert len(office.cases()) == 1 and number in office.page.form.mode.error.words.text()
    office.dialogs.reason = "Sama asiakirja on jo rekisteröity"
    office.page.table.setFocus()
    office.press(KEY.Key_Delete)
    office.qtbot.waitUntil(lambda: office.arrivals() == [])
    assert len(office.arrivals("set_aside")) == 1


def test_set_aside_and_back_again(desk_office: Office) -> None:
    office = desk_office
    office.post(2)
    office.open()
    office.until_in_hand(LETTERS[0][0])
    office.dialogs.reason = "Mainos"
    office.press(KEY.Key_Delete)
    office.until_in_hand(LETTERS[1][0])
    office.qtbot.waitUntil(lambda: len(office.arrivals("set_aside")) == 1)
    office.page.list.show_state("set_aside")
    office.qtbot.waitUntil(lambda: office.page.handled() is not None)
    assert office.page.panel.handled.text.text() == "Mainos"
    office.press(KEY.Key_R, CTRL, SHIFT)
    office.until_in_hand(LETTERS[0][0])
    assert [row.subject for row in office.arrivals()] == [LETTERS[0][0], LETTERS[1][0]]


def test_a_letter_for_another_municipality_goes_there_with_its_time(desk_office: Office) -> None:
    office = desk_office
    office.post(2)
    before = office.arrivals()[0].arrived_at
    office.open()
    office.until_in_hand(LETTERS[0][0])
    office.press(KEY.Key_D, CTRL)
    menu = office.page.deeds.passing.menu
    assert menu is not None and menu.isVisible()
    names = [action.text() for action in menu.actions()]
    assert "Kaustinen" in names and "Veteli" not in names
    for _down in range(names.index("Kaustinen") - names.index(menu.activeAction().text())):
        office.qtbot.keyClick(menu, KEY.Key_Down)
    office.qtbot.keyClick(menu, KEY.Key_Return)
    office.until_in_hand(LETTERS[1][0])
    office.qtbot.waitUntil(lambda: len(office.arrivals(municipality=KAUSTINEN)) == 1)
    moved = office.arrivals(municipality=KAUSTINEN)[0]
    assert moved.arrived_at == before and moved.passed_from == "924"
    # The sender is to be told; the message is begun for the person to send.
    sender = LETTERS[0][1]
    office.qtbot.waitUntil(lambda: any(sender in words for words in office.said))
    office.window.toasts.newest().buttons[0].click()
    assert office.dialogs.asked[-1][0] == "mail" and "Kaustisen kunnalle" in office.dialogs.asked[-1][2]


def test_nothing_typed_is_lost_by_moving_to_another_arrival_or_by_closing(desk_office: Office) -> None:
    office = desk_office
    office.post(2)
    office.open()
    office.until_in_hand(LETTERS[0][0])
    title = office.page.form.title
    title.setFocus()
    title.selectAll()
    office.qtbot.keyClicks(title, "Kesken oleva otsikko")
    office.press(KEY.Key_Down, CTRL)
    office.until_in_hand(LETTERS[1][0])
    assert title.text() != "Kesken oleva otsikko"
    office.press(KEY.Key_Up, CTRL)
    office.until_in_hand(LETTERS[0][0])
    assert title.text() == "Kesken oleva otsikko"
    office.page.drafts.flush()
    again = Drafts(office.store, office.desk.session.person_id)
    first = office.arrivals()[0].id
    assert again.get(first)["title"] == "Kesken oleva otsikko"


def test_similar_ones_register_together_with_their_own_titles(desk_office: Office) -> None:
    office = desk_office
    paths = [
        letter(office.folder, n, f"Koulukuljetushakemus {name}", name, LETTERS[1][2])
        for n, name in enumerate(("Tuula Lassila", "Antti Ojala", "Kaisa Salo"))
    ]
    office.take_in(*paths)
    office.open()
    office.until_in_hand("Koulukuljetushakemus Tuula Lassila")
    office.page.table.setFocus()
    office.press(KEY.Key_A, CTRL)
    assert len(office.page.chosen_ids()) == 3
    office.press(KEY.Key_Return, CTRL, SHIFT)
    office.qtbot.waitUntil(lambda: len(office.cases()) == 3)
    office.qtbot.waitUntil(lambda: office.arrivals() == [])
    assert office.dialogs.asked[-1][1] == "Rekisteröi 3 saapunutta"
    cases = office.cases()
    assert len({case.class_code for case in cases}) == 1 and len({case.title for case in cases}) == 3


def test_an_oral_matter_without_a_file_becomes_a_case_with_a_memo(desk_office: Office) -> None:
    office = desk_office
    office.open()
    office.press(KEY.Key_N, CTRL)
    office.qtbot.waitUntil(office.page.view.pad.field.hasFocus)
    office.qtbot.keyClicks(office.page.view.pad.field, "Soittaja pyysi liukkaudentorjuntaa Kirkkotielle.")
    form = office.page.form
    form.klass.select.setFocus()
    office.qtbot.keyClicks(form.klass.select, "10.03.03")
    office.qtbot.waitUntil(lambda: form.klass.select.completer().popup().isVisible())
    office.qtbot.keyClick(form.klass.select.completer().popup(), KEY.Key_Down)
    office.qtbot.keyClick(form.klass.select.completer().popup(), KEY.Key_Return)
    form.title.setFocus()
    office.qtbot.keyClicks(form.title, "Liukkaudentorjunta Kirkkotie")
    form.case_type.picked.emit("muu asia")
    office.press(KEY.Key_Return, CTRL)
    office.qtbot.waitUntil(lambda: len(office.cases()) == 1)
    with office.desk.reader() as reader:
        case = load_case(reader, office.cases()[0].id)
    assert case.fields["channel"] == "oral" and case.fields["class_code"] == "10.03.03"
    assert case.documents[0].fields["type"] == "Muistio"
    assert case.documents[0].file is not None and "liukkaudentorjuntaa" in case.documents[0].file.text


def test_a_bug_while_registering_shows_nothing_of_the_matter_and_loses_nothing(desk_office: Office) -> None:
    office = desk_office
    office.post(2)
    office.open()
    office.until_in_hand(LETTERS[0][0])

    def broken(_command: object) -> None:
        raise RuntimeError("INSERT ... 'Tauno Uusitalo'")

    office.tasks._execute = broken
    office.press(KEY.Key_Return, CTRL)
    office.qtbot.waitUntil(lambda: any("ohjelman virheen" in words for words in office.said))
    office.settle()
    assert not any("Tauno" in words or "INSERT" in words for words in office.said)
    office.page.model.accept_proposal()  # it waits under "1 uusi": nothing moves under the hand
    assert len(office.arrivals()) == 2 and len(office.page.model.ids()) == 2


def test_a_long_title_shows_whole_and_enter_and_tab_behave_as_in_one_line(desk_office: Office) -> None:
    office = desk_office
    subject = "Lausuntopyyntö vaihemaakuntakaavan ehdotuksesta"
    office.take_in(letter(office.folder, 1, subject, *LETTERS[0][1:]))
    office.open()
    office.until_in_hand(subject)
    title = office.page.form.title
    assert title.text() == subject and title.lines() == 2
    assert title.viewport().height() >= 2 * title.fontMetrics().lineSpacing() - 1
    office.page.form.set_walk(True)
    title.setFocus()
    office.press(KEY.Key_End, CTRL)
    office.press(KEY.Key_Return)
    office.qtbot.keyClicks(title, " nyt")
    assert title.text() == f"{subject} nyt" and office.page.current().value("title") == f"{subject} nyt"
    office.press(KEY.Key_Tab)
    assert not title.hasFocus()
    title.setText("sana " * 60)
    assert title.height() <= 3 * title.fontMetrics().lineSpacing() + 20


def test_a_party_s_address_is_given_where_it_is_folded_away_and_goes_into_the_case(
    desk_office: Office,
) -> None:
    office = desk_office
    office.post(1, first=3)
    office.open()
    office.until_in_hand(LETTERS[3][0])
    line = office.page.form.parties.lines[0]
    assert line.fields == {}  # nothing more is made before it is asked for
    line.more.setFocus()
    office.press(KEY.Key_Space)
    for name, text in (
        ("street", "Kirkkotie 1"),
        ("postal_code", "69700"),
        ("town", "Veteli"),
        ("phone", "040 1"),
    ):
        line.fields[name].setFocus()
        line.fields[name].selectAll()
        office.qtbot.keyClicks(line.fields[name], text)
    line.fields["e_consent"].setChecked(True)
    line.fields["language"].picked.emit("sv")
    line.more.setChecked(False)
    assert "Kirkkotie 1" in line._words.text()
    office.press(KEY.Key_Return, CTRL)
    office.qtbot.waitUntil(lambda: len(office.cases()) == 1)
    with office.desk.reader() as reader:
        party = load_case(reader, office.cases()[0].id).parties[0]
    wanted = {"street": "Kirkkotie 1", "postal_code": "69700", "town": "Veteli", "phone": "040 1",
              "language": "sv", "e_consent": True}  # fmt: skip
    assert {name: party[name] for name in wanted} == wanted


def test_an_address_under_turvakielto_goes_apart(desk_office: Office) -> None:
    office = desk_office
    office.post(1, first=3)
    office.open()
    office.until_in_hand(LETTERS[3][0])
    line = office.page.form.parties.lines[0]
    line.more.setChecked(True)
    office.qtbot.keyClicks(line.fields["street"], "Salapolku 3")
    line.fields["protected"].setChecked(True)
    line.more.setChecked(False)
    assert "Salapolku" not in line._words.text() and "Turvakielto" in line._words.text()
    office.press(KEY.Key_Return, CTRL)
    office.qtbot.waitUntil(lambda: len(office.cases()) == 1)
    with office.desk.reader() as reader:
        party = load_case(reader, office.cases()[0].id).parties[0]
    assert party["protected"] and not party["street"] and not party["email"]


def test_a_set_aside_arrival_is_destroyed_after_asking_and_one_is_told_of_backups(
    desk_office: Office,
) -> None:
    office = desk_office
    office.post(1)
    office.open()
    office.until_in_hand(LETTERS[0][0])
    assert office.window.actions_.get("arrivals.destroy").enabled() is not True
    office.dialogs.reason = "Mainos"
    office.press(KEY.Key_Delete)
    office.qtbot.waitUntil(lambda: len(office.arrivals("set_aside")) == 1)
    office.page.list.show_state("set_aside")
    office.qtbot.waitUntil(lambda: office.page.handled() is not None)
    office.dialogs.reason = None
    office.page.table.setFocus()
    office.press(KEY.Key_Delete, SHIFT)
    office.settle()
    assert office.dialogs.asked[-1][1] == "Hävitä saapunut" and len(office.arrivals("set_aside")) == 1
    office.dialogs.reason = "Ei kuulu kunnan toimintaan"
    office.press(KEY.Key_Delete, SHIFT)
    office.qtbot.waitUntil(lambda: any("armuuskopioita" in words for words in office.said))
    assert office.arrivals("set_aside") == [] and office.page.handled() is None
    assert any(words.startswith("Hävitetty saapunut") for words in office.said)
    assert list(office.store.blobs.names()) == []


def test_the_way_back_leads_to_the_arrival_that_was_in_hand(desk_office: Office) -> None:
    office = desk_office
    first = office.post(4)[1]
    office.window.ui.go.open_object("arrival", first)
    office.until_in_hand(LETTERS[1][0])
    office.press(KEY.Key_Return, CTRL)
    office.until_in_hand(LETTERS[2][0])
    office.window.open_page("cases")
    office.settle()
    office.window.host.back()
    office.settle()
    office.until_in_hand(LETTERS[2][0])
