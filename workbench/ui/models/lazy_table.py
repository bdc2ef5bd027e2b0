"""A list of any length: sorted ids, and a cache of pages of rows read when they come into view.

Invariants: never waits; a row not yet read shows as a placeholder; nothing is reordered under the person's
hand – a fresh order waits as a proposal ("3 uutta") until accepted, and a list whose beginning is shown gets the
rest below it. The newest wanted page is read first, so a jump in a million rows paints what is in view and
skips what was only passed.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from workbench.ui.tasks import Tasks

PAGE = 128
KEPT_PAGES = 64
AT_ONCE = 2
QUEUED = 4

Index = QModelIndex | QPersistentModelIndex
ID_ROLE = Qt.ItemDataRole.UserRole + 1
ROW_ROLE = Qt.ItemDataRole.UserRole + 2
STATE_ROLE = Qt.ItemDataRole.UserRole + 3
LOADING_ROLE = Qt.ItemDataRole.UserRole + 4
ICON_ROLE = Qt.ItemDataRole.UserRole + 5


def _nothing(_row: Any) -> str:
    return ""


@dataclass(frozen=True)
class Column:
    """One column. ``text`` draws a row; ``state`` makes the cell a pill (ok, waiting, warning, stop);
    ``icon`` names a meaning; ``sort`` is the key handed to the sort call-back, "" when not sortable.
    ``fold``: where room is short, the column with the greatest number folds away first; 0 never does."""

    id: str
    title: str
    text: Callable[[Any], str]
    width: int = 120
    sort: str = ""
    right: bool = False
    strong: bool = False
    state: Callable[[Any], str] = _nothing
    icon: Callable[[Any], str] = _nothing
    stretch: bool = False
    hidden: bool = False
    fold: int = 0


LoadRows = Callable[[Any, Sequence[Any]], Mapping[Any, Any]]
"""(reader, ids) → {id: row}; an id that is missing was deleted or may not be seen."""


class LazyTableModel(QAbstractTableModel):
    """Ids in order, rows by page."""

    sort_wanted = Signal(str, bool)
    """(column's sort key, descending): the page runs its id query again and calls :meth:`set_ids`."""
    proposal_changed = Signal(int)
    """How many new rows a waiting fresh order holds; 0 when none waits."""
    ids_changed = Signal()

    def __init__(
        self, columns: Sequence[Column], load_rows: LoadRows, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = list(columns)
        self._load_rows, self._tasks = load_rows, tasks
        self._ids: Sequence[Any] = ()
        self._whole = True
        self._pages: OrderedDict[int, Mapping[Any, Any]] = OrderedDict()
        self._stale: set[int] = set()
        self._wanted: list[int] = []
        self._flying: set[int] = set()
        self._proposal: Sequence[Any] | None = None
        self._generation = 0

    # What the list holds

    def ids(self) -> Sequence[Any]:
        """All ids in order."""
        return self._ids

    def is_whole(self) -> bool:
        """Whether every id is here; False while only the beginning is."""
        return self._whole

    def set_ids(self, ids: Sequence[Any], first_page: Mapping[Any, Any] | None = None) -> None:
        """Show another list at once (another filter, another sort). Rows already read are kept;
        ``first_page`` are those of the first page, if they came with the ids."""
        self._whole = True
        self._show_ids(ids, first_page)

    def set_beginning(self, ids: Sequence[Any], first_page: Mapping[Any, Any]) -> None:
        """Show the first page of another list; :meth:`complete` brings the rest."""
        self._whole = False
        self._show_ids(ids, first_page)

    def complete(self, ids: Sequence[Any]) -> None:
        """The whole of the list whose beginning is shown: the rest goes below, and what is in sight, in hand
        and chosen stays."""
        shown = len(self._ids)
        if self._whole or ids[:shown] != self._ids:
            self.set_ids(ids)
            return
        self._whole = True
        if len(ids) > shown:
            self.beginInsertRows(QModelIndex(), shown, len(ids) - 1)
            self._ids = ids
            self.endInsertRows()
        self.ids_changed.emit()

    def _show_ids(self, ids: Sequence[Any], first_page: Mapping[Any, Any] | None) -> None:
        rows = {id_: row for page in self._pages.values() for id_, row in page.items()}
        self.beginResetModel()
        self._generation += 1
        for page in self._flying:
            self._tasks.cancel(self, f"page-{page}")
        self._ids = ids
        self._pages.clear()
        self._stale.clear()
        self._wanted.clear()
        self._flying.clear()
        self._reuse(rows)
        if first_page and len(ids):
            self._pages[0] = first_page
            self._stale.discard(0)
        self._proposal = None
        self.endResetModel()
        self.ids_changed.emit()
        self.proposal_changed.emit(0)

    def propose_ids(self, ids: Sequence[Any], new: int) -> None:
        """A fresh order with ``new`` new rows waits for the person; an empty list shows it at once."""
        if not len(self._ids):
            self.set_ids(ids)
            return
        self._proposal = ids
        self.proposal_changed.emit(new)

    def accept_proposal(self) -> None:
        """Show the fresh order."""
        if self._proposal is not None:
            self.set_ids(self._proposal)

    def mark_stale(self, ids: frozenset[Any] | None = None) -> None:
        """Rows (None: all) have changed in the store: read again, showing the old ones until then."""
        self._stale_pages([n for n, page in self._pages.items() if ids is None or not ids.isdisjoint(page)])

    def mark_stale_where(self, changed: Callable[[Any], bool]) -> None:
        """The same by looking at the rows, where a list's ids are row numbers and Changes name others."""
        self._stale_pages([n for n, page in self._pages.items() if any(map(changed, page.values()))])

    def _stale_pages(self, numbers: list[int]) -> None:
        self._stale.update(numbers)
        for number in numbers:
            self._changed(number)

    def id_at(self, row: int) -> Any:
        """Id of a row."""
        return self._ids[row]

    def row_of(self, id_: Any) -> int:
        """Row of an id, -1 when it is not in the list."""
        try:
            return self._ids.index(id_)
        except ValueError:
            return -1

    def row_data(self, row: int) -> Any:
        """The row object, or None while it is being read."""
        page = self._pages.get(row // PAGE)
        return None if page is None else page.get(self._ids[row])

    # Qt's side

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == ID_ROLE:
            return self._ids[index.row()]
        if role not in _ROW_ROLES:
            return None
        number = index.row() // PAGE
        if number not in self._pages or number in self._stale:
            self._want(number)
        row = self.row_data(index.row())
        if row is None:
            return number not in self._pages if role == LOADING_ROLE else "" if role in _TEXT_ROLES else None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return column.text(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{column.title}: {column.text(row)}"
            case _ if role == STATE_ROLE:
                return column.state(row)
            case _ if role == ICON_ROLE:
                return column.icon(row)
            case _ if role == ROW_ROLE:
                return row
        return False

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(self.columns) and self.columns[column].sort:
            self.sort_wanted.emit(self.columns[column].sort, order == Qt.SortOrder.DescendingOrder)

    # Reading pages

    def _want(self, number: int) -> None:
        if number in self._flying:
            return
        if number in self._wanted:
            self._wanted.remove(number)
        self._wanted.append(number)
        del self._wanted[:-QUEUED]
        self._read_next()

    def _read_next(self) -> None:
        while self._wanted and len(self._flying) < AT_ONCE:
            number = self._wanted.pop()
            self._flying.add(number)
            self._stale.discard(number)
            ids = list(self._ids[number * PAGE : (number + 1) * PAGE])
            generation = self._generation
            self._tasks.run_query(
                self,
                f"page-{number}",
                self._load_rows,
                ids,
                done=partial(self._arrived, number, generation),
                failed=partial(self._missed, number, generation),
            )

    def _arrived(self, number: int, generation: int, rows: Mapping[Any, Any]) -> None:
        if generation != self._generation:
            return
        self._flying.discard(number)
        self._pages[number] = rows
        self._pages.move_to_end(number)
        while len(self._pages) > KEPT_PAGES:
            dropped, _rows = self._pages.popitem(last=False)
            self._stale.discard(dropped)
        self._changed(number)
        self._read_next()

    def _missed(self, number: int, generation: int, _error: Exception) -> None:
        self._arrived(number, generation, {})

    def _changed(self, number: int) -> None:
        last = min(len(self._ids), (number + 1) * PAGE) - 1
        self.dataChanged.emit(self.index(number * PAGE, 0), self.index(last, len(self.columns) - 1))

    def _reuse(self, rows: dict[Any, Any]) -> None:
        """Keep showing rows already read while the new order's first pages come."""
        for number in range(min(4, -(-len(self._ids) // PAGE))):
            ids = self._ids[number * PAGE : (number + 1) * PAGE]
            known = {id_: rows[id_] for id_ in ids if id_ in rows}
            if len(known) == len(ids):
                self._pages[number] = known
                self._stale.add(number)


_TEXT_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)
_ROW_ROLES = (*_TEXT_ROLES, STATE_ROLE, ICON_ROLE, ROW_ROLE, LOADING_ROLE)


def fresh_count(old: Sequence[Any], new: Sequence[Any]) -> int:
    """How many ids are new; for a query, off the window's thread (a million ids take a moment)."""
    return len(set(new).difference(old))
