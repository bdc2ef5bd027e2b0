"""What waits for the person's decision, in words: read in one go, shown by the page of conflicts."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.cases.valuewords import ValueWords
from workbench.i18n import _
from workbench.store.kinds import FieldType, KindRegistry
from workbench.store.store import Reader
from workbench.sync.conflicts import (
    WHOLE,
    Conflict,
    FieldConflict,
    SetAside,
    load_conflicts,
    load_quarantine,
)


@dataclass(frozen=True)
class ShownField:
    """A field in words. ``edit``: "text", "day", or "" where one can only choose."""

    of: FieldConflict
    mine: str
    base: str
    theirs: str
    edit: str


@dataclass(frozen=True)
class ShownConflict:
    """A conflict with its clashing fields in words, and names of the person's other changes to the same row."""

    of: Conflict
    clashing: tuple[ShownField, ...]
    others: tuple[str, ...]

    @property
    def key(self) -> str:
        """Names it in the list."""
        return f"c {self.of.group_id} {self.of.kind} {self.of.row_id}"


@dataclass(frozen=True)
class Undecided:
    """Everything that waits for a decision, oldest first."""

    conflicts: tuple[ShownConflict, ...] = ()
    aside: tuple[SetAside, ...] = ()


def load_undecided(reader: Reader) -> Undecided:
    """What waits for a decision."""
    words: dict[str, ValueWords] = {}
    shown: list[ShownConflict] = []
    for conflict in load_conflicts(reader):
        if conflict.chosen:
            continue
        if conflict.municipality not in words:
            words[conflict.municipality] = ValueWords(reader, conflict.municipality)
        shown.append(_shown(reader.kinds, conflict, words[conflict.municipality]))
    return Undecided(tuple(shown), tuple(load_quarantine(reader)))


def _shown(kinds: KindRegistry, conflict: Conflict, words: ValueWords) -> ShownConflict:
    locked = conflict.why != "changed"
    order = list(kinds[conflict.kind].by_name)
    fields = sorted(conflict.fields, key=lambda f: order.index(f.name) if f.name in order else -1)
    asked = [f for f in fields if f.clashes or locked]
    return ShownConflict(
        of=conflict,
        clashing=tuple(_field(kinds, conflict, f, words) for f in asked),
        others=tuple(f.label for f in fields if f not in asked),
    )


def _field(kinds: KindRegistry, conflict: Conflict, f: FieldConflict, words: ValueWords) -> ShownField:
    if f.name == WHOLE:
        return ShownField(f, _("Poistit tämän."), "", _("Tieto on voimassa ja sitä on muutettu."), "")
    spec = kinds[conflict.kind].by_name.get(f.name)
    if spec is None:
        return ShownField(f, str(f.mine), str(f.base), str(f.theirs), "")
    edit = ""
    if conflict.why == "changed":
        edit = "text" if spec.prose else "day" if spec.type is FieldType.DAY else ""
    mine, base, theirs = (words.value(spec, v) for v in (f.mine, f.base, f.theirs))
    return ShownField(f, mine, base, theirs, edit)
