"""Who wrote, when, to whom, about what: over the text of a message."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.cases.intake.queries import ArrivalDetail
from workbench.i18n import _, moment_text, ngettext
from workbench.ui.theme.tokens import L, M, S
from workbench.ui.widgets.keyvalue import KeyValue
from workbench.ui.widgets.text import label, rule

_MOST = 6


class LetterHead(QWidget):
    """``set_recipients`` when they have been read."""

    def __init__(self, arrival: ArrivalDetail) -> None:
        super().__init__()
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._arrival = arrival
        subject = label(arrival.row.subject, "section", wrap=True, selectable=True)
        self._facts = KeyValue()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(L, M, L, 0)
        layout.setSpacing(S)
        layout.addWidget(subject)
        layout.addWidget(self._facts)
        layout.addWidget(rule())
        self.set_recipients(())

    def set_recipients(self, recipients: Sequence[str]) -> None:
        """To whom the message went."""
        a = self._arrival
        sender = a.sender_name
        if a.sender_email and a.sender_email != sender:
            sender = f"{sender} <{a.sender_email}>" if sender else a.sender_email
        rows: list[tuple[str, str | QWidget]] = [(_("Lähettäjä"), sender)]
        if a.sent_at is not None:
            rows.append((_("Lähetetty"), moment_text(a.sent_at)))
        if a.sent_at is None or abs((a.row.arrived_at - a.sent_at).total_seconds()) >= 60:
            rows.append((_("Saapunut"), moment_text(a.row.arrived_at)))
        if recipients:
            shown = ", ".join(recipients[:_MOST])
            more = len(recipients) - _MOST
            if more > 0:
                shown = ngettext("{names} ja {n} muu", "{names} ja {n} muuta", more).format(
                    names=shown, n=more
                )
            rows.append((_("Vastaanottaja"), shown))
        self._facts.set_rows(rows)
