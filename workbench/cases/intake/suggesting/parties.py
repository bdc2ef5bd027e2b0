# ruff: noqa: E501, SIM905  # tables of words
"""Parties in a letter: who sent it, for whom, and how they are reached.

Identity numbers go to their own protected field and nowhere else. Contact details are taken from the
signature and the end of the letter only, never from quoted messages.
"""

from __future__ import annotations

import re

from workbench.cases.intake.assembling import entity_of
from workbench.cases.intake.suggesting.letter import Letter
from workbench.cases.intake.suggesting.model import Confidence, PartyGuess
from workbench.i18n import _
from workbench.law.identifiers import is_business_id, is_identity_number

_IDENTITY = re.compile(r"\b\d{6}[-+A-FU-Ya-fu-y]\d{3}[0-9A-Za-z]\b")
_BUSINESS = re.compile(r"\b\d{7}-\d\b")
_EMAIL = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}\b")
_PHONE = re.compile(
    r"(?<![\d-])(?:\+358[\s-]?\(?0?\)?\d{1,3}|0\d{1,3})[\s-]?\d{3}[\s-]?\d{2,4}(?:[\s-]?\d{1,4})?(?![\d-])"
)
_POSTAL = re.compile(
    r"(?<!\d)(?:FI-)?(\d{5})\s+([A-ZÅÄÖ][A-Za-zÅÄÖåäö -]{1,30}?)(?=\s*(?:$|[,.;\n]|puh|tel))", re.MULTILINE
)
_STREET = re.compile(r"([A-ZÅÄÖ][\w. -]{2,40}\s\d{1,4}(?:\s?[a-zA-Z](?:\s?\d{1,3})?)?|PL\s?\d{1,5})\s*$")
_NAME = r"[A-ZÅÄÖ][a-zåäöéü]+(?:-[A-ZÅÄÖ][a-zåäö]+)?(?:\s+[A-ZÅÄÖ][a-zåäöéü]*\.?){0,2}\s+[A-ZÅÄÖ][a-zåäöéü]+(?:-[A-ZÅÄÖ][a-zåäö]+)?"
_NAME_LINE = re.compile(rf"^\s*({_NAME})\s*$", re.MULTILINE)
_ORGANISATION_LINE = re.compile(
    r"^\s*([A-ZÅÄÖ][\w&.,' -]{2,60}?\s(?:Oy|Oyj|Ab|ry|r\.y\.|rf|Ky|tmi|osk|osuuskunta|yhdistys|seura|tiekunta|säätiö"
    r"|hyvinvointialue|virasto|keskus|kuntayhtymä|liitto))\.?\s*$",
    re.MULTILINE,
)
_AGENT = re.compile(
    r"\b(?:asiamiehe\w+|valtuutettu\w*na|valtuuttama\w+|valtakirja\w*|päämiehe\w+|edustaen|puolesta|avustajana)\b",
    re.IGNORECASE,
)
_PRINCIPAL = re.compile(
    rf"(?i:päämie(?:hemme|heni|s)|valtuuttaja|hakija|asiakkaa(?:mme|ni))\s*:?\s+({_NAME})"
    rf"|({_NAME})\s+(?:puolesta|valtuuttamana|asiamiehenä)"
)
_PROTECTED = re.compile(r"\bturvakiel\w+", re.IGNORECASE)
_SIGN_LENGTH = 600
PUBLIC_DOMAINS = frozenset(
    """
    gmail.com hotmail.com hotmail.fi outlook.com live.com live.fi icloud.com yahoo.com msn.com
    luukku.com suomi24.fi kolumbus.fi elisanet.fi saunalahti.fi pp.inet.fi kotinet.com me.com proton.me
    protonmail.com kase.fi netti.fi anvianet.fi
    """.split()
)
"""Domains of which everyone may have an address: they do not tell a firm."""


def identity_numbers(text: str) -> tuple[str, ...]:
    """Valid identity numbers in a text."""
    found = (m[0].upper() for m in _IDENTITY.finditer(text[:30_000]))
    return tuple(dict.fromkeys(n for n in found if is_identity_number(n)))


def is_private(letter: Letter) -> bool:
    """Whether a private person seems to write for herself: no firm's name or number."""
    if entity_of(letter.sender_name) != "person":
        return False
    end = letter.signature or letter.body[-_SIGN_LENGTH:]
    return not (_ORGANISATION_LINE.search(end) or _BUSINESS.search(end))


def parties_of(letter: Letter, *, language: str, role: str = "initiator") -> tuple[PartyGuess, ...]:
    """The sender, and whoever the sender acts for."""
    end = letter.signature or letter.body[-_SIGN_LENGTH:]
    signed = _signed_name(end)
    name = letter.sender_name or signed or letter.sender_email
    if "@" in name and signed:
        name = signed
    if not name:
        return ()
    organisation = _ORGANISATION_LINE.search(end)
    company = organisation[1].strip() if organisation else ""
    if company and entity_of(name) == "person" and letter.domain not in ("", "gmail.com"):
        name = company
    entity = entity_of(name)
    numbers = identity_numbers(letter.own_text + letter.attachment_text)
    protected = bool(_PROTECTED.search(letter.own_text))
    street, postal, town = _address(end)
    business = next((m[0] for m in _BUSINESS.finditer(end) if is_business_id(m[0])), "")
    email = letter.sender_email or next((m[0].lower() for m in _EMAIL.finditer(end)), "")
    principal = _principal(letter, name)
    sure, why = _sureness(letter, name, signed)
    sender = PartyGuess(
        role="representative" if principal else role,
        name=name,
        confidence=sure,
        why=why,
        entity=entity,
        business_id=business if entity != "person" else "",
        identity_number=numbers[0] if len(numbers) == 1 and entity == "person" and not principal else "",
        street=street,
        postal_code=postal,
        town=town,
        email=email,
        phone=_phone(end),
        language=language,
        protected=protected,
    )
    if not principal:
        return (sender,)
    return (
        PartyGuess(
            role=role,
            name=principal,
            confidence=Confidence.LIKELY,
            why=_("Lähettäjä kirjoittaa hänen puolestaan."),
            entity=entity_of(principal),
            identity_number=numbers[0] if len(numbers) == 1 else "",
            language=language,
            protected=protected,
            represented_by=1,
        ),
        sender,
    )


def _sureness(letter: Letter, name: str, signed: str) -> tuple[Confidence, str]:
    if letter.sender_email and letter.sender_name:
        return Confidence.LIKELY, _("Lähettäjä on viestin lähettäjätiedoista.")
    if "@" in name:
        return Confidence.UNSURE, _("Viestissä on vain lähettäjän sähköpostiosoite.")
    if signed and not letter.sender_name:
        return Confidence.LIKELY, _("Nimi on kirjeen allekirjoituksesta.")
    return Confidence.LIKELY, _("Lähettäjä on saapumistiedoista.")


def _signed_name(end: str) -> str:
    organisation = _ORGANISATION_LINE.search(end)
    if organisation:
        return organisation[1].strip()
    person = _NAME_LINE.search(end)
    return person[1] if person else ""


def _principal(letter: Letter, sender: str) -> str:
    text = f"{letter.body[:3000]}\n{letter.signature}"
    if not _AGENT.search(text):
        return ""
    match = _PRINCIPAL.search(text)
    found = (match[1] or match[2] or "") if match else ""
    return "" if found == sender else _nominative(found)


def _nominative(name: str) -> str:
    """ "Maija Mäkelän" → "Maija Mäkelä": the genitive's n falls where the stem stays the same."""
    head, blank, last = name.rpartition(" ")
    if last.endswith("sen") and len(last) > 5:
        last = last[:-3] + "nen"
    elif (last.endswith("n") and len(last) > 3 and not last.endswith(("nen", "in", "on", "an", "än"))) or (
        last.endswith(("an", "än", "on", "in")) and len(last) > 4
    ):
        last = last[:-1]
    return f"{head}{blank}{last}"


def _address(text: str) -> tuple[str, str, str]:
    for match in _POSTAL.finditer(text):
        before = text[: match.start()].rstrip(" ,\n\t")
        street = _STREET.search(before.split("\n")[-1].split(",")[-1].strip())
        return (street[1].strip() if street else ""), match[1], match[2].strip().title()
    return "", "", ""


def _phone(text: str) -> str:
    for match in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if 6 <= len(digits) <= 13:
            return " ".join(match[0].split())
    return ""
