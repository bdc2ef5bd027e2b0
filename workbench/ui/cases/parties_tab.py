"""Osapuolet: who has to do with the case. Protected details are shown with a logged reason until one leaves."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from workbench.cases.detail import load_party_secret
from workbench.cases.edit import OpenSecret
from workbench.cases.model import PARTY_ROLES
from workbench.cases.valuewords import CODES
from workbench.cases.whole import WholeCase
from workbench.i18n import _, ngettext
from workbench.ui.cases.treepane import TreePane, TreeTab
from workbench.ui.cases.words import capital
from workbench.ui.shell import Ui
from workbench.ui.theme.icons import icon
from workbench.ui.theme.tokens import L, M
from workbench.ui.widgets.empty import EmptyState
from workbench.ui.widgets.keyvalue import Fact, KeyValue
from workbench.ui.widgets.listdetail import ListDetail
from workbench.ui.widgets.rowtree import RowTree, TreeColumn, TreeRow
from workbench.ui.widgets.text import label

DEEDS = ("case.party", "party.edit", "party.remove")


class PartiesTab(TreeTab):
    """``current()`` is the party in hand."""

    def __init__(self, ui: Ui) -> None:
        super().__init__(RowTree([TreeColumn(_("Nimi")), TreeColumn(_("Rooli"), 140)], _("Osapuolet")))
        self._ui = ui
        self._whole: WholeCase | None = None
        self._shown: dict[str, dict[str, Any]] = {}
        self.tree.current_changed.connect(lambda _id: self._show_current())
        empty = EmptyState(
            _("Ei osapuolia"),
            _("Vireillepanija, asianosaiset ja lausunnonantajat tulevat tähän."),
            ui.actions.button("case.party"),
            picture="party",
        )
        self._list = TreePane(self.tree, map(ui.actions.tool_button, DEEDS), empty)
        right = QWidget()
        right.setProperty("role", "surface")
        right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(right)
        column.setContentsMargins(L, M, L, M)
        column.setSpacing(M)
        self.name = label("", "section", wrap=True, selectable=True)
        self.facts = KeyValue()
        self.unlock = QPushButton(_("Näytä suojatut tiedot (kirjautuu lokiin)"))
        self.unlock.setIcon(icon("unlock"))
        self.unlock.clicked.connect(self._ask)
        column.addWidget(self.name)
        column.addWidget(self.facts)
        column.addWidget(self.unlock, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.split = ListDetail("case-parties", self._list, right, ui.settings, share=0.5, side_from=760)
        self._column.addWidget(self.split)

    def show_case(self, whole: WholeCase) -> None:
        """Show a case's parties."""
        if self._whole is not None and self._whole.case.id != whole.case.id:
            self._shown.clear()
        self._whole = whole
        parties = whole.case.parties
        self.tree.set_rows([_row(p) for p in parties])
        words = ngettext("{n} osapuoli", "{n} osapuolta", len(parties)).format(n=len(parties))
        self._list.tell(words, empty=not parties)
        self.split.show_second(bool(parties))
        self._show_current()

    def current(self) -> dict[str, Any] | None:
        """The party in hand."""
        if self._whole is None:
            return None
        id_ = self.tree.current_id()
        return next((p for p in self._whole.case.parties if p["id"] == id_), None)

    def leave(self) -> None:
        """The page goes out of view: protected details are hidden again."""
        self._shown.clear()
        self._show_current()

    def _show_current(self) -> None:
        party, whole = self.current(), self._whole
        self.facts.setVisible(party is not None)
        self.name.setText(party["name"] if party else "")
        secret = bool(party and whole and party["id"] in whole.secrets)
        self.unlock.setVisible(bool(secret and party and party["id"] not in self._shown))
        if party is not None and whole is not None:
            self.facts.set_rows(_facts(party, whole, self._shown.get(party["id"])))
        self._ui.actions.refresh()

    def _ask(self) -> None:
        party, whole = self.current(), self._whole
        if party is None or whole is None:
            return
        reason = self._ui.dialogs.ask_reason(
            _("Suojatut yhteystiedot"),
            _("Katsominen kirjautuu lokiin. Tiedot näkyvät, kunnes poistut sivulta."),
            deed=_("Näytä"),
            suggestions=(_("Lähetän asiakirjan osapuolelle"), _("Tarkistan henkilöllisyyden")),
        )
        if reason is None:
            return
        secret = whole.secrets[party["id"]]

        def read(_changes: object) -> None:
            self._ui.tasks.run_query(
                self, "secret", load_party_secret, party["id"],
                done=lambda found: self._opened(party["id"], found),
            )  # fmt: skip

        command = OpenSecret(kind="party_secret", row_id=secret, reason=reason)
        self._ui.tasks.run_command(command, initiator=self, done=read)

    def _opened(self, party_id: str, found: dict[str, Any]) -> None:
        if not self.isVisible():
            return
        self._shown[party_id] = found
        self._show_current()
        self.tree.setFocus()


def _row(p: dict[str, Any]) -> TreeRow:
    name = _("{name} (turvakielto)").format(name=p["name"]) if p["protected"] else p["name"]
    role = _(PARTY_ROLES.get(p["role"], p["role"]))
    meaning = "secret" if p["protected"] else "municipality" if p["entity"] != "person" else "person"
    return TreeRow(p["id"], (name, role), icon=meaning)


def _facts(p: dict[str, Any], whole: WholeCase, secret: dict[str, Any] | None) -> list[Fact]:
    source = secret if p["protected"] and secret else p
    hidden = _("suojattu") if p["protected"] and secret is None else ""
    town = " ".join(filter(None, (source["postal_code"], source["town"])))
    address = ", ".join(filter(None, (source["street"], town)))
    rows: list[Fact] = [
        (_("Rooli"), _(PARTY_ROLES.get(p["role"], p["role"]))),
        (_("Laji"), capital(_(CODES["entity"].get(p["entity"], p["entity"])))),
    ]
    if p["business_id"]:
        rows.append((_("Y-tunnus"), p["business_id"]))
    if p["id"] in whole.secrets:
        number = (secret or {}).get("identity_number")
        rows.append((_("Henkilötunnus"), (number or _("ei annettu")) if secret else _("suojattu")))
    rows += [
        (_("Osoite"), address or hidden),
        (_("Sähköposti"), source["email"] or hidden),
        (_("Puhelin"), source["phone"] or hidden),
        (_("Asiointikieli"), capital(_(CODES["language"].get(p["language"] or "fi", "")))),
        (_("Sähköinen tiedoksianto"), _("Suostunut") if p["e_consent"] else _("Ei suostumusta")),
    ]
    agent = next((q["name"] for q in whole.case.parties if q["id"] == p["represented_by"]), "")
    if agent:
        rows.append((_("Asiamies"), agent))
    return rows
