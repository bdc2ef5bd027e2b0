"""One field that two people changed: mine, base and theirs beside each other, and whose value stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import ceil
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from workbench.i18n import _
from workbench.sync.conflicts import WHOLE
from workbench.sync.differing import Piece, differences, proposal
from workbench.ui.sync.marked import MarkedText
from workbench.ui.sync.undecided import ShownField
from workbench.ui.theme.tokens import FOCUS, XS, L, M, S
from workbench.ui.widgets.datefield import DateField
from workbench.ui.widgets.text import label, rule

_LEAST_LINES, _MOST_LINES = 2, 12


class FieldChoice(QFrame):
    """``choice()`` is what was chosen, as the command takes it, or None. ``why``: changed | locked | deleted."""

    changed = Signal()

    def __init__(
        self,
        field: ShownField,
        theirs: str,
        why: str,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        self.setProperty("role", "card")
        self._today = today
        self._editor: QPlainTextEdit | DateField | None = None
        self._hint = label("", "small", wrap=True)
        self._hint.hide()
        self.group = QButtonGroup(self)
        whole = field.of.name == WHOLE
        self.mine = self._radio(_("Poista silti") if whole else _("Oma jää voimaan"), "mine")
        self.edit = self._radio(_("Muokkaa…"), "edit")
        self.theirs = self._radio(_("Säilytä") if whole else _("Nykyinen jää voimaan"), "theirs")
        self.mine.setEnabled(why == "changed")
        self.edit.setVisible(bool(field.edit))
        grid = QGridLayout()
        grid.setHorizontalSpacing(L)
        grid.setVerticalSpacing(S)
        heads = (_("Oma"), _("Alkuperäinen"), theirs)
        texts = (
            (differences(field.base, field.mine), "waiting"),
            ((Piece(field.base, False),), ""),
            (differences(field.base, field.theirs), "warning"),
        )
        for n, (head, (pieces, state), radio) in enumerate(
            zip(heads, texts, (self.mine, self.edit, self.theirs), strict=True)
        ):
            grid.setColumnStretch(n, 1)
            grid.setColumnMinimumWidth(n, 120)
            grid.addWidget(label(head, "group", wrap=True), 0, n)
            text = MarkedText(f"{field.of.label}: {head}")
            text.set_pieces(pieces, state)
            grid.addWidget(text, 1, n, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(radio, 2, n, Qt.AlignmentFlag.AlignTop)
        self._below = QVBoxLayout()
        self._below.setSpacing(XS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(L, M, L, M)
        layout.setSpacing(M)
        if not whole:
            layout.addWidget(label(field.of.label, "strong"))
            layout.addWidget(rule())
        layout.addLayout(grid)
        layout.addWidget(self._hint)
        layout.addLayout(self._below)
        if why != "changed":
            self.theirs.setChecked(True)
        self.group.buttonToggled.connect(self._on_toggled)

    def choice(self) -> dict[str, Any] | None:
        """``{"take": …}``, or None while nothing has been chosen."""
        if self.mine.isChecked():
            return {"take": "mine"}
        if self.theirs.isChecked():
            return {"take": "theirs"}
        if not self.edit.isChecked():
            return None
        if isinstance(self._editor, DateField):
            day = self._editor.day()
            return {"take": "edit", "value": day.isoformat() if day else None}
        text = self._editor.toPlainText() if self._editor is not None else ""
        return {"take": "edit", "value": text or None}

    # -- inside ------------------------------------------------------------------------------------------

    def _radio(self, words: str, name: str) -> QRadioButton:
        made = QRadioButton(words)
        made.setAccessibleName(f"{self.field.of.label}: {words}")
        made.setObjectName(name)
        self.group.addButton(made)
        return made

    def _on_toggled(self, button: object, on: bool) -> None:
        if not on:
            return
        editing = button is self.edit
        if editing and self._editor is None:
            self._make_editor()
        if self._editor is not None:
            self._editor.setVisible(editing)
            self._hint.setVisible(editing and bool(self._hint.text()))
            if editing:
                self._editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _make_editor(self) -> None:
        f = self.field
        name = _("{field}: muokattu").format(field=f.of.label)
        if f.edit == "day":
            day = DateField(name, self._today)
            mine = f.of.mine
            day.set_day(date.fromisoformat(mine) if isinstance(mine, str) else None)
            day.changed.connect(lambda _day: self.changed.emit())
            self._editor = day
        else:
            found = proposal(str(f.of.base or ""), str(f.of.mine or ""), str(f.of.theirs or ""))
            self._hint.setText(
                _("Ehdotuksessa on molempien muutokset. Lue ja korjaa.")
                if found.clean
                else _("Muutokset osuvat samaan kohtaan: siinä on ensin oma, sitten nykyinen. Lue ja korjaa.")
            )
            text = QPlainTextEdit(found.text)
            text.setAccessibleName(name)
            text.setTabChangesFocus(True)
            text.document().documentLayout().documentSizeChanged.connect(lambda _size: _fit(text))
            _fit(text)
            text.moveCursor(QTextCursor.MoveOperation.End)
            text.textChanged.connect(self.changed)
            self._editor = text
        self._below.addWidget(self._editor)


def _fit(text: QPlainTextEdit) -> None:
    """As tall as what is written, within reason."""
    lines = min(
        _MOST_LINES, max(_LEAST_LINES, ceil(text.document().documentLayout().documentSize().height()))
    )
    margins = 2 * (FOCUS + XS) + 2 * ceil(text.document().documentMargin())
    text.setFixedHeight(ceil(lines * text.fontMetrics().lineSpacing()) + margins)
