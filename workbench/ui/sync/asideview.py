"""Work the server did not take in: why, what it says, and what can be done with it. It stays readable here."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from workbench.clock import local
from workbench.i18n import _, day_text, moment_text, ngettext
from workbench.sync.conflicts import SetAside
from workbench.ui.actions import Enabled
from workbench.ui.settings.fields import button
from workbench.ui.theme.tokens import XL, L, M, S
from workbench.ui.widgets.errorlabel import ErrorLabel
from workbench.ui.widgets.keyvalue import KeyValue
from workbench.ui.widgets.text import label


class AsideView(QWidget):
    """Emits what is to be done with the work shown."""

    again = Signal()
    keep = Signal()
    hand_over = Signal()
    drop = Signal()
    opened = Signal()

    def __init__(self, aside: SetAside, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.aside = aside
        layout = QVBoxLayout(self)
        layout.setContentsMargins(XL, L, XL, L)
        layout.setSpacing(M)
        layout.addWidget(label(aside.did, "section", wrap=True, selectable=True))
        layout.addWidget(label(_story(aside), wrap=True))
        self.texts = KeyValue(list(aside.texts))
        self.texts.setVisible(bool(aside.texts))
        layout.addWidget(self.texts)
        for words in _remarks(aside):
            layout.addWidget(label(words, "small", wrap=True))
        self.error = ErrorLabel(self)
        layout.addWidget(self.error)
        layout.addLayout(self._buttons())
        layout.addStretch(1)

    def focus(self) -> None:
        """Put the keyboard on the first deed."""
        self.first.setFocus()

    def may_go_on(self) -> Enabled:
        """There is always something one can do."""
        return True

    def go_on(self) -> None:
        """Ctrl+Enter: the deed that fits best."""
        self.first.click()

    # -- inside ------------------------------------------------------------------------------------------

    def _buttons(self) -> QGridLayout:
        here = self.aside.root[0] == "case_file"
        self.note = button(_("Säilytä tekstini muistiinpanona"), "note", primary=here)
        self.registry = button(_("Anna kirjaamolle"), "transfer", primary=not here)
        self.registry.setToolTip(
            _("Teksti menee kunnan kirjaamon saapuneisiin. Kirjaamo liittää sen oikeaan asiaan.")
        )
        self.retry = button(_("Lähetä uudelleen"), "retry")
        self.copy = button(_("Kopioi teksti"), "copy")
        self.discard = button(_("Hylkää…"), "delete")
        self.open = button(_("Avaa asia"), "open", quiet=True)
        self.note.setVisible(here)
        self.open.setVisible(here)
        self.first = self.note if here else self.registry
        for made, signal in (
            (self.note, self.keep),
            (self.registry, self.hand_over),
            (self.retry, self.again),
            (self.discard, self.drop),
            (self.open, self.opened),
        ):
            made.clicked.connect(signal)
        self.copy.clicked.connect(self._copy)
        first, second = QHBoxLayout(), QHBoxLayout()
        for row, buttons in (
            (first, (self.note, self.registry, self.retry)),
            (second, (self.copy, self.discard, self.open)),
        ):
            row.setSpacing(S)
            for made in buttons:
                row.addWidget(made)
            row.addStretch(1)
        grid = QGridLayout()
        grid.setVerticalSpacing(S)
        grid.addLayout(first, 0, 0)
        grid.addLayout(second, 1, 0)
        return grid

    def _copy(self) -> None:
        lines = [self.aside.did, *(f"{name}: {value}" for name, value in self.aside.texts)]
        QGuiApplication.clipboard().setText("\n".join(lines))


def _story(aside: SetAside) -> str:
    why = aside.message or _("Palvelin ei hyväksynyt muutosta.")
    return _("Teit tämän {when}, mutta sitä ei voitu tallentaa palvelimelle. {why}").format(
        when=moment_text(aside.at), why=why
    )


def _remarks(aside: SetAside) -> list[str]:
    found = []
    if aside.later:
        found.append(
            ngettext(
                "{n} myöhempi muutoksesi on tehty tämän varaan.",
                "{n} myöhempää muutostasi on tehty tämän varaan.",
                aside.later,
            ).format(n=aside.later)
        )
    if aside.kept_until is not None:
        found.append(
            _("Teksti säilyy täällä {day} asti. Sen jälkeen se poistetaan.").format(
                day=day_text(local(aside.kept_until).date())
            )
        )
    if aside.incident:
        found.append(_("Kerro tukeen vikatunnus {id}.").format(id=aside.incident))
    return found
