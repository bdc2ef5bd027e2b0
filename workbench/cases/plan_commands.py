"""Taking a records plan into use: a new version, checked as a whole before anything changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from workbench.cases.plan.codes import PlanState
from workbench.cases.plan.plan_json import plan_from_dict
from workbench.cases.plan.rules import check_plan
from workbench.cases.rights import access
from workbench.errors import Problems, UserError
from workbench.i18n import N_, _
from workbench.ids import new_id
from workbench.organisation.access import demand, may
from workbench.organisation.model import Role
from workbench.store.commands import Command, CommandSpec, asks
from workbench.store.unit import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class TakePlanIntoUse(Command):
    """Store a plan version for a municipality; it is followed from its ``valid_from`` on. ``content`` is
    the plan's own JSON form."""

    municipality: str
    content: dict[str, Any]
    plan_id: str = field(default_factory=new_id)


def _take(command: TakePlanIntoUse, uow: UnitOfWork) -> str:
    version = plan_from_dict(command.content)
    problems = check_plan(version)
    if problems:
        raise Problems(problems)
    if uow.select("plan", municipality=command.municipality, version=version.version):
        raise UserError(
            _("Suunnitelmasta on jo versio {version}. Anna uudelle versiolle oma tunnus.").format(
                version=version.version
            ),
            field="version",
        )
    uow.insert(
        "plan",
        {
            "municipality": command.municipality,
            "version": version.version,
            "valid_from": version.valid_from,
            "state": PlanState.IN_USE.value,
            "content": command.content,
        },
        row_id=command.plan_id,
    )
    uow.say(N_("Otettu käyttöön tiedonohjaussuunnitelman versio {version}"), version=version.version)
    uow.concerns("plan", command.plan_id, chain=command.municipality)
    return command.plan_id


@asks("plan")
def _may_take(command: TakePlanIntoUse, uow: UnitOfWork) -> None:
    demand_plan(uow, command.municipality)


def demand_plan(uow: UnitOfWork, municipality: str) -> None:
    """The archivist takes a plan into use; the very first one may come from whoever sets the
    municipality up (käyttöönotto)."""
    answer = may(uow.connection, access(uow), "plan", municipality=municipality)
    if not answer.allowed:
        first = not uow.select("plan", municipality=municipality)
        if not (first and access(uow).has_role(Role.ADMINISTRATOR)):
            demand(answer)


COMMANDS = (CommandSpec(TakePlanIntoUse, "plan.take_into_use", _take, _may_take, writes=frozenset({"plan"})),)
