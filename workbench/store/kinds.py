"""Kinds (tietolajit): what a synchronised row is, declared once.

Tables, row operations, journal texts, search, undo and later the wire format and the conflict page all
come from here. The invariant: nothing outside the declared fields is ever written to a kind's table.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Index, MetaData, Table
from sqlalchemy.types import TypeEngine

from workbench.clock import from_text, to_text
from workbench.store.types import Day, Flag, Instant, Json, PlainText, Whole

if TYPE_CHECKING:
    from workbench.store.search.entry import SearchEntry
    from workbench.store.unit import UnitOfWork


class FieldType(enum.Enum):
    """How a value is stored and travels."""

    TEXT = "text"
    INTEGER = "integer"
    FLAG = "flag"
    DAY = "day"
    INSTANT = "instant"
    JSON = "json"


class Merge(enum.Enum):
    """What happens when two people changed the same row (sync protocol, conflict policy)."""

    AUTO = "auto"  # disjoint fields merge
    ASK = "ask"  # any concurrent change of the row waits for a person
    LOCK = "lock"  # refused once the row is signed or closed


_COLUMN_TYPES: dict[FieldType, Callable[[], TypeEngine[Any]]] = {
    FieldType.TEXT: PlainText,
    FieldType.INTEGER: Whole,
    FieldType.FLAG: Flag,
    FieldType.DAY: Day,
    FieldType.INSTANT: Instant,
    FieldType.JSON: Json,
}


@dataclass(frozen=True)
class Field:
    """One field of a kind.

    ``label`` is the Finnish name shown in history and conflicts; ``personal`` marks personal data, whose
    former values history shows only to those who may see the row itself; ``ref`` names the kind an id
    points to; ``hidden`` keeps bookkeeping fields out of history; ``derived`` marks what can be made again
    from a blob (extracted text): stored and searched, never in the outbox, and in the journal only when its
    row is deleted, so that undo brings it back. ``prose``: words that people write, of which two people's edits may
    be joined by hand; other texts are codes and names of codes.
    """

    name: str
    label: str
    type: FieldType = FieldType.TEXT
    merge: Merge = Merge.AUTO
    required: bool = False
    personal: bool = False
    ref: str = ""
    index: bool = False
    hidden: bool = False
    derived: bool = False
    prose: bool = False

    def to_wire(self, value: Any) -> Any:
        """The JSON form of a value: what outbox and journal hold."""
        if value is None:
            return None
        if self.type is FieldType.INSTANT:
            return to_text(value) if isinstance(value, datetime) else value
        if self.type is FieldType.DAY:
            return value.isoformat() if isinstance(value, date) else value
        return value

    def from_wire(self, value: Any) -> Any:
        """Inverse of :meth:`to_wire`."""
        if value is None:
            return None
        if self.type is FieldType.INSTANT and isinstance(value, str):
            return from_text(value)
        if self.type is FieldType.DAY and isinstance(value, str):
            return date.fromisoformat(value)
        return value


ScopeRule = Callable[[Mapping[str, Any], "UnitOfWork"], str]
HistoryRule = Callable[[Mapping[str, Any]], "str | None"]
SearchRule = Callable[[Mapping[str, Any], "UnitOfWork"], "SearchEntry | None"]
AssignRule = Callable[[Mapping[str, Any], "Mapping[str, Any] | None", "UnitOfWork"], Mapping[str, Any]]
Given = Callable[[str, int], bool]
"""Whether a series had given a number, here or elsewhere, before rows with numbers of their own came to it."""
AdoptRule = Callable[[Mapping[str, Any], "UnitOfWork", Given], Mapping[str, Any]]


@dataclass(frozen=True)
class Kind:
    """A kind of synchronised row.

    ``parent`` names the field that holds the parent's id and ``parent_kind`` its kind: a child takes its
    scope from the parent unless ``scope`` says otherwise. ``root`` names the field that holds the id of
    the object whose history the row belongs to ("" = the row itself). ``blob`` names the field that holds
    the SHA-256 of a blob the row keeps alive; such a kind also has a field ``municipality``.
    ``search_with_parent`` says that what a row is found by depends on its parent and on its siblings, so
    that they are indexed anew together. ``history_scope`` names the scope that the row's former values are
    read with, where that is a narrower one than the row's own; None while it is not. ``opens`` names the
    field that holds the scope whose readers the row decides: what lies there is then indexed anew.
    ``assign`` gives the values of the fields ``assigned``, which only the authority gives (numbers): asked on
    the server for a new row, and for one whose change reaches them, with the row as it was (None: it is new).
    ``adopt`` gives the values that a row numbered elsewhere has after it was taken in: what was given is kept
    where it is free (see :mod:`workbench.store.adopting`).
    ``lasting``: a row that was made is never deleted.
    """

    name: str
    label: str
    fields: tuple[Field, ...]
    scope: ScopeRule | None = None
    parent: str = ""
    parent_kind: str = ""
    root: str = ""
    blob: str = ""
    search: SearchRule | None = None
    search_with_parent: bool = False
    history_scope: HistoryRule | None = None
    opens: str = ""
    assign: AssignRule | None = None
    assigned: tuple[str, ...] = ()
    adopt: AdoptRule | None = None
    lasting: bool = False
    unique: tuple[tuple[str, ...], ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()
    by_name: dict[str, Field] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.by_name.update({f.name: f for f in self.fields})
        if len(self.by_name) != len(self.fields):
            raise ValueError(f"kind {self.name}: a field is declared twice")

    def wire(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The declared, not derived fields of ``values`` in JSON form."""
        fields = self.by_name
        return {n: fields[n].to_wire(v) for n, v in values.items() if not fields[n].derived}


# Columns every synchronised row has besides its kind's fields. ``k`` is local, small and ordered: list
# pages and the full-text index use it; it never leaves the machine.
BOOKKEEPING = ("k", "id", "scope_id", "rev", "seq", "sync_state", "extra")

metadata = MetaData()


def build_table(kind: Kind) -> Table:
    """The SQLAlchemy table of a kind, added to the shared metadata."""
    columns: list[Column[Any]] = [
        Column("k", Whole(), primary_key=True),
        Column("id", PlainText(), nullable=False, unique=True),
        Column("scope_id", PlainText(), nullable=False),
        Column("rev", Whole(), nullable=False),
        Column("seq", Whole(), nullable=False),
        Column("sync_state", Whole(), nullable=False),
        Column("extra", Json),
    ]
    columns += [Column(f.name, _COLUMN_TYPES[f.type](), nullable=not f.required) for f in kind.fields]
    table = Table(kind.name, metadata, *columns, sqlite_strict=True)
    Index(f"ix_{kind.name}_scope", table.c.scope_id)
    for f in kind.fields:
        if f.index:
            Index(f"ix_{kind.name}_{f.name}", table.c[f.name])
    for names in kind.indexes:
        Index(f"ix_{kind.name}_{'_'.join(names[:2])}", *(table.c[n] for n in names))
    for names in kind.unique:
        Index(f"ux_{kind.name}_{'_'.join(names)}", *(table.c[n] for n in names), unique=True)
    return table


class KindRegistry:
    """All kinds of one domain, with their tables."""

    def __init__(self, kinds: Iterable[Kind]) -> None:
        self._kinds = {kind.name: kind for kind in kinds}
        self._children: dict[str, list[Kind]] = {}
        for kind in self._kinds.values():
            if kind.parent_kind:
                self._children.setdefault(kind.parent_kind, []).append(kind)

    def __getitem__(self, name: str) -> Kind:
        return self._kinds[name]

    def __iter__(self) -> Iterator[Kind]:
        return iter(self._kinds.values())

    def __contains__(self, name: object) -> bool:
        return name in self._kinds

    def names(self) -> list[str]:
        """Names of all kinds."""
        return list(self._kinds)

    def table(self, name: str) -> Table:
        """The table of a kind."""
        return metadata.tables[name]

    def children_of(self, name: str) -> list[Kind]:
        """Kinds whose rows take their scope from rows of this kind."""
        return self._children.get(name, [])
