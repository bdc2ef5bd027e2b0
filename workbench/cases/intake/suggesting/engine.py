"""Puts the suggestion together. Reads through the reader's eyes only; changes nothing.

The parts each look at one question; here they are asked in the order in which one answer helps the next.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from workbench.cases.intake.assembling import entity_of
from workbench.cases.intake.queries import ArrivalDetail
from workbench.cases.intake.suggesting import casenumbers, kinds, places
from workbench.cases.intake.suggesting.classes import Learned, plan_words_cached, rank_classes
from workbench.cases.intake.suggesting.duplicates import find_duplicate
from workbench.cases.intake.suggesting.language import language_of
from workbench.cases.intake.suggesting.letter import Letter, letter_of
from workbench.cases.intake.suggesting.model import (
    Action,
    CaseGuess,
    ClassGuess,
    Confidence,
    DuplicateGuess,
    Guess,
    RetentionValues,
    Suggestion,
)
from workbench.cases.intake.suggesting.municipality import Names, other_municipality
from workbench.cases.intake.suggesting.parties import is_private, parties_of
from workbench.cases.intake.suggesting.publicity import publicity_of
from workbench.cases.intake.suggesting.register_words import learned_from, most_usual
from workbench.cases.intake.suggesting.replies import REPLY_WORDS, weigh
from workbench.cases.intake.suggesting.reply_rows import find_candidates, known_sender, register_elsewhere
from workbench.cases.intake.suggesting.rights import RightsReader, with_rights
from workbench.cases.intake.suggesting.terms import Terms, terms_of
from workbench.cases.intake.suggesting.titles import cleaned, is_empty, title_of
from workbench.cases.plan.inherit import Effective, effective
from workbench.cases.plan.model import PlanVersion
from workbench.cases.plan.rules import retention_text
from workbench.cases.plans import current_plan
from workbench.i18n import _
from workbench.organisation import tables as organisation
from workbench.organisation.queries import load_municipalities, load_offices
from workbench.store.store import Reader

_HANDLED_OFTEN, _HANDLED_SHARE = 3, 0.6


def suggest(reader: Reader, arrival: ArrivalDetail) -> Suggestion:
    """What the arrival seems to be, with reasons. The same arrival and register give the same answer."""
    reader = with_rights(reader)
    letter = letter_of(arrival)
    plan = current_plan(reader, letter.municipality)
    names = Names(((m.code, m.name, m.genitive) for m in load_municipalities(reader)), letter.municipality)
    properties = places.properties(
        f"{letter.bare_subject}\n{letter.body}\n{letter.quoted[:2000]}\n{letter.attachment_text[:6000]}"
    )
    terms = terms_of(letter, reader.words)
    sender = known_sender(reader, letter)
    replies = weigh(
        find_candidates(reader, letter, terms, sender, names, properties),
        letter,
        asks_information=kinds.asks_information(letter),
    )
    duplicate = find_duplicate(reader, letter, arrival.row.id, sender.case_ids)
    numbers = casenumbers.seen_numbers(f"{letter.subject}\n{letter.body}\n{letter.attachment_text[:6000]}")
    strong = bool(replies) and replies[0].confidence.at_least(Confidence.LIKELY)
    other = other_municipality(letter, names, properties, number_elsewhere=bool(numbers) and not strong)
    if numbers and not strong and (other is None or other.confidence is Confidence.UNSURE):
        other = _by_register(reader, letter, terms, names, numbers) or other
    action = _action(
        letter,
        replies,
        duplicate,
        other,
        has_pending=bool(sender.case_ids),
        number=_first(numbers),
        names_another=names.names_another(
            f"{letter.bare_subject}\n{letter.body}\n{letter.attachment_text[:3000]}"
        ),
    )
    learned = learned_from(reader, letter.municipality)
    entity = entity_of(letter.sender_name or letter.sender_email)
    private = is_private(letter)
    index = plan_words_cached(plan, reader.words)
    classes = rank_classes(
        terms,
        index,
        learned,
        dict(sender.classes),
        named_types=kinds.named_case_types(
            letter, kinds.document_type(letter, is_reply=bool(replies)), entity=entity, private=private
        ),
        private=private,
        own_staff=names.is_own(letter.domain),
    )
    alike = index.examples.case_types(terms, {c.code: c.score for c in classes})
    return _filled(
        reader, letter, plan, learned, replies, duplicate, other, action, classes, alike, properties
    )


def warm(reader: Reader, municipality: str) -> None:
    """Read what suggestions learn from, so that the first one is as quick as the rest."""
    learned_from(with_rights(reader), municipality)
    plan_words_cached(current_plan(reader, municipality), reader.words)


def _filled(
    reader: Reader,
    letter: Letter,
    plan: PlanVersion,
    learned: Learned,
    replies: tuple[CaseGuess, ...],
    duplicate: DuplicateGuess | None,
    other: Guess[str] | None,
    action: Guess[Action],
    classes: tuple[ClassGuess, ...],
    alike: Mapping[str, float],
    properties: tuple[str, ...],
) -> Suggestion:
    existing = replies[0] if replies and action.value is Action.EXISTING else None
    best = classes[0] if classes else None
    code = existing.case.class_code if existing else best.code if best else ""
    class_sure = existing.confidence if existing else best.confidence if best else Confidence.UNSURE
    node = plan.find(code)
    document = kinds.document_type(letter, is_reply=existing is not None)
    if existing is None:
        document = kinds.by_plan(document, node, class_sure)
    elif document.value == kinds.PLAIN:
        document = Guess(kinds.PLAIN, Confidence.LIKELY, _("Viesti asiaan, joka on jo vireillä."))
    kind = (
        Guess(existing.case.case_type, existing.confidence, existing.why)
        if existing
        else kinds.case_type(letter, document, best, node, alike)
    )
    language = language_of(f"{letter.bare_subject}\n{letter.body}")
    parties = parties_of(letter, language=language, role="party" if existing else "initiator")
    place = next(iter((*properties, *places.farms(f"{letter.bare_subject}\n{letter.body[:3000]}"))), "")
    sender_entity = parties[-1].entity if parties else "person"
    title = title_of(
        letter,
        None if existing else node,
        class_is_likely=class_sure.at_least(Confidence.LIKELY),
        sender_entity=sender_entity,
        place=place,
    )
    if existing and is_empty(letter.bare_subject):
        title = Guess(cleaned(document.value), document.confidence, document.why)
    planned = effective(plan, code, document.value)
    handler, office = _who(reader, letter, existing, code, class_sure, learned, planned)
    return Suggestion(
        action=action,
        reply_to=replies,
        duplicate_of=duplicate,
        classes=classes,
        case_type=kind,
        document_type=document,
        title=title,
        parties=parties,
        handler=handler,
        office=office,
        publicity=publicity_of(letter, planned, class_confidence=class_sure),
        retention=_retention(effective(plan, code), class_sure),
        other_municipality=other,
        language=language,
        properties=properties,
    )


def _action(
    letter: Letter,
    replies: tuple[CaseGuess, ...],
    duplicate: DuplicateGuess | None,
    other: Guess[str] | None,
    *,
    has_pending: bool,
    number: str,
    names_another: bool,
) -> Guess[Action]:
    best = replies[0] if replies else None
    if duplicate and duplicate.confidence.at_least(Confidence.LIKELY):
        return Guess(Action.DUPLICATE, duplicate.confidence, duplicate.why)
    strong = best is not None and best.confidence.at_least(Confidence.LIKELY)
    if strong and best is not None and not (other and other.confidence is Confidence.CERTAIN):
        if not best.takes_documents:
            return Guess(Action.EXISTING, Confidence.UNSURE, best.note)
        return Guess(Action.EXISTING, best.confidence, best.why)
    if other and other.confidence.at_least(Confidence.LIKELY):
        return Guess(Action.PASS_ON, other.confidence, other.why)
    if best is not None:
        return Guess(
            Action.NEW,
            Confidence.UNSURE,
            _("Kirje voi kuulua asiaan {number}, mutta se ei ole selvää.").format(number=best.case.number),
        )
    if number and not other:
        return Guess(
            Action.NEW,
            Confidence.LIKELY,
            _("Viestissä on tunnus {number}, mutta tässä rekisterissä ei ole siihen sopivaa asiaa.").format(
                number=number
            ),
        )
    if other or letter.is_reply or REPLY_WORDS.search(f"{letter.bare_subject}\n{letter.body[:1500]}"):
        return (
            Guess(
                Action.NEW, Confidence.LIKELY, _("Kirje näyttää vastaukselta, mutta sen asiaa ei löytynyt.")
            )
            if not other
            else Guess(Action.NEW, Confidence.UNSURE, other.why)
        )
    # A letter that names another municipality may have come to the wrong one.
    sure = Confidence.LIKELY if names_another else Confidence.CERTAIN
    if has_pending:
        return Guess(Action.NEW, sure, _("Lähettäjän aiemmat asiat koskevat muuta kuin tämä kirje."))
    return Guess(Action.NEW, sure, _("Viestissä ei ole asiatunnusta, eikä se jatka aiempaa viestiä."))


def _by_register(
    reader: RightsReader, letter: Letter, terms: Terms, names: Names, numbers: list[casenumbers.SeenNumber]
) -> Guess[str] | None:
    code, number = register_elsewhere(reader, letter, terms, names, numbers)
    place = next((p for p in names.others if p.code == code), None)
    if place is None:
        return None
    why = _("Asiatunnus {number} on kunnan {name} rekisterissä, ja kirje sopii siihen.")
    return Guess(place.code, Confidence.LIKELY, why.format(number=number, name=place.name))


def _first(numbers: list[casenumbers.SeenNumber]) -> str:
    return numbers[0].text if numbers else ""


def _retention(planned: Effective, sure: Confidence) -> Guess[RetentionValues]:
    values = planned.defaults()
    text = retention_text(values)
    confidence = Confidence.LIKELY if sure.at_least(Confidence.LIKELY) else Confidence.UNSURE
    return Guess(
        RetentionValues(planned.retention_years.value, planned.retention_basis.value or "", text),
        confidence,
        _("Säilytysaika {text} on {source}.").format(text=text, source=planned.retention_kind.source.text()),
    )


def _who(
    reader: Reader,
    letter: Letter,
    existing: CaseGuess | None,
    code: str,
    sure: Confidence,
    learned: Learned,
    planned: Effective,
) -> tuple[Guess[str] | None, Guess[str] | None]:
    """Handler and office: those of the case, else the usual ones of the class, else the plan's owner."""
    if existing:
        case = existing.case
        why = _("Asian {number} mukaan.").format(number=case.number)
        handler = Guess(case.handler_id, existing.confidence, why) if case.handler_id else None
        return handler, Guess(case.office, existing.confidence, why)
    working = _people(reader, letter.municipality)
    office = None
    usual, times, total = most_usual(learned.offices.get(code, {}))
    here = {o.code for o in load_offices(reader, letter.municipality)}
    if usual in here:
        often = times >= _HANDLED_OFTEN and times >= _HANDLED_SHARE * total
        office = Guess(
            usual,
            (Confidence.LIKELY if often else Confidence.UNSURE).at_most(sure),
            _("Luokan {code} asiat ovat yleensä tällä toimialalla.").format(code=code),
        )
    handlers = {p: n for p, n in learned.handlers.get(code, {}).items() if p in working}
    person, times, total = most_usual(handlers)
    handler = None
    if person:
        often = times >= _HANDLED_OFTEN and times >= _HANDLED_SHARE * total
        handler = Guess(
            person,
            (Confidence.LIKELY if often else Confidence.UNSURE).at_most(sure),
            _("Hän on käsitellyt aiempia luokan {code} asioita.").format(code=code),
        )
    else:
        owner = (planned.process_owner.value or "").casefold()
        found = sorted(p for p, (title, _office) in working.items() if owner and title == owner)
        if len(found) == 1:
            why = _("Suunnitelman mukaan prosessin omistaja on {title}.").format(title=owner)
            handler = Guess(found[0], Confidence.LIKELY.at_most(sure), why)
    if office is None and handler is not None:
        home = working[handler.value][1]
        if home in here:
            office = Guess(home, handler.confidence, _("Toimiala on ehdotetun käsittelijän."))
    return handler, office


def _people(reader: Reader, municipality: str) -> dict[str, tuple[str, str]]:
    """Those at work who have a role in the municipality: id → (title, code of the home office here)."""
    p, r = organisation.person.c, organisation.role.c
    query = select(p.id, p.title, p.office_id).where(
        p.active.is_(True), p.id.in_(select(r.person_id).where(r.municipality == municipality))
    )
    found = {}
    for row in reader.connection.execute(query):
        home, _slash, office = (row.office_id or "").partition("/")
        found[row.id] = ((row.title or "").casefold(), office if home == municipality else "")
    return found
