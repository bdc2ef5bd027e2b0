"""Actions are data: what a person can do, said once. Menus, buttons, shortcuts, the command palette and the
shortcut sheet are made from it, and a command that cannot be used says why.

A shortcut of a disabled action is not silent: the reason is told through ``refused``. Enabledness is asked
at the moment of acting, so a stale look never runs a wrong command.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QMenu, QPushButton, QToolButton, QWidget

from workbench.errors import UserError
from workbench.i18n import _
from workbench.ui.theme.icons import icon

Enabled = Literal[True] | str
"""True, or a Finnish sentence that says why not."""


def always() -> Enabled:
    """Never disabled."""
    return True


@dataclass(frozen=True)
class ActionSpec:
    """One thing a person can do. Texts are in the language in use; ``scope`` is the page, "" everywhere."""

    id: str
    text: str
    icon: str
    help: str
    run: Callable[[], None]
    shortcut: str = ""
    enabled: Callable[[], Enabled] = always
    group: str = ""
    words: tuple[str, ...] = ()
    scope: str = ""
    more_shortcuts: tuple[str, ...] = field(default=())


@cache
def _portable(shortcut: str) -> str:
    """Qt's own name of the keys, the same however they were written."""
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.PortableText)


def shortcut_text(shortcut: str) -> str:
    """A shortcut as it stands on the keys: "Ctrl+Enter"."""
    # Portable names are those printed on a Finnish keyboard; Qt's translations spell arrows out.
    shown = _portable(shortcut)
    return shown.replace("Return", "Enter").replace("Left", "←").replace("Right", "→")


class ActionRegistry(QObject):
    """All actions of the window and of its pages."""

    refused = Signal(str)
    """An action was asked for that cannot be used now; the reason."""
    ran = Signal(str)
    changed = Signal()

    def __init__(
        self, parent: QObject | None = None, *, own_shortcuts: Mapping[str, str] | None = None
    ) -> None:
        """``own_shortcuts``: action id → keys the person has chosen (setting ``shortcuts``)."""
        super().__init__(parent)
        self._own = dict(own_shortcuts or {})
        self._specs: dict[str, ActionSpec] = {}
        self._first: dict[str, str] = {}
        self._shortcuts: dict[str, list[QShortcut]] = {}
        self._window: QWidget | None = None
        self._scope = ""
        self._shown: list[tuple[str, QAction | QAbstractButton]] = []

    def attach(self, window: QWidget) -> None:
        """Give shortcuts a window to listen in."""
        self._window = window
        for spec in self._specs.values():
            self._listen(spec)

    def add(self, *specs: ActionSpec) -> None:
        """Register actions. A second id, or a shortcut already taken in the same scope, is a bug."""
        for spec in specs:
            self._first[spec.id] = spec.shortcut
            if spec.id in self._own and self.by_shortcut(self._own[spec.id], spec.scope) is None:
                spec = replace(spec, shortcut=self._own[spec.id])
            if spec.id in self._specs:
                raise ValueError(f"action {spec.id} is registered twice")
            for shortcut in (spec.shortcut, *spec.more_shortcuts):
                taken = self.by_shortcut(shortcut, spec.scope) if shortcut else None
                if taken is not None and taken.id in self._own:
                    spec = replace(spec, shortcut="")  # the person's own choice goes first
                elif taken is not None:
                    raise ValueError(f"{shortcut} of {spec.id} is taken by {taken.id}")
            self._specs[spec.id] = spec
            self._listen(spec)
        self.changed.emit()

    def rebind(self, id_: str, shortcut: str) -> None:
        """Give an action other keys at once; "" leaves it without. :class:`UserError` tells who has them."""
        spec = self._specs[id_]
        taken = self.by_shortcut(shortcut, spec.scope) if shortcut else None
        if taken is not None and taken.id != id_:
            raise UserError(
                _("{keys} on jo toiminnolla {name}. Valitse muut näppäimet tai vapauta ne ensin.").format(
                    keys=shortcut_text(shortcut), name=taken.text
                ),
                field="shortcut",
            )
        for old in self._shortcuts.pop(id_, []):
            old.setEnabled(False)
            old.deleteLater()
        if shortcut == self._first[id_]:
            self._own.pop(id_, None)
        else:
            self._own[id_] = shortcut
        self._specs[id_] = replace(spec, shortcut=shortcut)
        self._listen(self._specs[id_])
        self.refresh()
        self.changed.emit()

    def first_shortcut(self, id_: str) -> str:
        """The keys an action has when nobody has chosen others."""
        return self._first[id_]

    def own_shortcuts(self) -> dict[str, str]:
        """Action id → keys the person has chosen."""
        return dict(self._own)

    def remove(self, *ids: str) -> None:
        """Forget actions (a page that goes away)."""
        for id_ in ids:
            self._specs.pop(id_, None)
            for shortcut in self._shortcuts.pop(id_, []):
                shortcut.setEnabled(False)
                shortcut.deleteLater()
        self.changed.emit()

    def set_scope(self, scope: str) -> None:
        """The page in view: its actions and shortcuts work, other pages' rest."""
        self._scope = scope
        for id_, shortcuts in self._shortcuts.items():
            spec = self._specs[id_]
            for shortcut in shortcuts:
                shortcut.setEnabled(spec.scope in {"", scope})
        self.changed.emit()

    def all(self) -> list[ActionSpec]:
        """Every action, in the order registered."""
        return list(self._specs.values())

    def usable(self) -> list[ActionSpec]:
        """Actions of the window and of the page in view."""
        return [spec for spec in self._specs.values() if spec.scope in {"", self._scope}]

    def get(self, id_: str) -> ActionSpec:
        """The action of an id."""
        return self._specs[id_]

    def by_shortcut(self, shortcut: str, scope: str) -> ActionSpec | None:
        """Who has a shortcut within a page (its own actions and the window's)."""
        wanted = _portable(shortcut)
        for spec in self._specs.values():
            meets = not scope or not spec.scope or spec.scope == scope
            if meets and any(_portable(s) == wanted for s in (spec.shortcut, *spec.more_shortcuts) if s):
                return spec
        return None

    def trigger(self, id_: str) -> bool:
        """Do it, or tell why not."""
        spec = self._specs[id_]
        answer = spec.enabled()
        if answer is not True:
            self.refused.emit(answer)
            return False
        spec.run()
        self.ran.emit(id_)
        return True

    def menu(self, ids: Iterable[str], parent: QWidget) -> QMenu:
        """A menu of actions; "" in the list is a separator. Made fresh, so enabledness is right."""
        made = QMenu(parent)
        made.setToolTipsVisible(True)
        for id_ in ids:
            if id_:
                made.addAction(self._menu_action(self._specs[id_], made))
            else:
                made.addSeparator()
        return made

    def button(self, id_: str, parent: QWidget | None = None, *, primary: bool = False) -> QPushButton:
        """A button with icon, word and a tooltip that knows the shortcut."""
        spec = self._specs[id_]
        made = QPushButton(spec.text, parent)
        made.setProperty("primary", primary)
        made.setIcon(icon(spec.icon, "on_accent" if primary else "text_soft"))
        self._bind(made, spec)
        return made

    def tool_button(self, id_: str, parent: QWidget | None = None) -> QToolButton:
        """A small icon button; the word is in the tooltip and the accessible name."""
        spec = self._specs[id_]
        made = QToolButton(parent)
        made.setIcon(icon(spec.icon))
        self._bind(made, spec)
        return made

    def refresh(self) -> None:
        """Ask again which actions can be used; pages call it when their selection moves."""
        alive: list[tuple[str, QAction | QAbstractButton]] = []
        for id_, shown in self._shown:
            if id_ not in self._specs:
                continue
            try:
                self._dress(shown, self._specs[id_])
            except RuntimeError:  # the widget has been deleted by Qt
                continue
            alive.append((id_, shown))
        self._shown = alive

    def _bind(self, made: QAbstractButton, spec: ActionSpec) -> None:
        made.setAccessibleName(spec.text)
        made.clicked.connect(lambda _checked=False: self.trigger(spec.id))
        self._shown.append((spec.id, made))
        self._dress(made, spec)

    def _menu_action(self, spec: ActionSpec, parent: QWidget) -> QAction:
        text = f"{spec.text}\t{shortcut_text(spec.shortcut)}" if spec.shortcut else spec.text
        made = QAction(icon(spec.icon), text, parent)
        made.triggered.connect(lambda _checked=False: self.trigger(spec.id))
        self._dress(made, spec)
        return made

    def _dress(self, shown: QAction | QAbstractButton, spec: ActionSpec) -> None:
        answer = spec.enabled()
        shown.setEnabled(answer is True)
        tip = tooltip(spec)
        shown.setToolTip(tip)
        shown.setStatusTip(tip)
        if isinstance(shown, QWidget):
            shown.setAccessibleDescription(spec.help if answer is True else str(answer))

    def _listen(self, spec: ActionSpec) -> None:
        if self._window is None:
            return
        for text in (spec.shortcut, *spec.more_shortcuts):
            if not text:
                continue
            shortcut = QShortcut(QKeySequence(text), self._window)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(lambda id_=spec.id: self.trigger(id_))
            shortcut.setEnabled(spec.scope in {"", self._scope})
            self._shortcuts.setdefault(spec.id, []).append(shortcut)


def tooltip(spec: ActionSpec) -> str:
    """What it does and by which key; or why it cannot be done now."""
    answer = spec.enabled()
    if answer is not True:
        return answer
    if spec.shortcut:
        return _("{help} ({keys})").format(help=spec.help, keys=shortcut_text(spec.shortcut))
    return spec.help


def texts_missing(specs: Iterable[ActionSpec]) -> list[str]:
    """Ids of actions that lack a text, an icon or a help line; a test keeps this empty."""
    return [spec.id for spec in specs if not (spec.text and spec.icon and spec.help)]
