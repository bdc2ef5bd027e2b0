"""A page written as HTML onto paper or into a PDF. Printing is imported when it is first needed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QWidget

_MARGIN_MM = 20.0


def _document(html: str) -> QTextDocument:
    made = QTextDocument()
    made.setDefaultStyleSheet("body { color: #000000; }")
    made.setHtml(f"<html><body>{html}</body></html>")
    return made


def write_pdf(html: str, title: str, path: Path) -> None:
    """Write the page as a PDF, A4. Raises OSError when the file cannot be written."""
    with path.open("wb"):  # the writer of Qt tells nothing of a place that cannot be written
        pass
    writer = QPdfWriter(str(path))
    writer.setTitle(title)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    _document(html).print_(writer)


def has_printer() -> bool:
    """Whether the machine has a printer at all."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return bool(QPrinterInfo.availablePrinterNames())


def print_page(html: str, title: str, parent: QWidget | None) -> bool:
    """Ask the printer and print; False when the person would rather not."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    _document(html).print_(printer)
    return True
