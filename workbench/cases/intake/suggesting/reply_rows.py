"""Finds the cases an arrival may belong to, among those the reader may see: by number, thread, sender, words.

Every query carries the access rule; each is bounded, whatever the size of the register.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from sqlalchemy import func, select

from workbench.cases import tables as t
from workbench.cases.intake.suggesting import casenumbers
from workbench.cases.intake.suggesting.letter import Letter, bare_subject
from workbench.cases.intake.suggesting.municipality import Names
from workbench.cases.intake.suggesting.parties import PUBLIC_DOMAINS
from workbench.cases.intake.suggesting.replies import Candidate, Seen, telling
from workbench.cases.intake.suggesting.rights import RightsReader, with_rights
from workbench.cases.intake.suggesting.terms import Terms, lemmas_of
from workbench.cases.queries import CaseRow, load_cases_by_id
from workbench.i18n import _
from workbench.store.schema import search_entry
from workbench.store.search import match
from workbench.store.store import Reader
from workbench.words.tokens import fold

_MOST_NUMBERS, _MOST_CASES, _MOST_HITS = 8, 30, 60
_ORDER = ("subject", "body", "quoted", "attachment")


@dataclass(frozen=True)
class Sender:
    """What the register knows of a sender: cases newest first, and how often each class."""

    case_ids: tuple[str, ...] = ()
    classes: tuple[tuple[str, int], ...] = ()


def known_sender(reader: RightsReader, letter: Letter) -> Sender:
    """Cases in which the sender is a party or has sent a document."""
    name = letter.sender_name
    if len([w for w in fold(name).split() if len(w) > 1]) < 2 and len(name) < 6:
        return Sender()
    c = t.case_file.c
    wanted = fold(name)
    roots = [
        row.root_id
        for row in _hits(reader, name)
        if fold(row.title if row.kind == "party" else row.body).find(wanted) >= 0
        and row.kind in ("party", "document")
    ]
    ids = list(dict.fromkeys(roots))
    query = select(c.id, c.class_code, c.municipality).where(c.id.in_(ids), reader.may_see(c.scope_id))
    # Not a condition of the query: the municipality's index would be taken for the more selective one.
    rows = [r for r in reader.connection.execute(query) if r.municipality == letter.municipality]
    classes: dict[str, int] = {}
    for row in rows:
        classes[row.class_code] = classes.get(row.class_code, 0) + 1
    here = {row.id for row in rows}
    return Sender(tuple(i for i in ids if i in here), tuple(sorted(classes.items())))


def find_candidates(
    reader: RightsReader,
    letter: Letter,
    terms: Terms,
    sender: Sender,
    names: Names,
    properties: Sequence[str],
) -> list[Candidate]:
    """Every case something speaks for, with all that speaks for it."""
    seen = _by_numbers(reader, letter, names)
    threads = _by_thread(reader, letter)
    worded = _by_words(reader, letter, names, properties)
    ids = list(dict.fromkeys([*seen, *threads, *worded, *sender.case_ids[:12]]))[:_MOST_CASES]
    return _described(reader, letter, terms, sender, names, properties, ids, seen, threads)


# -- numbers -------------------------------------------------------------------------------------------


def _by_numbers(reader: RightsReader, letter: Letter, names: Names) -> dict[str, Seen]:
    found: dict[str, Seen] = {}
    texts = {
        "subject": letter.subject,
        "body": f"{letter.body}\n{letter.signature}",
        "quoted": letter.quoted,
        "attachment": "\n".join(f"{a.filename}\n{a.text[:4000]}" for a in letter.attachments),
    }
    for place in _ORDER:
        for number in casenumbers.seen_numbers(texts[place])[:_MOST_NUMBERS]:
            foreign = names.cites_other(texts[place], number.start, number.start + len(number.text))
            for case_id, exact in _cases_of(reader, letter.municipality, number):
                kept = found.get(case_id)
                if kept is None or (exact and not kept.exact):
                    found[case_id] = Seen(number.text, place, exact, foreign)
    return found


def _cases_of(
    reader: RightsReader, municipality: str, number: casenumbers.SeenNumber
) -> list[tuple[str, bool]]:
    """Cases of the municipality that carry the number exactly, else those one slip away."""
    c = t.case_file.c
    seen = reader.may_see(c.scope_id)
    columns = select(c.id, c.number, c.class_code, c.running).where(c.municipality == municipality, seen)
    here = columns.where(c.year == number.year, c.running == number.running)
    rows = reader.connection.execute(here).all()
    exact = [(r.id, True) for r in rows if not number.class_code or _class_in(r.number) == number.class_code]
    if exact:
        return exact
    near = [(r.id, False) for r in rows if _class_near(number.class_code, r.number)]
    if number.class_code:
        slipped = columns.where(
            c.year == number.year, c.running.in_(casenumbers.neighbours(number.running)[:250])
        )
        near += [
            (r.id, False)
            for r in reader.connection.execute(slipped)
            if _class_in(r.number) == number.class_code
        ]
        near += [
            (r.id, False)
            for r in reader.connection.execute(
                columns.where(c.running == number.running, c.year.in_([number.year - 1, number.year + 1]))
            )
            if _class_in(r.number) == number.class_code
        ]
    return near


def _class_in(number: str | None) -> str:
    found = casenumbers.seen_numbers(number or "")
    return found[0].class_code if found else ""


def _class_near(written: str, number: str | None) -> bool:
    """The running number and the year are right; the class in between has a slip or is cut short."""
    own = _class_in(number)
    if not own or not written:
        return True
    digits, own_digits = written.replace(".", ""), own.replace(".", "")
    return own_digits.startswith(digits) or casenumbers.one_slip(own_digits, digits)


def register_elsewhere(
    reader: RightsReader,
    letter: Letter,
    terms: Terms,
    names: Names,
    numbers: Sequence[casenumbers.SeenNumber],
) -> tuple[str, str]:
    """(municipality, number) of a case that the letter fits in another register which the reader may read
    too. Nothing of the case itself is told."""
    everywhere = replace(reader.session, municipality="")
    wide = with_rights(Reader(reader.connection, everywhere, reader.at, reader.kinds, reader.words))
    for number in numbers[:_MOST_NUMBERS]:
        for place in names.others:
            ids = [i for i, exact in _cases_of(wide, place.code, number) if exact]
            for case in load_cases_by_id(wide, ids):
                title = telling([f[0] for f in lemmas_of(case.title, reader.words)], names.lemmas)
                shared = [w for w in title if w in terms.weights]
                p = t.party.c
                known = {
                    x
                    for row in reader.connection.execute(
                        select(p.email, p.name).where(p.case_id == case.id, wide.may_see(p.scope_id))
                    )
                    for x in ((row.email or "").lower(), fold(row.name))
                }
                if _knows(letter, known) or len(shared) / max(2, len(title)) >= 0.5:
                    return place.code, case.number
    return "", ""


# -- thread --------------------------------------------------------------------------------------------


def _by_thread(reader: RightsReader, letter: Letter) -> list[str]:
    """Cases that hold a message of the same conversation."""
    ids = [r for r in letter.references if r != letter.message_id]
    ids += [f"<{r}>" for r in ids]
    if not ids:
        return []
    d, a = t.document.c, t.arrival.c
    documents = select(d.case_id, d.k).where(d.message_id.in_(ids), reader.may_see(d.scope_id))
    arrivals = select(a.case_id, a.k).where(
        a.message_id.in_(ids),
        a.case_id.is_not(None),
        a.municipality == letter.municipality,
        reader.may_see(a.scope_id),
    )
    rows = [*reader.connection.execute(documents).all(), *reader.connection.execute(arrivals).all()]
    return list(dict.fromkeys(r.case_id for r in sorted(rows, key=lambda r: -r.k) if r.case_id))


# -- words ---------------------------------------------------------------------------------------------


def _by_words(reader: RightsReader, letter: Letter, names: Names, properties: Sequence[str]) -> list[str]:
    asked: list[str] = list(properties[:2])
    subject = [found[0] for found in lemmas_of(letter.bare_subject, reader.words)]
    words = telling(subject, names.lemmas)[:4]
    asked += [" ".join(pair) for pair in combinations(words, 2)][:4]
    found: dict[str, None] = {}
    for text in asked:
        found.update(dict.fromkeys(_roots(reader, text, limit=25)))
    return list(found)[:25]


def _roots(reader: RightsReader, text: str, *, limit: int = _MOST_HITS) -> list[str]:
    """Ids of what the words are found in, newest first."""
    return list(dict.fromkeys(row.root_id for row in _hits(reader, text, limit=limit)))


def _hits(reader: RightsReader, text: str, *, limit: int = _MOST_HITS) -> list[Any]:
    """What the words are found in, newest first, rights inside the question."""
    asked = match.expression(text, reader.acl, reader.words, typing=False)
    if not asked:
        return []
    numbers = match.newest(reader.connection, asked, limit)
    e = search_entry.c
    query = select(e.k, e.kind, e.root_id, e.title, func.substr(e.body, 1, 300).label("body")).where(
        e.k.in_(numbers), reader.may_see(e.scope_id)
    )
    found = {row.k: row for row in reader.connection.execute(query)}
    return [found[k] for k in numbers if k in found]


# -- what speaks for each ------------------------------------------------------------------------------


def _described(
    reader: RightsReader,
    letter: Letter,
    terms: Terms,
    sender: Sender,
    names: Names,
    properties: Sequence[str],
    ids: list[str],
    seen: dict[str, Seen],
    threads: Iterable[str],
) -> list[Candidate]:
    c, p, d = t.case_file.c, t.party.c, t.document.c
    states = {
        r.id: r
        for r in reader.connection.execute(
            select(c.id, c.merged_into, c.moved_to, c.voided_at, c.closed_on, c.municipality).where(
                c.id.in_(ids), reader.may_see(c.scope_id)
            )
        )
        if r.municipality == letter.municipality
    }
    survivors = {i: _survivor(reader, i, states) for i in ids if i in states}
    wanted = list(dict.fromkeys(s for s in survivors.values() if s))
    cases = {case.id: case for case in load_cases_by_id(reader, wanted)}
    emails: dict[str, set[str]] = {}
    for row in reader.connection.execute(
        select(p.case_id, p.email, p.name).where(p.case_id.in_(wanted), reader.may_see(p.scope_id))
    ):
        emails.setdefault(row.case_id, set()).update({(row.email or "").lower(), fold(row.name)})
    subjects: dict[str, set[str]] = {}
    texts: dict[str, str] = {}
    for row in reader.connection.execute(
        select(d.case_id, d.title, d.sender).where(d.case_id.in_(wanted), reader.may_see(d.scope_id))
    ):
        subjects.setdefault(row.case_id, set()).add(_plain(row.title))
        texts[row.case_id] = f"{texts.get(row.case_id, '')} {row.title}"
        if row.sender:
            emails.setdefault(row.case_id, set()).add(fold(row.sender))
    threaded = {survivors.get(i) for i in threads}
    by_survivor: dict[str, Seen] = {}
    redirected: set[str] = set()
    for case_id, place in seen.items():
        survivor = survivors.get(case_id)
        if survivor and (survivor not in by_survivor or place.exact > by_survivor[survivor].exact):
            by_survivor[survivor] = place
            if survivor != case_id:
                redirected.add(survivor)
    own = _plain(letter.bare_subject)
    notes = _notes(reader, cases.values())
    made = []
    for case_id in wanted:
        case = cases.get(case_id)
        if case is None:
            continue
        lemmas = [found[0] for found in lemmas_of(case.title, reader.words)]
        title_words = telling(lemmas, names.lemmas)
        made.append(
            Candidate(
                case=case,
                note=notes.get(case_id, ""),
                redirected=case_id in redirected,
                seen=by_survivor.get(case_id),
                thread=case_id in threaded,
                same_subject=len(own) > 8 and (own in subjects.get(case_id, ()) or own == _plain(case.title)),
                sender_known=_knows(letter, emails.get(case_id, set())) or case_id in sender.case_ids,
                same_property=any(x in f"{case.title} {texts.get(case_id, '')}" for x in properties),
                title_words=title_words,
                shared_words=tuple(w for w in title_words if w in terms.weights),
            )
        )
    return made


def _survivor(reader: RightsReader, case_id: str, states: dict[str, Any]) -> str:
    """The case a merged one leads to, when it may be seen."""
    c = t.case_file.c
    here, steps = states[case_id], 0
    while here.merged_into and steps < 10:
        steps += 1
        query = select(c.id, c.merged_into).where(c.id == here.merged_into, reader.may_see(c.scope_id))
        found = reader.connection.execute(query).first()
        if found is None:
            return ""
        here = found
    return str(here.id)


def _notes(reader: RightsReader, cases: Iterable[CaseRow]) -> dict[str, str]:
    """What stops registering into a case, for those that something stops."""
    c = t.case_file.c
    numbers = {case.id: case.number for case in cases}
    query = select(c.id, c.voided_at, c.closed_on, c.moved_to).where(c.id.in_(list(numbers)))
    found: dict[str, str] = {}
    for row in reader.connection.execute(query):
        if row.voided_at is not None:
            found[row.id] = _("Asia {number} on mitätöity.").format(number=numbers[row.id])
        elif row.moved_to:
            found[row.id] = _("Asia {number} on siirretty toiseen kuntaan.").format(number=numbers[row.id])
        elif row.closed_on is not None:
            found[row.id] = _("Asia {number} on päätetty. Avaa se uudelleen tai avaa uusi asia.").format(
                number=numbers[row.id]
            )
    return found


def _knows(letter: Letter, known: set[str]) -> bool:
    if letter.sender_email and letter.sender_email in known:
        return True
    if letter.sender_name and fold(letter.sender_name) in known:
        return True
    if not letter.domain or letter.domain in PUBLIC_DOMAINS:
        return False
    return any(x.endswith("@" + letter.domain) for x in known)


def _plain(text: str) -> str:
    """A subject for comparing: without marks, numbers of cases and odd blanks."""
    bare = bare_subject(text)[0]
    for number in casenumbers.seen_numbers(bare):
        bare = bare.replace(number.text, " ")
    return " ".join(fold(bare).strip(" .,:;-()").split())
