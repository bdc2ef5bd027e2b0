"""Tiedot: everything a case's row holds, and for publicity and retention where each value comes from."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from workbench.cases.naming import shown_number
from workbench.cases.whole import WholeCase
from workbench.i18n import N_, _, day_text, moment_text
from workbench.ui.cases.data_form import DataForm
from workbench.ui.cases.words import capital, years_text
from workbench.ui.shell import Ui
from workbench.ui.theme.tokens import XL, L, M
from workbench.ui.widgets.keyvalue import Fact, KeyValue
from workbench.ui.widgets.text import SectionHeader

_PUBLICITY = {
    "publicity": N_("Julkisuusluokka"),
    "secrecy_basis": N_("Salassapitoperuste"),
    "secrecy_years": N_("Salassapitoaika"),
    "secrecy_computation": N_("Salassapito lasketaan"),
    "personal_data": N_("Henkilötiedot"),
}
_RETENTION = {
    "retention_years": N_("Säilytysaika"),
    "retention_basis": N_("Säilytysajan peruste"),
    "retention_computation": N_("Säilytys lasketaan"),
    "final_action": N_("Säilytyksen päätyttyä"),
}
_SECRECY = frozenset({"secrecy_basis", "secrecy_years", "secrecy_computation"})


class DataTab(QWidget):
    """Two columns where there is room: the form, and what follows from the plan."""

    def __init__(self, ui: Ui) -> None:
        super().__init__()
        self.form = DataForm(ui)
        self.publicity, self.retention, self.register = KeyValue(), KeyValue(), KeyValue()
        body = QWidget()
        body.setProperty("role", "surface")
        body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(body)
        column.setContentsMargins(XL, M, XL, L)
        column.setSpacing(M)
        column.addWidget(self.form)
        for title, facts, ids in (
            (_("Julkisuus"), self.publicity, ("case.publicity",)),
            (_("Säilytys"), self.retention, ("case.retention",)),
            (_("Rekisteröinti"), self.register, ("case.reclassify",)),
        ):
            head = SectionHeader(title)
            for id_ in ids:
                head.add(ui.actions.button(id_))
            column.addWidget(head)
            column.addWidget(facts)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def show_case(self, whole: WholeCase) -> None:
        """Show a case's data."""
        self.form.show_case(whole)
        self.publicity.set_rows(_sourced(whole, _PUBLICITY))
        self.retention.set_rows(_sourced(whole, _RETENTION))
        self.register.set_rows(_registered(whole))

    def show_thing(self, _kind: str, _id: str) -> bool:
        """The case itself."""
        return True

    def focus(self) -> None:
        """Put the keyboard on the title."""
        field = self.form.fields["title"]
        (field if field.isEnabled() else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """The page goes out of view: save what waits."""
        self.form.save()


def _sourced(whole: WholeCase, names: dict[str, str]) -> list[Fact]:
    values = whole.case.values
    public = not whole.fields["secrecy_basis"]
    rows: list[Fact] = []
    for name, words in names.items():
        sourced = getattr(values, name)
        if name in _SECRECY and public and sourced.value is None:
            continue
        value = sourced.value if sourced.value is not None else whole.fields.get(name)
        text = years_text(value) if name.endswith("_years") else capital(str(value or "–"))
        source = sourced.source.text()
        rows.append((_(words), _("{value} – {source}").format(value=text, source=source)))
    return rows


def _registered(whole: WholeCase) -> list[Fact]:
    f = whole.fields
    node = whole.case.plan_class
    town = whole.municipalities.get(f["municipality"])
    rows: list[Fact] = [
        (_("Asiatunnus"), shown_number(f["number"])),
        (_("Tehtäväluokka"), node.label if node else f["class_code"]),
        (_("Kunta"), town.name if town else f["municipality"]),
        (_("Tullut vireille"), day_text(f["opened_on"])),
    ]
    if f["arrived_at"]:
        rows.append((_("Saapunut"), moment_text(f["arrived_at"])))
    rows += [
        (_("Rekisteröity"), _("{when}, {who}").format(when=moment_text(f["registered_at"]),
                                                      who=whole.person(f["registered_by"]))),
        (_("Tiedonohjaussuunnitelma"), f["plan_version"] or ""),
    ]  # fmt: skip
    if f["former_numbers"]:
        rows.append((_("Aiemmat tunnukset"), ", ".join(f["former_numbers"])))
    if f["split_from"]:
        rows.append((_("Erotettu asiasta"), whole.others.get(f["split_from"], "")))
    if f["closed_on"]:
        rows.append((_("Päätetty"), day_text(f["closed_on"])))
    return rows
