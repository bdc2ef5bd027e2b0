"""Conflicts as people meet them: mine, base and theirs beside each other; nothing is chosen for anybody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from tests.sync.stations import Region, Station
from tests.ui.hands import nameless, press, write
from tests.ui.sync.conftest import Seat, Sit
from workbench.cases.edit import EditCase
from workbench.cases.parts import AddNote
from workbench.cases.whole import WholeCase, load_whole
from workbench.organisation.upkeep import EndRole
from workbench.ui.cases.header import CaseHeader
from workbench.ui.sync.asideview import AsideView
from workbench.ui.sync.conflictview import ConflictView


def clash(place: Region, mine: str, theirs: str) -> tuple[Station, Station, str]:
    """Two people's titles of one case; the second has not sent hers."""
    one, two = place.join("registrar"), place.join("both")
    for station in (one, two):
        station.sync()
    case_id = next(c["id"] for c in two.rows("case_file", title="Asia 0"))
    one.run(EditCase(case_id=case_id, changes={"title": theirs}))
    one.sync()
    two.run(EditCase(case_id=case_id, changes={"title": mine, "summary": "Kuvaus"}))
    return one, two, case_id


def at_a_clash(place: Region, sit: Sit, mine: str, theirs: str) -> tuple[Station, Seat, str]:
    """The first person's station, and the window of the second, who looks at the conflict; the case."""
    one, two, case_id = clash(place, mine, theirs)
    seat = sit(two)
    seat.cycle()
    seat.open()
    return one, seat, case_id


def conflict(seat: Seat) -> ConflictView:
    view = seat.page._view
    assert isinstance(view, ConflictView)
    return view


def title_at(station: Station, case_id: str) -> str:
    station.sync()
    return str(station.row("case_file", case_id)["title"])


def test_a_conflict_is_told_shown_and_resolved_by_keyboard(place: Region, sit: Sit) -> None:
    one, two, case_id = clash(place, "Asia 0 ja sauna", "Asia nolla")
    seat = sit(two)
    seat.cycle()
    assert seat.window.top.sync.text() == "1 ristiriita"
    assert seat.window.toasts.newest(), "it is told at once"
    seat.open()
    view = conflict(seat)
    (field,) = view.fields
    assert (field.field.mine, field.field.base, field.field.theirs) == (
        "Asia 0 ja sauna",
        "Asia 0",
        "Asia nolla",
    )
    assert field.choice() is None and not view.go.isEnabled()
    why = seat.window.actions_.get("conflicts.resolve").enabled()
    assert isinstance(why, str) and "Otsikko" in why, "it says what is still open"
    assert seat.window.focusWidget() is seat.page.list
    press(seat.qtbot, seat.window, Qt.Key.Key_Return)
    press(seat.qtbot, seat.window, Qt.Key.Key_Space)
    assert field.mine.isChecked()
    seat.window.actions_.trigger("conflicts.resolve")
    seat.settle()
    assert seat.page.stack.currentWidget() is seat.page.empty
    assert seat.runner.calls[-1] == "nudge", "it is handed over soon"
    seat.cycle()
    assert seat.window.top.sync.text().startswith("ajan tasalla")
    assert title_at(one, case_id) == "Asia 0 ja sauna"
    assert one.row("case_file", case_id)["summary"] == "Kuvaus"


def test_what_differs_is_marked_within_words(place: Region, sit: Sit) -> None:
    _one, seat, _case_id = at_a_clash(place, sit, "Asia 0, Kivelä", "Asia 0, Kivilä")
    (field,) = conflict(seat).fields
    marked = [p for p in _texts(field) if p]
    assert marked == [", Kivelä", ", Kivilä"]


def _texts(field: object) -> list[str]:
    """The marked runs of each column."""
    from workbench.ui.sync.marked import MarkedText

    found = []
    for text in field.findChildren(MarkedText):  # type: ignore[attr-defined]
        pieces, _state = text._shown
        found.append("".join(p.text for p in pieces if p.changed))
    return found


def test_a_proposal_has_both_edits_and_is_only_a_proposal(place: Region, sit: Sit) -> None:
    one, seat, case_id = at_a_clash(place, sit, "Poikkeava asia 0", "Asia 0, Kivelä")
    view = conflict(seat)
    (field,) = view.fields
    field.edit.setChecked(True)
    editor = field._editor
    assert isinstance(editor, QPlainTextEdit)
    assert editor.toPlainText().endswith("Kivelä") and editor.toPlainText().startswith("Poikkeava")
    editor.selectAll()
    write(editor, "Molempien asia")
    view.go.click()
    seat.settle()
    seat.cycle()
    assert title_at(one, case_id) == "Molempien asia"


def test_giving_up_ones_own_leaves_theirs(place: Region, sit: Sit) -> None:
    one, seat, case_id = at_a_clash(place, sit, "Oma", "Toisen")
    seat.dialogs.agrees = False
    conflict(seat).give_up.click()
    seat.settle()
    assert isinstance(seat.page._view, ConflictView), "asked first"
    seat.dialogs.agrees = True
    conflict(seat).give_up.click()
    seat.settle()
    seat.cycle()
    assert seat.station.row("case_file", case_id)["title"] == "Toisen"
    assert title_at(one, case_id) == "Toisen"


def test_what_changed_again_meanwhile_is_told_at_the_choice(place: Region, sit: Sit) -> None:
    one, seat, case_id = at_a_clash(place, sit, "Oma", "Toisen")
    view = conflict(seat)
    one.run(EditCase(case_id=case_id, changes={"title": "Toisen uusi"}))
    one.sync()
    seat.station.sync()  # the page has not looked again yet
    view.fields[0].mine.setChecked(True)
    view.go.click()
    seat.settle()
    assert seat.station.groups(state="conflict"), "nobody chose of what she had not seen"
    (field,) = conflict(seat).fields
    assert field.field.theirs == "Toisen uusi" and field.choice() is None


def aside(place: Region, sit: Sit) -> Seat:
    """A person whose right ended before her note went."""
    station = place.join("both")
    station.sync()
    case_id = next(c["id"] for c in station.rows("case_file", municipality="924"))
    station.run(AddNote(case_id=case_id, text="Naapuri soitti."))
    admin = place.join("admin")
    admin.sync()
    for role in admin.rows("role", person_id=station.person_id, municipality="924"):
        admin.run(EndRole(role_id=role["id"], valid_to=place.server.at.date() - timedelta(days=1)))
    admin.sync()
    station.municipality = "236"
    seat = sit(station)
    seat.cycle()
    return seat


def test_work_set_aside_stays_readable_and_goes_to_the_registry(place: Region, sit: Sit) -> None:
    seat = aside(place, sit)
    assert seat.window.top.sync.text() == "1 hyväksymättä"
    seat.open()
    view = seat.page._view
    assert isinstance(view, AsideView)
    assert ("Teksti", "Naapuri soitti.") in view.aside.texts
    assert not view.note.isVisibleTo(view), "the case is not hers to write into any more"
    view.registry.click()
    seat.settle()
    seat.cycle()
    assert seat.window.top.sync.text().startswith("ajan tasalla")
    registrar = place.join("registrar")
    registrar.sync()
    (arrival,) = registrar.rows("arrival", municipality="924")
    assert arrival["subject"].startswith("Keskeytynyt työ")


def test_work_set_aside_is_discarded_only_when_asked_twice(place: Region, sit: Sit) -> None:
    seat = aside(place, sit)
    seat.open()
    view = seat.page._view
    assert isinstance(view, AsideView)
    seat.dialogs.agrees = False
    view.discard.click()
    seat.settle()
    assert seat.station.groups(state="quarantine")
    seat.dialogs.agrees = True
    view.discard.click()
    seat.settle()
    assert not seat.station.groups(state="quarantine")
    assert seat.page.stack.currentWidget() is seat.page.empty


@pytest.mark.parametrize("what", ["conflict", "aside", "none"])
def test_everything_has_a_name(place: Region, sit: Sit, what: str) -> None:
    if what == "conflict":
        seat = sit(clash(place, "Oma", "Toisen")[1])
        seat.cycle()
    else:
        seat = aside(place, sit) if what == "aside" else sit(place.join("registrar"))
    seat.open()
    assert nameless(seat.window) == []


def test_the_case_says_at_its_head_that_it_waits(place: Region, sit: Sit) -> None:
    _one, two, case_id = clash(place, "Oma", "Toisen")
    seat = sit(two)
    header = CaseHeader(seat.window.ui)
    seat.qtbot.addWidget(header)

    def look() -> bool:
        with two.store.read_as(two.session) as reader:
            whole = load_whole(reader, case_id)
        assert isinstance(whole, WholeCase)
        header.show_case(whole)
        return header.conflict.isVisibleTo(header)

    assert not look()
    seat.cycle()
    assert look()
    header.conflict.click()
    here = seat.window.host.here()
    assert here is not None and here.page == "conflicts"
    seat.settle()
    conflict(seat).fields[0].theirs.setChecked(True)
    conflict(seat).go.click()
    seat.settle()
    assert not look()
