"""The whole domain, put together for the store: every kind, command, invariant and check."""

from __future__ import annotations

from functools import cache

from workbench.cases import (
    arrival_time,
    closing,
    corrections,
    edit,
    oversight,
    papers,
    parts,
    register,
    single_rights,
    task_changes,
)
from workbench.cases import tables as case_tables
from workbench.cases.checks import CHECKS as CASE_CHECKS
from workbench.cases.contents import wanted_contents
from workbench.cases.fitting import fits_settings
from workbench.cases.intake import commands as intake
from workbench.cases.intake import destroying, handing_over
from workbench.cases.migration import batch as migration
from workbench.cases.numbers import is_series_used, no_gap_in_numbers
from workbench.cases.plan_commands import COMMANDS as PLAN_COMMANDS
from workbench.cases.row_guard import guard_row
from workbench.cases.undoing import fits_after_undo, guard_undo
from workbench.organisation import commands as organisation
from workbench.organisation import tables as organisation_tables
from workbench.organisation import upkeep
from workbench.organisation.access import readers_of
from workbench.store.domain import Domain
from workbench.sync import adopted, deciding


@cache
def whole_domain() -> Domain:
    """Built once per process: the declarations are constants."""
    return Domain.of(
        kinds=(*organisation_tables.KINDS, *case_tables.KINDS),
        commands=(
            *organisation.COMMANDS,
            *upkeep.COMMANDS,
            *register.COMMANDS,
            *edit.COMMANDS,
            *arrival_time.COMMANDS,
            *single_rights.COMMANDS,
            *parts.COMMANDS,
            *task_changes.COMMANDS,
            *papers.COMMANDS,
            *corrections.COMMANDS,
            *closing.COMMANDS,
            *oversight.COMMANDS,
            *intake.COMMANDS,
            *handing_over.COMMANDS,
            *destroying.COMMANDS,
            *PLAN_COMMANDS,
            *migration.COMMANDS,
            *deciding.COMMANDS,
            *adopted.COMMANDS,
        ),
        checks=CASE_CHECKS,
        invariants=(no_gap_in_numbers, fits_after_undo),
        undo_guard=guard_undo,
        readers=readers_of,
        row_guard=guard_row,
        wanted=wanted_contents,
        numbered=is_series_used,
        fits=fits_settings,
    )
