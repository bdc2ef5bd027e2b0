"""The window's composition root: opens the home, builds every service, shows the shell.

It alone may import everything. Start-up does as little as it can before the first page is in sight; the other
pages' modules, the word lexicon, a check after an unclean end and the indexing of what waits all come after.
"""

from __future__ import annotations

import gc
import linecache
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.context import Session
from workbench.desk import Desk
from workbench.errors import StorageProblem, UserError
from workbench.i18n import _, use_language
from workbench.opening import LazyWords, acting_person, default_home, open_home
from workbench.organisation.model import ROLE_NAMES, Role
from workbench.organisation.queries import load_home_municipality, load_own_municipalities
from workbench.store.store import Store, database_path
from workbench.store.undo import Undo

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from workbench.organisation.queries import MunicipalityRow
    from workbench.ui.shell import Acting, MainWindow
    from workbench.ui.theme.manager import Theme

CLOSE_AFTER_VARIABLE = "WORKBENCH_CLOSE_AFTER"
"""Seconds after which the window closes by itself: for trying the start without a person."""
COLLECT_AFTER_MS = 2_000
MADE_ANEW = 77
"""Exit code of the event loop when the window is to be built again on the same store."""


def run_window(home: Path | None = None, person: str = "", *, demo_if_empty: bool = False) -> int:
    """Open the window. Where there is no store yet, the person is asked what to do; ``demo_if_empty`` makes
    the demonstration region at once.

    Returns the exit code. What stops a window from opening is told on standard error.
    """
    from workbench.ui import preflight

    trouble = preflight.report()
    if trouble:
        sys.stderr.write(trouble + "\n")
        return 2
    home = home or default_home()

    from workbench.ui.models.settings import Settings
    from workbench.ui.theme.manager import prepare_scale

    settings = Settings(home / "settings.json")
    use_language(settings.get("language"))
    prepare_scale(settings.get("scale"))

    from PySide6.QtCore import QEvent, QTimer
    from PySide6.QtWidgets import QApplication

    app = QApplication(sys.argv[:1])
    app.setApplicationName(_("Seutupöytä"))
    from workbench.ui.theme.manager import Theme

    theme = Theme(
        app, settings.get("theme"), compact=settings.get("compact"), language=settings.get("language")
    )
    try:
        store = _opened(home, demo_if_empty=demo_if_empty)
    except (UserError, StorageProblem) as error:
        sys.stderr.write(str(error) + "\n")
        from workbench.ui.dialogs import QtDialogs

        QtDialogs().message(_("Tietovarastoa ei voi avata"), str(error))
        return 1
    if store is None:
        return 0
    try:
        QTimer.singleShot(COLLECT_AFTER_MS, lambda: _collect_again(app))
        while True:
            window = build_window(app, store, settings, person=person, theme=theme)
            window.show()
            seconds = float(os.environ.get(CLOSE_AFTER_VARIABLE, "0"))
            if seconds:
                QTimer.singleShot(round(seconds * 1000), window, window.close)
            code = int(app.exec())
            if code != MADE_ANEW:
                return code
            window.close()
            window.deleteLater()
            app.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)
    finally:
        store.close()


def _collect_again(app: QApplication) -> None:
    """The start is over. What it made stays until the end, so the collector need never look at it again; the
    source texts that Qt's binding has read of every module (8 MB) do not."""
    from workbench.ui.collector import Collector

    linecache.clearcache()
    gc.freeze()
    Collector(app)


def _opened(home: Path, *, demo_if_empty: bool) -> Store | None:
    """The store of a home. An empty home is started by the person's choice, a passphrase is asked where no
    key ring has the key; None when the person would rather not."""
    passphrase = ""
    if not database_path(home).exists():
        from PySide6.QtCore import QTimer

        from workbench.clock import SystemClock
        from workbench.opening import system_ring
        from workbench.ui.collector import Collector
        from workbench.ui.start.window import StartWindow

        start = StartWindow(home, clock=SystemClock(), ring=system_ring())
        Collector(start)  # making a region takes a while and leaves much behind
        if demo_if_empty:
            QTimer.singleShot(0, start, start.start_demo)
        if not start.exec():
            return None
        passphrase = start.passphrase

    def update(work: Callable[[Callable[[str], None]], None]) -> None:
        from workbench.ui.start.updating import run_update

        run_update(work)

    try:
        return open_home(home, passphrase=passphrase, update=update)
    except UserError as error:
        from workbench.setup.unlock import asks_passphrase

        if not asks_passphrase(home, error):
            raise
        from workbench.ui.start.passphrase import PassphraseDialog

        wrong = str(error) if error.code == "wrong_passphrase" else ""
        dialog = PassphraseDialog(lambda typed: open_home(home, passphrase=typed), wrong)
        return dialog.store if dialog.exec() else None


def build_window(
    app: QApplication, store: Store, settings: Any, *, person: str = "", theme: Theme | None = None
) -> MainWindow:
    """The shell with every service, on an opened store."""
    from workbench.ui import faults
    from workbench.ui.actions import ActionRegistry
    from workbench.ui.afterwards import Afterwards
    from workbench.ui.cases.wiring import wire_cases
    from workbench.ui.intake.install import Intake, import_action
    from workbench.ui.jobs import Jobs
    from workbench.ui.pages import all_pages
    from workbench.ui.papers.working_copy import Programs
    from workbench.ui.shell import MainWindow
    from workbench.ui.shell.pages import Lazy
    from workbench.ui.sync.presence import Presence
    from workbench.ui.sync.synchroniser import REACHED
    from workbench.ui.sync.wiring import wire_sync
    from workbench.ui.tasks import ForeignChange, Tasks
    from workbench.ui.theme.manager import Theme

    person_id = acting_person(store, person)
    with store.read_as(Session(person_id, "")) as reader:
        own = load_own_municipalities(reader)
        home = load_home_municipality(reader)
    if not own:
        raise UserError(_("Sinulla ei ole roolia missään kunnassa. Pyydä rooli pääkäyttäjältä."))
    by_code = {m.code: (m, roles) for m, roles in own}
    first = by_code.get(store.meta("last_municipality")) or by_code.get(home) or own[0]
    desk = Desk(store, Session(person_id, first[0].code))

    theme = theme or Theme(app, settings.get("theme"), compact=settings.get("compact"))
    tasks = Tasks(desk.execute, desk.reader, data_version=store.data_version)
    choices = _choices(own)
    every_role = frozenset(r.value for _m, roles in own for r in roles)
    programs = Programs(desk)
    intake = Intake(desk, programs)
    synchroniser = _synchroniser(store, tasks)
    sync = _sync_services(store, synchroniser, app)
    pages = all_pages(desk, theme, programs, sync)
    actions = ActionRegistry(own_shortcuts=settings.get("shortcuts"))
    actions.add(import_action(intake.choose))
    window = MainWindow(
        tasks=tasks,
        jobs=Jobs(),
        actions=actions,
        settings=settings,
        clock=store.clock,
        pages=pages,
        roles=every_role,
        undo_of=lambda command_id: Undo(undone=command_id),
        demo=store.is_demo,
    )

    def act(choice: Acting) -> None:
        desk.act_for(choice.municipality, choice.arrangement_id)
        window.set_acting(choices, choice)
        tasks.store_changed.emit(ForeignChange(), None)

    faults.catch(window.show_fault)
    wire_cases(window)
    wire_sync(window, synchroniser, sync)
    _at_the_end(window, synchroniser.stop)
    presence = Presence(
        window.host.currentWidget,
        sync.link,
        lambda: synchroniser.status.state in REACHED,
        window,
    )
    _at_the_end(window, presence.end)
    intake.join(window)
    window.top.acting_chosen.connect(act)

    roleless = False

    def renew(found: list[tuple[MunicipalityRow, frozenset[Role]]]) -> None:
        """A municipality was taken into use, or one's roles are others than at the start."""
        nonlocal roleless
        if not found:
            words = _("Sinulla ei ole enää roolia missään kunnassa. Pyydä rooli pääkäyttäjältä.")
            window.banner.set_trouble(words, retries=False)
        elif roleless:
            window.banner.set_trouble("")
        roleless = not found
        if found and _choices(found) != choices:
            choices[:] = _choices(found)
            here = desk.session.municipality
            window.set_acting(choices, next((c for c in choices if c.municipality == here), choices[0]))

    def follow(changes: Any, _initiator: object) -> None:
        touched = {kind for kind, _id in getattr(changes, "touched", ())}
        if not touched or touched & {"role", "municipality"}:
            tasks.run_query(window, "acting", load_own_municipalities, done=renew)

    tasks.store_changed.connect(follow)
    window.set_acting(choices, next(c for c in choices if c.municipality == first[0].code))
    Afterwards(
        tasks,
        imports=(page.factory.load_ahead for page in pages if isinstance(page.factory, Lazy)),
        deeds=(
            intake.begin,
            lambda: _behind(desk, window),
            *((synchroniser.begin, presence.begin) if store.is_joined else ()),
        ),
        parent=window,
    )
    return window


def _choices(own: list[tuple[MunicipalityRow, frozenset[Role]]]) -> list[Acting]:
    """For whom one can act, with the roles in words."""
    from workbench.ui.shell import Acting

    return [
        Acting(m.code, m.name, role=", ".join(_(ROLE_NAMES[r]) for r in Role if r in roles))
        for m, roles in own
    ]


def _behind(desk: Desk, window: MainWindow) -> None:
    """What may take its time: the lexicon, what suggestions learn from, lemmas of what waits, a check
    after an unclean end."""
    store, stop = desk.store, threading.Event()

    def work() -> None:
        words = store.words
        if isinstance(words, LazyWords) and not words.ready:
            words.ensure()
        if not stop.wait(0.3):
            _warm(desk)
        while not stop.wait(0.5):
            try:
                while not stop.is_set() and store.index_behind(50):
                    pass
            except StorageProblem:
                stop.wait(5)

    thread = threading.Thread(target=work, name="indexer", daemon=True)
    thread.start()

    def end() -> None:
        stop.set()
        thread.join(20)

    _at_the_end(window, end)
    if store.ended_uncleanly:
        _check_behind(store, window)
    _backup_behind(store, window)


def _synchroniser(store: Store, tasks: Any) -> Any:
    """What keeps a joined store in step behind the window; begun when the start is over."""
    from workbench.sync.status import status_of
    from workbench.ui.sync.synchroniser import Began, Synchroniser, Told

    def make(told: Told, began: Began) -> Any:
        from workbench.opening import system_ring
        from workbench.sync.joining import engine_of
        from workbench.sync.runner import Runner

        return Runner(engine_of(store, system_ring()), told, began=began)

    return Synchroniser(
        make, lambda error, running: status_of(store, syncing=running, error=error), tasks, tasks
    )


def _sync_services(store: Store, synchroniser: Any, app: QApplication) -> Any:
    from workbench.ui.sync.services import SyncServices

    def link() -> Any:
        from workbench.opening import system_ring
        from workbench.sync.link import Link

        return Link(store, system_ring())

    return SyncServices(
        link=link,
        status=lambda: synchroniser.status,
        # Whoever sits here, and all one sees, are the server's from now on: the window is made anew.
        joined=lambda _made: app.exit(MADE_ANEW),
        signed_in=synchroniser.begin,
        is_demo=store.is_demo,
    )


def _at_the_end(window: MainWindow, end: Callable[[], None]) -> None:
    """Let a thread of the window's end with it."""
    from PySide6.QtWidgets import QApplication

    window.destroyed.connect(end)
    app = QApplication.instance()
    if app is not None:
        app.aboutToQuit.connect(end)


def _warm(desk: Desk) -> None:
    """So that the first suggestion is as quick as the rest."""
    from workbench.cases.intake.suggesting.engine import warm

    try:
        with desk.reader() as reader:
            warm(reader, desk.session.municipality)
    except StorageProblem:
        return  # the first suggestion then only takes longer


def _backup_behind(store: Store, window: MainWindow) -> None:
    """The day's backup, quietly; only a failure is told."""
    from workbench.setup.daily import backup_folder, make_daily

    if store.is_demo:
        return
    folder = backup_folder(store.home, window.ui.settings.get("backup_folder"))

    def work(progress: Any) -> object:
        progress.step(0, 0, str(folder))
        return make_daily(store, folder)

    def failed(error: Exception) -> None:
        window.say(_("Päivän varmuuskopio jäi tekemättä: {why}").format(why=error), state="warning")

    window.jobs.start(_("Tehdään päivän varmuuskopio"), work, failed=failed)


def _check_behind(store: Store, window: MainWindow) -> None:
    from workbench.store.check import check_store

    def work(progress: Any) -> list[str]:
        def step(text: str) -> None:
            progress.step(0, 0, text)

        return check_store(store, thorough=False, progress=step)

    def done(findings: list[str]) -> None:
        if findings:
            window.banner.set_trouble(
                _("Tietovarastossa on vikaa: {what} Ota yhteys pääkäyttäjään.").format(what=findings[0])
            )

    job: Callable[[Any], Any] = work
    window.jobs.start(_("Tarkistetaan tietovarasto keskeytyksen jälkeen"), job, done=done)
