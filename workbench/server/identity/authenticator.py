"""Who somebody is, by what she knows. Another way (OpenID Connect) is another :class:`Authenticator`: sessions,
tokens and devices do not change."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from sqlalchemy import Connection, select, update

from workbench.organisation.tables import person
from workbench.server.database import Database
from workbench.server.identity.accounts import username_key
from workbench.server.identity.errors import SignInFailed
from workbench.server.identity.lockout import clear, count_try
from workbench.server.identity.passwords import LONGEST, matches, step_of
from workbench.server.identity.policy import Policy
from workbench.server.identity.proofs import budget_name, unseal
from workbench.server.identity.schema import account, device

_Proof = TypeVar("_Proof", contravariant=True)


class Authenticator(Protocol[_Proof]):
    """Finds the account behind what a person shows."""

    def account_of(self, database: Database, proof: _Proof, client_id: str, now: datetime) -> str:
        """The id of the account; raises :class:`SignInFailed` alike whatever was wrong, or ``TooMany``."""
        ...


@dataclass(frozen=True)
class Password:
    """What is written into the sign-in form."""

    username: str
    password: str = field(repr=False)
    code: str = field(default="", repr=False)


@dataclass(frozen=True)
class _Account:
    id: str = ""
    password_hash: str = ""
    totp_secret: str = ""
    open: bool = False


class PasswordAuthenticator:
    """Accounts of this server: a password, and a code where the account or the policy asks one."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy

    def account_of(self, database: Database, proof: Password, client_id: str, now: datetime) -> str:
        """As :class:`Authenticator` says. No transaction is open while the password is hashed."""
        found, budget = database.write(lambda c: self._admit(c, proof.username, client_id, now))
        policy = self._policy
        right = matches(policy.hasher, found.password_hash, proof.password)
        secret = unseal(policy.key, found.totp_secret, found.id) if found.totp_secret else ""
        step = step_of(secret, proof.code, now)
        proved = right and found.open and (step > 0 or not (secret or policy.demand_totp))
        if not proved or not database.write(lambda c: _settle(c, found.id, step, budget)):
            raise SignInFailed
        if policy.hasher.check_needs_rehash(found.password_hash) and len(proof.password) <= LONGEST:
            fresh = policy.hasher.hash(proof.password)
            database.write(
                lambda c: c.execute(
                    update(account)
                    .where(account.c.id == found.id, account.c.password_hash == found.password_hash)
                    .values(password_hash=fresh)
                )
            )
        return found.id

    def _admit(
        self, connection: Connection, username: str, client_id: str, now: datetime
    ) -> tuple[_Account, str]:
        """The account, if any, and the budget this try was counted against."""
        key = username_key(username)
        row = connection.execute(
            select(
                account.c.id,
                account.c.password_hash,
                account.c.totp_secret,
                account.c.disabled,
                person.c.active,
            )
            .outerjoin(person, person.c.id == account.c.person_id)
            .where(account.c.username_key == key)
        ).first()
        found = (
            _Account(row.id, row.password_hash, row.totp_secret, bool(row.active) and not row.disabled)
            if row
            else _Account()
        )
        known = connection.execute(
            select(device.c.client_id).where(
                device.c.client_id == client_id,
                device.c.account_id == found.id,
                device.c.revoked_at.is_(None),
                device.c.lost_at.is_(None),
            )
        ).first()
        budget = budget_name(self._policy.key, key, client_id if known else "")
        count_try(connection, self._policy, budget, now, found.id)
        return found, budget


def _settle(connection: Connection, account_id: str, step: int, budget: str) -> bool:
    """Take the code's half-minute into use, so that nobody uses it again; false when somebody has."""
    if step:
        taken = connection.execute(
            update(account)
            .where(account.c.id == account_id, account.c.totp_step < step)
            .values(totp_step=step)
        )
        if taken.rowcount != 1:
            return False
    clear(connection, budget)
    return True
