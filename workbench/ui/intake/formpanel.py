"""The right part of the page: the form with its buttons, or what became of an arrival already handled."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from workbench.i18n import _, ngettext
from workbench.ui.actions import ActionRegistry
from workbench.ui.intake.buttonbar import ButtonBar
from workbench.ui.intake.form import RegistrationForm
from workbench.ui.intake.loading import Bundle
from workbench.ui.intake.registration import FIELDS, UNDECIDED, Registration
from workbench.ui.theme.tokens import L, M, S
from workbench.ui.widgets.empty import EmptyState
from workbench.ui.widgets.text import glyph, label, rule


class FormPanel(QWidget):
    """``show_registration``, ``show_handled``, ``show_nothing``."""

    def __init__(self, form: RegistrationForm, actions: ActionRegistry) -> None:
        super().__init__()
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(320)
        self.form = form
        self.go = actions.button("arrivals.register", primary=True)
        self._mark = glyph("suggestion", "accent", 16)
        self.hint = label("", "small", wrap=True)
        back = actions.button("arrivals.take_back")
        destroy = actions.button("arrivals.destroy")
        see = actions.button("arrivals.show_case")
        self._deeds = ((back, "set_aside"), (destroy, "set_aside"), (see, "registered"))
        buttons = QWidget()
        both = QHBoxLayout(buttons)
        both.setContentsMargins(0, 0, 0, 0)
        both.addStretch(1)
        for button, _state in self._deeds:
            both.addWidget(button)
        both.addStretch(1)
        self.handled = EmptyState("", "", picture="register")
        handled = QWidget()
        column = QVBoxLayout(handled)
        column.addStretch(1)
        column.addWidget(self.handled)
        column.addWidget(buttons)
        column.addStretch(3)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._with_bar(actions))
        self._stack.addWidget(handled)
        self._stack.addWidget(QWidget())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.show_nothing()

    def show_registration(self, registration: Registration) -> None:
        """The form, and in a line what is left to look at."""
        self.form.show_registration(registration)
        self._stack.setCurrentIndex(0)
        self.look()

    def show_handled(self, bundle: Bundle, case_number: str = "") -> None:
        """An arrival that does not wait any more."""
        self.form.show_registration(None)
        aside = bundle.arrival.row.state == "set_aside"
        if aside:
            self.handled.set(_("Jätetty rekisteröimättä"), bundle.arrival.set_aside_why)
        else:
            words = _("Asiassa {number}.").format(number=case_number) if case_number else ""
            self.handled.set(_("Rekisteröity"), words)
        for button, state in self._deeds:
            button.setVisible(state == bundle.arrival.row.state)
        self._stack.setCurrentIndex(1)

    def show_nothing(self) -> None:
        """No arrival is in hand."""
        self.form.show_registration(None)
        self._stack.setCurrentIndex(2)

    def look(self) -> None:
        """Say anew what is left to look at."""
        r = self.form.registration
        if r is None:
            return
        doubtful = sum(r.is_doubtful(name) for name in FIELDS)
        if r.value("mode") == UNDECIDED:
            words, mark = _("Valitse ensin, mitä tälle tehdään."), "warning"
        elif doubtful:
            words = ngettext(
                "{n} kenttä kaipaa katsomista. Sarkain käy vain siinä.",
                "{n} kenttää kaipaa katsomista. Sarkain käy vain niissä.",
                doubtful,
            ).format(n=doubtful)
            mark = "unsure"
        else:
            words, mark = _("Ehdotus on valmis. Ctrl+Enter rekisteröi ja avaa seuraavan."), "ok"
        self.hint.setText(words)
        self._mark.show_glyph(mark, {"ok": "ok", "warning": "warning"}.get(mark, "waiting"))

    def _with_bar(self, actions: ActionRegistry) -> QWidget:
        made = QWidget()
        hint = QHBoxLayout()
        hint.setSpacing(S)
        hint.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        hint.addWidget(self.hint, 1)
        self.pass_on = actions.button("arrivals.pass_on")
        self.aside = actions.button("arrivals.set_aside")
        for button in (self.pass_on, self.aside):
            button.setProperty("quiet", True)
        bar = QVBoxLayout()
        bar.setContentsMargins(L, M, L, M)
        bar.setSpacing(S)
        bar.addLayout(hint)
        bar.addWidget(ButtonBar(self.go, (self.pass_on, self.aside)))
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.form, 1)
        layout.addWidget(rule())
        layout.addLayout(bar)
        return made

    def buttons(self) -> list[QPushButton]:
        """The buttons under the form."""
        return [self.go, self.pass_on, self.aside]
