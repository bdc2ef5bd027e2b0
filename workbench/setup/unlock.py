"""Whether a home is opened with a passphrase (salalause), told without opening it."""

from __future__ import annotations

import json
from pathlib import Path

from workbench.errors import UserError
from workbench.store.store import keys_path

_CODES = frozenset({"no_key", "wrong_passphrase"})


def asks_passphrase(home: Path, error: UserError) -> bool:
    """True when an error of opening is mended by typing the passphrase."""
    if error.code not in _CODES:
        return False
    try:
        content = json.loads(keys_path(home).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return "passphrase" in content.get("wraps", {})
