"""One row operation of a group, done in memory: what it builds on, what it clashes with, what it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from workbench.i18n import _
from workbench.ids import new_id
from workbench.server.refusals import Refused
from workbench.server.schema import audit
from workbench.server.unit import Applied, Row, ServerUnit
from workbench.server.values import read_values
from workbench.store.kinds import Kind, Merge


class Clashes(Exception):
    """Fields of one row that another changed meanwhile. Collected over a group, then told together."""

    def __init__(
        self, why: str, kind: str, row_id: str, fields: list[str], by: str = "", at: str = ""
    ) -> None:
        super().__init__(why)
        self.why = why
        self.found = {"kind": kind, "id": row_id, "fields": fields, "by": by, "at": at}


def create(unit: ServerUnit, spec: Kind, op: Mapping[str, Any]) -> Applied:
    """A new row, numbered where the kind is."""
    row_id = str(op["id"])
    former = unit.former_rev(spec.name, row_id)
    if unit.row(spec.name, row_id) is not None or (former and not op.get("base_rev")):
        raise Refused.rejected("id_reuse", _("Samalla tunnisteella on jo toinen tieto."))
    given = read_values(spec, op.get("patch") or {}) | read_values(
        spec, op.get("derived") or {}, derived=True
    )
    row: Row = {f.name: given.get(f.name) for f in spec.fields} | {"id": row_id}
    missing = [f for f in spec.fields if f.required and row[f.name] is None]
    if missing:
        raise Refused.rejected(
            "invalid",
            _("Tieto ”{label}” puuttuu ({field}).").format(
                label=_(missing[0].label), field=f"{spec.name}.{missing[0].name}"
            ),
        )
    if not former:
        row |= _assigned(unit, spec, row, None, row)
    row |= {
        "scope_id": unit.scope_now(spec, row),
        "rev": former + 1,
        "seq": 0,
        "sync_state": 0,
        "extra": None,
    }
    stored = {n: v for n, v in row.items() if n in spec.by_name and v is not None}
    changes = {n: (None, v) for n, v in spec.wire(stored).items()}
    return _applied(unit, spec, op, "create", None, row, changes)


def _assigned(
    unit: ServerUnit, spec: Kind, row: Row, former: Row | None, sent: Mapping[str, Any]
) -> dict[str, Any]:
    """What the authority gives. Numbers that came with the row (``sent``) are looked at only where their series may be
    held by a workstation."""
    if spec.assign is None:
        return {}
    if unit.floors is not None and spec.adopt is not None:
        return dict(spec.adopt(row, unit, unit.was_given))
    if unit.principal.trusted and former is None and all(row[name] is not None for name in spec.assigned):
        return {}
    unit.said = [sent[name] for name in spec.assigned if sent.get(name) is not None]
    blank: Row = row | {name: None for name in spec.assigned}
    return {name: None for name in spec.assigned} | dict(spec.assign(blank, former, unit))


def patch(unit: ServerUnit, spec: Kind, op: Mapping[str, Any]) -> Applied:
    """Changed fields, when nobody else has changed the same since the person saw them."""
    row = seen_row(unit, spec, op)
    given = read_values(spec, op.get("patch") or {})
    _demand_unlocked(spec, row, given)
    _demand_unchanged(unit, spec, row, op, given)
    if any(name in given for name in spec.assigned):
        sent = given
        given = {n: v for n, v in given.items() if n not in spec.assigned}
        given |= _assigned(unit, spec, row | given, row, sent)
    after = row | given | {"rev": row["rev"] + 1}
    changes = {n: (spec.by_name[n].to_wire(row[n]), spec.by_name[n].to_wire(v)) for n, v in given.items()}
    return _applied(unit, spec, op, "patch", row, after, changes)


def remove(unit: ServerUnit, spec: Kind, op: Mapping[str, Any]) -> Applied | None:
    """Delete a row nobody else has changed since; None when it is gone already."""
    row_id = str(op["id"])
    if unit.row(spec.name, row_id) is None:
        return None
    row = seen_row(unit, spec, op)
    if spec.lasting:
        raise Refused.rejected("invalid", _("{what}: ei poisteta.").format(what=_(spec.label)))
    changed, by, at = changed_since(unit, spec.name, row, int(op.get("base_rev") or 0))
    if changed:
        raise Clashes("changed", spec.name, row_id, sorted(changed - {"scope_id"}), by, at)
    stored = {n: row[n] for n in spec.by_name if row[n] is not None}
    changes = {n: (v, None) for n, v in spec.wire(stored).items()}
    return _applied(unit, spec, op, "delete", row, None, changes)


def move(unit: ServerUnit, spec: Kind, op: Mapping[str, Any]) -> Applied:
    """The row goes where the rule says it belongs; what the workstation thought is only a hint."""
    row = seen_row(unit, spec, op)
    return rescope(unit, spec, row, str(op["op_id"]))


def rescope(unit: ServerUnit, spec: Kind, row: Row, op_id: str = "") -> Applied:
    """Put a row into the scope it belongs to; without ``op_id`` by the server's own doing."""
    scope = unit.scope_now(spec, row)
    after = row | {"scope_id": scope, "rev": row["rev"] + 1}
    changes = {"scope_id": (row["scope_id"], scope)} if scope != row["scope_id"] else {}
    applied = _applied(unit, spec, {"op_id": op_id or new_id(), "id": row["id"]}, "move", row, after, changes)
    applied.told = bool(op_id)
    return applied


def seen_row(unit: ServerUnit, spec: Kind, op: Mapping[str, Any]) -> Row:
    """The row an operation names, when it is there for this person."""
    row_id = str(op["id"])
    row = unit.row(spec.name, row_id)
    fields = sorted(op.get("patch") or {})
    if row is None or not (unit.sees(row["scope_id"]) or unit.is_new(spec.name, row_id)):
        before = unit.before(spec.name, row_id)
        if row is None or before is None or not unit.sees(before["scope_id"]):
            raise Refused.gone(spec.name, row_id, fields)
    return row


def _applied(
    unit: ServerUnit,
    spec: Kind,
    op: Mapping[str, Any],
    action: str,
    before: Row | None,
    after: Row | None,
    changes: dict[str, tuple[Any, Any]],
) -> Applied:
    last = after or before
    assert last is not None
    rev = after["rev"] if after is not None else last["rev"] + 1
    if before is not None and after is not None and before["scope_id"] != after["scope_id"]:
        unit.next_index()  # leaving the former scope is an entry of its own, the one before
    applied = Applied(
        str(op["op_id"]), action, spec.name, str(op["id"]), before, after, rev, unit.next_index(), changes
    )
    unit.put(applied)
    return applied


def _demand_unlocked(spec: Kind, row: Row, given: Mapping[str, Any]) -> None:
    locked = [
        n
        for n, v in given.items()
        if spec.by_name[n].merge is Merge.LOCK
        and n not in spec.assigned
        and row[n] is not None
        and row[n] != v
    ]
    if locked:
        raise Clashes("locked", spec.name, row["id"], sorted(locked))


def _demand_unchanged(
    unit: ServerUnit, spec: Kind, row: Row, op: Mapping[str, Any], given: Mapping[str, Any]
) -> None:
    changed, by, at = changed_since(unit, spec.name, row, int(op.get("base_rev") or 0))
    if not changed:
        return
    differs = {n for n, v in given.items() if row[n] != v}  # saying the same is no clash
    clash = differs & changed
    if any(_asks(spec, n) for n in changed):
        clash = differs
    else:
        clash |= {n for n in differs if _asks(spec, n)}
    if clash:
        raise Clashes("changed", spec.name, row["id"], sorted(clash), by, at)


def _asks(spec: Kind, name: str) -> bool:
    """Whether a person is asked when a row with this field was changed twice, whatever else was changed."""
    return name in spec.by_name and spec.by_name[name].merge is Merge.ASK


def changed_since(unit: ServerUnit, kind: str, row: Row, base_rev: int) -> tuple[set[str], str, str]:
    """Fields that others have changed after ``base_rev``, and by whom and when last. What this workstation did
    itself is no news to whoever sits at it."""
    if row["rev"] <= base_rev:
        return set(), "", ""
    found: set[str] = set()
    by = at = ""
    c = audit.c
    query = (
        select(c.fields, c.actor_id, c.at)
        .where(
            c.kind == kind,
            c.row_id == row["id"],
            c.rev > base_rev,
            c.client_id != unit.principal.client_id,
        )
        .order_by(c.rev)
    )
    for fields, actor, moment in unit.raw.execute(query):
        found |= set(fields)
        by, at = actor, moment.isoformat()
    return found, by, at
