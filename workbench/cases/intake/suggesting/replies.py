"""Whether an arrival belongs to a known case: evidence weighed without reading any row.

Invariant: a number alone is never certain. The sender, the words of the case's title or the message thread
must agree; a number cited beside another municipality's name counts only when they do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from workbench.cases.intake.suggesting.everyday import COMMON
from workbench.cases.intake.suggesting.letter import Letter
from workbench.cases.intake.suggesting.model import CaseGuess, Confidence
from workbench.cases.queries import CaseRow
from workbench.i18n import _

REPLY_WORDS = re.compile(
    r"\b(?:vastine\w*|täydenny\w+|täydentä\w+|lisäselvity\w+|lisätie\w+|viitaten|viite|lausuntopyyntöönne"
    r"|selvityspyyntöönne|tarjouspyyntöönne|pyyntöönne|kirjeeseenne|päätökseenne|viestiinne|vireillä\w*"
    r"|pyytämä\w+|pyytämänne|aiemmin lähet\w+|aikaisem\w+ (?:viesti|haku|hake|kirje)\w*|edelli\w+ viesti\w*"
    r"|peruutta\w+ hakemu\w+|hakemukseni\b|hakemuksemme\b|hakemukseeni\b|hakemukseemme\b|asiassanne|asiaanne"
    r"|asian tila\w*|missä vaiheessa|muistutus kaava\w+|komplettering|yttrande)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Seen:
    """How a number led to a case."""

    text: str
    place: str  # subject | body | quoted | attachment
    exact: bool
    foreign: bool  # cited beside another municipality's name


@dataclass(frozen=True)
class Candidate:
    """A case with what speaks for it."""

    case: CaseRow
    note: str = ""
    redirected: bool = False
    seen: Seen | None = None
    thread: bool = False
    same_subject: bool = False
    sender_known: bool = False
    same_property: bool = False
    title_words: tuple[str, ...] = ()
    shared_words: tuple[str, ...] = ()

    @property
    def overlap(self) -> float:
        """Share of the title's telling words that the letter has; a single word proves little."""
        return len(self.shared_words) / max(2, len(self.title_words))

    @property
    def agrees(self) -> bool:
        """Whether something besides a number speaks for the case."""
        return (
            self.thread
            or self.same_subject
            or self.sender_known
            or self.same_property
            or (self.overlap >= 0.5 and len(self.shared_words) >= 1)
        )


_PLACE_POINTS = {"subject": 90.0, "body": 70.0, "quoted": 65.0, "attachment": 40.0}


def weigh(
    candidates: Iterable[Candidate], letter: Letter, *, asks_information: bool = False, limit: int = 5
) -> tuple[CaseGuess, ...]:
    """The candidates that stand, best first."""
    words_of_reply = bool(REPLY_WORDS.search(f"{letter.bare_subject}\n{letter.body[:3000]}"))
    replying = letter.is_reply or words_of_reply
    weighed = []
    for candidate in candidates:
        sure = _confidence(candidate, letter, replying=replying, words_of_reply=words_of_reply)
        if sure is None:
            continue
        if asks_information and not candidate.thread and not letter.is_reply:
            sure = Confidence.UNSURE  # a request for a case's documents is a matter of its own (JulkL 13 §)
        weighed.append((_points(candidate), sure, candidate))
    weighed.sort(key=lambda w: (-w[1].value, -w[0], w[2].case.number, w[2].case.id))
    tops = [w for w in weighed if w[1] is Confidence.CERTAIN]
    guesses = []
    for points, sure, candidate in weighed[:limit]:
        held = sure
        if len(tops) > 1 and points < tops[0][0] + 1 and candidate is not tops[0][2]:
            held = sure.at_most(Confidence.LIKELY)
        if len(tops) > 1 and candidate is tops[0][2] and tops[1][0] > points - 15:
            held = sure.at_most(Confidence.LIKELY)
        if candidate.note:
            held = held.at_most(Confidence.LIKELY)
        guesses.append(
            CaseGuess(
                candidate.case,
                held,
                _why(candidate),
                candidate.note,
                candidate.seen.text if candidate.seen else "",
            )
        )
    return tuple(guesses)


def _points(c: Candidate) -> float:
    points = 0.0
    if c.thread:
        points += 80
    if c.seen:
        points += _PLACE_POINTS[c.seen.place] * (1.0 if c.seen.exact else 0.4)
    points += 30 * c.same_subject + 20 * c.sender_known + 25 * c.same_property
    return points + 30 * c.overlap


def _confidence(c: Candidate, letter: Letter, *, replying: bool, words_of_reply: bool) -> Confidence | None:
    if c.seen is not None:
        found = _by_number(c, c.seen)
        if found is not None:
            return found
    if c.thread:
        # People open an old message to write of a new matter: the subject must agree too.
        if c.same_subject or c.overlap >= 0.3 or c.same_property:
            return Confidence.CERTAIN
        return Confidence.LIKELY
    if c.same_subject and c.sender_known:
        return Confidence.LIKELY
    if c.same_subject and letter.is_reply:
        return Confidence.LIKELY
    return _by_words(c, replying=replying, words_of_reply=words_of_reply)


def _by_number(c: Candidate, seen: Seen) -> Confidence | None:
    if seen.foreign:
        strong = c.thread or (c.overlap >= 0.5 and (c.sender_known or len(c.shared_words) >= 2))
        return Confidence.LIKELY if strong else None
    if not seen.exact:
        if not c.agrees:
            return None
        strong = c.thread or c.same_subject or c.sender_known or len(c.shared_words) >= 2
        return Confidence.LIKELY if strong else Confidence.UNSURE
    if seen.place == "attachment":
        return Confidence.LIKELY if c.agrees else Confidence.UNSURE
    return Confidence.CERTAIN if c.agrees else Confidence.LIKELY


def _by_words(c: Candidate, *, replying: bool, words_of_reply: bool) -> Confidence | None:
    many = len(c.shared_words) >= 2
    if c.sender_known and c.same_property:
        return Confidence.LIKELY if replying or c.overlap >= 0.5 else Confidence.UNSURE
    if c.sender_known and c.overlap >= 0.5 and many:
        return Confidence.LIKELY if replying else Confidence.UNSURE
    if c.sender_known and words_of_reply and c.overlap > 0:
        return Confidence.LIKELY if c.overlap >= 0.5 else Confidence.UNSURE
    if replying and c.same_property and c.overlap > 0:
        return Confidence.LIKELY
    if replying and c.overlap >= 0.75 and many:
        return Confidence.LIKELY
    if (replying and c.overlap >= 0.5 and many) or (c.same_property and c.overlap >= 0.5):
        return Confidence.UNSURE
    return None


_PLACES = {
    "subject": lambda: _("viestin aiheessa"),
    "body": lambda: _("viestin tekstissä"),
    "quoted": lambda: _("lainatussa viestissä"),
    "attachment": lambda: _("liitteessä"),
}


def _why(c: Candidate) -> str:
    number = c.case.number
    if c.redirected and c.seen:
        return _("Viestissä on asiatunnus {seen}, ja se on yhdistetty asiaan {number}.").format(
            seen=c.seen.text, number=number
        )
    if c.seen is not None:
        return _why_number(c, c.seen, number)
    if c.thread:
        return _("Viesti jatkaa viestiketjua, joka on rekisteröity asiaan {number}.").format(number=number)
    if c.same_subject and c.sender_known:
        return _("Sama lähettäjä ja sama aihe kuin asiassa {number}.").format(number=number)
    if c.same_subject:
        return _("Viestin aihe on sama kuin asiassa {number}.").format(number=number)
    if c.same_property and c.sender_known:
        return _("Sama lähettäjä ja sama kiinteistö kuin asiassa {number}.").format(number=number)
    if c.same_property:
        return _("Sama kiinteistö kuin asiassa {number}.").format(number=number)
    shared = ", ".join(c.shared_words[:4])
    if c.sender_known:
        return _("Sama lähettäjä, ja otsikon sanat {words} ovat viestissä.").format(words=shared)
    return _("Asian otsikon sanat {words} ovat viestissä.").format(words=shared)


def _why_number(c: Candidate, seen: Seen, number: str) -> str:
    place = _PLACES[seen.place]()
    if not seen.exact:
        return _(
            "Viestissä on tunnus {seen}, joka eroaa vähän asiasta {number}; muut tiedot sopivat."
        ).format(seen=seen.text, number=number)
    if c.thread:
        return _("Sama viestiketju ja asiatunnus {number} {place}.").format(number=number, place=place)
    if c.sender_known:
        return _("Sama lähettäjä ja asiatunnus {number} {place}.").format(number=number, place=place)
    if c.agrees:
        return _("Asiatunnus {number} on {place}, ja otsikon sanat sopivat.").format(
            number=number, place=place
        )
    return _("Asiatunnus {number} on {place}, mutta lähettäjä ja sanat eivät vahvista sitä.").format(
        number=number, place=place
    )


def telling(lemmas: Iterable[str], also_common: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Words of a title that tell cases apart."""
    return tuple(
        dict.fromkeys(
            w for w in lemmas if len(w) > 2 and w not in COMMON and w not in also_common and not w.isdigit()
        )
    )
