"""Long work: progress, cancel, result, order."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from workbench.errors import UserError
from workbench.ui.jobs import Cancelled, Jobs, Progress


@pytest.fixture
def jobs(qapp: object) -> Iterator[Jobs]:
    made = Jobs(at_once=1)
    yield made
    made.shutdown()


def test_a_job_gives_its_result_on_the_window_s_thread(jobs: Jobs, qtbot: QtBot) -> None:
    got: list[object] = []
    jobs.start("Vie luettelo", lambda _p: 7, done=lambda r: got.append((r, threading.get_ident())))
    qtbot.waitUntil(lambda: got == [(7, threading.get_ident())])
    assert jobs.unfinished() == []


def test_cancel_takes_effect_at_the_next_step_and_frees_the_place(jobs: Jobs, qtbot: QtBot) -> None:
    started = threading.Event()
    failed: list[Exception] = []

    def endless(progress: Progress) -> None:
        n = 0
        while True:
            n += 1
            progress.step(n, 1000, f"rivi {n}")
            started.set()
            threading.Event().wait(0.001)

    job = jobs.start("Pitkä", endless, failed=failed.append)
    second: list[int] = []
    waiting = jobs.start("Seuraava", lambda _p: 1, done=second.append)
    started.wait(5)
    assert waiting.state == "waiting" and job.progress.seen()[1] == 1000
    jobs.cancel(job)
    qtbot.waitUntil(lambda: second == [1])
    assert job.state == "cancelled" and isinstance(failed[0], Cancelled)


def test_a_waiting_job_is_cancelled_at_once(jobs: Jobs, qtbot: QtBot) -> None:
    gate = threading.Event()
    jobs.start("Ensimmäinen", lambda _p: gate.wait(5))
    ran: list[int] = []
    waiting = jobs.start("Toinen", lambda _p: ran.append(1))
    jobs.cancel(waiting)
    assert waiting.state == "cancelled"
    gate.set()
    qtbot.waitUntil(lambda: not jobs.unfinished())
    assert ran == []


def test_a_refusal_nobody_takes_is_said(jobs: Jobs, qtbot: QtBot) -> None:
    def refuse(_progress: Progress) -> None:
        raise UserError("Kansioon ei voi kirjoittaa.")

    with qtbot.waitSignal(jobs.refused) as said:
        jobs.start("Vie", refuse)
    assert said.args == ["Kansioon ei voi kirjoittaa."]
