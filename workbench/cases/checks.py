"""What ``workbench check`` asks of the register as a whole. Each finding is a Finnish sentence."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from workbench.cases import tables as t
from workbench.i18n import _
from workbench.organisation.commands import case_series
from workbench.store.authority import peek_number


def check_numbers(connection: Connection) -> Iterator[str]:
    """Within what the series has given, no number is missing and none stands twice."""
    c = t.case_file.c
    query = (
        select(c.municipality, c.year, func.count(), func.min(c.running), func.max(c.running))
        .where(c.running.is_not(None), c.external_id.is_(None))
        .group_by(c.municipality, c.year)
    )
    for municipality, year, count, first, last in connection.execute(query):
        if count != last - first + 1:
            yield _("Kunnan {code} vuoden {year} asiatunnuksista puuttuu {n} välistä.").format(
                code=municipality, year=year, n=last - first + 1 - count
            )
        if peek_number(connection, case_series(municipality, year)) <= last:
            yield _("Kunnan {code} vuoden {year} numerosarja on jäljessä annetuista numeroista.").format(
                code=municipality, year=year
            )


def check_children(connection: Connection) -> Iterator[str]:
    """Every part of a case belongs to a case that exists and is in the same scope, or in its own."""
    for table, name in ((t.party, "party"), (t.action, "action"), (t.task, "task"), (t.note, "note")):
        wrong = connection.execute(
            select(func.count())
            .select_from(table.outerjoin(t.case_file, t.case_file.c.id == table.c.case_id))
            .where((t.case_file.c.id.is_(None)) | (t.case_file.c.scope_id != table.c.scope_id))
        ).scalar_one()
        if wrong:
            yield _("{n} riviä ({kind}) on väärässä asiassa tai väärällä oikeudella.").format(
                n=wrong, kind=name
            )
    orphans = connection.execute(
        select(func.count())
        .select_from(
            t.document_version.outerjoin(t.document, t.document.c.id == t.document_version.c.document_id)
        )
        .where((t.document.c.id.is_(None)) | (t.document.c.case_id != t.document_version.c.case_id))
    ).scalar_one()
    if orphans:
        yield _("{n} asiakirjan versiota on irrallaan asiakirjastaan.").format(n=orphans)


CHECKS = (check_numbers, check_children)
