"""Which files a person wants at hand without a network: what waits to be registered, and her own open cases."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from workbench.cases.tables import arrival, arrival_file, case_file, document_version


def wanted_contents(connection: Connection, person_id: str) -> Iterator[tuple[str, str]]:
    """(municipality, sha256), the newest first. What the person may not read has no row here."""
    f, a = arrival_file.c, arrival.c
    waiting = (
        select(f.municipality, f.sha256)
        .select_from(arrival_file.join(arrival, a.id == f.arrival_id))
        .where(a.state == "new")
        .order_by(f.k.desc())
    )
    v, c = document_version.c, case_file.c
    own = (
        select(v.municipality, v.sha256)
        .select_from(document_version.join(case_file, c.id == v.case_id))
        .where(c.handler_id == person_id, c.closed_on.is_(None))
        .order_by(v.k.desc())
    )
    for query in (waiting, own):
        yield from ((municipality, sha256) for municipality, sha256 in connection.execute(query))
