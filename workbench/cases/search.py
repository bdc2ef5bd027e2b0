"""Finding cases (haku): words by lemma and compound part, field filters in Finnish and English, excerpts.

``luokka:10.04 käsittelijä:minä tila:avoin kaivo`` – filters narrow, words must all be found. A case number
or its beginning leads straight to the case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, or_, select, true

from workbench.cases import tables as t
from workbench.cases.numbers import quoted_numbers
from workbench.cases.openings import closed_entries, opened
from workbench.cases.plan.codes import CASE_TYPES, CaseState
from workbench.cases.queries import (
    ROW_COLUMNS,
    CaseFilter,
    CaseRow,
    conditions,
    filtered,
    find_cases,
    load_cases,
    load_cases_by_id,
    survivors_of,
)
from workbench.clock import local
from workbench.context import Session
from workbench.organisation import tables as organisation
from workbench.organisation.access import Access, acl_terms, visible
from workbench.organisation.queries import access_for
from workbench.store.schema import search_entry
from workbench.store.search import match
from workbench.store.search.entry import is_restricted
from workbench.store.store import Reader
from workbench.words.tokens import tokens

_FIELD = re.compile(r'(?P<name>[^\s:"]+):(?:"(?P<quoted>[^"]*)"|(?P<plain>\S+))')

NAMES = {
    "luokka": "class",
    "class": "class",
    "käsittelijä": "handler",
    "handler": "handler",
    "tila": "state",
    "state": "state",
    "kunta": "municipality",
    "municipality": "municipality",
    "laji": "type",
    "type": "type",
    "toimiala": "office",
    "office": "office",
    "vaihe": "phase",
    "phase": "phase",
    "määräaika": "due",
    "due": "due",
    "vuosi": "year",
    "year": "year",
    "merkintä": "mark",
    "mark": "mark",
}
_VALUES = {
    "handler": {"minä": "me", "me": "me", "ei": "none", "none": "none"},
    "state": {
        "avoin": "open",
        "open": "open",
        "päätetty": "closed",
        "closed": "closed",
        "mitätöity": "voided",
        "voided": "voided",
        "kaikki": "all",
        "all": "all",
        **{s.value.lower(): s.value for s in CaseState if s is not CaseState.CLOSED},
    },
    "due": {"myöhässä": "late", "late": "late", "pian": "soon", "soon": "soon"},
    "mark": {"suosikki": "favourite", "favourite": "favourite", "seurattava": "watch", "watch": "watch"},
    "type": {name: name for name in CASE_TYPES},
}


@dataclass(frozen=True)
class Question:
    """What a person typed, taken apart. ``unknown`` holds filters nobody knows: they search as words."""

    words: str
    filter: CaseFilter
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class FoundCase:
    """A hit."""

    case: CaseRow
    excerpt: str


def parse(reader: Reader, text: str) -> Question:
    """Take field filters out of the text; what is left are words."""
    wanted = CaseFilter(state="all")
    unknown: list[str] = []

    def take(found: re.Match[str]) -> str:
        nonlocal wanted
        name = NAMES.get(found["name"].lower())
        value = found["quoted"] if found["quoted"] is not None else found["plain"]
        narrowed = _narrow(reader, wanted, name, value) if name else None
        if narrowed is None:
            unknown.append(found[0])
            return found[0]
        wanted = narrowed
        return " "

    words = _FIELD.sub(take, text)
    return Question(" ".join(words.split()), wanted, tuple(unknown))


def _narrow(reader: Reader, wanted: CaseFilter, name: str, value: str) -> CaseFilter | None:
    plain = value.lower()
    match name:
        case "class":
            return replace(wanted, class_prefix=value)
        case "handler":
            known = _VALUES["handler"].get(plain)
            person = known or _person(reader, value)
            return replace(wanted, handler=person) if person else None
        case "municipality":
            code = _municipality(reader, value)
            return replace(wanted, municipality=code) if code else None
        case "office":
            return replace(wanted, office=plain)
        case "phase":
            return replace(wanted, phase=plain)
        case "year" if re.fullmatch(r"[12][0-9]{3}", plain):
            year = int(plain)
            return replace(wanted, registered_from=date(year, 1, 1), registered_to=date(year, 12, 31))
        case "state" | "due" | "mark" | "type":
            known = _VALUES[name].get(plain)
            field = "case_type" if name == "type" else name
            return replace(wanted, **{field: known}) if known else None  # type: ignore[arg-type]
    return None


def _person(reader: Reader, name: str) -> str | None:
    p = organisation.person.c
    query = select(p.id).where(or_(p.id == name, p.name.contains(name, autoescape=True))).limit(1)
    return reader.connection.execute(query).scalar()


def _municipality(reader: Reader, name: str) -> str | None:
    m = organisation.municipality.c
    query = select(m.code, m.name)
    for code, full in reader.connection.execute(query):
        if name in (code, full) or name.lower() == full.lower():
            return str(code)
    return None


def search(reader: Reader, text: str, *, limit: int = 50, typing: bool = True) -> list[FoundCase]:
    """Cases for what a person typed: by number first, then newest first."""
    question = parse(reader, text)
    found: dict[str, FoundCase] = {}
    for case in _by_number(reader, question, limit):
        found.setdefault(case.id, FoundCase(case, ""))
    if question.words:
        for hit_case, excerpt in _by_words(reader, question, limit, typing=typing):
            found.setdefault(hit_case.id, FoundCase(hit_case, excerpt))
    elif not found and question.filter != CaseFilter(state="all"):
        for case in load_cases(reader, find_cases(reader, question.filter)[:limit]):
            found[case.id] = FoundCase(case, "")
    return list(found.values())[:limit]


def find_by_words(reader: Reader, words: str, *, typing: bool = True) -> list[str]:
    """Ids of cases that have the words anywhere in them (documents, notes, parties), newest first. Whether
    they fit a list's filter is for :func:`~workbench.cases.queries.find_cases` to say."""
    access = access_for(reader)
    asked = match.expression(words, acl_terms(access), reader.words, typing=typing)
    if not asked:
        return []
    rows = reader.connection.execute(_readable(access), {"asked": asked}).all()
    return list(dict.fromkeys(row.root_id for row in rows))


def _by_number(reader: Reader, question: Question, limit: int) -> list[CaseRow]:
    words = question.words
    c = t.case_file.c
    asked = list(quoted_numbers(words))
    if asked:
        condition = or_(*(c.number == n for n in asked))
    elif re.fullmatch(r"\d{1,6}/[\d./]*", words):
        condition = c.number.startswith(words, autoescape=True)
    else:
        return []
    query = (
        select(c.id).where(condition, *filtered(reader, question.filter)).order_by(c.k.desc()).limit(limit)
    )
    # A merged case's number leads to its survivor.
    ids = survivors_of(reader, reader.connection.execute(query).scalars().all())
    return load_cases_by_id(reader, list(dict.fromkeys(ids.values())))


class _Hit(NamedTuple):
    """An entry of the index, its scope, and the case it leads to."""

    k: int
    scope_id: str
    case: CaseRow


def _by_words(
    reader: Reader, question: Question, limit: int, *, typing: bool
) -> Iterable[tuple[CaseRow, str]]:
    """Cases whose parts hold the words, newest first, each once; read only as far as needed."""
    access = access_for(reader)
    asked = match.expression(question.words, acl_terms(access), reader.words, typing=typing)
    if not asked:
        return
    query = _found(reader.session, local(reader.at).date(), question.filter, access)
    hits: dict[str, _Hit] = {}
    # Closed at once: a statement half read would hold the connection to a state of the past.
    with reader.connection.execute(query, {"asked": asked}) as rows:
        newest = _newest_of_each(rows)
        while len(hits) < limit and (some := list(islice(newest, limit - len(hits)))):
            for hit in _living(reader, some):
                hits.setdefault(hit.case.id, hit)
    excerpts = _excerpts(reader, list(hits.values()), list(tokens(question.words)))
    for hit in hits.values():
        yield hit.case, excerpts.get(hit.k, "")


def _newest_of_each(rows: Iterable[Sequence[Any]]) -> Iterator[tuple[_Hit, str | None]]:
    """Of the rows of :func:`_found` the first of each case that fits, with what it was merged into."""
    seen: set[str] = set()
    for k, root_id, scope_id, fits, merged_into, *fields in rows:
        if fits and root_id not in seen:
            seen.add(root_id)
            yield _Hit(k, scope_id, CaseRow(*fields)), merged_into


def _living(reader: Reader, found: list[tuple[_Hit, str | None]]) -> Iterator[_Hit]:
    """The hits, those of a merged case leading to the case it lives on in."""
    merged = survivors_of(reader, [hit.case.id for hit, merged_into in found if merged_into])
    last = list(dict.fromkeys(merged.values()))
    survivors = {case.id: case for case in load_cases_by_id(reader, last)} if last else {}
    for hit, merged_into in found:
        if not merged_into:
            yield hit
        elif merged[hit.case.id] in survivors:
            yield hit._replace(case=survivors[merged[hit.case.id]])


def _excerpts(reader: Reader, hits: list[_Hit], forms: list[str]) -> dict[int, str]:
    """By entry. What stands in a restricted case or document is read only after it was opened with a reason."""
    restricted = {hit.case.id for hit in hits if hit.case.restricted}
    restricted -= opened(reader, "case_file", restricted)
    closed = closed_entries(reader, [hit.k for hit in hits if is_restricted(hit.scope_id)])
    told = [hit.k for hit in hits if hit.case.id not in restricted and hit.k not in closed]
    return match.excerpts(reader.connection, told, forms)


# Put together once while one types: that takes longer than to run. Whose answer it is, is in the key.
@lru_cache(maxsize=64)
def _found(session: Session, today: date, wanted: CaseFilter, access: Access) -> Select[Any]:
    """Entries that match, with the case of each; both may be read. Whether the case fits the filter is a column
    and no condition: as a condition it would lead the planner to start at an index over a whole municipality,
    and a filter that nothing fits to look at all that match.
    """
    fits = and_(true(), *conditions(session, today, wanted))
    case = t.case_file.c
    return (
        _readable(access)
        .add_columns(fits, case.merged_into, *ROW_COLUMNS)
        .where(case.id == search_entry.c.root_id, visible(case.scope_id, access, of_few=True))
    )


@lru_cache(maxsize=64)
def _readable(access: Access) -> Select[Any]:
    """Entries that match and may be read."""
    return match.entries().where(visible(search_entry.c.scope_id, access, of_few=True))
