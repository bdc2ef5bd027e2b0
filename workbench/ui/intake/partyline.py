"""One party of a registration: name and role in sight, the address and the rest folded behind "Lisää tietoja"."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from workbench.cases.intake.assembling import entity_of
from workbench.cases.items import PartyItem
from workbench.cases.model import PARTY_ROLES
from workbench.cases.valuewords import CODES
from workbench.i18n import N_, _
from workbench.ui.cases.words import capital
from workbench.ui.theme.icons import icon
from workbench.ui.theme.tokens import XS, S
from workbench.ui.widgets.choicebox import ChoiceBox
from workbench.ui.widgets.growingline import GrowingLine
from workbench.ui.widgets.lineedit import LineEdit
from workbench.ui.widgets.text import glyph, label
from workbench.ui.widgets.tickline import TickLine

_ROLES = {code: N_(name) for code, name in PARTY_ROLES.items()}
_LINES = (
    ("street", N_("Katuosoite"), (0, 0, 2)),
    ("postal_code", N_("Postinumero"), (1, 0, 1)),
    ("town", N_("Postitoimipaikka"), (1, 1, 1)),
    ("email", N_("Sähköposti"), (2, 0, 2)),
    ("phone", N_("Puhelin"), (3, 0, 1)),
)
"""Field, its name, and its place: row, column, how many columns."""


class PartyLine(QWidget):
    """``changed(PartyItem)``, ``dropped()`` and ``unfolded(bool)``."""

    changed = Signal(object)
    dropped = Signal()
    unfolded = Signal(bool)

    def __init__(self, party: PartyItem, *, unfolded: bool = False) -> None:
        super().__init__()
        self.party = party
        self.name = GrowingLine(party.name)
        self.name.setAcceptDrops(False)
        self.name.setAccessibleName(_("Osapuolen nimi"))
        self.name.setPlaceholderText(_("Nimi"))
        self.name.textEdited.connect(lambda text: self._change(name=text, entity=entity_of(text)))
        self.role = ChoiceBox(_("Osapuolen rooli"), [(code, _(words)) for code, words in _ROLES.items()])
        self.role.show_choice(party.role)
        self.role.picked.connect(lambda code: self._change(role=code))
        drop = QToolButton()
        drop.setIcon(icon("close"))
        drop.setAccessibleName(_("Poista osapuoli {name}").format(name=party.name))
        drop.setToolTip(_("Poista osapuoli"))
        drop.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        drop.clicked.connect(self.dropped)
        self.more = QPushButton(_("Lisää tietoja"))
        self.more.setProperty("chip", True)
        self.more.setCheckable(True)
        self.more.setToolTip(_("Osoite, puhelin, asiointikieli, sähköinen tiedoksianto ja turvakielto"))
        self.more.setChecked(unfolded)
        self.more.toggled.connect(self._fold)
        self.fields: dict[str, QWidget] = {}
        self._details: QWidget | None = None
        """Made when first unfolded: most letters never need it."""
        self._facts = QWidget()
        self._lock = glyph("secret", "warning", 14)
        self._words = label("", "small", wrap=True)
        facts = QHBoxLayout(self._facts)
        facts.setContentsMargins(0, 0, 0, 0)
        facts.setSpacing(XS)
        facts.addWidget(self._lock, 0, Qt.AlignmentFlag.AlignTop)
        facts.addWidget(self._words, 1)
        top, under = QHBoxLayout(), QHBoxLayout()
        top.setSpacing(XS)
        top.addWidget(self.name, 1)
        top.addWidget(drop, 0, Qt.AlignmentFlag.AlignTop)
        under.setSpacing(S)
        under.addWidget(self.role, 1)
        under.addWidget(self.more)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(XS)
        column.addLayout(top)
        column.addLayout(under)
        column.addWidget(self._facts)
        self._look()

    def set_walked(self, walked: bool) -> None:
        """Whether Tab stops in the name and the role. What was unfolded is always walked."""
        policy = Qt.FocusPolicy.StrongFocus if walked else Qt.FocusPolicy.ClickFocus
        for control in (self.name, self.role, self.more):
            control.setFocusPolicy(policy)
        for field in self.fields.values():
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _build_details(self) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, XS, 0, XS)
        grid.setHorizontalSpacing(S)
        grid.setVerticalSpacing(XS)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        for name, words, place in _LINES:
            edit = LineEdit(str(getattr(self.party, name)))
            edit.setAcceptDrops(False)
            edit.textEdited.connect(lambda text, name=name: self._change(**{name: text.strip()}))
            self._put(grid, place, name, _(words), edit)
        language = ChoiceBox(
            _("Asiointikieli"), [(code, capital(_(words))) for code, words in CODES["language"].items()]
        )
        language.show_choice(self.party.language)
        language.picked.connect(lambda code: self._change(language=code))
        self._put(grid, (3, 1, 1), "language", _("Asiointikieli"), language)
        for name, words in (
            ("e_consent", _("Suostunut sähköiseen tiedoksiantoon")),
            ("protected", _("Turvakielto")),
        ):
            box = TickLine(words, bool(getattr(self.party, name)))
            box.toggled.connect(lambda on, name=name: self._change(**{name: on}))
            self.fields[name] = box
            grid.addWidget(box, grid.rowCount(), 0, 1, 2)
        why = label(
            _("Turvakiellon alaiset yhteystiedot säilytetään erillään. Niitä ei näy luetteloissa "
              "eikä muiden jäljennöksissä."),
            "small", wrap=True,
        )  # fmt: skip
        grid.addWidget(why, grid.rowCount(), 0, 1, 2)
        return made

    def _put(
        self, grid: QGridLayout, place: tuple[int, int, int], name: str, words: str, edit: QWidget
    ) -> None:
        """Row, column and how many columns; the name stands above its field."""
        row, column, wide = place
        edit.setAccessibleName(words)
        self.fields[name] = edit
        grid.addWidget(label(words, "small"), 2 * row, column, 1, wide)
        grid.addWidget(edit, 2 * row + 1, column, 1, wide)

    def _change(self, **changes: Any) -> None:
        self.party = replace(self.party, **changes)
        self._look()
        self.changed.emit(self.party)

    def _fold(self, unfolded: bool) -> None:
        self._look()
        self.unfolded.emit(unfolded)
        if unfolded:
            self.fields["street"].setFocus()

    def _look(self) -> None:
        facts = facts_of(self.party)
        unfolded = self.more.isChecked()
        self._lock.setVisible(self.party.protected)
        self._words.setText(facts)
        self._facts.setVisible(bool(facts) and not unfolded)
        if unfolded and self._details is None:
            self._details = self._build_details()
            self._column.addWidget(self._details)
        if self._details is not None:
            self._details.setVisible(unfolded)


def facts_of(party: PartyItem) -> str:
    """What else is known, in a line; an address under turvakielto is never shown in it."""
    if party.protected:
        return _("Turvakielto: yhteystiedot tallennetaan erilleen")
    place = " ".join(filter(None, (party.postal_code, party.town)))
    return " · ".join(filter(None, (party.email, party.phone, party.street, place, party.business_id)))
