"""Historia: everything done to the case, by whom and why, with values before and after."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.cases.story import StoryEntry, StoryLine, load_story
from workbench.cases.whole import WholeCase
from workbench.clock import local
from workbench.i18n import _, day_text, moment_text, time_text
from workbench.ui.shell import Ui
from workbench.ui.theme.tokens import L, M
from workbench.ui.widgets.filterfield import FilterField
from workbench.ui.widgets.keyvalue import Fact, KeyValue
from workbench.ui.widgets.listdetail import ListDetail
from workbench.ui.widgets.text import label
from workbench.ui.widgets.timeline import Entry, TimelineView

_MARKS = {"case.open_secret": ("peek", "warning"), "store.undo": ("undo", ""), "case.void": ("stop", "stop")}


class HistoryTab(QWidget):
    """Read when it comes into view."""

    def __init__(self, ui: Ui) -> None:
        super().__init__()
        self._ui = ui
        self._story: list[StoryEntry] = []
        self._whole: WholeCase | None = None
        self._stale = True
        left = QWidget()
        left.setProperty("role", "surface")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.view = TimelineView()
        self.view.setAccessibleName(_("Historia"))
        self.filter = FilterField(_("Suodata historiaa"))
        self.filter.attach(self.view)
        self.filter.filtered.connect(lambda _text: self._look())
        bar = QVBoxLayout()
        bar.setContentsMargins(M, 8, M, 8)
        bar.addWidget(self.filter)
        column.addLayout(bar)
        column.addWidget(self.view, 1)
        right = QWidget()
        right.setProperty("role", "surface")
        right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(right)
        column.setContentsMargins(L, M, L, M)
        column.setSpacing(M)
        self.title = label("", "section", wrap=True, selectable=True)
        self.facts = KeyValue()
        self.lines = KeyValue()
        for part in (self.title, self.facts, self.lines):
            column.addWidget(part)
        column.addStretch(1)
        self.view.selectionModel().currentChanged.connect(lambda *_a: self._show_current())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(ListDetail("case-history", left, right, ui.settings, share=0.58, side_from=760))

    def show_case(self, whole: WholeCase) -> None:
        """The case was read anew; the history is read when it is looked at."""
        self._whole, self._stale = whole, True
        if self.isVisible():
            self._load()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._load()

    def show_thing(self, _kind: str, _id: str) -> bool:
        """History has no things to lead to."""
        return False

    def focus(self) -> None:
        """Put the keyboard on the list."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _load(self) -> None:
        if self._whole is None or not self._stale:
            return
        self._stale = False
        whole = self._whole
        self._ui.tasks.run_query(
            self, "story", load_story, whole.case.id, whole.fields["municipality"], done=self._show
        )

    def _show(self, story: list[StoryEntry]) -> None:
        self._story = story
        self._look()

    def _look(self) -> None:
        words = self.filter.text().strip().casefold()
        shown = [e for e in self._story if words in f"{e.title} {e.who} {e.reason}".casefold()]
        self.view.set_entries([_entry(e) for e in shown])
        if shown and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.view.model().index(0, 0))
        self._show_current()

    def _show_current(self) -> None:
        index = self.view.currentIndex()
        n = self.view.current_id() if index.isValid() else ""
        entry = next((e for e in self._story if str(e.n) == n), None)
        self.facts.setVisible(entry is not None)
        self.lines.setVisible(entry is not None)
        self.title.setText(entry.title if entry else "")
        if entry is None:
            return
        facts: list[Fact] = [
            (_("Kuka"), entry.who),
            (_("Milloin"), moment_text(entry.at)),
        ]
        if entry.reason:
            facts.append((_("Peruste"), entry.reason))
        self.facts.set_rows(facts)
        self.lines.set_rows(_rows(entry.lines))


def _entry(e: StoryEntry) -> Entry:
    wall = local(e.at)
    mark, state = _MARKS.get(e.command, ("history", ""))
    return Entry(str(e.n), day_text(wall.date()), time_text(e.at), mark, e.title, e.reason, e.who, state)


def _rows(lines: tuple[StoryLine, ...]) -> list[Fact]:
    rows: list[Fact] = []
    thing = ""
    for line in lines:
        if line.thing != thing and line.thing:
            rows.append((line.thing, None))
        thing = line.thing
        rows.append((line.label, _change(line)))
    return rows


def _change(line: StoryLine) -> str:
    if line.erased:
        return _("ei näytetä: salassa pidettävä tai hävitetty")
    if line.before and line.after:
        return _("{before} → {after}").format(before=line.before, after=line.after)
    if line.before:
        return _("{before} → poistettu").format(before=line.before)
    return line.after
