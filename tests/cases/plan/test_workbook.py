"""A workbook is imported whole, or not at all with every reason told by its cell."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from workbench.cases.plan.codes import Phase, PlanState, Publicity
from workbench.cases.plan.inherit import effective
from workbench.cases.plan.rules import check_plan
from workbench.cases.plan.workbook import WorkbookImport, import_workbook
from workbench.errors import UserError

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "helerm" / "00_00_01_02.xlsx"

HEADER = [
    "Tehtäväluokka", "2.13 Tehtävä", "5.6 Käsittelyvaihe", "5.6 Toimenpide", "2.15 Asiakirjan tyyppi",
    "Asiakirjatyypin tarkenne (=asiakirjallinen tieto)", "2.6.1 Julkisuusluokka", "2.6.2 Salassapitoaika",
    "2.6.4 Salassapitoperuste", "2.6.7 Henkilötietoluonne", "2.11.1 Säilytysaika",
]  # fmt: skip
GOOD: list[list[Any]] = [
    ["10", "Maankäyttö"],
    ["10 03", "Kaavoitus"],
    ["10 03 03", "Asemakaavoitus"],
    ["Asian metatiedot", None, None, None, None, None, "Julkinen", None, None, "Sisältää henkilötietoja",
     "-1 (säilytetään pysyvästi)"],
    ["Asiakirjallisen tiedon käsittely (ei täytetä)"],
    ["Käsittelyvaiheen metatiedot", None, "Vireillepano/-tulo"],
    ["Toimenpiteen metatiedot", None, None, "Aloitteen saapuminen"],
    ["Asiakirjan metatiedot", None, None, None, "aloite", "kaavoitusaloite", "Salassa pidettävä", 25,
     "JulkL 24.1 § 20 kohta", None, 10.0],
]  # fmt: skip


def imported(rows: list[list[Any]], *more: list[list[Any]]) -> WorkbookImport:
    book = openpyxl.Workbook()
    book.active.append(["Etusivu"])
    for number, sheet_rows in enumerate((rows, *more)):
        sheet = book.create_sheet(f"L{number}")
        sheet.append(HEADER)
        for row in sheet_rows:
            sheet.append(row)
    raw = io.BytesIO()
    book.save(raw)
    return import_workbook(raw.getvalue(), municipality="924", version="2", valid_from=date(2026, 1, 1))


def changed(row: int, column: int, value: Any) -> list[list[Any]]:
    rows = [list(r) for r in GOOD]
    rows[row] += [None] * (len(HEADER) - len(rows[row]))
    rows[row][column] = value
    return rows


def test_a_good_workbook_becomes_a_draft_plan() -> None:
    result = imported(GOOD)
    assert result.findings == ()
    plan = result.plan
    assert plan is not None and plan.state is PlanState.DRAFT
    node = plan.find("10.03.03")
    assert node is not None and node.parent == "10.03" and node.phases == (Phase.INITIATION,)
    held = effective(plan, "10.03.03", "Aloite").defaults()
    assert held.publicity is Publicity.SECRET
    assert (held.secrecy_years, held.retention_years) == (25, 10)
    assert held.secrecy_basis == "JulkL (621/1999) 24.1 § 20 kohta"


@pytest.mark.parametrize(
    ("rows", "cell", "message"),
    [
        (changed(3, 6, "Julkien"), "G5", "Arvoa ”Julkien” ei tunneta. Tarkoititko ”Julkinen”?"),
        (changed(7, 4, "aloiite"), "E9", "Arvoa ”aloiite” ei tunneta. Tarkoititko ”Aloite”?"),
        (changed(7, 8, "JulkL 24.1 § 55 kohta"), "I9", "Arvoa ”JulkL 24.1 § 55 kohta” ei tunneta."),
        (changed(3, 10, "kauan"), "K5", "Arvo ”kauan” ei ole vuosimäärä."),
        (changed(5, 2, "päätöksentekko"), "C7", "Tarkoititko ”päätöksenteko”?"),
        (changed(6, 0, "Toimenpitteen tiedot"), "A8", "Tarkoititko ”Toimenpiteen metatiedot”?"),
        (changed(2, 1, None), "B4", "Luokalta 10.03.03 puuttuu nimi."),
        (changed(1, 0, "11 03"), "", "yläluokkaa 10.03 ei ole työkirjassa"),
        (changed(0, 0, "Asian metatiedot"), "A2", "ennen ensimmäistä tehtäväluokkaa"),
    ],
)
def test_one_wrong_cell_stops_the_import_and_is_named(rows: list, cell: str, message: str) -> None:
    result = imported(rows)
    assert result.plan is None
    assert any(f.cell == cell and f.sheet == "L0" and message in f.message for f in result.errors)


def test_every_wrong_cell_is_listed_at_once() -> None:
    rows = changed(3, 6, "Avoin")
    rows[7][6], rows[7][10] = "Salainen", "ikuisesti"
    assert {f.cell for f in imported(rows).errors} == {"G5", "G9", "K9"}


def test_the_same_class_on_two_sheets_is_refused_but_shared_parents_are_fine() -> None:
    other = [*GOOD[:2], ["10 03 04", "Rantakaavoitus"], *GOOD[3:]]
    both = imported(GOOD, other)
    assert both.plan is not None and len(both.plan.classes) == 4
    twice = imported(GOOD, GOOD)
    assert twice.plan is None
    assert "jo taulukolla L0" in twice.errors[0].message


def test_a_type_of_another_list_is_taken_as_the_nearest_with_a_note() -> None:
    result = imported(changed(7, 4, "merkintä"))
    assert result.plan is not None and result.errors == ()
    assert [(f.severity, f.cell) for f in result.findings] == [("note", "E9")]


@pytest.mark.parametrize("raw", [b"", b"ei mikaan", b"PK\x03\x04rikki"])
def test_a_broken_file_is_refused_in_plain_words(raw: bytes) -> None:
    with pytest.raises(UserError, match="ei ole ehjä Excel-työkirja"):
        import_workbook(raw, municipality="924", version="2", valid_from=date(2026, 1, 1))


def test_another_workbook_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Palkat"])
    book.save(tmp_path / "palkat.xlsx")
    for name, reason in (
        ("palkat.xlsx", "ei löytynyt tiedonohjaussuunnitelmaa"),
        ("x.xlsx", "ei voitu lukea"),
    ):
        with pytest.raises(UserError, match=reason):
            import_workbook(tmp_path / name, municipality="924", version="2", valid_from=date(2026, 1, 1))


@pytest.mark.skipif(not REAL.exists(), reason="the published workbook is not beside the repository")
def test_a_published_workbook_is_imported() -> None:
    result = import_workbook(REAL, municipality="924", version="1.4", valid_from=date(2018, 1, 29))
    assert result.errors == ()
    assert result.plan is not None and check_plan(result.plan) == []
    node = result.plan.find("00.00.01.02")
    assert node is not None and len(node.actions) == 17
    request = effective(result.plan, "00.00.01.02", "Vastine").defaults()
    assert (request.publicity, request.secrecy_years) == (Publicity.SECRET, 100)
