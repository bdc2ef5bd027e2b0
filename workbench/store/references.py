"""References between rows (viittaukset): a field that names another row never names one that is not there.

Declared once, by ``Field.ref``. Looked at when rows are taken back and by ``workbench check``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, func, select

from workbench.i18n import _
from workbench.store.kinds import Field, Kind, KindRegistry
from workbench.store.unit import UnitOfWork


def check_references(connection: Connection, kinds: KindRegistry) -> Iterator[str]:
    """Every broken reference of a store, counted by kind and field."""
    for kind, field in _all(kinds):
        table, other = kinds.table(kind.name), kinds.table(field.ref).alias()
        query = (
            select(func.count())
            .select_from(table.outerjoin(other, other.c.id == table.c[field.name]))
            .where(table.c[field.name].is_not(None), other.c.id.is_(None))
        )
        broken = connection.execute(query).scalar_one()
        if broken:
            yield _("{n} riviä ({kind}.{field}) viittaa riviin, jota ei ole.").format(
                n=broken, kind=kind.name, field=field.name
            )


def dangling(uow: UnitOfWork) -> str:
    """Label of a kind whose rows would be left with a broken reference by what the unit of work did; ""
    when all are whole. Deleted rows are looked for where they may be named, new values where they point."""
    for kind, row_id in dict.fromkeys((op.kind, op.row_id) for op in uow.ops):
        spec, row = uow.kinds[kind], uow.get(kind, row_id)
        if row is None:
            former = next(op.before for op in reversed(uow.ops) if (op.kind, op.row_id) == (kind, row_id))
            names = _naming(uow, spec, row_id, former)
            if names is not None:
                return _(names.label)
        elif any(
            f.ref and row[f.name] is not None and uow.get(f.ref, row[f.name]) is None for f in spec.fields
        ):
            return _(spec.label)
    return ""


def _naming(uow: UnitOfWork, gone: Kind, row_id: str, former: dict[str, Any]) -> Kind | None:
    for kind, field in _all(uow.kinds):
        if field.ref != gone.name:
            continue
        table = uow.kinds.table(kind.name)
        query = select(table.c.k).where(table.c[field.name] == row_id)
        if gone.parent and kind.parent_kind == gone.parent_kind and former.get(gone.parent):
            # Siblings name siblings: the whole table need not be read.
            query = query.where(table.c[kind.parent] == former[gone.parent])
        if uow.connection.execute(query.limit(1)).first() is not None:
            return kind
    return None


def _all(kinds: KindRegistry) -> Iterator[tuple[Kind, Field]]:
    for kind in kinds:
        for field in kind.fields:
            if field.ref:
                yield kind, field
