"""Whether a group may do what it did: the command, its envelope, and each row it touched."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select

from workbench.context import Session
from workbench.errors import UserError
from workbench.i18n import _
from workbench.server.refusals import Refused
from workbench.server.schema import audit, blob, blob_bringer, group_result
from workbench.server.unit import Applied, ServerUnit
from workbench.store.commands import CommandSpec
from workbench.store.undo import Undo


def spec_of(unit: ServerUnit, group: Mapping[str, Any]) -> tuple[CommandSpec, CommandSpec]:
    """The command of a group, and the one whose rights are asked: for an undo the one that is taken back."""
    spec = unit.domain.commands.by_type.get(str(group["command"]))
    if spec is None or spec.local or int(group.get("version") or 1) > spec.version:
        raise Refused.rejected(
            "unknown_command", _("Palvelin ei tunne tätä toimea. Palvelin pitää päivittää ensin.")
        )
    if spec.command is not Undo:
        return spec, spec
    undone = str(group.get("undoes") or "")
    turns = 0
    while True:
        made = _group(unit, undone)
        turns += 1
        if made["person_id"] != str(group["actor"]) or made["municipality"] != str(group["municipality"]):
            raise Refused.rejected(
                "forbidden", _("Vain tekijä itse voi kumota toimen. Korjaa se sen sijaan.")
            )
        original = unit.domain.commands.by_type.get(made["command"])
        if original is None or turns > _MOST_TURNS:
            raise Refused.rejected("unknown_command", _("Kumottavaa toimea ei löydy."))
        if original.command is not Undo:
            break
        undone = made["undoes"]
    if not original.undoable:
        raise Refused.rejected(
            "forbidden", _("Tätä ei voi kumota, koska numero on annettu tai viesti lähetetty. Korjaa se.")
        )
    taken = select(group_result.c.group_id).where(group_result.c.undoes == str(group["undoes"]))
    here = any(o["undoes"] == str(group["undoes"]) for o in unit.outcomes.values())
    if here or unit.raw.execute(taken.limit(1)).first() is not None:
        raise Refused.rejected("stale", _("Tämä on jo kumottu."))
    return spec, original


_MOST_TURNS = 50


def _group(unit: ServerUnit, group_id: str) -> Mapping[str, Any]:
    """The outcome of an applied group, of this request or an earlier one."""
    found: Any = unit.outcomes.get(group_id)
    if found is None:
        query = select(group_result).where(group_result.c.group_id == group_id)
        found = unit.raw.execute(query).mappings().first()
    if found is None or found["outcome"]["status"] != "applied":
        if _was_done(unit, group_id):
            raise Refused.rejected("stale", _("Tätä ei voi enää kumota: siitä on liian kauan. Korjaa se."))
        raise Refused.blocked()
    return dict(found)


def _was_done(unit: ServerUnit, group_id: str) -> bool:
    """Whether a group was applied so long ago that its outcome is not kept."""
    return (
        unit.raw.execute(select(audit.c.n).where(audit.c.group_id == group_id).limit(1)).first() is not None
    )


def session_of(unit: ServerUnit, group: Mapping[str, Any]) -> Session:
    """For whom the group acts. Nobody acts in another's name."""
    trusted = unit.principal.trusted
    if group.get("actor") != unit.principal.person_id and not trusted:
        raise Refused.rejected("forbidden", _("Toimen tekijä on toinen kuin kirjautunut henkilö."))
    if group.get("arrangement"):
        raise Refused.rejected("forbidden", _("Sijaisjärjestelyä ei löydy."))
    code = str(group.get("municipality") or "")
    if code and unit.row("municipality", code) is None and not _founds(group, code):
        raise Refused.rejected("invalid", _("Kuntaa {code} ei ole otettu käyttöön.").format(code=code))
    return Session(str(group.get("actor") or "") if trusted else unit.principal.person_id, code)


def _founds(group: Mapping[str, Any], code: str) -> bool:
    return any(op["kind"] == "municipality" and op["id"] == code for op in group["ops"])


def authorise(unit: ServerUnit, spec: CommandSpec, group: Mapping[str, Any]) -> None:
    """Ask the command's own authorisation, of what the person sees and before anything changes."""
    if spec.needs_reason and not str(group.get("reason") or "").strip():
        raise Refused.rejected("reason_missing", _("Kirjoita peruste."))
    if spec.command is Undo or unit.principal.trusted:
        return
    args = group.get("args")
    if not isinstance(args, dict):
        raise Refused.rejected("invalid", _("Toimen tiedot puuttuvat."))
    command = SimpleNamespace()
    for field in _arguments(spec.command):  # type: ignore[arg-type]  # a class can be a key
        if field.name in args:
            value = args[field.name]
            if field.type == "str" and (not isinstance(value, str) or "\0" in value):
                raise Refused.rejected("invalid", _("Toimen tiedot eivät kelpaa."))
            setattr(command, field.name, value)
        elif field.default is not dataclasses.MISSING:
            setattr(command, field.name, field.default)
    unit.as_actor = True
    try:
        spec.authorise(command, unit)
    except (AttributeError, TypeError, ValueError) as error:
        # Arguments of a shape the command does not have: no workstation of ours sends such.
        raise Refused.rejected("invalid", _("Toimen tiedot eivät kelpaa.")) from error
    finally:
        unit.as_actor = False


@cache
def _arguments(command: Any) -> tuple[dataclasses.Field[Any], ...]:
    return dataclasses.fields(command)


def check_rows(unit: ServerUnit, asked: CommandSpec, new: list[Applied]) -> None:
    """Each row a group touched: of a kind the command writes, where the person may put it, and hers to change."""
    guard = None if unit.principal.trusted or asked.adopts else unit.domain.row_guard
    for applied in new:
        if applied.told and applied.kind not in asked.writes:
            raise Refused.rejected(
                "forbidden", _("Tämä toimi ei muuta tietoa ”{kind}”.").format(kind=applied.kind)
            )
        row = unit.row(applied.kind, applied.row_id)
        if row is not None and not (unit.reaches(row) or applied.kind in asked.reaches):
            raise Refused.gone(applied.kind, applied.row_id)
    if guard is not None:
        for op in unit.ops:
            try:
                guard(unit, asked.verb, op)
            except UserError as error:
                raise Refused.of(error) from error


def check_content(unit: ServerUnit, new: list[Applied]) -> None:
    """No row names content that is not here, or that the person neither brought nor may read."""
    for applied in new:
        spec = unit.kinds[applied.kind]
        if not spec.blob or applied.action != "create" or applied.after is None:
            continue
        where = (str(applied.after["municipality"]), str(applied.after[spec.blob]))
        if unit.memo(("blob", *where), lambda where=where: may_name(unit, *where)) != applied.after.get(  # type: ignore[misc]
            "size", 0
        ):
            raise Refused.rejected("blob_missing", _("Tiedoston sisältö puuttuu palvelimelta."))


def may_name(unit: ServerUnit, municipality: str, sha256: str) -> int | None:
    """Size of a content the person may name; None of any other. All is asked whatever is found, so that the work
    an answer takes tells nothing of contents she may not know of."""
    b, w = blob.c, blob_bringer.c
    size = unit.raw.execute(select(b.size).where(b.municipality == municipality, b.sha256 == sha256)).scalar()
    if unit.principal.trusted:
        return None if size is None else int(size)
    brought = select(w.person_id).where(
        w.municipality == municipality, w.sha256 == sha256, w.person_id == unit.principal.person_id
    )
    is_known = unit.raw.execute(brought).first() is not None
    is_known = may_read_content(unit, municipality, sha256) or is_known
    return int(size) if is_known and size is not None else None


def may_read_content(unit: ServerUnit, municipality: str, sha256: str) -> bool:
    """Whether a row the person may read names the content."""
    unit.everywhere()  # asked now, not only when there is a row to ask about
    for kind in unit.kinds:
        if kind.blob:
            table = unit.kinds.table(kind.name)
            query = select(table.c.scope_id).where(
                table.c[kind.blob] == sha256, table.c.municipality == municipality
            )
            if any(unit.sees(scope) for scope in unit.raw.execute(query.distinct()).scalars()):
                return True
    return False
