"""The journal of a case as people read it: field names, before and after in words, reason, who, when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workbench.cases.detail import load_history
from workbench.cases.valuewords import ValueWords
from workbench.i18n import _
from workbench.store.journal import ChangeLine
from workbench.store.kinds import KindRegistry
from workbench.store.store import Reader

# What the machinery keeps for itself; people read the rest.
_UNTOLD = frozenset({"sha256", "text_state", "media_type", "size", "restricted", "position", "plan_version"})

# A person's own marks are nobody else's business.
_OWN = frozenset({"case.mark"})


@dataclass(frozen=True)
class StoryLine:
    """One value that moved. ``thing`` is what it belongs to, "" for the case itself; ``before`` or
    ``after`` is "" where there was none; ``erased`` where it may
    not be seen or has been destroyed."""

    thing: str
    label: str
    before: str
    after: str
    erased: bool = False


@dataclass(frozen=True)
class StoryEntry:
    """One thing done."""

    n: int
    at: datetime
    title: str
    who: str
    reason: str
    command: str
    lines: tuple[StoryLine, ...]


def _lines(words: ValueWords, kinds: KindRegistry, line: ChangeLine) -> list[StoryLine]:
    """What one change says, field by field."""
    kind = kinds[line.kind]
    thing = "" if line.kind == "case_file" else _(kind.label)
    names = [f.name for f in kind.fields] if line.field == "*" else [line.field]
    if line.erased:
        label = kind.by_name[line.field].label if line.field in kind.by_name else kind.label
        return [StoryLine(thing, _(label), "", "", erased=True)]
    made: list[StoryLine] = []
    for name in names:
        field = kind.by_name.get(name)
        if field is None or field.hidden or field.derived or name in _UNTOLD:
            continue
        old, new = line.before, line.after
        if line.field == "*":
            old, new = (old or {}).get(name), (new or {}).get(name)
        before, after = words.value(field, old), words.value(field, new)
        if before or after:
            made.append(StoryLine(thing, _(field.label), before, after))
    return made


def load_story(reader: Reader, case_id: str, municipality: str) -> list[StoryEntry]:
    """The history of a case in words, newest first."""
    words = ValueWords(reader, municipality)
    return [
        StoryEntry(
            n=entry.n,
            at=entry.at,
            title=entry.title,
            who=words.person(entry.actor_id),
            reason=entry.reason,
            command=entry.command,
            lines=tuple(line for change in entry.lines for line in _lines(words, reader.kinds, change)),
        )
        for entry in load_history(reader, case_id)
        if entry.command not in _OWN
    ]
