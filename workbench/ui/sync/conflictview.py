"""One conflict: what one did, what the other did, and per field whose value stays. Nothing is chosen beforehand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.i18n import N_, _, moment_text, ngettext
from workbench.ui.actions import Enabled
from workbench.ui.settings.fields import button
from workbench.ui.sync.fieldchoice import FieldChoice
from workbench.ui.sync.undecided import ShownConflict
from workbench.ui.theme.tokens import XL, L, M, S
from workbench.ui.widgets.errorlabel import ErrorLabel
from workbench.ui.widgets.text import label


class ConflictView(QWidget):
    """Emits what is to be done with the conflict shown."""

    resolve = Signal(object)
    """The choices, as :class:`workbench.sync.deciding.ResolveConflict` takes them."""
    drop = Signal()
    """All of one's own change is given up."""
    keep = Signal()
    """One's own text is kept as a note, and the change given up."""
    opened = Signal()

    def __init__(
        self, shown: ShownConflict, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.shown = shown
        conflict = shown.of
        who = conflict.by or _("Toinen")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(XL, L, XL, L)
        layout.setSpacing(M)
        layout.addWidget(
            label(f"{conflict.label}: {conflict.title}".rstrip(": "), "section", wrap=True, selectable=True)
        )
        layout.addWidget(label(_story(shown, who), wrap=True))
        self.fields = [
            FieldChoice(field, _("Nykyinen – {who}").format(who=who), conflict.why, today)
            for field in shown.clashing
        ]
        for field in self.fields:
            field.changed.connect(self._look)
            layout.addWidget(field)
        for words in _remarks(shown):
            layout.addWidget(label(words, "small", wrap=True))
        self.error = ErrorLabel(self)
        layout.addWidget(self.error)
        layout.addLayout(self._buttons())
        layout.addStretch(1)
        self._look()

    def choices(self) -> dict[str, dict[str, Any]] | None:
        """What was chosen for each field, or None while something is open."""
        made = {field.field.of.name: field.choice() for field in self.fields}
        if any(choice is None for choice in made.values()):
            return None
        return {name: choice for name, choice in made.items() if choice is not None}

    def focus(self) -> None:
        """Put the keyboard on the first choice."""
        (self.fields[0].mine if self.fields and self.fields[0].mine.isEnabled() else self.go).setFocus()

    def may_go_on(self) -> Enabled:
        """Whether it can be resolved as it stands; else what is open."""
        if not self.go.isVisibleTo(self):
            return _("Muutosta ei voi enää tallentaa. Säilytä teksti muistiinpanona tai hylkää muutos.")
        return True if self.go.isEnabled() else self.go.toolTip()

    def go_on(self) -> None:
        """Ctrl+Enter: resolve."""
        self.go.click()

    # -- inside ------------------------------------------------------------------------------------------

    def _buttons(self) -> QHBoxLayout:
        changed = self.shown.of.why == "changed"
        self.go = button(_("Ratkaise"), "approve", primary=True)
        self.go.clicked.connect(self._resolve)
        self.note = button(_("Säilytä tekstini muistiinpanona"), "note", primary=not changed)
        self.note.clicked.connect(self.keep)
        self.give_up = button(_("Hylkää oma muutos"), "delete")
        self.give_up.clicked.connect(self.drop)
        self.open = button(
            _("Avaa {what}").format(what=_(_OPENS.get(self.shown.of.root[0], "asia"))), "open", quiet=True
        )
        self.open.clicked.connect(self.opened)
        self.go.setVisible(changed)
        self.note.setVisible(not changed and bool(self.shown.of.fields))
        self.open.setVisible(self.shown.of.root[0] in _OPENS)
        row = QHBoxLayout()
        row.setSpacing(S)
        for made in (self.go, self.note, self.give_up):
            row.addWidget(made)
        row.addStretch(1)
        row.addWidget(self.open)
        return row

    def _look(self) -> None:
        open_ = [f.field.of.label for f in self.fields if f.choice() is None]
        self.go.setEnabled(not open_)
        self.go.setToolTip(
            _("Valitse ensin, kumpi jää voimaan: {fields}.").format(fields=", ".join(open_))
            if open_
            else _("Lähetä valinta palvelimelle (Ctrl+Enter)")
        )
        self.error.show_error("")

    def _resolve(self) -> None:
        choices = self.choices()
        if choices is not None:
            self.resolve.emit(choices)


_OPENS = {"case_file": N_("asia"), "arrival": N_("saapunut")}


def _story(shown: ShownConflict, who: str) -> str:
    conflict = shown.of
    mine = _("Oma muutoksesi {when}: {did}.").format(
        did=conflict.did[:1].lower() + conflict.did[1:], when=moment_text(conflict.did_at)
    )
    when = moment_text(conflict.at) if conflict.at is not None else ""
    if conflict.why == "deleted":
        theirs = _("{who} on poistanut tämän{when}, joten muutostasi ei voi tallentaa siihen.")
    elif conflict.why == "locked":
        theirs = conflict.message or _("Tätä ei voi enää muuttaa.")
    else:
        theirs = _("{who} muutti samaa tietoa{when}. Valitse, kumpi jää voimaan.")
    return f"{mine} " + theirs.format(who=who, when=f" {when}" if when else "")


def _remarks(shown: ShownConflict) -> list[str]:
    found = []
    if shown.others and shown.of.why == "changed":
        found.append(
            _("Muut muutoksesi samaan kohteeseen lähtevät mukana: {fields}.").format(
                fields=", ".join(shown.others)
            )
        )
    if shown.of.later:
        found.append(
            ngettext(
                "{n} myöhempi muutoksesi odottaa, että tämä on ratkaistu.",
                "{n} myöhempää muutostasi odottaa, että tämä on ratkaistu.",
                shown.of.later,
            ).format(n=shown.of.later)
        )
    return found
