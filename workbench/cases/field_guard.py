"""Which right a change of a field asks: the server's own question, for a command's arguments can lie.

A command declares the kinds it writes, and a workstation that lies might send any field of theirs with it. So the
fields that a right of its own goes with ask for that right whatever the command, and protection (julkisuus, salassapito,
henkilötiedot, säilytys) is loosened only by one who may, as :mod:`workbench.cases.values` has it for those who ask
honestly.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.cases import formerly
from workbench.cases.plan.codes import Publicity
from workbench.cases.plan.model import Defaults
from workbench.cases.plan.rules import FIELD_LABELS, is_loosening
from workbench.cases.plans import current_plan
from workbench.cases.rights import access, may_loosen
from workbench.cases.values import MIRRORED, case_values, document_values, overrides_of
from workbench.errors import NotAllowed
from workbench.i18n import _
from workbench.organisation.access import demand, may
from workbench.store.unit import RowOp, UnitOfWork

_CORRECTED = ("arrived_at", "opened_on", "voided_at", "merged_into", "moved_to", "former_numbers")
_ASKS: Mapping[str, Mapping[str, str]] = {
    "case_file": {"handler_id": "hand_over"} | dict.fromkeys(_CORRECTED, "correct"),
    "document": {"arrived_at": "correct", "case_id": "correct"},
} | {
    kind: {"case_id": "correct"}
    for kind in ("document_version", "action", "task", "note", "party", "party_secret")
}
"""Kind → field → the verb that a change of it asks, beside what the command asks."""

_OF_VERB: Mapping[str, frozenset[str]] = {"hand_over": frozenset({"handler_id"})}
"""Verbs of those who may not edit, and the fields of a case they reach."""

_INHERITS = frozenset({"class_code", "type", "case_id"})
"""With one of these changed the plan, not the person, decides how long a thing is kept."""


def guard_fields(uow: UnitOfWork, verb: str, op: RowOp) -> None:
    """Refuse a change of a case or a part of it that asks a right the person does not have."""
    row = uow.get(op.kind, op.row_id)
    if row is None:
        return
    if op.kind in ("case_file", "document") and row["restricted"] != (row["publicity"] == Publicity.SECRET):
        raise NotAllowed(_("Julkisuusluokka ja rajaus eivät vastaa toisiaan."))
    before = formerly.before(uow, op.kind, op.row_id)
    if before is None:
        return
    changed = {n for n in op.after if n in before and before[n] != row[n]} - {"scope_id"}
    verbs = {asked for n, asked in _ASKS.get(op.kind, {}).items() if n in changed}
    if op.kind == "case_file" and changed - _OF_VERB.get(verb, changed):
        verbs.add("edit")
    case_id = str(before["id"] if op.kind == "case_file" else before["case_id"])
    case = formerly.before(uow, "case_file", case_id) or uow.get("case_file", case_id)
    if case is None:
        return  # whoever asked has refused it already
    for asked in sorted(verbs - {verb}):
        demand(
            may(
                uow.connection,
                access(uow),
                asked,
                municipality=case["municipality"],
                office=case["office"],
                handler_id=case["handler_id"] or "",
            )
        )
    if op.kind in ("case_file", "document") and changed & {*MIRRORED}:
        _demand_no_loosening(uow, op, before, row, case)


def _demand_no_loosening(
    uow: UnitOfWork, op: RowOp, before: Mapping[str, Any], row: Mapping[str, Any], case: dict[str, Any]
) -> None:
    loosened = is_loosening(_values(before), _values(row))
    case_now = uow.get("case_file", case["id"]) or case
    if case_now["class_code"] != case["class_code"] or any(
        n in before and before[n] != row[n] for n in _INHERITS
    ):
        loosened = [n for n in loosened if n == "publicity"]
    if not loosened or may_loosen(uow, case):
        return
    if uow.command_type == "store.undo":
        was = formerly.undone_values(uow, op.kind, op.row_id)
        if all(n in was and was[n] == op.after[n] for n in op.after if n in MIRRORED):
            return  # one's own tightening of a moment ago is taken back
    # A plan that was renewed since says itself what holds now: whoever follows it loosens nothing.
    lawful = is_loosening(_by_plan(uow, op.kind, before, case), _values(row))
    loosened = [n for n in loosened if n in lawful]
    if not loosened:
        return
    fields = ", ".join(_(FIELD_LABELS[n]) for n in loosened)
    raise NotAllowed(
        _("Muutos väljentäisi suojaa ({fields}). Voit vain tiukentaa; väljentää saa arkistonhoitaja.").format(
            fields=fields
        )
    )


def _by_plan(uow: UnitOfWork, kind: str, before: Mapping[str, Any], case: Mapping[str, Any]) -> Defaults:
    """What the plan in use and the decisions on the row gave before the change."""
    plan = current_plan(uow, case["municipality"])
    if kind == "case_file":
        return case_values(plan, case["class_code"], overrides_of(before)).defaults()
    of_case, own = overrides_of(case), overrides_of(before)
    return document_values(plan, case["class_code"], before["type"], of_case, own).defaults()


def _values(row: Mapping[str, Any]) -> Defaults:
    try:
        return Defaults.of({name: row[name] for name in MIRRORED})
    except ValueError as error:
        raise NotAllowed(_("Julkisuusluokkaa tai muuta suojan arvoa ei tunneta.")) from error
