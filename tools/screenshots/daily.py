"""Scenes of a working day: the desk, arrivals, the list of cases, one case, and what lies over them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt

from tools.screenshots.scene import CONTROL, LEAST, SMALL, Scene, Stage
from workbench.ui.intake.proposal import EXISTING

_KEY = Qt.Key


def arrival(words: str) -> Callable[[Stage], None]:
    """Take in hand the arrival whose subject has these words."""

    def play(stage: Stage) -> None:
        stage.open("arrivals")
        page = stage.page("arrivals")
        page.list.show_state("new")
        page.list.pane.filter.clear()
        stage.settle(0.3)
        stage.until(lambda: page.model.rowCount() > 5 and page.model.row_data(page.model.rowCount() - 1))
        model = page.model
        rows = [n for n in range(model.rowCount()) if words in model.row_data(n).subject]
        page.table.selectRow(rows[0])
        subject = model.row_data(rows[0]).subject
        stage.until(lambda: page.current() and page.current().bundle.arrival.row.subject == subject)

    return play


def _existing(stage: Stage) -> None:
    """A reply to a pending case; the sender is a party to it."""
    stage.open("arrivals")
    page = stage.page("arrivals")
    for row in range(page.model.rowCount()):
        page.table.selectRow(row)
        stage.settle()
        current = page.current()
        if current is not None and current.value("mode") == EXISTING:
            break


def _file(words: str, tab: int) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        arrival(words)(stage)
        stage.page("arrivals").view.strip.show_file(tab)
        stage.settle(0.4)

    return play


def _state(name: str) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        stage.open("arrivals")
        stage.page("arrivals").list.show_state(name)
        stage.settle(0.4)

    def back(stage: Stage) -> None:
        stage.page("arrivals").list.show_state("new")
        stage.clean()

    play.back = back  # type: ignore[attr-defined]
    return play


def _wrong(stage: Stage) -> None:
    """Every sentence of what is missing, each at its field."""
    stage.open("arrivals")
    stage.do("arrivals.new")
    stage.do("arrivals.register")


def cases(stage: Stage) -> None:
    """The list, its first row in hand."""
    stage.open("cases")
    stage.until(lambda: stage.page("cases").listing.model.row_data(0) is not None)
    stage.page("cases").listing.table.setFocus()
    stage.page("cases").listing.table.selectRow(0)
    stage.settle(0.4)


def _filtered(words: str) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        cases(stage)
        stage.page("cases").listing.pane.filter.setText(words)
        stage.settle(0.5)

    return play


def _unfiltered(stage: Stage) -> None:
    stage.page("cases").listing.pane.filter.clear()
    stage.settle(0.4)
    stage.clean()


def _chosen(stage: Stage) -> None:
    cases(stage)
    stage.key(_KEY.Key_A, CONTROL)


def _batch(action: str) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        _chosen(stage)
        stage.do(action)
        stage.settle(0.6)

    return play


def _saved_view(stage: Stage) -> None:
    cases(stage)
    stage.do("list.save_view")


def of_case(name: str, tab: str = "", then: Callable[[Stage], None] | None = None) -> Callable[[Stage], None]:
    """A furnished case, one of its tabs, and more."""

    def play(stage: Stage) -> None:
        stage.case(name)
        view = stage.page("cases").view
        stage.until(lambda: view.whole is not None and view.whole.case.id == stage.things[name])
        if tab:
            view.show_tab(tab)
        stage.settle(0.3)
        if then is not None:
            then(stage)

    return play


def _row(name: str) -> Callable[[Stage], None]:
    """Take the row of a tab's tree whose first cell has these words."""

    def play(stage: Stage) -> None:
        tab = stage.page("cases").view.tab()
        tree: Any = tab.tree
        found = tree.findItems(name, Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
        tree.setCurrentItem(found[0])
        stage.settle(0.4)

    return play


def _locked(stage: Stage) -> None:
    stage.case("secret")
    stage.settle(0.3)


def _locked_pane(stage: Stage) -> None:
    _locked(stage)
    stage.dialogs.close()
    stage.settle()


def _unlock_document(stage: Stage) -> None:
    _row("Terveydentilaa")(stage)
    stage.page("cases").view.documents.pane.unlock.click()
    stage.settle()


def _more_of_document(stage: Stage) -> None:
    stage.page("cases").view.documents.pane.more.setChecked(True)
    stage.settle()


def _unlock_party(stage: Stage) -> None:
    _row("Marja-Liisa")(stage)
    stage.page("cases").view.parties.unlock.click()
    stage.settle()


def _typed(words: str) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        stage.do("palette.open")
        stage.type(words)
        stage.settle(0.5)

    return play


def _jobs(stage: Stage) -> None:
    """One long job under way and one that waits for its turn."""
    stage.open("work")
    ends = threading.Event()
    stage.things["jobs_end"] = ends

    def work(progress: Any) -> None:
        progress.step(37, 120, "38/11.01.00/2026 Eläinsuojan ympäristölupamääräysten muuttaminen")
        ends.wait(60)

    for title in ("Siirrä toiselle käsittelijälle: 120 asiaa", "Tehdään varmuuskopio", "Vie luettelo"):
        stage.window.jobs.start(title, work)
    stage.settle(0.4)
    stage.do("jobs.show")


def _jobs_end(stage: Stage) -> None:
    stage.things["jobs_end"].set()
    stage.until(lambda: not stage.window.jobs.unfinished())
    stage.clean()


def _toast(stage: Stage) -> None:
    of_case("long")(stage)
    stage.do("case.watch")
    stage.settle(0.4)
    stage.window.offer(
        "Kolmea asiaa ei voitu siirtää: käsittelijällä ei ole oikeutta salassa pidettäviin asioihin.",
        "Näytä kaikki", lambda: None, state="warning",
    )  # fmt: skip
    stage.settle()


def _trouble(stage: Stage) -> None:
    cases(stage)
    stage.window.ui.tasks.trouble.emit(
        "Levy on täynnä. Muutokset odottavat; vapauta tilaa ja yritä uudelleen."
    )
    stage.settle()


def _no_trouble(stage: Stage) -> None:
    stage.window.ui.tasks.trouble.emit("")
    stage.clean()


def _fault(stage: Stage) -> None:
    from workbench.ui.faults import fault

    stage.open("work")
    try:
        raise RuntimeError("esimerkki")
    except RuntimeError as error:
        stage.window.show_report(fault("RegisterCase", error))
    stage.settle()


def _acting(stage: Stage) -> None:
    stage.open("work")
    stage.do("acting.choose")


def _unfolded(words: str) -> Callable[[Stage], None]:
    """A party's address and the rest, unfolded."""

    def play(stage: Stage) -> None:
        arrival(words)(stage)
        form = stage.page("arrivals").form
        form.parties.lines[0].more.setChecked(True)
        stage.settle()
        form.ensureWidgetVisible(form.rows["parties"].mark, 0, 40)
        stage.settle()

    def back(stage: Stage) -> None:
        stage.page("arrivals").form.parties.lines[0].more.setChecked(False)
        stage.clean()

    play.back = back  # type: ignore[attr-defined]
    return play


def _running(stage: Stage) -> None:
    """A batch half-way: some rows done, one refused."""
    from workbench.ui.cases.batch import BatchPane, RowResult, Rows

    cases(stage)
    rows = Rows(120)
    pane = BatchPane("Siirrä vaiheeseen: 120 asiaa", rows)
    stage.page("cases").listing.side.show_result(pane)
    for n in range(38):
        why = "Asia on päätetty. Avaa se ensin uudelleen." if n % 9 == 4 else ""
        rows.add(RowResult(str(n), f"{n + 3}/10.03.0{n % 4}/2026 Asemakaavan muutos, kortteli {n + 11}", why))
    pane.look()
    stage.settle()


def scenes() -> list[Scene]:
    """In the order a day goes."""
    made = [
        Scene("desk", lambda s: s.open("work"), contrast=True),
        Scene("desk-small", lambda s: s.open("work"), SMALL),
        Scene("desk-least", lambda s: s.open("work"), LEAST),
        Scene("acting-menu", _acting),
        Scene("arrivals", lambda s: s.open("arrivals"), contrast=True),
        Scene("arrivals-small", lambda s: s.open("arrivals"), SMALL),
        Scene("arrivals-least", lambda s: s.open("arrivals"), LEAST),
        Scene("arrivals-existing", _existing),
        Scene("arrivals-existing-small", _existing, SMALL),
        Scene("arrivals-duplicate", arrival("VL: Avustushakemus")),
        Scene("arrivals-encrypted", _file("Salattu", 1)),
        Scene("arrivals-damaged", _file("Salattu", 2)),
        Scene("arrivals-nothing-in-file", _file("Salattu", 3)),
        Scene("arrivals-long", arrival("Oikaisuvaatimus ympäristö")),
        Scene("arrivals-long-small", arrival("Oikaisuvaatimus ympäristö"), SMALL),
        Scene("arrivals-other-municipality", arrival("koulukuljetusten")),
        Scene("arrivals-party", _unfolded("Salattu"), clean=_unfolded("").back),  # type: ignore[attr-defined]
        Scene("arrivals-party-small", _unfolded("Salattu"), SMALL, clean=_unfolded("").back),  # type: ignore[attr-defined]
        Scene("arrivals-no-file", _wrong),
        Scene("arrivals-registered", _state("registered"), clean=_state("registered").back),  # type: ignore[attr-defined]
        Scene("arrivals-set-aside", _state("set_aside"), clean=_state("set_aside").back),  # type: ignore[attr-defined]
        Scene("cases", cases, contrast=True),
        Scene("cases-small", cases, SMALL),
        Scene("cases-least", cases, LEAST),
        Scene("cases-none-found", _filtered("zzzz"), clean=_unfiltered),
        Scene("cases-chosen", _chosen),
        Scene("cases-save-view", _saved_view),
        Scene("cases-batch-form", _batch("case.hand_over")),
        Scene("cases-batch-result", _batch("case.close")),
        Scene("cases-batch-running", _running),
        Scene("cases-trouble", _trouble, clean=_no_trouble),
        Scene("case-timeline", of_case("long"), contrast=True),
        Scene("case-timeline-small", of_case("long"), SMALL),
        Scene("case-timeline-least", of_case("long"), LEAST),
        Scene("case-documents", of_case("long", "documents")),
        Scene("case-documents-small", of_case("long", "documents"), SMALL),
        Scene("case-documents-facts", of_case("long", "documents", _more_of_document)),
        Scene("case-documents-locked", of_case("long", "documents", _row("Terveydentilaa"))),
        Scene("case-documents-reason", of_case("long", "documents", _unlock_document)),
        Scene("case-parties", of_case("long", "parties")),
        Scene("case-parties-small", of_case("long", "parties"), SMALL),
        Scene("case-parties-protected", of_case("long", "parties", _row("Marja-Liisa"))),
        Scene("case-parties-reason", of_case("long", "parties", _unlock_party)),
        Scene("case-tasks", of_case("long", "tasks")),
        Scene("case-tasks-small", of_case("long", "tasks"), SMALL),
        Scene("case-data", of_case("long", "data")),
        Scene("case-data-small", of_case("long", "data"), SMALL),
        Scene("case-history", of_case("long", "history")),
        Scene("case-history-small", of_case("long", "history"), SMALL),
        Scene("case-closed", of_case("closed")),
        *(
            Scene(f"case-bare-{tab}", of_case("bare", tab))
            for tab in ("timeline", "documents", "parties", "tasks", "data", "history")
        ),
        Scene("case-locked", _locked_pane),
        Scene("case-locked-reason", _locked),
        Scene("palette-open", lambda s: s.do("palette.open")),
        Scene("palette-hits", _typed("kaava")),
        Scene("palette-commands", _typed("siirrä")),
        Scene("palette-none", _typed("zzqq")),
        Scene("shortcuts", lambda s: s.do("help.shortcuts")),
        Scene("jobs", _jobs, clean=_jobs_end),
        Scene("toasts", _toast),
        Scene("fault-report", _fault),
    ]
    return made
