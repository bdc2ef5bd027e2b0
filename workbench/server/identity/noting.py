"""Sign-ins in the audit (kirjautumisten merkintä valvontalokiin): who, at which workstation, when, and how many tries
were refused. Entries hold ids and counts alone; they lie in the chain of the person's home municipality."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, func, select, update

from workbench.i18n import N_
from workbench.ids import new_id
from workbench.organisation.tables import person
from workbench.server.identity.policy import Policy
from workbench.server.identity.schema import account, failure
from workbench.server.schema import clock
from workbench.server.trail import write_trail

KIND = "account"
SIGN_IN, ENROL, PASSWORD, RESET, REFUSED = (
    "account.sign_in",
    "account.enrol",
    "account.password",
    "account.reset_password",
    "account.refused",
)
_TITLES = {
    SIGN_IN: N_("Kirjautui työasemalta; torjuttuja yrityksiä sitä ennen: {refused}"),
    ENROL: N_("Liitti työaseman; torjuttuja kirjautumisyrityksiä sitä ennen: {refused}"),
    PASSWORD: N_("Vaihtoi salasanansa"),
    RESET: N_("Pääkäyttäjä vaihtoi salasanan"),
    REFUSED: N_("Torjuttuja kirjautumisyrityksiä: {refused}"),
}


def note_sign_in(
    connection: Connection, command: str, account_id: str, client_id: str, now: datetime
) -> None:
    """Note that a session began; tries that were refused before it are told with it."""
    mine = failure.c.account_id == account_id
    refused = connection.execute(select(func.coalesce(func.sum(failure.c.refused), 0)).where(mine)).scalar()
    connection.execute(delete(failure).where(mine, failure.c.tries == 0))
    connection.execute(update(failure).where(mine).values(refused=0))
    note(connection, command, account_id, client_id, now, actor=True, refused=int(refused or 0))


def note_refused(connection: Connection, policy: Policy, now: datetime) -> int:
    """Note the tries that nobody's success has told of, once the budgets they were counted against are whole again,
    and drop those; returns how many tries. Who tried is not known."""
    f = failure.c
    old = f.last_at < now - policy.forget
    query = (
        select(f.account_id, func.sum(f.refused))
        .where(old, f.refused > 0, f.account_id.is_not(None))
        .group_by(f.account_id)
        .order_by(f.account_id)
    )
    found = connection.execute(query).all()
    for account_id, refused in found:
        note(connection, REFUSED, account_id, "", now, actor=False, refused=int(refused))
    connection.execute(delete(failure).where(old))
    return sum(int(refused) for _account, refused in found)


def note(
    connection: Connection,
    command: str,
    account_id: str,
    client_id: str,
    now: datetime,
    *,
    actor: bool,
    refused: int | None = None,
) -> None:
    """Append an entry about an account; ``actor``: it is its own person's deed."""
    whose = connection.execute(
        select(account.c.person_id, person.c.home_municipality)
        .outerjoin(person, person.c.id == account.c.person_id)
        .where(account.c.id == account_id)
    ).one()
    n = connection.execute(
        update(clock).values(seq=clock.c.seq + 1).returning(clock.c.seq)
    ).scalar_one()  # fmt: skip
    group_id = new_id()
    entry = {
        "n": n,
        "chain": whose.home_municipality or "region",
        "at": now,
        "claimed_at": "",
        "actor_id": whose.person_id if actor else "",
        "arrangement_id": "",
        "client_id": client_id,
        "group_id": group_id,
        "op_id": group_id,
        "command": command,
        "title_key": _TITLES[command],
        "kind": KIND,
        "row_id": account_id,
        "root_id": account_id,
        "rev": 0,
        "action": "deed",
        "fields": [],
        "resolves": None,
        "scope": f"user:{whose.person_id}",
        "content": {"words": {} if refused is None else {"refused": refused}, "reason": ""},
    }
    write_trail(connection, [entry])
