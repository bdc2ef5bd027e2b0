"""Finds what is cut on a screen: words that have no room, pills without their words, sideways scroll bars.

A place that shortens its words by design says so with the property ``shortens`` and shows the whole in its
tooltip; a cell of a list may shorten when its tooltip has the whole. Nothing else may.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QTabBar,
    QWidget,
)

from workbench.ui.theme.fonts import sized
from workbench.ui.theme.tokens import SECONDARY
from workbench.ui.widgets.pill import Pill

_SLACK = 1
_HEADER_PADDING = 16
_CELLS_LOOKED_AT = 200


def find_clipped(window: QWidget) -> list[str]:
    """A line for each fault in what the window shows, scrolled out of view or not."""
    found: list[str] = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisibleTo(window) or widget.width() <= 0:
            continue
        for fault in _faults(widget):
            found.append(f"{_place(widget, window)}: {fault}")
    return found


def _faults(widget: QWidget) -> Iterator[str]:
    for kind, look in _LOOKS:
        if isinstance(widget, kind):
            yield from look(widget)
            return


def _pill(widget: Pill) -> Iterator[str]:
    if _small(widget):
        yield f"pill “{widget.accessibleName()}” {_sizes(widget)}"


def _bar(widget: QScrollBar) -> Iterator[str]:
    sideways = widget.orientation() == Qt.Orientation.Horizontal
    if sideways and widget.maximum() > widget.minimum() and not _is_paper(widget):
        yield f"scrolls sideways by {widget.maximum()} px"


def _area(widget: QScrollArea) -> Iterator[str]:
    inside = widget.widget()
    if inside is not None and inside.width() > widget.viewport().width() + _SLACK:
        yield f"content is {inside.width()} px wide in {widget.viewport().width()} px"


def _label(widget: QLabel) -> Iterator[str]:
    text = widget.text()
    if not text:
        return
    if widget.property("shortens"):
        if _small(widget) and not widget.toolTip():
            yield f"“{text}” is shortened and has no tooltip"
        return
    if widget.wordWrap():
        needed = widget.heightForWidth(widget.width())
        if widget.height() < needed - _SLACK:
            yield f"“{text}” is {widget.height()} px high, needs {needed}"
        if widget.width() < widget.minimumSizeHint().width() - _SLACK:
            yield f"a word of “{text}” is cut: {_sizes(widget)}"
    elif _small(widget):
        yield f"“{text}” {_sizes(widget)}"
    yield from _outside(widget, text)


def _button(widget: QAbstractButton) -> Iterator[str]:
    text = widget.text()
    if not text or widget.objectName().startswith("qt_"):
        return
    if widget.property("shortens"):
        if not widget.toolTip():
            yield f"button “{text}” shortens and has no tooltip"
        return
    if _small(widget):
        yield f"button “{text}” {_sizes(widget)}"
    yield from _outside(widget, text)


def _combo(widget: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    widget.initStyleOption(option)
    control = QStyle.SubControl.SC_ComboBoxEditField
    room = widget.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, control, widget).width()
    needed = widget.fontMetrics().horizontalAdvance(widget.currentText())
    if needed > room + _SLACK and not widget.property("shortens"):
        yield f"choice “{widget.currentText()}” has {room} px, needs {needed}, and no tooltip has it"


def _line(widget: QLineEdit) -> Iterator[str]:
    if widget.hasFocus() or widget.objectName().startswith("qt_"):
        return
    option = QStyleOptionFrame()
    widget.initStyleOption(option)
    inside = widget.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, widget)
    margins = widget.textMargins()
    room = inside.width() - margins.left() - margins.right() - 4
    text = widget.text() or widget.placeholderText()
    needed = widget.fontMetrics().horizontalAdvance(text)
    whole = text in widget.toolTip() or (bool(widget.text()) and bool(widget.property("shortens")))
    if widget.echoMode() == QLineEdit.EchoMode.Normal and needed > room + _SLACK and not whole:
        kind = "text" if widget.text() else "placeholder"
        yield f"{kind} “{text}” has {room} px, needs {needed}, and no tooltip has it"


def _text(widget: QPlainTextEdit) -> Iterator[str]:
    words = widget.placeholderText()
    if not words or widget.toPlainText():
        return
    margin = 2 * round(widget.document().documentMargin())
    box = QRect(0, 0, widget.viewport().width() - margin, 10_000)
    needed = widget.fontMetrics().boundingRect(box, Qt.TextFlag.TextWordWrap, words).height()
    if needed > widget.viewport().height():
        yield f"placeholder “{words}” is cut"


def _tabs(widget: QTabBar) -> Iterator[str]:
    for n in range(widget.count()):
        needed = widget.fontMetrics().horizontalAdvance(widget.tabText(n))
        if widget.tabRect(n).width() < needed and not widget.tabToolTip(n):
            yield f"tab “{widget.tabText(n)}” is cut"
    last = widget.tabRect(widget.count() - 1) if widget.count() else QRect()
    if last.right() > widget.width() + _SLACK and not widget.usesScrollButtons():
        yield "tabs go out of the bar"


def _header(widget: QHeaderView) -> Iterator[str]:
    model = widget.model()
    if model is None or widget.orientation() != Qt.Orientation.Horizontal:
        return
    for n in range(widget.count()):
        if widget.isSectionHidden(n):
            continue
        text = str(model.headerData(n, Qt.Orientation.Horizontal) or "")
        metrics = QFontMetrics(
            sized(widget.font(), SECONDARY, QFont.Weight.DemiBold)
        )  # as the style sheet has it
        needed = metrics.horizontalAdvance(text) + _HEADER_PADDING
        if widget.sectionSize(n) < needed - _SLACK:
            yield f"heading “{text}” has {widget.sectionSize(n)} px, needs {needed}"


def _cells(widget: QAbstractItemView) -> Iterator[str]:
    """A cell that has no room for its words must have them in its tooltip."""
    model = widget.model()
    if model is None or widget.property("wraps"):
        return
    rows = min(model.rowCount(), _CELLS_LOOKED_AT)
    for row in range(rows):
        for column in range(1 if isinstance(widget, QListView) else model.columnCount()):
            index = model.index(row, column)
            text = str(index.data() or "")
            rect = widget.visualRect(index)
            if not text or not rect.width() or not rect.intersects(widget.viewport().rect()):
                continue
            needed = widget.fontMetrics().horizontalAdvance(text)
            if needed > rect.width() and not str(index.data(Qt.ItemDataRole.ToolTipRole) or ""):
                yield f"cell “{text}” has {rect.width()} px, needs {needed}, and no tooltip"
            if rect.height() < widget.fontMetrics().height():
                yield f"row “{text}” is {rect.height()} px high"


def _outside(widget: QWidget, text: str) -> Iterator[str]:
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or isinstance(parent.parentWidget(), QScrollArea):
        return
    inside = parent.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK)
    if not inside.contains(widget.geometry()):
        yield f"“{text}” goes outside {type(parent).__name__}: {widget.geometry()} in {parent.rect()}"


def _small(widget: QWidget) -> bool:
    hint = widget.sizeHint() if not isinstance(widget, QAbstractButton) else widget.minimumSizeHint()
    return widget.width() < hint.width() - _SLACK or widget.height() < hint.height() - _SLACK


def _sizes(widget: QWidget) -> str:
    hint = widget.sizeHint()
    return f"{widget.width()}×{widget.height()}, needs {hint.width()}×{hint.height()}"


def _is_paper(widget: QWidget) -> bool:
    """Inside a document shown as a page: a zoomed page may be wider than its room."""
    at: QWidget | None = widget
    while at is not None:
        if at.property("paper") or type(at).__name__ in {"PageView", "TextView"}:
            return True
        at = at.parentWidget()
    return False


def _place(widget: QWidget, window: QWidget) -> str:
    """Where it is: names up the tree."""
    names: list[str] = []
    at: QWidget | None = widget
    while at is not None and at is not window and len(names) < 4:
        name = at.objectName() or type(at).__name__
        if name not in {"QWidget", "qt_scrollarea_viewport", "QStackedWidget"}:
            names.append(name)
        at = at.parentWidget()
    return " < ".join(names) or type(widget).__name__


_LOOKS: tuple[tuple[type[QWidget], Callable[[Any], Iterator[str]]], ...] = (
    (Pill, _pill),
    (QScrollBar, _bar),
    (QScrollArea, _area),
    (QLabel, _label),
    (QAbstractButton, _button),
    (QComboBox, _combo),
    (QLineEdit, _line),
    (QPlainTextEdit, _text),
    (QTabBar, _tabs),
    (QHeaderView, _header),
    (QAbstractItemView, _cells),
)
