"""Who may open one restricted thing: rows that access reads, written when something becomes secret."""

from __future__ import annotations

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


def admit(uow: UnitOfWork, target: str, person_id: str | None, municipality: str, basis: str) -> None:
    """Give a person the right to a restricted thing, once."""
    if not person_id or uow.select("access_right", target=target, person_id=person_id):
        return
    uow.insert(
        "access_right",
        {"target": target, "person_id": person_id, "municipality": municipality, "basis": basis},
    )


def shut_out(uow: UnitOfWork, target: str, person_id: str) -> None:
    """Take a person's right to a restricted thing away."""
    for row in uow.select("access_right", target=target, person_id=person_id):
        uow.delete("access_right", row["id"])


def disclose(uow: UnitOfWork, target: str) -> None:
    """The thing is no longer restricted: nothing of its own rules remains."""
    for kind in ("secrecy_scope", "access_right"):
        for row in uow.select(kind, target=target):
            uow.delete(kind, row["id"])
