"""The step of people: the first administrator, and the others one by one or from a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from workbench.errors import Problem
from workbench.i18n import _, ngettext
from workbench.organisation.model import ROLE_NAMES, Role, role_list
from workbench.organisation.queries import StaffMember
from workbench.organisation.staff_file import StaffRow, staff_lines
from workbench.setup.guide import Answers
from workbench.setup.staff_preview import StaffPreview, judge
from workbench.ui.dialogs import AskDialog, Dialogs
from workbench.ui.jobs import Jobs
from workbench.ui.settings.fields import Card, Field, button, line, soft
from workbench.ui.settings.staff_table import StaffTable
from workbench.ui.start.step import Step
from workbench.ui.theme.tokens import ROW, M
from workbench.ui.widgets.text import label

_ROW, _ROWS_SEEN = ROW + 2, 5


class StaffStep(Step):
    """The administrator may give the rest of the roles later, too."""

    def __init__(self, jobs: Jobs, dialogs: Dialogs, *, me: StaffMember | None = None) -> None:
        """``me``: whoever sits here is on the staff of this home already; she keeps her name."""
        super().__init__(
            "staff",
            _("Henkilöstö"),
            _("Sinusta tulee kunnan pääkäyttäjä. Muut voit lisätä nyt tai myöhemmin asetuksista."),
        )
        self._jobs, self._dialogs = jobs, dialogs
        self._answers = Answers()
        self._faulty = 0
        self.rows: list[StaffRow] = []
        self.name, self.title, self.email = line(), line(), line()
        mine = Card(_("Minä"))
        mine.add(self.field("admin_name", _("Nimi"), self.name), self.field("title", _("Nimike"), self.title))
        mine.add(self.field("admin_email", _("Sähköposti"), self.email))
        if me is not None:
            for edit, known in ((self.name, me.name), (self.title, me.title), (self.email, me.email)):
                edit.setText(known)
                edit.setReadOnly(True)
                edit.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.roles = role_boxes(without=Role.ADMINISTRATOR)
        self.secret = QCheckBox(_("Näen salassa pidettävät asiat"))
        mine.add(label(_("Muut roolisi pääkäyttäjän lisäksi"), "strong"))
        mine.add(*list(self.roles.values())[:3])
        mine.add(*list(self.roles.values())[3:])
        mine.add(self.secret)
        self.list = QTreeWidget()
        self.list.setHeaderLabels([_("Nimi"), _("Nimike"), _("Toimiala"), _("Roolit")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAccessibleName(_("Lisättävät henkilöt"))
        self.list.header().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        for column, width in ((0, 170), (1, 140), (2, 110)):
            self.list.setColumnWidth(column, width)
        self.list_field = self.field("staff", _("Muut henkilöt"), self.list)
        self.nobody = soft(_("Muita henkilöitä ei ole vielä lisätty."))
        self.preview = StaffTable()
        self.preview.setFixedHeight(230)
        self.preview.lines.setColumnHidden(2, True)
        self.add_button = button(_("Lisää henkilö"), "assign")
        self.add_button.clicked.connect(self.add_person)
        self.import_button = button(_("Tuo CSV-tiedosto"), "import")
        self.import_button.clicked.connect(self.choose_file)
        self.remove_button = button(_("Poista valittu"), "delete")
        self.remove_button.clicked.connect(self._remove)
        others = Card()
        others.add(self.list_field)
        others.add(self.nobody)
        others.add(self.preview)
        others.add_row(self.add_button, self.import_button, self.remove_button)
        self.add(mine, others)
        self.end()
        self._show_rows()

    def enter(self, answers: Answers) -> None:
        self._answers = answers

    def fill(self, answers: Answers) -> Answers:
        return replace(
            answers,
            admin_name=self.name.text().strip(),
            admin_title=self.title.text().strip(),
            admin_email=self.email.text().strip(),
            admin_roles=tuple(role for role, box in self.roles.items() if box.isChecked()),
            admin_secret=self.secret.isChecked(),
            staff=tuple(self.rows),
        )

    def own_problems(self) -> list[Problem]:
        if not self._faulty:
            return []
        return [
            Problem("staff", _("Tiedostossa on virheitä. Korjaa tiedosto ja tuo se uudelleen tai poista se."))
        ]

    # -- the others ------------------------------------------------------------------------------------

    def add_person(self) -> None:
        """Ask for one person."""
        PersonDialog(self, self._answers, self._added).open()

    def _added(self, row: StaffRow) -> None:
        self.rows.append(row)
        self._show_rows()

    def choose_file(self) -> None:
        """Choose a staff file."""
        files = self._dialogs.choose_files(_("Tuo henkilöstö"), patterns=("*.csv", "*.txt"))
        if files:
            self.open_file(files[0])

    def open_file(self, path: Path) -> None:
        """Judge a file off the window's thread; it replaces what a former file brought."""
        m = self._answers.municipality
        codes = {m.code: m.code, m.name.lower(): m.code}
        offices = {(m.code, office) for office in m.offices}

        def work(progress: Any) -> StaffPreview:
            progress.step(0, 1, path.name)
            return judge(staff_lines(path), codes, offices, {})

        self._jobs.start(_("Luetaan henkilöstö"), work, done=self._judged, failed=self._refused)

    def _judged(self, found: StaffPreview) -> None:
        self._faulty = found.faulty
        self.preview.show_preview(found)
        words = ""
        if found.faulty:
            words = ngettext(
                "Tiedostossa on {n} korjattava rivi. Yhtään riviä ei otettu.",
                "Tiedostossa on {n} korjattavaa riviä. Yhtään riviä ei otettu.",
                found.faulty,
            ).format(n=found.faulty)
        else:
            names = {row.name for row in found.rows()}
            self.rows = [row for row in self.rows if row.name not in names] + found.rows()
        self._show_rows()
        self.list_field.error.show_error(words)
        QTimer.singleShot(0, self, self._reveal)

    def _reveal(self) -> None:
        shown = self.preview if self._faulty else self.add_button
        self.area.ensureWidgetVisible(shown, 0, 24)

    def _refused(self, error: Exception) -> None:
        self._faulty = 0
        self._show_rows()
        self.list_field.error.show_error(str(error))

    def _remove(self) -> None:
        if self._faulty:
            self._faulty = 0  # the faulty file is let go
            self.list_field.error.show_error("")
        else:
            row = self.list.currentIndex().row()
            if 0 <= row < len(self.rows):
                del self.rows[row]
        self._show_rows()

    def _show_rows(self) -> None:
        self.list.clear()
        for row in self.rows:
            item = QTreeWidgetItem([row.name, row.title, row.office, role_list(frozenset(row.roles))])
            self.list.addTopLevelItem(item)
        self.preview.setVisible(bool(self._faulty))
        self.list.setVisible(not self._faulty)
        self.list.setFixedHeight(_ROW + 2 + _ROW * min(len(self.rows), _ROWS_SEEN))
        self.nobody.setVisible(not self.rows and not self._faulty)
        self.remove_button.setEnabled(bool(self.rows or self._faulty))
        self.remove_button.setText(_("Poista tiedosto") if self._faulty else _("Poista valittu"))


class PersonDialog(AskDialog):
    """One person with roles; ``give(row)`` when accepted."""

    def __init__(self, parent: QWidget, answers: Answers, give: Callable[[StaffRow], None]) -> None:
        super().__init__(parent, _("Lisää henkilö"), "", deed=_("Lisää henkilö"))
        self._give, self._municipality = give, answers.municipality.code
        self.body.setSpacing(M)
        self.name, self.title, self.email = line(), line(), line()
        self.name_field = Field(_("Nimi"), self.name)
        self.office = QComboBox()
        for code, name in answers.municipality.offices.items():
            self.office.addItem(name, code)
        self.roles = role_boxes()
        self.secret = QCheckBox(_("Näkee salassa pidettävät asiat"))
        self.role_field = Field(_("Roolit"), next(iter(self.roles.values())))
        for part in (
            self.name_field,
            Field(_("Nimike"), self.title),
            Field(_("Sähköposti"), self.email),
            Field(_("Toimiala"), self.office),
            self.role_field,
        ):
            self.body.addWidget(part)
        for box in list(self.roles.values())[1:]:
            self.body.addWidget(box)
        self.body.addWidget(self.secret)
        self.go.clicked.disconnect()
        self.go.clicked.connect(self._take)
        self.name.setFocus()

    def _take(self) -> None:
        roles = tuple(role for role, box in self.roles.items() if box.isChecked())
        self.name_field.error.show_error("" if self.name.text().strip() else _("Anna henkilön nimi."))
        self.role_field.error.show_error("" if roles else _("Valitse ainakin yksi rooli."))
        if not self.name.text().strip() or not roles:
            return
        self._give(
            StaffRow(
                self.name.text().strip(),
                self.title.text().strip(),
                self.email.text().strip(),
                "",
                self._municipality,
                self.office.currentData() or "",
                "virka",
                roles,
                self.secret.isChecked(),
            )
        )
        self.accept()


def role_boxes(without: Role | None = None) -> dict[Role, QCheckBox]:
    """A box for each role."""
    return {role: QCheckBox(_(ROLE_NAMES[role])) for role in Role if role is not without}
