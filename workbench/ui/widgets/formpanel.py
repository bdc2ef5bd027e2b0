"""A small form beside the page: one deed, its fields, and what follows from it in words.

Labels stand above their fields, errors right under them. Ctrl+Enter does it, Escape leaves; what was typed
is handed out by :meth:`FormPanel.draft`, so that leaving loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from workbench.errors import UserError
from workbench.i18n import _
from workbench.ui.theme.tokens import L, M, S
from workbench.ui.widgets.errorlabel import ErrorLabel
from workbench.ui.widgets.formfield import FieldWidget, FormField, build_field
from workbench.ui.widgets.text import label, rule


class _Fitting(QScrollArea):
    """As tall as what is in it while there is room, then it scrolls."""

    def __init__(self, body: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setWidget(body)
        body.installEventFilter(self)

    def sizeHint(self) -> QSize:
        body = self.widget()
        layout = body.layout() if body is not None else None
        wide = self.width()
        tall = layout.totalHeightForWidth(wide) if layout is not None else 0
        return QSize(
            super().sizeHint().width(), max(tall, layout.totalMinimumSize().height() if layout else 0)
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 80)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # an error came or went
            self.updateGeometry()
        return super().eventFilter(watched, event)


class FormPanel(QFrame):
    """``submitted(values)`` when the fields pass; the owner answers with :meth:`fail` or takes it away."""

    submitted = Signal(dict)
    closed = Signal()

    def __init__(
        self,
        title: str,
        fields: Sequence[FormField],
        deed: str,
        *,
        today: Callable[[], date],
        consequence: str = "",
        danger: bool = False,
        draft: Mapping[str, Any] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        self.title = title
        self._fields = {field.name: field for field in fields}
        self.fields: dict[str, FieldWidget] = {}
        body = QWidget()
        column = QVBoxLayout(body)
        column.setSpacing(M)
        column.addWidget(label(title, "section", wrap=True))
        if consequence:
            column.addWidget(label(consequence, "soft", wrap=True))
        for field in fields:
            made = self.fields[field.name] = build_field(field, today)
            if draft and field.name in draft:
                made.set_value(draft[field.name])
            column.addWidget(made)
        self.error = ErrorLabel()
        column.addWidget(self.error)
        row = QHBoxLayout()
        row.setContentsMargins(L, S, L, M)
        row.setSpacing(S)
        self.go = QPushButton(deed)
        self.go.setProperty("danger" if danger else "primary", True)
        self.go.setToolTip(_("{deed} (Ctrl+Enter)").format(deed=deed))
        self.go.clicked.connect(self.submit)
        self.leave = QPushButton(_("Peruuta"))
        self.leave.setToolTip(_("Jätä kesken (Esc). Kirjoittamasi säilyy."))
        self.leave.clicked.connect(self.closed)
        row.addWidget(self.go)
        row.addWidget(self.leave)
        row.addStretch(1)
        column.setContentsMargins(L, L, L, S)
        self._area = _Fitting(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._area)
        edge = rule()
        self._area.verticalScrollBar().rangeChanged.connect(lambda _least, most: edge.setVisible(most > 0))
        edge.hide()
        layout.addWidget(edge)
        layout.addLayout(row)  # in sight whatever the fields are scrolled to
        layout.addStretch(1)

    def values(self) -> dict[str, Any]:
        """What the fields hold."""
        return {name: field.value() for name, field in self.fields.items()}

    def draft(self) -> dict[str, Any]:
        """Values to fill a later panel with."""
        return {name: field.draft() for name, field in self.fields.items()}

    def focus_first(self) -> None:
        """Put the keyboard on the first field that must be given and is not, else on the first of all."""
        for name, field in self.fields.items():
            if self._fields[name].need and field.is_empty():
                field.focus()
                return
        first = next(iter(self.fields.values()), None)
        first.focus() if first else self.go.setFocus()

    def submit(self) -> None:
        """Check what must be given, then tell ``submitted``."""
        self.error.show_error("")
        wrong: list[FieldWidget] = []
        for name, field in self.fields.items():
            why = field.trouble() or (self._fields[name].need if field.is_empty() else "")
            field.show_error(why)
            if why:
                wrong.append(field)
        if wrong:
            self._lead_to(wrong[0])
            return
        self.go.setEnabled(False)
        self.submitted.emit(self.values())

    def fail(self, error: Exception) -> None:
        """Show why it did not go through: at its field when the error names one."""
        self.go.setEnabled(True)
        if not isinstance(error, UserError):
            return  # the banner or the report of a bug tells it
        field = self.fields.get(error.field)
        if field is None:
            self.error.show_error(str(error))
            self._area.ensureWidgetVisible(self.error)
        else:
            field.show_error(str(error))
            self._lead_to(field)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif (
            event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.submit()
        else:
            super().keyPressEvent(event)

    def _lead_to(self, field: FieldWidget) -> None:
        self._area.ensureWidgetVisible(field)
        field.focus()
