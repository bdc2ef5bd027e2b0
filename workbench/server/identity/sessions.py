"""Sessions: short access tokens and rotating refresh tokens, one family of them for each sign-in.

A refresh token is good once. Its successor is derived by the server's key, so that a client whose answer was
lost asks again and gets the same pair; once the successor has been seen, it does not. A token that comes back
later than that was copied: its family ends.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, Row, delete, insert, select, update

from workbench.errors import UserError
from workbench.i18n import _
from workbench.ids import new_id
from workbench.organisation.tables import person
from workbench.server.database import Database, held_row
from workbench.server.identity.authenticator import Authenticator, Password
from workbench.server.identity.errors import DeviceRefused, EnrolmentFailed, SignedOut, SignInFailed, Wiped
from workbench.server.identity.noting import ENROL, SIGN_IN, note_sign_in
from workbench.server.identity.policy import Policy
from workbench.server.identity.proofs import derived, new_nonce, new_token, proof_of
from workbench.server.identity.schema import (
    access_token,
    account,
    adoption,
    device,
    enrolment,
    family,
    refresh_token,
)
from workbench.server.principal import Principal

_NAME = 100


@dataclass(frozen=True)
class Signed:
    """A pair of tokens and whose they are."""

    access_token: str = field(repr=False)
    access_expires_at: datetime
    refresh_token: str = field(repr=False)
    refresh_expires_at: datetime
    person_id: str
    name: str


def sign_in(
    database: Database,
    policy: Policy,
    proof: Password,
    *,
    client_id: str,
    device_name: str,
    now: datetime,
    authenticator: Authenticator[Password],
) -> Signed:
    """Begin a session at a workstation; its former session ends."""
    account_id = authenticator.account_of(database, proof, client_id, now)

    def work(connection: Connection) -> Signed:
        who = _open_account(connection, account_id)
        if who is None:
            raise SignInFailed
        _take_device(connection, account_id, client_id, device_name, now, again=False)
        note_sign_in(connection, SIGN_IN, account_id, client_id, now)
        seed, nonce = new_token(), new_nonce()
        return _begin(connection, policy, who, client_id, seed, nonce, now)

    return database.write(work)


def enrol(
    database: Database, policy: Policy, token: str, *, client_id: str, device_name: str, now: datetime
) -> Signed:
    """Begin a session by a joining code. A code that was used a moment ago by the same workstation, which has
    not shown the tokens it then got, is answered again."""

    def work(connection: Connection) -> Signed:
        e = enrolment.c
        row = connection.execute(
            select(enrolment).where(e.token_hash == proof_of(token)).with_for_update()
        ).first()
        if row is None or row.expires_at <= now:
            raise EnrolmentFailed
        who = _open_account(connection, row.account_id)
        if who is None:
            raise EnrolmentFailed
        if row.used_at is not None:
            refresh = derived(policy.key, "refresh", row.nonce, token)
            given = _refresh_row(connection, refresh)
            if row.used_by != client_id or now > row.used_at + policy.grace or given is None or given.used:
                raise EnrolmentFailed
            ended = select(family.c.ended_at).where(family.c.id == given.family_id)
            if connection.execute(ended).scalar_one() is not None:
                raise EnrolmentFailed
            return _pair(connection, policy, who, token, row.nonce, given.expires_at)
        _take_device(connection, row.account_id, client_id, device_name, now, again=True)
        connection.execute(
            update(enrolment).where(e.token_hash == row.token_hash).values(used_at=now, used_by=client_id)
        )
        connection.execute(
            update(adoption).where(adoption.c.token_hash == row.token_hash).values(client_id=client_id)
        )
        note_sign_in(connection, ENROL, row.account_id, client_id, now)
        return _begin(connection, policy, who, client_id, token, row.nonce, now)

    return database.write(work)


def refresh(database: Database, policy: Policy, token: str, *, client_id: str, now: datetime) -> Signed:
    """A new pair for a refresh token."""
    # A refusal that ends the family is written, too: it is raised only after the transaction.
    answer = database.write(lambda c: _refreshed(c, policy, token, client_id, now))
    if isinstance(answer, UserError):
        raise answer
    return answer


def _refreshed(
    connection: Connection, policy: Policy, token: str, client_id: str, now: datetime
) -> Signed | UserError:
    row = _refresh_row(connection, token)
    if row is None:
        return SignedOut()
    session = connection.execute(select(family).where(family.c.id == row.family_id).with_for_update()).one()
    if session.client_id != client_id:
        end_family(connection, session.id, now, "reused")
        return SignedOut()
    owned = connection.execute(select(device).where(device.c.client_id == client_id)).one()
    if owned.lost_at is not None:
        return Wiped()
    who = _open_account(connection, session.account_id)
    if who is None or session.ended_at is not None or owned.revoked_at is not None or row.expires_at <= now:
        return SignedOut()
    if row.rotated_at is None:
        return _rotate(connection, policy, who, row, token, now)
    if now > row.rotated_at + policy.grace:
        end_family(connection, session.id, now, "reused")
        return SignedOut()
    given = connection.execute(select(refresh_token).where(refresh_token.c.token_hash == row.successor)).one()
    if given.used:
        # Late, or copied: it gets nothing. Whoever is shut out signs in again, which ends this family.
        return SignedOut()
    return _pair(connection, policy, who, token, row.nonce, given.expires_at)


def _rotate(
    connection: Connection, policy: Policy, who: _Who, row: Row[tuple[object, ...]], token: str, now: datetime
) -> Signed:
    r = row._mapping
    signed = _give(connection, policy, who, r["family_id"], token, r["nonce"], now)
    connection.execute(
        update(refresh_token)
        .where(refresh_token.c.token_hash == r["token_hash"])
        .values(rotated_at=now, successor=proof_of(signed.refresh_token), used=True)
    )
    of_family = r["family_id"]
    connection.execute(
        delete(access_token).where(access_token.c.family_id == of_family, access_token.c.expires_at <= now)
    )
    connection.execute(
        delete(refresh_token).where(
            refresh_token.c.family_id == of_family, refresh_token.c.rotated_at < now - policy.refresh / 3
        )
    )
    return signed


def sign_out(connection: Connection, bearer: str, now: datetime) -> None:
    """End the session an access token belongs to; quietly when there is none."""
    found = connection.execute(
        select(access_token.c.family_id).where(access_token.c.token_hash == proof_of(bearer))
    ).scalar()
    if found is not None:
        end_family(connection, found, now, "signed_out")


def end_family(connection: Connection, family_id: str, now: datetime, why: str) -> None:
    """No token of this family is good any more."""
    connection.execute(
        update(family)
        .where(family.c.id == family_id, family.c.ended_at.is_(None))
        .values(ended_at=now, why=why)
    )


@dataclass(frozen=True)
class Recognised:
    """The caller, and whether this access token is seen for the first time (then :func:`note_seen`)."""

    principal: Principal
    first: bool


def recognise(connection: Connection, bearer: str, client_id: str, now: datetime) -> Recognised:
    """Whoever holds an access token at a workstation. Raises :class:`SignedOut` or :class:`Wiped`."""
    row = connection.execute(
        select(
            access_token.c.expires_at,
            access_token.c.used,
            family.c.ended_at,
            family.c.client_id,
            device.c.revoked_at,
            device.c.lost_at,
            account.c.id,
            account.c.disabled,
            account.c.person_id,
            person.c.active,
        )
        .join(family, family.c.id == access_token.c.family_id)
        .join(device, device.c.client_id == family.c.client_id)
        .join(account, account.c.id == family.c.account_id)
        .outerjoin(person, person.c.id == account.c.person_id)
        .where(access_token.c.token_hash == proof_of(bearer))
    ).first()
    if row is None or row.client_id != client_id:
        raise SignedOut
    if row.lost_at is not None:
        raise Wiped
    if row.ended_at is not None or row.revoked_at is not None or row.expires_at <= now:
        raise SignedOut
    if row.disabled or not row.active:
        raise SignedOut(_("Tunnuksesi on suljettu. Ota yhteyttä pääkäyttäjään."))
    return Recognised(Principal(row.person_id, client_id, row.id), not row.used)


def principal_of(connection: Connection, bearer: str, client_id: str, now: datetime) -> Principal:
    """Who calls; see :func:`recognise`."""
    return recognise(connection, bearer, client_id, now).principal


def note_seen(connection: Connection, bearer: str, client_id: str, now: datetime) -> None:
    """Keep that a token was received by its workstation: the one before it is not answered any more."""
    proof = proof_of(bearer)
    mine = select(access_token.c.refresh_hash).where(access_token.c.token_hash == proof).scalar_subquery()
    connection.execute(update(refresh_token).where(refresh_token.c.token_hash == mine).values(used=True))
    connection.execute(update(access_token).where(access_token.c.token_hash == proof).values(used=True))
    connection.execute(update(device).where(device.c.client_id == client_id).values(last_seen_at=now))


# -- making tokens -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Who:
    account_id: str
    person_id: str
    name: str


def _open_account(connection: Connection, account_id: str) -> _Who | None:
    """The account and its person, while both are in use."""
    row = connection.execute(
        select(account.c.id, account.c.person_id, person.c.name)
        .join(person, person.c.id == account.c.person_id)
        .where(account.c.id == account_id, account.c.disabled == 0, person.c.active == 1)
    ).first()
    return _Who(row.id, row.person_id, row.name) if row else None


def _take_device(
    connection: Connection, account_id: str, client_id: str, name: str, now: datetime, *, again: bool
) -> None:
    """The workstation becomes, or is, the account's. ``again``: a revoked one is let in anew."""
    shown = " ".join("".join(c if c.isprintable() else " " for c in name).split())[:_NAME]
    fresh = {"client_id": client_id, "account_id": account_id, "name": shown, "made_at": now}
    fresh |= {"last_seen_at": now, "revoked_at": None, "lost_at": None}
    row = held_row(connection, device, fresh, key=("client_id",))
    if row.account_id != account_id:
        raise DeviceRefused(_("Tämä työasema on liitetty toisen henkilön tunnuksella."))
    if row.lost_at is not None:
        raise Wiped
    if row.revoked_at is not None and not again:
        raise DeviceRefused(
            _("Tämä työasema on poistettu käytöstä. Liitä se uudelleen pääkäyttäjän antamalla koodilla.")
        )
    connection.execute(
        update(device)
        .where(device.c.client_id == client_id)
        .values(last_seen_at=now, revoked_at=None, name=shown or row.name)
    )
    former = (family.c.client_id == client_id) & family.c.ended_at.is_(None)
    connection.execute(update(family).where(former).values(ended_at=now, why="replaced"))


def _begin(
    connection: Connection, policy: Policy, who: _Who, client_id: str, seed: str, nonce: str, now: datetime
) -> Signed:
    family_id = new_id()
    connection.execute(
        insert(family).values(
            id=family_id,
            account_id=who.account_id,
            client_id=client_id,
            made_at=now,
            ended_at=None,
            why="",
        )
    )
    return _give(connection, policy, who, family_id, seed, nonce, now)


def _give(
    connection: Connection, policy: Policy, who: _Who, family_id: str, seed: str, nonce: str, now: datetime
) -> Signed:
    """The pair that follows from ``seed``, kept."""
    refresh_until = now + policy.refresh
    signed = _derive(policy, who, seed, nonce, now + policy.access, refresh_until)
    connection.execute(
        insert(refresh_token).values(
            token_hash=proof_of(signed.refresh_token),
            family_id=family_id,
            made_at=now,
            expires_at=refresh_until,
            rotated_at=None,
            nonce=new_nonce(),
            successor="",
            used=False,
        )
    )
    connection.execute(
        insert(access_token).values(
            token_hash=proof_of(signed.access_token),
            family_id=family_id,
            refresh_hash=proof_of(signed.refresh_token),
            expires_at=signed.access_expires_at,
            used=False,
        )
    )
    return signed


def _pair(
    connection: Connection, policy: Policy, who: _Who, seed: str, nonce: str, refresh_until: datetime
) -> Signed:
    """The pair that followed from ``seed``, once more."""
    access = derived(policy.key, "access", nonce, seed)
    until = connection.execute(
        select(access_token.c.expires_at).where(access_token.c.token_hash == proof_of(access))
    ).scalar_one()
    return _derive(policy, who, seed, nonce, until, refresh_until)


def _derive(
    policy: Policy, who: _Who, seed: str, nonce: str, access_until: datetime, refresh_until: datetime
) -> Signed:
    return Signed(
        access_token=derived(policy.key, "access", nonce, seed),
        access_expires_at=access_until,
        refresh_token=derived(policy.key, "refresh", nonce, seed),
        refresh_expires_at=refresh_until,
        person_id=who.person_id,
        name=who.name,
    )


def _refresh_row(connection: Connection, token: str) -> Row[tuple[object, ...]] | None:
    return connection.execute(
        select(refresh_token).where(refresh_token.c.token_hash == proof_of(token)).with_for_update()
    ).first()
