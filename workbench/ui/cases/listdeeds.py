"""What is done in the list: views, exports, and one deed for the chosen rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from workbench.cases.closing import CloseCase
from workbench.cases.naming import shown_number
from workbench.cases.oversight import LogExport
from workbench.cases.parts import MarkCase
from workbench.cases.views import SavedView, load_views
from workbench.clock import today
from workbench.desk import Desk
from workbench.i18n import _, ngettext
from workbench.store.commands import Command
from workbench.ui.actions import Enabled
from workbench.ui.cases import export, viewsmenu
from workbench.ui.cases.batch import BatchPane, BatchResult, Rows, run_batch, summary, undo_batch
from workbench.ui.cases.plans import PanelPlan, Values
from workbench.ui.jobs import Progress
from workbench.ui.shell import Ui
from workbench.ui.tasks import ForeignChange
from workbench.ui.widgets.formpanel import FormPanel

if TYPE_CHECKING:
    from workbench.ui.cases.listing import CaseList
    from workbench.ui.cases.page import CasesPage

_BATCH = ("case.hand_over", "case.task", "case.phase", "case.favourite", "case.watch", "", "case.close")
_ROWS = frozenset({"list.open", "list.batch", *filter(None, _BATCH), "case.copy"})


class ListDeeds(QObject):
    """``do(action id)`` and ``can(action id)`` in the list."""

    def __init__(self, ui: Ui, desk: Desk, page: CasesPage, listing: CaseList) -> None:
        super().__init__(listing)
        self._ui, self._desk, self._page, self._list = ui, desk, page, listing

    def can(self, id_: str) -> Enabled:
        """True, or why not."""
        if self._page.shows_case():
            return _("Avaa ensin asialuettelo sivulta Asiat.")
        if id_ in _ROWS and not self._list.table.selectionModel().hasSelection():
            return _("Valitse ensin asia.")
        if id_.startswith("list.export") and not self._list.model.rowCount():
            return _("Luettelossa ei ole mitään vietävää.")
        if id_.startswith("list.export") and not self._list.model.is_whole():
            return _("Luetteloa luetaan vielä. Yritä hetken kuluttua uudelleen.")
        return True

    def do(self, id_: str) -> None:
        """Do it."""
        plain: dict[str, Callable[[], None]] = {
            "list.open": self._open,
            "list.filter": self._list.pane.filter.setFocus,
            "list.facets": self._list.facets.setFocus,
            "list.clear": self._list.facets.clear_ticks,
            "list.fresh": self._fresh,
            "list.save_view": self._save_view,
            "list.views": self._ask_views,
            "list.batch": self._batch_menu,
            "list.export_csv": lambda: self._export("csv"),
            "list.export_xlsx": lambda: self._export("xlsx"),
            "case.copy": lambda: self._page.copy(
                [(shown_number(r.number), r.title) for r in self._list.rows()]
            ),
        }
        if id_ in plain:
            plain[id_]()
            return
        plan = self._page.deeds.batch_plan(id_)
        if plan is not None:
            self._list.side.open(
                plan, "batch", instead=lambda values, panel: self._given(plan, values, panel)
            )
        elif id_ == "case.close":
            self._run(_("Päätä asiat"), lambda case_id: CloseCase(case_id=case_id))
        elif id_ in ("case.favourite", "case.watch"):
            mark = id_.rpartition(".")[2]
            self._run(_("Merkitse asiat"), lambda case_id: MarkCase(case_id=case_id, mark=mark, on=True))

    # -- rows ------------------------------------------------------------------------------------------------

    def _open(self) -> None:
        self._list.table.opened.emit(self._list.table.current_id())

    def _batch_menu(self) -> None:
        chip = self._list.chosen if self._list.chosen.isVisible() else self._list.pane.filter
        menu = self._ui.actions.menu(_BATCH, chip)
        menu.popup(chip.mapToGlobal(chip.rect().bottomLeft()))

    def _given(self, plan: PanelPlan, values: Values, _panel: FormPanel) -> None:
        make = plan.make
        assert make is not None
        self._list.side.finish()
        self._run(plan.title, lambda case_id: make(dict(values), case_id))

    def _run(self, title: str, make: Callable[[str], Command]) -> None:
        numbers = self._list.table.selected_ids()
        rows = Rows(len(numbers))
        named = ngettext("{title}: {n} asia", "{title}: {n} asiaa", len(numbers))
        self._start(
            named.format(title=title, n=len(numbers)),
            rows,
            lambda progress: run_batch(self._desk, title, numbers, make, progress, rows),
            can_undo=True,
        )

    def _undo(self, result: BatchResult) -> None:
        rows = Rows(len(result.done))
        self._start(
            _("Kumoa: {title}").format(title=result.title),
            rows,
            lambda progress: undo_batch(self._desk, result, progress, rows),
            can_undo=False,
        )

    def _start(
        self, title: str, rows: Rows, work: Callable[[Progress], BatchResult], *, can_undo: bool
    ) -> None:
        """A job; many rows are shown as they are done, a single one is told by a message."""
        jobs = self._ui.jobs
        pane = BatchPane(title, rows) if rows.total > 1 else None
        job = jobs.start(
            title,
            work,
            done=lambda result: self._told(result, pane, can_undo=can_undo),
            failed=lambda _error: self._broken(pane),
        )
        if pane is None:
            return
        jobs.changed.connect(pane.look)
        pane.stop_wanted.connect(lambda: jobs.cancel(job))
        self._show(pane)
        pane.stop.setFocus()

    def _told(self, result: BatchResult, pane: BatchPane | None, *, can_undo: bool) -> None:
        self._changed()
        if pane is not None and isValid(pane):
            pane.finish(result, can_undo=can_undo)
            pane.undo_wanted.connect(lambda: self._undo(result))
            if pane.isVisible():
                pane.list.setFocus()
        elif pane is not None:  # one went on with other work meanwhile
            state = "warning" if result.refused else "ok"
            again = partial(self._show_again, result, can_undo=can_undo)
            self._ui.notify.offer(summary(result), _("Näytä tulokset"), again, state=state)
        elif result.refused:
            self._ui.notify.say(result.refused[0].why, state="warning")
        elif can_undo:
            self._ui.notify.offer(summary(result), _("Kumoa"), lambda: self._undo(result))
        else:
            self._ui.notify.say(result.title)

    def _show_again(self, result: BatchResult, *, can_undo: bool) -> None:
        """The results of what ended while one was elsewhere."""
        pane = BatchPane(result.title, Rows(result.wanted))
        self._show(pane)
        pane.finish(result, can_undo=can_undo)
        pane.undo_wanted.connect(lambda: self._undo(result))
        pane.list.setFocus()

    def _show(self, pane: BatchPane) -> None:
        pane.opened.connect(lambda case_id: self._ui.go.open_object("case_file", case_id))
        pane.closed.connect(self._list.go_back)
        self._ui.go.open_page("cases")
        self._list.side.show_result(pane)

    def _broken(self, pane: BatchPane | None) -> None:
        """The job ended by a fault: what was done stays in sight."""
        self._changed()
        if pane is not None and isValid(pane):
            pane.look()
            pane.stop.hide()
            pane.ready.show()

    def _changed(self) -> None:
        """The job's commits went past the window's writer: every page looks again."""
        self._ui.tasks.store_changed.emit(ForeignChange(), self)

    # -- views and exports --------------------------------------------------------------------------------

    def _fresh(self) -> None:
        self._list.model.accept_proposal()
        self._list.renew()

    def _save_view(self) -> None:
        one = self._list
        query = viewsmenu.as_query(one.ticks, one.text, one.sort, one.descending)
        one.side.open(viewsmenu.save_plan(query), "view")

    def _ask_views(self) -> None:
        self._ui.tasks.run_query(self, "views", load_views, done=self._show_views)

    def _show_views(self, views: list[SavedView]) -> None:
        button = self._list.views
        menu = viewsmenu.views_menu(
            views,
            self._ui.actions,
            button,
            show=lambda view: self._list.show_view(*viewsmenu.from_query(view.query)),
            remove=lambda command: self._ui.tasks.run_command(
                command, initiator=self, done=self._ui.notify.tell
            ),
        )
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _export(self, ending: str) -> None:
        folder = self._ui.dialogs.choose_folder(_("Valitse kansio, johon luettelo viedään"))
        if folder is None:
            return
        one = self._list
        by_id = {c.id: c for c in one.model.columns}
        columns = [by_id[id_] for id_ in one.table.visible_columns()]
        ids = list(one.model.ids())
        path = export.free_path(
            folder, _("asiat-{day}").format(day=today(self._ui.clock).isoformat()), ending
        )

        def work(progress: Progress) -> int:
            self._desk.execute(LogExport(count=len(ids)))
            return export.write_list(path, columns, ids, self._desk.reader, progress)

        self._ui.jobs.start(
            _("Vie luettelo: {name}").format(name=path.name),
            work,
            done=lambda count: self._exported(path, count),
            failed=lambda error: self._not_exported(path, error),
        )

    def _exported(self, path: Path, count: int) -> None:
        words = ngettext("Viety {n} asia: {path}", "Viety {n} asiaa: {path}", count)
        self._ui.notify.say(words.format(n=count, path=path))

    def _not_exported(self, path: Path, error: Exception) -> None:
        if isinstance(error, OSError):
            self._ui.notify.say(
                _("Tiedostoa {name} ei voi kirjoittaa. Valitse toinen kansio.").format(name=path.name),
                state="stop",
            )
