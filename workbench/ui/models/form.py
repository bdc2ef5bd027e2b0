"""A form's state: what is loaded, what was changed, what is wrong, when it was last saved.

Saving sends a patch of the changed fields alone. A field edited again while its save is under way stays
dirty; news from elsewhere renews only fields the person has not touched. Nothing typed is ever lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from workbench.i18n import _, time_text


class FormState(QObject):
    """Values by field name, with dirty fields and errors."""

    changed = Signal(str)
    """A field's value moved (by the person or by news)."""
    errors_changed = Signal()
    saved_changed = Signal(str)
    """The saved mark's words."""

    def __init__(self, values: Mapping[str, Any] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._base: dict[str, Any] = dict(values or {})
        self._mine: dict[str, Any] = {}
        self._errors: dict[str, str] = {}
        self._sent: dict[str, Any] = {}

    def value(self, field: str) -> Any:
        """What the field shows."""
        return self._mine.get(field, self._base.get(field))

    def restart(self, values: Mapping[str, Any]) -> None:
        """Another thing in the same form: nothing of the former stays."""
        self._base, self._mine, self._sent = dict(values), {}, {}
        self._errors.clear()
        self.errors_changed.emit()
        self.saved_changed.emit("")

    def edit(self, field: str, value: Any) -> None:
        """The person typed."""
        if value == self.value(field):
            return
        if field in self._base and value == self._base[field]:
            self._mine.pop(field, None)
        else:
            self._mine[field] = value
        if self._errors.pop(field, None) is not None:
            self.errors_changed.emit()
        self.changed.emit(field)

    def patch(self) -> dict[str, Any]:
        """Changed fields and their values: what a save sends."""
        return dict(self._mine)

    def is_dirty(self, field: str = "") -> bool:
        """Whether a field (or any) waits to be saved."""
        return field in self._mine if field else bool(self._mine)

    def saving(self) -> dict[str, Any]:
        """Begin a save: returns the patch and remembers what was sent."""
        self._sent = self.patch()
        self.saved_changed.emit(_("Tallennetaan…"))
        return dict(self._sent)

    def saved(self, at: datetime) -> None:
        """The save succeeded; fields edited meanwhile stay dirty."""
        for field, value in self._sent.items():
            self._base[field] = value
            if field in self._mine and self._mine[field] == value:
                del self._mine[field]
        self._sent = {}
        self._errors.clear()
        self.errors_changed.emit()
        self.saved_changed.emit(_("Tallennettu klo {time}").format(time=time_text(at)))

    def failed(self, message: str, field: str = "") -> None:
        """The save did not go through; everything stays typed."""
        self._sent = {}
        self._errors[field] = message
        self.errors_changed.emit()
        self.saved_changed.emit(_("Ei tallennettu"))

    def set_error(self, field: str, message: str) -> None:
        """Set or, with "", clear a field's error."""
        if message:
            self._errors[field] = message
        else:
            self._errors.pop(field, None)
        self.errors_changed.emit()

    def error(self, field: str) -> str:
        """The field's error sentence, or ""."""
        return self._errors.get(field, "")

    def errors(self) -> dict[str, str]:
        """All errors by field."""
        return dict(self._errors)

    def news(self, values: Mapping[str, Any]) -> list[str]:
        """Values from the store; returns the fields where they collide with the person's own edits."""
        collided = []
        for field, value in values.items():
            before = self._base.get(field)
            self._base[field] = value
            if field in self._mine:
                if self._mine[field] == value:
                    del self._mine[field]
                elif value != before:
                    collided.append(field)
            elif value != before:
                self.changed.emit(field)
        return collided
