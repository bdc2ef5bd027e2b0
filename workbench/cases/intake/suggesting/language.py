# ruff: noqa: SIM905  # tables of words
"""The language a letter is written in: Finnish, Swedish or English, by its commonest small words."""

from __future__ import annotations

import re

_WORD = re.compile(r"[a-zåäö]+")
_COMMON = {
    "fi": frozenset(
        """
    ja on ei että en se ole kunnan mukaan sekä tai joka hei olen voi myös kanssa niin kuin mutta jos oli
    koskien asia terveisin pyydän kiitos ovat ollut tämä
    """.split()
    ),
    "sv": frozenset(
        """
    och att det som en är på för av med till den inte om jag ett har vi från kommunen hej vill enligt
    samt eller hälsningar vänliga ni kan
    """.split()
    ),
    "en": frozenset(
        """
    the and of to in is that for with on as are this be i we you please would have from regarding dear
    your our regards not it will can
    """.split()
    ),
}


def language_of(text: str) -> str:
    """``fi``, ``sv`` or ``en``; Finnish when nothing tells otherwise."""
    words = _WORD.findall(text[:4000].lower())
    counts = {name: sum(1 for w in words if w in common) for name, common in _COMMON.items()}
    best = max(counts, key=lambda name: (counts[name], name == "fi"))
    return best if counts[best] >= 3 and counts[best] > 2 * counts["fi"] else "fi"
