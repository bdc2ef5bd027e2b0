"""The random region; see :mod:`tests.sync.machine`."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.sync.counting import COUNTED, report
from tests.sync.machine import Machine

FEW = settings(
    max_examples=12,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
MANY = settings(FEW, max_examples=400, stateful_step_count=50)


@pytest.mark.timeout(300)
def test_a_random_region() -> None:
    run_state_machine_as_test(Machine, settings=FEW)


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_many_random_regions() -> None:
    run_state_machine_as_test(Machine, settings=MANY)
    print(report())
    for what in (
        "applied",
        "conflicts",
        "crashed",
        "granted",
        "revoked",
        "restored",
        "late answers",
        "replaced",
        "numbered offline",
        "series: take",
        "series: give_back",
        "series broken",
    ):
        assert COUNTED[what], f"the machine never did: {what}"
