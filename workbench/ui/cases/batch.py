"""One deed for many cases: a job that goes on past what refuses, tells each row's result as it comes, and can
be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from workbench.cases.naming import shown_number
from workbench.cases.queries import load_cases
from workbench.desk import Desk
from workbench.errors import UserError
from workbench.i18n import _, ngettext
from workbench.store.commands import Command
from workbench.store.undo import Undo
from workbench.ui.jobs import Cancelled, Progress
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


class Rows:
    """Results as they come: added to by the job's thread, read by the window's."""

    def __init__(self, total: int) -> None:
        self.total = total
        self._rows: list[RowResult] = []

    def add(self, row: RowResult) -> None:
        """One more; appending to a list is whole in itself, so no reader sees half a row."""
        self._rows.append(row)

    def since(self, seen: int) -> list[RowResult]:
        """Those after the first ``seen``."""
        return self._rows[seen:]


@dataclass(frozen=True)
class BatchResult:
    """Results of all, in the list's order."""

    title: str
    rows: tuple[RowResult, ...] = field(default=())
    wanted: int = 0
    """How many there were to do; more than ``rows`` when it was stopped half-way."""

    @property
    def done(self) -> list[RowResult]:
        """What went through."""
        return [r for r in self.rows if not r.why]

    @property
    def refused(self) -> list[RowResult]:
        """What did not."""
        return [r for r in self.rows if r.why]


def run_batch(
    desk: Desk,
    title: str,
    numbers: Sequence[int],
    make: Callable[[str], Command],
    progress: Progress,
    rows: Rows,
) -> BatchResult:
    """Run a command for each case. What refuses is told and the others go on; a cancel keeps what was done."""
    with suppress(Cancelled):
        for start in range(0, len(numbers), _READ_AT_ONCE):
            with desk.reader() as reader:
                cases = load_cases(reader, numbers[start : start + _READ_AT_ONCE])
            for case in cases:
                text = f"{shown_number(case.number)} {case.title}"
                progress.step(len(rows.since(0)), len(numbers), text)
                rows.add(_one(desk, case.id, text, make(case.id)))
    return BatchResult(title, tuple(rows.since(0)), len(numbers))


def undo_batch(desk: Desk, result: BatchResult, progress: Progress, rows: Rows) -> BatchResult:
    """Take back what went through, the last first."""
    for n, row in enumerate(reversed(result.done)):
        progress.step(n, len(result.done), row.text)
        rows.add(_one(desk, row.case_id, row.text, Undo(undone=row.command_id)))
    title = _("Kumottu: {title}").format(title=result.title)
    return BatchResult(title, tuple(rows.since(0)), len(result.done))


def _one(desk: Desk, case_id: str, text: str, command: Command) -> RowResult:
    try:
        changes = desk.execute(command)
    except UserError as error:
        return RowResult(case_id, text, str(error))
    return RowResult(case_id, text, command_id=changes.command_id)


def summary(result: BatchResult) -> str:
    """How it went, in a sentence."""
    done, refused = len(result.done), len(result.refused)
    left = max(0, result.wanted - len(result.rows))
    parts = [ngettext("{n} asia onnistui.", "{n} asiaa onnistui.", done).format(n=done)]
    if refused:
        parts.append(
            ngettext("{n} asia ei onnistunut.", "{n} asiaa ei onnistunut.", refused).format(n=refused)
        )
    if left:
        parts.append(ngettext("{n} asia jäi tekemättä.", "{n} asiaa jäi tekemättä.", left).format(n=left))
    return " ".join(parts)


class BatchPane(QWidget):
    """The rows as they are done, then the results, those that need a look first. Enter opens the case."""

    opened = Signal(str)
    undo_wanted = Signal()
    stop_wanted = Signal()
    closed = Signal()

    def __init__(self, title: str, rows: Rows) -> None:
        super().__init__()
        self._rows, self._seen = rows, 0
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(L, L, L, L)
        column.setSpacing(M)
        self._title = label(title, "section", wrap=True)
        self._words = label("", "soft", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(title)
        self.bar.setRange(0, max(1, rows.total))
        self.list = LineList(_("Tulokset"), _("Enter avaa asian"))
        self.list.itemActivated.connect(lambda item: self.opened.emit(self.list.datum(item)))
        # It takes what is left and scrolls itself, so that the buttons are always in sight.
        self.list.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.list.setMinimumHeight(120)
        for widget in (self._title, self._words, self.bar):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        self.stop = QPushButton(_("Keskeytä"))
        self.stop.setIcon(icon("stop-job"))
        self.stop.clicked.connect(self.stop_wanted)
        self.ready = QPushButton(_("Selvä"))
        self.ready.setProperty("primary", True)
        self.ready.clicked.connect(self.closed)
        self.back = QPushButton(_("Kumoa kaikki"))
        self.back.setIcon(icon("undo"))
        self.back.clicked.connect(self.undo_wanted)
        row = QHBoxLayout()
        row.setSpacing(S)
        for button in (self.stop, self.ready, self.back):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self.ready.hide()
        self.back.hide()
        self.look()

    def look(self) -> None:
        """Show the rows that have come since the last look; nothing once the end has been told."""
        if self.bar.isHidden():
            return
        fresh = self._rows.since(self._seen)
        self._seen += len(fresh)
        self.bar.setValue(self._seen)
        self._words.setText(_("{n} / {total}").format(n=self._seen, total=self._rows.total))
        self.list.add_lines([_line(r) for r in fresh])

    def finish(self, result: BatchResult, *, can_undo: bool) -> None:
        """All that could be done is done."""
        self._title.setText(result.title)
        self._words.setText(summary(result))
        self.bar.hide()
        self.stop.hide()
        self.ready.show()
        self.back.setVisible(can_undo and bool(result.done))
        self.list.set_lines([_line(r) for r in (*result.refused, *result.done)])


def _line(row: RowResult) -> tuple[str, str, str, str]:
    return row.text, row.why, "warning" if row.why else "done", row.case_id
