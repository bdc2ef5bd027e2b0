"""Canonical JSON of what the server itself makes, several times as quick."""

from __future__ import annotations

from typing import Any

import orjson

from workbench.store.types import Encoded, canonical_json


def plain_json(value: Any) -> Encoded:
    """The same text as :func:`canonical_json` of a value of texts, whole numbers, truth values, None, lists and
    dictionaries by text. Fractions are written otherwise, so none may be in it."""
    try:
        return Encoded(orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode())
    except TypeError:
        return Encoded(canonical_json(value))  # half a character, or a number beyond 64 bits
