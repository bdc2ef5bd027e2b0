"""Confirming: sends the command of a registration, and of several alike as one Job with results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject

from workbench.cases.intake.taking_in import keep_note
from workbench.cases.naming import shown_number
from workbench.desk import Desk
from workbench.errors import Problems, StorageProblem, UserError, WorkbenchError
from workbench.i18n import _, ngettext
from workbench.ui.intake.loading import load_bundle
from workbench.ui.intake.registration import NOTE, Registration
from workbench.ui.jobs import Progress
from workbench.ui.shell import Ui
from workbench.ui.tasks import ForeignChange

Done = Callable[[Any], None]
Failed = Callable[[Exception], None]

SHARED = ("mode", "case", "class_code", "case_type", "document_type", "handler", "office", "publicity")
"""What similar arrivals take from the one in hand; title, parties and arrival are each one's own."""

_FIELD_OF = {
    "handler_id": "handler",
    "name": "parties",
    "documents": "document_type",
    "publicity": "publicity",
}


@dataclass
class Together:
    """What became of arrivals registered together."""

    numbers: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)


class Registrar(QObject):
    """``register(registration)`` and ``register_alike(model, ids)``."""

    def __init__(self, ui: Ui, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ui, self._desk = ui, desk

    def register(self, registration: Registration, *, done: Done, failed: Failed) -> None:
        """Send it; ``done(changes)`` or ``failed(error)``."""
        note = str(registration.value(NOTE) or "")
        if registration.bundle.id or not note.strip():
            self._ui.tasks.run_command(registration.command(), initiator=self, done=done, failed=failed)
            return
        store, municipality = self._desk.store, registration.bundle.municipality
        title = str(registration.value("title"))
        self._ui.tasks.run_query(
            self,
            "note",
            lambda _reader: keep_note(store, municipality, title, note),
            done=lambda item: self._ui.tasks.run_command(
                registration.command(item), initiator=self, done=done, failed=failed
            ),
            failed=failed,
        )

    def register_alike(
        self, pattern: Registration, ids: Sequence[str], *, done: Callable[[Together], None]
    ) -> None:
        """Register these arrivals as the pattern is, each with its own title, parties and arrival."""
        shared = {name: pattern.value(name) for name in SHARED if name in pattern.fields()}
        own = pattern.bundle.id

        def work(progress: Progress) -> Together:
            result = Together()
            for n, id_ in enumerate(ids):
                progress.step(n, len(ids))
                with self._desk.reader() as reader:
                    bundle = load_bundle(reader, id_)
                edited = dict(pattern.edited) if id_ == own else dict(shared)
                self._one(Registration(bundle, edited), result)
            return result

        def finished(result: Together) -> None:
            self._ui.tasks.store_changed.emit(ForeignChange(), None)
            self._tell(result)
            done(result)

        title = ngettext("Rekisteröidään saapunut", "Rekisteröidään {n} saapunutta", len(ids))
        self._ui.jobs.start(title.format(n=len(ids)), work, done=finished)

    def _one(self, registration: Registration, result: Together) -> None:
        subject = registration.bundle.arrival.row.subject
        wrong = registration.check()
        if wrong:
            result.failed.append((subject, next(iter(wrong.values()))))
            return
        try:
            changes = self._desk.execute(registration.command())
        except (UserError, StorageProblem) as error:
            result.failed.append((subject, str(error)))
        else:
            result.numbers.append(shown_number(changes.result.number))

    def _tell(self, result: Together) -> None:
        count = len(result.numbers)
        words = ngettext("Rekisteröity {n} saapunut.", "Rekisteröity {n} saapunutta.", count).format(n=count)
        if not result.failed:
            self._ui.notify.say(words)
            return
        left = ngettext(
            "{done} {n} jäi odottamaan: {why}", "{done} {n} jäi odottamaan: {why}", len(result.failed)
        ).format(done=words, n=len(result.failed), why=result.failed[0][1])
        lines = [_("{name}: {why}").format(name=name, why=why) for name, why in result.failed]
        self._ui.notify.offer(
            left,
            _("Näytä kaikki"),
            lambda: self._ui.dialogs.message(_("Jäi odottamaan"), "\n\n".join(lines)),
            state="warning",
        )


def errors_of(error: Exception) -> dict[str, str]:
    """A refusal by the form's field names."""
    if isinstance(error, Problems):
        return {"publicity": str(error)}
    if isinstance(error, UserError):
        return {_FIELD_OF.get(error.field, error.field or "mode"): str(error)}
    return {"mode": plain(error)}


def plain(error: Exception) -> str:
    """A refusal in words. A bug's own words may hold data of the matter: they are never shown."""
    if isinstance(error, WorkbenchError):
        return str(error)
    return _("Toiminto jäi kesken ohjelman virheen takia. Mitä kirjoitit, on tallessa.")
