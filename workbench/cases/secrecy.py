"""Who may open one restricted thing: rows that access reads, written when something becomes secret."""

from __future__ import annotations

from datetime import date

from workbench.i18n import N_
from workbench.store.unit import UnitOfWork

WRITES = frozenset({"secrecy_scope", "access_right"})

BASIS_HANDLER = N_("käsittelijä")
BASIS_REGISTRAR = N_("rekisteröijä")
BASIS_GIVEN = N_("annettu oikeus")


def enclose(uow: UnitOfWork, target: str, municipality: str, office: str) -> None:
    """Tell where a restricted thing belongs, so that secrecy rights of that office cover it."""
    found = uow.select("secrecy_scope", target=target)
    if not found:
        uow.insert("secrecy_scope", {"target": target, "municipality": municipality, "office": office})
    elif (found[0]["municipality"], found[0]["office"]) != (municipality, office):
        uow.patch("secrecy_scope", found[0]["id"], municipality=municipality, office=office)


def admit(
    uow: UnitOfWork,
    target: str,
    person_id: str | None,
    municipality: str,
    basis: str,
    *,
    valid_to: date | None = None,
) -> None:
    """Give a person the right to a restricted thing, once; a right that ends earlier is let to go on."""
    if not person_id:
        return
    values = {"municipality": municipality, "basis": basis, "valid_to": valid_to}
    found = uow.select("access_right", target=target, person_id=person_id)
    if not found:
        uow.insert("access_right", {"target": target, "person_id": person_id, **values})
    elif found[0]["valid_to"] is not None and (valid_to is None or valid_to > found[0]["valid_to"]):
        uow.patch("access_right", found[0]["id"], **values)


def shut_out(uow: UnitOfWork, target: str, person_id: str) -> None:
    """Take a person's right to a restricted thing away."""
    for row in uow.select("access_right", target=target, person_id=person_id):
        uow.delete("access_right", row["id"])


def disclose(uow: UnitOfWork, target: str) -> None:
    """The thing is no longer restricted: nothing of its own rules remains."""
    for kind in ("secrecy_scope", "access_right"):
        for row in uow.select(kind, target=target):
            uow.delete(kind, row["id"])
