"""Ristiriidat: what waits for the person's decision at the left, the chosen one whole at the right."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from workbench.clock import today
from workbench.desk import Desk
from workbench.errors import StaleEdit
from workbench.i18n import _, moment_text
from workbench.sync.conflicts import SetAside
from workbench.sync.deciding import DiscardWork, OfferAgain, ResolveConflict
from workbench.ui.actions import ActionSpec, Enabled
from workbench.ui.shell import Ui
from workbench.ui.sync.asideview import AsideView
from workbench.ui.sync.conflictview import ConflictView
from workbench.ui.sync.undecided import ShownConflict, Undecided, load_undecided
from workbench.ui.theme.tokens import L, M
from workbench.ui.widgets.cardcolumn import Card, CardList
from workbench.ui.widgets.empty import EmptyState
from workbench.ui.widgets.listdetail import ListDetail
from workbench.ui.widgets.text import PageHeader


class ConflictsPage(QWidget):
    """``show_target("c …" | "a …")`` opens one of them."""

    def __init__(self, ui: Ui, desk: Desk) -> None:
        super().__init__()
        self._ui, self._desk = ui, desk
        self._found = Undecided()
        self._view: ConflictView | AsideView | None = None
        self._wanted = ""
        self._takes_focus = False
        left = QWidget()
        left.setProperty("role", "surface")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.header = PageHeader(_("Ristiriidat"))
        head = QVBoxLayout()
        head.setContentsMargins(L, L, L, M)
        head.addWidget(self.header)
        self.list = CardList(_("Ristiriidat ja hyväksymättä jääneet muutokset"), keeps_choice=True)
        self.list.opened.connect(lambda _id: self._focus_view())
        self.list.currentItemChanged.connect(self._on_current)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        self._place = QWidget()
        self._place.setProperty("role", "surface")
        self._place.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._inside = QVBoxLayout(self._place)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self.empty = EmptyState(
            _("Mikään ei odota ratkaisua"),
            _(
                "Kun sinä ja joku toinen olette muuttaneet samaa tietoa, ristiriita tulee tähän ratkaistavaksi."
            ),
            picture="ok",
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(ListDetail("conflicts", left, self._place, ui.settings, share=0.3))
        self.stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self.stack.setCurrentWidget(self.empty)
        ui.actions.add(
            ActionSpec(
                "conflicts.resolve",
                _("Ratkaise"),
                "approve",
                _("Lähetä valintasi palvelimelle"),
                self._go_on,
                "Ctrl+Return",
                self._may_go_on,
                group=_("Ristiriidat"),
                scope="conflicts",
                more_shortcuts=("Ctrl+Enter",),
            )
        )
        ui.tasks.store_changed.connect(self._on_changed)

    def on_shown(self) -> None:
        """Look again whenever the page comes into view."""
        self._load()

    def show_target(self, target: Any) -> None:
        """Open one by its key."""
        self._wanted = str(target)

    def take_focus(self) -> bool:
        """The list, where there is one."""
        self._takes_focus = self.stack.currentWidget() is self.empty
        if not self._takes_focus:
            self.list.setFocus()
        return True

    def go_back(self) -> bool:
        """Escape: from the choices to the list."""
        if self._view is not None and self._view.isAncestorOf(self.focusWidget() or self):
            self.list.setFocus()
            return True
        return False

    # -- inside ------------------------------------------------------------------------------------------

    def _on_changed(self, _changes: object, _initiator: object) -> None:
        if self.isVisible():
            self._load()

    def _load(self) -> None:
        self._ui.tasks.run_query(self, "undecided", load_undecided, done=self._show)

    def _show(self, found: Undecided) -> None:
        if found == self._found and self._view is not None:
            return  # nothing moves under the cursor
        self._found = found
        cards = [_conflict_card(c) for c in found.conflicts] + [_aside_card(a) for a in found.aside]
        self.stack.setCurrentIndex(0 if cards else 1)
        blocked = self.list.blockSignals(True)
        row = self.list.currentRow()
        self.list.set_cards(cards)
        if self._wanted:
            self.list.set_current(self._wanted)
            self._wanted = ""
        if cards and self.list.currentRow() < 0:
            self.list.setCurrentRow(min(max(row, 0), len(cards) - 1))
        self.list.blockSignals(blocked)
        self._on_current(self.list.currentItem())
        if cards and self._takes_focus:  # it was opened before what it shows had been read
            self._takes_focus = False
            self.list.setFocus()

    def _on_current(self, item: QListWidgetItem | None, _before: object = None) -> None:
        key = self.list.id_of(item)
        made: ConflictView | AsideView | None = None
        for conflict in self._found.conflicts:
            if conflict.key == key:
                made = self._conflict_view(conflict)
        for aside in self._found.aside:
            if _aside_key(aside) == key:
                made = self._aside_view(aside)
        had_focus = self._view is not None and self._view.isAncestorOf(self.focusWidget() or self)
        if self._view is not None:
            self._view.hide()
            self._inside.removeWidget(self._view)
            self._view.deleteLater()
        self._view = made
        if made is not None:
            self._inside.addWidget(made)
            if had_focus:
                self.list.setFocus()

    def _focus_view(self) -> None:
        if self._view is not None:
            self._view.focus()

    def _may_go_on(self) -> Enabled:
        return self._view.may_go_on() if self._view is not None else _("Mikään ei odota ratkaisua.")

    def _go_on(self) -> None:
        if self._view is not None:
            self._view.go_on()

    def _conflict_view(self, shown: ShownConflict) -> ConflictView:
        made = ConflictView(shown, lambda: today(self._ui.clock))
        of = shown.of

        def resolve(choices: dict[str, dict[str, Any]]) -> None:
            self._command(made, ResolveConflict(kind=of.kind, row_id=of.row_id, choices=choices, rev=of.rev))

        def drop() -> None:
            if self._ui.dialogs.confirm(
                _("Hylätäänkö oma muutos?"),
                _("Nykyinen tieto jää voimaan. Oma muutoksesi jää vain tämän koneen tapahtumalokiin."),
                deed=_("Hylkää oma muutos"),
            ):
                resolve({"*": {"take": "theirs"}})

        made.resolve.connect(resolve)
        made.drop.connect(drop)
        made.keep.connect(
            partial(self._job, made, _("Tallennetaan muistiinpano"), self._desk.keep_as_note, of.group_id)
        )
        made.opened.connect(lambda: self._ui.go.open_object(*of.root))
        return made

    def _aside_view(self, aside: SetAside) -> AsideView:
        made = AsideView(aside)
        group_id = aside.group_id

        def drop() -> None:
            if self._ui.dialogs.confirm(
                _("Hylätäänkö muutos?"),
                _("Teksti poistetaan tältä koneelta. Tätä ei voi kumota."),
                deed=_("Hylkää"),
                danger=True,
            ):
                self._command(made, DiscardWork(group_id=group_id))

        made.again.connect(lambda: self._command(made, OfferAgain(group_id=group_id)))
        made.drop.connect(drop)
        made.keep.connect(
            partial(self._job, made, _("Tallennetaan muistiinpano"), self._desk.keep_as_note, group_id)
        )
        made.hand_over.connect(
            partial(self._job, made, _("Annetaan kirjaamolle"), self._desk.hand_over, group_id)
        )
        made.opened.connect(lambda: self._ui.go.open_object(*aside.root))
        return made

    def _command(self, view: ConflictView | AsideView, command: Any) -> None:
        view.setEnabled(False)

        def failed(error: Exception) -> None:
            view.setEnabled(True)
            if isinstance(error, StaleEdit):
                self._ui.notify.say(str(error), state="warning")
                self._load()
            else:
                view.error.show_error(str(error))

        self._ui.tasks.run_command(command, initiator=view, done=self._ui.notify.tell, failed=failed)

    def _job(self, view: ConflictView | AsideView, title: str, work: Any, group_id: str) -> None:
        view.setEnabled(False)

        def done(made: list[Any]) -> None:
            self._ui.notify.tell(made[0])
            for changes in made:
                self._ui.tasks.store_changed.emit(changes, None)

        def failed(error: Exception) -> None:
            view.setEnabled(True)
            view.error.show_error(str(error))

        self._ui.jobs.start(title, lambda _progress: work(group_id), done=done, failed=failed)


def _conflict_card(shown: ShownConflict) -> Card:
    of = shown.of
    fields = ", ".join(f.of.label for f in shown.clashing)
    line = " · ".join(part for part in (of.by, moment_text(of.at) if of.at else "", fields) if part)
    word = {"deleted": _("poistettu"), "locked": _("lukittu")}.get(of.why, _("ristiriita"))
    return Card(shown.key, of.title or of.did, line, "warning", word)


def _aside_card(aside: SetAside) -> Card:
    return Card(_aside_key(aside), aside.did, moment_text(aside.at), "stop", _("ei hyväksytty"))


def _aside_key(aside: SetAside) -> str:
    return f"a {aside.group_id}"
