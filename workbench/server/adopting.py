"""Taking in a register (rekisterin otto): what a workstation registered while it was its own authority.

Somebody must have allowed it: the right comes with a joining code, is the workstation's that joined with it, and
ends when all has come. Rows come as they were made, by whomever, numbered as they are. So only new objects come,
whole: nothing is added to what the server has, and nothing opens what it keeps. When the register begins to come,
each of its series is looked at once: one of which the server has given nothing is founded by it, gaps and all; of
another, numbers below the server's next were given already, and the rest stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select, update

from workbench.context import Session
from workbench.i18n import N_, _
from workbench.organisation.access import access_of
from workbench.server.database import lock_in_order
from workbench.server.identity.schema import adoption
from workbench.server.principal import Principal
from workbench.server.refusals import Refused
from workbench.server.unit import Applied, ServerUnit
from workbench.store.adopting import ADOPT, BEGIN, END, JOURNAL
from workbench.store.authority import peek_number
from workbench.store.ordering import COMMON
from workbench.sync.wire import Group

_LARGEST_NUMBER = 10_000_000


def may_adopt(connection: Connection, principal: Principal) -> bool:
    """Whether the workstation's own register may come, or go on coming. One that has come does not come again."""
    a = adoption.c
    mine = (a.client_id == principal.client_id) & (a.person_id == principal.person_id)
    rows = connection.execute(select(a.ended_at).where(mine)).all()
    return bool(rows) and all(row.ended_at is None for row in rows)


def admit(unit: ServerUnit, group: Mapping[str, Any]) -> None:
    """Refuse a group that no adoption allows now; look at the register's series when it begins."""
    row = _open(unit)
    command, args = str(group["command"]), group.get("args") or {}
    if command != ADOPT and group.get("ops"):
        raise _unfit()
    if command == BEGIN:
        _begin(unit, row, args)
        return
    if row["floors"] is None:
        raise Refused.blocked()
    unit.floors = dict(row["floors"])
    if command == JOURNAL:
        _note_head(unit, row, args)
    elif command == END:
        _change(unit, row, ended_at=unit.at)
    elif not group.get("ops") or any(op["type"] != "create" or op.get("base_rev") for op in group["ops"]):
        raise _unfit()
    else:
        _pass_inner(unit, group, args)


def _open(unit: ServerUnit) -> dict[str, Any]:
    """The adoption of the workstation that asks. Without one the group waits, and nothing of it is kept here."""
    a = adoption.c
    mine = (a.client_id == unit.principal.client_id) & (a.person_id == unit.principal.person_id)
    query = select(adoption).where(mine, a.ended_at.is_(None)).order_by(a.made_at.desc()).limit(1)
    if not may_adopt(unit.raw, unit.principal):
        raise Refused(
            "blocked", message=_("Palvelin ei ota tämän työaseman rekisteriä. Kysy pääkäyttäjältä.")
        )
    if unit.locks:
        query = query.with_for_update()
    row = unit.raw.execute(query).mappings().first()
    if row is None:
        raise Refused.blocked()
    return dict(row)


def _change(unit: ServerUnit, row: Mapping[str, Any], **values: Any) -> None:
    unit.hold()
    unit.raw.execute(update(adoption).where(adoption.c.token_hash == row["token_hash"]).values(**values))


def _begin(unit: ServerUnit, row: Mapping[str, Any], args: Mapping[str, Any]) -> None:
    """Look at each series; the server's goes on above what the register has given."""
    if row["floors"] is not None:
        return  # a second telling of the same
    wanted = _series(args)
    lock_in_order(unit.raw, {name.split(":")[1] for name in wanted if ":" in name})
    begun = unit.raw.execute(select(adoption.c.floors).where(adoption.c.floors.is_not(None))).scalars()
    others = {name for floors in begun for name in floors}
    floors: dict[str, int] = {}
    for name, following in wanted.items():
        is_used = name in others or unit.domain.numbered(unit.connection, name)
        floors[name] = peek_number(unit.raw, name) if is_used else 0
        if following > 1:
            unit.pass_number(name, following - 1)
    _change(unit, row, floors=floors)


def _series(args: Mapping[str, Any]) -> dict[str, int]:
    found = args.get("series", {})
    if not isinstance(found, dict) or len(found) > 10_000:
        raise _unfit()
    for name, following in found.items():
        fits = isinstance(following, int) and not isinstance(following, bool) and following >= 1
        if not fits or following > _LARGEST_NUMBER or not name.isprintable() or len(name) > 100:
            raise _unfit()
    return dict(sorted(found.items()))


def _pass_inner(unit: ServerUnit, group: Mapping[str, Any], args: Mapping[str, Any]) -> None:
    """Series within an object go on where they were: of objects that come now alone."""
    new = {str(op["id"]) for op in group["ops"]}
    for name, following in _series(args).items():
        if name.rpartition(":")[2] not in new:
            raise _unfit()
        if following > 1:
            unit.pass_number(name, following - 1)


def _note_head(unit: ServerUnit, row: Mapping[str, Any], args: Mapping[str, Any]) -> None:
    chain, entries, head = args.get("chain"), args.get("entries"), args.get("head")
    if not (isinstance(chain, str) and isinstance(entries, int) and isinstance(head, str)) or len(head) != 64:
        raise _unfit()
    _change(unit, row, heads=(row["heads"] or {}) | {chain: [entries, head]})


def check(unit: ServerUnit) -> None:
    """Each row is of a new object of a municipality in which the person has a role, and opens nothing else."""
    for applied in unit.group:
        row = applied.after
        assert row is not None  # adoption makes rows, and nothing else
        spec = unit.kinds[applied.kind]
        if row["scope_id"] == COMMON:
            raise _forbidden()
        for name, kind in ((spec.parent, spec.parent_kind), (spec.root, _kind_of(unit, applied))):
            if name and row[name] and not unit.is_new(kind, str(row[name])):
                raise _forbidden()
        if spec.opens:
            opened = str(row[spec.opens]).partition(":")[2]
            if not any(unit.is_new(kind.name, opened) for kind in unit.kinds):
                raise _forbidden()
        code = row.get("municipality")
        if code and not unit.memo(("adopts for", code), lambda code=code: _has_role(unit, str(code))):  # type: ignore[misc]
            raise _forbidden()


def _kind_of(unit: ServerUnit, applied: Applied) -> str:
    spec = unit.kinds[applied.kind]
    return (spec.by_name[spec.root].ref or spec.parent_kind) if spec.root else ""


def _has_role(unit: ServerUnit, municipality: str) -> bool:
    access = access_of(unit.connection, Session(unit.principal.person_id, municipality), unit.at)
    return bool(access.grants)


def told(unit: ServerUnit, group: Group) -> Group:
    """The group as the audit says it: with the number that was changed."""
    for applied in unit.group:
        spec = unit.kinds[applied.kind]
        if spec.adopt is None or spec.root or applied.after is None:
            continue
        name = spec.assigned[0]
        op = next(op for op in group["ops"] if op["op_id"] == applied.op_id)
        former, present = (op.get("patch") or {}).get(name), applied.after[name]
        if former and former != present:
            words = {"former": former, "present": present}
            return group | Group(title=N_("Otettu palvelimelle: {former} on nyt {present}"), words=words)
    return group


def _unfit() -> Refused:
    return Refused.rejected("invalid", _("Toimen tiedot eivät kelpaa."))


def _forbidden() -> Refused:
    return Refused.rejected(
        "forbidden", _("Rekisterin mukana tulee vain uusia kohteita kunnista, joissa on rooli.")
    )
