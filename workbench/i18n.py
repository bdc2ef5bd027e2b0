"""Translatable text. The source language is Finnish (docs/decisions/0002): a message in the code *is*
the Finnish text, so Finnish is complete at every commit; other languages come from gettext catalogues.

Never build a sentence by joining pieces: one message, named places, ``_("…{name}…").format(name=…)``.
"""

from __future__ import annotations

import gettext as _gettext
from datetime import date, datetime

from workbench.clock import local
from workbench.resources import resource_dir

_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


def use_language(code: str) -> None:
    """Switch the language of messages made from now on: ``fi``, ``sv``, ``en`` or ``xx`` (pseudo)."""
    global _catalogue  # noqa: PLW0603 - one language per process, chosen at start-up
    if code == "fi":
        _catalogue = _gettext.NullTranslations()
    elif code == "xx":
        _catalogue = _Pseudo()
    else:
        _catalogue = _gettext.translation(
            "workbench", resource_dir("translations"), languages=[code], fallback=True
        )


class _Pseudo(_gettext.NullTranslations):
    """Every message 40 % longer, to find what gets cut (tests open each page with it)."""

    def gettext(self, message: str) -> str:
        return message + "~" * max(2, len(message) * 2 // 5)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def _(message: str) -> str:
    """The message in the language in use."""
    return _catalogue.gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    """The right plural for ``n``; format the result with ``n=…``."""
    return _catalogue.ngettext(one, many, n)


def N_(message: str) -> str:
    """Mark a message for translation where it is data; translate with :func:`_` where it is shown."""
    return message


def day_text(day: date) -> str:
    """24.11.2026"""
    return f"{day.day}.{day.month}.{day.year}"


def time_text(moment: datetime) -> str:
    """9.30 on a Finnish wall clock"""
    wall = local(moment)
    return f"{wall.hour}.{wall.minute:02}"


def moment_text(moment: datetime) -> str:
    """24.11.2026 klo 9.30"""
    return _("{day} klo {time}").format(day=day_text(local(moment).date()), time=time_text(moment))


def size_text(size: int) -> str:
    """Bytes for people: 824 tavua, 1,2 Mt"""
    if size < 1000:
        return ngettext("{n} tavu", "{n} tavua", size).format(n=size)
    for unit, scale in ((_("kt"), 1e3), (_("Mt"), 1e6), (_("Gt"), 1e9)):
        if size < scale * 1000:
            return f"{size / scale:.1f} {unit}".replace(".", ",")
    return f"{size / 1e12:.1f} Tt".replace(".", ",")
