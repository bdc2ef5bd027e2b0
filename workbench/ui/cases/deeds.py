"""What each action of the pages does, and why it cannot be done now. One case, or the chosen rows of the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from workbench.cases.closing import CloseCase
from workbench.cases.detail import DocumentDetail
from workbench.cases.naming import shown_number
from workbench.cases.parts import CompleteAction, CompleteTask, MarkCase, RemoveParty, UnlinkCases
from workbench.cases.task_changes import RemoveAction, RemoveTask
from workbench.cases.whole import WholeCase
from workbench.clock import today
from workbench.desk import Desk
from workbench.errors import Problems
from workbench.i18n import _
from workbench.store.commands import Command
from workbench.ui.actions import Enabled
from workbench.ui.cases import forms, forms_corrections, forms_parts, forms_values
from workbench.ui.cases.header import phases_of
from workbench.ui.cases.plans import PanelPlan
from workbench.ui.cases.providers import Providers
from workbench.ui.cases.words import is_over
from workbench.ui.shell import Ui

if TYPE_CHECKING:
    from workbench.ui.cases.page import CasesPage

# Action → the verb it needs on the case; "" needs only to see it.
VERBS = {
    "case.note": "", "case.task": "edit", "case.action": "edit", "case.party": "edit", "case.document": "edit",
    "case.link": "edit", "case.unlink": "edit",
    "case.hand_over": "hand_over", "case.phase": "edit", "case.reclassify": "edit",
    "case.favourite": "", "case.watch": "", "case.copy": "", "case.close": "close", "case.reopen": "close",
    "case.give_access": "edit",
    "case.publicity": "edit", "case.retention": "edit", "document.version": "edit", "document.edit": "edit",
    "document.values": "edit", "document.open": "", "party.edit": "edit", "party.remove": "edit", "task.complete": "",
    "task.edit": "edit", "task.remove": "edit",
    "case.edit": "", "document.move": "correct", "case.split": "correct", "case.merge": "correct",
    "case.arrival_time": "correct", "case.transfer": "correct", "case.void": "correct", "case.correct": "",
}  # fmt: skip
# These may be done though the case is no longer handled.
_ALWAYS = frozenset(
    {"case.note", "case.favourite", "case.watch", "case.copy", "case.reopen", "case.edit", "case.correct"}
) | {"document.open"}
BATCH = frozenset(
    {"case.hand_over", "case.task", "case.phase", "case.close", "case.favourite", "case.watch", "case.copy"}
)


class Deeds(QObject):
    """``do(action id)`` and ``can(action id)``."""

    def __init__(self, ui: Ui, desk: Desk, page: CasesPage) -> None:
        super().__init__(page)
        self._ui, self._desk, self._page = ui, desk, page
        self.providers = Providers(ui, self)

    # -- may it be done ------------------------------------------------------------------------------------

    def can(self, id_: str) -> Enabled:
        """True, or a sentence that says why not."""
        if id_ == "list.filter" and self._filter() is not None:
            return True
        if id_.startswith("list."):
            return self._page.listing.can(id_)
        if not self._page.shows_case():
            if id_ in BATCH:
                return self._page.listing.can(id_)
            return _("Avaa ensin asia.")
        whole = self._page.view.whole
        if whole is None:
            return _("Asiaa ei ole vielä avattu.")
        if id_.startswith("case.tab.") or id_ == "case.missing":
            return True
        if id_ not in _ALWAYS and is_over(whole.fields):
            return self._over(whole)
        verb = VERBS[id_]
        if verb and not whole.rights[verb].allowed:
            return whole.rights[verb].why
        return self._fits(id_, whole)

    def _over(self, whole: WholeCase) -> str:
        f = whole.fields
        if f["voided_at"]:
            return _("Asia on mitätöity.")
        if f["merged_into"]:
            return _("Asia on yhdistetty toiseen asiaan. Avaa se.")
        if f["moved_to"]:
            return _("Asia on siirretty toiseen kuntaan.")
        return _("Asia on päätetty. Avaa se ensin uudelleen.")

    def _fits(self, id_: str, whole: WholeCase) -> Enabled:
        f = whole.fields
        if id_ == "case.reopen" and not f["closed_on"]:
            return _("Asia on jo avoinna.") if not is_over(f) else self._over(whole)
        if id_.startswith("document.") and id_ != "document.move" and self._document() is None:
            return _("Valitse ensin asiakirja osassa Asiakirjat (Alt+2).")
        if id_ == "case.unlink" and not self._link():
            linked = bool(whole.case.links)
            return (
                _("Valitse ensin liittyvä asia asian oikeasta reunasta.")
                if linked
                else _("Asialla ei ole liittyviä asioita.")
            )
        if id_.startswith("party.") and self._party() is None:
            return _("Valitse ensin osapuoli osassa Osapuolet (Alt+3).")
        if id_ in ("document.move", "case.split") and not whole.case.documents:
            return _("Asiassa ei ole asiakirjoja.")
        if id_ == "case.give_access" and not f["restricted"]:
            return _("Asia ei ole salassa pidettävä; sen näkevät kaikki toimialan käsittelijät.")
        if id_.startswith("task."):
            return self._completable(id_)
        return True

    def _completable(self, id_: str) -> Enabled:
        found = self._task()
        if found is None:
            return _("Valitse ensin tehtävä osassa Tehtävät (Alt+4).")
        kind, row = found
        if kind == "task" and row["done_at"] is not None:
            return _("Tehtävä on jo tehty.")
        if id_ == "task.edit" and kind != "task":
            return _("Suunniteltua toimenpidettä ei muuteta. Poista se ja lisää uusi.")
        return True

    # -- what is in hand -----------------------------------------------------------------------------------
    # A row is in hand only while it is seen: the palette and the shortcuts reach every deed of the case, and
    # must not change a row of a part that is out of sight.

    def _document(self) -> DocumentDetail | None:
        view = self._page.view
        return view.documents.current() if view.tab() is view.documents else None

    def _party(self) -> dict[str, Any] | None:
        view = self._page.view
        return view.parties.current() if view.tab() is view.parties else None

    def _task(self) -> tuple[str, dict[str, Any]] | None:
        view = self._page.view
        return view.tasks.current() if view.tab() is view.tasks else None

    def _filter(self) -> QWidget | None:
        """The filter of the part of a case in sight, if it has one."""
        found = getattr(self._page.view.tab(), "filter", None) if self._page.shows_case() else None
        return found if isinstance(found, QWidget) else None

    def _link(self) -> str:
        view = self._page.view
        return "" if view.side.is_open() else view.missing.current_link()

    # -- do it -----------------------------------------------------------------------------------------------

    def do(self, id_: str) -> None:
        """Do what the action says."""
        page = self._page
        if id_ == "list.filter" and (own := self._filter()) is not None:
            own.setFocus()
            return
        if id_.startswith("list.") or not page.shows_case():
            page.listing.do(id_)
            return
        view = page.view
        if id_.startswith("case.tab."):
            view.show_tab(id_.rpartition(".")[2])
        elif id_ == "case.missing":
            view.missing.focus_problems()
        elif view.whole is not None:
            self._do_one(id_, view.whole)

    def _do_one(self, id_: str, whole: WholeCase) -> None:
        plain: dict[str, Callable[[WholeCase], None]] = {
            "case.favourite": lambda w: self._mark(w, "favourite"),
            "case.watch": lambda w: self._mark(w, "watch"),
            "case.copy": lambda w: self._page.copy([(shown_number(w.fields["number"]), w.fields["title"])]),
            "case.close": self._close,
            "case.edit": lambda _w: self._page.view.show_tab("data"),
            "case.correct": lambda _w: self._page.view.header.open_menu("correct"),
            "party.remove": self._remove_party,
            "case.unlink": self._unlink,
            "task.complete": self._complete,
            "task.remove": self._remove_task,
            "case.document": self._add_document,
            "document.version": self._add_version,
            "document.open": lambda _w: self._page.view.documents.pane.open_outside(),
        }
        if id_ in plain:
            plain[id_](whole)
            return
        plan = self.plan(id_, whole)
        if plan is not None:
            self._page.view.side.open(plan, whole.case.id)

    def plan(self, id_: str, whole: WholeCase) -> PanelPlan | None:
        """The panel of an action."""
        p = self.providers
        document, party, task = self._document(), self._party(), self._task()
        chosen = self._chosen_documents()
        makers: dict[str, Callable[[], PanelPlan]] = {
            "case.note": forms.note,
            "case.task": lambda: forms.task(p),
            "case.action": lambda: forms.action(whole, today(self._ui.clock)),
            "case.party": lambda: forms_parts.party(whole),
            "case.link": lambda: forms.link(whole, p),
            "case.hand_over": lambda: forms.hand_over(p),
            "case.phase": lambda: forms.enter_phase(phases_of(whole), whole.fields["phase"]),
            "case.reclassify": lambda: forms.reclassify(whole, p),
            "case.reopen": forms.reopen,
            "case.publicity": lambda: forms_values.case_publicity(whole),
            "case.retention": lambda: forms_values.case_retention(whole),
            "case.give_access": lambda: forms.give_access(p),
            "case.void": lambda: forms_corrections.void(whole),
            "case.arrival_time": lambda: forms_corrections.arrival_time(whole, chosen),
            "document.move": lambda: forms_corrections.move(whole, p, chosen),
            "case.merge": lambda: forms_corrections.merge(whole, p),
            "case.transfer": lambda: forms_corrections.transfer(whole, self._desk),
            "case.split": lambda: forms_corrections.split(whole, p, chosen),
        }
        if document is not None:
            makers["document.edit"] = lambda: forms_parts.edit_document(document.fields)
            makers["document.values"] = lambda: forms_values.document_values(document)
        if task is not None:
            makers["task.edit"] = lambda: forms.edit_task(whole, p, task[1])
        if party is not None:
            makers["party.edit"] = lambda: forms_parts.edit_party(whole, party)
        return makers[id_]() if id_ in makers else None

    def batch_plan(self, id_: str) -> PanelPlan | None:
        """The panel of an action for many cases, None where it asks nothing."""
        from workbench.cases.model import PHASE_ORDER

        makers: dict[str, Callable[[], PanelPlan]] = {
            "case.task": lambda: forms.task(self.providers),
            "case.hand_over": lambda: forms.hand_over(self.providers),
            "case.phase": lambda: forms.enter_phase(PHASE_ORDER, "vireilletulo"),
        }
        return makers[id_]() if id_ in makers else None

    def run(self, command: Command, case_id: str, failed: Callable[[Exception], None] | None = None) -> None:
        """Run a command of one case and tell what it did."""
        self._ui.tasks.run_command(
            command,
            initiator=self,
            done=lambda changes: self._ui.notify.tell(changes, kind="case_file", id=case_id),
            failed=failed,
        )

    def _chosen_documents(self) -> Sequence[str]:
        document = self._document()
        return (document.fields["attached_to"] or document.id,) if document else ()

    def _mark(self, whole: WholeCase, mark: str) -> None:
        on = mark not in whole.case.marks
        self.run(MarkCase(case_id=whole.case.id, mark=mark, on=on), whole.case.id)

    def _close(self, whole: WholeCase) -> None:
        def refused(error: Exception) -> None:
            self._ui.notify.say(
                _("Asiaa ei voi vielä päättää. Mitä puuttuu -luettelo kertoo, mitä on hoidettava.")
                if isinstance(error, Problems)
                else str(error),
                state="warning",
            )
            self._page.view.missing.focus_problems()

        self.run(CloseCase(case_id=whole.case.id), whole.case.id, refused)

    def _remove_party(self, whole: WholeCase) -> None:
        party = self._party()
        if party is not None:
            self.run(RemoveParty(party_id=party["id"]), whole.case.id)

    def _unlink(self, whole: WholeCase) -> None:
        link = self._link()
        if link:
            self.run(UnlinkCases(link_id=link), whole.case.id)

    def _remove_task(self, whole: WholeCase) -> None:
        found = self._task()
        if found is not None:
            kind, row = found
            command: Command = (
                RemoveTask(task_id=row["id"]) if kind == "task" else RemoveAction(action_id=row["id"])
            )
            self.run(command, whole.case.id)

    def _complete(self, whole: WholeCase) -> None:
        found = self._task()
        if found is None:
            return
        kind, row = found
        day = today(self._ui.clock)
        command: Command = (
            CompleteTask(task_id=row["id"])
            if kind == "task"
            else CompleteAction(action_id=row["id"], done_on=day)
        )
        self.run(command, whole.case.id)

    def _add_document(self, whole: WholeCase) -> None:
        paths = self._ui.dialogs.choose_files(_("Valitse asiakirjan tiedosto"))
        if paths:
            plan = forms_parts.document(whole, self._desk, paths)
            self._page.view.side.open(plan, whole.case.id)

    def _add_version(self, whole: WholeCase) -> None:
        document = self._document()
        paths = self._ui.dialogs.choose_files(_("Valitse uusi versio")) if document else []
        if document and paths:
            plan = forms_parts.version(self._desk, document.fields, paths[0], document.newest)
            self._page.view.side.open(plan, whole.case.id)
