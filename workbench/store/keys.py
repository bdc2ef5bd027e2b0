"""Keys (avaimet): one random data key, wrapped separately for each way in.

``keys.json`` holds the data key wrapped by a secret in the operating system's key ring, by a passphrase
(argon2id) and by the recovery key shown once at set-up. The file travels in every backup: with any one
secret the store opens, without one it is noise. A demonstration profile holds nothing worth hiding and
carries its secret openly, so that a trial needs no set-up.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from workbench.errors import StorageProblem, UserError
from workbench.i18n import _
from workbench.store.files import write_atomically

PASSPHRASE_VARIABLE = "WORKBENCH_PASSPHRASE"
_SERVICE = "seutupoyta"
# OWASP's and RFC 9106's second recommended choice for desktops: 64 MiB, three passes, four lanes.
_ARGON = {"time_cost": 3, "memory_cost": 65536, "parallelism": 4}


class SecretStore(Protocol):
    """The operating system's key ring, or a test's own."""

    def get(self, name: str) -> str | None: ...

    def set(self, name: str, secret: str) -> bool:
        """False when the machine has no key ring."""
        ...


class SystemKeyring:
    """The key ring of the operating system (Windows Credential Manager, Secret Service, Keychain)."""

    def get(self, name: str) -> str | None:
        import keyring
        from keyring.errors import KeyringError

        try:
            return keyring.get_password(_SERVICE, name)
        except KeyringError:
            return None

    def set(self, name: str, secret: str) -> bool:
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.set_password(_SERVICE, name, secret)
        except KeyringError:
            return False
        return keyring.get_password(_SERVICE, name) == secret


@dataclass(frozen=True)
class KeySet:
    """An opened data key and what is derived from it."""

    data_key: bytes

    def database_key(self) -> str:
        """64 hex digits for SQLCipher's raw key."""
        return _derive(self.data_key, b"database").hex()

    def blob_key(self) -> bytes:
        """32 bytes for blobs."""
        return _derive(self.data_key, b"blobs")

    def backup_key(self) -> bytes:
        """32 bytes for backups."""
        return _derive(self.data_key, b"backups")


def create_keys(
    path: Path, profile: str, *, passphrase: str | None, ring: SecretStore | None, demo: bool
) -> tuple[KeySet, str]:
    """Make a data key and its wraps; return it with the recovery key, which is shown once and kept
    nowhere."""
    data_key = secrets.token_bytes(32)
    recovery = new_recovery_key()
    wraps: dict[str, Any] = {"recovery": _wrap_plain(data_key, _recovery_bytes(recovery))}
    if passphrase:
        wraps["passphrase"] = _wrap_passphrase(data_key, passphrase)
    if ring is not None:
        secret = secrets.token_hex(32)
        if ring.set(profile, secret):
            wraps["keyring"] = _wrap_plain(data_key, bytes.fromhex(secret))
    if demo:
        open_secret = secrets.token_bytes(32)
        wraps["demonstration"] = _wrap_plain(data_key, open_secret) | {"secret": open_secret.hex()}
    if set(wraps) == {"recovery"}:
        raise _no_way_in()
    _write(path, profile, wraps)
    return KeySet(data_key), recovery


def open_keys(path: Path, *, passphrase: str | None, ring: SecretStore | None) -> KeySet:
    """Unwrap the data key by the first way that works: demonstration, passphrase, key ring."""
    content = _read(path)
    wraps = content["wraps"]
    if "demonstration" in wraps:
        wrap = wraps["demonstration"]
        key = _unwrap_plain(wrap, bytes.fromhex(wrap["secret"]))
        if key:
            return KeySet(key)
    if passphrase and "passphrase" in wraps:
        key = _unwrap_passphrase(wraps["passphrase"], passphrase)
        if key:
            return KeySet(key)
        raise UserError(_("Salalause ei ole oikea."), field="passphrase", code="wrong_passphrase")
    if ring is not None and "keyring" in wraps:
        secret = ring.get(content["profile"])
        key = _unwrap_plain(wraps["keyring"], bytes.fromhex(secret)) if secret else None
        if key:
            return KeySet(key)
    raise UserError(
        _(
            "Tietovarastoa ei voi avata: avainta ei löytynyt avainnipusta. Anna salalause "
            "ympäristömuuttujassa {name} tai palauta varasto palautusavaimella."
        ).format(name=PASSPHRASE_VARIABLE),
        code="no_key",
    )


def open_with_recovery(path: Path, recovery: str) -> KeySet:
    """Unwrap with the recovery key shown at set-up; blanks, dashes and case do not matter."""
    key = _unwrap_plain(_read(path)["wraps"]["recovery"], _recovery_bytes(recovery))
    if key is None:
        raise UserError(_("Palautusavain ei ole oikea."), field="recovery_key", code="wrong_recovery_key")
    return KeySet(key)


def rewrap(path: Path, keys: KeySet, *, passphrase: str | None, ring: SecretStore | None) -> None:
    """Give a restored store a new passphrase or key-ring secret on this machine; the recovery key stays.
    Refused when neither can be had: the store could not be opened here."""
    content = _read(path)
    wraps = content["wraps"]
    profile = secrets.token_hex(8)
    opens_here = "demonstration" in wraps
    if passphrase:
        wraps["passphrase"] = _wrap_passphrase(keys.data_key, passphrase)
        opens_here = True
    if ring is not None:
        secret = secrets.token_hex(32)
        if ring.set(profile, secret):
            wraps["keyring"] = _wrap_plain(keys.data_key, bytes.fromhex(secret))
            opens_here = True
    if not opens_here:
        raise _no_way_in()
    _write(path, profile, wraps)


def set_recovery_key(path: Path, keys: KeySet, recovery: str) -> None:
    """Let this recovery key open the store, and the former one no more. Backups made before hold the former
    wrap: they open with the former key."""
    content = _read(path)
    content["wraps"]["recovery"] = _wrap_plain(keys.data_key, _recovery_bytes(recovery))
    _write(path, content["profile"], content["wraps"])


def _no_way_in() -> UserError:
    return UserError(
        _(
            "Tällä koneella ei ole avainnippua, johon avain voitaisiin tallettaa. Anna salalause "
            "ympäristömuuttujassa {name}."
        ).format(name=PASSPHRASE_VARIABLE),
        code="no_keyring",
    )


def _write(path: Path, profile: str, wraps: dict[str, Any]) -> None:
    content = {"format": 1, "profile": profile, "wraps": wraps}
    write_atomically(path, json.dumps(content, indent=1).encode())
    if os.name == "posix":
        path.chmod(0o600)


def _read(path: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if not {"nonce", "wrapped"} <= content["wraps"]["recovery"].keys() or not content["profile"]:
            raise ValueError("not a key file")
    except FileNotFoundError as error:
        raise StorageProblem(_("Avaintiedosto puuttuu: {path}").format(path=path)) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise StorageProblem(
            _("Avaintiedosto on vaurioitunut: {path}. Palauta se varmuuskopiosta.").format(path=path)
        ) from error
    return content


def _derive(key: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, None, b"seutupoyta " + purpose).derive(key)


def new_recovery_key() -> str:
    """160 random bits in eight groups of four letters and digits that cannot be misread."""
    text = base64.b32encode(secrets.token_bytes(20)).decode()
    return "-".join(text[i : i + 4] for i in range(0, 32, 4))


def _recovery_bytes(recovery: str) -> bytes:
    text = "".join(c for c in recovery.upper() if c.isalnum()).replace("0", "O").replace("1", "I")
    try:
        return _derive(base64.b32decode(text), b"recovery")
    except ValueError as error:
        raise UserError(
            _("Palautusavaimessa on 32 merkkiä: kirjaimia A–Z ja numeroita 2–7."), field="recovery_key"
        ) from error


def _wrap_plain(data_key: bytes, secret: bytes) -> dict[str, str]:
    nonce = secrets.token_bytes(12)
    return {"nonce": nonce.hex(), "wrapped": AESGCM(secret).encrypt(nonce, data_key, None).hex()}


def _unwrap_plain(wrap: dict[str, Any], secret: bytes) -> bytes | None:
    try:
        return AESGCM(secret).decrypt(bytes.fromhex(wrap["nonce"]), bytes.fromhex(wrap["wrapped"]), None)
    except InvalidTag:
        return None


def _wrap_passphrase(data_key: bytes, passphrase: str) -> dict[str, Any]:
    salt = secrets.token_bytes(16)
    return _wrap_plain(data_key, _stretch(passphrase, salt, _ARGON)) | {
        "salt": salt.hex(),
        "argon2id": _ARGON,
    }


def _unwrap_passphrase(wrap: dict[str, Any], passphrase: str) -> bytes | None:
    return _unwrap_plain(wrap, _stretch(passphrase, bytes.fromhex(wrap["salt"]), wrap["argon2id"]))


def _stretch(passphrase: str, salt: bytes, cost: dict[str, int]) -> bytes:
    return hash_secret_raw(passphrase.encode(), salt, hash_len=32, type=Type.ID, **cost)
