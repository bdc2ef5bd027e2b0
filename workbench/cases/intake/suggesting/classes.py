"""Which task class (tehtäväluokka) a letter's words point to: from the plan, from the register's titles, and from
example letters.

Pure and deterministic: the same letter, plan and counts give the same answer. The weight of a word comes
from the plan itself: a word that few classes use says much. The plan's words and the examples judge apart; a
class that both put first is right far oftener than one of which they disagree.
"""

from __future__ import annotations

import math
import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.cases.intake.suggesting.casenumbers import one_slip
from workbench.cases.intake.suggesting.everyday import COMMON, EVERYDAY
from workbench.cases.intake.suggesting.examples import ExampleWords, example_words
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
_EXAMPLES = 0.9
_LIKELY_SCORE, _LIKELY_RATIO = 8.0, 0.9
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
    examples: ExampleWords


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
        example_words(plan, words),
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
    """``total`` are the plan's points, ``joint`` those of plan and examples together, of 1 + ``_EXAMPLES``."""

    total: float = 0.0
    words: dict[str, float] = field(default_factory=dict)
    sender: int = 0
    named: str = ""
    joint: float = 0.0


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
    agreed = _join(scores, index.examples.classes(terms), index.examples.known)
    ranked = sorted(scores.items(), key=lambda item: (-item[1].joint, item[0]))
    if not ranked:
        return ()
    sure = _confidence(ranked, terms, index, agreed=agreed)
    asked = {k for k, w in (named_types or {}).items() if w >= 1.0 and k in _TYPE_POINTS}
    if asked and not asked & set(index.case_types[ranked[0][0]]):
        sure = sure.at_most(Confidence.LIKELY)  # what is asked for may decide more than what it is about
    ranked = _with_named(ranked, index, named_types or {}, limit)
    return tuple(
        ClassGuess(
            code,
            index.names[code],
            sure if position == 0 else Confidence.UNSURE,
            _why(code, score, terms),
            round(score.joint, 3),
        )
        for position, (code, score) in enumerate(ranked[:limit])
    )


def _join(scores: dict[str, _Score], alike: Mapping[str, Mapping[str, float]], known: frozenset[str]) -> bool:
    """Weigh the plan's points and the likeness to examples together; whether both put the same class first.
    A class without examples is judged by the plan alone, and where none has any, that is agreement."""
    likeness = {code: sum(points.values()) for code, points in alike.items()}
    most = max((s.total for s in scores.values()), default=0.0)
    likest = max(likeness.values(), default=0.0)
    best = max(sorted(scores), key=lambda code: scores[code].total, default="")
    for code, share in likeness.items():
        score = scores.setdefault(code, _Score())
        for word, points in alike[code].items():
            # In the plan's measure, so that the words of both can be told in one reason.
            told = points / share * (share / likest) * _EXAMPLES * (most or 1.0) if share else 0.0
            score.words[word] = score.words.get(word, 0.0) + told
    for code, score in scores.items():
        own = score.total / most if most else 0.0
        like = likeness.get(code, 0.0) / likest if likest and code in known else own
        score.joint = own + _EXAMPLES * like
    return not likest or best == max(sorted(likeness), key=lambda code: likeness[code]) or best not in known


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


def _confidence(
    ranked: list[tuple[str, _Score]], terms: Terms, index: PlanWords, *, agreed: bool
) -> Confidence:
    """Of the first class. Likely: plan and examples agree, and the next is well behind. Certain: besides, the
    plan's own words say it many times over, the subject among them."""
    score = ranked[0][1]
    next_joint = ranked[1][1].joint if len(ranked) > 1 else 0.0
    if not agreed or next_joint > _LIKELY_RATIO * score.joint or score.total < _LIKELY_SCORE:
        return Confidence.UNSURE
    rival = max((s.total for _code, s in ranked[1:]), default=0.0)
    telling = [w for w in score.words if index.idf.get(w, 0.0) >= _TELLING and w in terms.whole]
    if (
        score.total >= _CERTAIN_SCORE
        and rival <= _CERTAIN_RATIO * score.total
        and len(telling) >= _CERTAIN_WORDS
        and any(w in terms.subject for w in telling)
    ):
        return Confidence.CERTAIN
    return Confidence.LIKELY


def _why(code: str, score: _Score, terms: Terms) -> str:
    """The words are told by which the class was found: those that stand in the letter, if any do."""
    strongest = sorted(score.words.items(), key=lambda item: (-item[1], item[0]))
    least = 0.05 * sum(score.words.values())
    telling = [word for word, points in strongest if points >= least]
    shown = ([word for word in telling if word in terms.whole] or telling)[:4]
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
