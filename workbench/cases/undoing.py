"""What must hold of cases and the organisation after something was taken back (kumoaminen) or done again.

Undo writes back values that nobody has changed since. Whether the rest of the register still fits them is
asked here: a case closed meanwhile, what was added and inherits, rights given, an office given up. Undo then
restores exactly, or refuses with what stands against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from workbench.cases.closing import closing_problems
from workbench.cases.placing import own_targets
from workbench.cases.plans import current_plan
from workbench.cases.rights import OF_AN_OPEN_CASE, access, why_not_open
from workbench.cases.scopes import case_target, document_target
from workbench.cases.values import MIRRORED, document_values, mirrored, overrides_of
from workbench.clock import local
from workbench.errors import NotAllowed, Problem
from workbench.i18n import _
from workbench.organisation.access import may_read
from workbench.organisation.model import Role, in_force
from workbench.organisation.tables import access_right, role, secrecy_scope
from workbench.store.unit import RowOp, UnitOfWork


def guard_undo(uow: UnitOfWork, rows: list[tuple[str, str]]) -> None:
    """Taking back asks for the rights of the moment: a role still in force, everything still readable."""
    who = access(uow)
    if not who.grants and uow.connection.execute(select(role.c.k).limit(1)).first() is not None:
        raise NotAllowed(_("Oikeutesi tässä kunnassa on päättynyt, joten toimea ei voi kumota."))
    for kind, row_id in rows:
        row = uow.get(kind, row_id)
        if row is not None and not may_read(uow.connection, who, row["scope_id"]):
            raise NotAllowed(_("Sinulla ei ole enää oikeutta kohteeseen, joten toimea ei voi kumota."))


_PARTS = OF_AN_OPEN_CASE | {"task"}
_ENDS = frozenset({"closed_on", "voided_at", "merged_into", "moved_to"})
_INHERITED = frozenset({"class_code", "overrides", "restricted", *MIRRORED})
_SECRECY = frozenset({"secrecy_scope", "access_right"})


@dataclass(frozen=True)
class _Undone:
    """One taking back, as its rules look at it."""

    uow: UnitOfWork

    @property
    def ops(self) -> list[RowOp]:
        """What was written back."""
        return self.uow.ops

    def cases_of(self, op: RowOp) -> list[str]:
        """Ids of the cases an operation reaches: before it, after it and now."""
        if op.kind == "case_file":
            return [op.row_id]
        row = self.uow.get(op.kind, op.row_id) or {}
        ids = [op.before.get("case_id"), op.after.get("case_id"), row.get("case_id")]
        return [i for i in dict.fromkeys(ids) if i]

    def cases(self, kinds: frozenset[str]) -> dict[str, dict[str, Any]]:
        """The cases that operations on the given kinds reach, as they are now."""
        ids = dict.fromkeys(i for op in self.ops if op.kind in kinds for i in self.cases_of(op))
        return {i: self.uow.need("case_file", i) for i in ids}

    def of_case(self, case_id: str) -> set[str]:
        """Names of the case's own fields that were written back."""
        return {n for op in self.ops if (op.kind, op.row_id) == ("case_file", case_id) for n in op.after}


def fits_after_undo(uow: UnitOfWork) -> Iterator[Problem]:
    """Everything that stands against an undo, each with a sentence."""
    if not uow.undoes:
        return
    undone = _Undone(uow)
    yield from _still_open(undone)
    yield from _closed_whole(undone)
    yield from _together(undone)
    yield from _inherited(undone)
    yield from _secrecy(undone)
    yield from _versions(undone)
    yield from _links(undone)
    yield from _offices(undone)
    yield from _plans(undone)
    yield from _administrators(undone)
    yield from _serving(undone)


def _still_open(undone: _Undone) -> Iterator[Problem]:
    """Parts are taken back only while their case is open, unless it is its closing or voiding that is."""
    for case_id, case in undone.cases(OF_AN_OPEN_CASE).items():
        code, why = why_not_open(case)
        if why and not undone.of_case(case_id) & _ENDS:
            yield Problem(code, why, "", "case_file", case_id)


def _closed_whole(undone: _Undone) -> Iterator[Problem]:
    """A case that is closed has nothing undone in it: what stops closing stops this too. One that was closed
    with gaps elsewhere (imported) and not touched since is as it was."""
    for case_id, case in undone.cases(_PARTS).items():
        if case["closed_on"] and undone.uow.touched_since_undone(_PARTS, root_id=case_id):
            yield from closing_problems(undone.uow.connection, case_id, access(undone.uow))


# Parts that lie in the case of the part they name: kind → (field, kind named).
_WITH = (
    ("document_version", "document_id", "document"),
    ("document", "attached_to", "document"),
    ("document", "action_id", "action"),
    ("party", "represented_by", "party"),
    ("party_secret", "party_id", "party"),
)


def _together(undone: _Undone) -> Iterator[Problem]:
    """What belongs together is in one case: versions and attachments with their document, a party with her
    representative."""
    uow = undone.uow
    touched = {(op.kind, op.row_id) for op in undone.ops}
    for kind, name, named in _WITH:
        rows = [uow.get(k, i) for k, i in touched if k == kind]
        rows += [r for k, i in touched if k == named for r in uow.select(kind, **{name: i})]
        for row in rows:
            other = uow.get(named, row[name]) if row is not None and row[name] else None
            if row is not None and other is not None and row["case_id"] != other["case_id"]:
                yield Problem(
                    "apart",
                    _("{what} on tullut tai siirretty sen jälkeen, ja jäisi eri asiaan.").format(
                        what=_(uow.kinds[kind].label)
                    ),
                    "",
                    kind,
                    row["id"],
                )


def _inherited(undone: _Undone) -> Iterator[Problem]:
    """Documents that came or changed since have taken their publicity and retention from what was then."""
    uow = undone.uow
    changed = {
        i: case
        for i, case in undone.cases(frozenset({"case_file"})).items()
        if undone.of_case(i) & _INHERITED
    }
    moved = {op.row_id for op in undone.ops if op.kind == "document" and "case_id" in op.after}
    documents = [d for i in changed for d in uow.select("document", case_id=i)]
    documents += [d for i in moved if (d := uow.get("document", i)) and d["case_id"] not in changed]
    for document in documents:
        case = uow.need("case_file", document["case_id"])
        plan = current_plan(uow, case["municipality"])
        found = document_values(
            plan, case["class_code"], document["type"], overrides_of(case), overrides_of(document)
        )
        same = all(document[name] == value for name, value in mirrored(found).items())
        if not same and undone.uow.touched_since_undone(frozenset({"document"}), row_id=document["id"]):
            yield Problem(
                "inherited",
                _("Asiakirja {identifier} on tullut tai muuttunut sen jälkeen, ja sen julkisuus tai säilytys "
                  "perustuu nykyiseen.").format(identifier=document["identifier"] or ""),
                "", "document", document["id"],
            )  # fmt: skip


def _secrecy(undone: _Undone) -> Iterator[Problem]:
    """Every restricted thing of a case has its place and its handler's right, and nothing else has any."""
    uow = undone.uow
    cases = undone.cases(frozenset({"case_file", "document", "party", "party_secret"}))
    for op in undone.ops:
        of_target = _case_of_target(uow, op) if op.kind in _SECRECY else None
        if of_target is not None:
            cases[of_target["id"]] = of_target
    gone = {
        document_target(op.row_id)
        for op in undone.ops
        if op.kind in ("document", "party") and op.type == "delete" and uow.get(op.kind, op.row_id) is None
    }
    if any(uow.select(kind, target=target) for target in gone for kind in _SECRECY):
        yield _other_rights("")
    for case_id, case in cases.items():
        if not _secrecy_fits(undone, case):
            yield _other_rights(case_id)


def _other_rights(case_id: str) -> Problem:
    return Problem(
        "secrecy",
        _("Asian tai asiakirjan salassapito tai oikeudet siihen ovat muuttuneet sen jälkeen."),
        "",
        "case_file" if case_id else "",
        case_id,
    )


def _case_of_target(uow: UnitOfWork, op: RowOp) -> dict[str, Any] | None:
    row = uow.get(op.kind, op.row_id) or op.before
    kind, _colon, row_id = str(row["target"]).partition(":")
    if kind == "case":
        return uow.get("case_file", row_id)
    part = uow.get("document", row_id) or uow.get("party", row_id)
    return uow.get("case_file", part["case_id"]) if part else None


def _secrecy_fits(undone: _Undone, case: dict[str, Any]) -> bool:
    uow, case_id = undone.uow, case["id"]
    wanted = set(own_targets(uow, case))
    parts = [r["id"] for kind in ("document", "party") for r in uow.select(kind, case_id=case_id)]
    possible = wanted | {case_target(case_id)} | {document_target(part) for part in parts}
    s, r = secrecy_scope.c, access_right.c
    found = uow.connection.execute(select(s.target, s.municipality, s.office).where(s.target.in_(possible)))
    given = uow.connection.execute(select(r.target, r.person_id).where(r.target.in_(possible)))
    places = {target: (municipality, office) for target, municipality, office in found}
    rights = {(target, person_id) for target, person_id in given}
    here = (case["municipality"], case["office"])
    if set(places) != wanted or any(place != here for place in places.values()):
        return False
    if {target for target, _person in rights} - wanted:
        return False
    asked = "handler_id" in undone.of_case(case_id) or any(
        op.kind in _SECRECY or (op.kind == "document" and "case_id" in op.after) for op in undone.ops
    )
    return not asked or not case["handler_id"] or all((t, case["handler_id"]) in rights for t in wanted)


def _versions(undone: _Undone) -> Iterator[Problem]:
    """A later version was made from the earlier, and no two have the same number."""
    for op in undone.ops:
        if op.kind != "document_version" or op.type not in ("create", "delete"):
            continue
        gone = op.type == "delete"
        row = op.before if gone else op.after
        document_id, number = row["document_id"], row["number"]
        others = [
            v["number"]
            for v in undone.uow.select("document_version", document_id=document_id)
            if v["id"] != op.row_id
        ]
        if any(n > number if gone else n == number for n in others):
            yield Problem(
                "later_version",
                _("Asiakirjasta on tallennettu sen jälkeen toinen versio."),
                "",
                "document",
                document_id,
            )


def _links(undone: _Undone) -> Iterator[Problem]:
    """Two cases are linked once, whichever was linked to which."""
    for op in undone.ops:
        if op.kind == "case_link" and op.type == "create":
            row = op.after
            other = {"case_id": row["other_id"], "other_id": row["case_id"], "relation": row["relation"]}
            if undone.uow.select("case_link", **other):
                yield Problem(
                    "linked", _("Asiat on liitetty toisiinsa uudelleen."), "", *_case(row["case_id"])
                )


def _case(case_id: str) -> tuple[str, str]:
    return "case_file", case_id


# Rows that name an office by its code, not by the id of its row.
_BY_OFFICE = ("case_file", "role", "secrecy_scope")


def _offices(undone: _Undone) -> Iterator[Problem]:
    """An office that something belongs to is there."""
    uow = undone.uow
    for op in undone.ops:
        row = uow.get(op.kind, op.row_id)
        if op.kind == "office" and row is None:
            places = {"municipality": op.before["municipality"], "office": op.before["code"]}
            if any(uow.select(kind, **places) for kind in _BY_OFFICE):
                yield Problem(
                    "office_used",
                    _("Toimialalla {name} on jo asioita tai rooleja.").format(name=op.before["name"]),
                )
        elif (
            op.kind in _BY_OFFICE
            and op.after.get("office")
            and row is not None
            and uow.get("office", f"{row['municipality']}/{row['office']}") is None
        ):
            yield Problem(
                "no_office",
                _("Kunnassa ei ole enää toimialaa ”{office}”.").format(office=row["office"]),
                "",
                op.kind,
                op.row_id,
            )


def _plans(undone: _Undone) -> Iterator[Problem]:
    """A plan version that cases have been registered by stays in use."""
    for op in undone.ops:
        if op.kind == "plan" and op.type == "delete":
            version, code = op.before["version"], op.before["municipality"]
            if undone.uow.select("case_file", municipality=code, plan_version=version):
                yield Problem(
                    "plan_used",
                    _("Suunnitelman version {version} mukaan on jo rekisteröity asioita.").format(
                        version=version
                    ),
                )


def _administrators(undone: _Undone) -> Iterator[Problem]:
    """A municipality does not run out of administrators."""
    uow = undone.uow
    tomorrow = local(uow.at).date() + timedelta(days=1)
    for op in undone.ops:
        row = uow.get("role", op.row_id) if op.kind == "role" else None
        given = row or op.before
        if op.kind != "role" or given.get("role") != Role.ADMINISTRATOR.value:
            continue
        rest = uow.select("role", municipality=given["municipality"], role=Role.ADMINISTRATOR.value)
        if not any(in_force(r["valid_from"], r["valid_to"], tomorrow) for r in rest):
            yield Problem(
                "last_administrator",
                _("Kunta jäisi ilman pääkäyttäjää. Anna rooli ensin toiselle."),
            )


def _serving(undone: _Undone) -> Iterator[Problem]:
    """Whoever is not in service has no role that goes on, and gets no work back."""
    uow = undone.uow
    for op in undone.ops:
        name = {"case_file": "handler_id", "task": "assignee_id"}.get(op.kind, "")
        worker = uow.get("person", op.after[name]) if op.after.get(name) else None
        if worker is not None and not worker["active"] and uow.get(op.kind, op.row_id) is not None:
            yield Problem(
                "not_serving",
                _("{name} ei ole enää palveluksessa.").format(name=worker["name"]),
                "",
                op.kind,
                op.row_id,
            )
    today = local(uow.at).date()
    people = {op.row_id for op in undone.ops if op.kind == "person"}
    people |= {r["person_id"] for op in undone.ops if op.kind == "role" and (r := uow.get("role", op.row_id))}
    for person_id in people:
        person = uow.get("person", person_id)
        if person is None or person["active"]:
            continue
        if any(
            r["valid_to"] is None or r["valid_to"] >= today for r in uow.select("role", person_id=person_id)
        ):
            yield Problem(
                "not_serving",
                _("{name} ei ole palveluksessa, mutta hänellä olisi rooli.").format(name=person["name"]),
            )
