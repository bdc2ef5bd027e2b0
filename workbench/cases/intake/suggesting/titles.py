"""The title of a case or a document: the plan's pattern and the subject, in sentence case, with the place.

A subject that says nothing ("Hei", "scan0001") gives way to a heading of the letter, then to the class's
name. A private person's name is never put into a title.
"""

from __future__ import annotations

import re

from workbench.cases.intake.suggesting import casenumbers
from workbench.cases.intake.suggesting.letter import Letter
from workbench.cases.intake.suggesting.model import Confidence, Guess
from workbench.cases.plan.model import PlanClass
from workbench.i18n import _
from workbench.words.tokens import fold

LONGEST = 140
_EMPTY = re.compile(
    r"^(?:hei|moi|terve|hyvää päivää|päivää|kysymys|kysely|asia|asiaa|viesti|kirje|postia|tiedoksi|liite|liitteet"
    r"|kirjaamolle|kirjaamo|kunnalle|hakemus|ilmoitus|lomake|(?:ei aihetta)|no subject|\(ei aihetta\)|fyi|skannaus"
    r"|skannattu\w*( asiakirja)?|scan\w*[\s_-]*\d*|img[\s_-]*\d+|dokumentti\d*|document\d*|tiedosto\d*|\W*)[\s!.?:]*$",
    re.IGNORECASE,
)
_GREETING = re.compile(r"^(?:hei|moi|terve|hyvää päivää)[\s,!.]+", re.IGNORECASE)
_URGENT = re.compile(r"^(?:kiire\w*|tärkeä|urgent|huom)[\s!:,-]+", re.IGNORECASE)
_FILE_END = re.compile(r"\.(?:pdf|docx?|odt|rtf|txt|jpe?g|png|tiff?|eml|msg)$", re.IGNORECASE)
_DNRO = re.compile(r"\(?\b(?:dnro|diaarinumero|dno|asiatunnus|dnr)\b[\s.:]*\)?", re.IGNORECASE)
_IDENTITY = re.compile(r"\b\d{6}[-+A-FU-Y]\d{3}[0-9A-Z]\b")
_SHOUTED = re.compile(r"^[^a-zåäö]*$")
_KEPT_CAPITALS = re.compile(r"^(?:[A-ZÅÄÖ]{2,4}\d*|OAS|YVA|RN:O|EU|ELY|AVI|KVTES|[IVX]+)$")


def is_empty(subject: str) -> bool:
    """Whether a subject tells nothing of the matter."""
    return bool(_EMPTY.match(_FILE_END.sub("", subject))) or sum(c.isalpha() for c in subject) < 4


def cleaned(subject: str) -> str:
    """The subject as a title: no marks, greetings, numbers of cases or shouting."""
    text = _GREETING.sub("", _URGENT.sub("", subject))
    text = _FILE_END.sub("", text).replace("_", " ")
    for number in casenumbers.seen_numbers(text):
        text = text.replace(number.text, " ")
    text = _IDENTITY.sub(" ", _DNRO.sub(" ", text))
    text = re.sub(r"\(\s*\)|\[\s*\]", " ", text)
    text = re.sub(r"[!?]{2,}", "", " ".join(text.split()))
    text = text.strip(" ,;:-–/!.")
    return sentence_case(text)[:LONGEST].strip()


def sentence_case(text: str) -> str:
    """First letter large; a shouted title in small letters, known abbreviations kept."""
    letters = [c for c in text if c.isalpha()]
    if len(letters) > 5 and _SHOUTED.match(text):
        words = [w if _KEPT_CAPITALS.match(w) and len(w) < 4 else w.lower() for w in text.split(" ")]
        text = " ".join(words)
    return text[:1].upper() + text[1:]


def _heading(letter: Letter) -> str:
    """A line that looks like the heading of a letter or of its first attachment."""
    texts = [letter.body, *(a.text for a in letter.attachments[:2])]
    for text in texts:
        for line in text.split("\n")[:12]:
            plain = cleaned(line.strip())
            shouted = bool(_SHOUTED.match(line.strip()))
            if not 8 <= len(plain) <= 90 or is_empty(plain) or "@" in plain or plain.endswith((",", ":")):
                continue
            if shouted or line.lower().startswith(("asia:", "aihe:", "viite:")):
                return cleaned(re.sub(r"^(?:asia|aihe|viite):\s*", "", plain, flags=re.IGNORECASE))
    return ""


def _opening(letter: Letter) -> str:
    """The first sentence that says something."""
    for sentence in re.split(r"(?<=[.!?])\s+|\n{2,}", letter.body[:1500]):
        plain = cleaned(" ".join(sentence.split()))
        if len(plain) >= 15 and not is_empty(plain):
            return plain[:90].rsplit(" ", 1)[0] if len(plain) > 90 else plain
    return ""


def title_of(
    letter: Letter,
    node: PlanClass | None,
    *,
    class_is_likely: bool,
    sender_entity: str,
    place: str,
) -> Guess[str]:
    """A title for a new case."""
    subject = "" if is_empty(letter.bare_subject) else cleaned(letter.bare_subject)
    if subject and not is_empty(subject):
        text, sure, why = subject, Confidence.LIKELY, _("Otsikko on viestin aiheesta.")
    elif heading := _heading(letter):
        text, sure, why = heading, Confidence.LIKELY, _("Otsikko on kirjeen otsikkorivistä.")
    else:
        text, sure, why = (
            _opening(letter),
            Confidence.UNSURE,
            _("Viestissä ei ole otsikoksi sopivaa aihetta."),
        )
    if not text and letter.attachments:
        text = cleaned(letter.attachments[0].filename)
    if node is not None and class_is_likely:
        patterned = _patterned(node, text, letter, sender_entity, place)
        if patterned:
            text, why = patterned, _("Otsikko on suunnitelman otsikkomallista ja viestin aiheesta.")
    if place and fold(place) not in fold(text) and not any(c.isdigit() for c in text):
        text = f"{text}, {place}" if text else place
    if not text:
        text = node.name if node else _("Saapunut asiakirja")
    return Guess(text[:LONGEST], sure, why)


def _patterned(node: PlanClass, text: str, letter: Letter, entity: str, place: str) -> str:
    """The pattern filled in; "" when something in it is not known."""
    pattern = node.case_title_pattern
    if not pattern:
        return ""
    values = {"aihe": text}
    if entity != "person" and letter.sender_name:
        values["hakija"] = letter.sender_name
    if place:
        values |= {"kiinteistö": place, "kohde": place}
    names = re.findall(r"\{([^}]*)\}", pattern)
    if not names or any(name not in values for name in names):
        return ""
    if "aihe" in names:
        head = pattern.split("{", 1)[0].strip(" :,")
        if not text or not head or names != ["aihe"]:
            return ""
        stems = [w[:5] for w in fold(head).split() if len(w) > 3]
        starts = [w[:6] for w in fold(text).split() if len(w) > 5]
        # The subject says it already, whole or as a part of the compound.
        if any(stem in fold(text) for stem in stems) or any(start in fold(head) for start in starts):
            return ""
        lowered = text if text.split(" ")[0].isupper() or _proper(text) else text[:1].lower() + text[1:]
        return f"{head}: {lowered}"
    filled = pattern
    for name in names:
        filled = filled.replace("{" + name + "}", values[name])
    return filled


def _proper(text: str) -> bool:
    """Whether a title begins with a name, as far as a following capital or an ending tells."""
    words = text.split(" ")
    if len(words) > 1 and words[1][:1].isupper():
        return True
    return bool(
        re.match(
            r"\w+(?:tie|katu|kylä|koulu|järvi|lampi|talo|halli|tien|kadun|kylän|koulun|järven)\b", words[0]
        )
    )
