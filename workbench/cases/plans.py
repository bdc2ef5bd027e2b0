"""The records plan in force: which version a municipality follows on a day, parsed once per version."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date

from sqlalchemy import Connection, select

from workbench.cases.plan.codes import PlanState
from workbench.cases.plan.model import PlanVersion
from workbench.cases.plan.plan_json import checked_plan, common_plan
from workbench.cases.tables import plan
from workbench.clock import local
from workbench.store.store import Reader
from workbench.store.unit import UnitOfWork

_KEPT = 32
_parsed: OrderedDict[tuple[str, int], PlanVersion] = OrderedDict()


def current_plan(now: Reader | UnitOfWork, municipality: str) -> PlanVersion:
    """The version in force on the day of a question or a command."""
    return plan_in_force(now.connection, municipality, local(now.at).date())


def plan_in_force(connection: Connection, municipality: str, on: date) -> PlanVersion:
    """The municipality's newest version in use that is valid on the day; the common plan when it has
    none of its own."""
    row = connection.execute(
        select(plan.c.id, plan.c.rev)
        .where(
            plan.c.municipality == municipality,
            plan.c.valid_from <= on,
            plan.c.state == PlanState.IN_USE.value,
        )
        .order_by(plan.c.valid_from.desc(), plan.c.k.desc())
        .limit(1)
    ).first()
    return common_plan() if row is None else plan_of(connection, row.id, row.rev)


def plan_of(connection: Connection, plan_id: str, rev: int) -> PlanVersion:
    """One stored version. Parsing takes a moment, so each revision is parsed once per process."""
    key = (plan_id, rev)
    found = _parsed.get(key)
    if found is None:
        content = connection.execute(select(plan.c.content).where(plan.c.id == plan_id)).scalar_one()
        found = checked_plan(content)
        _parsed[key] = found
        if len(_parsed) > _KEPT:
            _parsed.popitem(last=False)
    return found
