"""The style sheet, worn by each window and not by the application.

Where the application wears one, Qt works out the style of every part anew each time it is put into a larger
part, so that a page costs three to four times its making. Worn by the window, a page is styled once, when it is
put there. What has a parent wears what the parent wears: menus, dialogs and tooltips too.
"""

from __future__ import annotations

from weakref import WeakSet

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

_sheet = ""
_dressed: WeakSet[QWidget] = WeakSet()


def dress(window: QWidget) -> None:
    """Put the sheet on a window or popup that has no parent, now and at each change of the theme."""
    _dressed.add(window)
    window.setStyleSheet(_sheet)


def change(sheet: str) -> None:
    """Another sheet for every window; only the theme manager calls this."""
    global _sheet  # noqa: PLW0603 - one theme per process, like its colours
    _sheet = sheet
    for window in list(_dressed):
        if isValid(window):
            window.setStyleSheet(sheet)
