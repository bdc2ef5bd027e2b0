"""Ordinary documents made by the libraries that really make them, and a few that they cannot make."""

from __future__ import annotations

import io
import zipfile

from tests.corpora.compound import compound_file


def pdf(*pages: str, password: str = "") -> bytes:
    """A PDF of one line on each page."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    lock = StandardEncryption(password, ownerPassword="omistaja") if password else None
    canvas = Canvas(out, invariant=1, encrypt=lock)
    for text in pages:
        canvas.drawString(72, 720, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def docx(paragraphs: list[str], table: list[list[str]] | None = None, header: str = "") -> bytes:
    """A Word document."""
    import docx as python_docx

    document = python_docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if table:
        grid = document.add_table(rows=len(table), cols=len(table[0]))
        for row, values in enumerate(table):
            for column, value in enumerate(values):
                grid.cell(row, column).text = value
    if header:
        document.sections[0].header.paragraphs[0].text = header
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx(rows: list[list[object]], title: str = "Taul1") -> bytes:
    """An Excel workbook of one sheet."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx_claiming(dimension: str, *, row: int = 2) -> bytes:
    """A small workbook that claims a dimension, with its last cell on a row of choice."""
    source = zipfile.ZipFile(io.BytesIO(xlsx([["Kunta"], ["Lestijärvi"]])))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as writer:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = data.replace(b'<dimension ref="A1:A2"', b'<dimension ref="%s"' % dimension.encode())
                extra = b'<row r="%d"><c r="A%d" t="n"><v>1</v></c></row></sheetData>' % (row + 1, row + 1)
                data = data.replace(b"</sheetData>", extra)
            writer.writestr(name, data)
    return out.getvalue()


def pptx(slides: list[str]) -> bytes:
    """The parts of a presentation that hold its words."""
    name = "http://schemas.openxmlformats.org/drawingml/2006/main"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as writer:
        writer.writestr("[Content_Types].xml", "<Types/>")
        for number, text in enumerate(slides, start=1):
            writer.writestr(
                f"ppt/slides/slide{number}.xml",
                f'<sld xmlns:a="{name}"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></sld>',
            )
    return out.getvalue()


_ODF = "urn:oasis:names:tc:opendocument:xmlns:"


def odt(*paragraphs: str, extra: str = "") -> bytes:
    """An OpenDocument text; ``extra`` is XML put after its paragraphs."""
    content = (
        f'<office:document-content xmlns:office="{_ODF}office:1.0" xmlns:text="{_ODF}text:1.0" '
        f'xmlns:table="{_ODF}table:1.0"><office:body><office:text>'
        + "".join(f"<text:p>{text}</text:p>" for text in paragraphs)
        + extra
        + "</office:text></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as writer:
        writer.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        writer.writestr("content.xml", content)
    return out.getvalue()


def locked_office() -> bytes:
    """A compound file as Office writes around a document with a password."""
    return compound_file(
        {"EncryptionInfo": b"\x04\x00\x04\x00" + bytes(100), "EncryptedPackage": bytes(5_000)}
    )


def legacy_word() -> bytes:
    """A compound file with the streams of an old Word document."""
    return compound_file({"WordDocument": bytes(5_000), "1Table": bytes(600)})
