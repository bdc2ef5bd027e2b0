"""The server's unit of work: the rows of one push in memory, written together.

Rules of the domain see the same methods as on a workstation. Rows are read ahead and locked, changed in
memory and written at the end of the request, so that five hundred operations cost some ten statements. A rule
that asks the database itself makes what waits be written first; a group that is refused after that is taken
back to its savepoint.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, NestedTransaction, delete, func, select

from workbench.context import Session
from workbench.organisation.access import Access, access_of, may_read
from workbench.server.database import one_of, upsert
from workbench.server.numbering import take_held
from workbench.server.principal import Principal
from workbench.server.refusals import Refused
from workbench.server.schema import audit, audit_value, grants, scope_stat
from workbench.store.authority import LocalAuthority, pass_number
from workbench.store.domain import Domain
from workbench.store.kinds import Kind
from workbench.store.unit import RowOp, UnitOfWork

Key = tuple[str, str]
Row = dict[str, Any]
_T = TypeVar("_T")
_BATCH = 500


@dataclass
class Applied:
    """One row operation that a group did. ``before`` and ``after`` are whole rows, None where there is none;
    ``index`` is its place among everything the request writes, which its number in the log follows."""

    op_id: str
    action: str
    kind: str
    row_id: str
    before: Row | None
    after: Row | None
    rev: int
    index: int
    changes: dict[str, tuple[Any, Any]]  # wire form
    told: bool = True  # False: the server's own doing, which the client cannot know of


class _Flushing:
    """A connection that first writes what the unit holds in memory."""

    def __init__(self, unit: ServerUnit, connection: Connection) -> None:
        self._unit = unit
        self._connection = connection

    def execute(self, *args: Any, **kwargs: Any) -> Any:
        self._unit.flush()
        return self._connection.execute(*args, **kwargs)

    @property
    def dialect(self) -> Any:
        return self._connection.dialect


class ServerUnit(UnitOfWork):
    """What a request writes. One group at a time is open between :meth:`begin` and :meth:`accept` or
    :meth:`refuse`."""

    def __init__(self, connection: Connection, domain: Domain, principal: Principal, at: datetime) -> None:
        super().__init__(
            connection,
            kinds=domain.kinds,
            session=Session(principal.person_id, ""),
            at=at,
            authority=LocalAuthority(),
            writes=frozenset(),
            command_type="",
        )
        self.raw = connection
        self.connection = cast(Connection, _Flushing(self, connection))
        self.domain = domain
        self.principal = principal
        self.locks = connection.dialect.name == "postgresql"
        self.as_actor = False  # whether rows the person may not read are as if they were not there
        self.floors: Mapping[str, int] | None = None  # of a group that is taken in from a register of its own
        self.claims: dict[
            str, dict[str, Any]
        ] = {}  # numbers the open group was given where its series is held
        self.said: list[Any] = []  # values that the row being numbered came with
        self.careful = False  # whether each group is written at once, to find the one the database refuses
        self.applied: list[Applied] = []  # of the groups accepted so far
        self.former_revs: dict[Key, int] = {}
        self._gone: dict[Key, int] = {}  # last revisions of rows that this request has deleted
        self.outcomes: dict[str, dict[str, Any]] = {}  # of this request, by group; written at its end
        self.group: list[Applied] = []
        self._rows: dict[Key, Row | None] = {}
        self._waiting: dict[Key, None] = {}  # accepted, not written yet
        self._dirty: dict[Key, None] = {}  # of the open group, not written yet
        self._written: dict[Key, None] = {}  # written with no number yet
        self._before: dict[Key, Row | None] = {}  # of the open group
        self._savepoint: NestedTransaction | None = None
        self._memo: dict[Any, Any] = {}
        self._count = 0
        self._scopes_seen = self._load_scopes()

    # -- groups ----------------------------------------------------------------------------------------

    def begin(self, session: Session, command_type: str) -> None:
        """Open a group."""
        self.session = session
        self.command_type = command_type
        self.ops, self.group, self.undoes, self.about = [], [], "", ("", "")
        self.floors = None
        self.claims, self.said = {}, []
        self._before, self._dirty = {}, {}
        self._started_at = self._count
        if not self.principal.trusted:
            self.everywhere()  # asked before any row, so that a row's being there is not told by the work it makes

    def accept(self) -> None:
        """Close the group; what it did stays."""
        if self.careful:
            self._savepoint = self._savepoint or self.raw.begin_nested()
            self._write(self._dirty)
            self._written |= self._dirty
            self._dirty = {}
        self._waiting |= self._dirty
        self._dirty = {}
        self.applied += self.group
        if self._savepoint is not None:
            self._savepoint.commit()
            self._savepoint = None
        if any(a.kind in _GLOBAL for a in self.group):
            self._memo.clear()

    def refuse(self) -> None:
        """Close the group; nothing of it stays."""
        if self._savepoint is not None:
            self._savepoint.rollback()
            self._savepoint = None
        self._rows |= self._before
        self._dirty = {}
        for a in self.group:
            if a.after is None:
                self._gone.pop((a.kind, a.row_id), None)
        self.group = []
        self._count = self._started_at
        self._memo.clear()

    def before(self, kind: str, row_id: str) -> Row | None:
        """A row as it was before the open group."""
        key = (kind, row_id)
        return self._before[key] if key in self._before else self.row(kind, row_id)

    def is_new(self, kind: str, row_id: str) -> bool:
        """Whether the open group made the row."""
        key = (kind, row_id)
        return key in self._before and self._before[key] is None

    # -- reading ---------------------------------------------------------------------------------------

    def row(self, kind: str, row_id: str) -> Row | None:
        """A row whoever asks, or None. The caller does not change it."""
        key = (kind, row_id)
        if key not in self._rows:
            self.load(kind, [row_id])
        return self._rows[key]

    def load(self, kind: str, ids: Iterable[str], *, lock: str = "") -> None:
        """Read rows ahead, those not known yet; ``lock`` is "update" or "share"."""
        wanted = sorted({i for i in ids if (kind, i) not in self._rows})
        table = self.kinds.table(kind)
        if not wanted:
            return
        query = select(table).where(one_of(self.raw, table.c.id, wanted)).order_by(table.c.id)
        if lock and self.locks:
            query = query.with_for_update(read=lock == "share", key_share=lock == "update")
        found = {r["id"]: dict(r) for r in self.raw.execute(query).mappings()}
        for row_id in wanted:
            self._rows[kind, row_id] = found.get(row_id)

    def load_former_revs(self, keys: Collection[Key]) -> None:
        """Last revisions of rows that are about to be made: revisions only grow."""
        c = audit.c
        of_kind: dict[str, list[str]] = defaultdict(list)
        for kind, row_id in sorted(keys):
            of_kind[kind].append(row_id)
        for kind, ids in of_kind.items():
            mine = (c.kind == kind, one_of(self.raw, c.row_id, ids))
            query = select(c.row_id, func.max(c.rev)).where(*mine).group_by(c.row_id)
            self.former_revs |= {(kind, row_id): rev for row_id, rev in self.raw.execute(query)}

    def former_rev(self, kind: str, row_id: str) -> int:
        """Last revision of a row that is there no more; 0 when it never was."""
        return self._gone.get((kind, row_id)) or self.former_revs.get((kind, row_id), 0)

    def get(self, kind: str, row_id: str) -> Row | None:
        if not isinstance(row_id, str):
            raise TypeError("an id is a text")  # arguments come from outside
        row = self.row(kind, row_id)
        if row is None or (self.as_actor and not self.sees(row["scope_id"])):
            return None
        return dict(row)

    def select(self, kind: str, **equal: Any) -> list[Row]:
        found = super().select(kind, **equal)
        for row in found:
            self._rows.setdefault((kind, row["id"]), dict(row))
        return [r for r in found if not self.as_actor or self.sees(r["scope_id"])]

    def sees(self, scope: str) -> bool:
        """Whether the person may read a scope."""
        if (
            self.principal.trusted
            or scope in self._scopes_seen
            or scope == f"user:{self.principal.person_id}"
        ):
            return True
        if not scope.startswith("unit:"):
            return False
        # The first row of a scope comes before anybody's grant to it.
        return may_read(self.raw, self.everywhere(), scope)

    def reaches(self, row: Row) -> bool:
        """Whether the person may put a row where it now lies: in a scope she reads, or in one that this very
        group brings into being for her."""
        scope = row["scope_id"]
        return self.sees(scope) or (scope.partition(":")[0] in ("case", "doc") and self._count_in(scope) == 0)

    def _count_in(self, scope: str) -> int:
        """Rows that were in a restricted scope before the open group."""
        known = self.memo(("scope", scope), lambda: self._stat_of(scope))
        made = [a for a in self.applied if a.after is not None and a.after["scope_id"] == scope]
        return known + len(made)

    def _stat_of(self, scope: str) -> int:
        held = self.raw.execute(select(scope_stat.c.held).where(scope_stat.c.scope == scope)).scalar()
        return int(held) if held is not None else 0

    def _load_scopes(self) -> set[str]:
        g = grants.c
        query = select(g.scope).where(
            g.person_id == self.principal.person_id,
            g.active == 1,
            (g.valid_to.is_(None)) | (g.valid_to > self.at),
        )
        return set(self.raw.execute(query).scalars())

    def renew_scopes(self) -> None:
        """Look at the person's scopes anew, after grants changed."""
        self._scopes_seen = self._load_scopes()
        self._memo.clear()

    def memo(self, key: Any, make: Callable[[], _T]) -> _T:
        """What stays the same over the groups of a request unless roles change."""
        if key not in self._memo:
            self._memo[key] = make()
        return cast(_T, self._memo[key])

    def everywhere(self) -> Access:
        """The person's rights in all municipalities together."""
        session = Session(self.principal.person_id, "")
        return self.memo("everywhere", lambda: access_of(self.connection, session, self.at))

    def scope_of(self, kind: str, row_id: str) -> str:
        row = self.row(kind, row_id)
        if row is None or not (self.sees(row["scope_id"]) or self._touched(kind, row_id)):
            raise Refused.gone(kind, row_id)
        return str(row["scope_id"])

    def _touched(self, kind: str, row_id: str) -> bool:
        return (kind, row_id) in self._before

    # -- writing ---------------------------------------------------------------------------------------

    def put(self, applied: Applied) -> None:
        """Take in one operation: the row in memory, what rules see of it, its place among the rest."""
        key = (applied.kind, applied.row_id)
        self._before.setdefault(key, self._rows.get(key))
        self._rows[key] = applied.after
        self._dirty[key] = None
        self.group.append(applied)
        if applied.after is None:
            self._gone[key] = applied.rev
        spec = self.kinds[applied.kind]
        row = applied.after or applied.before
        assert row is not None
        before = {n: b for n, (b, _a) in applied.changes.items() if applied.before is not None}
        after = {n: a for n, (_b, a) in applied.changes.items() if applied.after is not None}
        base = applied.rev - 1
        self.ops.append(
            RowOp(applied.action, *key, self._root(spec, row), row["scope_id"], base, before, after)
        )

    def was_given(self, series: str, number: int) -> bool:
        """Whether a series had given a number before the register that is being taken in came to it."""
        return number < (self.floors or {}).get(series, 0)

    def next_index(self) -> int:
        """The place of the next thing the request writes."""
        self._count += 1
        return self._count

    @property
    def count(self) -> int:
        """How many places were taken."""
        return self._count

    def take_number(self, series: str) -> int | None:
        self.hold()
        holding = self.domain.holding
        if holding is not None and holding.municipality(series) is not None:
            return take_held(self, series)
        return self.authority.take_number(self.raw, series)

    def pass_number(self, series: str, number: int) -> None:
        self.hold()
        pass_number(self.raw, series, number)

    def flush(self) -> None:
        """Write what waits, so that the database can be asked."""
        if self._waiting:
            self._write(self._waiting)
            self._written |= self._waiting
            self._waiting = {}
        if self._dirty:
            self.hold()
            self._write(self._dirty)
            self._written |= self._dirty
            self._dirty = {}

    def hold(self) -> None:
        """From here on the open group is in the database, too."""
        if self._savepoint is None:
            if self._waiting:
                self._write(self._waiting)
                self._written |= self._waiting
                self._waiting = {}
            self._savepoint = self.raw.begin_nested()

    def _write(self, keys: Iterable[Key]) -> None:
        kept: dict[str, list[Row]] = defaultdict(list)
        gone: dict[str, list[str]] = defaultdict(list)
        for kind, row_id in keys:
            row = self._rows[kind, row_id]
            if row is None:
                gone[kind].append(row_id)
            else:
                kept[kind].append({n: v for n, v in row.items() if n != "k"})
        for kind, ids in gone.items():
            table = self.kinds.table(kind)
            for start in range(0, len(ids), _BATCH):
                self.raw.execute(delete(table).where(table.c.id.in_(ids[start : start + _BATCH])))
        for kind, rows in kept.items():
            upsert(self.raw, self.kinds.table(kind), rows, key=("id",))

    def finish(self, first: int) -> None:
        """Write everything, each row with its number: ``first`` is the one before the first place."""
        latest: dict[Key, int] = {(a.kind, a.row_id): first + a.index for a in self.applied}
        again = [key for key in self._written if key in latest and key not in self._waiting]
        for key, seq in latest.items():
            row = self._rows[key]
            if row is not None:
                self._rows[key] = row | {"seq": seq}
        for applied in self.applied:
            if applied.after is not None:
                applied.after = applied.after | {"seq": first + applied.index}
        self._write([*self._waiting, *(k for k in again if self._rows[k] is not None)])
        self._waiting = {}

    def touched_since_undone(self, kinds: Collection[str], **where: str) -> bool:
        c = audit.c
        undone = select(func.max(c.n)).where(c.group_id == self.undoes).scalar_subquery()
        query = select(c.n).where(c.kind.in_(kinds), c.n > undone)
        for name, value in where.items():
            query = query.where(c[name] == value)
        return self.raw.execute(query.limit(1)).first() is not None

    def undone_values(self, kind: str, row_id: str) -> dict[str, Any]:
        """What fields of a row held before the command that this group takes back changed them (wire form)."""
        outcome = self.outcomes.get(self.undoes)
        done = {str(o["op_id"]) for o in outcome["outcome"].get("ops", ())} if outcome else set()
        here = [a.changes for a in self.applied if a.op_id in done and (a.kind, a.row_id) == (kind, row_id)]
        if here:
            return {n: was for changes in reversed(here) for n, (was, _now) in changes.items()}
        query = (
            select(audit_value.c.content)
            .select_from(audit.join(audit_value, audit_value.c.audit_n == audit.c.n))
            .where(audit.c.group_id == self.undoes, audit.c.kind == kind, audit.c.row_id == row_id)
            .order_by(audit.c.n.desc())
        )
        found: dict[str, Any] = {}
        for content in self.raw.execute(query).scalars():
            found |= {n: was for n, (was, _now) in content["changes"].items()}
        return found

    def child_rows(self, kind: Kind, row_id: str) -> list[tuple[Kind, Row]]:
        """Rows that take their scope from a row."""
        found: list[tuple[Kind, Row]] = []
        for child in self.kinds.children_of(kind.name):
            rows = super().select(child.name, **{child.parent: row_id})
            for row in rows:
                self._rows.setdefault((child.name, row["id"]), dict(row))
            found += [(child, row) for row in rows]
        return found

    def scope_now(self, kind: Kind, row: Mapping[str, Any]) -> str:
        """The scope a row belongs to by the rule."""
        return self._scope_of(kind, row)


# Kinds that rights are worked out from.
_GLOBAL = frozenset({"role", "person", "municipality", "office", "access_right", "secrecy_scope"})
