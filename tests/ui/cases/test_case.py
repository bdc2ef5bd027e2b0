"""One case: data saved as one goes, publicity by the law's grounds, documents from files, parties, history."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QWidget,
)

from tests.ui.cases.conftest import ALT, CTRL, KEY, SHIFT, Desk, Office
from tests.ui.hands import nameless
from tools.clipping import find_clipped
from workbench.cases.corrections import VoidCase
from workbench.cases.edit import EditCase
from workbench.cases.parts import AddAction, AddTask
from workbench.i18n import use_language
from workbench.ui.actions import texts_missing
from workbench.ui.cases.actions import TABS
from workbench.ui.cases.forms_values import given
from workbench.ui.widgets.growingline import GrowingLine


def test_data_is_saved_as_one_goes_with_errors_at_the_field(
    office: Office, make_desk: Callable[[], Desk]
) -> None:
    case_id = office.register("Kaivon rakentaminen")
    desk = make_desk()
    desk.open_case(case_id)
    desk.press(KEY.Key_F2)
    form = desk.page.view.data.form
    title = form.fields["title"]
    assert isinstance(title, GrowingLine) and title.hasFocus()
    desk.press(KEY.Key_End)
    desk.write(" Räyringissä")
    desk.wait(lambda: desk.page.view.whole.fields["title"] == "Kaivon rakentaminen Räyringissä")
    assert not form.form.is_dirty()
    title.selectAll()
    desk.press(KEY.Key_Delete)
    desk.wait(form.errors["title"].isVisible)
    assert form.errors["title"].words.text() == "Anna asialle otsikko."
    # News from elsewhere renews other fields and leaves what is being typed.
    office.run(EditCase(case_id=case_id, changes={"case_type": "kaava"}))
    desk.foreign()
    kind = form.fields["case_type"]
    assert isinstance(kind, QComboBox)
    desk.wait(lambda: kind.currentData() == "kaava")
    assert title.text() == ""


def test_where_values_come_from_is_told(office: Office, make_desk: Callable[[], Desk]) -> None:
    desk = make_desk()
    desk.open_case(office.register("Kaivon rakentaminen"))
    desk.press(KEY.Key_5, ALT)
    texts = [label.text() for label in desk.page.view.data.publicity.findChildren(QLabel)]
    assert any("peritty luokasta 10" in text for text in texts)


def test_publicity_follows_a_ground_of_the_law(office: Office, make_desk: Callable[[], Desk]) -> None:
    desk = make_desk()
    desk.open_case(office.register("Kaivon rakentaminen"))
    desk.window.actions_.trigger("case.publicity")
    panel = desk.page.view.side.panel()
    assert panel is not None
    panel.fields["publicity"].set_value("Salassa pidettävä")
    panel.submit()  # without a ground the law's question is shown
    desk.wait(panel.error.isVisible)
    assert "Salassapitoperuste" in panel.error.words.text()
    panel.fields["secrecy_basis"].set_value("JulkL (621/1999) 24.1 § 25 kohta")
    panel.submit()
    desk.wait(lambda: desk.page.view.locked.isVisible() or (
        desk.page.view.whole is not None and desk.page.view.whole.fields["restricted"]))  # fmt: skip


def test_a_period_follows_from_its_ground() -> None:
    person = {"publicity": "Salassa pidettävä", "secrecy_basis": "JulkL (621/1999) 24.1 § 25 kohta"}
    assert given(person | {"secrecy_years": ""})["secrecy_years"] == 100
    trade = person | {"secrecy_basis": "JulkL (621/1999) 24.1 § 20 kohta"}
    assert given(trade)["secrecy_years"] == 25
    assert given({"publicity": "", "retention_years": "-1"}) == {"publicity": None, "retention_years": -1}


def test_a_document_comes_from_files_and_its_versions_pile_up(
    office: Office, make_desk: Callable[[], Desk]
) -> None:
    case_id = office.register("Kaivon rakentaminen")
    first, second = office.folder / "Muistio.txt", office.folder / "Kartta.txt"
    first.write_text("Katselmuksen muistio", encoding="utf-8")
    second.write_text("Kartan selite", encoding="utf-8")
    desk = make_desk()
    desk.open_case(case_id)
    desk.dialogs.files = [first, second]
    desk.press(KEY.Key_D, CTRL)
    desk.press(KEY.Key_Return, CTRL)
    desk.wait(lambda: len(desk.page.view.whole.case.documents) == 2)
    added = desk.page.view.whole.case.documents[1]
    assert added.fields["title"] == "Muistio" and added.file and added.file.text == "Katselmuksen muistio"
    assert [a.fields["title"] for a in added.attachments] == ["Kartta"]
    first.write_text("Katselmuksen muistio, korjattu", encoding="utf-8")
    desk.press(KEY.Key_2, ALT)
    assert desk.page.view.documents.show_thing("document", added.id)
    desk.dialogs.files = [first]
    desk.window.actions_.trigger("document.version")
    desk.wait(lambda: desk.page.view.side.panel() is not None)
    desk.press(KEY.Key_Return, CTRL)
    desk.wait(lambda: len(desk.page.view.whole.case.documents[1].versions) == 2)
    desk.wait(lambda: "korjattu" in desk.page.view.documents.pane.viewer.text.toPlainText())


def test_a_wrong_business_id_is_told_at_its_field(office: Office, make_desk: Callable[[], Desk]) -> None:
    desk = make_desk()
    desk.open_case(office.register("Kaivon rakentaminen"))
    desk.window.actions_.trigger("case.party")
    panel = desk.page.view.side.panel()
    assert panel is not None
    desk.write("Kylän Osuuskunta")
    panel.fields["business_id"].set_value("1234567-8")
    desk.press(KEY.Key_Return, CTRL)
    desk.wait(panel.fields["business_id"].error.isVisible)
    assert panel.values()["name"] == "Kylän Osuuskunta" and panel.go.isEnabled()
    panel.fields["business_id"].set_value("0737546-2")
    desk.press(KEY.Key_Return, CTRL)
    desk.wait(lambda: len(desk.page.view.whole.case.parties) == 2)


def test_history_is_in_words(office: Office, make_desk: Callable[[], Desk]) -> None:
    case_id = office.register("Kaivon rakentaminen")
    office.run(EditCase(case_id=case_id, changes={"title": "Porakaivo"}))
    desk = make_desk()
    desk.open_case(case_id)
    desk.press(KEY.Key_6, ALT)
    history = desk.page.view.history
    desk.wait(lambda: history.title.text().startswith("Muutettu asian"))
    wanted = ["Otsikko", "Kaivon rakentaminen → Porakaivo"]
    desk.wait(lambda: [t.text() for t in history.lines.findChildren(QLabel) if t.isVisible()] == wanted)


def test_every_action_says_itself_and_why_not(office: Office, make_desk: Callable[[], Desk]) -> None:
    desk = make_desk()
    desk.open_case(office.register("Kaivon rakentaminen"))
    actions = desk.window.actions_
    assert texts_missing(actions.all()) == []
    for spec in actions.all():
        answer = spec.enabled()
        assert answer is True or answer.endswith("."), spec.id
    assert actions.get("case.reopen").enabled() == "Asia on jo avoinna."
    assert {f"case.tab.{tab}" for tab in TABS} <= {spec.id for spec in actions.usable()}


@pytest.fixture(params=["fi", "xx"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    use_language(request.param)
    yield request.param
    use_language("fi")


PANELS = ("case.note", "case.party", "case.publicity", "document.move", "case.transfer")


def test_no_label_is_cut_and_whatever_takes_the_keyboard_has_a_name(
    language: str, office: Office, make_desk: Callable[[], Desk]
) -> None:
    case_id = office.register(
        "Kaivon rakentaminen ja vedenottamon suoja-alueen laajentaminen Räyringin kylässä"
    )
    office.run(AddTask(case_id=case_id, title="Pyydä lausunto"))
    desk = make_desk()
    desk.press(KEY.Key_3, CTRL)
    desk.list_ready(1)
    faults = look(desk.window, "list")
    desk.open_case(case_id)
    for tab in TABS:
        desk.page.view.show_tab(tab)
        faults += look(desk.window, tab)
    for action in PANELS:
        desk.window.actions_.trigger(action)
        faults += look(desk.window, action)
        desk.page.view.side.leave()
    assert faults == []


def look(window: QWidget, where: str) -> list[tuple[str, str]]:
    """What is cut or nameless on the screen."""
    for _round in range(20):  # what has just come into sight (a job in the status line) is not laid out yet
        for _turn in range(4):
            QApplication.processEvents()
        found = [(where, fault) for fault in find_clipped(window)]
        if not found:
            break
    named = nameless(window, Qt.FocusPolicy.TabFocus)
    return found + [(where, f"nameless {kind} {name}") for kind, name in named]


def test_a_task_is_changed_and_removed_from_its_tab(office: Office, make_desk: Callable[[], Desk]) -> None:
    case_id = office.register("Kaivon rakentaminen")
    office.run(AddTask(case_id=case_id, title="Soita hakijalle"))
    office.run(AddAction(case_id=case_id, phase="valmistelu", name="Lausunto"))
    desk = make_desk()
    desk.open_case(case_id)
    desk.press(KEY.Key_4, ALT)
    tasks = desk.page.view.tasks
    task = desk.page.view.whole.case.tasks[0]
    assert tasks.show_thing("task", task["id"])
    desk.window.actions_.trigger("task.edit")
    desk.wait(lambda: desk.page.view.side.panel() is not None)
    desk.page.view.side.panel().fields["title"].set_value("Kirjoita hakijalle")
    desk.press(KEY.Key_Return, CTRL)
    desk.wait(lambda: desk.page.view.whole.case.tasks[0]["title"] == "Kirjoita hakijalle")
    assert desk.page.view.whole.case.tasks[0]["assignee_id"] == "aino"
    assert tasks.show_thing("task", task["id"])
    desk.window.actions_.trigger("task.remove")
    desk.wait(lambda: desk.page.view.whole.case.tasks == ())
    planned = next(a for a in desk.page.view.whole.case.actions if a["state"] == "planned")
    assert tasks.show_thing("action", planned["id"])
    assert "Poista se" in str(desk.window.actions_.get("task.edit").enabled())
    desk.window.actions_.trigger("task.remove")
    desk.wait(lambda: all(a["state"] == "done" for a in desk.page.view.whole.case.actions))


def test_a_deed_never_falls_on_a_row_that_is_out_of_sight(
    office: Office, make_desk: Callable[[], Desk]
) -> None:
    case_id = office.register("Kaivon rakentaminen")
    office.run(AddTask(case_id=case_id, title="Soita hakijalle"))
    desk = make_desk()
    desk.open_case(case_id)
    view = desk.page.view
    assert view.tasks.show_thing("task", view.whole.case.tasks[0]["id"])
    assert view.documents.show_thing("document", view.whole.case.documents[0].id)
    deeds = {"task.complete": "Tehtävät (Alt+4)", "task.remove": "Tehtävät (Alt+4)",
             "document.edit": "Asiakirjat (Alt+2)", "party.edit": "Osapuolet (Alt+3)"}  # fmt: skip
    for deed, where in deeds.items():  # the timeline is in sight
        assert where in str(desk.window.actions_.get(deed).enabled())
    desk.press(KEY.Key_D, CTRL | SHIFT)
    assert view.whole.case.tasks[0]["done_at"] is None
    desk.press(KEY.Key_4, ALT)
    desk.press(KEY.Key_D, CTRL | SHIFT)
    desk.wait(lambda: view.whole.case.tasks[0]["done_at"] is not None)


def test_ctrl_f_filters_the_part_of_the_case_that_is_in_sight(
    office: Office, make_desk: Callable[[], Desk]
) -> None:
    desk = make_desk()
    desk.open_case(office.register("Kaivon rakentaminen"))
    desk.press(KEY.Key_F, CTRL)
    assert desk.page.view.timeline.filter.hasFocus()
    desk.press(KEY.Key_4, ALT)  # a part without a filter says where one is
    assert "sivulta Asiat" in str(desk.window.actions_.get("list.filter").enabled())


def test_a_case_that_ended_early_does_not_claim_later_phases(
    office: Office, make_desk: Callable[[], Desk]
) -> None:
    case_id = office.register("Kaivon rakentaminen")
    office.run(VoidCase(case_id=case_id, reason="Rekisteröity vahingossa"))
    desk = make_desk()
    desk.open_case(case_id)
    assert desk.page.view.header.steps.accessibleName().startswith("Päättyi vaiheeseen 1/")


def test_a_wrong_time_of_arrival_is_corrected_in_the_case(
    office: Office, make_desk: Callable[[], Desk]
) -> None:
    case_id = office.register("Kaivon rakentaminen")
    desk = make_desk()
    desk.open_case(case_id)
    letter = next(d for d in desk.page.view.whole.case.documents if d.fields["direction"] == "received")
    desk.window.actions_.trigger("case.arrival_time")
    panel = desk.page.view.side.panel()
    assert panel is not None
    panel.fields["reason"].set_value("Kirje oli tullut jo aiemmin")
    panel.fields["arrived_at"].editor.time.setText("25.99")
    panel.submit()
    desk.wait(panel.fields["arrived_at"].error.isVisible)
    right = letter.fields["arrived_at"] - timedelta(days=3)
    panel.fields["arrived_at"].set_value(right)
    panel.submit()
    desk.wait(lambda: desk.page.view.whole.case.documents[0].fields["arrived_at"] == right)


def test_of_several_letters_neither_which_nor_when_is_guessed(
    office: Office, make_desk: Callable[[], Desk]
) -> None:
    two = (office.letter("kaava", "Kaavasta."), office.letter("kaivo", "Kaivosta."))
    desk = make_desk()
    desk.open_case(office.register("Kaava ja kaivo", documents=two))
    view = desk.page.view
    desk.window.actions_.trigger("case.arrival_time")
    panel = view.side.panel()
    assert panel is not None and list(panel.fields) == ["document_id", "arrived_at", "reason"]
    assert panel.values()["document_id"] == "" and panel.values()["arrived_at"] is None
    desk.press(KEY.Key_2, ALT)
    chosen = view.whole.case.documents[1]
    assert view.documents.show_thing("document", chosen.id)
    desk.window.actions_.trigger("case.arrival_time")
    panel = view.side.panel()
    assert panel is not None and list(panel.fields) == ["arrived_at", "reason"]
    right = chosen.fields["arrived_at"] - timedelta(days=1)
    panel.fields["arrived_at"].set_value(right)
    panel.fields["reason"].set_value("Saapumispäivä kirjattu väärin")
    panel.submit()
    desk.wait(lambda: view.whole.case.documents[1].fields["arrived_at"] == right)
    assert view.whole.case.documents[0].fields["arrived_at"] != right
