"""The same letter twice: by the bytes, by the message's own identifier, or by nearly the same words."""

from __future__ import annotations

from sqlalchemy import select

from workbench.cases import tables as t
from workbench.cases.intake.suggesting.letter import Letter, LetterFile, bare_subject, split_quoted
from workbench.cases.intake.suggesting.model import Confidence, DuplicateGuess
from workbench.cases.intake.suggesting.rights import RightsReader
from workbench.i18n import _
from workbench.words.tokens import fold

_COMPARED = 6_000
_MOST_COMPARED = 6
_SAME = 0.85
_SHORTEST = 12
_SMALL_IMAGE = 60_000


def shingles(text: str, size: int = 4) -> frozenset[tuple[str, ...]]:
    """Runs of words in a row."""
    words = fold(text[:_COMPARED]).split()
    if len(words) < size:
        return frozenset([tuple(words)] if words else [])
    return frozenset(tuple(words[i : i + size]) for i in range(len(words) - size + 1))


def similarity(one: str, other: str) -> float:
    """Shared shingles of all (Jaccard); 0 for texts too short to compare."""
    if len(one.split()) < _SHORTEST or len(other.split()) < _SHORTEST:
        return 0.0
    a, b = shingles(one), shingles(other)
    return len(a & b) / len(a | b)


def find_duplicate(
    reader: RightsReader, letter: Letter, arrival_id: str, sender_cases: tuple[str, ...]
) -> DuplicateGuess | None:
    """The best sign that the letter is here already."""
    return (
        _same_bytes(reader, letter, arrival_id)
        or _same_message(reader, letter, arrival_id)
        or _same_attachments(reader, letter, arrival_id)
        or _same_words(reader, letter, arrival_id, sender_cases)
    )


def _places(reader: RightsReader, letter: Letter, sha256: str, arrival_id: str) -> list[tuple[str, str, str]]:
    """(case id, number, arrival id) of where the content is, registered ones first."""
    v, c, f, a = t.document_version.c, t.case_file.c, t.arrival_file.c, t.arrival.c
    registered = (
        select(c.id, c.number)
        .select_from(t.document_version.join(t.case_file, v.case_id == c.id))
        .where(
            v.sha256 == sha256,
            v.municipality == letter.municipality,
            c.voided_at.is_(None),
            reader.may_see(v.scope_id),
            reader.may_see(c.scope_id),
        )
        .limit(20)
    )
    waiting = (
        select(a.id)
        .select_from(t.arrival_file.join(t.arrival, f.arrival_id == a.id))
        .where(
            f.sha256 == sha256,
            a.municipality == letter.municipality,
            a.id != arrival_id,
            a.state == "new",
            reader.may_see(a.scope_id),
        )
        .limit(20)
    )
    found = [(r.id, r.number or "", "") for r in reader.connection.execute(registered)]
    return found + [("", "", r.id) for r in reader.connection.execute(waiting)]


def _same_bytes(reader: RightsReader, letter: Letter, arrival_id: str) -> DuplicateGuess | None:
    if letter.original is None or not letter.original.size:
        return None
    found = _places(reader, letter, letter.original.sha256, arrival_id)
    if not found:
        return None
    case_id, number, other = found[0]
    why = (
        _("Täsmälleen sama tiedosto on rekisteröity asiaan {number}.").format(number=number)
        if case_id
        else _("Täsmälleen sama tiedosto odottaa jo saapuneissa.")
    )
    return DuplicateGuess(Confidence.CERTAIN, why, case_id, number, other)


def _same_message(reader: RightsReader, letter: Letter, arrival_id: str) -> DuplicateGuess | None:
    if not letter.message_id:
        return None
    ids = [letter.message_id, f"<{letter.message_id}>"]
    d, c, a = t.document.c, t.case_file.c, t.arrival.c
    row = reader.connection.execute(
        select(c.id, c.number, d.title)
        .select_from(t.document.join(t.case_file, d.case_id == c.id))
        .where(
            d.message_id.in_(ids),
            c.municipality.concat("") == letter.municipality,
            c.voided_at.is_(None),
            reader.may_see(d.scope_id),
            reader.may_see(c.scope_id),
        )
        .limit(1)
    ).first()
    if row is not None:
        why = _("Sama sähköpostiviesti on rekisteröity asiaan {number}.").format(number=row.number or "")
        return DuplicateGuess(Confidence.LIKELY, why, row.id, row.number or "")
    waiting = reader.connection.execute(
        select(a.id)
        .where(
            a.message_id.in_(ids),
            a.municipality == letter.municipality,
            a.id != arrival_id,
            a.state == "new",
            reader.may_see(a.scope_id),
        )
        .limit(1)
    ).scalar()
    if waiting is None:
        return None
    return DuplicateGuess(
        Confidence.LIKELY, _("Sama sähköpostiviesti odottaa jo saapuneissa."), arrival_id=waiting
    )


def _same_attachments(reader: RightsReader, letter: Letter, arrival_id: str) -> DuplicateGuess | None:
    weighty = [a for a in letter.attachments if _is_weighty(a)][:8]
    if not weighty:
        return None
    shared: set[tuple[str, str, str]] | None = None
    for attachment in weighty:
        here = set(_places(reader, letter, attachment.sha256, arrival_id))
        shared = here if shared is None else shared & here
        if not shared:
            return None
    case_id, number, other = min(shared or set(), key=lambda place: (place[0] == "", place))
    # The same map comes with the application and again with its supplement: only likely.
    if case_id:
        why = _("Kaikki liitteet ovat jo asiassa {number}.").format(number=number)
    else:
        why = _("Samat liitteet ovat toisessa saapuneessa.")
    sure = Confidence.UNSURE if letter.is_reply else Confidence.LIKELY
    return DuplicateGuess(sure, why, case_id, number, other)


def _is_weighty(file: LetterFile) -> bool:
    """Not a logo of a signature."""
    return file.size > 0 and not (file.media_type.startswith("image/") and file.size < _SMALL_IMAGE)


def _same_words(
    reader: RightsReader, letter: Letter, arrival_id: str, sender_cases: tuple[str, ...]
) -> DuplicateGuess | None:
    body = letter.body or (letter.original.text if letter.original else "")
    if len(body.split()) < _SHORTEST:
        return None
    subject = fold(letter.bare_subject)
    a, d, v, c = t.arrival.c, t.document.c, t.document_version.c, t.case_file.c
    waiting = (
        select(a.id, a.subject, a.body)
        .where(
            a.municipality == letter.municipality,
            a.state == "new",
            a.id != arrival_id,
            (a.sender_email == letter.sender_email)
            if letter.sender_email
            else (a.sender_name == letter.sender_name),
            reader.may_see(a.scope_id),
        )
        .order_by(a.k.desc())
        .limit(_MOST_COMPARED)
    )
    for row in reader.connection.execute(waiting):
        if fold(bare_subject(row.subject)[0]) == subject and similarity(body, _own(row.body)) >= _SAME:
            why = _("Saman lähettäjän lähes samansanainen viesti odottaa jo saapuneissa.")
            return DuplicateGuess(Confidence.LIKELY, why, arrival_id=row.id)
    registered = (
        select(c.id, c.number, v.text)
        .select_from(
            t.document.join(t.case_file, d.case_id == c.id).join(t.document_version, v.document_id == d.id)
        )
        .where(
            d.case_id.in_(sender_cases[:20]),
            d.direction == "received",
            d.attached_to.is_(None),
            c.voided_at.is_(None),
            reader.may_see(d.scope_id),
            reader.may_see(c.scope_id),
        )
        .order_by(d.k.desc())
        .limit(_MOST_COMPARED)
    )
    if not sender_cases:
        return None
    for row in reader.connection.execute(registered):
        if similarity(body, _own(row.text)) >= _SAME:
            why = _("Saman lähettäjän lähes samansanainen kirje on rekisteröity asiaan {number}.").format(
                number=row.number or ""
            )
            return DuplicateGuess(Confidence.LIKELY, why, row.id, row.number or "")
    return None


def _own(text: str | None) -> str:
    return split_quoted((text or "")[: 2 * _COMPARED])[0]
