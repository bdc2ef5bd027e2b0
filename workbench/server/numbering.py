"""Numbers of series that a workstation may hold (varattu sarja).

While a series is held, its numbers come from the holder alone, and one after another; a number that came before those
below it waits for them. While nobody holds it, what its former holder numbered is taken as long as it is the next.
Everything else is a conflict that waits for a person. The row of the series is locked before anybody looks at who
holds it, so that a grant and a number never pass each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from workbench.clock import local
from workbench.i18n import _
from workbench.organisation.tables import person
from workbench.server.database import held_row
from workbench.server.refusals import Refused
from workbench.server.schema import held_series
from workbench.store.authority import take_number
from workbench.store.schema import series

if TYPE_CHECKING:
    from workbench.server.unit import ServerUnit

NUMBER = "number"
"""Why of a conflict: a number that cannot stand."""

LARGEST = 10_000_000


def lock_series(connection: Connection, name: str) -> int:
    """Hold a series until the transaction ends; its next number."""
    return int(held_row(connection, series, {"name": name, "next": 1}, key=("name",)).next)


def hold_in_force(connection: Connection, name: str) -> Any:
    """The grant of a series that is in force, or None."""
    c = held_series.c
    return connection.execute(select(held_series).where(c.series == name, c.ended_at.is_(None))).first()


def holder_name(connection: Connection, hold: Any) -> str:
    """The name of the person at whose workstation a series is."""
    found = connection.execute(select(person.c.name).where(person.c.id == hold.person_id)).scalar()
    return str(found or hold.person_id)


def held_elsewhere(connection: Connection, hold: Any) -> str:
    """Who holds a series and since when, as a sentence."""
    at = local(hold.since)
    return _("Sarja {series} on varattu: {name}, {day} klo {time} alkaen.").format(
        series=hold.series,
        name=holder_name(connection, hold),
        day=f"{at.day}.{at.month}.{at.year}",
        time=f"{at.hour}.{at.minute:02}",
    )


def read_claims(group: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The numbers a group says it was given, by series; each is used once."""
    claims: dict[str, dict[str, Any]] = {}
    for name, told in (group.get("held") or {}).items():
        numbers = list(told["numbers"])
        if any(n > LARGEST or n < 1 for n in numbers):
            raise Refused.rejected("invalid", _("Toimen tiedot eivät kelpaa."))
        claims[str(name)] = {"generation": int(told["generation"]), "numbers": numbers}
    return claims


def take_held(unit: ServerUnit, name: str) -> int:
    """The number of a row whose series may be held: the one it brings, where that can stand; the server's next where
    nobody holds the series and the row brings none."""
    following = lock_series(unit.raw, name)
    hold = hold_in_force(unit.raw, name)
    claim = unit.claims.get(name) or {"generation": 0, "numbers": []}
    number = next((n for n in claim["numbers"] if n in unit.said), None)
    mine = hold is not None and hold.client_id == unit.principal.client_id
    if number is None:
        if hold is not None:
            raise _conflict(
                _("Sarja on varattu tälle työasemalle. Ota numero työaseman sarjasta.")
                if mine
                else held_elsewhere(unit.raw, hold) + " " + _("Vain se voi antaa sarjan numeroita.")
            )
        return take_number(unit.raw, name)
    claim["numbers"].remove(number)
    if hold is not None and not (mine and claim["generation"] >= hold.generation):
        raise _conflict(
            _("Varauksesi on purettu.") + " " + held_elsewhere(unit.raw, hold)
            if not mine
            else _("Numero {n} on annettu puretun varauksen aikana. Ota uusi numero.").format(n=number)
        )
    if hold is not None and number > following:
        raise Refused("blocked", message=_("Odottaa numeroa {n}.").format(n=following))
    if number > following:
        raise _conflict(
            _("Numero {n} ei ole sarjan seuraava; se on {next}. Ota uusi numero.").format(
                n=number, next=following
            )
        )
    if number < following:
        raise _conflict(_("Numero {n} on jo annettu muualla. Ota uusi numero.").format(n=number))
    return take_number(unit.raw, name)


def _conflict(message: str) -> Refused:
    return Refused("conflict", why=NUMBER, message=message, conflicts=[])
