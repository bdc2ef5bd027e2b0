"""Tables of accounts, devices and tokens. No token and no password stands in them, only what proves one."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from workbench.server.schema import server_metadata
from workbench.store.types import Flag, Instant, Json, PlainText, Whole

account = Table(
    "account",
    server_metadata,
    Column("id", PlainText, primary_key=True),
    Column("username", PlainText, nullable=False),
    Column("username_key", PlainText, nullable=False, unique=True),  # as it is compared
    Column("person_id", PlainText, nullable=False, unique=True),
    Column("password_hash", PlainText, nullable=False),  # argon2id; "": no password yet
    Column("totp_secret", PlainText, nullable=False),  # sealed; "": not in use
    Column("totp_step", Whole, nullable=False),  # the last half-minute whose code was used
    Column("disabled", Flag, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("password_at", Instant),
)

# A workstation's store. It belongs to one account for as long as it exists.
device = Table(
    "device",
    server_metadata,
    Column("client_id", PlainText, primary_key=True),
    Column("account_id", PlainText, nullable=False),
    Column("name", PlainText, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("last_seen_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("lost_at", Instant),  # the store destroys itself when it calls
)
Index("ix_device_account", device.c.account_id)

enrolment = Table(
    "enrolment",
    server_metadata,
    Column("token_hash", PlainText, primary_key=True),
    Column("account_id", PlainText, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("used_by", PlainText, nullable=False),  # client id
    Column("nonce", PlainText, nullable=False),  # what the first pair of tokens is derived with
)
Index("ix_enrolment_account", enrolment.c.account_id)

# That a workstation's own register may be taken in, given with a joining code.
adoption = Table(
    "adoption",
    server_metadata,
    Column("token_hash", PlainText, primary_key=True),
    Column("account_id", PlainText, nullable=False),
    Column("person_id", PlainText, nullable=False),
    Column("client_id", PlainText, nullable=False),  # "" while the code has not been used
    Column("made_at", Instant, nullable=False),
    Column("floors", Json),  # series → numbers below this had been given before; None: it has not begun
    Column("heads", Json),  # chain → [entries, hash of the last] of the workstation's own journal
    Column("ended_at", Instant),
)
Index("ix_adoption_client", adoption.c.client_id)

# One sign-in and all the tokens that followed from it.
family = Table(
    "token_family",
    server_metadata,
    Column("id", PlainText, primary_key=True),
    Column("account_id", PlainText, nullable=False),
    Column("client_id", PlainText, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("why", PlainText, nullable=False),  # signed_out | replaced | reused | revoked | lost
)
Index("ix_token_family_client", family.c.client_id)
Index("ix_token_family_account", family.c.account_id)

refresh_token = Table(
    "refresh_token",
    server_metadata,
    Column("token_hash", PlainText, primary_key=True),
    Column("family_id", PlainText, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("rotated_at", Instant),
    Column("nonce", PlainText, nullable=False),  # what its successor is derived with
    Column("successor", PlainText, nullable=False),  # hash
    Column("used", Flag, nullable=False),  # it, or the access token given with it, has come back
)
Index("ix_refresh_token_family", refresh_token.c.family_id)

access_token = Table(
    "access_token",
    server_metadata,
    Column("token_hash", PlainText, primary_key=True),
    Column("family_id", PlainText, nullable=False),
    Column("refresh_hash", PlainText, nullable=False),  # the refresh token given with it
    Column("expires_at", Instant, nullable=False),
    Column("used", Flag, nullable=False),
)
Index("ix_access_token_family", access_token.c.family_id)

# Failed attempts, for each account and known device, and for each account and all unknown devices together.
failure = Table(
    "sign_in_failure",
    server_metadata,
    Column("budget", PlainText, primary_key=True),
    Column("tries", Whole, nullable=False),
    Column("last_at", Instant, nullable=False),
    Column("until", Instant),
    Column("account_id", PlainText),  # whose, where there is such an account
    Column("refused", Whole),  # tries that the audit does not tell of yet
)
Index("ix_sign_in_failure_last", failure.c.last_at)
