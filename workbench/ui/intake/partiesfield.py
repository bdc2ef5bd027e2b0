"""Parties to a case: role and name a line; what else the letter told of them travels along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from workbench.cases.intake.assembling import entity_of
from workbench.cases.items import PartyItem
from workbench.cases.model import PARTY_ROLES
from workbench.i18n import N_, _
from workbench.ui.intake.choicebox import ChoiceBox
from workbench.ui.theme.icons import icon
from workbench.ui.theme.tokens import XS, S
from workbench.ui.widgets.text import glyph, label

_ROLES = {code: N_(name) for code, name in PARTY_ROLES.items()}


class PartiesField(QWidget):
    """``changed(tuple of PartyItem)``."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._parties: tuple[PartyItem, ...] = ()
        self._walked = True
        self._rows = QVBoxLayout()
        self._rows.setSpacing(S)
        self.add = QPushButton(_("Lisää osapuoli"))
        self.add.setProperty("quiet", True)
        self.add.setIcon(icon("add", "link"))
        self.add.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.add.clicked.connect(self._add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(XS)
        layout.addLayout(self._rows)
        layout.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.setAccessibleName(_("Osapuolet"))

    def set_parties(self, parties: Sequence[PartyItem]) -> None:
        """Show these without telling anyone."""
        if tuple(parties) == self._parties and self._rows.count() == len(parties):
            return
        self._parties = tuple(parties)
        self._fill()

    def names(self) -> list[QLineEdit]:
        """The fields of the names, top down."""
        return [w for w in self.findChildren(QLineEdit) if not w.isHidden()]

    def set_walked(self, walked: bool) -> None:
        """Whether Tab stops in the lines."""
        self._walked = walked
        policy = Qt.FocusPolicy.StrongFocus if walked else Qt.FocusPolicy.ClickFocus
        for control in (*self.findChildren(QLineEdit), *self.findChildren(ChoiceBox)):
            control.setFocusPolicy(policy)
        self.add.setFocusPolicy(policy)

    def _fill(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.setParent(None)
                old.deleteLater()
        for n, party in enumerate(self._parties):
            self._rows.addWidget(self._line(n, party))
        self.set_walked(self._walked)

    def _line(self, n: int, party: PartyItem) -> QWidget:
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(XS)
        row = QHBoxLayout()
        row.setSpacing(XS)
        name = QLineEdit(party.name)
        name.setAccessibleName(_("Osapuolen nimi"))
        name.setPlaceholderText(_("Nimi"))
        name.textEdited.connect(lambda text: self._change(n, name=text, entity=entity_of(text)))
        role = ChoiceBox(_("Osapuolen rooli"), [(code, _(words)) for code, words in _ROLES.items()])
        role.show_choice(party.role)
        role.setFixedWidth(168)
        role.picked.connect(lambda code: self._change(n, role=code))
        drop = QToolButton()
        drop.setIcon(icon("close"))
        drop.setAccessibleName(_("Poista osapuoli {name}").format(name=party.name))
        drop.setToolTip(_("Poista osapuoli"))
        drop.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        drop.clicked.connect(lambda: self._drop(n))
        row.addWidget(name, 1)
        row.addWidget(drop)
        column.addLayout(row)
        under = QHBoxLayout()
        under.setSpacing(S)
        under.addWidget(role)
        under.addStretch(1)
        column.addLayout(under)
        facts = self._facts(party)
        if facts:
            row = QHBoxLayout()
            row.setSpacing(XS)
            if party.protected:
                row.addWidget(glyph("secret", "warning", 14), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label(facts, "small", wrap=True), 1)
            column.addLayout(row)
        return line

    @staticmethod
    def _facts(party: PartyItem) -> str:
        """What else is known; an address under turvakielto is never shown here."""
        if party.protected:
            return _("Turvakielto: yhteystiedot tallennetaan erilleen")
        place = " ".join(filter(None, (party.postal_code, party.town)))
        return " · ".join(filter(None, (party.email, party.phone, party.street, place, party.business_id)))

    def _change(self, n: int, **changes: str) -> None:
        parties = list(self._parties)
        parties[n] = replace(parties[n], **changes)  # type: ignore[arg-type]
        self._parties = tuple(parties)
        self.changed.emit(self._parties)

    def _drop(self, n: int) -> None:
        gone = self._parties[n].party_id
        kept = [p for m, p in enumerate(self._parties) if m != n]
        self._parties = tuple(replace(p, represented_by="") if p.represented_by == gone else p for p in kept)
        self._fill()
        self.changed.emit(self._parties)

    def _add(self) -> None:
        role = "party" if any(p.role == "initiator" for p in self._parties) else "initiator"
        self._parties = (*self._parties, PartyItem(role=role, name=""))
        self._fill()
        self.names()[-1].setFocus()
        self.changed.emit(self._parties)
