"""The column at the right of a page: what stands there at rest, or the panel that is open.

A panel that is left keeps what was typed until it is opened again for the same thing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from workbench.clock import today
from workbench.store.changes import Changes
from workbench.ui.cases.plans import PanelPlan, Values
from workbench.ui.shell import Ui
from workbench.ui.widgets.formpanel import FormPanel

Instead = Callable[[Values, FormPanel], None]


class PanelHost(QStackedWidget):
    """``open(plan, case id)``; ``done(plan, changes)`` after its command."""

    done = Signal(object, object)
    shown_changed = Signal(bool)

    def __init__(self, ui: Ui, idle: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ui = ui
        self.addWidget(idle)
        self._panel: FormPanel | None = None
        self._key = ("", "")
        self._drafts: dict[tuple[str, str], dict[str, Any]] = {}
        self._before: QWidget | None = None
        self._result: QWidget | None = None

    def is_open(self) -> bool:
        """Whether something else than what stands at rest is shown."""
        return self._panel is not None or self._result is not None

    def show_result(self, result: QWidget) -> None:
        """Show what came of a long deed until it is left."""
        self.leave()
        self._result = result
        self.addWidget(result)
        self.setCurrentWidget(result)
        self.shown_changed.emit(True)

    def panel(self) -> FormPanel | None:
        """The open panel."""
        return self._panel

    def open(self, plan: PanelPlan, case_id: str, *, instead: Instead | None = None) -> FormPanel:
        """Show a panel. ``instead`` takes the values where not one command but many are run."""
        self.leave()
        self._before = self.window().focusWidget()
        self._key = (plan.id, case_id)
        panel = FormPanel(
            plan.title,
            plan.fields,
            plan.deed,
            today=lambda: today(self._ui.clock),
            consequence=plan.consequence,
            danger=plan.danger,
            draft=self._drafts.get(self._key),
        )
        panel.closed.connect(self.leave)
        if instead is not None:
            panel.submitted.connect(lambda values: instead(values, panel))
        else:
            panel.submitted.connect(lambda values: self._run(plan, case_id, panel, values))
        self._panel = panel
        self.addWidget(panel)
        self.setCurrentWidget(panel)
        self.shown_changed.emit(True)
        panel.focus_first()
        return panel

    def leave(self) -> bool:
        """Close the panel, keeping what was typed; False when none was open."""
        if self._result is not None:
            result, self._result = self._result, None
            self.setCurrentIndex(0)
            self.removeWidget(result)
            result.deleteLater()
            self.shown_changed.emit(False)
            return True
        if self._panel is None:
            return False
        self._drafts[self._key] = self._panel.draft()
        self._take_away()
        return True

    def finish(self) -> None:
        """Close the panel whose deed was done."""
        self._drafts.pop(self._key, None)
        self._take_away()

    def _take_away(self) -> None:
        panel, self._panel = self._panel, None
        if panel is None:
            return
        self.setCurrentIndex(0)
        self.removeWidget(panel)
        panel.hide()
        panel.deleteLater()
        self.shown_changed.emit(False)
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self._before = None

    def _run(self, plan: PanelPlan, case_id: str, panel: FormPanel, values: Values) -> None:
        failed = partial(self._fail, panel)
        ended = partial(self._ended, plan, case_id, panel)
        if plan.whole_job is not None:
            whole = plan.whole_job

            def told(changes: Changes) -> None:
                ended(changes)
                self._ui.tasks.store_changed.emit(changes, self)

            self._ui.jobs.start(
                plan.title, lambda progress: whole(values, case_id, progress), done=told, failed=failed
            )
        elif plan.prepare is not None:
            prepare = plan.prepare
            self._ui.jobs.start(
                plan.title,
                lambda progress: prepare(values, progress),
                done=lambda found: self._command(plan, case_id, values | {"prepared": found}, ended, failed),
                failed=failed,
            )
        else:
            self._command(plan, case_id, values, ended, failed)

    def _command(
        self,
        plan: PanelPlan,
        case_id: str,
        values: Values,
        ended: Callable[[Changes], None],
        failed: Callable[[Exception], None],
    ) -> None:
        assert plan.make is not None
        command = plan.make(values, case_id)
        self._ui.tasks.run_command(command, initiator=self, done=ended, failed=failed)

    def _ended(self, plan: PanelPlan, case_id: str, panel: FormPanel, changes: Changes) -> None:
        if self._panel is panel:
            self.finish()
        self._ui.notify.tell(changes, kind="case_file", id=plan.leads_to(changes) or case_id)
        self.done.emit(plan, changes)

    def _fail(self, panel: FormPanel, error: Exception) -> None:
        if self._panel is panel:
            panel.fail(error)
        else:
            self._ui.notify.say(str(error), state="stop")
