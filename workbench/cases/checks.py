"""What ``workbench check`` asks of the register as a whole. Each finding is a Finnish sentence."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, and_, case, false, func, literal, select, true, union_all

from workbench.cases import tables as t
from workbench.cases.scopes import case_target, document_target
from workbench.i18n import _
from workbench.organisation.series import case_series
from workbench.organisation.tables import access_right, office, role, secrecy_scope
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
    for table, column, other in (
        (t.document_version, "document_id", t.document),
        (t.document, "attached_to", t.document),
        (t.document, "action_id", t.action),
        (t.party, "represented_by", t.party),
        (t.party_secret, "party_id", t.party),
    ):
        named = other.alias()
        apart = connection.execute(
            select(func.count())
            .select_from(table.join(named, named.c.id == table.c[column]))
            .where(named.c.case_id != table.c.case_id)
        ).scalar_one()
        if apart:
            yield _("{n} riviä ({kind}.{field}) viittaa toisen asian riviin.").format(
                n=apart, kind=table.name, field=column
            )


def check_scopes(connection: Connection) -> Iterator[str]:
    """A document is in its case's scope or, secret in an ordinary case, in its own; its versions with it."""
    d, c, v = t.document.c, t.case_file.c, t.document_version.c
    alone = and_(d.restricted == true(), c.restricted == false())
    expected = case((alone, literal(document_target("")).concat(d.id)), else_=c.scope_id)
    wrong = connection.execute(
        select(func.count())
        .select_from(t.document.join(t.case_file, c.id == d.case_id))
        .where(d.scope_id != expected)
    ).scalar_one()
    wrong += connection.execute(
        select(func.count())
        .select_from(t.document_version.join(t.document, d.id == v.document_id))
        .where(v.scope_id != d.scope_id)
    ).scalar_one()
    if wrong:
        yield _("{n} asiakirjaa tai versiota on väärällä oikeudella.").format(n=wrong)


def check_secrecy(connection: Connection) -> Iterator[str]:
    """Every restricted thing has its place in its case's office; nothing else has one, or rights to it."""
    d, c, p, s, r = t.document.c, t.case_file.c, t.party_secret.c, secrecy_scope.c, access_right.c
    restricted = union_all(
        select(literal(case_target("")).concat(c.id).label("target"), c.municipality, c.office).where(
            c.restricted == true()
        ),
        select(literal(document_target("")).concat(d.id), c.municipality, c.office)
        .select_from(t.document.join(t.case_file, c.id == d.case_id))
        .where(d.restricted == true(), c.restricted == false()),
        select(literal(document_target("")).concat(p.party_id), c.municipality, c.office).select_from(
            t.party_secret.join(t.case_file, c.id == p.case_id)
        ),
    ).cte("restricted")
    placed = and_(
        s.target == restricted.c.target,
        s.municipality == restricted.c.municipality,
        s.office == restricted.c.office,
    )
    counts = (
        select(func.count()).select_from(restricted.outerjoin(secrecy_scope, placed)).where(s.id.is_(None)),
        select(func.count())
        .select_from(secrecy_scope.outerjoin(restricted, restricted.c.target == s.target))
        .where(restricted.c.target.is_(None)),
        select(func.count())
        .select_from(access_right.outerjoin(restricted, restricted.c.target == r.target))
        .where(restricted.c.target.is_(None)),
    )
    missing, places, rights = (connection.execute(query).scalar_one() for query in counts)
    if missing:
        yield _("{n} salassa pidettävän kohteen paikka puuttuu tai on väärä.").format(n=missing)
    if places or rights:
        yield _("{n} oikeutta tai paikkaa kuuluu kohteelle, joka ei ole salassa pidettävä.").format(
            n=places + rights
        )


def check_offices(connection: Connection) -> Iterator[str]:
    """Cases and roles belong to offices that exist."""
    for table in (t.case_file, role):
        wrong = connection.execute(
            select(func.count())
            .select_from(
                table.outerjoin(
                    office,
                    and_(office.c.municipality == table.c.municipality, office.c.code == table.c.office),
                )
            )
            .where(table.c.office != "", office.c.id.is_(None))
        ).scalar_one()
        if wrong:
            yield _("{n} riviä ({kind}) on toimialalla, jota ei ole.").format(n=wrong, kind=table.name)


CHECKS = (check_numbers, check_children, check_scopes, check_secrecy, check_offices)
