"""Passwords (argon2id) and one-time codes (TOTP, RFC 6238)."""

from __future__ import annotations

import hmac
from datetime import datetime
from functools import cache

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from workbench.errors import UserError
from workbench.i18n import _

SHORTEST, LONGEST = 12, 256
_STEP = 30
_DUMMY_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def hash_password(hasher: PasswordHasher, username: str, password: str) -> str:
    """The argon2id hash of a password fit for use; says what is wrong with one that is not."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise UserError(
            _("Salasanassa on oltava {least}–{most} merkkiä.").format(least=SHORTEST, most=LONGEST),
            field="password",
        )
    if username.casefold() in password.casefold() or len(set(password)) < 5:
        raise UserError(
            _("Salasana on liian helppo arvata. Valitse esimerkiksi neljä toisiinsa liittymätöntä sanaa."),
            field="password",
        )
    return hasher.hash(password)


@cache
def _dummy(hasher: PasswordHasher) -> str:
    return hasher.hash("nobody's password")


def matches(hasher: PasswordHasher, stored: str, password: str) -> bool:
    """Whether a password is the stored one. Without a stored one it takes as long and is false."""
    try:
        right = hasher.verify(stored or _dummy(hasher), password[: LONGEST + 1].encode("utf-8", "replace"))
    except (VerificationError, InvalidHashError):
        return False
    return right and bool(stored)


def new_secret() -> str:
    """A secret for an authenticator: 160 bits in base32."""
    return pyotp.random_base32()


def provisioning(secret: str, username: str) -> str:
    """The address an authenticator reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name="Seutupöytä")


def step_of(secret: str, code: str, now: datetime) -> int:
    """The half-minute a code is right for, this one or one beside it; 0 when it is wrong. Without a secret it
    takes as long and is 0."""
    totp = pyotp.TOTP(secret or _DUMMY_SECRET)
    digits = "".join(code.split()).encode("utf-8", "replace")
    present = int(now.timestamp()) // _STEP
    found = 0
    for step in (present - 1, present, present + 1):
        if hmac.compare_digest(totp.generate_otp(step).encode(), digits):
            found = step
    return found if secret else 0
