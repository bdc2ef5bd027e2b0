"""The shape of a records plan's JSON, held to its schema (``resources/schemas/plan-1.json``): what comes from
outside is let in only if it fits, and the first place that does not is named in words."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import jsonschema

from workbench.cases.plan.plan_json import FORMAT, FORMAT_VERSION
from workbench.errors import UserError
from workbench.i18n import _
from workbench.resources import resource_text


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of the file."""
    loaded: dict[str, Any] = json.loads(resource_text("schemas", "plan-1.json"))
    return loaded


def check_shape(data: Any) -> None:
    """Raise a :class:`UserError` that names the first place that is wrong."""
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
