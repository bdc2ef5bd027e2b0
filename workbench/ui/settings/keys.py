"""Own shortcuts (omat pikanäppäimet): choose an action, press the keys. A conflict is told, never made."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem

from workbench.errors import UserError
from workbench.i18n import _
from workbench.ui.actions import ActionSpec, shortcut_text
from workbench.ui.fuzzy import score
from workbench.ui.settings.fields import Card, Field, button, line
from workbench.ui.shell import Ui
from workbench.ui.theme.icons import icon

_ALONE = {
    Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr,
    Qt.Key.Key_CapsLock, Qt.Key.Key_unknown,
}  # fmt: skip


class KeyField(QLineEdit):
    """Shows the keys pressed. Tab still walks on; Delete leaves the action without keys."""

    pressed = Signal(str)
    """The keys in portable form; "" when taken away."""
    problem = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setPlaceholderText(_("Paina uusia näppäimiä"))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # the keys are being chosen, not used
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if key in _ALONE:
            return
        if plain and key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape):
            event.ignore()
            return
        if plain and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.pressed.emit("")
            return
        keys = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
        function = Qt.Key.Key_F1 <= key <= Qt.Key.Key_F24
        if plain and not function:
            self.problem.emit(
                _("Pelkkä {keys} kirjoittaa tekstiä. Paina sen kanssa Ctrl- tai Alt-näppäintä.").format(
                    keys=keys
                )
            )
            return
        self.pressed.emit(keys)


class KeysCard(Card):
    """All actions with their keys, and a field to press new ones into."""

    def __init__(self, ui: Ui) -> None:
        super().__init__(
            _("Pikanäppäimet"), _("Valitse toiminto ja paina uudet näppäimet. Delete poistaa näppäimet.")
        )
        self._actions, self._settings = ui.actions, ui.settings
        self.filter = line(placeholder=_("Etsi toimintoa"))
        self.filter.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.filter.setAccessibleName(_("Etsi toimintoa"))
        self.filter.textChanged.connect(lambda _text: self.fill())
        self.list = QTreeWidget()
        self.list.setHeaderLabels([_("Toiminto"), _("Näppäimet")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setFixedHeight(236)
        self.list.setAccessibleName(_("Toiminnot ja näppäimet"))
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setStretchLastSection(False)
        self.list.setColumnWidth(1, 150)
        self.list.currentItemChanged.connect(lambda *_a: self._on_current())
        self.keys = KeyField()
        self.keys.pressed.connect(self.choose)
        self.field = Field(_("Uudet näppäimet"), self.keys)
        self.keys.problem.connect(self.field.error.show_error)
        self.list.itemActivated.connect(lambda *_a: self.keys.setFocus())
        self.restore = button(_("Palauta alkuperäiset näppäimet"), "undo")
        self.restore.clicked.connect(self._restore)
        self.add(self.filter)
        self.add(self.list)
        self.add(self.field)
        self.add_row(self.restore)
        self._actions.changed.connect(self.fill)
        self.fill()

    def current(self) -> str:
        """Id of the chosen action, or ""."""
        item = self.list.currentItem()
        return str(item.data(0, Qt.ItemDataRole.UserRole)) if item is not None else ""

    def fill(self) -> None:
        """Show the actions that match what is typed; the place is kept."""
        kept, typed = self.current(), self.filter.text().strip()
        self.list.blockSignals(True)
        self.list.clear()
        for spec in self._matching(typed):
            keys = ", ".join(shortcut_text(k) for k in (spec.shortcut, *spec.more_shortcuts) if k)
            item = QTreeWidgetItem([spec.text, keys or "–"])
            item.setData(0, Qt.ItemDataRole.UserRole, spec.id)
            item.setToolTip(0, spec.help)
            own = spec.id in self._actions.own_shortcuts()
            item.setToolTip(1, _("Omat näppäimet") if own else "")
            font = item.font(1)
            font.setBold(own)
            item.setFont(1, font)
            self.list.addTopLevelItem(item)
            if spec.id == kept:
                self.list.setCurrentItem(item)
        first = self.list.topLevelItem(0)
        if self.list.currentItem() is None and first is not None:
            self.list.setCurrentItem(first)
        self.list.blockSignals(False)
        self._on_current()

    def _matching(self, typed: str) -> list[ActionSpec]:
        """The best first when something is typed, else by group."""
        specs = sorted(self._actions.all(), key=lambda s: (s.group, s.text))
        if not typed:
            return specs
        scores = {s.id: score(typed, f"{s.text} {shortcut_text(s.shortcut)}") for s in specs}
        return sorted((s for s in specs if scores[s.id]), key=lambda s: -scores[s.id])

    def choose(self, keys: str) -> None:
        """Give the chosen action these keys."""
        id_ = self.current()
        if not id_:
            return
        try:
            self._actions.rebind(id_, keys)
        except UserError as error:
            self.field.error.show_error(str(error))
            return
        self._settings.set("shortcuts", self._actions.own_shortcuts())
        self._on_current()

    def _restore(self) -> None:
        if self.current():
            self.choose(self._actions.first_shortcut(self.current()))

    def _on_current(self) -> None:
        id_ = self.current()
        self.field.error.show_error("")
        self.keys.setEnabled(bool(id_))
        own = id_ in self._actions.own_shortcuts()
        self.restore.setEnabled(own)
        if id_:
            spec = self._actions.get(id_)
            self.keys.setText(shortcut_text(spec.shortcut))
            self.field.name.setText(_("Näppäimet: {action}").format(action=spec.text))
