"""Taking in what workstations did: one request is one transaction, one group all or nothing.

The outcome of each group is kept with its effect, so that the same group sent again is answered alike and done
once. What a row holds is never kept with the outcome: it is looked up when answering, as far as it may be seen
then.
"""

from __future__ import annotations

import hashlib
import logging
import traceback
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from workbench.errors import Problem, Problems, UserError
from workbench.i18n import _
from workbench.ids import new_id
from workbench.server import adopting, operations
from workbench.server.answering import attach_rows
from workbench.server.checks import authorise, check_content, check_rows, session_of, spec_of
from workbench.server.cursors import to_cursor
from workbench.server.database import Database, insert_all, insert_missing, lock_in_order, one_of
from workbench.server.granting import GrantEntry, note_next_change, pass_time, renew_persons, renew_scopes
from workbench.server.log import write_grants, write_log
from workbench.server.noting import Notes
from workbench.server.numbering import NUMBER, read_claims
from workbench.server.operations import Clashes
from workbench.server.principal import Principal
from workbench.server.refusals import Refused
from workbench.server.schema import audit, clock, group_result, scope_stat
from workbench.server.unit import Applied, ServerUnit
from workbench.store.canonical import canonical_json
from workbench.store.domain import Domain
from workbench.store.references import dangling
from workbench.store.undo import Undo
from workbench.sync.upcasters import up_cast
from workbench.sync.wire import Group, Result

_log = logging.getLogger(__name__)
_NOT_KEPT = frozenset({"blocked"})


class EpochChanged(Exception):
    """The server was restored from a backup since the client last spoke with it."""


def push(
    database: Database,
    domain: Domain,
    principal: Principal,
    groups: Sequence[Group],
    at: datetime,
    *,
    epoch: str | None = None,
) -> dict[str, Any]:
    """Apply groups in order; the answer holds a result for each, in the same order, and the new horizon.

    Raises :class:`EpochChanged`. A group the database itself refuses (the same unique thing made twice) makes
    the whole run once more, a group at a time.
    """

    def work(connection: Connection, *, careful: bool = False) -> dict[str, Any]:
        return Request(connection, domain, principal, at, epoch, careful=careful).run(groups)

    try:
        return database.write(work)
    except IntegrityError:
        return database.write(lambda connection: work(connection, careful=True))


def _hash_of(group: Group) -> str:
    """SHA-256, hex, of what a group asks for: all of it but its derived texts and its place in the queue."""
    ops = [{k: v for k, v in op.items() if k != "derived"} for op in group.get("ops", [])]
    body = {k: v for k, v in group.items() if k not in ("ops", "n")} | {"ops": ops}
    return hashlib.sha256(canonical_json(body).encode()).hexdigest()


class Request:
    """One request: one transaction, and what is written besides rows."""

    def __init__(
        self,
        connection: Connection,
        domain: Domain,
        principal: Principal,
        at: datetime,
        epoch: str | None,
        *,
        careful: bool,
        unit: type[ServerUnit] = ServerUnit,
    ) -> None:
        self.connection = connection
        self.domain = domain
        self.principal = principal
        self.at = at
        state = connection.execute(select(clock)).mappings().one()
        if epoch is not None and epoch != state["epoch"]:
            raise EpochChanged
        self.epoch = str(state["epoch"])
        # What time has changed is said first: a right that has ended is not used any more.
        self.grant_entries: list[GrantEntry] = pass_time(connection, at)
        self.unit = unit(connection, domain, principal, at)
        self.unit.careful = careful
        self.notes = Notes(self.unit)
        self.failed: set[str] = set()  # operations that were not applied
        self.not_made: set[str] = set()  # rows that they would have made
        self.done: dict[str, int] = {}  # revisions that this request's operations made
        self.former: set[str] = set()  # operations of the request that earlier requests did
        self.renewed = bool(self.grant_entries)

    # -- the request -----------------------------------------------------------------------------------

    def run(self, groups: Sequence[Group]) -> dict[str, Any]:
        known = self._known_results([str(g["group_id"]) for g in groups])
        fresh = [g for g in groups if str(g["group_id"]) not in known]
        self._read_ahead(fresh)
        results: list[Result] = []
        for group in groups:
            old = known.get(str(group["group_id"])) or self.unit.outcomes.get(str(group["group_id"]))
            results.append(self._repeat(group, old) if old is not None else self._fresh(group))
        horizon = self.finish()
        attach_rows(self.unit, self.done, groups, results)
        return {"results": results, "horizon": to_cursor(self.epoch, horizon)}

    def _known_results(self, ids: list[str]) -> dict[str, Any]:
        c = group_result.c
        query = select(c.group_id, c.person_id, c.request_hash, c.outcome).where(
            one_of(self.connection, c.group_id, ids)
        )
        return {r["group_id"]: dict(r) for r in self.connection.execute(query).mappings()}

    def _read_ahead(self, groups: Sequence[Group]) -> None:
        """All rows the groups name, and their parents, in a few statements; locked in one order. Number series
        are counted in the order of the groups, so municipalities are locked before any of theirs is."""
        mine: dict[str, set[str]] = defaultdict(set)
        above: dict[str, set[str]] = defaultdict(set)
        made: set[tuple[str, str]] = set()
        for op in (o for g in groups for o in g.get("ops", [])):
            kind = str(op.get("kind"))
            if kind not in self.domain.kinds:
                continue
            mine[kind].add(str(op["id"]))
            spec = self.domain.kinds[kind]
            parent = (op.get("patch") or {}).get(spec.parent) if spec.parent else None
            if isinstance(parent, str):
                above[spec.parent_kind].add(parent)
            if op.get("type") == "create":
                made.add((kind, str(op["id"])))
        numbered = {k.name for k in self.domain.kinds if k.assign is not None}
        lock_in_order(
            self.connection,
            {
                str(g.get("municipality"))
                for g in groups
                if any(o.get("kind") in numbered for o in g.get("ops", []))
            },
        )
        for kind in sorted(mine | above):
            self.unit.load(kind, mine.get(kind, ()), lock="update")
            self.unit.load(kind, above.get(kind, ()), lock="share")
        self.unit.load_former_revs(made)
        ids = sorted({str(op["op_id"]) for g in groups for op in g.get("ops", [])})
        query = select(audit.c.op_id).where(one_of(self.connection, audit.c.op_id, ids))
        self.former |= set(self.connection.execute(query).scalars())

    def _repeat(self, group: Group, old: Any) -> Result:
        """A group that was answered before."""
        mine = old["person_id"] == self.principal.person_id or self.principal.trusted
        if old["request_hash"] != _hash_of(group) or not mine:
            return {
                "group_id": str(group["group_id"]),
                "status": "rejected",
                "code": "id_reuse",
                "message": _("Samalla tunnisteella on jo toinen toimi."),
            }
        return dict(old["outcome"])  # type: ignore[return-value]

    # -- one group -------------------------------------------------------------------------------------

    def _fresh(self, group: Group) -> Result:
        group_id = str(group["group_id"])
        # Whatever refuses this one must not reach back into the group before it.
        self.unit.begin(self.unit.session, "")
        try:
            result = self._apply(up_cast(group))
        except Refused as refused:
            self.unit.refuse()
            result = {"group_id": group_id, "status": refused.status, **refused.what}  # type: ignore[typeddict-item]
        except IntegrityError:
            if not self.unit.careful:
                raise
            self.unit.refuse()
            result = {
                "group_id": group_id,
                "status": "rejected",
                "code": "duplicate",
                "message": _("Sama on jo tehty toisella työasemalla."),
            }
        except DBAPIError:
            raise  # the transaction is of no use any more, or the same may succeed when run again
        except Exception as error:
            self.unit.refuse()
            incident = new_id()
            self._note_failed(group)
            # The text of the error may hold what a row holds; its kind and place do not.
            where = traceback.extract_tb(error.__traceback__)[-1]
            _log.error(
                "a group failed: %s at %s:%s, incident %s",
                type(error).__name__, where.filename, where.lineno, incident,
            )  # fmt: skip
            return {
                "group_id": group_id,
                "status": "rejected",
                "code": "internal",
                "message": _("Palvelimessa on vika (tunnus {incident}).").format(incident=incident[:8]),
                "incident": incident,
            }
        if result["status"] == "applied":
            self.follow_up(group)
        else:
            self._note_failed(group)
        if result["status"] not in _NOT_KEPT:
            self._keep(group, result)
        return result

    def _note_failed(self, group: Group) -> None:
        self.failed |= {str(op["op_id"]) for op in group.get("ops", [])}
        self.not_made |= {str(op["id"]) for op in group.get("ops", []) if op["type"] == "create"}

    def _demand_built_on(self, group: Group) -> None:
        """What an earlier group of the request should have made is there."""
        if not self.not_made:
            return
        named = {str((group.get("about") or ["", ""])[1])}
        for op in group.get("ops", []):
            named.add(str(op["id"]))
            named |= {v for v in (op.get("patch") or {}).values() if isinstance(v, str)}
        if named & self.not_made:
            raise Refused.blocked()

    def _demand_new(self, group: Group) -> None:
        """No operation is done twice, whatever group it comes in."""
        ids = [str(op["op_id"]) for op in group.get("ops", [])]
        if len(set(ids)) < len(ids) or any(i in self.done or i in self.former for i in ids):
            raise Refused.rejected("id_reuse", _("Samalla tunnisteella on jo toinen toimi."))

    def _apply(self, group: Group) -> Result:
        self._demand_built_on(group)
        self._demand_new(group)
        unit = self.unit
        unit.command_type = str(group["command"])
        spec, asked = spec_of(unit, group)
        session = session_of(unit, group)
        unit.begin(session, spec.type)
        try:
            authorise(unit, spec, group)
        except UserError as error:
            raise Refused.of(error) from error
        about = group.get("about") or ["", ""]
        unit.about = (str(about[0]), str(about[1]))
        # Only an undo takes back: whose it is and whether it may be was looked at above.
        unit.undoes = str(group.get("undoes") or "") if spec.command is Undo else ""
        unit.claims = read_claims(group)
        if spec.adopts:
            adopting.admit(unit, group)
        told = self._operations(group)
        try:
            if spec.adopts:
                adopting.check(unit)
            self.own_moves(unit.group)
            check_rows(unit, asked, unit.group)
            check_content(unit, unit.group)
            what = dangling(unit)
            problems: list[Problem] = [p for rule in self.domain.invariants for p in rule(unit)]
        except UserError as error:
            raise Refused.of(error) from error
        if what:
            raise Refused(
                "conflict",
                why="deleted",
                message=_("Viitattua ei ole: {what}.").format(what=what),
                conflicts=[],
            )
        if problems:
            raise Refused.of(Problems(problems))
        unit.accept()
        return {"group_id": str(group["group_id"]), "status": "applied", "ops": told}  # type: ignore[typeddict-item]

    def follow_up(self, group: Group) -> None:
        """What follows from an accepted group: its entries in the audit, others' rights."""
        new = self.unit.group
        self.done |= {a.op_id: a.rev for a in new}
        spec = self.domain.commands.by_type[str(group["command"])]
        if spec.adopts:
            group = adopting.told(self.unit, group)
        self.notes.group(group, new, destroys=spec.destroys)
        self._renew_grants(new)

    def _operations(self, group: Group) -> list[dict[str, Any]]:
        """Do each operation; clashes of all of them are told together."""
        told: list[dict[str, Any]] = []
        clashes: list[Clashes] = []
        own = {str(op["op_id"]) for op in group.get("ops", [])}
        for op in group.get("ops", []):
            kind = str(op["kind"])
            if kind not in self.domain.kinds:
                raise Refused.rejected(
                    "unknown_kind", _("Palvelin ei tunne tätä tietoa. Palvelin pitää päivittää ensin.")
                )
            self._demand_order(op, own)
            act = _ACTS.get(str(op["type"]))
            if act is None:
                raise Refused.rejected("invalid", _("Toimen tiedot eivät kelpaa."))
            try:
                applied = act(self.unit, self.domain.kinds[kind], op)
            except Clashes as clash:
                clashes.append(clash)
                continue
            except Refused as refused:
                if refused.what.get("why") == NUMBER:
                    found = {"kind": kind, "id": str(op["id"]), "fields": [], "by": "", "at": ""}
                    refused.what["conflicts"] = [found]
                raise
            except UserError as error:
                raise Refused.of(error) from error
            told.append({"op_id": op["op_id"], "rev": 0, "seq": 0, "scope": ""} if applied is None else
                        {"op_id": op["op_id"], "rev": applied.rev, "seq": -applied.index, "scope": ""})  # fmt: skip
        if clashes:
            whys = {c.why for c in clashes}
            why = "locked" if "locked" in whys else "changed"
            raise Refused(
                "conflict",
                why=why,
                conflicts=[c.found for c in clashes],
                message=_("Toinen on muuttanut samaa."),
            )
        return told

    def _demand_order(self, op: Mapping[str, Any], own: Collection[str]) -> None:
        earlier = op.get("after_op")
        # One of the same group that clashed is told as such, with whatever follows it.
        if not earlier or str(earlier) in own:
            return
        if str(earlier) in self.failed:
            raise Refused.blocked()
        if str(earlier) in self.done:
            return
        found = self.connection.execute(select(audit.c.n).where(audit.c.op_id == str(earlier))).first()
        if found is None:
            raise Refused.blocked()

    def own_moves(self, done: Sequence[Applied]) -> None:
        """Rows end in the scope they belong to, and so does all that lies below those that moved."""
        waiting = list(dict.fromkeys((a.kind, a.row_id) for a in done))
        moved = {
            (a.kind, a.row_id)
            for a in done
            if a.before and a.after and a.before["scope_id"] != a.after["scope_id"]
        }
        while waiting:
            kind, row_id = waiting.pop(0)
            row, spec = self.unit.row(kind, row_id), self.domain.kinds[kind]
            if row is None:
                continue
            if self.unit.scope_now(spec, row) != row["scope_id"]:
                operations.rescope(self.unit, spec, row)
                moved.add((kind, row_id))
            if (kind, row_id) in moved:
                waiting += [(child.name, r["id"]) for child, r in self.unit.child_rows(spec, row_id)]

    def _renew_grants(self, new: Sequence[Applied]) -> None:
        """Who may read what, after roles, rights, places or a scope's first row."""
        persons: set[str] = set()
        scopes: set[str] = set()
        for a in new:
            for row in (a.before, a.after):
                if row is None:
                    continue
                if a.kind == "role":
                    persons.add(row["person_id"])
                elif a.kind == "person":
                    persons.add(row["id"])
                elif self.domain.kinds[a.kind].opens:
                    scopes.add(row[self.domain.kinds[a.kind].opens])
            if a.after is not None and self._is_first(a.after["scope_id"]):
                scopes.add(a.after["scope_id"])
        if not persons and not scopes:
            return
        self.unit.flush()
        told = renew_persons(self.connection, persons, self.at)
        told += renew_scopes(self.connection, sorted(scopes), self.at)
        self.grant_entries += told
        self.renewed = True
        self.unit.renew_scopes()
        self._stats_of_new_scopes()

    def _is_first(self, scope: str) -> bool:
        """Whether a unit's scope holds its first row."""
        if not scope.startswith("unit:"):
            return False
        return not self.unit.memo(("stat", scope), lambda: self._has_stat(scope))

    def _has_stat(self, scope: str) -> bool:
        found = self.connection.execute(select(scope_stat.c.scope).where(scope_stat.c.scope == scope)).first()
        return found is not None

    def _stats_of_new_scopes(self) -> None:
        """A scope that was granted is known from then on."""
        seen = {a.after["scope_id"] for a in self.unit.applied if a.after is not None}
        new = [s for s in sorted(seen) if not self._has_stat(s)]
        if new:
            made = [{"scope": s, "held": 0, "digest": "0" * 16} for s in new]
            insert_missing(self.connection, scope_stat, made, key=("scope",))

    # -- the outcome -------------------------------------------------------------------------------------

    def _keep(self, group: Group, result: Result) -> None:
        outcome = {n: v for n, v in result.items() if n != "rows"}
        self.unit.outcomes[str(group["group_id"])] = {
            "group_id": str(group["group_id"]),
            "person_id": str(group.get("actor") or ""),
            "client_id": self.principal.client_id,
            "n": int(group.get("n") or 0),
            "command": str(group["command"]),
            "municipality": str(group.get("municipality") or ""),
            "undoes": self.unit.undoes if result["status"] == "applied" else "",
            "request_hash": _hash_of(group),
            "outcome": outcome,
            "at": self.at,
        }

    def finish(self) -> int:
        """Take the numbers, as late as possible, and write everything with them. Returns the last number."""
        unit = self.unit
        grant_count = len(self.grant_entries)
        steps = unit.count + grant_count
        kept = list(unit.outcomes.values())
        if not steps and not kept:
            return int(self.connection.execute(select(clock.c.seq)).scalar_one())
        unit.flush()
        last = int(
            self.connection.execute(
                update(clock).values(seq=clock.c.seq + steps).returning(clock.c.seq)
            ).scalar_one()
        )
        first = last - steps
        unit.finish(first)
        write_log(self.connection, unit.applied, first)
        write_grants(self.connection, self.grant_entries, first + unit.count)
        if self.renewed:
            note_next_change(self.connection, self.at)
        for outcome in kept:
            for op in outcome["outcome"].get("ops", []):
                op["seq"] = first - op["seq"] if op["seq"] < 0 else 0
        self._scopes_into_outcomes(kept)
        insert_all(self.connection, group_result, kept)
        self.notes.write(self.connection, first)
        return last

    def _scopes_into_outcomes(self, kept: list[dict[str, Any]]) -> None:
        where = {a.op_id: (a.after or a.before or {})["scope_id"] for a in self.unit.applied}
        for outcome in kept:
            for op in outcome["outcome"].get("ops", []):
                op["scope"] = where.get(op["op_id"], "")


_ACTS = {
    "create": operations.create,
    "patch": operations.patch,
    "delete": operations.remove,
    "move": operations.move,
}
