"""One deed for many cases: a job that goes on past what refuses, tells each row's result, and can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from workbench.cases.queries import load_cases
from workbench.desk import Desk
from workbench.errors import UserError
from workbench.i18n import _, ngettext
from workbench.store.commands import Command
from workbench.store.undo import Undo
from workbench.ui.jobs import Progress
from workbench.ui.theme.icons import icon
from workbench.ui.theme.tokens import L, M, S
from workbench.ui.widgets.linelist import LineList
from workbench.ui.widgets.text import label

_READ_AT_ONCE = 500


@dataclass(frozen=True)
class RowResult:
    """What became of one case; ``why`` is "" when it went through."""

    case_id: str
    text: str
    why: str = ""
    command_id: str = ""


@dataclass(frozen=True)
class BatchResult:
    """Results of all, in the list's order."""

    title: str
    rows: tuple[RowResult, ...] = field(default=())

    @property
    def done(self) -> list[RowResult]:
        """What went through."""
        return [r for r in self.rows if not r.why]

    @property
    def refused(self) -> list[RowResult]:
        """What did not."""
        return [r for r in self.rows if r.why]


def run_batch(
    desk: Desk, title: str, numbers: Sequence[int], make: Callable[[str], Command], progress: Progress
) -> BatchResult:
    """Run a command for each case. What refuses is told and the others go on."""
    results: list[RowResult] = []
    for start in range(0, len(numbers), _READ_AT_ONCE):
        with desk.reader() as reader:
            rows = load_cases(reader, numbers[start : start + _READ_AT_ONCE])
        for row in rows:
            text = f"{row.number} {row.title}".strip()
            progress.step(len(results), len(numbers), text)
            try:
                changes = desk.execute(make(row.id))
            except UserError as error:
                results.append(RowResult(row.id, text, str(error)))
            else:
                results.append(RowResult(row.id, text, command_id=changes.command_id))
    return BatchResult(title, tuple(results))


def undo_batch(desk: Desk, result: BatchResult, progress: Progress) -> BatchResult:
    """Take back what went through, the last first."""
    rows: list[RowResult] = []
    for n, row in enumerate(reversed(result.done)):
        progress.step(n, len(result.done), row.text)
        try:
            desk.execute(Undo(undone=row.command_id))
        except UserError as error:
            rows.append(RowResult(row.case_id, row.text, str(error)))
        else:
            rows.append(RowResult(row.case_id, row.text))
    return BatchResult(_("Kumottu: {title}").format(title=result.title), tuple(rows))


def summary(result: BatchResult) -> str:
    """How it went, in a sentence."""
    done, refused = len(result.done), len(result.refused)
    went = ngettext("{n} asia onnistui.", "{n} asiaa onnistui.", done).format(n=done)
    if not refused:
        return went
    failed = ngettext("{n} asia ei onnistunut.", "{n} asiaa ei onnistunut.", refused).format(n=refused)
    return _("{went} {failed}").format(went=went, failed=failed)


class BatchPane(QWidget):
    """The results, those that need a look first. Enter opens the case."""

    opened = Signal(str)
    undo_wanted = Signal()
    closed = Signal()

    def __init__(self, result: BatchResult, *, can_undo: bool) -> None:
        super().__init__()
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(L, L, L, L)
        column.setSpacing(M)
        column.addWidget(label(result.title, "section", wrap=True))
        column.addWidget(label(summary(result), "soft", wrap=True))
        self.list = LineList(_("Tulokset"), _("Enter avaa asian"))
        lines = [(r.text, r.why, "warning", r.case_id) for r in result.refused]
        lines += [(r.text, "", "done", r.case_id) for r in result.done]
        self.list.set_lines(lines)
        self.list.itemActivated.connect(lambda item: self.opened.emit(self.list.datum(item)))
        self.list.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.setSpacing(S)
        ready = QPushButton(_("Selvä"))
        ready.setProperty("primary", True)
        ready.clicked.connect(self.closed)
        row.addWidget(ready)
        if can_undo and result.done:
            back = QPushButton(_("Kumoa kaikki"))
            back.setIcon(icon("undo"))
            back.clicked.connect(self.undo_wanted)
            row.addWidget(back)
        row.addStretch(1)
        column.addLayout(row)
