"""*Mitä puuttuu*: everything that stops closing, each with a jump; and the cases that belong together."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QScrollArea, QVBoxLayout, QWidget

from workbench.cases.whole import WholeCase
from workbench.errors import Problem
from workbench.i18n import N_, _, ngettext
from workbench.ui.cases.words import is_over
from workbench.ui.shell import Ui
from workbench.ui.theme.tokens import L, M, S
from workbench.ui.widgets.linelist import LineList
from workbench.ui.widgets.text import SectionHeader, label

_RELATIONS = {"related": N_("liittyy"), "split": N_("erotettu")}


class MissingPanel(QScrollArea):
    """One column that scrolls as a whole. ``jumped(kind, id, code)`` leads to what a problem is about."""

    jumped = Signal(str, str, str)

    def __init__(self, ui: Ui) -> None:
        super().__init__()
        self._ui = ui
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("role", "surface")
        body = QWidget()
        self.setWidget(body)
        column = QVBoxLayout(body)
        column.setContentsMargins(L, M, L, M)
        column.setSpacing(S)
        self.head = SectionHeader(_("Mitä puuttuu"))
        column.addWidget(self.head)
        self.hint = label("", "soft", wrap=True)
        column.addWidget(self.hint)
        self.problems = LineList(_("Mitä puuttuu"), _("Enter vie kohtaan"), whole=True)
        self.problems.itemActivated.connect(self._jump)
        column.addWidget(self.problems)
        self.close_button = ui.actions.button("case.close")
        column.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.links_head = SectionHeader(_("Liittyvät asiat"))
        column.addWidget(self.links_head)
        self.links = LineList(
            _("Liittyvät asiat"), _("Enter avaa asian, Delete poistaa liitoksen"), whole=True
        )
        self.links.itemActivated.connect(self._open)
        self.links.currentRowChanged.connect(lambda _row: ui.actions.refresh())
        self.links.delete_wanted.connect(lambda: ui.actions.trigger("case.unlink"))
        self.links.menu_wanted.connect(self._menu)
        column.addWidget(self.links)
        column.addStretch(1)

    def show_case(self, whole: WholeCase) -> None:
        """Show a case's problems and relations."""
        problems = () if is_over(whole.fields) else whole.case.problems
        self.head.count.setText(str(len(problems)) if problems else "")
        self.hint.setText(_hint(whole, len(problems)))
        self.problems.set_lines([(p.message, p.section, "warning", p) for p in problems])
        self.problems.setVisible(bool(problems))
        over = is_over(whole.fields)
        self.close_button.setVisible(not over)
        links = whole.case.links
        self.links_head.setVisible(bool(links))
        self.links.setVisible(bool(links))
        self.links.set_lines(
            [
                (
                    f"{r['number']} {r['title']}",
                    _(_RELATIONS.get(r["relation"], r["relation"])),
                    "link",
                    (r["id"], r["case_id"]),
                )
                for r in links
            ]
        )

    def current_link(self) -> str:
        """Id of the link in hand, "" when there is none."""
        item = self.links.currentItem()
        return str(self.links.datum(item)[0]) if item is not None else ""

    def focus_problems(self) -> None:
        """Put the keyboard on the first problem."""
        view: QListWidget | QWidget = self.problems if self.problems.count() else self.close_button
        view.setFocus()

    def _jump(self, item: QListWidgetItem) -> None:
        problem: Problem = self.problems.datum(item)
        self.jumped.emit(problem.kind, problem.id, problem.code)

    def _open(self, item: QListWidgetItem) -> None:
        self._ui.go.open_object("case_file", self.links.datum(item)[1])

    def _menu(self, at: QPoint) -> None:
        """What can be done to the related case in hand."""
        menu = self._ui.actions.menu(("case.link", "case.unlink"), self.links)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)


def _hint(whole: WholeCase, count: int) -> str:
    if is_over(whole.fields):
        return _("Asiaa ei käsitellä enää.")
    if not count:
        return _("Mikään ei estä asian päättämistä.")
    return ngettext(
        "Tämä on hoidettava, ennen kuin asian voi päättää.",
        "Nämä on hoidettava, ennen kuin asian voi päättää.",
        count,
    )
