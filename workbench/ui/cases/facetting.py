"""From counts to the facets at the left, and from ticks to a filter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.cases.model import OPEN_STATES
from workbench.cases.queries import CaseFilter, load_facets
from workbench.cases.queries import Facet as Counted
from workbench.i18n import N_, _
from workbench.store.store import Reader
from workbench.ui.cases.columns import Names
from workbench.ui.cases.words import capital
from workbench.ui.widgets.facets import Facet, FacetValue

Ticks = Mapping[str, set[str]]
FIRST: dict[str, set[str]] = {"state": {"open"}}
"""What is ticked at first: cases that are being handled."""

_TITLES = {
    "state": N_("Tila"),
    "due": N_("Määräaika"),
    "mark": N_("Omat merkinnät"),
    "class_prefix": N_("Päätehtävä"),
    "case_type": N_("Laji"),
    "handler": N_("Käsittelijä"),
    "office": N_("Toimiala"),
}
_GROUPS = {"open": N_("Avoimet"), "voided": N_("Mitätöidyt ja yhdistetyt")}
_WORDS = {
    "late": N_("Myöhässä"),
    "soon": N_("Viikon sisällä"),
    "favourite": N_("Suosikit"),
    "watch": N_("Seurattavat"),
}
_OPEN = frozenset(s.value for s in OPEN_STATES)
_ORDER = {s.value: n for n, s in enumerate(OPEN_STATES)}


def filter_of(ticks: Ticks, text: str, sort: str, descending: bool) -> CaseFilter:
    """The filter that ticks, words and order ask for; no state ticked means all of them."""
    values: dict[str, Any] = {name: tuple(sorted(ticks.get(name, ()))) for name in _TITLES}
    values["state"] = values["state"] or "all"
    return CaseFilter(**values, title_part=text, sort=sort, descending=descending)


def count_facets(reader: Reader, wanted: CaseFilter) -> dict[str, list[Counted]]:
    """Counts, with the group of open states first."""
    found = load_facets(reader, wanted)
    states = found["state"]
    total = sum(f.count for f in states if f.value in _OPEN)
    voided = [f for f in states if f.value == "voided"]
    named = sorted((f for f in states if f.value != "voided"), key=lambda f: _ORDER.get(f.value, 99))
    found["state"] = [Counted("open", total), *named, *voided]
    found["class_prefix"].sort(key=lambda f: f.value)
    return found


def facets_of(found: Mapping[str, list[Counted]], ticks: Ticks, names: Names, me: str) -> list[Facet]:
    """Facets with words; what is ticked stays in sight though it counts nothing now."""
    made: list[Facet] = []
    for name, title in _TITLES.items():
        counted = list(found.get(name, ()))
        missing = ticks.get(name, set()) - {f.value for f in counted}
        counted += [Counted(value, 0) for value in sorted(missing)]
        if name == "handler":
            counted.sort(key=lambda f: (f.value != me, f.value == "none"))
        values = tuple(FacetValue(f.value, _word(name, f.value, names, me), f.count) for f in counted)
        if values:
            made.append(Facet(name, _(title), values))
    return made


def _word(facet: str, value: str, names: Names, me: str) -> str:
    if value in _GROUPS and facet == "state":
        return _(_GROUPS[value])
    if value in _WORDS and facet in ("due", "mark"):
        return _(_WORDS[value])
    if facet == "class_prefix":
        name = names.classes.get(value, "")
        return f"{value} {name}".strip()
    if facet == "handler":
        if value == "none":
            return _("Ei käsittelijää")
        name = names.person(value)
        return _("Minä ({name})").format(name=name) if value == me else name
    if facet == "office":
        return names.offices.get(value, value)
    return capital(value)
