"""Pages, made when first opened, and the way one came: Alt+← and Alt+→ as in a browser.

A page may have ``show_target(target)`` (go to an object), ``go_back() -> bool`` (Escape: True when the page
took a step back within itself), ``on_shown()`` and ``take_focus() -> bool`` (True when it put the keyboard where it
belongs). Pages are kept alive: coming back finds the place.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QStackedWidget, QWidget

from workbench.ui.shell.services import Ui

_LONGEST = 100


Factory = Callable[[Ui], QWidget]


IMPORTING = threading.RLock()
"""Held while a page's modules are imported: two threads that import into one package may find each other
waiting, and one of them gets an error for a module."""


class Lazy:
    """A page's factory, behind the import of what the page is made of: the window's start does not pay for a
    page that is not opened. ``load`` imports and gives the factory; ``parts`` are modules of what the page
    itself makes later."""

    def __init__(self, load: Callable[[], Factory], *parts: str) -> None:
        self._load, self._parts = load, parts

    def __call__(self, ui: Ui) -> QWidget:
        with IMPORTING:
            factory = self._load()
        return factory(ui)

    def load_ahead(self) -> None:
        """Import everything now, so that the first opening need not; from any thread, as no widget is made."""
        with IMPORTING:
            self._load()
        for name in self._parts:
            with IMPORTING:
                import_module(name)


@dataclass(frozen=True)
class PartDeed:
    """Something to do in a part of a page, offered by its own name: the page's ``do(part id, deed id)``."""

    id: str
    title: str
    icon: str
    help: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class PagePart:
    """A part of a page that has a name of its own: it is opened by its id as the page's target."""

    id: str
    title: str
    icon: str
    words: tuple[str, ...] = ()
    deeds: tuple[PartDeed, ...] = ()


@dataclass(frozen=True)
class PageSpec:
    """A page of the rail. ``kinds`` are the objects it shows, ``roles`` who sees it (empty: everyone),
    ``parts`` what the palette offers of it by name. ``in_rail`` False: it is opened from elsewhere."""

    id: str
    title: str
    icon: str
    factory: Factory
    roles: frozenset[str] = frozenset()
    kinds: tuple[str, ...] = ()
    help: str = ""
    at_bottom: bool = False
    words: tuple[str, ...] = ()
    parts: tuple[PagePart, ...] = ()
    in_rail: bool = True

    def is_for(self, roles: frozenset[str]) -> bool:
        """Whether a person with these roles sees the page."""
        return not self.roles or bool(self.roles & roles)


@dataclass(frozen=True)
class Location:
    """Where one is: a page and what it shows."""

    page: str
    target: Any = None


class PageHost(QStackedWidget):
    """The pages, one in view."""

    moved = Signal(object)
    """The Location now in view."""

    def __init__(self, specs: list[PageSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._specs = {spec.id: spec for spec in specs}
        self._made: dict[str, QWidget] = {}
        self._focus: dict[str, QWidget] = {}
        self._past: list[Location] = []
        self._future: list[Location] = []
        self._here: Location | None = None
        self.ui: Ui | None = None

    def here(self) -> Location | None:
        """Where one is."""
        return self._here

    def _leave(self) -> Location | None:
        """Where one is as one leaves it: one may have moved within the page since it was opened."""
        own = getattr(self.currentWidget(), "whereabouts", None)
        if own is None or self._here is None:
            return self._here
        return Location(self._here.page, own())

    def page(self, id_: str) -> QWidget:
        """A page's widget, made now if it was not yet."""
        if id_ not in self._made:
            assert self.ui is not None
            page = self._specs[id_].factory(self.ui)
            page.setObjectName("page")
            page.setAccessibleName(self._specs[id_].title)
            self._made[id_] = page
            self.addWidget(page)
        return self._made[id_]

    def open(self, page: str, target: Any = None) -> None:
        """Go to a page; the way back is remembered."""
        there = Location(page, target)
        if there == self._here:
            if target is not None:  # one may have moved within the page since
                self._show(there)
            return
        left = self._leave()
        if left is not None:
            self._past.append(left)
            del self._past[:-_LONGEST]
        self._future.clear()
        self._show(there)

    def open_object(self, kind: str, id_: str) -> bool:
        """Go to the page that shows this kind of thing."""
        for spec in self._specs.values():
            if kind in spec.kinds:
                self.open(spec.id, (kind, id_))
                return True
        return False

    def can_go_back(self) -> bool:
        """Whether there is a way back."""
        return bool(self._past)

    def can_go_forward(self) -> bool:
        """Whether one came back from somewhere."""
        return bool(self._future)

    def back(self) -> None:
        """Where one was before."""
        left = self._leave()
        if self._past and left is not None:
            self._future.append(left)
            self._show(self._past.pop())

    def forward(self) -> None:
        """Where one came back from."""
        left = self._leave()
        if self._future and left is not None:
            self._past.append(left)
            self._show(self._future.pop())

    def step_back(self) -> None:
        """Escape: one step back within the page, else to where one was before."""
        page = self.currentWidget()
        inner = getattr(page, "go_back", None)
        if inner is not None and inner():
            return
        self.back()

    def _show(self, there: Location) -> None:
        old = self.currentWidget()
        if old is not None and self._here is not None:
            inside = old.focusWidget()
            if inside is not None:
                self._focus[self._here.page] = inside
        page = self.page(there.page)
        self._here = there
        self.setCurrentWidget(page)
        if there.target is not None and hasattr(page, "show_target"):
            page.show_target(there.target)
        if hasattr(page, "on_shown"):
            page.on_shown()
        self.focus_page()
        self.moved.emit(there)

    def focus_page(self) -> None:
        """Put the keyboard where it was on this page, or on its first widget."""
        page = self.currentWidget()
        if page is None or self._here is None:
            return
        own = getattr(page, "take_focus", None)
        if own is not None and own():
            return
        kept = self._focus.get(self._here.page)
        if kept is not None and page.isAncestorOf(kept):
            kept.setFocus()
            return
        ring = _focusable(page)
        lists = [widget for widget in ring if isinstance(widget, QAbstractItemView)]
        if ring:
            (lists or ring)[0].setFocus()


def _focusable(page: QWidget) -> list[QWidget]:
    """The page's widgets that take the keyboard, in tab order. A page begins at its list, if it has one."""
    found: list[QWidget] = []
    at = page.nextInFocusChain()
    while at is not None and at is not page and page.isAncestorOf(at):
        takes = at.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        if takes and at.isEnabled() and at.isVisibleTo(page):
            found.append(at)
        at = at.nextInFocusChain()
    return found
