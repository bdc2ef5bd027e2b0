"""Broken variants of the product that the random region must notice: ``make mutants``.

Each is put in place of the real thing while the machine runs; one that survives its examples makes the command
fail. The first fourteen are those of the protocol's paper, the rest are ours.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import select, update

from tests.sync import machine
from workbench.clock import local
from workbench.organisation.series import case_series
from workbench.server import granting, log, operations, pull, push, unit
from workbench.server.unit import ServerUnit
from workbench.store import incoming, purge, rebase, scopes, sending, settling, settling_together
from workbench.store.schema import outbox, outbox_group
from workbench.sync import blobs, engine

Mutant = Callable[[], Iterator[None]]
MUTANTS: dict[str, Mutant] = {}


def mutant(make: Mutant) -> Mutant:
    MUTANTS[make.__name__.replace("_", " ")] = make
    return make


@contextmanager
def put(owner: Any, name: str, value: Any) -> Iterator[None]:
    real = owner.__dict__[name] if isinstance(owner, type) else getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, real)


# -- of the protocol's paper ---------------------------------------------------------------------------


@mutant
def no_grant_generation() -> Iterator[None]:
    real = incoming.Incoming._grant

    def grant(self: Any, entry: Any, until: str) -> None:
        have = scopes.find_scope(self.connection, entry["id"])
        same = have.gen if have is not None and have.gen != scopes.EXPECTED else 1
        real(self, dict(entry) | {"gen": same}, until)

    with put(incoming.Incoming, "_grant", grant):
        yield


@mutant
def last_writer_wins() -> Iterator[None]:
    with put(operations, "changed_since", lambda *_a: (set(), "", "")):
        yield


@mutant
def no_stored_result() -> Iterator[None]:
    with put(push.Request, "_known_results", lambda _self, _ids: {}):
        yield


@mutant
def cursor_saved_before_the_rows() -> Iterator[None]:
    real = engine.Engine._pull

    def pulled(self: Any, limits: Any, report: Any, **more: Any) -> Any:
        calls = self.transport.pull

        def noted(**asked: Any) -> Any:
            page = calls(**asked)
            with self.store.writing() as connection:
                scopes.set_cursor(connection, page["next"])
            return page

        self.transport.pull = noted
        try:
            return real(self, limits, report, **more)
        finally:
            del self.transport.pull

    with put(engine.Engine, "_pull", pulled):
        yield


@mutant
def fill_progress_saved_before_the_rows() -> Iterator[None]:
    def fill(self: Any, scope: Any, limits: Any, report: Any) -> bool:
        after, more = scope.fill_after, True
        while more:
            self._pause()
            page = self.transport.pull(
                scope=scope.scope_id, after=after, until=scope.fill_until, limit=limits.pull_rows
            )
            if page.get("revoked"):
                return False
            after, more = page["next"], page["more"]
            with self.store.writing() as connection:
                scopes.progress(connection, scope.scope_id, after, done=not more)
            with self._taking_in(report) as incoming:
                incoming.apply(page["entries"], granted_until=scopes.cursor(incoming.connection))
                if not more and scope.sweeps:
                    incoming.sweep(scope.scope_id)
            report.received += len(page["entries"])
        return True

    with put(engine.Engine, "_fill_one", fill):
        yield


@mutant
def first_cursor_taken_after_the_fill() -> Iterator[None]:
    real = engine.Engine._begin_again

    def begin(self: Any, limits: Any, report: Any, **more: Any) -> None:
        real(self, limits, report, **more)
        self._fill(limits, report)
        page = self.transport.pull(scope=self.own, after="", until="", limit=1)
        with self.store.writing() as connection:
            scopes.set_cursor(connection, page["horizon"])

    with put(engine.Engine, "_begin_again", begin):
        yield


@mutant
def no_purge_of_a_lost_scope() -> Iterator[None]:
    def keep(rebasing: Any, scope_id: str, *, lost: bool) -> None:
        scopes.forget(rebasing.connection, scope_id)

    with put(incoming, "purge_scope", keep):
        yield


@mutant
def no_fill_of_a_granted_scope() -> Iterator[None]:
    real = scopes.grant

    def grant(connection: Any, entry: Any, until: str) -> None:
        real(connection, entry, until)
        scopes.progress(connection, entry["id"], until, done=True)

    with put(scopes, "grant", grant):
        yield


@mutant
def leaving_is_ignored() -> Iterator[None]:
    real = incoming.Incoming._removals

    def removals(self: Any, kind: Any, entries: Any, had: Any, pending: Any) -> None:
        real(self, kind, [e for e in entries if e["op"] != "leave"], had, pending)

    with put(incoming.Incoming, "_removals", removals):
        yield


@mutant
def leaving_whatever_the_scope() -> Iterator[None]:
    real = incoming.Incoming._removals

    def removals(self: Any, kind: Any, entries: Any, had: Any, pending: Any) -> None:
        anywhere = [dict(e) | {"scope": had[e["id"]][0], "seq": 1 << 60} for e in entries if e["id"] in had]
        real(self, kind, anywhere, had, pending)

    with put(incoming.Incoming, "_removals", removals):
        yield


@mutant
def outbox_cleared_when_sent() -> Iterator[None]:
    real = sending.freeze

    def freeze(connection: Any, *more: Any) -> dict[str, str]:
        texts = real(connection, *more)
        for group_id in texts:
            connection.execute(
                update(outbox_group).where(outbox_group.c.group_id == group_id).values(state="settled")
            )
            connection.execute(update(outbox).where(outbox.c.group_id == group_id).values(state="settled"))
        return texts

    with put(sending, "freeze", freeze):
        yield


@mutant
def an_edit_folded_into_what_was_sent() -> Iterator[None]:
    real = sending.freeze

    def freeze(connection: Any, *more: Any) -> dict[str, str]:
        return {group_id: fold(connection, text) for group_id, text in real(connection, *more).items()}

    def fold(connection: Any, sent: str) -> str:
        text = json.loads(sent)
        o = outbox.c
        for op in text["ops"]:
            later = select(o.patch).where(
                o.kind == op["kind"], o.row_id == op["id"], o.type == "patch", o.state == "queued"
            )
            for patch in connection.execute(later.order_by(o.n)).scalars():
                op["patch"] = op.get("patch", {}) | (patch or {})
        return json.dumps(text)

    with put(sending, "freeze", freeze):
        yield


@mutant
def a_repeat_answers_with_stored_rows() -> Iterator[None]:
    stored: dict[str, Any] = {}
    real = push.attach_rows

    def attach(unit: Any, done: Any, groups: Any, results: Any) -> None:
        real(unit, done, groups, results)
        for result in results:
            rows = stored.setdefault(result["group_id"], result.get("rows"))
            if rows:
                result["rows"] = rows

    with put(push, "attach_rows", attach):
        yield


@mutant
def older_rows_go_over_newer() -> Iterator[None]:
    real = incoming.Incoming._of_kind

    def of_kind(self: Any, kind: Any, entries: Any, *, waiting: bool) -> None:
        if len(entries) < 20:
            newest = [
                dict(e) | ({"seq": int(e["seq"]) + (1 << 40)} if e["op"] == "put" else {}) for e in entries
            ]
            real(self, kind, newest, waiting=waiting)
            table = self.kinds.table(kind.name)
            for e in entries:
                self.connection.execute(update(table).where(table.c.id == e["id"]).values(seq=int(e["seq"])))
                base = incoming.sync_base
                self.connection.execute(
                    update(base).where(base.c.row_id == e["id"]).values(seq=int(e["seq"]))
                )
        else:
            real(self, kind, entries, waiting=waiting)

    with put(incoming.Incoming, "_of_kind", of_kind):
        yield


# -- ours ----------------------------------------------------------------------------------------------


@mutant
def a_chain_builds_on_its_own_last_revision() -> Iterator[None]:
    real = operations.changed_since

    def since(unit: Any, kind: str, row: Any, base_rev: int) -> Any:
        mine = select(push.audit.c.rev).where(
            push.audit.c.kind == kind,
            push.audit.c.row_id == row["id"],
            push.audit.c.client_id == unit.principal.client_id,
        )
        own = max(unit.raw.execute(mine).scalars(), default=0)
        own = max([own, *(a.rev for a in (*unit.applied, *unit.group) if a.row_id == row["id"])])
        return real(unit, kind, row, max(base_rev, own))

    with put(operations, "changed_since", since):
        yield


@mutant
def a_refused_group_leaves_its_first_rows() -> Iterator[None]:
    real = ServerUnit.refuse

    def refuse(self: Any) -> None:
        first = self.group[:1]
        real(self)
        for a in first:
            if a.before is None:
                self._rows[a.kind, a.row_id] = a.after
                self._waiting[a.kind, a.row_id] = None
                self.applied.append(a)

    with put(ServerUnit, "refuse", refuse):
        yield


@mutant
def nothing_is_offered_again_after_a_restore() -> Iterator[None]:
    with put(sending, "offer_again", lambda _rebasing, _now: 0):
        yield


@mutant
def a_repeat_counts_a_number_again() -> Iterator[None]:
    real = push.Request._repeat

    def repeat(self: Any, group: Any, old: Any) -> Any:
        for op in group["ops"]:
            if op["kind"] == "case_file" and op["type"] == "create":
                self.unit.take_number(case_series(group["municipality"], local(self.at).year))
        return real(self, group, old)

    with put(push.Request, "_repeat", repeat):
        yield


@mutant
def a_right_goes_on_after_its_last_moment() -> Iterator[None]:
    def granted(principal: Any, _at: Any) -> Any:
        g = pull.grants.c
        return select(g.scope).where(g.person_id == principal.person_id, g.active == 1)

    still, unasked = put(push, "pass_time", lambda _c, _at: []), put(pull, "let_time_pass", lambda *_a: None)
    with still, unasked, put(pull, "granted", granted):
        yield


@mutant
def rows_without_their_content() -> Iterator[None]:
    with put(push, "check_content", lambda *_a: None), put(blobs, "bring_up", lambda *_a: 0):
        yield


@mutant
def parts_stay_where_the_case_was() -> Iterator[None]:
    with put(push.Request, "own_moves", lambda _self, _done: None):
        yield


@mutant
def own_changes_are_not_on_top() -> Iterator[None]:
    real = rebase.Rebasing._on_top

    def on_top(self: Any, kind: Any, row_id: str, base: Any, ops: Any) -> Any:
        return real(self, kind, row_id, base, ops if base["data"] is None else ops[:1])

    with put(rebase.Rebasing, "_on_top", on_top):
        yield


@mutant
def a_grant_is_given_but_not_told() -> Iterator[None]:
    real = granting._settle

    def settle(*more: Any) -> Any:
        return [entry for entry in real(*more) if entry[2] == "del"]

    with put(granting, "_settle", settle):
        yield


@mutant
def set_aside_work_is_forgotten() -> Iterator[None]:
    real = purge.set_aside

    def aside(rebasing: Any, groups: Any, result: Any) -> None:
        real(rebasing, groups, result)
        for group_id in groups:
            rebasing.connection.execute(outbox_group.delete().where(outbox_group.c.group_id == group_id))

    with put(purge, "set_aside", aside), put(settling, "set_aside", aside):
        yield


@mutant
def rows_in_an_answer_are_passed_over() -> Iterator[None]:
    real = settling_together._candidates

    def candidates(results: Any) -> int:
        return real([dict(r) | {"rows": []} for r in results])

    with put(settling_together, "_candidates", candidates):
        yield


@mutant
def counts_are_not_kept() -> Iterator[None]:
    with put(log, "write_stats", lambda _c, _deltas: None):
        yield


@mutant
def a_broken_holders_numbers_are_taken() -> Iterator[None]:
    real = unit.take_held

    def take(server_unit: Any, series: str) -> int:
        claim = server_unit.claims.get(series)
        number = next((n for n in claim["numbers"] if n in server_unit.said), None) if claim else None
        if number is None:
            return real(server_unit, series)
        server_unit.pass_number(series, number)
        return int(number)

    with put(unit, "take_held", take):
        yield


# -- running -------------------------------------------------------------------------------------------


def hunt(name: str, examples: int) -> tuple[str, float, str]:
    """Run the machine on a mutant; returns what noticed it, "" when nothing did."""
    run = settings(
        max_examples=examples,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
        report_multiple_bugs=False,
        database=None,
    )
    start = time.monotonic()
    found = ""
    with contextmanager(MUTANTS[name])():
        try:
            with contextlib.redirect_stdout(sys.stderr):
                run_state_machine_as_test(machine.Machine, settings=run)
        except BaseException as error:
            found = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"[:110]
    return name, time.monotonic() - start, found


def _hunt(what: tuple[str, int]) -> tuple[str, float, str]:
    return hunt(*what)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="mutants to hunt; all when none is named")
    parser.add_argument("--examples", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    names = asked.names or list(MUTANTS)
    survivors = []
    with multiprocessing.get_context("spawn").Pool(asked.jobs, maxtasksperchild=1) as pool:
        hunts = [(n, asked.examples) for n in names]
        for name, seconds, found in pool.imap_unordered(_hunt, hunts):
            print(f"{name:48} {seconds:6.1f} s  {found or 'SURVIVED'}", flush=True)
            survivors += [] if found else [name]
    print(f"{len(names) - len(survivors)} of {len(names)} caught")
    return 1 if survivors else 0


if __name__ == "__main__":
    raise SystemExit(main())
