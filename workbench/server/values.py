"""Values from the wire, checked and made into what the tables hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from workbench.clock import from_text
from workbench.i18n import _
from workbench.server.refusals import Refused
from workbench.store.kinds import Field, FieldType, Kind

_MOST_CHARACTERS = 20_000_000
_LARGEST = 2**63 - 1


def read_values(kind: Kind, values: Mapping[str, Any], *, derived: bool = False) -> dict[str, Any]:
    """The fields of a patch as the tables hold them. Raises :class:`Refused` for a field the kind does not have,
    and for a value of another type than the field's."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        field = kind.by_name.get(name)
        if field is None or field.derived is not derived:
            raise Refused.rejected(
                "unknown_field",
                _("Palvelin ei tunne tietoa ”{field}”. Palvelin pitää päivittää ensin.").format(
                    field=f"{kind.name}.{name}"
                ),
            )
        found[name] = read_value(kind, field, value)
    return found


def read_value(kind: Kind, field: Field, value: Any) -> Any:
    """One value; None stays None unless the field is required."""
    if value is None:
        if field.required:
            raise _unfit(kind, field)
        return None
    try:
        return _READERS[field.type](value)
    except (TypeError, ValueError, OverflowError) as error:
        raise _unfit(kind, field) from error


def _unfit(kind: Kind, field: Field) -> Refused:
    return Refused.rejected(
        "invalid",
        _("Tiedon ”{label}” arvo ei kelpaa ({field}).").format(
            label=_(field.label), field=f"{kind.name}.{field.name}"
        ),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _MOST_CHARACTERS or "\0" in value:
        raise ValueError("not a text a database can hold")
    value.encode()  # half a surrogate pair is no character
    return value


def _integer(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not -_LARGEST <= value <= _LARGEST:
        raise ValueError("not a whole number")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("neither true nor false")
    return value


def _day(value: Any) -> date:
    if not isinstance(value, str) or len(value) != len("2026-11-24"):
        raise TypeError("not a day")
    return date.fromisoformat(value)


def _instant(value: Any) -> datetime:
    return from_text(_text(value))


def _json(value: Any, depth: int = 40) -> Any:
    if depth == 0:
        raise ValueError("too deep")
    if isinstance(value, dict):
        return {_text(k): _json(v, depth - 1) for k, v in value.items()}
    if isinstance(value, list):
        return [_json(v, depth - 1) for v in value]
    if isinstance(value, str):
        return _text(value)
    if value is None or isinstance(value, (bool, int, float)):
        return value
    raise TypeError("not JSON")


_READERS = {
    FieldType.TEXT: _text,
    FieldType.INTEGER: _integer,
    FieldType.FLAG: _flag,
    FieldType.DAY: _day,
    FieldType.INSTANT: _instant,
    FieldType.JSON: _json,
}
