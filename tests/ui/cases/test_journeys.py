"""By keyboard alone: from the list to a case and back, notes, handing over, closing, corrections."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from tests.fakes.world import SECRET
from tests.ui.cases.conftest import ALT, CTRL, KEY, SHIFT, Desk, Office
from workbench.cases.detail import load_case
from workbench.cases.items import PartyItem
from workbench.cases.parts import AddTask, LinkCases
from workbench.cases.queries import CaseFilter, find_cases, load_cases_by_id
from workbench.cases.register import RegisterCase


def fields(desk: Desk, case_id: str) -> dict[str, object]:
    with desk.office.store.read_as(desk.office.session) as reader:
        return load_case(reader, case_id).fields


def test_list_filter_open_note_undo_hand_over_close_and_jump(
    office: Office, make_desk: Callable[[], Desk]
) -> None:
    office.register("Asemakaavan muutos")
    wanted = office.register("Kaivon rakentaminen")
    office.run(AddTask(case_id=wanted, title="Pyydä lausunto"))
    desk = make_desk()
    desk.press(KEY.Key_3, CTRL)
    desk.list_ready(2)
    desk.wait(desk.page.listing.table.hasFocus)
    # Typing in the list filters it.
    desk.write("kaivo")
    desk.list_ready(1)
    desk.press(KEY.Key_Down)
    desk.press(KEY.Key_Return)
    desk.case_ready(wanted)
    desk.wait(desk.page.view.timeline.view.hasFocus)
    # A note, and it is taken back.
    desk.press(KEY.Key_M, CTRL)
    desk.write("Hakija soitti.")
    desk.press(KEY.Key_Return, CTRL)
    desk.wait(lambda: desk.page.view.whole.case.notes)
    assert desk.said() == "Lisätty muistiinpano asiaan 2/10.03.03/2026"
    desk.press(KEY.Key_Z, CTRL)
    desk.wait(lambda: not desk.page.view.whole.case.notes)
    # Handing over: a name by a few letters.
    desk.press(KEY.Key_H, CTRL)
    desk.choose("Matti")
    desk.press(KEY.Key_Return, CTRL)
    desk.wait(lambda: desk.page.view.whole.fields["handler_id"] == "matti")
    # Closing is refused; what is missing is in hand and leads to the task.
    desk.press(KEY.Key_E, CTRL, SHIFT)
    desk.wait(desk.page.view.missing.problems.hasFocus)
    assert "Mitä puuttuu" in desk.said()
    desk.press(KEY.Key_Return)
    desk.wait(desk.page.view.tasks.tree.hasFocus)
    desk.press(KEY.Key_D, CTRL, SHIFT)
    desk.wait(lambda: not desk.page.view.whole.case.problems)
    desk.press(KEY.Key_E, CTRL, SHIFT)
    desk.wait(lambda: desk.page.view.whole.fields["closed_on"])
    assert desk.page.view.banner.isVisible()
    # Escape leads back to the list, with the filter and the row as they were.
    desk.press(KEY.Key_Escape)
    assert not desk.page.shows_case() and desk.page.listing.pane.filter.text() == "kaivo"
    desk.wait(desk.page.listing.table.hasFocus)


def test_escape_keeps_what_was_typed_in_a_panel(office: Office, make_desk: Callable[[], Desk]) -> None:
    case_id = office.register("Asemakaavan muutos")
    desk = make_desk()
    desk.open_case(case_id)
    desk.press(KEY.Key_M, CTRL)
    desk.write("Kesken oleva")
    desk.press(KEY.Key_Escape)
    assert desk.page.view.side.panel() is None and desk.page.shows_case()
    desk.press(KEY.Key_M, CTRL)
    panel = desk.page.view.side.panel()
    assert panel is not None and panel.values()["text"] == "Kesken oleva"


def test_voiding_asks_a_reason_and_says_what_follows(office: Office, make_desk: Callable[[], Desk]) -> None:
    case_id = office.register("Asemakaavan muutos")
    desk = make_desk()
    desk.open_case(case_id)
    desk.window.actions_.trigger("case.void")
    panel = desk.page.view.side.panel()
    assert panel is not None
    desk.press(KEY.Key_Return, CTRL)
    assert "peruste" in panel.fields["reason"].error.words.text() and not fields(desk, case_id)["voided_at"]
    desk.write("Rekisteröity vahingossa")
    desk.press(KEY.Key_Return, CTRL)
    desk.wait(lambda: desk.page.view.whole.fields["voided_at"])
    assert "mitätöity" in desk.page.view.banner.words.text()
    assert desk.window.actions_.get("case.note").enabled() is True
    assert desk.window.actions_.get("case.task").enabled() == "Asia on mitätöity."
    desk.press(KEY.Key_Z, CTRL)
    desk.wait(lambda: not desk.page.view.whole.fields["voided_at"])


def test_merging_leads_to_the_survivor(office: Office, make_desk: Callable[[], Desk]) -> None:
    survivor, double = office.register("Kaivon rakentaminen"), office.register("Kaivon rakentaminen taas")
    desk = make_desk()
    desk.open_case(double)
    desk.window.actions_.trigger("case.merge")
    desk.choose("1/10.03.03/2026")
    desk.press(KEY.Key_Tab)
    desk.press(KEY.Key_Tab)
    desk.write("Sama asia")
    desk.press(KEY.Key_Return, CTRL)
    desk.wait(lambda: desk.page.view.whole.fields["merged_into"] == survivor)
    assert desk.page.view.banner.way.text() == "Avaa 1/10.03.03/2026"
    desk.page.view.banner.way.setFocus()
    desk.press(KEY.Key_Space)
    desk.case_ready(survivor)
    assert len(desk.page.view.whole.case.documents) == 2
    assert "Aiempi\u00a0tunnus:\u00a02/10.03.03/2026" in desk.page.view.header.facts.text()


def test_transferring_takes_the_matter_to_the_other_register(
    office: Office, make_desk: Callable[[], Desk]
) -> None:
    case_id = office.register("Kaivon rakentaminen")
    desk = make_desk()
    desk.open_case(case_id)
    desk.window.actions_.trigger("case.transfer")
    desk.press(KEY.Key_Down)
    desk.press(KEY.Key_Tab)
    desk.press(KEY.Key_Tab)
    desk.write("Kuuluu Kaustiselle")
    desk.press(KEY.Key_Return, CTRL)
    desk.wait(lambda: desk.page.view.whole.fields["moved_to"] == "236")
    assert "Kaustinen" in desk.page.view.banner.words.text()


def test_moving_documents_from_the_tree(office: Office, make_desk: Callable[[], Desk]) -> None:
    right, wrong = office.register("Kaivon rakentaminen"), office.register("Asemakaavan muutos")
    desk = make_desk()
    desk.open_case(wrong)
    desk.press(KEY.Key_2, ALT)
    desk.wait(desk.page.view.documents.tree.hasFocus)
    desk.window.actions_.trigger("document.move")
    panel = desk.page.view.side.panel()
    assert panel is not None and len(panel.values()["document_ids"]) == 1  # the one in hand is ticked
    desk.choose("1/10.03.03/2026")
    desk.press(KEY.Key_Tab)
    desk.press(KEY.Key_Tab)
    desk.write("Kuuluu kaivoasiaan")
    desk.press(KEY.Key_Return, CTRL)
    desk.wait(lambda: not desk.page.view.whole.case.documents)
    desk.open_case(right)
    assert len(desk.page.view.whole.case.documents) == 2


def test_splitting_makes_a_new_case(office: Office, make_desk: Callable[[], Desk]) -> None:
    two = (office.letter("kaava", "Kaavasta."), office.letter("kaivo", "Kaivosta."))
    case_id = office.register("Kaava ja kaivo", documents=two)
    desk = make_desk()
    desk.open_case(case_id)
    desk.window.actions_.trigger("case.split")
    desk.press(KEY.Key_Down)
    desk.press(KEY.Key_Space)
    desk.press(KEY.Key_Tab)
    desk.write("Kaivon rakentaminen")
    desk.press(KEY.Key_Tab)
    desk.press(KEY.Key_Tab)
    desk.press(KEY.Key_Tab)
    desk.write("Kirjeessä oli kaksi asiaa")
    desk.press(KEY.Key_Return, CTRL)
    desk.wait(lambda: len(desk.page.view.whole.case.documents) == 1)
    assert desk.page.view.missing.links.count() == 1
    with office.store.read_as(office.session) as reader:
        assert len(find_cases(reader, CaseFilter())) == 2


def test_korjaa_of_a_message_leads_to_the_case_and_its_panel(
    office: Office, make_desk: Callable[[], Desk]
) -> None:
    case_id = office.register("Asemakaavan muutos")
    desk = make_desk()  # the page has not been opened yet
    desk.page.correct("case.void", case_id)
    desk.case_ready(case_id)
    desk.wait(lambda: desk.page.view.side.panel() is not None)
    assert desk.page.view.side.panel().title == "Mitätöi rekisteröinti"


def test_the_message_of_registering_offers_the_lawful_corrections(
    office: Office, make_desk: Callable[[], Desk]
) -> None:
    desk = make_desk()
    done: list[object] = []
    command = RegisterCase(
        municipality="924", class_code="10.03.03", title="Väärä", office="tekninen", handler_id="aino"
    )
    desk.window.ui.tasks.run_command(command, done=done.append)
    desk.wait(lambda: done)
    desk.window.tell(done[0])
    toast = desk.window.toasts.newest()
    assert toast is not None and toast.buttons[0].text() == "Korjaa…"
    toast.buttons[0].click()
    desk.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    offered = {action.text(): action for action in menu.actions()}
    assert "Mitätöi rekisteröinti…" in offered and "Siirrä toiseen kuntaan…" in offered
    offered["Mitätöi rekisteröinti…"].trigger()
    menu.close()
    desk.wait(lambda: desk.page.view.side.panel() is not None)
    assert desk.page.view.whole.fields["title"] == "Väärä"


def test_a_restricted_case_asks_first_and_logs(office: Office, make_desk: Callable[[], Desk]) -> None:
    secret = {"publicity": "Salassa pidettävä", "secrecy_years": 100, "secrecy_computation": "Asian ratkaisu",
              "secrecy_basis": "JulkL (621/1999) 24.1 § 25 kohta"}  # fmt: skip
    case_id = office.register("Lastensuojelu", overrides=secret)
    desk = make_desk()
    desk.dialogs.reason = None
    desk.window.open_object("case_file", case_id)
    desk.wait(lambda: desk.dialogs.asked)
    assert desk.page.view.whole is None and desk.window.actions_.get("case.note").enabled() is not True
    desk.dialogs.reason = "Käsittelen asiaa"
    desk.wait(desk.page.view.locked.button.hasFocus)
    desk.press(KEY.Key_Space)
    desk.case_ready(case_id)
    desk.press(KEY.Key_6, ALT)
    desk.wait(lambda: desk.page.view.history.view.model().rowCount() >= 2)
    texts = [e.reason for e in desk.page.view.history._story]
    assert "Käsittelen asiaa" in texts


def test_a_secret_document_of_an_ordinary_case_shows_by_a_reason_until_one_leaves(
    office: Office, make_desk: Callable[[], Desk]
) -> None:
    item = replace(office.letter("lausunto", "Kätketty sisältö"), overrides=SECRET)
    case_id = office.register("Kaava", documents=(item,))
    desk = make_desk()
    desk.open_case(case_id)
    desk.press(KEY.Key_2, ALT)
    pane = desk.page.view.documents.pane
    desk.wait(pane.unlock.isVisible)
    assert not pane.viewer.isVisible() and "lausunto.txt" not in words(pane)
    desk.dialogs.reason = "Käsittelen asiaa"
    pane.unlock.setFocus()
    desk.press(KEY.Key_Space)
    desk.wait(lambda: "Kätketty sisältö" in pane.viewer.text.toPlainText())
    assert not pane.unlock.isVisible()
    desk.press(KEY.Key_1, CTRL)
    desk.window.open_object("case_file", case_id)
    desk.case_ready(case_id)
    desk.press(KEY.Key_2, ALT)
    desk.wait(pane.unlock.isVisible)
    assert not pane.viewer.isVisible()


def test_protected_details_show_by_a_reason_until_one_leaves(
    office: Office, make_desk: Callable[[], Desk]
) -> None:
    hidden = PartyItem(
        role="initiator", name="Helmi Salo", protected=True, street="Salakatu 1", identity_number="131052-308T"
    )  # fmt: skip
    case_id = office.register("Turvakielto", parties=(hidden,))
    desk = make_desk()
    desk.open_case(case_id)
    desk.press(KEY.Key_3, ALT)
    parties = desk.page.view.parties
    desk.wait(parties.tree.hasFocus)
    assert "Salakatu" not in words(parties)
    desk.press(KEY.Key_Tab)
    parties.unlock.setFocus()
    desk.press(KEY.Key_Space)
    desk.wait(lambda: "Salakatu 1" in words(parties))
    assert "131052-308T" in words(parties)
    desk.press(KEY.Key_1, CTRL)
    desk.window.open_object("case_file", case_id)
    desk.case_ready(case_id)
    assert "Salakatu" not in words(parties)


def words(widget: QWidget) -> str:
    """What can be read on a widget."""
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_a_case_of_another_row_is_the_same_after_coming_back(
    office: Office, make_desk: Callable[[], Desk]
) -> None:
    ids = [office.register(f"Asia {n}") for n in range(5)]
    desk = make_desk()
    desk.press(KEY.Key_3, CTRL)
    desk.list_ready(5)
    desk.wait(desk.page.listing.table.hasFocus)
    desk.press(KEY.Key_Down)
    desk.press(KEY.Key_Down)
    held = desk.page.listing.table.current_id()
    desk.press(KEY.Key_Return)
    desk.case_ready(ids[2])
    desk.press(KEY.Key_Escape)
    desk.wait(desk.page.listing.table.hasFocus)
    assert desk.page.listing.table.current_id() == held
    with office.store.read_as(office.session) as reader:
        assert [r.k for r in load_cases_by_id(reader, [ids[2]])] == [held]


def test_a_link_is_removed_and_the_removal_undone(office: Office, make_desk: Callable[[], Desk]) -> None:
    first, second = office.register("Kaivo"), office.register("Vesijohto")
    office.run(LinkCases(case_id=first, other_id=second))
    desk = make_desk()
    desk.open_case(first)
    missing = desk.page.view.missing
    assert desk.window.actions_.get("case.unlink").enabled() is True
    missing.links.setFocus()
    desk.press(KEY.Key_Delete)
    desk.wait(lambda: not desk.page.view.whole.case.links)
    assert desk.window.actions_.get("case.unlink").enabled() == "Asialla ei ole liittyviä asioita."
    desk.press(KEY.Key_Z, CTRL)
    desk.wait(lambda: len(desk.page.view.whole.case.links) == 1)


def test_a_row_is_dragged_out_as_a_file_and_a_secret_one_is_refused_with_the_reason(
    office: Office, make_desk: Callable[[], Desk]
) -> None:
    secret = {"publicity": "Salassa pidettävä", "secrecy_basis": "JulkL (621/1999) 24.1 § 25 kohta",
              "secrecy_years": 100, "secrecy_computation": "Asiakirjan päivämäärä"}  # fmt: skip
    open_one = office.letter("Hakemus", "Pyydän lupaa.")
    case_id = office.register(
        "Kaivo", documents=(open_one, replace(office.letter("Lausunto", "Potilas."), overrides=secret))
    )
    desk = make_desk()
    desk.open_case(case_id)
    tab = desk.page.view.documents
    desk.page.view.show_tab("documents")
    rows = {tab.tree.topLevelItem(n).text(0): tab.tree.topLevelItem(n) for n in range(2)}
    view = tab.tree.viewport()
    desk.qtbot.mousePress(
        view, Qt.MouseButton.LeftButton, pos=tab.tree.visualItemRect(rows["Hakemus"]).center()
    )
    desk.wait(lambda: tab.drag.mime_data() is not None)
    dragged = Path(tab.drag.mime_data().urls()[0].toLocalFile())
    assert dragged.read_text(encoding="utf-8") == "Pyydän lupaa."
    desk.qtbot.mouseRelease(view, Qt.MouseButton.LeftButton)
    at = tab.tree.visualItemRect(rows["Lausunto"]).center()
    desk.qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=at)
    desk.qtbot.mouseMove(view, at + QPoint(60, 0))
    desk.wait(lambda: "ei voi vetää ulos" in desk.said())
    assert tab.drag.mime_data() is None
