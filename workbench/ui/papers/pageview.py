"""Pages one under another, drawn when they come into view: crisp at every zoom and screen.

Keys: Page Up and Page Down go by page, Home and End to the ends, Ctrl++, Ctrl+- and Ctrl+0 zoom.
"""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from workbench.i18n import _
from workbench.ui.papers.book import Size
from workbench.ui.papers.library import Library, Volume
from workbench.ui.theme.current import colours
from workbench.ui.theme.tokens import FOCUS, M

FIT = 0.0
STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
_GAP = M
_WIDEST_FIT = 1.6


class PageView(QAbstractScrollArea):
    """``show_volume(volume)``; ``zoom`` is a factor, or FIT for the view's width."""

    moved = Signal()
    """Another page is at the top, or the zoom has changed."""

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._volume: Volume | None = None
        self.zoom = FIT
        self._tops: list[int] = []
        self._scales: list[float] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Asiakirjan sivut"))
        self.setAccessibleDescription(
            _("Page Up ja Page Down vaihtavat sivua, Ctrl ja + tai − muuttavat kokoa")
        )
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        library.drawn.connect(self._on_drawn)

    def show_volume(self, volume: Volume | None) -> None:
        """Show an opened document from its beginning."""
        self._volume = volume if volume is not None and volume.book is not None else None
        if self._volume is not None and self._volume.paper.look == "image":
            self.zoom = FIT  # a photograph is first seen whole
        self._place()
        self.verticalScrollBar().setValue(0)
        self.viewport().update()
        self.moved.emit()

    def page_count(self) -> int:
        """How many pages."""
        return len(self._tops)

    def current(self) -> int:
        """Number of the page at the top, from 0."""
        at = self.verticalScrollBar().value() + self.viewport().height() // 3
        return max(0, min(bisect_right(self._tops, at) - 1, len(self._tops) - 1))

    def go_to(self, number: int) -> None:
        """Bring a page to the top."""
        if self._tops:
            number = max(0, min(number, len(self._tops) - 1))
            self.verticalScrollBar().setValue(self._tops[number] - _GAP)

    def step(self, by: int) -> None:
        """A page on or back; within a page taller than the view, a view on or back."""
        bar, before = self.verticalScrollBar(), self.verticalScrollBar().value()
        page = self.current()
        tall = self._volume is not None and self._height(page) > self.viewport().height() * 1.6
        if tall:
            bar.setValue(before + by * round(self.viewport().height() * 0.9))
        else:
            self.go_to(page + by)

    def factor(self) -> float:
        """The zoom in force on the page in view."""
        return self._scales[self.current()] if self._scales else 1.0

    def set_zoom(self, zoom: float) -> None:
        """Another zoom, keeping the place."""
        bar = self.verticalScrollBar()
        part = bar.value() / max(1, bar.maximum() + self.viewport().height())
        self.zoom = zoom
        self._place()
        bar.setValue(round(part * (bar.maximum() + self.viewport().height())))
        self.viewport().update()
        self.moved.emit()

    def zoom_by(self, direction: int) -> None:
        """The next step larger (1) or smaller (-1)."""
        now = self.factor()
        if direction > 0:
            self.set_zoom(next((s for s in STEPS if s > now + 0.01), STEPS[-1]))
        else:
            self.set_zoom(next((s for s in reversed(STEPS) if s < now - 0.01), STEPS[0]))

    def width_for(self, size: Size) -> int:
        """Device pixels of a page's width as it would be shown: for drawing ahead."""
        return round(size.width * self._scale(size) * self.devicePixelRatioF())

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_PageDown | Qt.Key.Key_Space:
                self.step(1)
            case Qt.Key.Key_PageUp:
                self.step(-1)
            case Qt.Key.Key_Home:
                self.go_to(0)
            case Qt.Key.Key_End:
                self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                by = 60 if event.key() == Qt.Key.Key_Down else -60
                self.verticalScrollBar().setValue(self.verticalScrollBar().value() + by)
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
        self.moved.emit()  # fitted to width, the size in force is another

    def focusInEvent(self, event: QEvent) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.viewport().update()

    def focusOutEvent(self, event: QEvent) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        c = colours()
        painter.fillRect(self.viewport().rect(), QColor(c.sunken))
        if self._volume is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            seen = self._in_sight()
            self._library.only(self._volume, range(seen.start, seen.stop + 1))
            for number in reversed(seen):  # the first page asked for last is drawn first
                self._paint_page(painter, number)
        if self.hasFocus():
            painter.setPen(QPen(QColor(c.focus), FOCUS))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def _paint_page(self, painter: QPainter, number: int) -> None:
        assert self._volume is not None
        size, scale, ratio = self._volume.sizes[number], self._scales[number], self.devicePixelRatioF()
        width, height = round(size.width * scale), self._height(number)
        left = max(_GAP, (self.viewport().width() - width) // 2) - self.horizontalScrollBar().value()
        top = self._tops[number] - self.verticalScrollBar().value()
        rect = QRect(left, top, width, height)
        painter.setPen(QPen(QColor(colours().line), 1))
        painter.fillRect(rect, QColor("#ffffff"))
        image = self._library.picture(self._volume, number, round(size.width * scale * ratio))
        if image is not None:
            painter.drawImage(QRectF(rect), image)
        painter.drawRect(rect.adjusted(-1, -1, 0, 0))

    def _in_sight(self) -> range:
        top = self.verticalScrollBar().value()
        first = max(0, bisect_right(self._tops, top) - 1)
        last = bisect_right(self._tops, top + self.viewport().height())
        return range(first, last)

    def _height(self, number: int) -> int:
        assert self._volume is not None
        return round(self._volume.sizes[number].height * self._scales[number])

    def _scale(self, size: Size) -> float:
        if self.zoom:
            return self.zoom
        room = max(80, self.viewport().width() - 2 * _GAP)
        most = _WIDEST_FIT if self._volume is None or self._volume.paper.look == "pdf" else 1.0
        return min(room / size.width, most)

    def _place(self) -> None:
        self._tops, self._scales = [], []
        y, widest = _GAP, 0.0
        for size in self._volume.sizes if self._volume else ():
            scale = self._scale(size)
            self._tops.append(y)
            self._scales.append(scale)
            y += round(size.height * scale) + _GAP
            widest = max(widest, size.width * scale)
        bar, across = self.verticalScrollBar(), self.horizontalScrollBar()
        bar.setRange(0, max(0, y - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(40)
        across.setRange(0, max(0, round(widest) + 2 * _GAP - self.viewport().width()))
        across.setPageStep(self.viewport().width())

    def _on_scrolled(self) -> None:
        self.viewport().update()
        self.moved.emit()

    def _on_drawn(self, sha256: str, _number: int) -> None:
        if self._volume is not None and self._volume.paper.sha256 == sha256:
            self.viewport().update()
