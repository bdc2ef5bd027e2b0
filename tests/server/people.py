"""Somebody to sign in: a person, an account, a quick policy, and times that are passed in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pyotp
from argon2 import PasswordHasher
from sqlalchemy import insert, update

from workbench.ids import new_id
from workbench.organisation.tables import person
from workbench.server.database import Database
from workbench.server.identity import accounts, sessions
from workbench.server.identity.authenticator import Password, PasswordAuthenticator
from workbench.server.identity.policy import Policy
from workbench.server.identity.sessions import Signed
from workbench.server.principal import Principal

START = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
PASSWORD = "kolme sanaa ja hiihtoretki"
POLICY = Policy(bytes(range(32)), hasher=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@dataclass
class Desk:
    """What a person at a workstation can do with the server; ``now`` moves when told."""

    database: Database
    policy: Policy = POLICY
    now: datetime = START
    accounts: dict[str, str] = field(default_factory=dict)

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)

    def hire(self, username: str, password: str = PASSWORD, *, account: bool = True) -> str:
        """A person with an account; returns the account's id."""
        person_id = f"person-{username}"
        with self.database.writing() as c:
            c.execute(
                insert(person).values(
                    id=person_id,
                    scope_id="global",
                    rev=1,
                    seq=1,
                    sync_state=0,
                    name=f"{username.title()} Testinen",
                    home_municipality="924",
                    employment="virka",
                    active=True,
                )
            )
            if account:
                self.accounts[username] = accounts.create_account(
                    c, self.policy, username, person_id, self.now, password
                )
        return self.accounts.get(username, "")

    def leave(self, username: str) -> None:
        """The person's service ends."""
        with self.database.writing() as c:
            c.execute(update(person).where(person.c.id == f"person-{username}").values(active=False))

    def demand_code(self, username: str) -> pyotp.TOTP:
        """From now on the account asks a code; returns the authenticator."""
        address = self.database.write(lambda c: accounts.start_totp(c, self.policy, self.accounts[username]))
        made = pyotp.parse_uri(address)
        assert isinstance(made, pyotp.TOTP)
        return made

    def sign_in(
        self, username: str, password: str = PASSWORD, code: str = "", client_id: str = "", name: str = "Kone"
    ) -> Signed:
        return sessions.sign_in(
            self.database,
            self.policy,
            Password(username, password, code),
            client_id=client_id or new_id(),
            device_name=name,
            now=self.now,
            authenticator=PasswordAuthenticator(self.policy),
        )

    def joining_code(self, username: str) -> str:
        account = self.accounts[username]
        return self.database.write(lambda c: accounts.new_enrolment(c, self.policy, account, self.now))

    def enrol(self, token: str, client_id: str) -> Signed:
        return sessions.enrol(
            self.database, self.policy, token, client_id=client_id, device_name="Kone", now=self.now
        )

    def refresh(self, token: str, client_id: str) -> Signed:
        return sessions.refresh(self.database, self.policy, token, client_id=client_id, now=self.now)

    def who(self, bearer: str, client_id: str) -> Principal:
        """As a call does: recognised, and the token noted as received."""
        with self.database.reading() as c:
            found = sessions.recognise(c, bearer, client_id, self.now)
        if found.first:
            self.database.write(lambda c: sessions.note_seen(c, bearer, client_id, self.now))
        return found.principal
