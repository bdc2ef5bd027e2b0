"""Unusual viewing of what is secret (poikkeava katselu): plain rules, each with its reason in words.

A municipality must see to it that secret data are read for work alone: the duty to secure processing and to act on
unlawful access (GDPR, tietosuoja-asetus 32 art.), use logged and monitored (TihL 17 and 23 §), secrets of JulkL 24 §
opened by those whose task it is (JulkL 22-23 §). A viewer close to a party is disqualified from the matter
(esteellisyys, hallintolaki 27-28 §); a shared surname or contact detail is a hint of that, never a proof.

A rule that is met accuses nobody: whoever reads the report asks. Employees' home addresses are in no register of this
program, so what is compared is surname, e-mail address and telephone number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from workbench.cases.oversight import UNUSUAL, Opening
from workbench.clock import local
from workbench.i18n import _
from workbench.law.holidays import is_day_off

NIGHT = (21, 6)
"""From this hour to that one, on a Finnish clock."""
BURST, WITHIN = 5, timedelta(minutes=10)
"""So many different things opened within so long are looked at."""
PATIENCE = timedelta(days=7)
"""So long after a view a deed may still follow it."""
_SHORTEST_NUMBER = 6


@dataclass(frozen=True)
class Contact:
    """What of a person may tell that two are close; "" where it is not known."""

    name: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Viewing:
    """An opening with what the rules ask. ``opening.own``: the viewer handles or registered the case, has a right to
    it that was given to her by name, or had done something in it before; ``followed``: she did something in it later.
    ``row_id`` is that of what was opened. ``parties`` are the persons among the case's parties, as far as the reader of
    the report sees them."""

    opening: Opening
    row_id: str
    case_id: str
    viewer: Contact
    parties: tuple[Contact, ...] = ()
    followed: bool = False


@dataclass(frozen=True)
class Sign:
    """A rule that was met, and why, in Finnish."""

    code: str
    reason: str


@dataclass(frozen=True)
class Unusual:
    """A viewing that at least one rule was met by."""

    viewing: Viewing
    signs: tuple[Sign, ...]


def unusual(viewings: Sequence[Viewing], now: datetime) -> list[Unusual]:
    """The viewings that are unusual, those that meet most rules first, then the newest."""
    often, burst = _often(viewings), _bursts(viewings)
    found = []
    for n, viewing in enumerate(viewings):
        signs = [*_of_one(viewing, now)]
        if n in burst:
            signs.append(
                Sign(
                    "burst",
                    _("Avasi {n} eri kohdetta {minutes} minuutin aikana.").format(
                        n=burst[n], minutes=int(WITHIN.total_seconds() // 60)
                    ),
                )
            )
        if n in often:
            signs.append(Sign("many", _("Avasi saman päivän aikana {n} kertaa.").format(n=often[n])))
        if signs:
            found.append(Unusual(viewing, tuple(signs)))
    return sorted(found, key=lambda u: (-len(u.signs), -u.viewing.opening.at.timestamp(), u.viewing.row_id))


def _of_one(viewing: Viewing, now: datetime) -> Iterable[Sign]:
    opening, at = viewing.opening, local(viewing.opening.at)
    if not opening.own:
        yield Sign("not_own", _("Asia ei ole katsojan käsiteltävänä eikä hän ollut tehnyt siinä mitään."))
        if not viewing.followed and opening.at + PATIENCE <= now:
            yield Sign("no_deed", _("Katsoja ei tehnyt asiassa mitään myöskään sen jälkeen."))
    if at.hour >= NIGHT[0] or at.hour < NIGHT[1]:
        yield Sign("night", _("Avattu yöllä kello {time}.").format(time=f"{at.hour}.{at.minute:02}"))
    if is_day_off(at.date()):
        yield Sign("day_off", _("Avattu viikonloppuna tai pyhäpäivänä."))
    near = {what for party in viewing.parties for what in _shared(viewing.viewer, party)}
    if "surname" in near:
        yield Sign("surname", _("Katsojalla on sama sukunimi kuin asian osapuolella."))
    if "contact" in near:
        yield Sign("contact", _("Katsojalla on sama sähköpostiosoite tai puhelin kuin asian osapuolella."))


def _shared(one: Contact, other: Contact) -> Iterable[str]:
    if _surnames(one.name) & _surnames(other.name):
        yield "surname"
    emails = {c.email.strip().casefold() for c in (one, other)}
    digits = [_digits(c.phone) for c in (one, other)]
    if (len(emails) == 1 and emails != {""}) or (
        digits[0] == digits[1] and len(digits[0]) >= _SHORTEST_NUMBER
    ):
        yield "contact"


def _surnames(name: str) -> set[str]:
    """The parts of a surname: the last word, a double one taken apart. One word alone is no surname."""
    words = name.casefold().split()
    return set(words[-1].split("-")) - {""} if len(words) > 1 else set()


def _digits(phone: str) -> str:
    """A telephone number as it is compared: +358 40… and 040… are the same."""
    found = "".join(c for c in phone if c.isdigit() and c.isascii())
    return found.removeprefix("00").removeprefix("358").removeprefix("0")


def _often(viewings: Sequence[Viewing]) -> dict[int, int]:
    days: dict[tuple[object, str], list[int]] = defaultdict(list)
    for n, v in enumerate(viewings):
        days[local(v.opening.at).date(), v.opening.person_id].append(n)
    return {n: len(several) for several in days.values() if len(several) > UNUSUAL for n in several}


def _bursts(viewings: Sequence[Viewing]) -> dict[int, int]:
    """Of each viewing within a burst, how many different things the largest such burst opened."""
    found: dict[int, int] = {}
    by_person: dict[str, list[int]] = defaultdict(list)
    for n in sorted(range(len(viewings)), key=lambda n: viewings[n].opening.at):
        by_person[viewings[n].opening.person_id].append(n)
    for mine in by_person.values():
        start = 0
        for end, last in enumerate(mine):
            while viewings[last].opening.at - viewings[mine[start]].opening.at > WITHIN:
                start += 1
            within = mine[start : end + 1]
            things = len({viewings[n].row_id for n in within})
            if things >= BURST:
                for n in within:
                    found[n] = max(found.get(n, 0), things)
    return found
