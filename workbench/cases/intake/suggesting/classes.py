"""Which task class (tehtäväluokka) a letter's words point to, from the plan and from the register's titles.

Pure and deterministic: the same letter, plan and counts give the same answer. The weight of a word comes
from the plan itself: a word that few classes use says much.
"""

from __future__ import annotations

import math
import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.cases.intake.suggesting.casenumbers import one_slip
from workbench.cases.intake.suggesting.everyday import COMMON, EVERYDAY
from workbench.cases.intake.suggesting.frequent import DAMPING
from workbench.cases.intake.suggesting.model import ClassGuess, Confidence
from workbench.cases.intake.suggesting.terms import Terms, lemmas_of
from workbench.cases.plan.lookup import ancestors, selectable
from workbench.cases.plan.model import PlanClass, PlanVersion
from workbench.i18n import _
from workbench.store.search.index import WordAnalysis
from workbench.words.tokens import fold

_NAME, _HINT, _PATTERN, _DOCUMENT, _PARENT, _EVERYDAY = 3.0, 3.0, 1.5, 1.0, 0.5, 0.6
_LEAST_MISSPELT, _MISSPELT = 6, 0.6
_PART_OF_HINT, _COMMON = 0.4, 0.3
_LEARNED, _SENDER = 3.0, 3.0
_LIKELY_SCORE, _LIKELY_RATIO = 12.0, 0.72
_CERTAIN_SCORE, _CERTAIN_RATIO, _CERTAIN_WORDS = 30.0, 0.45, 3
_TELLING = 2.6
# A letter that says what kind of matter it opens points to the classes of that kind.
_TYPE_POINTS = {
    "tietopyyntö": 6.0,
    "korvausvaatimus": 8.0,
    "rekrytointi": 9.0,
    "kantelu": 8.0,
    "kuntalaisaloite": 5.0,
    "valtuustoaloite": 6.0,
    "hankinta": 5.0,
    "avustushakemus": 4.0,
    "lausuntopyyntö": 2.0,
}
# Matters that a private person's letter seldom opens: their words there are chance.
_SELDOM_PRIVATE = {
    "muu asia": 0.65,
    "hankinta": 0.5,
    "lausuntopyyntö": 0.6,
    "talousarvio/tilinpäätös": 0.5,
    "hanke": 0.6,
    "sopimus": 0.6,
}
_OWN_STAFF, _STAFF = 4.0, "henkilöstö"
_PLACE = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True)
class PlanWords:
    """A plan as an inverted index: word → (class, weight). ``idf`` is how much a word tells."""

    codes: tuple[str, ...]
    names: Mapping[str, str]
    case_types: Mapping[str, tuple[str, ...]]
    postings: Mapping[str, tuple[tuple[int, float], ...]]
    starts: Mapping[str, tuple[str, ...]]
    staff: frozenset[str]
    idf: Mapping[str, float]


@dataclass(frozen=True)
class Learned:
    """What the register's own cases tell: for each word and each sender the classes, and who handles them."""

    cases: int = 0
    words: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    handlers: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    offices: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def plan_words(plan: PlanVersion, words: WordAnalysis) -> PlanWords:
    """Index a plan."""
    classes = selectable(plan)
    vectors = [_vector(plan, node, words) for node in classes]
    users: dict[str, int] = {}
    for vector in vectors:
        for word in vector:
            users[word] = users.get(word, 0) + 1
    total = len(classes)
    idf = {
        word: math.log((total + 1) / (n + 0.5))
        * min(_COMMON if word in COMMON else 1.0, DAMPING.get(word, 1.0))
        for word, n in users.items()
    }
    postings: dict[str, list[tuple[int, float]]] = {}
    for position, vector in enumerate(vectors):
        length = math.sqrt(sum(w * w for w in vector.values())) or 1.0
        for word, weight in sorted(vector.items()):
            postings.setdefault(word, []).append((position, weight / math.sqrt(length / 10)))
    return PlanWords(
        tuple(c.code for c in classes),
        {c.code: c.name for c in classes},
        {c.code: c.case_types for c in classes},
        {word: tuple(found) for word, found in postings.items()},
        _by_start(idf),
        frozenset(c.code for c in classes if any(_STAFF in a.name.lower() for a in ancestors(plan, c.code))),
        idf,
    )


def _by_start(idf: Mapping[str, float]) -> dict[str, tuple[str, ...]]:
    """Telling words by their first letters, for finding a misspelt one."""
    found: dict[str, list[str]] = {}
    for word, tells in sorted(idf.items()):
        if len(word) >= _LEAST_MISSPELT and tells >= _TELLING:
            found.setdefault(word[:2], []).append(word)
    return {start: tuple(words) for start, words in found.items()}


def meant(word: str, index: PlanWords) -> str:
    """The plan's word that a misspelt or dialectal one most likely means: one slip away, whatever the
    ending; "" when there is none."""
    if len(word) < _LEAST_MISSPELT:
        return ""
    for known in sorted(index.starts.get(word[:2], ()), key=len, reverse=True):
        if len(word) < len(known) - 1:
            continue
        if any(one_slip(known, word[:cut]) for cut in (len(known), len(known) + 1, len(known) - 1)):
            return known
    return ""


def _vector(plan: PlanVersion, node: PlanClass, words: WordAnalysis) -> dict[str, float]:
    vector: dict[str, float] = {}

    def add(text: str, weight: float) -> None:
        found = lemmas_of(text, words)
        for forms in found:
            for position, lemma in enumerate(forms):
                own = weight if position == 0 else weight * _PART_OF_HINT
                own = own if len(found) == 1 or weight != _HINT else own * 0.6
                vector[lemma] = max(vector.get(lemma, 0.0), own)

    add(node.name, _NAME)
    add(_PLACE.sub(" ", node.case_title_pattern), _PATTERN)
    for hint in node.hints:
        add(hint, _HINT)
    for action in node.actions:
        for document in action.document_types:
            if action.phase.value in ("vireilletulo", "valmistelu"):
                add(document.title, _DOCUMENT)
    for above in ancestors(plan, node.code)[:1]:
        add(above.name, _PARENT)
    keys = {w: weight for w, weight in vector.items() if weight >= _PATTERN and w in EVERYDAY}
    keys |= {hint: _HINT for hint in map(fold, node.hints) if hint in EVERYDAY}
    for key, weight in keys.items():
        for everyday in EVERYDAY[key].split():
            add(everyday, weight * _EVERYDAY)
    return vector


_KEPT = 8
_indexed: OrderedDict[tuple[int, int], tuple[PlanVersion, WordAnalysis, PlanWords]] = OrderedDict()


def plan_words_cached(plan: PlanVersion, words: WordAnalysis) -> PlanWords:
    """:func:`plan_words`, worked out once for each plan; anew when the lexicon has become ready."""
    key = (id(plan), id(words) if words.ready else 0)
    found = _indexed.get(key)
    if found is None or found[0] is not plan or (words.ready and found[1] is not words):
        found = (plan, words, plan_words(plan, words))
        _indexed[key] = found
        if len(_indexed) > _KEPT:
            _indexed.popitem(last=False)
    return found[2]


@dataclass
class _Score:
    total: float = 0.0
    words: dict[str, float] = field(default_factory=dict)
    sender: int = 0
    named: str = ""


def rank_classes(
    terms: Terms,
    index: PlanWords,
    learned: Learned,
    sender_classes: Mapping[str, int],
    *,
    named_types: Mapping[str, float] | None = None,
    private: bool = False,
    own_staff: bool = False,
    limit: int = 3,
) -> tuple[ClassGuess, ...]:
    """The best classes, each with the words that point to it."""
    scores = _scores(terms, index, learned, sender_classes)
    for code, kinds in index.case_types.items():
        score = scores.get(code)
        named = {k: w * _TYPE_POINTS.get(k, 0.0) for k, w in (named_types or {}).items() if k in kinds}
        if score is not None and private and kinds and not named:
            score.total *= max(_SELDOM_PRIVATE.get(kind, 1.0) for kind in kinds)
        if any(named.values()):
            score = scores.setdefault(code, _Score())
            score.named = max(sorted(named), key=lambda k: named[k])
            score.total += named[score.named]
        if own_staff and score is not None and code in index.staff:
            score.total += _OWN_STAFF
    ranked = sorted(scores.items(), key=lambda item: (-item[1].total, item[0]))
    if not ranked:
        return ()
    best = ranked[0][1].total
    ranked = _with_named(ranked, index, named_types or {}, limit)
    guesses = []
    for position, (code, score) in enumerate(ranked[:limit]):
        rival = ranked[1][1].total if position == 0 and len(ranked) > 1 else best
        sure = _confidence(score, rival, terms, index) if position == 0 else Confidence.UNSURE
        guesses.append(ClassGuess(code, index.names[code], sure, _why(code, score), round(score.total, 3)))
    return tuple(guesses)


def _with_named(
    ranked: list[tuple[str, _Score]], index: PlanWords, named_types: Mapping[str, float], limit: int
) -> list[tuple[str, _Score]]:
    """What a letter asks for and what it is about may point apart: then the last of the few shown is the
    best class of what it asks for."""
    wanted = [k for k in sorted(named_types, key=lambda k: (-named_types[k], k)) if k in _TYPE_POINTS]
    if not wanted or any(wanted[0] in index.case_types[code] for code, _score in ranked[:limit]):
        return ranked
    asked = next((item for item in ranked if wanted[0] in index.case_types[item[0]]), None)
    return [*ranked[: limit - 1], asked, *ranked[limit - 1 :]] if asked else ranked


def _scores(
    terms: Terms, index: PlanWords, learned: Learned, sender_classes: Mapping[str, int]
) -> dict[str, _Score]:
    scores: dict[str, _Score] = {}

    def add(code: str, word: str, points: float) -> None:
        score = scores.setdefault(code, _Score())
        score.total += points
        score.words[word] = score.words.get(word, 0.0) + points

    known = frozenset(index.codes)
    weights = dict(terms.weights)
    for word in sorted(terms.unknown):
        likely = meant(word, index) if word not in index.idf else ""
        if likely and likely not in weights:
            weights[likely] = weights[word] * _MISSPELT
    for word, weight in sorted(weights.items()):
        tells = index.idf.get(word, 0.0)
        for position, own in index.postings.get(word, ()):
            add(index.codes[position], word, weight * own * tells / 3)
        earlier = learned.words.get(word)
        if earlier and word not in COMMON:
            seen = sum(earlier.values())
            rarity = math.log((learned.cases + 1) / (seen + 0.5)) if learned.cases > seen else 0.0
            for code, n in sorted(earlier.items()):
                if code in known:
                    share = (n - 0.5) / (seen + 3.0) * DAMPING.get(word, 1.0)
                    add(code, word, _LEARNED * weight * share * min(rarity, 4.0) / 4)
    sent = sum(sender_classes.values())
    for code, n in sorted(sender_classes.items()):
        if code in known:
            score = scores.setdefault(code, _Score())
            score.total += _SENDER * n / (sent + 1)
            score.sender = n
    return scores


def _confidence(score: _Score, rival: float, terms: Terms, index: PlanWords) -> Confidence:
    telling = [w for w in score.words if index.idf.get(w, 0.0) >= _TELLING and w in terms.whole]
    if (
        score.total >= _CERTAIN_SCORE
        and rival <= _CERTAIN_RATIO * score.total
        and len(telling) >= _CERTAIN_WORDS
        and any(w in terms.subject for w in telling)
    ):
        return Confidence.CERTAIN
    if score.total >= _LIKELY_SCORE and rival <= _LIKELY_RATIO * score.total:
        return Confidence.LIKELY
    return Confidence.UNSURE


def _why(code: str, score: _Score) -> str:
    strongest = sorted(score.words.items(), key=lambda item: (-item[1], item[0]))
    shown = [word for word, points in strongest if points >= 0.1 * score.total][:4]
    if not shown and score.named:
        return _("Luokassa {code} asiat ovat lajia {kind}.").format(code=code, kind=score.named)
    if not shown:
        return _("Samalta lähettäjältä on aiempia asioita luokassa {code}.").format(code=code)
    if score.sender:
        return _(
            "Sanat {words} viittaavat luokkaan {code}, ja samalta lähettäjältä on siinä aiempi asia."
        ).format(words=", ".join(shown), code=code)
    if len(shown) == 1:
        return _("Sana {word} viittaa luokkaan {code}.").format(word=shown[0], code=code)
    return _("Sanat {words} viittaavat luokkaan {code}.").format(words=", ".join(shown), code=code)
