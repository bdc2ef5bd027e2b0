"""A suggestion as plain data: what an arrival seems to be, how sure that is, and why.

Invariant: every guess carries its reason as one Finnish sentence, and no reason ever holds an identity
number or anything of a case that the reader may not see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any, Generic, TypeVar

from workbench.cases.items import PartyItem
from workbench.cases.plan.codes import PersonalData, Publicity
from workbench.cases.queries import CaseRow
from workbench.i18n import N_, _

T = TypeVar("T")


class Confidence(Enum):
    """How sure a guess is; a registrar reads the word, never a number."""

    UNSURE = 0
    LIKELY = 1
    CERTAIN = 2

    @property
    def word(self) -> str:
        """The word shown beside the guess."""
        return _(_WORDS[self])

    def at_least(self, other: Confidence) -> bool:
        """Whether this is as sure as ``other`` or surer."""
        return self.value >= other.value

    def at_most(self, other: Confidence) -> Confidence:
        """This, lowered to ``other`` when it is surer."""
        return self if other.at_least(self) else other


_WORDS = {
    Confidence.UNSURE: N_("epävarma"),
    Confidence.LIKELY: N_("todennäköinen"),
    Confidence.CERTAIN: N_("varma"),
}


class Action(StrEnum):
    """What to do with the arrival."""

    NEW = "new"
    EXISTING = "existing"
    DUPLICATE = "duplicate"
    PASS_ON = "pass_on"


@dataclass(frozen=True)
class Guess(Generic[T]):
    """A value with its confidence and reason."""

    value: T
    confidence: Confidence
    why: str


@dataclass(frozen=True)
class CaseGuess:
    """A pending or past case the arrival may belong to. ``note`` tells what stops registering into it."""

    case: CaseRow
    confidence: Confidence
    why: str
    note: str = ""
    number_seen: str = ""

    @property
    def takes_documents(self) -> bool:
        """Whether a document can be registered into the case as it stands."""
        return not self.note


@dataclass(frozen=True)
class DuplicateGuess:
    """The same letter, here already: registered into a case, or waiting as another arrival."""

    confidence: Confidence
    why: str
    case_id: str = ""
    number: str = ""
    arrival_id: str = ""


@dataclass(frozen=True)
class ClassGuess:
    """A task class (tehtäväluokka) the matter may belong to."""

    code: str
    name: str
    confidence: Confidence
    why: str
    score: float = field(default=0.0, compare=False)


@dataclass(frozen=True)
class PartyGuess:
    """A party found in the arrival. ``represented_by`` is the place of the agent among the guesses."""

    role: str
    name: str
    confidence: Confidence
    why: str
    entity: str = "person"
    business_id: str = ""
    identity_number: str = field(default="", repr=False)
    street: str = ""
    postal_code: str = ""
    town: str = ""
    email: str = ""
    phone: str = ""
    language: str = "fi"
    protected: bool = False
    represented_by: int | None = None


def party_items(guesses: tuple[PartyGuess, ...]) -> tuple[PartyItem, ...]:
    """The guesses as parties to register, agents before those they act for."""
    made: dict[int, PartyItem] = {}

    def make(position: int) -> PartyItem:
        if position not in made:
            guess = guesses[position]
            place = guess.represented_by
            agent = make(place) if place is not None and place != position else None
            made[position] = PartyItem(
                role=guess.role,
                name=guess.name,
                entity=guess.entity,
                business_id=guess.business_id,
                identity_number=guess.identity_number,
                street=guess.street,
                postal_code=guess.postal_code,
                town=guess.town,
                email=guess.email,
                phone=guess.phone,
                language=guess.language,
                protected=guess.protected,
                represented_by=agent.party_id if agent else "",
            )
        return made[position]

    for position in range(len(guesses)):
        make(position)
    return tuple(made.values())


@dataclass(frozen=True)
class PublicityValues:
    """Publicity of the arrived document. ``overrides`` is what differs from the plan: only ever stricter."""

    publicity: Publicity
    secrecy_basis: str = ""
    secrecy_years: int | None = None
    personal_data: PersonalData | None = None
    raised: bool = False

    @property
    def overrides(self) -> Mapping[str, Any]:
        """Values for ``DocumentItem.overrides``."""
        if not self.raised:
            return {}
        given: dict[str, Any] = {"publicity": self.publicity.value}
        if self.secrecy_basis:
            given |= {"secrecy_basis": self.secrecy_basis, "secrecy_years": self.secrecy_years}
        if self.personal_data is not None:
            given["personal_data"] = self.personal_data.value
        return given


@dataclass(frozen=True)
class RetentionValues:
    """Retention from the plan."""

    years: int | None
    basis: str
    text: str


# The fields of the form in the order Tab walks them.
FIELDS = (
    "action",
    "reply_to",
    "class_code",
    "case_type",
    "document_type",
    "title",
    "parties",
    "office",
    "handler",
    "publicity",
    "retention",
)
_OPTIONAL = frozenset({"handler", "office"})


@dataclass(frozen=True)
class Suggestion:
    """Everything the registration form is filled with. Nothing of it is registered before a person says so."""

    action: Guess[Action]
    reply_to: tuple[CaseGuess, ...]
    duplicate_of: DuplicateGuess | None
    classes: tuple[ClassGuess, ...]
    case_type: Guess[str]
    document_type: Guess[str]
    title: Guess[str]
    parties: tuple[PartyGuess, ...]
    handler: Guess[str] | None
    office: Guess[str] | None
    publicity: Guess[PublicityValues]
    retention: Guess[RetentionValues]
    other_municipality: Guess[str] | None
    language: str
    properties: tuple[str, ...] = ()

    @property
    def class_code(self) -> str:
        """The first class, or "" when nothing points to any."""
        return self.classes[0].code if self.classes else ""

    def _confidences(self) -> dict[str, Confidence]:
        found = {"action": self.action.confidence}
        if self.action.value is Action.EXISTING:
            found["reply_to"] = self.reply_to[0].confidence if self.reply_to else Confidence.UNSURE
        elif self.action.value is Action.NEW:
            found["class_code"] = self.classes[0].confidence if self.classes else Confidence.UNSURE
            found["case_type"] = self.case_type.confidence
            found["retention"] = self.retention.confidence
            for name, guess in (("office", self.office), ("handler", self.handler)):
                found[name] = guess.confidence if guess else Confidence.UNSURE
        if self.action.value in (Action.NEW, Action.EXISTING):
            found["document_type"] = self.document_type.confidence
            found["title"] = self.title.confidence
            found["publicity"] = self.publicity.confidence
            found["parties"] = min(
                (p.confidence for p in self.parties), key=lambda c: c.value, default=Confidence.UNSURE
            )
        return found

    def doubtful_fields(self) -> tuple[str, ...]:
        """Fields worth a look before registering, in the order of the form."""
        found = self._confidences()
        return tuple(name for name in FIELDS if found.get(name) is Confidence.UNSURE)

    @property
    def is_one_keystroke(self) -> bool:
        """Whether confirming is all that is left: the action is certain and no needed field is doubtful."""
        if self.action.confidence is not Confidence.CERTAIN:
            return False
        if self.action.value not in (Action.NEW, Action.EXISTING):
            return False
        return not set(self.doubtful_fields()) - _OPTIONAL
