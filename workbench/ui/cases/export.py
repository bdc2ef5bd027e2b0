"""Writing a list of cases to a file: CSV for any program, XLSX with days as days. No Qt here.

Only what the list shows is written: its filter, its order, its visible columns. None of them holds an
address, so one under a non-disclosure order (turvakielto) cannot leave this way.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

from workbench.cases.queries import CaseRow, load_cases
from workbench.i18n import _
from workbench.store.store import Reader
from workbench.ui.cases.columns import DAYS
from workbench.ui.jobs import Progress
from workbench.ui.models.lazy_table import Column

_BATCH = 500


def free_path(folder: Path, stem: str, ending: str) -> Path:
    """A name in the folder that nothing has yet."""
    path, n = folder / f"{stem}.{ending}", 2
    while path.exists():
        path, n = folder / f"{stem} ({n}).{ending}", n + 1
    return path


def _rows(
    open_reader: Callable[[], AbstractContextManager[Reader]], ids: Sequence[int], progress: Progress
) -> Iterator[CaseRow]:
    for start in range(0, len(ids), _BATCH):
        progress.step(start, len(ids), _("asia {n}/{total}").format(n=start, total=len(ids)))
        with open_reader() as reader:
            yield from load_cases(reader, ids[start : start + _BATCH])


def _safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in "=+-@\t\r" and text else text


def write_list(
    path: Path,
    columns: Sequence[Column],
    ids: Sequence[int],
    open_reader: Callable[[], AbstractContextManager[Reader]],
    progress: Progress,
) -> int:
    """Write the list by the ending of the path; returns how many rows. Nothing is left of a cancelled one."""
    part = path.with_name(path.name + ".osa")
    write = _write_xlsx if path.suffix == ".xlsx" else _write_csv
    try:
        count = write(part, columns, _rows(open_reader, ids, progress))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return count


def _write_csv(path: Path, columns: Sequence[Column], rows: Iterator[CaseRow]) -> int:
    count = 0
    # The mark at the start and the semicolons are what a Finnish spreadsheet program expects.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, delimiter=";")
        out.writerow([c.title for c in columns])
        for row in rows:
            out.writerow([_safe(_text(c, row)) for c in columns])
            count += 1
    return count


def _write_xlsx(path: Path, columns: Sequence[Column], rows: Iterator[CaseRow]) -> int:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Asiat"))
    sheet.freeze_panes = "A2"
    for n, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(n)].width = 60 if column.stretch else column.width / 7
    head = [WriteOnlyCell(sheet, c.title) for c in columns]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    count = 0
    for row in rows:
        sheet.append([_cell(sheet, c, row) for c in columns])
        count += 1
    book.save(path)
    return count


def _cell(sheet: Any, column: Column, row: CaseRow) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if column.id in DAYS:
        cell = WriteOnlyCell(sheet, DAYS[column.id](row))
        cell.number_format = "d.m.yyyy"
        return cell
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", _text(column, row)))
    cell.data_type = "s"
    return cell


def _text(column: Column, row: CaseRow) -> str:
    day: date | None = DAYS[column.id](row) if column.id in DAYS else None
    return f"{day.day}.{day.month}.{day.year}" if day else "" if column.id in DAYS else column.text(row)
