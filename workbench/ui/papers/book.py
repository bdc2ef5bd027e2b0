"""An opened PDF or image as numbered pages of known size, drawn to pictures off the window's thread.

PDFium is not safe for threads: every call holds the one lock that reading uses too. Nothing in a file is
ever run: PDFium is asked for pictures alone, no forms and no scripts.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QImageReader

from workbench.documents.reading.pdf import LOCK
from workbench.errors import UserError
from workbench.i18n import _

_PASSWORD_NEEDED = 4  # FPDF_ERR_PASSWORD
MOST_PIXELS = 24_000_000
"""Of one drawn page: a deeper zoom is drawn from this."""
_MOST_IMAGE_PIXELS = 400_000_000
_MOST_PAGES = 5_000


@dataclass(frozen=True)
class Size:
    """A page's size in logical pixels at 100 %."""

    width: float
    height: float


class Book(Protocol):
    """Pages to draw."""

    sizes: list[Size]

    def draw(self, number: int, width: int) -> QImage:
        """One page, ``width`` device pixels wide."""
        ...

    def close(self) -> None:
        """Let go of the memory."""
        ...


class PdfBook:
    """A PDF by PDFium."""

    def __init__(self, data: bytes) -> None:
        pdfium: Any = importlib.import_module("pypdfium2")
        self._error = pdfium.PdfiumError
        with LOCK:
            try:
                self._document = pdfium.PdfDocument(data)
                count = min(len(self._document), _MOST_PAGES)
                self.sizes = [self._size(number) for number in range(count)]
            except pdfium.PdfiumError as problem:
                if getattr(problem, "err_code", None) == _PASSWORD_NEEDED:
                    raise UserError(
                        _(
                            "PDF on suojattu salasanalla, joten sitä ei voi näyttää. "
                            "Pyydä lähettäjältä salasana tai suojaamaton tiedosto."
                        ),
                        code="encrypted",
                    ) from None
                raise UserError(
                    _("PDF on vioittunut eikä aukea. Pyydä lähettäjältä ehjä tiedosto; tämä on tallessa."),
                    code="damaged",
                ) from None  # fmt: skip
        if not self.sizes:
            raise UserError(_("PDF-tiedostossa ei ole yhtään sivua."), code="empty")

    def _size(self, number: int) -> Size:
        try:
            width, height = self._document.get_page_size(number)
        except self._error:  # a damaged page among whole ones keeps its place
            width, height = 595, 842
        return Size(max(1.0, width) * 96 / 72, max(1.0, height) * 96 / 72)

    def draw(self, number: int, width: int) -> QImage:
        size = self.sizes[number]
        scale = _bounded(size, width) / (size.width * 72 / 96)
        with LOCK:
            try:
                page = self._document[number]
                bitmap = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=True)
            except self._error:
                raise UserError(_("Sivu on vioittunut eikä sitä voi näyttää."), code="damaged") from None
            image = QImage(
                bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
            ).copy()
            bitmap.close()
            page.close()
        return image

    def close(self) -> None:
        with LOCK:
            self._document.close()


class ImageBook:
    """An image, or the images of one TIFF, by Qt's readers."""

    def __init__(self, data: bytes) -> None:
        self._data = QByteArray(data)
        with self._reader(0) as reader:
            size, readable = _turned_size(reader), reader.canRead()
            count = 1 if reader.supportsAnimation() else max(1, min(reader.imageCount(), _MOST_PAGES))
        if not readable or size.isEmpty():
            raise _damaged_image()
        if size.width() * size.height() > _MOST_IMAGE_PIXELS:
            raise UserError(
                _("Kuva on liian suuri näytettäväksi. Avaa se omassa ohjelmassaan."), code="large"
            )
        self.sizes = [Size(size.width(), size.height())]
        for number in range(1, count):
            with self._reader(number) as reader:
                page = _turned_size(reader)
            self.sizes.append(Size(max(1, page.width()), max(1, page.height())))

    @contextmanager
    def _reader(self, number: int) -> Iterator[QImageReader]:
        """A reader at one of the images; it lets go of its buffer before the buffer goes."""
        buffer = QBuffer()
        buffer.setData(self._data)
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        reader = QImageReader(buffer)
        reader.setAutoTransform(True)
        reader.setDecideFormatFromContent(True)
        if number:
            reader.jumpToImage(number)
        try:
            yield reader
        finally:
            reader.setDevice(None)  # type: ignore[arg-type] # Qt takes a null device
            buffer.close()

    def draw(self, number: int, width: int) -> QImage:
        size = self.sizes[number]
        width = _bounded(size, min(width, round(size.width)))
        with self._reader(number) as reader:
            if width < size.width:
                wanted = QSize(width, max(1, round(size.height * width / size.width)))
                reader.setScaledSize(wanted.transposed() if _is_turned(reader) else wanted)
            image = reader.read()
        if image.isNull():
            raise _damaged_image()
        return image

    def close(self) -> None:
        self._data = QByteArray()


def _is_turned(reader: QImageReader) -> bool:
    """Whether the photograph was taken sideways."""
    return bool(reader.transformation().value & 4)


def _turned_size(reader: QImageReader) -> QSize:
    size = reader.size()
    return size.transposed() if _is_turned(reader) else size


def _damaged_image() -> UserError:
    return UserError(
        _("Kuva on vioittunut eikä aukea. Pyydä lähettäjältä ehjä tiedosto; tämä on tallessa."),
        code="damaged",
    )


def _bounded(size: Size, width: int) -> int:
    """The width, less when the picture would have too many pixels."""
    height = width * size.height / size.width
    if width * height <= MOST_PIXELS:
        return max(1, width)
    return max(1, int((MOST_PIXELS * size.width / size.height) ** 0.5))


def open_book(look: str, data: bytes) -> Book:
    """The pages of a PDF (``pdf``) or of an image."""
    return PdfBook(data) if look == "pdf" else ImageBook(data)
