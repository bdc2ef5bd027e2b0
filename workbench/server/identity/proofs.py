"""Tokens and what proves them; sealing of what the database must not tell.

Tokens are 256 random bits, or derived by the server's key from one that is: such a secret needs no slow hash.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from workbench.errors import StorageProblem
from workbench.i18n import _


def new_token() -> str:
    """43 characters of base64url."""
    return secrets.token_urlsafe(32)


def new_nonce() -> str:
    """128 random bits, hex."""
    return secrets.token_hex(16)


def proof_of(token: str) -> str:
    """What the database keeps of a token: SHA-256, hex."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def derived(key: bytes, purpose: str, nonce: str, token: str) -> str:
    """A token that only whoever has the server's key, the nonce and the former token can make: asked again, it
    is the same, though nothing keeps it."""
    message = f"{purpose}\n{nonce}\n{token}".encode("utf-8", "surrogatepass")
    return base64.urlsafe_b64encode(hmac.digest(key, message, "sha256")).decode().rstrip("=")


def budget_name(key: bytes, *parts: str) -> str:
    """A name that does not tell whose it is, not even which names were guessed."""
    return hmac.new(key, "\n".join(("budget", *parts)).encode("utf-8", "surrogatepass"), "sha256").hexdigest()


def seal(key: bytes, secret: str, bound: str) -> str:
    """A secret for the database; ``bound`` is the row it belongs to."""
    nonce = secrets.token_bytes(12)
    return base64.b64encode(nonce + _cipher(key).encrypt(nonce, secret.encode(), bound.encode())).decode()


def unseal(key: bytes, sealed: str, bound: str) -> str:
    """Inverse of :func:`seal`."""
    raw = base64.b64decode(sealed)
    try:
        return _cipher(key).decrypt(raw[:12], raw[12:], bound.encode()).decode()
    except InvalidTag as error:
        raise StorageProblem(_("Palvelimen avain ei ole se, jolla tietokanta on tehty.")) from error


def _cipher(key: bytes) -> AESGCM:
    return AESGCM(hmac.digest(key, b"seal", "sha256"))
