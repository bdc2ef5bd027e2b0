"""The plan as our own versioned JSON (``resources/schemas/plan-1.json``): read, write, nothing lost.

Keys are English, values keep the Finnish words of the code lists. A missing key means "inherited".
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import jsonschema

from workbench.cases.plan.codes import (
    FinalAction,
    PersonalData,
    Phase,
    PlanState,
    Publicity,
    RetentionKind,
    RetentionStart,
    SecrecyStart,
)
from workbench.cases.plan.model import Defaults, PlanAction, PlanClass, PlanDocument, PlanVersion
from workbench.errors import UserError
from workbench.i18n import _
from workbench.resources import resource_text

FORMAT = "seutupoyta-plan"
FORMAT_VERSION = 1

_ENUMS: Mapping[str, Any] = {
    "publicity": Publicity,
    "secrecy_computation": SecrecyStart,
    "personal_data": PersonalData,
    "retention_kind": RetentionKind,
    "retention_computation": RetentionStart,
    "final_action": FinalAction,
}


def common_plan() -> PlanVersion:
    """The plan shipped with the program, common to all municipalities."""
    return _common()


@cache
def _common() -> PlanVersion:
    return read_plan(resource_text("plan", "common-1.json"))


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of the file."""
    loaded: dict[str, Any] = json.loads(resource_text("schemas", "plan-1.json"))
    return loaded


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
    """The plan in decoded JSON."""
    _check_shape(data)
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


def _check_shape(data: Any) -> None:
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise UserError(
            _("Tiedosto ei ole tiedonohjaussuunnitelma. Valitse ohjelmasta viety suunnitelma."),
            code="plan_json",
        )
    version = data.get("format_version")
    if isinstance(version, int) and version > FORMAT_VERSION:
        raise UserError(
            _("Suunnitelma on tehty uudemmalla ohjelmalla. Päivitä ohjelma ja tuo suunnitelma uudelleen."),
            code="plan_json_newer",
        )
    validator = jsonschema.Draft202012Validator(schema())
    error = next(
        iter(sorted(validator.iter_errors(data), key=lambda e: list(map(str, e.absolute_path)))), None
    )
    if error is not None:
        raise UserError(
            _("Suunnitelman kohta {place} on väärin: {reason}. Mitään ei tuotu.").format(
                place=_place(data, list(error.absolute_path)), reason=_reason(error)
            ),
            code="plan_json",
        )


def _reason(error: jsonschema.ValidationError) -> str:
    value = str(error.instance)
    shown = value if len(value) <= 60 else value[:60] + "…"
    if error.validator == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        return _("tieto {name} puuttuu").format(name=", ".join(missing))
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
        extra = [name for name in error.instance if name not in known]
        return _("tietoa {name} ei tunneta").format(name=", ".join(extra))
    if error.validator == "enum":
        return _("arvo ”{value}” ei kuulu koodistoon ({known})").format(
            value=shown, known=", ".join(map(str, error.validator_value))
        )
    return _("arvo ”{value}” ei ole oikeaa muotoa").format(value=shown)


def _place(data: Any, path: list[Any]) -> str:
    """The path to the fault, with the class's code in place of its position."""
    if len(path) >= 2 and path[0] == "classes" and isinstance(path[1], int):
        item = data["classes"][path[1]]
        code = item.get("code", path[1] + 1) if isinstance(item, dict) else path[1] + 1
        path = ["classes", code, *path[2:]]
    return "/".join(str(p) for p in path) or "/"


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
        process=_read_defaults(data.get("process", {})),
        actions=tuple(
            PlanAction(
                phase=Phase(a["phase"]),
                name=a["name"],
                document_types=tuple(
                    PlanDocument(d["type"], d["title"], _read_defaults(d.get("defaults", {})))
                    for d in a.get("document_types", ())
                ),
                defaults=_read_defaults(a.get("defaults", {})),
            )
            for a in data.get("actions", ())
        ),
        handling_target_days=data.get("handling_target_days"),
        hints=tuple(data.get("hints", ())),
        case_types=tuple(data.get("case_types", ())),
    )


def _read_defaults(data: dict[str, Any]) -> Defaults:
    return Defaults(**{k: _ENUMS[k](v) if k in _ENUMS else v for k, v in data.items()})
