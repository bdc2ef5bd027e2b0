"""The plan as our own versioned JSON (``resources/schemas/plan-1.json``): read, write, nothing lost.

Keys are English, values keep the Finnish words of the code lists. A missing key means "inherited".
"""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any

from workbench.cases.plan.codes import Phase, PlanState
from workbench.cases.plan.model import Defaults, PlanAction, PlanClass, PlanDocument, PlanVersion
from workbench.errors import UserError
from workbench.i18n import _
from workbench.resources import resource_text

FORMAT = "seutupoyta-plan"
FORMAT_VERSION = 1


def common_plan() -> PlanVersion:
    """The plan shipped with the program, common to all municipalities."""
    return _common()


@cache
def _common() -> PlanVersion:
    return checked_plan(json.loads(resource_text("plan", "common-1.json")))


def write_plan(plan: PlanVersion) -> str:
    """The plan as JSON text, stable from run to run."""
    return json.dumps(plan_to_dict(plan), ensure_ascii=False, indent=1) + "\n"


def read_plan(text: str) -> PlanVersion:
    """The plan in a JSON text; a :class:`UserError` names the first place that is wrong."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as problem:
        raise UserError(
            _(
                "Tiedosto ei ole ehjä suunnitelma: rivin {line} kohtaa {column} ei voi lukea. "
                "Mitään ei tuotu."
            ).format(line=problem.lineno, column=problem.colno),
            code="plan_json",
        ) from problem
    except RecursionError as problem:
        raise UserError(
            _("Tiedosto ei ole ehjä suunnitelma: rakenne on liian syvä. Mitään ei tuotu."), code="plan_json"
        ) from problem
    return plan_from_dict(data)


def plan_from_dict(data: Any) -> PlanVersion:
    """The plan in decoded JSON that comes from outside: its shape is checked first."""
    # Imported here: only a plan that comes in needs the schema's validator, every start of the program not.
    from workbench.cases.plan.plan_shape import check_shape

    check_shape(data)
    return checked_plan(data)


def checked_plan(data: dict[str, Any]) -> PlanVersion:
    """The plan in decoded JSON whose shape has been checked: what the store holds was when it came in, what
    is shipped by a test. (The check takes fifteen times the reading.)"""
    try:
        return PlanVersion(
            municipality=data["municipality"],
            version=data["plan_version"],
            valid_from=date.fromisoformat(data["valid_from"]),
            state=PlanState(data["state"]),
            classes=tuple(_read_class(item) for item in data["classes"]),
        )
    except ValueError as problem:
        raise UserError(
            _("Suunnitelman arvo ei kelpaa: {reason}. Mitään ei tuotu.").format(reason=problem),
            code="plan_json",
        ) from problem


def plan_to_dict(plan: PlanVersion) -> dict[str, Any]:
    """The plan as JSON values."""
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "municipality": plan.municipality,
        "plan_version": plan.version,
        "valid_from": plan.valid_from.isoformat(),
        "state": str(plan.state),
        "classes": [_write_class(c) for c in plan.classes],
    }


def _write_class(node: PlanClass) -> dict[str, Any]:
    written: dict[str, Any] = {"code": node.code, "name": node.name}
    if node.parent is not None:
        written["parent"] = node.parent
    optional: dict[str, Any] = {
        "case_title_pattern": node.case_title_pattern,
        "case_types": list(node.case_types),
        "handling_target_days": node.handling_target_days,
        "hints": list(node.hints),
        "phases": [str(p) for p in node.phases],
        "process": node.process.given(),
        "actions": [_write_action(a) for a in node.actions],
    }
    written |= {key: value for key, value in optional.items() if value not in (None, "", [], {})}
    return written


def _write_action(action: PlanAction) -> dict[str, Any]:
    written: dict[str, Any] = {"phase": str(action.phase), "name": action.name}
    if given := action.defaults.given():
        written["defaults"] = given
    if action.document_types:
        written["document_types"] = [_write_document(d) for d in action.document_types]
    return written


def _write_document(document: PlanDocument) -> dict[str, Any]:
    written: dict[str, Any] = {"type": document.type, "title": document.title}
    if given := document.defaults.given():
        written["defaults"] = given
    return written


def _read_class(data: dict[str, Any]) -> PlanClass:
    return PlanClass(
        code=data["code"],
        name=data["name"],
        parent=data.get("parent"),
        case_title_pattern=data.get("case_title_pattern", ""),
        phases=tuple(Phase(p) for p in data.get("phases", ())),
        process=Defaults.of(data.get("process", {})),
        actions=tuple(
            PlanAction(
                phase=Phase(a["phase"]),
                name=a["name"],
                document_types=tuple(
                    PlanDocument(d["type"], d["title"], Defaults.of(d.get("defaults", {})))
                    for d in a.get("document_types", ())
                ),
                defaults=Defaults.of(a.get("defaults", {})),
            )
            for a in data.get("actions", ())
        ),
        handling_target_days=data.get("handling_target_days"),
        hints=tuple(data.get("hints", ())),
        case_types=tuple(data.get("case_types", ())),
    )
