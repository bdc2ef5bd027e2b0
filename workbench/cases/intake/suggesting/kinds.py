# ruff: noqa: E501  # tables of words
"""Type of the document and of the case, from the words with which letters name themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from workbench.cases.intake.suggesting.letter import Letter
from workbench.cases.intake.suggesting.model import ClassGuess, Confidence, Guess
from workbench.cases.plan.codes import Phase
from workbench.cases.plan.model import PlanClass
from workbench.i18n import _


@dataclass(frozen=True)
class _Cue:
    """Words that name a type. ``weak`` ones are believed in the text of a letter less than in its subject."""

    type: str
    pattern: re.Pattern[str]
    weight: float = 1.0


def _cue(type_: str, words: str, weight: float = 1.0) -> _Cue:
    return _Cue(type_, re.compile(rf"\b(?:{words})", re.IGNORECASE), weight)


INFORMATION_REQUEST = "tietopyyntö"
PLAIN = "Kirje"

_CUES = (
    _cue("Oikaisuvaatimus", r"oikaisuvaatimu\w*|vaadin (?:päätöksen )?oikaisua|haen oikaisua|hankintaoikaisu\w*", 3),
    _cue("Lausuntopyyntö", r"lausuntopyyn\w+|lausunnon pyytämi\w+|pyydä\w+ (?:kunnan |kunnalta |teidän |\w+ )?"
         r"(?:lausunto\w*|lausunnon)|pyytä\w+ (?:\w+ ){0,2}lausunto\w*|kuulemispyyn\w+|begäran om utlåtande", 3),
    _cue("Valitus", r"valitu(?:s|ksen|kseen|ksesta)\b|kunnallisvalitu\w*|hallinto-oikeuden lähete", 2.5),
    _cue("Kantelu", r"kantelu\w*|kantelen", 2.5),
    _cue("Vastine", r"vastine\w*|vastineen\w*", 2.6),
    _cue("Tarjouspyyntö", r"tarjouspyyn\w+|pyydämme tarjou\w+|pyydän tarjou\w+", 2.4),
    _cue("Tarjous", r"tarjous\b|tarjouks\w+|tarjoamme\b|tarjoan\b|urakkatarjou\w+|lainatarjou\w+|ostotarjou\w+", 1.6),
    _cue("Aloite", r"aloite\w*|aloitte\w+|kuntalaisaloi\w+|valtuustoaloi\w+|adressi\w*|motion\b"
         r"|jätetty (?:kunnan)?valtuusto\w* (?:\w+ )?kokouks\w+", 2.5),
    _cue("Lausunto", r"lausunto\b|lausunnon antami\w+|lausuntomme|lausuntona\w*|lausumme|lausuu\b|utlåtande", 1.6),
    _cue("Kannanotto", r"kannanot\w+|muistutu(?:s|ksen|ksemme|kseni)\b|mielipi\w+|vastusta\w+", 1.5),
    _cue("Pyyntö", r"tietopyyn\w+|asiakirjapyyn\w+|pyydän (?:saada )?(?:kopio\w*|jäljennö\w+|asiakirj\w+|tiedo\w+)"
         r"|julkisuuslain nojalla|lokitietopyyn\w+|lokitie\w+|toimenpidepyyn\w+|selvityspyyn\w+|korjauspyyn\w+"
         r"|begäran\b|request for", 2.2),
    _cue("Hakemus", r"\w*hakemu(?:s|ksen|kseni|ksemme|kset)\b|haen\b|haemme\b|hakee\b|anon\b|anomme\b|anomu\w+|ansökan"
         r"|application\b", 1.5),
    _cue("Ilmoitus", r"\w*ilmoitu(?:s|ksen|kset)\b|ilmoitan\b|ilmoitamme\b|ilmoitta\w+|irtisanou\w+|irtisanon\b|anmälan", 1.1),
    _cue("Lasku", r"lasku\b|hyvityslasku\w*|laskun numero|viitenumero\s*:?\s*\d", 1.2),
    _cue("Kutsu", r"kutsu\b|kutsumme\b|kokouskutsu\w*|tervetuloa|yhtiökokouskutsu\w*|inbjudan", 1.6),
    _cue("Kuulutus", r"kuulutu(?:s|ksen)\b|pyydämme (?:julkaisemaan|asettamaan) (?:oheisen )?kuulutu\w+", 1.7),
    _cue("Sopimus", r"sopimu(?:s|ksen|sluonnos)\b|allekirjoitettava\w*", 0.9),
    _cue("Päätös", r"päätök?s(?:en)? (?:tiedoksi|lähettäminen)|rahoituspäätös|avustuspäätös|päätös tiedoksi|myöntöpäätös", 1.6),
    _cue("Raportti", r"raportti\b|loppuraport\w+|tarkastuskertomu\w+|tutkimustulo\w+", 1.2),
    _cue("Selvitys", r"selvity(?:s|ksen|kseni)\b|lisäselvity\w+|käyttöselvity\w+|täydenny\w+|täydentä\w+", 1.3),
    _cue("Valtakirja", r"valtakirja\b", 1.0),
    _cue("Pöytäkirja", r"pöytäkirja\b|pöytäkirjanote", 0.9),
    _cue("Suunnitelma", r"suunnitelma\b|toimintasuunnitelma\b", 0.7),
    _cue("Esitys", r"esitys\b|esitämme\b|esitän\b", 0.8),
    _cue("Todistus", r"todistus\b|lääkärintodistu\w*", 0.8),
)  # fmt: skip

_REQUEST = re.compile(
    r"\b(?:saisinko (?:\w+ ){0,3}(?:kopio\w*|asiakirj\w+|paperi\w*|pöytäkirj\w+|päätö\w+|sopimu\w+)|handling\w* enligt|tietopyyn\w+|asiakirjapyyn\w+|julkisuusla\w+|pyydän (?:saada )?(?:kopio\w*|jäljennö\w+|asiakirja\w*|tiedon)"
    r"|pyydämme (?:saada )?(?:kopio\w*|jäljennö\w+|asiakirja\w*)|haluaisin (?:kopion|jäljennöksen|nähdä asiakirja\w*)"
    r"|saada (?:nähtäväksi|kopiot?|jäljennö\w+)|lokitie\w+|kopio(?:t|n|ita)? (?:\w+ ){0,3}(?:päätöks|asiakirj|pöytäkirj)\w+)",
    re.IGNORECASE,
)
_HANDED_IN = r"jätetty (?:kunnan)?valtuusto\w* (?:\w+ )?kokouks\w+|valtuustossa jätetty"
_MOTION = re.compile(rf"\bvaltuustoaloi\w+|\bvaltuutet\w+|valtuustoryhmä\w*|{_HANDED_IN}", re.IGNORECASE)
_DAMAGES = re.compile(
    r"\bvahingonkorvau\w+|korvausvaatimu\w+|korvaushakemu\w+|korvaamaan|vaadin korvau\w+|haen korvau\w+",
    re.IGNORECASE,
)
_COURT = re.compile(r"hallinto-oike\w+|kunnallisvalitu\w+|valitusosoitu\w+", re.IGNORECASE)
_JOB = re.compile(
    r"\btyöhakemu\w+|\bhaen (?:\w+ ){0,3}(?:virkaa|tointa|työtä|tehtävää|paikkaa|sijaisuutta)|avoin (?:työ)?hakemus",
    re.IGNORECASE,
)


def asks_information(letter: Letter) -> bool:
    """Whether the letter asks for documents or information (JulkL 13 §)."""
    return bool(_REQUEST.search(f"{letter.bare_subject}\n{letter.body[:1500]}"))


def document_type(letter: Letter, *, is_reply: bool) -> Guess[str]:
    """What the letter calls itself, the subject heard first, then headings, then the text."""
    heading = "\n".join(line for line in letter.body.split("\n")[:6] if 0 < len(line.strip()) < 60)
    names = " ".join(
        [a.filename.replace("_", " ") for a in letter.attachments]
        + [a.text.strip()[:80] for a in letter.attachments]
    )
    if not letter.is_message and letter.original:
        names += " " + letter.original.filename.replace("_", " ")
    scores: dict[str, float] = {}
    in_subject: set[str] = set()
    for cue in _CUES:
        points = 0.0
        if cue.pattern.search(letter.bare_subject):
            points += 3.0
            in_subject.add(cue.type)
        if cue.pattern.search(heading):
            points += 1.4
        if cue.pattern.search(letter.body[:1500]):
            points += 1.0
        if cue.pattern.search(names):
            points += 1.0
        if points:
            scores[cue.type] = points * cue.weight
    if not scores:
        return Guess(PLAIN, Confidence.UNSURE, _("Kirje ei kerro, mikä asiakirja se on."))
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    best, points = ranked[0]
    rival = ranked[1][1] if len(ranked) > 1 else 0.0
    if best in in_subject and (rival <= 0.7 * points or len(in_subject) == 1):
        sure = Confidence.LIKELY
        why = _("Viestin aiheen mukaan asiakirja on {type}.")
    elif rival <= 0.75 * points:
        sure, why = Confidence.LIKELY, _("Kirjeen sanojen mukaan asiakirja on {type}.")
    else:
        sure, why = Confidence.UNSURE, _("Asiakirja voi olla {type}, mutta sanat viittaavat muuhunkin.")
    if is_reply and best == "Hakemus" and best not in in_subject:
        sure = Confidence.UNSURE
    return Guess(best, sure, why.format(type=best.lower()))


_STRONG_DAMAGES = re.compile(
    r"\bkorva(?:us|ta|taan|a|tte|tkaa|isi|isitteko|utu)\w*|vahingonkorvau\w+|\bskadestånd|\bcompensat\w+",
    re.IGNORECASE,
)
_HARM = re.compile(
    r"\b(?:lommo\w*|naarmu\w*|puhk[ie]\w*|rikkoutu\w+|särky\w+|hajosi|hajo\w+|vaurio\w+|vahin(?:ko|go)\w*|katkesi|murtu\w+"
    r"|kaadu\w+|kaatui\w*|liukastu\w+|kompastu\w+|kastui\w*|tulvi\w*|rikki\b|poikki\b|halke\w+|repe[si]\w*|kolhi\w*|tuhoutu\w+|pilaantu\w+)",
    re.IGNORECASE,
)
_WHO_PAYS = re.compile(
    r"\b(?:kuka\s+maksaa|kenen\s+(?:piikkiin|vastuulla)|maksa(?:ako|atteko|isi)\w*|vastuu\w*|lasku(?:n|t|a)?\b|kuit[it]\w*"
    r"|kustannuk\w+|korva\w+|hyvity\w+|maksaa\b|vakuutu\w+|omavastuu\w*)",
    re.IGNORECASE,
)
_WANTS_JOB = re.compile(
    r"\bhaen\b.{0,60}\b(?:virka\w*|tointa|toimea|työtä|töitä|tehtävä\w*|sijaisuu\w*|työpaik\w*)"
    r"|\bhakemus\w*\b.{0,50}\b(?:virkaan|toimeen|tehtävään|sijaisuuteen|työhön|sijaiseksi)|\btyöhakemu\w*|\bansioluettelo\w*"
    r"|\bsijaise(?:na|ksi)\b|\btyökokemu\w+|\bkoulutukseltani\b|\bolisiko\b.{0,20}\btöitä\b|\bolen \d\d-vuotias\b.{0,80}\btyö\w*"
    r"|\bcv\b|\bkesätö\w+|\bkesätyö(?:tä|paik\w*|hakemu\w*)|\btyöpaik(?:kaa|an)\b|\bhakisin\b.{0,40}\btyö\w*|\btöihin\s+teille"
    r"|\betsin\b.{0,30}\btyötä|\bavoin(?:na|ta)?\b.{0,40}\b(?:virka|virkaa|tehtävä|paikka|työpaikka)\w*",
    re.IGNORECASE | re.DOTALL,
)
_GUARDIAN = re.compile(
    r"aluehallintovirasto|\bavi\b|oikeusasiamie\w+|oikeuskansleri\w*|tietosuojavaltuutet\w+|lupa- ja valvontavirasto",
    re.IGNORECASE,
)
_EXPLAIN = re.compile(r"\b(?:selvity\w+|lausunto\w*|lausunnon|kantelu\w*|vastine\w*)", re.IGNORECASE)
_MONEY = re.compile(
    r"\b(?:avustu\w+|tue[ns]?\b|tukea|tuki\w*|raha\w*|euro\w*|anomme|anon|rahoitu\w+)|\d\s?(?:€|eur?\b)",
    re.IGNORECASE,
)
_PROPOSES = re.compile(
    r"\b(?:ehdot\w+|aloit\w+|toivoi\w+|toivo(?:mme|n)\b|voisiko\s+(?:kunta|kunnan|meille|kylälle|kirkonkylä\w*|tänne)|nimilista\w*"
    r"|keräsimme|allekirjoit\w+|olisi(?:ko)?\s+(?:hyvä|mahdollista|kiva|mukava)|tarvit(?:sisi\w*|taisiin|tais)|medborgarinitiativ)",
    re.IGNORECASE,
)
_OFFERS = re.compile(
    r"\btarjo(?:amme|an|us\w*|uksem\w*)|\bhintamme|\btuntihin\w+|\balv\b|€/|\bkpl\b.{0,20}€|\byksikköhin\w+|\btoimitusai\w+",
    re.IGNORECASE,
)


def named_case_types(letter: Letter, document: Guess[str], *, entity: str, private: bool) -> dict[str, float]:
    """Kinds of matter the letter itself points to, whatever its topic, with how strongly: what is asked
    for tells the class more than what it is about."""
    text = f"{letter.bare_subject}\n{letter.body[:1500]}"
    found: dict[str, float] = {}
    if document.value not in ("Oikaisuvaatimus", "Lausunto", "Lausuntopyyntö", "Tarjous"):
        harmed = bool(_HARM.search(text))
        if _STRONG_DAMAGES.search(text):
            found["korvausvaatimus"] = 1.0 if harmed or _DAMAGES.search(text) else 0.5
        elif harmed and _WHO_PAYS.search(text):
            found["korvausvaatimus"] = 0.8
        elif harmed:
            found["korvausvaatimus"] = 0.25
    if _WANTS_JOB.search(f"{text}\n{' '.join(a.filename for a in letter.attachments)}"):
        found["rekrytointi"] = 1.0
    if _GUARDIAN.search(f"{letter.sender_name}\n{letter.signature}\n{text[:200]}") and _EXPLAIN.search(text):
        found["kantelu"] = 1.0
    if asks_information(letter):
        found[INFORMATION_REQUEST] = 1.0
    if _OFFERS.search(text) and (not private or document.value == "Tarjous"):
        found["hankinta"] = 1.0
    if entity == "organisation" and _MONEY.search(text) and "hankinta" not in found:
        found["avustushakemus"] = 1.0
    if _PROPOSES.search(text) and not found:
        found["kuntalaisaloite"] = 1.0 if document.value == "Aloite" else 0.5
    by_document = _by_document(text, letter, document.value, ())
    if by_document and by_document not in found:
        found[by_document] = 1.0
    return found


def by_plan(document: Guess[str], node: PlanClass | None, sure: Confidence) -> Guess[str]:
    """Where the letter does not name itself, what usually opens a matter of the class."""
    if node is None or document.confidence.at_least(Confidence.LIKELY):
        return document
    usual = [
        d.type for action in node.actions if action.phase is Phase.INITIATION for d in action.document_types
    ]
    if not usual or document.value in usual:
        return document
    named = document.value != PLAIN
    why = _("Luokan {code} asiat avaa yleensä {type}.").format(code=node.code, type=usual[0].lower())
    return Guess(usual[0], Confidence.UNSURE if named else Confidence.LIKELY.at_most(sure), why)


_NAMED, _USUAL, _CLEAR, _SURE = 0.1, 0.1, 0.4, 0.6


def case_type(
    letter: Letter,
    document: Guess[str],
    best: ClassGuess | None,
    node: PlanClass | None,
    alike: Mapping[str, float],
) -> Guess[str]:
    """What kind of matter the letter opens: what the letters most like it opened (``alike``, shares), weighed
    with what the letter calls itself and with what is usual in the class."""
    named = _by_name(letter, document, best, node)
    if not alike:
        return named
    votes = dict(alike)
    votes[named.value] = votes.get(named.value, 0.0) + _NAMED * (
        2 if named.confidence.at_least(Confidence.LIKELY) else 1
    )
    for usual in node.case_types[:2] if node else ():
        votes[usual] = votes.get(usual, 0.0) + _USUAL
    ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
    kind = ranked[0][0]
    lead = ranked[0][1] - (ranked[1][1] if len(ranked) > 1 else 0.0)
    clear = Confidence.LIKELY if lead >= _CLEAR else Confidence.UNSURE
    if kind == named.value:
        certain = named.confidence is Confidence.CERTAIN and lead >= _SURE
        return Guess(kind, Confidence.CERTAIN if certain else clear, named.why)
    return Guess(kind, clear, _("Tällaisissa kirjeissä asian laji on yleensä {kind}.").format(kind=kind))


def _by_name(
    letter: Letter, document: Guess[str], best: ClassGuess | None, node: PlanClass | None
) -> Guess[str]:
    """By the document first, by the class when that decides more."""
    text = f"{letter.bare_subject}\n{letter.body[:1500]}"
    usual = node.case_types if node else ()
    named = _by_document(text, letter, document.value, usual)
    if named:
        return Guess(
            named,
            document.confidence,
            _("{type}: asian laji on {kind}.").format(type=document.value, kind=named),
        )
    if usual:
        sure = (
            Confidence.LIKELY if best and best.confidence.at_least(Confidence.LIKELY) else Confidence.UNSURE
        )
        why = _("Luokassa {code} asiat ovat yleensä lajia {kind}.").format(
            code=best.code if best else "", kind=usual[0]
        )
        return Guess(usual[0], sure, why)
    return Guess("muu asia", Confidence.UNSURE, _("Asian laji ei selviä kirjeestä."))


def _by_document(text: str, letter: Letter, document: str, usual: tuple[str, ...]) -> str:
    found = ""
    if _DAMAGES.search(letter.bare_subject) or (document != "Oikaisuvaatimus" and "korvausvaatimus" in usual):
        found = "korvausvaatimus" if _DAMAGES.search(text) else ""
    if not found and asks_information(letter) and document in ("Pyyntö", "Kirje", "Hakemus"):
        found = INFORMATION_REQUEST
    if not found and document == "Hakemus" and _JOB.search(text):
        found = "rekrytointi"
    if not found and document == "Aloite":
        found = "valtuustoaloite" if _MOTION.search(text) else "kuntalaisaloite"
    if not found and document == "Valitus":
        found = "kunnallisvalitus" if _COURT.search(text) else "oikaisuvaatimus"
    if not found:
        found = {
            "Oikaisuvaatimus": "oikaisuvaatimus",
            "Lausuntopyyntö": "lausuntopyyntö",
            "Kantelu": "kantelu",
            "Tarjous": "hankinta",
            "Tarjouspyyntö": "hankinta",
        }.get(document, "")
    if found == "hankinta" and usual and "hankinta" not in usual:
        return usual[0]
    if found or document not in ("Hakemus", "Ilmoitus"):
        return found
    wanted = ["avustushakemus", "rakentamislupa", "rekrytointi", "kaava", "hakemus"]
    if document == "Ilmoitus":
        wanted = ["ilmoitus"]
    return next((kind for kind in wanted if kind in usual), "" if usual else document.lower())
