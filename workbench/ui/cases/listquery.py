"""The list's reading: ids for a filter, the first page of them at once; words that widen it, names. Runs off
the window's thread."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from workbench.cases.plans import current_plan
from workbench.cases.queries import CaseFilter, CaseRow, find_cases, find_cases_first
from workbench.cases.search import find_by_words, parse
from workbench.organisation.queries import OfficeRow, PersonRow, load_offices, load_people
from workbench.store.store import Reader
from workbench.ui.cases.columns import load_rows
from workbench.ui.models.lazy_table import PAGE

SHORTEST_WORD = 3


@dataclass(frozen=True)
class Asked:
    """What the list was asked, and whether it may already hold rows that ``ids`` are compared with."""

    wanted: CaseFilter
    words: bool = False


def narrowed(reader: Reader, wanted: CaseFilter) -> CaseFilter:
    """Field filters typed among the words (``luokka:10.04 käsittelijä:minä``) join the ticks."""
    question = parse(reader, wanted.title_part)
    typed = question.filter
    changes = {
        name: getattr(typed, name)
        for name in ("municipality", "class_prefix", "case_type", "office", "handler", "phase", "due", "mark")
        if getattr(typed, name)
    }
    if typed.state != "all":
        changes["state"] = typed.state
    for name in ("registered_from", "registered_to"):
        if getattr(typed, name):
            changes[name] = getattr(typed, name)
    return replace(wanted, title_part=question.words, **changes)


@dataclass(frozen=True)
class Listed:
    """What has been read of a list: its ids, or the first page of them with its rows."""

    ids: array[int]
    whole: bool
    rows: Mapping[int, CaseRow] = field(default_factory=dict)


def read_listed(reader: Reader, wanted: CaseFilter) -> Iterator[Listed]:
    """The list's first page as soon as it is known, then the whole of it. A list of one page comes at once."""
    beginning: array[int] | None = None
    for ids in find_cases_first(reader, narrowed(reader, wanted), PAGE):
        if beginning is None:
            beginning = ids
            yield Listed(ids, len(ids) < PAGE, load_rows(reader, ids))
        else:
            yield Listed(ids, whole=True)


def find_listed(reader: Reader, asked: Asked) -> array[int]:
    """Ids of the list; with ``words`` also cases whose documents, notes or parties have them."""
    wanted = narrowed(reader, asked.wanted)
    also = []
    if asked.words and len(wanted.title_part) >= SHORTEST_WORD:
        also = find_by_words(reader, wanted.title_part)
    return find_cases(reader, wanted, also)


def find_fresh(reader: Reader, asked: Asked, before: array[int]) -> tuple[array[int], int, bool]:
    """The ids anew, how many were not there before, and whether anything differs."""
    ids = find_listed(reader, asked)
    if ids == before:
        return ids, 0, False
    return ids, len(set(ids).difference(before)), True


def load_names(reader: Reader) -> tuple[dict[str, PersonRow], list[OfficeRow], dict[str, str], str]:
    """People, offices, classes by code, and whose list it is."""
    municipality = reader.session.municipality
    plan = current_plan(reader, municipality)
    classes = {c.code: c.name for c in plan.classes}
    return load_people(reader), load_offices(reader, municipality), classes, reader.session.person_id
