"""The journal of a case as people read it: field names, before and after in words, reason, who, when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from workbench.cases.detail import load_history
from workbench.cases.model import CHANNELS, PARTY_ROLES
from workbench.cases.plan.codes import PERMANENT
from workbench.clock import from_text
from workbench.i18n import N_, _, day_text, moment_text
from workbench.organisation.queries import load_municipalities, load_offices, load_people
from workbench.store.journal import ChangeLine
from workbench.store.kinds import Field, FieldType
from workbench.store.store import Reader

CODES: dict[str, dict[str, str]] = {
    "channel": dict(CHANNELS),
    "role": dict(PARTY_ROLES),
    "direction": {"received": N_("saapunut"), "own": N_("oma"), "sent": N_("lähetetty")},
    "entity": {"person": N_("henkilö"), "organisation": N_("yhteisö"), "authority": N_("viranomainen")},
    "mark": {"favourite": N_("suosikki"), "watch": N_("seurattava")},
    "relation": {"related": N_("liittyy"), "split": N_("erotettu")},
    "language": {"fi": N_("suomi"), "sv": N_("ruotsi"), "en": N_("englanti")},
}
"""Words of code values, by field name; show them through ``_``."""

_STATES = {
    "draft": N_("luonnos"),
    "final": N_("valmis"),
    "planned": N_("suunniteltu"),
    "done": N_("tehty"),
    "new": N_("rekisteröimättä"),
    "registered": N_("rekisteröity"),
    "set_aside": N_("ei rekisteröidä"),
}
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


class _Words:
    """Values in words; names are looked up once."""

    def __init__(self, reader: Reader, municipality: str) -> None:
        self._kinds = reader.kinds
        self._people = {i: p.name for i, p in load_people(reader).items()}
        self._towns = {m.code: m.name for m in load_municipalities(reader)}
        self._offices = {o.code: o.name for o in load_offices(reader, municipality)}

    def person(self, id_: str) -> str:
        return self._people.get(id_, id_)

    def lines(self, line: ChangeLine) -> list[StoryLine]:
        """What one change says, field by field."""
        kind = self._kinds[line.kind]
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
            before, after = self.value(field, old), self.value(field, new)
            if before or after:
                made.append(StoryLine(thing, _(field.label), before, after))
        return made

    def value(self, field: Field, value: Any) -> str:
        """A wire value in words."""
        if value is None or value == "":
            return ""
        if field.name.endswith("_years"):
            return _("pysyvästi") if value == PERMANENT else _("{n} vuotta").format(n=value)
        if field.ref == "person":
            return self._people.get(str(value), str(value))
        if field.ref == "municipality":
            return self._towns.get(str(value), str(value))
        if field.name == "office":
            return self._offices.get(str(value), str(value))
        if field.ref:
            return ""  # another row: its own line tells of it
        return _plain(field, value)


def _plain(field: Field, value: Any) -> str:
    if field.type is FieldType.FLAG:
        return _("kyllä") if value else _("ei")
    if field.type is FieldType.DAY:
        return day_text(value if isinstance(value, date) else date.fromisoformat(str(value)))
    if field.type is FieldType.INSTANT:
        return moment_text(value if isinstance(value, datetime) else from_text(str(value)))
    if field.type is FieldType.JSON:
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    codes = _STATES if field.name == "state" else CODES.get(field.name, {})
    text = str(value)
    return _(codes[text]) if text in codes else text


def load_story(reader: Reader, case_id: str, municipality: str) -> list[StoryEntry]:
    """The history of a case in words, newest first."""
    words = _Words(reader, municipality)
    return [
        StoryEntry(
            n=entry.n,
            at=entry.at,
            title=entry.title,
            who=words.person(entry.actor_id),
            reason=entry.reason,
            command=entry.command,
            lines=tuple(line for change in entry.lines for line in words.lines(change)),
        )
        for entry in load_history(reader, case_id)
        if entry.command not in _OWN
    ]
