"""Accounts (tunnukset): who may sign in. An account only points to a person; rights come from the person's roles."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, delete, insert, select, update

from workbench.errors import UserError
from workbench.i18n import _
from workbench.ids import new_id
from workbench.server.identity.noting import RESET, note
from workbench.server.identity.passwords import hash_password, new_secret, provisioning
from workbench.server.identity.policy import Policy
from workbench.server.identity.proofs import new_nonce, new_token, proof_of, seal
from workbench.server.identity.schema import account, adoption, enrolment, family

_NAME = re.compile(r"[^\W_][\w.@+-]{0,99}")


@dataclass(frozen=True)
class AccountRow:
    """An account as lists show it."""

    id: str
    username: str
    person_id: str
    has_password: bool
    has_totp: bool
    disabled: bool
    made_at: datetime


def username_key(username: str) -> str:
    """A username as it is compared; "" when it cannot be one."""
    key = unicodedata.normalize("NFKC", username.strip()[:400]).casefold()
    return key if _NAME.fullmatch(key) else ""


def create_account(
    connection: Connection, policy: Policy, username: str, person_id: str, now: datetime, password: str = ""
) -> str:
    """Make an account for a person; without a password it opens by a joining code alone. Returns its id."""
    key = username_key(username)
    if not key:
        raise UserError(
            _("Tunnuksessa voi olla kirjaimia, numeroita ja merkit . @ + - _, enintään 100 merkkiä."),
            field="username",
        )
    taken = select(account.c.id).where((account.c.username_key == key) | (account.c.person_id == person_id))
    if connection.execute(taken).first():
        raise UserError(_("Tunnus ”{name}” on jo olemassa.").format(name=username), field="username")
    account_id = new_id()
    connection.execute(
        insert(account).values(
            id=account_id,
            username=username.strip(),
            username_key=key,
            person_id=person_id,
            password_hash=hash_password(policy.hasher, username, password) if password else "",
            totp_secret="",
            totp_step=0,
            disabled=False,
            made_at=now,
            password_at=now if password else None,
        )
    )
    return account_id


def list_accounts(connection: Connection) -> list[AccountRow]:
    """All accounts by name."""
    return [_shown(row) for row in connection.execute(select(account).order_by(account.c.username_key))]


def find_account(connection: Connection, username: str) -> AccountRow:
    """The account of a name; says so when there is none. For the administrator alone."""
    row = connection.execute(select(account).where(account.c.username_key == username_key(username))).first()
    if row is None:
        raise UserError(_("Tunnusta ”{name}” ei ole.").format(name=username), field="username")
    return _shown(row)


def _shown(row: Row[tuple[object, ...]]) -> AccountRow:
    r = row._mapping
    return AccountRow(
        r["id"],
        r["username"],
        r["person_id"],
        bool(r["password_hash"]),
        bool(r["totp_secret"]),
        r["disabled"],
        r["made_at"],
    )


def set_password(
    connection: Connection, policy: Policy, account_id: str, password: str, now: datetime
) -> None:
    """A new password given by the administrator; whoever was signed in by the former one is signed out."""
    username = connection.execute(select(account.c.username).where(account.c.id == account_id)).scalar_one()
    hashed = hash_password(policy.hasher, username, password)
    connection.execute(
        update(account).where(account.c.id == account_id).values(password_hash=hashed, password_at=now)
    )
    end_sessions(connection, account_id, now)
    note(connection, RESET, account_id, "", now, actor=False)


def set_disabled(connection: Connection, account_id: str, disabled: bool, now: datetime) -> None:
    """Close or reopen an account. A closed one is refused from the next call on."""
    connection.execute(update(account).where(account.c.id == account_id).values(disabled=disabled))
    if disabled:
        end_sessions(connection, account_id, now)
        withdraw_enrolments(connection, account_id)
        connection.execute(delete(enrolment).where(enrolment.c.account_id == account_id))


def start_totp(connection: Connection, policy: Policy, account_id: str) -> str:
    """Demand a code of this account from now on; returns the address for the authenticator, shown once."""
    secret = new_secret()
    username = connection.execute(select(account.c.username).where(account.c.id == account_id)).scalar_one()
    sealed = seal(policy.key, secret, account_id)
    connection.execute(
        update(account).where(account.c.id == account_id).values(totp_secret=sealed, totp_step=0)
    )
    return provisioning(secret, username)


def stop_totp(connection: Connection, account_id: str) -> None:
    """Ask no code of this account."""
    connection.execute(update(account).where(account.c.id == account_id).values(totp_secret="", totp_step=0))


def new_enrolment(
    connection: Connection, policy: Policy, account_id: str, now: datetime, *, adopts: bool = False
) -> str:
    """A joining code (liittymiskoodi), good once; former unused ones of the account are void. ``adopts``: what has
    been registered at the workstation that joins with it may come into the common register."""
    withdraw_enrolments(connection, account_id)
    token = new_token()
    if adopts:
        whose = select(account.c.person_id).where(account.c.id == account_id)
        connection.execute(
            insert(adoption).values(
                token_hash=proof_of(token),
                account_id=account_id,
                person_id=connection.execute(whose).scalar_one(),
                client_id="",
                made_at=now,
            )
        )
    connection.execute(
        insert(enrolment).values(
            token_hash=proof_of(token),
            account_id=account_id,
            made_at=now,
            expires_at=now + policy.enrolment,
            used_at=None,
            used_by="",
            nonce=new_nonce(),
        )
    )
    return token


def withdraw_enrolments(connection: Connection, account_id: str) -> int:
    """Make the account's unused joining codes void; returns how many there were."""
    unused = (enrolment.c.account_id == account_id) & enrolment.c.used_at.is_(None)
    connection.execute(
        delete(adoption).where(adoption.c.account_id == account_id, adoption.c.client_id == "")
    )
    return connection.execute(delete(enrolment).where(unused)).rowcount


def end_sessions(
    connection: Connection, account_id: str, now: datetime, why: str = "revoked", *, but: str = ""
) -> int:
    """Sign the account out everywhere but in the session ``but``; returns how many sessions ended."""
    open_ones = (family.c.account_id == account_id) & family.c.ended_at.is_(None) & (family.c.id != but)
    return connection.execute(update(family).where(open_ones).values(ended_at=now, why=why)).rowcount
