"""A person changes her own password (salasanan vaihto)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, select, update

from workbench.errors import UserError
from workbench.i18n import _
from workbench.server.database import Database
from workbench.server.identity.accounts import end_sessions
from workbench.server.identity.lockout import clear, count_try
from workbench.server.identity.noting import PASSWORD, note
from workbench.server.identity.passwords import hash_password, matches
from workbench.server.identity.policy import Policy
from workbench.server.identity.proofs import budget_name, proof_of
from workbench.server.identity.schema import access_token, account
from workbench.server.principal import Principal


@dataclass(frozen=True)
class _Row:
    username: str
    username_key: str
    password_hash: str = field(repr=False)


def change_password(
    database: Database, policy: Policy, principal: Principal, bearer: str, old: str, new: str, now: datetime
) -> None:
    """Take a new password into use for whoever knows the old one; her sessions elsewhere end. A wrong old one costs
    what a wrong one at signing in does. Raises :class:`UserError`."""
    row = database.write(lambda c: _admit(c, policy, principal, now))
    if not row.password_hash:
        raise UserError(
            _("Tunnuksellasi ei ole salasanaa. Pyydä ensimmäinen salasana pääkäyttäjältä."), field="old"
        )
    if not matches(policy.hasher, row.password_hash, old):
        raise UserError(_("Nykyinen salasana ei ole oikea. Salasanaa ei vaihdettu."), field="old")
    budget = _budget(policy, row.username_key, principal)
    if old == new:
        database.write(lambda c: clear(c, budget))
        raise UserError(_("Uusi salasana on sama kuin nykyinen. Valitse toinen."), field="new")
    fresh = hash_password(policy.hasher, row.username, new)

    def work(connection: Connection) -> bool:
        same = (account.c.id == principal.account_id) & (account.c.password_hash == row.password_hash)
        changed = connection.execute(
            update(account).where(same).values(password_hash=fresh, password_at=now)
        ).rowcount
        if changed:
            mine = select(access_token.c.family_id).where(access_token.c.token_hash == proof_of(bearer))
            end_sessions(connection, principal.account_id, now, but=connection.execute(mine).scalar() or "")
            clear(connection, budget)
            note(connection, PASSWORD, principal.account_id, principal.client_id, now, actor=True)
        return bool(changed)

    if not database.write(work):
        raise UserError(_("Salasana vaihdettiin juuri toisaalla. Salasanaa ei vaihdettu."), field="old")


def _admit(connection: Connection, policy: Policy, principal: Principal, now: datetime) -> _Row:
    found = connection.execute(
        select(account.c.username, account.c.username_key, account.c.password_hash).where(
            account.c.id == principal.account_id
        )
    ).one()
    row = _Row(found.username, found.username_key, found.password_hash)
    count_try(connection, policy, _budget(policy, row.username_key, principal), now, principal.account_id)
    return row


def _budget(policy: Policy, username_key: str, principal: Principal) -> str:
    """That of signing in at this workstation: there is one place to guess, not two."""
    return budget_name(policy.key, username_key, principal.client_id)
