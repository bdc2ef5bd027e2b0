"""The grants the server keeps say the same as the read rule, at every moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, create_engine, delete, insert
from sqlalchemy.pool import StaticPool

from workbench.context import Session
from workbench.domain import whole_domain
from workbench.organisation.access import access_of, may_read
from workbench.organisation.granting import grants_of_persons, persons_reaching, readable_by
from workbench.organisation.model import Role
from workbench.organisation.tables import access_right, person, role, secrecy_scope
from workbench.store.kinds import metadata

BEGIN = date(2026, 11, 20)
days = st.none() | st.integers(0, 8).map(lambda n: BEGIN + timedelta(days=n))
codes, offices = st.sampled_from(("924", "236")), st.sampled_from(("tekninen", "sivistys"))
persons = st.sampled_from(("liisa", "matti", "entinen"))
targets = st.sampled_from(("case:1", "doc:2"))
SCOPES = ["global", "case:1", "doc:2"] + [
    f"unit:{c}/{o}/10" for c in ("924", "236") for o in ("tekninen", "sivistys")
]
roles = st.fixed_dictionaries(
    {
        "person_id": persons,
        "municipality": codes,
        "office": st.just("") | offices,
        "role": st.sampled_from([r.value for r in Role]),
        "secret": st.booleans(),
        "valid_from": days,
        "valid_to": days,
    }
)
places = st.fixed_dictionaries({"target": targets, "municipality": codes, "office": offices})
rights = st.fixed_dictionaries(
    {
        "target": targets,
        "person_id": persons,
        "municipality": codes,
        "basis": st.just("käsittelijä"),
        "valid_to": days,
    }
)
engine: Engine = create_engine("sqlite://", poolclass=StaticPool)
metadata.create_all(engine, tables=[person, role, secrecy_scope, access_right])


def fill(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    connection.execute(delete(table))
    kept = {"scope_id": "global", "rev": 1, "seq": 1, "sync_state": 0}
    for n, row in enumerate(rows):
        connection.execute(insert(table).values(id=f"{table.name}-{n}", **kept, **row))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(roles, max_size=5),
    st.lists(places, max_size=2, unique_by=lambda p: p["target"]),
    st.lists(rights, max_size=3, unique_by=lambda r: (r["target"], r["person_id"])),
)
def test_a_grant_holds_exactly_while_the_rule_lets_read(
    role_rows: list[Any], place_rows: list[Any], right_rows: list[Any]
) -> None:
    whole_domain()
    with engine.begin() as connection:
        people = [
            {"name": n, "home_municipality": "924", "employment": "virka", "active": n != "entinen"}
            for n in ("liisa", "matti", "entinen")
        ]
        fill(connection, person, people)
        for n, name in enumerate(("liisa", "matti", "entinen")):
            connection.execute(person.update().where(person.c.id == f"person-{n}").values(id=name))
        fill(connection, role, role_rows)
        fill(connection, secrecy_scope, place_rows)
        fill(connection, access_right, right_rows)
        for n in range(10):
            # Just before, at and after midnight in Finland, where days turn.
            for at in (
                datetime(2026, 11, 19, 22, tzinfo=UTC) + timedelta(days=n, seconds=s) for s in (-1, 0, 3600)
            ):
                found = grants_of_persons(connection, ["liisa", "matti", "entinen"], SCOPES, at)
                reaching = persons_reaching(connection, SCOPES)
                for name in ("liisa", "matti"):
                    access = access_of(connection, Session(name, ""), at)
                    held = {g.scope for g in found[name] if g.window.holds(at)}
                    told = {s for s in SCOPES if may_read(connection, access, s)}
                    assert held == told, (name, at)
                    asked = readable_by(connection, name, SCOPES)
                    assert told <= asked
                    assert name in reaching or told == {"global"}
                    # What is to come is said beforehand: the window's ends are where the rule turns.
                    for g in found[name]:
                        for end in (g.window.start, g.window.end):
                            if end is not None and end > at:
                                before = may_read(
                                    connection,
                                    access_of(connection, Session(name, ""), end - timedelta(seconds=1)),
                                    g.scope,
                                )
                                after = may_read(
                                    connection, access_of(connection, Session(name, ""), end), g.scope
                                )
                                assert (before, after) == (end == g.window.end, end == g.window.start), (
                                    g,
                                    end,
                                )
                assert found["entinen"] == [], "who is not in service reads nothing"
