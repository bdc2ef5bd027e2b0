"""Fields of a :class:`~workbench.ui.widgets.formpanel.FormPanel`, each with its label and its error."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from workbench.i18n import _
from workbench.ui.theme.tokens import ROW, XS
from workbench.ui.widgets.choicebox import ChoiceBox
from workbench.ui.widgets.datefield import DateField
from workbench.ui.widgets.errorlabel import ErrorLabel
from workbench.ui.widgets.growingline import GrowingLine
from workbench.ui.widgets.lineedit import LineEdit
from workbench.ui.widgets.momentfield import MomentField
from workbench.ui.widgets.searchselect import Choice, Provider, SearchSelect
from workbench.ui.widgets.shortbutton import ShortButton
from workbench.ui.widgets.text import label
from workbench.ui.widgets.tickline import TickLine


@dataclass(frozen=True)
class FormField:
    """One field. ``kind``: ``line``, ``title``, ``text``, ``day``, ``moment``, ``choice``, ``search``,
    ``check``, ``checklist``.

    ``need`` is the sentence shown when it is left empty, "" when it may be. ``suggestions`` are words to
    start from with one press.
    """

    name: str
    label: str
    kind: str = "line"
    need: str = ""
    value: Any = None
    choices: tuple[Choice, ...] = ()
    provider: Provider | None = None
    hint: str = ""
    suggestions: tuple[str, ...] = ()
    placeholder: str = ""


class FieldWidget(QWidget):
    """Label, the field itself, hint and error."""

    def __init__(self, field: FormField, editor: QWidget, *, heading: bool = True) -> None:
        super().__init__()
        self.editor = editor
        self.error = ErrorLabel(editor)
        editor.setAccessibleName(field.label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(XS)
        if heading:
            column.addWidget(label(field.label, "soft", wrap=True))
        for words in field.suggestions:
            chip = ShortButton(words)
            chip.clicked.connect(lambda _checked=False, words=words: self._take(words))
            column.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(editor)
        if field.hint:
            column.addWidget(label(field.hint, "small", wrap=True))
        column.addWidget(self.error)

    @abstractmethod
    def value(self) -> Any:
        """What is given."""

    @abstractmethod
    def set_value(self, value: Any) -> None:
        """Show a value."""

    def draft(self) -> Any:
        """What :meth:`set_value` takes to show the same again."""
        return self.value()

    def is_empty(self) -> bool:
        """Whether nothing is given."""
        return not self.value()

    def trouble(self) -> str:
        """Why what is given cannot be used, "" when it can."""
        return ""

    def focus(self) -> None:
        """Put the keyboard here."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, text: str) -> None:
        """Show a sentence under the field; "" takes it away."""
        self.error.show_error(text)

    def _take(self, words: str) -> None:
        self.set_value(words)
        self.focus()


class _Line(FieldWidget):
    def __init__(self, field: FormField) -> None:
        made = GrowingLine if field.kind == "title" else LineEdit
        self._line = made(str(field.value or ""))
        self._line.setPlaceholderText(field.placeholder)
        self._line.setCursorPosition(0)  # a long value is read from its beginning
        super().__init__(field, self._line)

    def value(self) -> str:
        return self._line.text().strip()

    def set_value(self, value: Any) -> None:
        self._line.setText(str(value or ""))


class _Text(FieldWidget):
    def __init__(self, field: FormField) -> None:
        self._text = QPlainTextEdit(str(field.value or ""))
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(96)
        super().__init__(field, self._text)

    def value(self) -> str:
        return self._text.toPlainText().strip()

    def set_value(self, value: Any) -> None:
        self._text.setPlainText(str(value or ""))


class _Day(FieldWidget):
    def __init__(self, field: FormField, today: Callable[[], date]) -> None:
        self._day = DateField(field.label, today)
        self._day.set_day(field.value)
        super().__init__(field, self._day)

    def value(self) -> date | None:
        return self._day.day()

    def set_value(self, value: Any) -> None:
        self._day.set_day(value)

    def trouble(self) -> str:
        return self._day.error.words.text() if self._day.day() is None and self._day.field.text() else ""


class _Moment(FieldWidget):
    def __init__(self, field: FormField, today: Callable[[], date]) -> None:
        self._moment = MomentField(field.label, today)
        self._moment.set_moment(field.value)
        super().__init__(field, self._moment)

    def value(self) -> datetime | None:
        return self._moment.moment()

    def set_value(self, value: Any) -> None:
        self._moment.set_moment(value)

    def trouble(self) -> str:
        typed = self._moment.day.field.text() or self._moment.time.text()
        if typed and self._moment.moment() is None:
            return _("Kirjoita päivä muodossa 31.12.2026 ja kellonaika muodossa 9.30.")
        return ""

    def focus(self) -> None:
        self._moment.day.field.setFocus(Qt.FocusReason.OtherFocusReason)


class _Choice(FieldWidget):
    def __init__(self, field: FormField) -> None:
        self._box = ChoiceBox(field.label, [(choice.id, choice.text) for choice in field.choices])
        super().__init__(field, self._box)
        self.set_value(field.value)

    def value(self) -> str:
        return self._box.chosen()

    def set_value(self, value: Any) -> None:
        self._box.setCurrentIndex(max(0, self._box.findData(value if value is not None else "")))


class _Search(FieldWidget):
    def __init__(self, field: FormField) -> None:
        assert field.provider is not None
        self._select = SearchSelect(field.provider, field.label)
        self._select.setPlaceholderText(field.placeholder or _("Kirjoita nimi tai tehtävä"))
        super().__init__(field, self._select)
        self._select.set_choice(field.value)
        self._select.problem.connect(self.show_error)

    def value(self) -> str:
        choice = self._select.choice()
        return choice.id if choice else ""

    def set_value(self, value: Any) -> None:
        self._select.set_choice(value)

    def draft(self) -> Any:
        return self._select.choice()

    def trouble(self) -> str:
        loose = self._select.text().strip() and self._select.choice() is None
        return _("Valitse luettelosta. Pelkkä kirjoitettu nimi ei riitä.") if loose else ""


class _Check(FieldWidget):
    def __init__(self, field: FormField) -> None:
        self._box = TickLine(field.label, bool(field.value))
        super().__init__(field, self._box, heading=False)

    def value(self) -> bool:
        return self._box.isChecked()

    def set_value(self, value: Any) -> None:
        self._box.setChecked(bool(value))

    def is_empty(self) -> bool:
        return False


class _Checklist(FieldWidget):
    """Several of many: Space ticks."""

    def __init__(self, field: FormField) -> None:
        self._list = _Ticks()
        self._list.setProperty("framed", True)
        ticked = set(field.value or ())
        for choice in field.choices:
            item = QListWidgetItem(choice.text)
            item.setData(Qt.ItemDataRole.UserRole, choice.id)
            item.setToolTip(choice.detail or choice.text)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = choice.id in ticked
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._list.setFixedHeight(min(6, max(2, len(field.choices))) * (ROW + 2) + 8)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleDescription(_("Välilyönti valitsee"))
        super().__init__(field, self._list)

    def _items(self) -> list[QListWidgetItem]:
        return [self._list.item(n) for n in range(self._list.count())]

    def value(self) -> tuple[str, ...]:
        return tuple(
            str(i.data(Qt.ItemDataRole.UserRole))
            for i in self._items()
            if i.checkState() == Qt.CheckState.Checked
        )

    def set_value(self, value: Any) -> None:
        for item in self._items():
            on = item.data(Qt.ItemDataRole.UserRole) in value
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)


class _Ticks(QListWidget):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentItem() is not None:
            item = self.currentItem()
            on = item.checkState() == Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
            event.ignore()  # the form's keys
        else:
            super().keyPressEvent(event)


_TIMES: dict[str, Callable[[FormField, Callable[[], date]], FieldWidget]] = {"day": _Day, "moment": _Moment}


def build_field(field: FormField, today: Callable[[], date]) -> FieldWidget:
    """The widget of a field."""
    if field.kind in _TIMES:
        return _TIMES[field.kind](field, today)
    kinds: dict[str, Callable[[FormField], FieldWidget]] = {
        "line": _Line,
        "title": _Line,
        "text": _Text,
        "choice": _Choice,
        "search": _Search,
        "check": _Check,
        "checklist": _Checklist,
    }
    return kinds[field.kind](field)
