"""Finding cases (haku): words by lemma and compound part, field filters in Finnish and English, excerpts.

``luokka:10.04 käsittelijä:minä tila:avoin kaivo`` – filters narrow, words must all be found. A case number
or its beginning leads straight to the case.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, or_, select

from workbench.cases import tables as t
from workbench.cases.numbers import quoted_numbers
from workbench.cases.openings import closed_entries, opened
from workbench.cases.plan.codes import CASE_TYPES, CaseState
from workbench.cases.queries import (
    FEW,
    CaseFilter,
    CaseRow,
    filtered,
    find_cases,
    load_cases,
    load_cases_by_id,
    load_fitting,
    survivors_of,
)
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
    numbers = match.newest(reader.connection, asked)
    c, found = search_entry.c, dict[str, None]()
    for start in range(0, len(numbers), 500):
        query = (
            select(c.root_id)
            .where(c.k.in_(numbers[start : start + 500]), visible(c.scope_id, access))
            .order_by(c.k.desc())
        )
        found.update(dict.fromkeys(reader.connection.execute(query).scalars()))
    return list(found)


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
    """Cases whose parts hold the words, newest first, each once; read page by page, only as far as needed."""
    access = access_for(reader)
    asked = match.expression(question.words, acl_terms(access), reader.words, typing=typing)
    if not asked:
        return
    forms = list(tokens(question.words))
    given: set[str] = set()
    below: int | None = None
    examined = 0
    while len(given) < limit and examined < match.CANDIDATES:
        numbers = match.newest(reader.connection, asked, 4 * limit, below)
        first = _first_of_each(reader, numbers, given, question.filter, access, limit - len(given))
        # What stands in a restricted case or document is read only after it was opened with a reason.
        restricted = {hit.case.id for hit in first if hit.case.restricted}
        restricted -= opened(reader, "case_file", restricted)
        closed = closed_entries(reader, [hit.k for hit in first if is_restricted(hit.scope_id)])
        told = [hit.k for hit in first if hit.case.id not in restricted and hit.k not in closed]
        excerpts = match.excerpts(reader.connection, told, forms)
        for hit in first:
            given.add(hit.case.id)
            yield hit.case, excerpts.get(hit.k, "")
        if len(numbers) < 4 * limit:
            return
        below, examined = numbers[-1], examined + len(numbers)


def _first_of_each(
    reader: Reader, numbers: list[int], given: set[str], wanted: CaseFilter, access: Access, limit: int
) -> list[_Hit]:
    """The first ``limit`` cases not given yet, each with the newest of its entries among ``numbers``, in their
    order."""
    newest: dict[str, tuple[int, str]] = {}
    rows = reader.connection.execute(_readable(access), {"numbers": json.dumps(numbers)}).all()
    for k, root, scope_id in sorted(rows, reverse=True):
        newest.setdefault(root, (k, scope_id))
    first: dict[str, _Hit] = {}
    roots = list(newest)
    for start in range(0, len(roots), limit):
        for found, case in load_fitting(reader, roots[start : start + limit], wanted, access):
            if case.id not in given:
                hit = _Hit(*newest[found], case)
                first[case.id] = max(first.get(case.id, hit), hit, key=lambda one: one.k)
        if len(first) >= limit:
            break
    return sorted(first.values(), key=lambda hit: -hit.k)[:limit]


def _given(name: str) -> Select[Any]:
    """The values of one JSON list: one parameter, whatever their number, keeps the statement the same."""
    return select(func.json_each(bindparam(name)).table_valued("value").c.value)


@lru_cache(maxsize=64)
def _readable(access: Access) -> Select[Any]:
    """Entries of given ``numbers`` that may be read; the statement is the same while one types."""
    entry = search_entry.c
    near = select(entry.k, entry.root_id, entry.scope_id).where(entry.k.in_(_given("numbers")))
    # A limit keeps the planner from starting at an index over a whole municipality.
    entries = near.limit(FEW).subquery("entries").c
    return select(entries.k, entries.root_id, entries.scope_id).where(
        visible(entries.scope_id, access, of_few=True)
    )
