"""The small parts, by keyboard."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from workbench.ui.models.settings import Forgetful
from workbench.ui.widgets.cardcolumn import Card, CardColumn
from workbench.ui.widgets.confidence import ConfidenceMark
from workbench.ui.widgets.datefield import DateField
from workbench.ui.widgets.errorlabel import ErrorLabel
from workbench.ui.widgets.facets import Facet, FacetList, FacetValue
from workbench.ui.widgets.filterfield import FilterField
from workbench.ui.widgets.linelist import LineList
from workbench.ui.widgets.listdetail import ListDetail
from workbench.ui.widgets.pill import Pill, pill_font, pill_width
from workbench.ui.widgets.rowtree import RowTree, TreeColumn, TreeRow
from workbench.ui.widgets.searchselect import Choice, SearchSelect
from workbench.ui.widgets.shortbutton import ShortButton
from workbench.ui.widgets.skeleton import Loading
from workbench.ui.widgets.stepper import Stepper
from workbench.ui.widgets.text import label
from workbench.ui.widgets.timeline import Entry, TimelineView

TODAY = date(2026, 11, 24)


def shown(qtbot: QtBot, widget: QWidget, width: int = 400, height: int = 300) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)


def test_a_date_typed_loosely_is_shown_in_full_with_its_weekday(qtbot: QtBot) -> None:
    field = DateField("Määräaika", lambda: TODAY)
    shown(qtbot, field)
    field.field.setFocus()
    qtbot.keyClicks(field.field, "+7")
    assert field.words.text() == "tiistai 1.12.2026"
    with qtbot.waitSignal(field.changed) as told:
        qtbot.keyClick(field.field, Qt.Key.Key_Return)
    assert told.args == [date(2026, 12, 1)] and field.field.text() == "1.12.2026"
    qtbot.keyClick(field.field, Qt.Key.Key_Up)
    qtbot.keyClick(field.field, Qt.Key.Key_PageDown)
    assert field.day() == date(2026, 11, 25)


def test_a_bad_date_is_told_at_the_field_and_stays_typed(qtbot: QtBot) -> None:
    field = DateField("Määräaika", lambda: TODAY)
    shown(qtbot, field)
    qtbot.keyClicks(field.field, "31.2.")
    assert field.error.isHidden()  # not before one leaves the field
    qtbot.keyClick(field.field, Qt.Key.Key_Return)
    assert field.error.isVisible() and "kalenterissa" in field.error.words.text()
    assert field.field.text() == "31.2." and field.day() is None and field.field.property("wrong")


def test_choosing_by_typing_and_arrow_keys(qtbot: QtBot) -> None:
    asked: list[str] = []

    def provider(typed: str, give: Any) -> None:
        asked.append(typed)
        give([Choice("1", "Aino Aho", "kirjaamo"), Choice("2", "Eero Känsälä")])

    field = SearchSelect(provider, "Käsittelijä")
    shown(qtbot, field)
    field.setFocus()
    qtbot.keyClicks(field, "a")
    qtbot.waitUntil(lambda: asked == ["a"])
    popup = field.completer().popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    with qtbot.waitSignal(field.chosen) as told:
        qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert told.args[0].id == "1"
    qtbot.waitUntil(lambda: field.text() == "Aino Aho")
    with qtbot.waitSignal(field.chosen) as told:
        qtbot.keyClicks(field, "x")
    assert told.args == [None] and field.choice() is None


def test_a_late_answer_to_an_earlier_word_is_not_shown(qtbot: QtBot) -> None:
    gives: list[Any] = []
    field = SearchSelect(lambda _typed, give: gives.append(give), "Luokka")
    shown(qtbot, field)
    field.setFocus()
    for letter in "ab":
        qtbot.keyClicks(field, letter)
        qtbot.wait(120)
    gives[1]([Choice("new", "uusi")])
    gives[0]([Choice("old", "vanha")])
    model = field.completer().model()
    assert model.index(0, 0).data().startswith("uusi")


def test_typing_in_the_list_filters_and_escape_empties(qtbot: QtBot) -> None:
    holder = QWidget()
    view, field = QListView(holder), FilterField(parent=holder)
    field.attach(view)
    shown(qtbot, holder)
    view.setFocus()
    with qtbot.waitSignal(field.filtered) as told:
        qtbot.keyClick(view, "t")
        qtbot.keyClicks(field, "ie")
    assert told.args == ["tie"] and field.hasFocus()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert view.hasFocus()
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert field.text() == ""


def test_facets_are_ticked_by_space_and_keep_their_ticks_with_new_counts(qtbot: QtBot) -> None:
    def facets(count: int) -> list[Facet]:
        return [
            Facet("state", "Tila", (FacetValue("open", "avoinna", count), FacetValue("done", "päätetty", 2)))
        ]

    field = FacetList(facets(5))
    shown(qtbot, field)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    with qtbot.waitSignal(field.chosen) as told:
        qtbot.keyClick(field, Qt.Key.Key_Space)
    assert told.args == [{"state": {"done"}}]
    field.set_facets(facets(9))
    assert field.ticked() == {"state": {"done"}} and field.currentRow() == 2
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    assert field.ticked() == {}


def test_enter_opens_a_card_and_space_peeks(qtbot: QtBot) -> None:
    column = CardColumn("Saapuneet", "arrivals", "Kaikki on kirjattu.")
    column.set_cards([Card("a", "Kirje"), Card("b", "Toinen")], total=23)
    shown(qtbot, column)
    column.list.setFocus()
    qtbot.keyClick(column.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(column.opened) as opened:
        qtbot.keyClick(column.list, Qt.Key.Key_Return)
    with qtbot.waitSignal(column.peeked) as peeked:
        qtbot.keyClick(column.list, Qt.Key.Key_Space)
    assert opened.args == ["b"] and peeked.args == ["b"]


def test_a_thousand_entries_come_at_once_and_the_one_in_hand_is_kept(qtbot: QtBot) -> None:
    entries = [
        Entry(str(n), f"{n % 28 + 1}.11.2026", "9.30", "note", f"Otsikko {n}", "Sanoja " * 40)
        for n in range(1000)
    ]
    view = TimelineView()
    shown(qtbot, view)
    view.set_entries(entries)
    view.setFocus()
    view.setCurrentIndex(view.model().index(400, 0))
    view.grab()
    view.set_entries([Entry("new", "1.12.2026", "", "note", "Uusi"), *entries])
    assert view.current_id() == "400"
    with qtbot.waitSignal(view.opened) as told:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert told.args == ["400"]


def test_an_error_marks_its_field_and_goes_away(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    error = ErrorLabel(field)
    qtbot.addWidget(error)
    error.show_error("Nimi puuttuu.")
    assert field.property("wrong") and field.accessibleDescription() == "Nimi puuttuu."
    error.show_error("")
    assert not field.property("wrong") and error.isHidden()


def test_states_and_phases_are_told_in_words(qtbot: QtBot) -> None:
    pill, steps = Pill("stop", "estetty"), Stepper(["Vireille", "Päätös"], 1)
    mark = ConfidenceMark("likely", "sama lähettäjä")
    for widget in (pill, steps, mark):
        qtbot.addWidget(widget)
    assert pill.accessibleName() == "estetty"
    assert steps.accessibleName() == "Vaihe 2/2: Päätös"
    assert mark.accessibleName() == "todennäköinen: sama lähettäjä"


def test_a_short_wait_shows_no_skeleton_and_a_long_one_does(qtbot: QtBot) -> None:
    loading = Loading(QWidget())
    qtbot.addWidget(loading)
    loading.start()
    qtbot.wait(60)
    assert not loading.is_shown()
    qtbot.waitUntil(loading.is_shown)
    loading.stop()
    assert not loading.is_shown()


def test_list_and_detail_stand_beside_each_other_when_there_is_room_and_remember_the_divider(
    qtbot: QtBot,
) -> None:
    settings = Forgetful()
    pair = ListDetail("cases", QWidget(), QWidget(), settings)
    shown(qtbot, pair, 1200, 600)
    assert pair.is_side_by_side()
    pair.moveSplitter(300, 1)
    pair.resize(900, 600)
    assert not pair.is_side_by_side()
    pair.resize(1200, 600)
    assert abs(pair.sizes()[0] - 300) < 6
    again = ListDetail("cases", QWidget(), QWidget(), settings)
    shown(qtbot, again, 1200, 600)
    assert abs(again.sizes()[0] - 300) < 6


def test_in_a_narrow_pane_the_words_wrap_and_the_actor_goes_under_them(qtbot: QtBot) -> None:
    entry = Entry("1", "24.11.2026", "9.30", "letter", "Täyttölupahakemus saapui", "", "Aune Känsäkoski")
    view = TimelineView([entry])
    shown(qtbot, view, 260, 300)
    narrow = view.itemDelegate().words(entry, 260)
    assert " ".join(narrow.title) == entry.title and not narrow.shortened and not narrow.actor
    assert narrow.foot == ["24.11.2026 klo 9.30", "Aune Känsäkoski"]
    wide = view.itemDelegate().words(entry, 700)
    assert wide.title == [entry.title] and wide.actor == "Aune Känsäkoski" and not wide.foot


def test_words_of_pills_are_never_cut_and_the_full_term_is_spoken(qtbot: QtBot) -> None:
    tree = RowTree([TreeColumn("Asiakirja"), TreeColumn("Julkisuus", 40)], "Asiakirjat")
    shown(qtbot, tree, 400, 200)
    tree.set_rows(
        [
            TreeRow(
                "1",
                ("Hakemus", "Osin salassa"),
                states={1: "warning"},
                wholes={1: "Osittain salassa pidettävä"},
            )
        ]
    )
    item = tree.topLevelItem(0)
    assert item.toolTip(1) == item.data(1, Qt.ItemDataRole.AccessibleTextRole) == "Osittain salassa pidettävä"
    assert tree.visualItemRect(item).width() and tree.columnWidth(1) >= pill_width(
        pill_font(tree.font()), "Osin salassa"
    )


def test_a_long_word_goes_on_to_the_next_line_and_is_copied_as_it_was(qtbot: QtBot) -> None:
    name = "liite_12_vesistövaikutusten_arviointi_lopullinen_allekirjoitettu.pdf"
    words = label(name, wrap=True, selectable=True)
    shown(qtbot, words, 160, 120)
    assert words.minimumSizeHint().width() <= 160 and words.text() == name
    words.setSelection(0, len(QLabel.text(words)))
    words.copy()
    assert QGuiApplication.clipboard().text() == name


def test_a_button_made_to_shorten_has_its_whole_in_the_tooltip(qtbot: QtBot) -> None:
    chip = ShortButton("Esityksen laatiminen lautakunnalle")
    shown(qtbot, chip, 120, 30)
    assert (
        chip.text().endswith("…") and chip.toolTip() == chip.words() == "Esityksen laatiminen lautakunnalle"
    )


def _overlapped(view: QListView) -> list[int]:
    """Rows that the next one begins before they have the height their words need now."""
    option, model = QStyleOptionViewItem(), view.model()
    rows = [model.index(n, 0) for n in range(model.rowCount())]
    tops = [view.visualRect(row).top() for row in rows]
    needed = [view.itemDelegate().sizeHint(option, row).height() for row in rows]
    return [n for n in range(len(rows) - 1) if tops[n + 1] - tops[n] < needed[n]]


def test_words_that_wrap_have_their_room_when_the_scroll_bar_comes(qtbot: QtBot) -> None:
    lines = [f"Kirje {'x' * n}" for n in range(8, 50)]  # some fit on one line only without the bar
    column = CardColumn("Saapuneet", "arrivals", "Kaikki on kirjattu.")
    timeline, linelist = TimelineView(), LineList("Mitä puuttuu")
    for part in (column, timeline, linelist):
        shown(qtbot, part, 280, 300)
    column.set_cards([Card(str(n), line, "Onni · 15.40") for n, line in enumerate(lines)])
    timeline.set_entries(
        [Entry(str(n), "24.11.2026", "9.30", "letter", line, "", "") for n, line in enumerate(lines)]
    )
    linelist.set_lines([(line, "", "warning", None) for line in lines])
    views = (column.list, timeline, linelist)
    qtbot.waitUntil(lambda: all(view.verticalScrollBar().isVisible() for view in views))
    qtbot.waitUntil(lambda: [_overlapped(view) for view in views] == [[], [], []])
