"""XLSX by openpyxl, row by row. The size a sheet claims for itself is not believed."""

from __future__ import annotations

import io
import warnings
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from workbench.documents.reading.model import Extract
from workbench.documents.reading.office import described
from workbench.documents.reading.packages import Package
from workbench.i18n import _, day_text

if TYPE_CHECKING:
    from workbench.documents.reading.context import Reading


def extract(data: bytes, reading: Reading) -> Extract:
    """An XLSX file: each sheet's name and its rows, cells apart by tabs."""
    with Package(data, reading) as package:
        for name in package.names:
            # openpyxl has its own XML parsers; what they must not meet is turned away here.
            if name.endswith((".xml", ".rels")):
                package.read_xml(name)
        macros = any(name.endswith("vbaProject.bin") for name in package.names)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl remarks on features that do not touch the text
        pieces, cut = _sheets(data, reading)
    found = described(pieces, macros)
    remarks = [_("Taulukko on niin suuri, että siitä luettiin vain alku.")] if cut else []
    return Extract(found.text, found.state, found.note, warnings=(*found.warnings, *remarks))


def _sheets(data: bytes, reading: Reading) -> tuple[list[str], bool]:
    import openpyxl

    limits = reading.limits
    rows = cells = 0
    pieces: list[str] = []
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            lines: list[str] = []
            for row in sheet.iter_rows(values_only=True):
                rows += 1
                cells += len(row)
                if rows > limits.sheet_rows or cells > limits.sheet_cells:
                    return [*pieces, "\n".join([sheet.title, *lines])], True
                line = "\t".join(_cell(value) for value in row).strip()
                if line:
                    lines.append(line)
            if lines:
                pieces.append("\n".join([sheet.title, *lines]))
    finally:
        book.close()
    return pieces, False


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("tosi") if value else _("epätosi")
    if isinstance(value, datetime):
        clock = f" {value.hour}.{value.minute:02}" if value.time() != time(0) else ""
        return day_text(value.date()) + clock
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, float):
        return f"{value:.15g}".replace(".", ",")
    return str(value)
