"""Publicity with its ground: follows the plan until the person, or the letter, says otherwise (JulkL 24 §)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from workbench.cases.plan.codes import Publicity, SecrecyStart
from workbench.cases.plan.grounds import ITEMS, basis_text, item_of
from workbench.cases.plan.inherit import Effective
from workbench.cases.plan.periods import secrecy_years
from workbench.i18n import _, ngettext
from workbench.ui.theme.tokens import XS
from workbench.ui.widgets.choicebox import ChoiceBox
from workbench.ui.widgets.searchselect import Choice, Give, SearchSelect
from workbench.ui.widgets.text import label


class PublicityField(QWidget):
    """``changed(overrides)`` holds only what differs from the plan; ``whole_case_changed(bool)``."""

    changed = Signal(object)
    whole_case_changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.kind = ChoiceBox(_("Julkisuusluokka"), [(p.value, _(p.value)) for p in Publicity])
        self.ground = SearchSelect(_grounds, _("Salassapitoperuste"))
        self.ground.setPlaceholderText(_("Julkisuuslain 24.1 §:n kohta"))
        self.ground.setAcceptDrops(False)
        self.years = label("", "small")
        self.whole = QCheckBox(_("Myös asia on salassa pidettävä"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(XS)
        for widget in (self.kind, self.ground, self.years, self.whole):
            layout.addWidget(widget)
        self.setAccessibleName(_("Julkisuus"))
        self.kind.picked.connect(lambda _id: self._tell())
        self.ground.chosen.connect(lambda _choice: self._tell())
        self.whole.toggled.connect(self.whole_case_changed)

    def set_values(self, effective: Effective, *, whole_case: bool) -> None:
        """Show what holds, without telling anyone."""
        publicity = effective.publicity.value or Publicity.PUBLIC
        self.kind.show_choice(publicity.value)
        needs = publicity.needs_grounds
        item = item_of(effective.secrecy_basis.value)
        if not (self.ground.hasFocus() and self.ground.choice() is None):
            self.ground.set_choice(_choice(item) if item else None)
        years = effective.secrecy_years.value
        text = (
            ngettext("Salassa {n} vuoden", "Salassa {n} vuotta", years or 0).format(n=years) if years else ""
        )
        self.years.setText(text)
        self.ground.setVisible(needs)
        self.years.setVisible(needs and bool(text))
        self.whole.setVisible(publicity is Publicity.SECRET)
        self.whole.blockSignals(True)
        self.whole.setChecked(whole_case)
        self.whole.blockSignals(False)

    def _tell(self) -> None:
        publicity = Publicity(self.kind.chosen())
        overrides: dict[str, Any] = {"publicity": publicity.value}
        choice = self.ground.choice()
        if publicity.needs_grounds and choice is not None:
            basis = basis_text(int(choice.id))
            overrides |= {
                "secrecy_basis": basis,
                "secrecy_years": secrecy_years(basis),
                "secrecy_computation": SecrecyStart.DOCUMENT_ARRIVED.value,
            }
        self.changed.emit(overrides)


def _choice(item: int) -> Choice:
    return Choice(
        str(item), _("{item} kohta: {words}").format(item=item, words=ITEMS[item]), basis_text(item)
    )


def _grounds(typed: str, give: Give) -> None:
    wanted = typed.casefold()
    give([_choice(n) for n, words in ITEMS.items() if wanted in f"{n} {words}".casefold()])
