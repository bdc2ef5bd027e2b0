"""Roles and what each may do. A right is always a role in a municipality, over one office or all."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from workbench.i18n import N_, _


class Role(enum.Enum):
    """What a person is in a municipality's register."""

    REGISTRAR = "registrar"  # kirjaaja
    PREPARER = "preparer"  # valmistelija
    DECIDER = "decider"  # päättäjä (viranhaltija)
    SECRETARY = "secretary"  # kokoussihteeri
    MANAGER = "manager"  # esihenkilö
    ARCHIVIST = "archivist"  # arkistonhoitaja
    ADMINISTRATOR = "administrator"  # pääkäyttäjä


ROLE_NAMES = {
    Role.REGISTRAR: N_("kirjaaja"),
    Role.PREPARER: N_("valmistelija"),
    Role.DECIDER: N_("päättäjä"),
    Role.SECRETARY: N_("kokoussihteeri"),
    Role.MANAGER: N_("esihenkilö"),
    Role.ARCHIVIST: N_("arkistonhoitaja"),
    Role.ADMINISTRATOR: N_("pääkäyttäjä"),
}

READERS = frozenset(Role) - {Role.ADMINISTRATOR}
_DESK = frozenset({Role.REGISTRAR, Role.PREPARER, Role.DECIDER, Role.SECRETARY})

# Verb → roles that carry it. A handler may also do the verbs in HANDLER_VERBS on an own case.
VERB_ROLES: dict[str, frozenset[Role]] = {
    "read": READERS,
    "register": frozenset({Role.REGISTRAR}),
    # The archivist completes and mends the data of any case.
    "edit": _DESK | {Role.ARCHIVIST},
    "correct": frozenset({Role.REGISTRAR, Role.ARCHIVIST}),
    "close": _DESK | {Role.ARCHIVIST},
    "hand_over": frozenset({Role.REGISTRAR, Role.MANAGER}),
    "loosen": frozenset({Role.ARCHIVIST}),
    "destroy": frozenset({Role.ARCHIVIST}),
    # What never became a document of a case: the registry's own post.
    "discard": frozenset({Role.REGISTRAR, Role.ARCHIVIST}),
    "plan": frozenset({Role.ARCHIVIST}),
    "organisation": frozenset({Role.ADMINISTRATOR}),
}
HANDLER_VERBS = frozenset({"read", "edit", "close", "hand_over"})

VERB_NAMES = {
    "read": N_("katsoa"),
    "register": N_("rekisteröidä asioita"),
    "edit": N_("muokata asioita"),
    "correct": N_("korjata rekisteröintiä"),
    "close": N_("päättää asioita"),
    "hand_over": N_("siirtää asioita toiselle käsittelijälle"),
    "loosen": N_("väljentää julkisuutta tai säilytystä"),
    "destroy": N_("hävittää"),
    "discard": N_("hävittää rekisteröimätöntä"),
    "plan": N_("muuttaa tiedonohjaussuunnitelmaa"),
    "organisation": N_("muuttaa organisaation tietoja"),
}


@dataclass(frozen=True)
class RoleGrant:
    """One role row in force. ``office`` "" means the whole municipality."""

    municipality: str
    office: str
    role: Role
    secret: bool

    def covers(self, municipality: str, office: str) -> bool:
        """True when the grant reaches an office of a municipality."""
        return self.municipality == municipality and self.office in ("", office)


@dataclass(frozen=True)
class Answer:
    """Whether something is allowed; ``why`` is a Finnish sentence when it is not."""

    allowed: bool
    why: str = ""


def in_force(valid_from: date | None, valid_to: date | None, on: date) -> bool:
    """Both ends belong to the validity; an open end has no limit."""
    return (valid_from is None or valid_from <= on) and (valid_to is None or on <= valid_to)


def role_list(roles: frozenset[Role]) -> str:
    """Finnish names of roles, in the order they are declared."""
    return ", ".join(_(ROLE_NAMES[r]) for r in Role if r in roles)
