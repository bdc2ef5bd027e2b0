"""PDF by PDFium: text and pages. PDFium is not safe for threads, so one lock guards every call."""

from __future__ import annotations

import importlib
import re
import threading
from typing import Any

from workbench.documents.reading.model import Extract, Limits
from workbench.i18n import _

LOCK = threading.Lock()
_PASSWORD_NEEDED = 4  # FPDF_ERR_PASSWORD
_LINE_END_HYPHEN = re.compile("[\x02\ufffe]\\r?\\n?")  # PDFium's mark for a word divided at a line's end


def extract(data: bytes, limits: Limits) -> Extract:
    """A PDF file."""
    pdfium: Any = importlib.import_module("pypdfium2")
    with LOCK:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as problem:
            if getattr(problem, "err_code", None) == _PASSWORD_NEEDED:
                return Extract(
                    state="encrypted",
                    note=_(
                        "PDF on suojattu salasanalla. Pyydä lähettäjältä salasana tai suojaamaton tiedosto."
                    ),
                )
            return Extract(
                state="unreadable",
                note=_("PDF on vioittunut eikä aukea. Pyydä lähettäjältä ehjä tiedosto; tämä on tallessa."),
            )
        try:
            return _read(document, limits)
        finally:
            document.close()


def _read(document: Any, limits: Limits) -> Extract:
    pdfium: Any = importlib.import_module("pypdfium2")
    count = len(document)
    if count == 0:
        return Extract(state="none", page_count=0, note=_("PDF-tiedostossa ei ole yhtään sivua."))
    pieces: list[str] = []
    length = damaged = 0
    for number in range(min(count, limits.pdf_pages)):
        try:
            page = document[number]
            words = page.get_textpage()
            piece = words.get_text_range()
            words.close()
            page.close()
        except pdfium.PdfiumError:
            damaged += 1
            continue
        pieces.append(_LINE_END_HYPHEN.sub("", piece))
        length += len(piece)
        if length > limits.text_characters:
            break
    text = "\n\n".join(pieces)
    if damaged == count:
        return Extract(
            state="unreadable",
            page_count=count,
            note=_("PDF:n sivut ovat vioittuneet. Pyydä lähettäjältä ehjä tiedosto; tämä on tallessa."),
        )
    if not text.strip():
        return Extract(
            state="none",
            page_count=count,
            note=_(
                "PDF on kuvana skannattu eikä siinä ole tekstiä. Lue se itse ja anna sille kuvaava nimeke."
            ),
        )
    warnings = [_("Osa PDF:n sivuista on vioittunut, eikä niiden tekstiä luettu.")] if damaged else []
    if count > limits.pdf_pages:
        warnings.append(_("PDF:stä luettiin {n} ensimmäisen sivun teksti.").format(n=limits.pdf_pages))
    return Extract(text=text, page_count=count, warnings=tuple(warnings))
