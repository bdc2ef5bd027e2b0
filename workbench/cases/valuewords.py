"""Values of fields in words, as history, conflicts and reports show them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from workbench.cases.model import CHANNELS, PARTY_ROLES
from workbench.cases.plan.codes import PERMANENT
from workbench.clock import from_text
from workbench.i18n import N_, _, day_text, moment_text
from workbench.organisation.queries import load_municipalities, load_names, load_offices
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


class ValueWords:
    """Wire values in words; names are looked up once. Offices are those of the municipality."""

    def __init__(self, reader: Reader, municipality: str) -> None:
        self._people = load_names(reader)
        self._towns = {m.code: m.name for m in load_municipalities(reader)}
        self._offices = {o.code: o.name for o in load_offices(reader, municipality)}

    def person(self, id_: str) -> str:
        """A person's name."""
        return self._people.get(id_, id_)

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
