"""The quick way of writing canonical JSON says the same to the letter: audits hang on it."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from workbench.server.plain_json import plain_json
from workbench.store.types import canonical_json

TEXTS = st.text(st.characters())
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_the_quick_way_says_the_same(value: Any) -> None:
    assert str(plain_json(value)) == canonical_json(value)
