"""The list of cases: filter, words, facets, fresh rows, views, many at once, exports, clipboard."""

from __future__ import annotations

import csv
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel

from tests.ui.cases.conftest import CTRL, KEY, SHIFT, Desk, Office
from workbench.cases.closing import CloseCase
from workbench.cases.parts import AddNote, MarkCase, RemoveView, SaveView
from workbench.cases.queries import CaseFilter, find_cases, load_facets
from workbench.cases.views import load_views
from workbench.store import journal
from workbench.store.store import Reader
from workbench.ui.cases import listing
from workbench.ui.cases.batch import BatchPane
from workbench.ui.cases.listquery import Listed, read_listed
from workbench.ui.models.lazy_table import PAGE

ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


def listed(desk: Desk) -> list[str]:
    model = desk.page.listing.model
    return [row.title for n in range(model.rowCount()) if (row := model.row_data(n)) is not None]


def opened(make_desk: Callable[[], Desk], rows: int) -> Desk:
    desk = make_desk()
    desk.press(KEY.Key_3, CTRL)
    desk.list_ready(rows)
    desk.wait(desk.page.listing.table.hasFocus)
    return desk


def test_the_model_keeps_qt_s_promises(office: Office, make_desk: Callable[[], Desk]) -> None:
    for n in range(3):
        office.register(f"Asia {n}")
    desk = opened(make_desk, 3)
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    QAbstractItemModelTester(desk.page.listing.model, fatal)
    desk.press(KEY.Key_X)
    desk.wait(lambda: desk.page.listing.model.rowCount() == 0)
    desk.press(KEY.Key_Escape)
    desk.list_ready(3)


def test_typing_finds_by_title_number_and_words_of_documents(
    office: Office, make_desk: Callable[[], Desk]
) -> None:
    letter = office.letter("tarjous", "Liitteenä kelkkareitin kartta.")
    office.register("Maastoliikenne", documents=(letter,))
    office.register("Kaivon rakentaminen")
    desk = opened(make_desk, 2)
    for typed, titles in (
        ("kaivo", ["Kaivon rakentaminen"]),
        ("1/10", ["Maastoliikenne"]),
        ("kelkkareitin", ["Maastoliikenne"]),
        ("laji:hakemus kaivo", ["Kaivon rakentaminen"]),
        ("ei mitään", []),
    ):
        desk.page.listing.pane.filter.setText(typed)
        desk.wait(lambda titles=titles: listed(desk) == titles)


def test_facets_narrow_by_several_values_and_count_without_their_own(
    office: Office, make_desk: Callable[[], Desk]
) -> None:
    office.register("Asemakaava", class_code="10.03.03")
    office.register("Ojitus", class_code="11.01.01", handler="matti")
    office.register("Talousarvio", class_code="02.02.01", handler="")
    desk = opened(make_desk, 3)
    facets = desk.page.listing.facets
    desk.wait(lambda: facets.count() > 12)
    shown = [facets.item(n).text() for n in range(facets.count())]
    assert {"Avoimet", "Minä (Aino Aho)", "Matti Mäki", "Ei käsittelijää", "Tekninen toimi"} <= set(shown)
    assert any(text.startswith("10 ") and len(text) > 4 for text in shown)
    desk.press(KEY.Key_F, CTRL, SHIFT)
    desk.wait(facets.hasFocus)
    for wanted in ("Minä (Aino Aho)", "Matti Mäki"):
        shown = [facets.item(n).text() for n in range(facets.count())]
        facets.setCurrentRow(shown.index(wanted))
        desk.press(KEY.Key_Space)
        desk.wait(lambda: desk.page.listing.model.rowCount() < 3)
    desk.wait(lambda: listed(desk) == ["Ojitus", "Asemakaava"])
    desk.press(KEY.Key_Delete)
    desk.list_ready(3)
    assert "Avoimet" in [facets.item(n).text() for n in range(facets.count())]


def test_counts_of_a_facet_agree_with_its_list(office: Office) -> None:
    for n, class_code in enumerate(("10.03.03", "10.03.03", "11.01.01")):
        case_id = office.register(f"Asia {n}", class_code=class_code, handler="aino" if n else "matti")
        if n == 2:
            office.run(CloseCase(case_id=case_id))
        if n == 1:
            office.run(MarkCase(case_id=case_id, mark="watch"))
    with office.store.read_as(office.session) as reader:
        base = CaseFilter(state="all")
        for facet, counted in load_facets(reader, base).items():
            for value in counted:
                narrowed = replace(base, **{facet: (value.value,)})
                assert len(find_cases(reader, narrowed)) == value.count, (facet, value)
        both = CaseFilter(state=("open", "closed"), handler=("aino", "matti"))
        assert len(find_cases(reader, both)) == 3


def test_new_cases_wait_behind_a_chip_and_the_row_in_hand_stays(
    office: Office, make_desk: Callable[[], Desk]
) -> None:
    office.register("Vanha")
    desk = opened(make_desk, 1)
    held = desk.page.listing.table.current_id()
    office.register("Uusi")
    desk.foreign()
    desk.wait(desk.page.listing.pane.fresh.isVisible)
    assert desk.page.listing.pane.fresh.text() == "1 uusi" and listed(desk) == ["Vanha"]
    desk.press(KEY.Key_F5)
    desk.list_ready(2)
    assert desk.page.listing.table.current_id() == held


def test_the_first_page_is_in_sight_and_in_hand_while_the_rest_is_read(
    office: Office, make_desk: Callable[[], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(PAGE + 12):
        office.register(f"Asia {n}", documents=(), parties=())
    rest = threading.Event()

    def held_back(reader: Reader, wanted: CaseFilter) -> Iterator[Listed]:
        pieces = read_listed(reader, wanted)
        yield next(pieces)
        rest.wait(5)
        yield from pieces

    monkeypatch.setattr(listing, "read_listed", held_back)
    desk = opened(make_desk, PAGE)
    page = desk.page.listing
    assert listed(desk)[0] == f"Asia {PAGE + 11}" and page.pane.count.text() == ""
    desk.press(KEY.Key_Down)
    desk.press(KEY.Key_Down, SHIFT)
    chosen, top = page.table.selected_ids(), page.table.verticalScrollBar().value()
    assert len(chosen) == 2 and page.can("list.export_csv") != True  # noqa: E712 - a sentence, or True itself
    office.run(AddNote(case_id=page.rows()[0].id, text="Toinen kone kirjoitti."))
    desk.foreign()
    rest.set()
    desk.list_ready(PAGE + 12)
    assert page.table.selected_ids() == chosen and page.table.verticalScrollBar().value() == top
    assert page.pane.count.text() == f"{PAGE + 12} riviä" and page.can("list.export_csv") is True
    desk.wait(lambda: page.facets.count() > 5)
    desk.press(KEY.Key_End)
    desk.wait(lambda: [row.title for row in page.rows()] == ["Asia 0"])


def test_a_row_in_hand_far_down_keeps_its_place_when_the_order_changes(
    office: Office, make_desk: Callable[[], Desk]
) -> None:
    for n in range(PAGE + 12):
        office.register(f"Asia {n:03}", documents=(), parties=())
    desk = opened(make_desk, PAGE + 12)
    page = desk.page.listing
    held = page.table.current_id()
    page.model.sort_wanted.emit("title", False)
    desk.wait(lambda: page.model.row_of(held) == PAGE + 11)
    assert page.table.current_id() == held


def test_the_program_opens_with_the_keyboard_on_the_list(
    office: Office, make_desk: Callable[..., Desk]
) -> None:
    office.register("Vanha")
    office.register("Uusi")
    desk = make_desk(last_page="cases")
    desk.list_ready(2)
    page = desk.page.listing
    assert desk.window.focusWidget() is page.table and page.table.currentIndex().row() == 0
    desk.press(KEY.Key_Down)
    assert [row.title for row in page.rows()] == ["Vanha"]


def test_sorting_by_handler_goes_by_name_and_those_without_come_last(office: Office) -> None:
    for title, handler in (("A", "matti"), ("B", ""), ("C", "aino")):
        office.register(title, handler=handler)
    with office.store.read_as(office.session) as reader:
        ids = list(find_cases(reader, CaseFilter(sort="handler_id", descending=False)))
        assert [ids.index(k) for k in sorted(ids)] == [1, 2, 0]


def test_a_view_is_saved_opened_and_removed(office: Office, make_desk: Callable[[], Desk]) -> None:
    office.register("Kaivon rakentaminen")
    office.register("Asemakaava")
    desk = opened(make_desk, 2)
    desk.write("kaivo")
    desk.list_ready(1)
    desk.press(KEY.Key_S, CTRL)
    desk.write("Kaivot")
    desk.press(KEY.Key_Return, CTRL)
    desk.wait(lambda: desk.said() == "Tallennettu näkymä Kaivot")
    desk.page.listing.show_view({}, "", "registered_at", True)
    desk.list_ready(2)
    desk.press(KEY.Key_S, CTRL, SHIFT)
    desk.wait(lambda: QGuiApplication.topLevelWindows() and desk.page.listing.views.findChildren(object))
    with office.store.read_as(office.session) as reader:
        view = load_views(reader)[0]
    from workbench.ui.cases.viewsmenu import from_query

    desk.page.listing.show_view(*from_query(view.query))
    desk.list_ready(1)
    assert desk.page.listing.pane.filter.text() == "kaivo" and view.name == "Kaivot"
    office.run(SaveView(name="Kaivot", query={"text": "x"}))
    with office.store.read_as(office.session) as reader:
        assert [v.query for v in load_views(reader)] == [{"text": "x"}]
    office.run(RemoveView(view_id=view.id))
    with office.store.read_as(office.session) as reader:
        assert load_views(reader) == []


def test_many_at_once_tells_each_row_and_is_taken_back(office: Office, make_desk: Callable[[], Desk]) -> None:
    ready = office.register("Valmis")
    office.register("Kesken", parties=())  # lacks its initiator
    desk = opened(make_desk, 2)
    desk.press(KEY.Key_A, CTRL)
    assert desk.page.listing.chosen.text() == "2 valittu"
    desk.press(KEY.Key_E, CTRL, SHIFT)
    desk.wait(lambda: isinstance(desk.page.listing.side.currentWidget(), BatchPane))
    pane = desk.page.listing.side.currentWidget()
    assert isinstance(pane, BatchPane)
    desk.wait(pane.ready.isVisible)
    assert pane.list.count() == 2 and "Kesken" in pane.list.item(0).text()
    with office.store.read_as(office.session) as reader:
        assert len(find_cases(reader, CaseFilter(state="closed"))) == 1
    pane.undo_wanted.emit()

    def reopened() -> bool:
        with office.store.read_as(office.session) as reader:
            return len(find_cases(reader, CaseFilter())) == 2

    desk.wait(reopened)
    assert ready


def test_many_are_handed_over_with_one_panel(office: Office, make_desk: Callable[[], Desk]) -> None:
    for n in range(3):
        office.register(f"Asia {n}")
    desk = opened(make_desk, 3)
    desk.press(KEY.Key_A, CTRL)
    desk.press(KEY.Key_H, CTRL)
    desk.choose("Matti")
    desk.press(KEY.Key_Return, CTRL)

    def handed() -> bool:
        with office.store.read_as(office.session) as reader:
            return len(find_cases(reader, CaseFilter(handler="matti"))) == 3

    desk.wait(handed)
    desk.wait(lambda: isinstance(desk.page.listing.side.currentWidget(), BatchPane))


def test_exports_hold_what_is_shown_and_no_formula(
    office: Office, make_desk: Callable[[], Desk], tmp_path: Path
) -> None:
    case_id = office.register("=SUMMA(A1)")
    office.run(AddNote(case_id=case_id, text="Salainen muistiinpano"))
    office.register("Kaivon rakentaminen")
    desk = opened(make_desk, 2)
    desk.dialogs.folder = tmp_path / "vienti"
    desk.dialogs.folder.mkdir()
    desk.window.actions_.trigger("list.export_csv")
    desk.wait(lambda: desk.said().startswith("Viety 2 asiaa"))
    made = next(desk.dialogs.folder.glob("*.csv"))
    rows = list(csv.reader(made.open(encoding="utf-8-sig"), delimiter=";"))
    assert rows[0][:2] == ["Asiatunnus", "Otsikko"] and len(rows) == 3
    assert rows[2][1] == "'=SUMMA(A1)" and rows[1][1] == "Kaivon rakentaminen"
    desk.window.actions_.trigger("list.export_xlsx")
    desk.wait(lambda: ".xlsx" in desk.said())
    sheet = load_workbook(next(desk.dialogs.folder.glob("*.xlsx"))).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[2][1] == "=SUMMA(A1)" and sheet.cell(3, 2).data_type == "s"
    opened_on = cells[0].index("Tullut vireille")
    assert cells[1][opened_on].year == 2026
    assert not list(desk.dialogs.folder.glob("*.osa"))
    with office.store.reader() as connection:
        logged = [e.title for e in journal.history(connection, "924") if e.command == "case.export_list"]
    assert logged == ["Viety luettelo, jossa asioita: 2"] * 2


def test_copying_gives_number_title_and_link(office: Office, make_desk: Callable[[], Desk]) -> None:
    case_id = office.register("Kaivon rakentaminen")
    desk = opened(make_desk, 1)
    desk.press(KEY.Key_C, CTRL)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "1/10.03.03/2026 Kaivon rakentaminen"
    assert 'href="seutupoyta://case/1/10.03.03/2026"' in data.html()
    desk.open_case(case_id)
    desk.press(KEY.Key_C, CTRL, SHIFT)
    assert "seutupoyta://case/1/10.03.03/2026" in QGuiApplication.clipboard().mimeData().text()


def test_an_empty_list_says_what_would_fill_it(make_desk: Callable[[], Desk]) -> None:
    desk = make_desk()
    desk.press(KEY.Key_3, CTRL)
    desk.wait(lambda: desk.page.listing.empty.isVisible() and desk.page.listing.empty.title.text())
    assert "Saapuneissa" in desk.page.listing.empty.text.text()


def test_the_palette_finds_cases_and_enter_opens(office: Office, make_desk: Callable[[], Desk]) -> None:
    case_id = office.register("Kaivon rakentaminen")
    desk = make_desk()
    desk.press(KEY.Key_K, CTRL)
    desk.write("kaivon")
    palette = desk.window.palette_
    desk.wait(lambda: any(hit.text == "1/10.03.03/2026 Kaivon rakentaminen" for hit in palette.hits()))
    palette.list.setCurrentRow(len(palette.hits()) - 1)
    desk.press(KEY.Key_Return)
    desk.case_ready(case_id)


def test_what_refuses_is_told_row_by_row_and_the_rest_can_be_stopped(
    office: Office, make_desk: Callable[[], Desk]
) -> None:
    for n in range(6):
        office.register(f"Asia {n}", **({"parties": ()} if n % 2 else {}))
    desk = opened(make_desk, 6)
    go = threading.Semaphore(0)
    execute = desk.page.listing.deeds._desk.execute

    def one_at_a_time(command: Any) -> Any:
        assert go.acquire(timeout=20)
        return execute(command)

    desk.page.listing.deeds._desk.execute = one_at_a_time  # type: ignore[method-assign]
    desk.press(KEY.Key_A, CTRL)
    desk.press(KEY.Key_E, CTRL, SHIFT)
    pane = desk.page.listing.side.currentWidget()
    assert isinstance(pane, BatchPane) and pane.stop.isVisible()
    go.release()
    go.release()
    desk.wait(lambda: pane.list.count() == 2)
    texts = [pane.list.item(n).text() for n in range(2)]
    assert "Asia 5" in texts[0] and "Asia 4" in texts[1]
    assert "Vireillepanijaa ei ole merkitty" in pane.list.item(0).data(ACCESSIBLE)
    pane.stop.click()
    go.release()  # the one under way is finished, the rest are left
    desk.wait(pane.ready.isVisible)
    words = [label.text() for label in pane.findChildren(QLabel)]
    assert "1 asia onnistui. 2 asiaa ei onnistunut. 3 asiaa jäi tekemättä." in words
    with office.store.read_as(office.session) as reader:
        assert len(find_cases(reader, CaseFilter(state="closed"))) == 1
