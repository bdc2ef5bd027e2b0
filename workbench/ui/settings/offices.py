"""Offices (toimialat): names to change, a row to add one. A code is made from the name and never changes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.ui.settings.fields import EnterLine, Field, button, line
from workbench.ui.theme.tokens import M, S
from workbench.ui.widgets.text import label

_ODD = re.compile(r"[^a-z0-9åäö]+")


def code_of(name: str, taken: Mapping[str, str]) -> str:
    """A code for a new office: its name's first word in small letters, made unique."""
    base = _ODD.sub("-", name.casefold()).strip("-").partition("-")[0][:20] or "toimiala"
    code, n = base, 2
    while code in taken or len(code) < 2:
        code, n = f"{base}-{n}", n + 1
    return code


class OfficesEditor(QWidget):
    """``named(code, name)`` when a name is given or changed; ``removed(code)`` where removal is offered."""

    named = Signal(str, str)
    removed = Signal(str)

    def __init__(self, *, removable: bool) -> None:
        super().__init__()
        self._removable = removable
        self._offices: dict[str, str] = {}
        self._may = True
        self.edits: dict[str, QLineEdit] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(S)
        self._body: QWidget | None = None
        self.new = EnterLine()
        self.new.setPlaceholderText(_("esim. Vapaa-aikatoimi"))
        self.new_field = Field(_("Uusi toimiala"), self.new)
        self.add_button = button(_("Lisää toimiala"), "add")
        self.add_button.clicked.connect(self._add)
        self.new.entered.connect(self._add)
        self.form = QWidget()
        form = QVBoxLayout(self.form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(S)
        form.addWidget(self.new_field)
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addStretch(1)
        form.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(M)
        column.addLayout(self._rows)
        column.addWidget(self.form)

    def offices(self) -> dict[str, str]:
        """Code → name, as the fields show them."""
        return {code: self.edits[code].text().strip() for code in self._offices}

    def set_offices(self, offices: Mapping[str, str]) -> None:
        """Show these; a field being edited keeps what is typed."""
        if dict(offices) == self._offices:
            return
        self._offices = dict(offices)
        if self._body is not None:
            self._body.hide()
            self._body.deleteLater()
        self._body = QWidget()
        grid = QGridLayout(self._body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(M)
        grid.setVerticalSpacing(S)
        grid.setColumnStretch(1, 1)
        self.edits = {}
        for n, (code, name) in enumerate(self._offices.items()):
            edit = line(name)
            edit.setAccessibleName(_("Toimialan {code} nimi").format(code=code))
            edit.setReadOnly(not self._may)
            edit.editingFinished.connect(lambda code=code: self._named(code))
            self.edits[code] = edit
            grid.addWidget(label(code, "soft"), n, 0)
            grid.addWidget(edit, n, 1)
            if self._removable:
                remove = button(_("Poista"), "delete", quiet=True)
                remove.setAccessibleName(_("Poista toimiala {name}").format(name=name))
                remove.clicked.connect(lambda _on=False, code=code: self.removed.emit(code))
                grid.addWidget(remove, n, 2)
        self._rows.addWidget(self._body)

    def set_changeable(self, may: bool) -> None:
        """Whether the person may change the offices."""
        self._may = may
        self.form.setVisible(may)
        for edit in self.edits.values():
            edit.setReadOnly(not may)

    def _named(self, code: str) -> None:
        name = self.edits[code].text().strip()
        if not name:
            self.edits[code].setText(self._offices[code])  # an office is never without a name
        elif name != self._offices[code]:
            self._offices[code] = name
            self.named.emit(code, name)

    def _add(self) -> None:
        name = self.new.text().strip()
        self.new_field.error.show_error("" if name else _("Kirjoita toimialan nimi."))
        if name:
            self.new.clear()
            self.named.emit(code_of(name, self._offices), name)
