"""What a letter is about on the map: property identifiers, farms (Rn:o), street addresses."""

from __future__ import annotations

import re

_PROPERTY = re.compile(r"(?<![\d-])(\d{1,3})-(\d{1,3})-(\d{1,4})-(\d{1,4})(?:-M\d{3,4})?(?![\d-])")
_FARM = re.compile(
    r"\b(?P<name>[A-ZÅÄÖ][\w-]{1,25})[\s,]{0,3}(?:tila,?\s*)?(?:RN|Rn|R:?no|rn)\s?:?\s?(?:[oO]:?\s*)?(?P<no>\d{1,3}\s?:\s?\d{1,4})"
)
_STREET_NAME = r"[A-ZÅÄÖ][a-zåäö]+(?:[ -][A-ZÅÄÖ]?[a-zåäö]+)?"
_STREET = re.compile(
    rf"\b({_STREET_NAME}?(?:tie|katu|kuja|polku|raitti|väylä|tanhua|kaari|rinne|perä|vägen|gatan)"
    r"(?:lla|llä|lle|lta|ltä|n)?)\s+(\d{1,4}(?:\s?[a-z]\b)?(?:\s?-\s?\d{1,4})?)",
)


def properties(text: str) -> tuple[str, ...]:
    """Property identifiers (kiinteistötunnus), in their usual form, each once."""
    found: dict[str, None] = {}
    for match in _PROPERTY.finditer(text):
        if len(match[1]) == 3 or len(match[1]) == 2:
            found[f"{int(match[1]):03d}-{int(match[2])}-{int(match[3])}-{int(match[4])}"] = None
    return tuple(found)[:20]


def farms(text: str) -> tuple[str, ...]:
    """Farms by name and register number: "Mäkelä Rn:o 5:12"."""
    found = {f"{m['name']} RN:o {m['no'].replace(' ', '')}": None for m in _FARM.finditer(text)}
    return tuple(found)[:10]


def streets(text: str) -> tuple[str, ...]:
    """Street addresses in the nominative, as far as the ending tells."""
    found: dict[str, None] = {}
    for match in _STREET.finditer(text):
        name = re.sub(r"(?<=[eaiuoäyö])(?:lla|llä|lle|lta|ltä)$", "", match[1])
        found[f"{name} {match[2]}"] = None
    return tuple(found)[:10]
