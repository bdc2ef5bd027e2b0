"""Words and looks the case pages share: states, publicity, days to keep, links."""

from __future__ import annotations

from datetime import date
from typing import Any

from workbench.cases.plan.codes import PERMANENT, CaseState, Publicity
from workbench.i18n import N_, _, day_text, ngettext

SOON_DAYS = 7

_STATES = {
    CaseState.CLOSED.value: "ok",
    CaseState.TRANSFERRED.value: "stop",
    CaseState.DESTROYED.value: "stop",
    CaseState.FOR_DECISION.value: "waiting",
    CaseState.IN_PREPARATION.value: "waiting",
    CaseState.UNDER_APPEAL.value: "warning",
}
_SHORT = {
    Publicity.SECRET.value: N_("Salassa"),
    Publicity.PARTLY_SECRET.value: N_("Osin salassa"),
}
"""Publicity classes in narrow columns; the full term is in the tooltip and in what is spoken."""
_PUBLICITY = {
    Publicity.SECRET.value: "stop",
    Publicity.PARTLY_SECRET.value: "warning",
    Publicity.NOT_YET_PUBLIC.value: "waiting",
}


def case_link(number: str) -> str:
    """Where a case's number leads from the clipboard."""
    return f"seutupoyta://case/{number}"


def state_look(state: str, *, voided: bool = False) -> str:
    """The pill of a state of handling."""
    return "stop" if voided else _STATES.get(state, "")


def state_text(state: str, *, voided: bool = False) -> str:
    """The state in words."""
    return _("Mitätöity") if voided else state


def publicity_look(publicity: str) -> str:
    """The pill of a publicity class."""
    return _PUBLICITY.get(publicity, "ok")


def publicity_short(publicity: str) -> str:
    """The class in a word or two, for pills in narrow places."""
    return _(_SHORT[publicity]) if publicity in _SHORT else publicity


def due_text(due_on: date | None, now: date, *, closed: bool = False) -> str:
    """A day to keep: the day, and how far it is when it matters."""
    if due_on is None:
        return ""
    days = (due_on - now).days
    if closed or days > SOON_DAYS:
        return day_text(due_on)
    if days < 0:
        return ngettext("myöhässä {n} pv", "myöhässä {n} pv", -days).format(n=-days)
    if days == 0:
        return _("tänään")
    if days == 1:
        return _("huomenna")
    return ngettext("{n} pv jäljellä", "{n} pv jäljellä", days).format(n=days)


def due_look(due_on: date | None, now: date, *, closed: bool = False) -> str:
    """The pill of a day to keep, "" for plain words."""
    if due_on is None or closed:
        return ""
    days = (due_on - now).days
    return "stop" if days < 0 else "warning" if days <= SOON_DAYS else ""


def years_text(years: int | None) -> str:
    """A period of retention or secrecy."""
    if years is None:
        return "–"
    if years == PERMANENT:
        return _("pysyvästi")
    return ngettext("{n} vuosi", "{n} vuotta", years).format(n=years)


def capital(text: str) -> str:
    """First letter large, as a word that begins a cell."""
    return text[:1].upper() + text[1:]


def is_over(fields: dict[str, Any]) -> bool:
    """Whether nothing more may be done to a case as it stands."""
    return bool(fields["voided_at"] or fields["merged_into"] or fields["moved_to"] or fields["closed_on"])
