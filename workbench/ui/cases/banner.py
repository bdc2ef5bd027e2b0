"""Says where a case is now when it can no longer be handled here, with the way there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from workbench.cases.whole import WholeCase
from workbench.clock import local
from workbench.i18n import _, day_text
from workbench.ui.shell import Ui
from workbench.ui.theme.icons import icon
from workbench.ui.theme.tokens import XL, M, S
from workbench.ui.widgets.text import glyph, label


class CaseBanner(QWidget):
    """``show_case(whole)``; hidden for a case that is being handled."""

    def __init__(self, ui: Ui) -> None:
        super().__init__()
        self._ui = ui
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(XL, S, XL, S)
        row.setSpacing(M)
        row.addWidget(glyph("info", "warning", 20))
        self.words = label("", wrap=True)
        row.addWidget(self.words, 1)
        self.way = QPushButton()
        self.way.setProperty("quiet", True)
        self.way.setIcon(icon("forward"))
        self.way.clicked.connect(self._go)
        row.addWidget(self.way)
        self.reopen = ui.actions.button("case.reopen")
        row.addWidget(self.reopen)
        self._other = ""
        self.hide()

    def show_case(self, whole: WholeCase) -> None:
        """Show what became of the case."""
        f = whole.fields
        words, self._other = "", ""
        if f["voided_at"]:
            words = _("Rekisteröinti on mitätöity {day}. Tunnus jää käytetyksi.").format(
                day=day_text(local(f["voided_at"]).date())
            )
        elif f["merged_into"]:
            self._other = f["merged_into"]
            words = _("Asia on yhdistetty toiseen asiaan. Käsittely jatkuu siellä.")
        elif f["moved_to"]:
            town = whole.municipalities.get(f["moved_to"])
            words = _("Asia on siirretty kunnalle: {name}. Asiakirjat ovat sen Saapuneissa.").format(
                name=town.name if town else f["moved_to"]
            )
        elif f["closed_on"]:
            words = _("Asia on päätetty {day}. Muutoksia varten avaa se uudelleen.").format(
                day=day_text(f["closed_on"])
            )
        self.words.setText(words)
        other = whole.others.get(self._other, "")
        self.way.setVisible(bool(other))
        self.way.setText(_("Avaa {number}").format(number=other))
        self.reopen.setVisible(bool(f["closed_on"]))
        self.setVisible(bool(words))

    def _go(self) -> None:
        self._ui.go.open_object("case_file", self._other)
