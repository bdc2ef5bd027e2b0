"""Pictures of widgets: in light and dark, at 100 and 150 %, to look at and to compare.

The layout is that of 1280 × 800 logical pixels; the scale is the screen's density, as on a real display.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from workbench.ui.theme.manager import Theme

SIZE = QSize(1280, 800)


def picture(widget: QWidget, scale: float = 1.0, size: QSize = SIZE) -> QImage:
    """The widget as it would be on a screen of this density."""
    widget.resize(size)
    widget.show()
    widget.activateWindow()
    for child in widget.findChildren(QWidget):
        if child.underMouse():
            QApplication.sendEvent(child, QEvent(QEvent.Type.Leave))
            child.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    for _round in range(4):  # layouts, late queries' closures, then painting
        QApplication.processEvents()
    return compose(widget, scale)


def compose(widget: QWidget, scale: float) -> QImage:
    """A window as it is now, with the menus, lists and dialogs that lie over it."""
    size = widget.size()
    image = QImage(round(size.width() * scale), round(size.height() * scale), QImage.Format.Format_ARGB32)
    image.setDevicePixelRatio(scale)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    widget.render(painter, QPoint(0, 0))
    here = widget.mapToGlobal(QPoint(0, 0))
    for over in QApplication.topLevelWidgets():
        if over.isVisible() and over is not widget and over.windowType() != Qt.WindowType.ToolTip:
            # A window manager would put a dialog in the middle; offscreen there is none.
            middle = widget.rect().center() - over.rect().center()
            place = middle if isinstance(over, QDialog) else over.mapToGlobal(QPoint(0, 0)) - here
            over.render(painter, place)
            painter.setPen(Qt.GlobalColor.gray)
            painter.drawRect(over.rect().translated(place).adjusted(-1, -1, 0, 0))
    painter.end()
    return image


def shoot(
    name: str,
    widget: QWidget,
    theme: Theme,
    folder: Path,
    *,
    themes: Iterable[str] = ("light", "dark"),
    scales: Iterable[int] = (100, 150),
    size: QSize = SIZE,
) -> list[Path]:
    """Write ``name-light-100.png`` and so on; returns the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for choice in themes:
        theme.choose(choice)
        for percent in scales:
            path = folder / f"{name}-{choice}-{percent}.png"
            picture(widget, percent / 100, size).save(str(path))
            made.append(path)
    return made
