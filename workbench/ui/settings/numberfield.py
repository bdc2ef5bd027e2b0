"""The number template (asiatunnuksen muoto) with an example that lives as one types."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from workbench.cases.numbers import check_template
from workbench.errors import UserError
from workbench.i18n import _
from workbench.ui.settings.fields import Field

_EXAMPLE_CLASS = "10.03.03"


class NumberEdit(QLineEdit):
    """A whole number from 1 on; ``value_changed(number)``. An empty field is 0, which nobody accepts."""

    value_changed = Signal(int)

    def __init__(self, value: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(str(value), parent)
        self.setValidator(QIntValidator(0, 999_999, self))
        self.textChanged.connect(lambda _text: self.value_changed.emit(self.value()))

    def value(self) -> int:
        """The number typed."""
        return int(self.text() or 0)

    def set_value(self, value: int) -> None:
        """Show a number."""
        self.setText(str(value))


class TemplateField(Field):
    """``example(n, year)`` of what is typed stands below the field."""

    def __init__(self, edit: QLineEdit, number: Callable[[], tuple[int, int]]) -> None:
        super().__init__(_("Asiatunnuksen muoto"), edit)
        self._text, self._number = edit.text, number
        edit.textChanged.connect(lambda _text: self.look())
        self.look()

    def look(self) -> None:
        """Show the example, or what is wrong."""
        try:
            template = check_template(self._text().strip())
        except UserError:
            self.set_hint(_("{{n}} on juokseva numero, {{class}} tehtäväluokka ja {{year}} vuosi.").format())
            return
        number, year = self._number()
        shown = (
            template.replace("{n}", str(number))
            .replace("{class}", _EXAMPLE_CLASS)
            .replace("{year}", str(year))
        )
        self.set_hint(_("Seuraava asia saisi tunnuksen {number}").format(number=shown))

    def check(self) -> str:
        """What is wrong, as a sentence; "" when the template can be used."""
        try:
            check_template(self._text().strip())
        except UserError as error:
            return str(error)
        return ""
