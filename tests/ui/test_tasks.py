"""Work off the window's thread: one writer, the newest answer wins, nothing is lost at closing time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.fakes.store import FakeChanges, FakeStore, Rename
from workbench.errors import StorageProblem, UserError
from workbench.ui import tasks as module
from workbench.ui.tasks import ForeignChange, Tasks


def test_a_command_is_done_on_the_writer_and_told_on_the_window_s_thread(
    tasks: Tasks, store: FakeStore, qtbot: QtBot
) -> None:
    heard: list[tuple[str, int]] = []
    page = QObject()
    with qtbot.waitSignal(tasks.store_changed) as told:
        tasks.run_command(
            Rename(1, "Uusi"), initiator=page, done=lambda c: heard.append((c.title, threading.get_ident()))
        )
    assert heard == [("Nimetty: Uusi", threading.get_ident())]
    assert store.rows[1] == "Uusi" and told.args[1] is page


def test_exactly_one_thread_writes_and_in_order(tasks: Tasks, store: FakeStore, qtbot: QtBot) -> None:
    done: list[str] = []
    for n in range(30):
        tasks.run_command(Rename(1, f"n{n}"), done=lambda c: done.append(c.title))
    qtbot.waitUntil(lambda: len(done) == 30)
    assert done == [f"Nimetty: n{n}" for n in range(30)]
    assert store.writers == {"writer"}


def test_the_newest_query_wins_though_the_old_one_ends_later(tasks: Tasks, qtbot: QtBot) -> None:
    page, got, release = QObject(), [], threading.Event()

    def slow(_reader: Any) -> str:
        release.wait(5)
        return "old"

    tasks.run_query(page, "list", slow, done=got.append)
    tasks.run_query(page, "list", lambda _r: "new", done=got.append)
    qtbot.waitUntil(lambda: got == ["new"])
    release.set()
    tasks.run_query(page, "other", lambda _r: "later", done=got.append)
    qtbot.waitUntil(lambda: "later" in got)
    qtbot.wait(30)
    assert got == ["new", "later"]


def test_queries_that_were_overtaken_in_the_queue_never_run(qtbot: QtBot) -> None:
    opened: list[int] = []
    gate = threading.Event()

    @contextmanager
    def reader() -> Iterator[None]:
        gate.wait(5)
        opened.append(1)
        yield

    tasks = Tasks(lambda c: c, reader, readers=1)
    page, got = QObject(), []
    for n in range(20):
        tasks.run_query(page, "typing", lambda _r, n=n: n, done=got.append)
    gate.set()
    qtbot.waitUntil(lambda: got == [19])
    assert len(opened) <= 2
    tasks.shutdown()


def test_a_query_may_answer_in_parts_out_of_one_reading(tasks: Tasks, qtbot: QtBot) -> None:
    page, got, readers, rest = QObject(), [], [], threading.Event()

    def parts(reader: Any, upto: int) -> Iterator[int]:
        readers.append(reader)
        yield 1
        rest.wait(5)
        yield from range(2, upto)

    tasks.run_query(page, "list", parts, 5, done=got.append)
    qtbot.waitUntil(lambda: got == [1])
    rest.set()
    qtbot.waitUntil(lambda: got == [1, 2, 3, 4])
    assert len(readers) == 1


def test_a_query_in_parts_that_was_replaced_reads_no_further(tasks: Tasks, qtbot: QtBot) -> None:
    page, got, went_on, ended, rest = QObject(), [], [], threading.Event(), threading.Event()

    def parts(_reader: Any) -> Iterator[str]:
        try:
            yield "old"
            rest.wait(5)
            yield "old, more"
            went_on.append(1)
            yield "old, the rest"
        finally:
            ended.set()

    tasks.run_query(page, "list", parts, done=got.append)
    qtbot.waitUntil(lambda: got == ["old"])
    tasks.run_query(page, "list", lambda _r: "new", done=got.append)
    rest.set()
    qtbot.waitUntil(lambda: got == ["old", "new"] and ended.is_set() and tasks.is_resting())
    assert got == ["old", "new"] and went_on == []


def test_it_tells_when_every_query_has_been_answered(tasks: Tasks, qtbot: QtBot) -> None:
    page, got, release = QObject(), [], threading.Event()
    assert tasks.is_resting()
    tasks.run_query(page, "slow", lambda _r: release.wait(5), done=got.append)
    tasks.run_query(page, "quick", lambda _r: True, done=got.append)
    for n in range(5):  # those overtaken in the queue count too
        tasks.run_query(page, "typing", lambda _r, n=n: n, done=got.append)
    qtbot.waitUntil(lambda: 4 in got)
    assert not tasks.is_resting()
    with qtbot.waitSignal(tasks.rested):
        release.set()
    assert tasks.is_resting() and len(got) >= 3


def test_a_failed_query_is_answered_too(tasks: Tasks, qtbot: QtBot) -> None:
    def refused(_reader: Any) -> None:
        raise UserError("Ei käy.")

    with qtbot.waitSignals([tasks.rested, tasks.refused]):
        tasks.run_query(page := QObject(), "k", refused, done=lambda _r: None)
    assert page is not None and tasks.is_resting()


def test_an_answer_for_a_page_that_is_gone_is_dropped(tasks: Tasks, qtbot: QtBot) -> None:
    got: list[int] = []
    page = QObject()
    gate = threading.Event()
    tasks.run_query(page, "k", lambda _r: gate.wait(5), done=got.append)
    page.deleteLater()
    qtbot.wait(20)
    gate.set()
    qtbot.wait(50)
    assert got == []


def test_a_user_error_goes_to_the_page_or_else_is_said(tasks: Tasks, qtbot: QtBot) -> None:
    got: list[Exception] = []
    tasks.run_command(Rename(1, ""), failed=got.append)
    qtbot.waitUntil(lambda: bool(got))
    assert isinstance(got[0], UserError) and got[0].field == "title"
    with qtbot.waitSignal(tasks.refused) as said:
        tasks.run_command(Rename(1, ""))
    assert said.args == ["Nimi puuttuu. Kirjoita asialle nimi."]


def test_a_bug_is_reported_without_what_was_worked_on_and_the_program_goes_on(
    tasks: Tasks, qtbot: QtBot
) -> None:
    def broken(_reader: Any) -> None:
        raise RuntimeError("Aino Aho 010101-123N")

    page, failed = QObject(), []
    with qtbot.waitSignal(tasks.broke) as told:
        tasks.run_query(page, "k", broken, done=failed.append, failed=failed.append)
    report = told.args[0].report
    assert "RuntimeError" in report and "Aino" not in report and "010101" not in report
    assert "/home/" not in report and "/tmp/" not in report
    assert len(failed) == 1
    with qtbot.waitSignal(tasks.store_changed):
        tasks.run_command(Rename(2, "toimii"))


def test_the_surroundings_failing_raises_the_banner_and_the_command_is_tried_again(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "RETRIES_S", (0.01, 0.01))
    tries: list[int] = []

    def execute(command: Rename) -> FakeChanges:
        tries.append(1)
        if len(tries) < 3:
            raise StorageProblem("Levy on täynnä.")
        return FakeChanges(command.command_id, "Nimetty")

    tasks = Tasks(execute, FakeStore({}).reader)
    troubles: list[str] = []
    tasks.trouble.connect(troubles.append)
    with qtbot.waitSignal(tasks.store_changed):
        tasks.run_command(Rename(1, "x"))
    assert troubles == ["Levy on täynnä.", "Levy on täynnä.", ""]
    tasks.shutdown()


def test_another_process_s_commit_is_told(store: FakeStore, qtbot: QtBot) -> None:
    tasks = Tasks(store.execute, store.reader, data_version=store.data_version, poll_s=0.01)
    qtbot.wait(50)
    with qtbot.waitSignal(tasks.store_changed, timeout=2000) as told:
        store.version = 2
    assert isinstance(told.args[0], ForeignChange) and told.args[1] is None
    tasks.shutdown()


def test_closing_finishes_every_queued_write(store: FakeStore, qtbot: QtBot) -> None:
    def slow(command: Rename) -> FakeChanges:
        time.sleep(0.005)
        return store.execute(command)

    tasks = Tasks(slow, store.reader)
    for n in range(1, 21):
        tasks.run_command(Rename(n, "tallessa"))
    assert tasks.shutdown(10)
    assert all(store.rows[n] == "tallessa" for n in range(1, 21))
    with pytest.raises(RuntimeError):
        tasks.run_command(Rename(1, "myöhässä"))


def test_a_page_that_fails_on_its_answer_does_not_stop_the_others(tasks: Tasks, qtbot: QtBot) -> None:
    got: list[str] = []
    faults: list[object] = []
    tasks.broke.connect(faults.append)

    def fail(_changes: object) -> None:
        raise ValueError("sivu rikki")

    with qtbot.waitSignal(tasks.store_changed):
        tasks.run_command(Rename(1, "a"), done=fail)
    for n in range(5):
        tasks.run_command(Rename(1, f"b{n}"), done=lambda c: got.append(c.title))
    qtbot.waitUntil(lambda: len(got) == 5)
    assert len(faults) == 1


def test_calling_from_another_thread_is_refused(tasks: Tasks) -> None:
    caught: list[Exception] = []

    def call() -> None:
        try:
            tasks.run_command(Rename(1, "x"))
        except RuntimeError as error:
            caught.append(error)

    thread = threading.Thread(target=call)
    thread.start()
    thread.join()
    assert len(caught) == 1
