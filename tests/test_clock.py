"""Instants as they are written down."""

from __future__ import annotations

from datetime import UTC, datetime

from workbench.clock import FINLAND, from_text, to_text


def test_the_hour_that_comes_twice_is_two_instants() -> None:
    first = datetime(2026, 10, 25, 3, 30, tzinfo=FINLAND)
    second = first.replace(fold=1)
    assert first == second  # to a comparison within the zone, which a memory of texts must not rest on
    assert (to_text(first), to_text(second)) == ("2026-10-25T00:30:00.000000Z", "2026-10-25T01:30:00.000000Z")
    assert from_text(to_text(second)) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
