# ruff: noqa: E501  # a table of words
"""Publicity of an arrived document: what the plan says, raised where the letter tells of what the law keeps
secret (JulkL 24.1 §). Never lowered.
"""

from __future__ import annotations

import re

from workbench.cases.intake.suggesting.letter import Letter
from workbench.cases.intake.suggesting.model import Confidence, Guess, PublicityValues
from workbench.cases.intake.suggesting.parties import identity_numbers
from workbench.cases.plan.codes import PersonalData, Publicity
from workbench.cases.plan.grounds import basis_text
from workbench.cases.plan.inherit import Effective
from workbench.cases.plan.periods import secrecy_years
from workbench.i18n import N_, _


def _words(text: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{text})", re.IGNORECASE)


# Item of JulkL 24.1 §, the words, how many different ones are needed, and the reason.
_SIGNS: tuple[tuple[int, re.Pattern[str], int, str], ...] = (
    (31, _words(r"turvakiel\w+|salainen (?:osoite|puhelinnumero)\w*|salais\w+ (?:osoit|puhelinnumero)\w+"), 1,
     N_("Kirjeessä mainitaan turvakielto tai salainen yhteystieto.")),
    (25, _words(r"diagnoos\w+|lääkärintodistu\w+|lääkärinlausun\w+|potila\w+|sairau\w+|sairasta\w+|masennu\w+|mielenterv\w+"
                r"|vammai\w+|kehitysvam\w+|adhd\b|autis\w+|syövän|syöpä\w*|leikkau[sk]\w*|lääkity\w+|terveydenti\w+|sairauslom\w+"
                r"|sairaslom\w+|astma\w*|diabet\w+|epilepsia\w*|raskau\w+|erityis\w+ tuen tar\w+|pyörätuoli\w*|päihdeongelm\w+"
                r"|omaishoi\w+|toimeentulotu\w+|lastensuojel\w+|sosiaalityöntekij\w+|vammaispalvel\w+"
                r"|hengitysoire\w*|allergi\w+|lääkäri\w*"), 2,
     N_("Kirjeessä kerrotaan terveydestä tai sosiaalihuollon asiakkuudesta.")),
    (30, _words(r"oppilashuol\w+|koulukuraatto\w+|kuraattor\w+|koulupsykolog\w+|kiusa\w+|sanalli\w+ arvi\w+"
                r"|hojks\b|pedagogi\w+ selvi\w+|tehostet\w+ tu\w+|koulupoissaolo\w*"), 2,
     N_("Kirjeessä kerrotaan oppilashuollosta.")),
    (23, _words(r"tuloselvity\w+|palkkatodistu\w+|verotuspäätö\w+|vuositulo\w*|bruttotulo\w*|nettotulo\w*|tiliot\w+|ulosot\w+"
                r"|velkajärjeste\w+|varallisuu\w+"), 2,
     N_("Kirjeessä kerrotaan henkilön tuloista tai varallisuudesta.")),
    (20, _words(r"liikesalaisu\w+|ammattisalaisu\w+|luottamukselli\w+ hinn\w+"), 1,
     N_("Lähettäjä pitää tietoja liikesalaisuutena.")),
)  # fmt: skip


def publicity_of(
    letter: Letter, planned: Effective, *, class_confidence: Confidence
) -> Guess[PublicityValues]:
    """The plan's values, or stricter ones with their ground."""
    publicity = planned.publicity.value or Publicity.PUBLIC
    own = planned.personal_data.value
    base = PublicityValues(publicity, planned.secrecy_basis.value or "", planned.secrecy_years.value, own)
    sure = Confidence.LIKELY if class_confidence.at_least(Confidence.LIKELY) else Confidence.UNSURE
    text = f"{letter.own_text}\n{letter.attachment_text[:12_000]}"
    numbers = identity_numbers(text)
    sensitive, item, why = False, 0, ""
    for number, pattern, needed, reason in _SIGNS:
        different = {m[0].lower()[:6] for m in pattern.finditer(text)}
        if len(different) >= needed:
            item, why, sensitive = number, _(reason), number in range(24, 33)
            break
    if item and publicity is not Publicity.SECRET:
        data = _stricter(own, PersonalData.SENSITIVE if sensitive else PersonalData.CONTAINS)
        basis = basis_text(item)
        values = PublicityValues(Publicity.SECRET, basis, secrecy_years(basis), data, raised=True)
        reason = _("{why} Ehdotus on salassa pidettävä ({basis}).").format(why=why, basis=basis)
        return Guess(values, Confidence.LIKELY, reason)
    if numbers:
        data = _stricter(own, PersonalData.CONTAINS)
        values = PublicityValues(
            publicity, base.secrecy_basis, base.secrecy_years, data, raised=data is not own
        )
        return Guess(
            values, sure, _("Kirjeessä on henkilötunnus. Se peitetään, ennen kuin kirje annetaan tiedoksi.")
        )
    return Guess(base, sure, _("Julkisuusluokka on {source}.").format(source=planned.publicity.source.text()))


def _stricter(one: PersonalData | None, other: PersonalData) -> PersonalData:
    return one if one is not None and one.strictness >= other.strictness else other
