"""Parties to a case, one under another; what the letter told of them travels along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from workbench.cases.items import PartyItem
from workbench.i18n import _
from workbench.ui.intake.partyline import PartyLine
from workbench.ui.theme.icons import icon
from workbench.ui.theme.tokens import XS, M
from workbench.ui.widgets.growingline import GrowingLine


class PartiesField(QWidget):
    """``changed(tuple of PartyItem)``."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._parties: tuple[PartyItem, ...] = ()
        self._walked = True
        self._unfolded: set[str] = set()
        self.lines: list[PartyLine] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(M)
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
        if tuple(parties) == self._parties and len(self.lines) == len(parties):
            return
        self._parties = tuple(parties)
        self._fill()

    def names(self) -> list[GrowingLine]:
        """The fields of the names, top down."""
        return [line.name for line in self.lines]

    def set_walked(self, walked: bool) -> None:
        """Whether Tab stops in the lines."""
        self._walked = walked
        for line in self.lines:
            line.set_walked(walked)
        self.add.setFocusPolicy(Qt.FocusPolicy.StrongFocus if walked else Qt.FocusPolicy.ClickFocus)

    def _fill(self) -> None:
        for old in self.lines:
            old.hide()
            self._rows.removeWidget(old)
            old.setParent(None)
            old.deleteLater()
        self.lines = []
        for n, party in enumerate(self._parties):
            line = PartyLine(party, unfolded=party.party_id in self._unfolded)
            line.changed.connect(lambda changed, n=n: self._change(n, changed))
            line.dropped.connect(lambda n=n: self._drop(n))
            line.unfolded.connect(lambda on, id_=party.party_id: self._fold(id_, on))
            self.lines.append(line)
            self._rows.addWidget(line)
        self.set_walked(self._walked)

    def _fold(self, party_id: str, unfolded: bool) -> None:
        (self._unfolded.add if unfolded else self._unfolded.discard)(party_id)

    def _change(self, n: int, party: PartyItem) -> None:
        self._parties = (*self._parties[:n], party, *self._parties[n + 1 :])
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
