"""Canonical JSON is to the letter what Python's own encoder writes: audits hang on it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workbench.store.canonical import canonical_json, read_json

PYTHONS = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))
TEXTS = st.text(st.characters())
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
@example(1e16)
@example({"a": [1, 1e-7], "b": ":1.5"})
@example({"a": (1.0, {"b": 2**70})})
@example({"b": "half a character: \ud800"})
def test_it_is_what_python_writes(value: Any) -> None:
    assert canonical_json(value) == PYTHONS.encode(value)


@given(VALUES)
def test_it_is_read_back(value: Any) -> None:
    text = canonical_json(value)
    assert canonical_json(read_json(text)) == text


@pytest.mark.parametrize("value", [datetime(2026, 11, 25, tzinfo=UTC), {1, 2}, object()])
def test_what_json_has_no_word_for_is_an_error(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_json({"value": value})
