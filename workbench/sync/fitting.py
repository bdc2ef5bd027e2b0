"""Whether what has been registered here fits the server that is about to be joined, asked before anything changes.

Everything that does not fit is listed at once, with what to do. What the settings mean is the domain's to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from workbench.clock import local
from workbench.errors import Problem, Problems, UserError
from workbench.i18n import _
from workbench.store.check import check_store
from workbench.store.domain import Settings
from workbench.store.kinds import KindRegistry
from workbench.store.ordering import objects_of
from workbench.store.renaming import Named, named_ids
from workbench.store.store import Store
from workbench.sync.wire import GROUP_OPS, Entry


def _by_kind(entries: Iterable[Entry]) -> Settings:
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for entry in entries:
        if entry["op"] == "put" and entry["kind"] != "grant":
            found.setdefault(entry["kind"], {})[entry["id"]] = entry["data"]
        else:
            found.get(entry["kind"], {}).pop(entry["id"], None)
    return found


def fit(store: Store, settings: Iterable[Entry], account_person: str, at: datetime) -> Named:
    """How the server names what rows here name, by a fetch of its common settings. Raises :class:`Problems` with
    all that does not fit."""
    theirs = _by_kind(settings)
    problems = [
        Problem("not_whole", _("Tietovarasto ei ole ehjä: {what}").format(what=finding))
        for finding in check_store(store, thorough=False)
    ]
    with store.reader() as connection:
        kinds = store.domain.kinds
        problems += _sizes(connection, kinds)
        named, missing = store.domain.fits(connection, kinds, theirs, account_person, local(at).date())
        problems += missing
    if problems:
        message = _("Mitään ei muutettu. Kun nämä on korjattu, pyydä uusi liittymiskoodi: tämä on käytetty.")
        raise Problems([*problems, Problem("nothing_changed", message)])
    return named


def demand_named(connection: Connection, kinds: KindRegistry, named: Named) -> None:
    """Refuse when somebody is named by now who was not when it was asked what fits."""
    if any(set(named_ids(connection, kinds, kind)) - ids.keys() for kind, ids in named.ids.items()):
        raise UserError(_("Rekisteriin tehtiin muutoksia kesken liittämisen. Yritä uudelleen."), code="busy")


def _sizes(connection: Connection, kinds: KindRegistry) -> Iterable[Problem]:
    for whole in objects_of(connection, kinds):
        if len(whole.rows) > GROUP_OPS:
            yield Problem(
                "too_large",
                _("Kohteessa on liikaa osia otettavaksi palvelimelle ({n}, enintään {most}).").format(
                    n=len(whole.rows), most=GROUP_OPS
                ),
            )
