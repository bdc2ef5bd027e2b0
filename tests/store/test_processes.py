"""Several real processes on one store, and processes that are killed at a random moment."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.fakes.registering import content
from tests.fakes.world import World
from workbench.cases.tables import case_file
from workbench.store.check import check_store

ROOT = Path(__file__).resolve().parents[2]


def start(w: World, label: str, count: int) -> subprocess.Popen[str]:
    arguments = [str(w.home), json.dumps(w.ring.secrets), label, str(count)]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.fakes.registering", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def together(w: World, each: int) -> None:
    w.store.close()
    children = [start(w, label, each) for label in ("a", "b")]
    printed = [child.communicate(timeout=600) for child in children]
    assert [child.returncode for child in children] == [0, 0], printed[0][1] + printed[1][1]
    numbers = [line.split()[0] for out, _err in printed for line in out.splitlines()]
    running = sorted(int(n.split("/")[0]) for n in numbers)
    assert running == list(range(1, 2 * each + 1))
    w.reopen()
    assert check_store(w.store) == []
    w.index()
    assert len(w.rows("case_file")) == 2 * each == len(w.rows("document_version"))


def test_two_processes_number_one_register_without_gap_or_double(sealed: World) -> None:
    together(sealed, 25)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_two_processes_register_two_hundred_letters_each(sealed: World) -> None:
    together(sealed, 200)


def killed(w: World, times: int) -> None:
    chance = random.Random(times)
    w.store.close()
    confirmed: dict[str, str] = {}
    for round_ in range(times):
        child = start(w, f"k{round_}", 10_000)
        assert child.stdout is not None
        lines = [child.stdout.readline()]  # it is at work
        time.sleep(chance.uniform(0, 0.15))
        child.kill()
        rest, error = child.communicate(timeout=60)
        # A line cut in the middle was not yet said.
        lines += [line for line in rest.splitlines(keepends=True) if line.endswith("\n")]
        assert lines[0], error
        confirmed |= dict(line.split() for line in lines)
        w.reopen()
        assert w.store.ended_uncleanly
        assert check_store(w.store, thorough=False) == []  # every content is read at the end
        with w.store.reader() as connection:
            stored = set(
                connection.execute(case_file.select().with_only_columns(case_file.c.number)).scalars()
            )
        assert stored >= set(confirmed), "a number that was shown is gone"
        w.store.close()
    w.reopen()
    shas = {v["case_id"]: v["sha256"] for v in w.rows("document_version")}
    cases = {c["number"]: c for c in w.rows("case_file")}
    for number, sha256 in confirmed.items():
        assert shas[cases[number]["id"]] == sha256
        label, n = cases[number]["title"].split()[1:]
        assert w.store.blobs.read("924", sha256) == content(label, int(n))
    running = sorted(c["running"] for c in cases.values())
    assert running == list(range(1, len(running) + 1))
    left = list((w.home / "blobs").glob("*/??/*.tmp"))
    w.store.purge_deleted()
    assert check_store(w.store) == [] and [p for p in left if not p.exists()] == [], "it may be at work"
    for path in left:
        os.utime(path, (0, 0))
    w.store.purge_deleted()
    assert list((w.home / "blobs").glob("*/??/*.tmp")) == [] and check_store(w.store) == []


def test_killed_at_random_moments_nothing_confirmed_is_lost(sealed: World) -> None:
    killed(sealed, 8)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_killed_fifty_times(sealed: World) -> None:
    killed(sealed, 50)
