"""A list of any length that never waits and never moves under the hand."""

from __future__ import annotations

import time
from array import array
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.fakes.store import FakeStore
from workbench.ui.models.lazy_table import LOADING_ROLE, PAGE, Column, LazyTableModel, fresh_count
from workbench.ui.models.settings import Forgetful
from workbench.ui.tasks import Tasks
from workbench.ui.theme.dress import dress
from workbench.ui.widgets.datatable import DataTable


def load(reader: dict[int, str], ids: Sequence[int]) -> Mapping[int, str]:
    return {n: reader[n] for n in ids if n in reader}


def columns() -> list[Column]:
    return [
        Column("number", "Numero", lambda r: r.split()[-1], 80, sort="number"),
        Column("title", "Otsikko", lambda r: r, 200, sort="title", stretch=True),
        Column("extra", "Muu", lambda _r: "x", 200, fold=1),
    ]


def made(tasks: Tasks, ids: Sequence[int]) -> LazyTableModel:
    model = LazyTableModel(columns(), load, tasks)
    model.set_ids(ids)
    return model


def wait_row(qtbot: QtBot, model: LazyTableModel, row: int) -> Any:
    model.index(row, 0).data()
    qtbot.waitUntil(lambda: model.row_data(row) is not None)
    return model.row_data(row)


def test_rows_come_later_and_a_placeholder_stands_until_then(tasks: Tasks, qtbot: QtBot) -> None:
    model = made(tasks, [3, 1, 2])
    assert model.index(0, 1).data() == "" and model.index(0, 1).data(LOADING_ROLE) is True
    with qtbot.waitSignal(model.dataChanged):
        pass
    assert [model.index(n, 1).data() for n in range(3)] == ["Asia 3", "Asia 1", "Asia 2"]


def test_qt_finds_nothing_wrong_with_the_model(
    tasks: Tasks, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    model = made(tasks, list(range(1, 51)))
    qtmodeltester.check(model)
    wait_row(qtbot, model, 0)
    qtmodeltester.check(model)


def test_a_million_rows_jump_reads_only_what_is_in_view(qtbot: QtBot) -> None:
    asked: list[int] = []

    def load_million(_reader: Any, ids: Sequence[int]) -> Mapping[int, str]:
        asked.extend(ids)
        return {n: f"Asia {n}" for n in ids}

    store = FakeStore({})
    tasks = Tasks(store.execute, store.reader)
    model = LazyTableModel(columns(), load_million, tasks)
    table = DataTable(model, "cases", Forgetful())
    qtbot.addWidget(table)
    table.resize(600, 400)
    table.show()
    started = time.perf_counter()
    model.set_ids(array("q", range(1_000_000)))
    assert table.select_id(777_777)
    table.viewport().repaint()
    took = time.perf_counter() - started
    qtbot.waitUntil(lambda: model.row_data(777_777) == "Asia 777777")
    assert took < 1.0
    assert len(asked) <= 6 * PAGE
    assert table.select_id(999_999) and table.current_id() == 999_999
    tasks.shutdown()


def test_changed_rows_are_read_again_and_keep_their_place(
    tasks: Tasks, store: FakeStore, qtbot: QtBot
) -> None:
    model = made(tasks, list(range(1, 51)))
    wait_row(qtbot, model, 4)
    store.rows[5] = "Muutettu 5"
    model.mark_stale(frozenset({5}))
    assert model.index(4, 1).data() == "Asia 5"  # the old row stands until the new one comes
    qtbot.waitUntil(lambda: model.index(4, 1).data() == "Muutettu 5")
    store.rows[5] = "Taas 5"
    model.mark_stale_where(lambda row: row.endswith(" 5"))
    qtbot.waitUntil(lambda: model.index(4, 1).data() == "Taas 5")


def test_the_beginning_is_shown_and_the_rest_comes_below_it(tasks: Tasks, qtbot: QtBot) -> None:
    asked: list[int] = []

    def load_counted(_reader: Any, ids: Sequence[int]) -> Mapping[int, str]:
        asked.extend(ids)
        return {n: f"Asia {n}" for n in ids}

    model = LazyTableModel(columns(), load_counted, tasks)
    table = DataTable(model, "cases", Forgetful())
    qtbot.addWidget(table)
    table.resize(600, 400)
    table.show()
    ids = array("q", range(1, 5001))
    model.set_beginning(ids[:PAGE], {n: f"Asia {n}" for n in ids[:PAGE]})
    assert not model.is_whole() and model.index(3, 1).data() == "Asia 4"
    table.select_id(7)
    table.verticalScrollBar().setValue(90)
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    with qtbot.waitSignal(model.ids_changed):
        model.complete(ids)
    assert model.is_whole() and model.rowCount() == 5000
    assert table.current_id() == 7 and table.selected_ids() == [7]
    assert table.verticalScrollBar().value() == 90 and resets == []
    table.viewport().repaint()
    assert asked == []  # its rows came with it
    assert wait_row(qtbot, model, 4999) == "Asia 5000"


def test_end_pressed_before_the_rest_leads_to_the_end(tasks: Tasks, qtbot: QtBot) -> None:
    model = LazyTableModel(columns(), load, tasks)
    table = DataTable(model, "cases", Forgetful())
    qtbot.addWidget(table)
    ids = list(range(1, 301))
    for keys, there in (((Qt.Key.Key_End,), 300), ((Qt.Key.Key_End, Qt.Key.Key_Up), PAGE - 1)):
        model.set_beginning(ids[:PAGE], {})
        table.selectRow(0)
        for key in keys:
            qtbot.keyClick(table, key)
        model.complete(ids)
        assert table.current_id() == there


def test_a_rest_that_does_not_follow_the_beginning_is_shown_as_it_is(tasks: Tasks, qtbot: QtBot) -> None:
    model = LazyTableModel(columns(), load, tasks)
    model.set_beginning([1, 2], {1: "Asia 1", 2: "Asia 2"})
    model.complete([9, 1, 2])
    assert model.is_whole() and list(model.ids()) == [9, 1, 2]
    assert wait_row(qtbot, model, 0) == "Asia 9" and wait_row(qtbot, model, 1) == "Asia 1"


def test_a_fresh_order_waits_until_it_is_accepted(tasks: Tasks, qtbot: QtBot) -> None:
    model = made(tasks, [1, 2, 3])
    with qtbot.waitSignal(model.proposal_changed) as told:
        model.propose_ids([9, 1, 2, 3], fresh_count([1, 2, 3], [9, 1, 2, 3]))
    assert told.args == [1] and list(model.ids()) == [1, 2, 3]
    model.accept_proposal()
    assert list(model.ids()) == [9, 1, 2, 3]


def test_the_row_in_hand_is_kept_by_id_through_a_new_order(tasks: Tasks, qtbot: QtBot) -> None:
    model = made(tasks, list(range(1, 51)))
    table = DataTable(model, "cases", Forgetful())
    qtbot.addWidget(table)
    table.select_id(7)
    model.set_ids(list(range(50, 0, -1)))
    assert table.current_id() == 7 and table.selected_ids() == [7]


def test_sorting_asks_the_page_and_turns_round(tasks: Tasks, qtbot: QtBot) -> None:
    model = made(tasks, [1, 2])
    table = DataTable(model, "cases", Forgetful())
    qtbot.addWidget(table)
    asked: list[tuple[str, bool]] = []
    model.sort_wanted.connect(lambda key, down: asked.append((key, down)))
    header = table.horizontalHeader()
    header.sectionClicked.emit(0)
    header.sectionClicked.emit(0)
    header.sectionClicked.emit(2)
    assert asked == [("number", False), ("number", True)]


def test_enter_opens_space_peeks_and_copy_gives_number_and_title(
    tasks: Tasks, qtbot: QtBot, qapp: Any
) -> None:
    model = made(tasks, [4, 5])
    table = DataTable(model, "cases", Forgetful())
    table.set_copy_text(lambda row: f"12/10.03/2026 {row}", lambda id_: f"seutupoyta://case/{id_}")
    qtbot.addWidget(table)
    with qtbot.waitExposed(table):
        table.show()
    table.setFocus()  # a window hidden away would let the keys go to another test's
    wait_row(qtbot, model, 1)
    table.select_id(5)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    with qtbot.waitSignal(table.peeked) as peeked:
        qtbot.keyClick(table, Qt.Key.Key_Space)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert opened.args == [5] and peeked.args == [5]
    qtbot.waitUntil(lambda: qapp.clipboard().text() == "12/10.03/2026 Asia 5")
    link = '<a href="seutupoyta://case/5">12/10.03/2026 Asia 5</a>'
    assert link in qapp.clipboard().mimeData().html()


def test_rows_grow_tight_when_the_density_changes(tasks: Tasks, qtbot: QtBot, theme: Any) -> None:
    settings = Forgetful()
    table = DataTable(made(tasks, [1]), "cases", settings)
    qtbot.addWidget(table)
    dress(table)
    table.show()
    assert table.verticalHeader().defaultSectionSize() == 32
    settings.set("compact", True)
    theme.set_compact(True)
    assert table.verticalHeader().defaultSectionSize() == 26
    theme.set_compact(False)


def test_columns_fold_where_room_is_short_and_choices_are_remembered(tasks: Tasks, qtbot: QtBot) -> None:
    settings = Forgetful()
    table = DataTable(made(tasks, [1]), "cases", settings)
    qtbot.addWidget(table)
    table.resize(320, 200)
    table.show()
    assert table.isColumnHidden(2) and table.visible_columns() == ["number", "title", "extra"]
    table.resize(700, 200)
    qtbot.waitUntil(lambda: not table.isColumnHidden(2))
    table.column_menu().actions()[2].trigger()
    again = DataTable(made(tasks, [1]), "cases", settings)
    qtbot.addWidget(again)
    assert again.visible_columns() == ["number", "title"]


def test_a_row_that_was_deleted_leaves_an_empty_place_not_a_wait(tasks: Tasks, qtbot: QtBot) -> None:
    model = made(tasks, [1, 999])
    wait_row(qtbot, model, 0)
    assert model.index(1, 1).data(LOADING_ROLE) is False and model.index(1, 1).data() == ""


def test_what_comes_while_ctrl_is_held_for_a_shortcut_leaves_the_choice_alone(
    tasks: Tasks, qtbot: QtBot
) -> None:
    model = made(tasks, [4, 5, 6])
    table = DataTable(model, "cases", Forgetful())
    qtbot.addWidget(table)
    table.select_id(5)
    ctrl = Qt.KeyboardModifier.ControlModifier
    qtbot.keyPress(table, Qt.Key.Key_Control, ctrl)
    assert QGuiApplication.keyboardModifiers() == ctrl
    model.set_ids([4, 5, 6, 7])
    assert table.selected_ids() == [5]
    table.select_id(6)
    assert table.selected_ids() == [6] and table.current_id() == 6
    qtbot.keyRelease(table, Qt.Key.Key_Control)
