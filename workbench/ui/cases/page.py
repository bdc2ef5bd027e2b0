"""The page Asiat: the list, and one case whole, which is made when the first case is opened. Escape in a case
leads back to where it was opened from."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget

from workbench.desk import Desk
from workbench.i18n import ngettext
from workbench.ui.cases.actions import SCOPE, install
from workbench.ui.cases.deeds import Deeds
from workbench.ui.cases.listing import CaseList
from workbench.ui.cases.words import case_link
from workbench.ui.papers.working_copy import Programs
from workbench.ui.shell import Ui
from workbench.ui.shell.pages import IMPORTING

if TYPE_CHECKING:
    from workbench.ui.cases.view import CaseView


class CasesPage(QStackedWidget):
    """Target ``("case_file", id)`` shows a case; without a target the list is shown."""

    def __init__(self, ui: Ui, desk: Desk, programs: Programs) -> None:
        super().__init__()
        self._ui, self._desk, self._programs = ui, desk, programs
        self._view: CaseView | None = None
        self._targeted = False
        self._municipality = desk.session.municipality
        gate = install(ui.actions)
        self.listing = CaseList(ui, desk, self)
        self.deeds = Deeds(ui, desk, self)
        self.addWidget(self.listing)
        self.listing.opened.connect(lambda id_: ui.go.open_object("case_file", id_))
        ui.tasks.store_changed.connect(self._on_changed)
        gate.page = self

    @property
    def view(self) -> CaseView:
        """One case whole."""
        if self._view is None:
            with IMPORTING:
                from workbench.ui.cases.view import CaseView

            self._view = CaseView(self._ui, self._desk, self._programs)
            self._view.loaded.connect(lambda _whole: self._ui.actions.refresh())
            self.addWidget(self._view)
        return self._view

    def shows_case(self) -> bool:
        """Whether one case is shown whole."""
        return self._view is not None and self.currentWidget() is self._view

    def show_target(self, target: Any) -> None:
        """Go to a case."""
        _kind, case_id = target
        self._targeted = True
        self.setCurrentWidget(self.view)
        self.view.show_id(case_id)
        self._ui.actions.refresh()

    def on_shown(self) -> None:
        """The page comes into view: a case when it was asked for, the list otherwise."""
        if not self._targeted:
            self.setCurrentWidget(self.listing)
            self.listing.shown()
            self._ui.actions.refresh()
        self._targeted = False

    def looked_at(self) -> tuple[str, str] | None:
        """The case in view, for whoever else may be at it."""
        whole = self.view.whole if self.shows_case() else None
        return ("case_file", whole.case.id) if whole is not None else None

    def is_editing(self) -> bool:
        """Whether the person is writing into the case."""
        return self.view.is_editing()

    def show_editor(self, _kind: str, case_id: str, name: str) -> None:
        """Tell who else edits the case."""
        if self.looked_at() == ("case_file", case_id):
            self.view.header.show_editor(name)

    def go_back(self) -> bool:
        """Escape: one step back within the page."""
        return self.view.go_back() if self.shows_case() else self.listing.go_back()

    def take_focus(self) -> bool:
        """The list, or where the case begins."""
        (self.view if self.shows_case() else self.listing).take_focus()
        return True

    def correct(self, action: str, case_id: str) -> None:
        """*Korjaa…* of a message: go to the case and open the correction once the case has been read."""
        self._ui.go.open_object("case_file", case_id)
        if self.view.whole is not None and self.view.whole.case.id == case_id:
            self._ui.actions.trigger(action)
            return

        def ready(whole: Any) -> None:
            if whole is not None:
                self.view.loaded.disconnect(ready)
                self._ui.actions.trigger(action)

        self.view.loaded.connect(ready)

    def copy(self, cases: Sequence[tuple[str, str]]) -> None:
        """Number and title on the clipboard, with a link."""
        lines = [f"{number} {title}".strip() for number, title in cases]
        if not lines:
            return
        links = [
            f'<a href="{escape(case_link(number))}">{escape(line)}</a>'
            for (number, _title), line in zip(cases, lines, strict=True)
        ]
        data = QMimeData()
        data.setText(
            "\n".join(f"{line}\n{case_link(number)}" for (number, _t), line in zip(cases, lines, strict=True))
        )
        data.setHtml("<br>".join(links))
        QGuiApplication.clipboard().setMimeData(data)
        words = ngettext(
            "Kopioitu asian tunnus ja otsikko", "Kopioitu {n} asian tunnus ja otsikko", len(lines)
        )
        self._ui.notify.say(words.format(n=len(lines)))

    def _on_changed(self, _changes: object, _initiator: object) -> None:
        if self._municipality != self._desk.session.municipality:
            self._municipality = self._desk.session.municipality
            if self.shows_case():  # the case belongs to the register one acted for before
                self._ui.go.open_page(SCOPE)
