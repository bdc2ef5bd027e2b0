"""Access (käyttöoikeudet): the one place that answers who may do what, and the same rule as SQL.

``may`` answers for one object where a person acts; ``visible`` is the read rule as an SQL condition on
a ``scope_id`` column, used inside every query, export and search. A property test compares the two.
Invariant: no right reaches an object whose scope the person may not read.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, and_, bindparam, false, literal, or_, select

from workbench.clock import local
from workbench.context import Session
from workbench.errors import NotAllowed
from workbench.i18n import _
from workbench.organisation.model import (
    HANDLER_VERBS,
    READERS,
    VERB_NAMES,
    VERB_ROLES,
    Answer,
    Role,
    RoleGrant,
    in_force,
    role_list,
)
from workbench.organisation.tables import access_right, role, secrecy_scope
from workbench.store.search.entry import (
    municipality_token,
    office_token,
    person_token,
    secret_token,
    single_token,
)


@dataclass(frozen=True)
class Access:
    """A person's rights at one moment, acting for one municipality ("" = for all of her own)."""

    person_id: str
    municipality: str
    on: date
    grants: tuple[RoleGrant, ...]

    def has_role(self, *roles: Role) -> bool:
        """True when any of the roles is in force."""
        return any(g.role in roles for g in self.grants)

    def reading(self) -> tuple[RoleGrant, ...]:
        """Grants that let one read cases."""
        return tuple(g for g in self.grants if g.role in READERS)


# Asked before every query; put together once, for it takes longer to put together than to run.
_ROLES = select(
    role.c.municipality, role.c.office, role.c.role, role.c.secret, role.c.valid_from, role.c.valid_to
).where(
    role.c.person_id == bindparam("person"),
    or_(literal("") == bindparam("municipality"), role.c.municipality == bindparam("municipality")),
)


def access_of(connection: Connection, session: Session, at: datetime) -> Access:
    """The rights of a session at a moment."""
    on = local(at).date()
    rows = connection.execute(_ROLES, {"person": session.person_id, "municipality": session.municipality})
    grants = tuple(
        RoleGrant(r.municipality, r.office, Role(r.role), r.secret)
        for r in rows
        if in_force(r.valid_from, r.valid_to, on)
    )
    return Access(session.person_id, session.municipality, on, grants)


# -- reading -------------------------------------------------------------------------------------------


def visible(column: ColumnElement[str], access: Access, *, of_few: bool = False) -> ColumnElement[bool]:
    """Condition on a ``scope_id`` column: what the person may read. ``of_few``: the rows are found by another
    condition and are some tens, so that each secret among them is looked up instead of all one may read."""
    # Not IN: that is written out anew each time a statement runs.
    ways: list[ColumnElement[bool]] = [column == "global", column == f"user:{access.person_id}"]
    for grant in _widest(access.reading()):
        prefix = f"unit:{grant.municipality}/" + (f"{grant.office}/" if grant.office else "")
        # A range on the index instead of LIKE: "0" is the character after "/".
        ways.append(and_(column >= prefix, column < prefix[:-1] + "0"))
    for target, allowed in (
        (access_right.c.target, _own_targets(access)),
        (secrecy_scope.c.target, _covered_targets(access)),
    ):
        ways.append(allowed.where(target == column).exists() if of_few else column.in_(allowed))
    return or_(*ways)


def _own_targets(access: Access):  # type: ignore[no-untyped-def]  # a subquery
    query = select(access_right.c.target).where(
        access_right.c.person_id == access.person_id,
        or_(access_right.c.valid_to.is_(None), access_right.c.valid_to >= access.on),
    )
    # A right to a secret is used only while one has some role in that municipality.
    here = sorted({g.municipality for g in access.reading()})
    return query.where(or_(false(), *(access_right.c.municipality == code for code in here)))


def _covered_targets(access: Access):  # type: ignore[no-untyped-def]  # a subquery
    """Secret scopes that a role with the right to secrets covers."""
    grants = [g for g in _widest(access.reading()) if g.secret]
    covered = or_(
        false(),
        *(
            and_(
                secrecy_scope.c.municipality == g.municipality,
                *([secrecy_scope.c.office == g.office] if g.office else []),
            )
            for g in grants
        ),
    )
    return select(secrecy_scope.c.target).where(covered)


def _widest(grants: tuple[RoleGrant, ...]) -> list[RoleGrant]:
    """Drop grants that a wider one with the same secrecy covers; keeps questions short."""
    unique = dict.fromkeys(RoleGrant(g.municipality, g.office, Role.REGISTRAR, g.secret) for g in grants)
    return [
        g
        for g in unique
        if not any(
            w != g
            and w.municipality == g.municipality
            and w.office in ("", g.office)
            and w.secret >= g.secret
            for w in unique
        )
    ]


def may_read(connection: Connection, access: Access, scope_id: str) -> bool:
    """The rule of :func:`visible`, for one scope."""
    kind, _colon, rest = scope_id.partition(":")
    if kind == "global":
        return True
    if kind == "user":
        return rest == access.person_id
    if kind == "unit":
        municipality, office, _main_class = rest.split("/")
        return any(g.covers(municipality, office) for g in access.reading())
    right = (
        connection.execute(
            select(access_right).where(
                access_right.c.target == scope_id, access_right.c.person_id == access.person_id
            )
        )
        .mappings()
        .first()
    )
    if (
        right
        and in_force(None, right["valid_to"], access.on)
        and any(g.municipality == right["municipality"] for g in access.reading())
    ):
        return True
    place = (
        connection.execute(select(secrecy_scope).where(secrecy_scope.c.target == scope_id)).mappings().first()
    )
    return place is not None and any(
        g.secret and g.covers(place["municipality"], place["office"]) for g in access.reading()
    )


def acl_terms(access: Access) -> list[str]:
    """The scope tokens to ask the full-text index with, a few for any right. Never narrower than
    :func:`visible`, which every answer is also asked with; wider only by rights to single secrets that have
    ended."""
    terms = [single_token("global"), single_token(f"user:{access.person_id}")]
    for grant in _widest(access.reading()):
        if grant.office:
            terms.append(office_token(grant.municipality, grant.office))
        else:
            terms.append(municipality_token(grant.municipality))
        if grant.secret:
            terms.append(secret_token(grant.municipality, grant.office))
        terms.append(person_token(grant.municipality, access.person_id))
    return list(dict.fromkeys(terms))


def readers_of(connection: Connection, scopes: Collection[str]) -> dict[str, str]:
    """For each restricted scope the tokens under which those who may read it ask the index: its place, and
    each person with a right of her own."""
    found: dict[str, list[str]] = {}
    c, r = secrecy_scope.c, access_right.c
    places = select(c.target, c.municipality, c.office).where(c.target.in_(scopes))
    for target, municipality, office in connection.execute(places):
        found[target] = [secret_token(municipality), secret_token(municipality, office)]
    people = select(r.target, r.municipality, r.person_id).where(r.target.in_(scopes)).order_by(r.k)
    for target, municipality, person_id in connection.execute(people):
        found.setdefault(target, []).append(person_token(municipality, person_id))
    return {target: " ".join(tokens) for target, tokens in found.items()}


# -- acting --------------------------------------------------------------------------------------------


def may(
    connection: Connection,
    access: Access,
    verb: str,
    *,
    municipality: str,
    office: str = "",
    scope_id: str = "",
    handler_id: str = "",
) -> Answer:
    """Whether the person may do ``verb`` to an object of an office; says why not."""
    if not access.municipality:
        return Answer(False, _("Valitse ensin kunta, jonka puolesta toimit."))
    if municipality != access.municipality:
        return Answer(False, _("Asia kuuluu toiseen kuntaan. Vaihda ensin kunta, jonka puolesta toimit."))
    if scope_id and not may_read(connection, access, scope_id):
        return Answer(False, _("Asiaa ei löydy, tai sinulla ei ole oikeutta siihen."))
    if handler_id and handler_id == access.person_id and verb in HANDLER_VERBS and access.reading():
        return Answer(True)
    if verb == "read" and scope_id:
        return Answer(True)  # the scope was asked above; a right given to one secret needs no office
    roles = VERB_ROLES[verb]
    if any(g.role in roles and g.covers(municipality, office) for g in access.grants):
        return Answer(True)
    return Answer(
        False,
        _("Sinulla ei ole oikeutta {verb}. Oikeus on rooleilla: {roles}.").format(
            verb=_(VERB_NAMES[verb]), roles=role_list(roles)
        ),
    )


def demand(answer: Answer) -> None:
    """Refuse with the reason."""
    if not answer.allowed:
        raise NotAllowed(answer.why)
