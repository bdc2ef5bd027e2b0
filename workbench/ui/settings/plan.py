"""Tiedonohjaus: the records plan in force, its versions, and bringing a new one in. The archivist changes,
others read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QTabBar

from workbench.cases.plan.model import PlanVersion
from workbench.cases.plan.plan_json import write_plan
from workbench.cases.plan_queries import Plans, load_plan_version, load_plans
from workbench.desk import Desk
from workbench.i18n import _, day_text, ngettext
from workbench.organisation.model import Role
from workbench.organisation.queries import access_for, load_municipality
from workbench.store.files import write_atomically
from workbench.store.store import Reader
from workbench.ui.settings.fields import Section
from workbench.ui.settings.plan_classes import ClassesView
from workbench.ui.settings.plan_import import PlanImportView
from workbench.ui.settings.plan_versions import VersionsView
from workbench.ui.shell import Ui

Loaded = tuple[str, str, bool, Plans]


def load(reader: Reader) -> Loaded:
    """Code and name of the municipality, whether one may change its plan, and the plans."""
    code = reader.session.municipality
    name = load_municipality(reader, code)["name"]
    return code, name, access_for(reader).has_role(Role.ARCHIVIST), load_plans(reader, code)


class PlanSection(Section):
    """Three views by tabs: classes, versions, import."""

    def __init__(self, ui: Ui, desk: Desk) -> None:
        super().__init__(_("Tiedonohjaus"), fills=True)
        self._ui, self._desk = ui, desk
        self._shown: tuple[str, str] | None = None
        self.plans: Plans | None = None
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(_("Tiedonohjauksen osat"))
        for words in (_("Tehtäväluokat"), _("Versiot"), _("Tuo suunnitelma")):
            self.tabs.addTab(words)
        self.classes = ClassesView(ui)
        self.versions = VersionsView(ui)
        self.importing = PlanImportView(ui)
        self.versions.export_wanted.connect(self.export)
        self.importing.taken.connect(lambda: self.tabs.setCurrentIndex(1))
        self.stack = QStackedWidget()
        for view in (self.classes, self.versions, self.importing):
            self.stack.addWidget(view)
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        self.add(self.tabs, self.stack)
        ui.tasks.store_changed.connect(self._on_changed)

    def on_shown(self) -> None:
        self._ui.tasks.run_query(self, "plans", load, done=self._show)

    def go_back(self) -> bool:
        if self.tabs.currentIndex():
            self.tabs.setCurrentIndex(0)
            return True
        return self.classes.clear_search()

    def _on_changed(self, changes: object, _initiator: object) -> None:
        touched: frozenset[tuple[str, str]] = getattr(changes, "touched", frozenset())
        if self.isVisible() and (not touched or any(kind in ("plan", "role") for kind, _id in touched)):
            self.on_shown()

    def _show(self, loaded: Loaded) -> None:
        code, name, may, plans = loaded
        self.plans = plans
        current = plans.current
        count = len(current.classes)
        self.header.set(
            _("Tiedonohjaus: {name}").format(name=name),
            ngettext(
                "Voimassa versio {version}, {day} alkaen, {n} luokka",
                "Voimassa versio {version}, {day} alkaen, {n} luokkaa",
                count,
            ).format(version=current.version, day=day_text(current.valid_from), n=count),
        )
        shown = (code, current.version)
        if shown != self._shown:
            self._shown = shown
            self.classes.show_plan(current)
        self.versions.show_plans(plans)
        self.importing.set_current(code, plans, may_change=may)

    def export(self, plan_id: str) -> None:
        """Write a version as JSON into a folder the person chooses."""
        folder = self._ui.dialogs.choose_folder(_("Vie suunnitelma kansioon"))
        if folder is None:
            return
        desk = self._desk

        def work(progress: Any) -> Path:
            progress.step(0, 1, _("Kirjoitetaan suunnitelma"))
            with desk.reader() as reader:
                plan = load_plan_version(reader, plan_id)
            return _write(plan, folder)

        self._ui.jobs.start(
            _("Viedään tiedonohjaussuunnitelma"),
            work,
            done=lambda path: self._ui.notify.say(_("Suunnitelma on viety: {path}").format(path=path)),
            failed=lambda error: self._ui.notify.say(str(error), state="stop"),
        )


def _write(plan: PlanVersion, folder: Path) -> Path:
    where = plan.municipality or "yhteinen"
    kept = "".join(c if c.isalnum() or c in ".-" else "-" for c in plan.version)
    path = folder / f"tiedonohjaus-{where}-{kept}.json"
    write_atomically(path, write_plan(plan).encode("utf-8"))
    return path
