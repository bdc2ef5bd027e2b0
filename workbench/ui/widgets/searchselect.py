"""Choosing one of many by typing: a class, a person, a case. The choices come from a query, never a wait.

Invariant: what stands in the field is either the chosen thing or words on their way to one; leaving the
field with loose words keeps them in sight and says that nothing is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QCompleter, QLineEdit, QStyle, QStyleOptionFrame, QWidget

from workbench.i18n import _
from workbench.ui.theme.dress import dress
from workbench.ui.theme.icons import icon


@dataclass(frozen=True)
class Choice:
    """Something to choose: ``detail`` is a soft second part ("10.03.03", "kirjaamo")."""

    id: str
    text: str
    detail: str = ""


Give = Callable[[Sequence[Choice]], None]
Provider = Callable[[str, Give], None]
"""(typed, give): look for choices and hand them to ``give`` on the window's thread, now or later."""


class SearchSelect(QLineEdit):
    """A field with a list under it. ``chosen(Choice or None)``; ``problem(text)`` when words are loose."""

    chosen = Signal(object)
    problem = Signal(str)

    def __init__(self, provider: Provider, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(_("Kirjoita nimi tai numero"))
        self.addAction(icon("down"), QLineEdit.ActionPosition.TrailingPosition).triggered.connect(self._ask)
        self._provider, self._current = provider, None
        self._asked = 0
        self._choices: dict[str, Choice] = {}
        self._model = QStandardItemModel(self)
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(10)
        popup = completer.popup()
        assert popup is not None
        self._popup = popup
        dress(popup)  # a window of its own, without a parent
        completer.activated[QModelIndex].connect(self._pick)  # type: ignore[index] # overloaded signal
        self.setCompleter(completer)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(80)
        self._timer.timeout.connect(self._ask)
        self.textEdited.connect(self._on_edited)

    _current: Choice | None

    def choice(self) -> Choice | None:
        """What is chosen."""
        return self._current

    def set_choice(self, choice: Choice | None) -> None:
        """Show a choice without telling anyone."""
        self._current = choice
        self.setText(choice.text if choice else "")
        self.setCursorPosition(0)  # a long name is read from its beginning
        self.setToolTip("\n".join(filter(None, (choice.text, choice.detail))) if choice else "")
        self.problem.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self._popup
        if event.key() == Qt.Key.Key_Down and not popup.isVisible():
            self._ask()
            return
        if (
            event.key() == Qt.Key.Key_Escape
            and self._current is not None
            and self.text() != self._current.text
        ):
            self.set_choice(self._current)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self._shown()
        if shown == self.text():
            super().paintEvent(event)
            return
        painter, option = QPainter(self), QStyleOptionFrame()
        self.initStyleOption(option)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        painter.drawText(self._room(), Qt.AlignmentFlag.AlignVCenter, shown)

    def _room(self) -> QRect:
        """Where the words stand."""
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        inside = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        mark = self.height() - 2  # the arrow's room, as Qt counts it for a trailing action
        return inside.adjusted(2, 0, -mark, 0)

    def _shown(self) -> str:
        """The words, shortened with "…" while they are not being edited and have no room."""
        if self.hasFocus():
            return self.text()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self._room().width())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.PopupFocusReason:
            return
        loose = bool(self.text().strip()) and self._current is None
        self.problem.emit(_("Valitse luettelosta. Pelkkä kirjoitettu nimi ei riitä.") if loose else "")

    def _on_edited(self, text: str) -> None:
        if self._current is not None and text != self._current.text:
            self._current = None
            self.chosen.emit(None)
        self._timer.start()

    def _ask(self) -> None:
        self._asked += 1
        number = self._asked
        typed = "" if self._current is not None else self.text().strip()
        self._provider(typed, lambda choices: self._show(number, choices))

    def _show(self, number: int, choices: Sequence[Choice]) -> None:
        if number != self._asked:
            return
        self._model.clear()
        self._choices = {choice.id: choice for choice in choices}
        for choice in choices:
            words = f"{choice.text}   {choice.detail}" if choice.detail else choice.text
            item = QStandardItem(words)
            item.setData(choice.id, Qt.ItemDataRole.UserRole)
            self._model.appendRow(item)
        if not choices:
            item = QStandardItem(_("Ei osumia"))
            item.setEnabled(False)
            self._model.appendRow(item)
        if self.hasFocus():
            self.completer().complete()

    def _pick(self, index: QModelIndex) -> None:
        choice = self._choices.get(index.data(Qt.ItemDataRole.UserRole))
        if choice is None:
            return
        # The completer writes the row's words after this signal; ours must come last.
        QTimer.singleShot(0, self, lambda: self.set_choice(choice))
        self._current = choice
        self.chosen.emit(choice)
