"""A records plan from a file: a workbook or our own JSON, with findings and the difference to what holds.

Invariant: reading proposes and never writes; a proposal with an error cannot be taken into use.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.cases.plan.codes import PlanState
from workbench.cases.plan.diff import Change, diff
from workbench.cases.plan.model import PlanVersion
from workbench.cases.plan.plan_json import read_plan
from workbench.cases.plan.rules import check_plan
from workbench.errors import UserError
from workbench.i18n import _

if TYPE_CHECKING:
    from workbench.cases.plan.workbook import Finding

PATTERNS = ("*.xlsx", "*.json")


@dataclass(frozen=True)
class PlanProposal:
    """What a file would bring. ``plan`` is None when a finding stops it."""

    name: str
    plan: PlanVersion | None
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...]

    @property
    def errors(self) -> int:
        """How many findings stop it."""
        return sum(f.severity == "error" for f in self.findings)


def read_proposal(
    path: Path, current: PlanVersion, *, municipality: str, version: str, valid_from: date
) -> PlanProposal:
    """Read a file; raises UserError when it is not a plan at all."""
    from workbench.cases.plan.workbook import Finding, import_workbook  # brings openpyxl: only when needed

    if path.suffix.lower() == ".json":
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise UserError(
                _("Tiedostoa {name} ei voi lukea.").format(name=path.name), field="file"
            ) from error
        plan: PlanVersion | None = read_plan(text)
        findings: tuple[Finding, ...] = ()
    else:
        made = import_workbook(path, municipality=municipality, version=version, valid_from=valid_from)
        plan, findings = made.plan, made.findings
    if plan is None:
        return PlanProposal(path.name, None, findings, ())
    plan = replace(
        plan,
        municipality=municipality,
        version=version or plan.version,
        valid_from=valid_from,
        state=PlanState.IN_USE,
    )
    problems = tuple(Finding("error", p.id or p.kind, "", p.message) for p in check_plan(plan))
    changes = tuple(diff(current, plan))
    return PlanProposal(path.name, None if problems else plan, (*findings, *problems), changes)
