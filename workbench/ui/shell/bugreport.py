"""A bug: say that nothing saved was lost, show the report, let it be copied. It is never sent by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from workbench.i18n import _
from workbench.ui.dialogs import AskDialog
from workbench.ui.faults import Fault
from workbench.ui.theme.icons import icon


class BugReportDialog(AskDialog):
    """Shows the report as it will be copied, word for word."""

    def __init__(self, fault: Fault, parent: QWidget | None = None) -> None:
        super().__init__(
            parent,
            _("Ohjelmassa on virhe"),
            _(
                "Toiminto jäi kesken, mutta mitään tallennettua ei kadonnut ja voit jatkaa työtä. "
                "Kopioi raportti ja lähetä se tuelle. Siinä ei ole henkilötietoja eikä asiakirjojen sisältöä."
            ),
            deed=_("Jatka työtä"),
            cancel=False,
        )
        self.setMinimumWidth(560)
        self.report = QPlainTextEdit(fault.report)
        self.report.setReadOnly(True)
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.report.setAccessibleName(_("Virheraportti"))
        self.report.setMinimumHeight(180)
        self.report.setTabChangesFocus(True)
        copy = QPushButton(_("Kopioi raportti"))
        copy.setIcon(icon("copy"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(fault.report))
        self.body.addWidget(self.report)
        self.body.addWidget(copy, alignment=Qt.AlignmentFlag.AlignLeft)
