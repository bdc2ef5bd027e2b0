"""The plain data of a case, edited in place and saved as one goes: only what changed is sent."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from workbench.cases.edit import EditCase
from workbench.cases.valuewords import CODES
from workbench.cases.whole import WholeCase
from workbench.clock import today
from workbench.errors import UserError
from workbench.i18n import _
from workbench.ui.cases.forms_parts import CASE_TYPE_CHOICES, channel_choices, code_choices
from workbench.ui.cases.words import is_over
from workbench.ui.models.form import FormState
from workbench.ui.shell import Ui
from workbench.ui.theme.tokens import CONTROL, L, S
from workbench.ui.widgets.choicebox import ChoiceBox
from workbench.ui.widgets.datefield import DateField
from workbench.ui.widgets.errorlabel import ErrorLabel
from workbench.ui.widgets.growingline import GrowingLine
from workbench.ui.widgets.savedmark import saved_mark
from workbench.ui.widgets.searchselect import Choice
from workbench.ui.widgets.text import SectionHeader, label

_PAUSE_MS = 700
NAMES = (
    "title", "public_title", "case_type", "office", "channel", "language", "due_on", "due_basis", "summary",
)  # fmt: skip


class DataForm(QWidget):
    """``show_case(whole)``; what is being typed is never written over by news from elsewhere."""

    def __init__(self, ui: Ui) -> None:
        super().__init__()
        self._ui = ui
        self._case_id = ""
        self._busy = False
        self.form = FormState(parent=self)
        self.errors: dict[str, ErrorLabel] = {}
        self.fields: dict[str, QWidget] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        head = SectionHeader(_("Asian tiedot"))
        head.add(saved_mark(self.form))
        column.addWidget(head)
        self.why = label("", "soft", wrap=True)
        column.addWidget(self.why)
        grid = QGridLayout()
        grid.setHorizontalSpacing(L)
        grid.setVerticalSpacing(S)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        self._build(grid)
        self.form.errors_changed.connect(self._show_errors)

    def _build(self, grid: QGridLayout) -> None:
        self._line(grid, "title", _("Otsikko"), grows=True)
        self._line(grid, "public_title", _("Julkinen otsikko"), _("Sama kuin otsikko"), grows=True)
        self._combo(grid, "case_type", _("Asian laji"), CASE_TYPE_CHOICES)
        self._combo(grid, "office", _("Toimiala"), ())
        self._combo(grid, "channel", _("Saapumistapa"), channel_choices())
        self._combo(grid, "language", _("Kieli"), code_choices(CODES["language"]))
        day = DateField(_("Määräaika"), lambda: today(self._ui.clock))
        day.changed.connect(lambda value: self._edit("due_on", value))
        self._row(grid, "due_on", _("Määräaika"), day)
        self._line(grid, "due_basis", _("Määräajan peruste"))
        text = QPlainTextEdit()
        text.setTabChangesFocus(True)
        text.setFixedHeight(88)
        text.textChanged.connect(lambda: self._edit("summary", text.toPlainText().strip() or None))
        self._row(grid, "summary", _("Kuvaus"), text)

    def show_case(self, whole: WholeCase) -> None:
        """Show a case; another case's unsaved words are saved first."""
        f = whole.fields
        values = {name: f[name] for name in NAMES}
        if f["id"] != self._case_id:
            self.save()
            self._case_id = f["id"]
            self.form.restart(values)
        self._take_offices(whole)
        self.form.news(values)
        for name in NAMES:
            self._show(name, self.form.value(name))
        why = "" if whole.rights["edit"].allowed else whole.rights["edit"].why
        if is_over(f):
            why = _("Asiaa ei käsitellä enää, joten tietoja ei voi muuttaa.")
        self.why.setText(why)
        self.why.setVisible(bool(why))
        for field in self.fields.values():
            field.setEnabled(not why)

    def save(self) -> None:
        """Send what changed."""
        self._timer.stop()
        if self._busy or not self.form.is_dirty() or not self._case_id:
            return
        self._busy = True
        command = EditCase(case_id=self._case_id, changes=self.form.saving())
        self._ui.tasks.run_command(command, initiator=self, done=self._saved, failed=self._failed)

    def _saved(self, _changes: Any) -> None:
        self._busy = False
        self.form.saved(self._ui.clock.now())
        if self.form.is_dirty():
            self._timer.start()

    def _failed(self, error: Exception) -> None:
        self._busy = False
        field = error.field if isinstance(error, UserError) else ""
        self.form.failed(str(error), field if field in self.fields else "title")

    def _edit(self, name: str, value: Any) -> None:
        self.form.edit(name, value)
        if self.form.is_dirty():
            self._timer.start()

    def _show_errors(self) -> None:
        for name, error in self.errors.items():
            error.show_error(self.form.error(name))

    def _take_offices(self, whole: WholeCase) -> None:
        combo = self.fields["office"]
        assert isinstance(combo, QComboBox)
        combo.blockSignals(True)
        combo.clear()
        for office in whole.offices:
            combo.addItem(office.name, office.code)
        combo.blockSignals(False)

    def _show(self, name: str, value: Any) -> None:
        field = self.fields[name]
        field.blockSignals(True)
        if isinstance(field, QLineEdit | GrowingLine):
            if field.text().strip() != (value or ""):
                field.setText(value or "")
                field.setCursorPosition(0)
        elif isinstance(field, QComboBox):
            field.setCurrentIndex(field.findData(value if value is not None else ""))
        elif isinstance(field, QPlainTextEdit):
            if field.toPlainText().strip() != (value or ""):
                field.setPlainText(value or "")
        elif isinstance(field, DateField) and field.day() != value:
            field.set_day(value)
        field.blockSignals(False)

    def _line(
        self, grid: QGridLayout, name: str, words: str, placeholder: str = "", *, grows: bool = False
    ) -> None:
        line = GrowingLine() if grows else QLineEdit()
        line.setPlaceholderText(placeholder)
        line.textEdited.connect(
            lambda text: self._edit(name, text.strip() or ("" if name == "title" else None))
        )
        line.editingFinished.connect(self.save)
        self._row(grid, name, words, line)

    def _combo(self, grid: QGridLayout, name: str, words: str, choices: tuple[Choice, ...]) -> None:
        combo = ChoiceBox(words, [(choice.id, choice.text) for choice in choices])
        combo.currentIndexChanged.connect(lambda _n: self._edit(name, combo.currentData() or None))
        self._row(grid, name, words, combo)

    def _row(self, grid: QGridLayout, name: str, words: str, field: QWidget) -> None:
        n = grid.rowCount()
        field.setAccessibleName(words)
        error = ErrorLabel(field)
        self.fields[name], self.errors[name] = field, error
        box = QVBoxLayout()
        box.setSpacing(0)
        box.addWidget(field)
        box.addWidget(error)
        name_label = label(words, "soft")
        name_label.setMinimumHeight(CONTROL)  # as its field, so that their words stand on one line
        grid.addWidget(name_label, n, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(box, n, 1)
