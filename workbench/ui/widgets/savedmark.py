"""The quiet mark that tells when a form was last saved."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from workbench.ui.models.form import FormState
from workbench.ui.widgets.text import label


def saved_mark(form: FormState, parent: QWidget | None = None) -> QWidget:
    """A label that follows the form: "Tallennettu klo 9.30"."""
    made = label("", "small")
    made.setParent(parent)
    form.saved_changed.connect(made.setText)
    form.saved_changed.connect(made.setAccessibleName)
    return made
