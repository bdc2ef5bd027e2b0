"""The read side of records plans: versions of a municipality, and the one that holds today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from workbench.cases.plan.codes import PlanState
from workbench.cases.plan.model import PlanVersion
from workbench.cases.plan.plan_json import common_plan
from workbench.cases.plans import plan_in_force, plan_of
from workbench.cases.tables import plan
from workbench.clock import local
from workbench.store.store import Reader


@dataclass(frozen=True)
class PlanRow:
    """One version; ``id`` "" is the common plan. ``when``: ``now``, ``coming`` or ``past``."""

    id: str
    version: str
    valid_from: date
    classes: int
    when: str


@dataclass(frozen=True)
class Plans:
    """A municipality's plan in force and all of its versions, the newest first, the common plan last."""

    current: PlanVersion
    rows: tuple[PlanRow, ...]


def load_plans(reader: Reader, municipality: str) -> Plans:
    """What a records manager sees of the municipality's plans."""
    today = local(reader.at).date()
    current = plan_in_force(reader.connection, municipality, today)
    query = (
        select(plan.c.id, plan.c.rev, plan.c.version, plan.c.valid_from)
        .where(plan.c.municipality == municipality, plan.c.state == PlanState.IN_USE.value)
        .order_by(plan.c.valid_from.desc(), plan.c.k.desc())
    )
    rows: list[PlanRow] = []
    found = False
    for row in reader.connection.execute(query):
        when = "coming" if row.valid_from > today else "past" if found else "now"
        found = found or when == "now"
        count = len(plan_of(reader.connection, row.id, row.rev).classes)
        rows.append(PlanRow(row.id, row.version, row.valid_from, count, when))
    common = common_plan()
    when = "past" if found else "now"
    rows.append(PlanRow("", common.version, common.valid_from, len(common.classes), when))
    return Plans(current, tuple(rows))


def load_plan_version(reader: Reader, plan_id: str) -> PlanVersion:
    """One version whole; "" is the common plan."""
    if not plan_id:
        return common_plan()
    rev = reader.connection.execute(select(plan.c.rev).where(plan.c.id == plan_id)).scalar_one()
    return plan_of(reader.connection, plan_id, rev)
