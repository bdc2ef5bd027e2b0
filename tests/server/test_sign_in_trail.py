"""What the audit tells of sign-ins, and a person's own change of her password."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from tests.server.http import Served, code_of
from tests.server.office import DOMAIN, Office
from tests.server.people import PASSWORD, POLICY, Desk
from workbench.errors import UserError
from workbench.ids import new_id
from workbench.server.history import history
from workbench.server.identity import accounts
from workbench.server.identity.changing import change_password
from workbench.server.identity.errors import SignedOut, SignInFailed, TooMany
from workbench.server.identity.noting import note_refused
from workbench.server.identity.schema import failure
from workbench.server.principal import Principal
from workbench.server.schema import audit, audit_value, clock
from workbench.server.trail import verify

NEW = "neljä uutta sanaa ja saunailta"


def noted(desk: Desk) -> list[dict[str, Any]]:
    """The audit's entries with what they say; the chain verifies and the log's number is the last one's."""
    with desk.database.reading() as c:
        assert list(verify(c)) == []
        query = (
            select(audit, audit_value.c.content)
            .outerjoin(audit_value, audit_value.c.audit_n == audit.c.n)
            .order_by(audit.c.n)
        )
        rows = [dict(r) for r in c.execute(query).mappings()]
        assert c.execute(select(clock.c.seq)).scalar() == (rows[-1]["n"] if rows else 0)
    return rows


def wrong(desk: Desk, times: int, client: str = "", username: str = "maija") -> None:
    for _turn in range(times):
        with pytest.raises(SignInFailed):
            desk.sign_in(username, "väärä salasana tämä", client_id=client)


def test_a_sign_in_is_noted_with_who_where_when_and_no_name(desk: Desk) -> None:
    client = new_id()
    desk.sign_in("maija", client_id=client, name="Maijan kannettava")
    (one,) = noted(desk)
    assert (one["command"], one["actor_id"], one["client_id"]) == ("account.sign_in", "person-maija", client)
    assert (one["chain"], one["at"], one["row_id"]) == ("924", desk.now, desk.accounts["maija"])
    assert one["content"] == {"words": {"refused": 0}, "reason": ""}
    assert "Testinen" not in str(one) and "kannettava" not in str(one)


def test_joining_is_noted(desk: Desk) -> None:
    client = new_id()
    desk.enrol(desk.joining_code("maija"), client)
    assert [(e["command"], e["client_id"]) for e in noted(desk)] == [("account.enrol", client)]


def test_refused_tries_are_told_with_the_next_sign_in_wherever_they_were_made(desk: Desk) -> None:
    client = new_id()
    desk.sign_in("maija", client_id=client)
    wrong(desk, 2, client)
    wrong(desk, 3, new_id())
    wrong(desk, 4, new_id(), "nobody")
    assert len(noted(desk)) == 1
    desk.sign_in("maija", client_id=client)
    desk.sign_in("maija", client_id=client)
    assert [e["content"]["words"]["refused"] for e in noted(desk)] == [0, 5, 0]


def test_refused_tries_that_no_sign_in_tells_of_are_told_when_their_time_is_over(desk: Desk) -> None:
    wrong(desk, 3)
    wrong(desk, 2, username="nobody")
    tidy = lambda: desk.database.write(lambda c: note_refused(c, POLICY, desk.now))  # noqa: E731
    assert tidy() == 0 and noted(desk) == []
    desk.move(hours=3)
    assert tidy() == 3
    (one,) = noted(desk)
    assert (one["command"], one["actor_id"], one["client_id"]) == ("account.refused", "", "")
    assert one["content"]["words"] == {"refused": 3} and one["row_id"] == desk.accounts["maija"]
    assert tidy() == 0 and len(noted(desk)) == 1
    with desk.database.reading() as c:
        assert c.execute(select(func.count()).select_from(failure)).scalar() == 0


def test_the_history_of_a_person_does_not_tell_her_sign_ins(desk: Desk) -> None:
    desk.sign_in("maija")
    me = Principal("person-maija", "x")
    for kind, row_id in (("person", "person-maija"), ("account", desk.accounts["maija"])):
        assert history(desk.database, DOMAIN, me, desk.now, kind=kind, row_id=row_id)["entries"] == []


# -- the password ----------------------------------------------------------------------------------------


def change(desk: Desk, bearer: str, client: str, old: str = PASSWORD, new: str = NEW) -> None:
    me = desk.who(bearer, client)
    change_password(desk.database, desk.policy, me, bearer, old, new, desk.now)


def test_a_new_password_opens_the_old_does_not_and_other_sessions_end(desk: Desk) -> None:
    here, there = new_id(), new_id()
    elsewhere = desk.sign_in("maija", client_id=there)
    signed = desk.sign_in("maija", client_id=here)
    change(desk, signed.access_token, here)
    assert desk.who(signed.access_token, here).person_id == "person-maija"
    assert desk.refresh(signed.refresh_token, here).person_id == "person-maija"
    with pytest.raises(SignedOut):
        desk.who(elsewhere.access_token, there)
    with pytest.raises(SignedOut):
        desk.refresh(elsewhere.refresh_token, there)
    with pytest.raises(SignInFailed):
        desk.sign_in("maija", client_id=here)
    assert desk.sign_in("maija", NEW, client_id=here)
    told = [(e["command"], e["actor_id"], e["client_id"]) for e in noted(desk)]
    assert told[2] == ("account.password", "person-maija", here)
    assert NEW not in str(noted(desk)) and PASSWORD not in str(noted(desk))


@pytest.mark.parametrize(
    ("old", "new", "words", "field"),
    [
        ("ei tämä ole se salasana", NEW, "Nykyinen salasana", "old"),
        (PASSWORD, PASSWORD, "sama kuin nykyinen", "new"),
        (PASSWORD, "lyhyt", "merkkiä", "password"),
        (PASSWORD, "maija ja maija", "helppo arvata", "password"),
        ("", NEW, "Nykyinen salasana", "old"),
    ],
)
def test_a_change_that_does_not_do_says_why_and_changes_nothing(
    desk: Desk, old: str, new: str, words: str, field: str
) -> None:
    client = new_id()
    signed = desk.sign_in("maija", client_id=client)
    with pytest.raises(UserError, match=words) as refused:
        change(desk, signed.access_token, client, old, new)
    assert refused.value.field == field
    assert desk.sign_in("maija", client_id=client)
    assert "account.password" not in {e["command"] for e in noted(desk)}


def test_guessing_the_old_one_costs_what_guessing_at_sign_in_does(desk: Desk) -> None:
    client = new_id()
    signed = desk.sign_in("maija", client_id=client)
    for _turn in range(3):
        with pytest.raises(UserError, match="Nykyinen"):
            change(desk, signed.access_token, client, "ei tämä ole se")
    wrong(desk, 2, client)
    with pytest.raises(TooMany):
        change(desk, signed.access_token, client)
    desk.move(minutes=5)
    change(desk, signed.access_token, client)


def test_an_account_without_a_password_is_told_whom_to_ask(desk: Desk) -> None:
    desk.hire("pekka", password="")
    client = new_id()
    signed = desk.enrol(desk.joining_code("pekka"), client)
    with pytest.raises(UserError, match="pääkäyttäjältä"):
        change(desk, signed.access_token, client, "")


def test_the_administrators_reset_is_noted_and_ends_every_session(desk: Desk) -> None:
    client = new_id()
    signed = desk.sign_in("maija", client_id=client)
    desk.database.write(lambda c: accounts.set_password(c, POLICY, desk.accounts["maija"], NEW, desk.now))
    with pytest.raises(SignedOut):
        desk.who(signed.access_token, client)
    assert (noted(desk)[-1]["command"], noted(desk)[-1]["actor_id"]) == ("account.reset_password", "")


def test_over_the_wire(server: Served, office: Office) -> None:
    server.call("registrar", "GET", "/v1/devices")
    answer = server.call("registrar", "POST", "/v1/password", json={"old": "ei se ole", "new": NEW})
    assert (answer.status_code, code_of(answer)) == (422, "invalid")
    answer = server.call("registrar", "POST", "/v1/password", json={"old": PASSWORD, "new": NEW})
    assert (answer.status_code, answer.content) == (204, b"")
    assert server.call("registrar", "GET", "/v1/devices").status_code == 200
    body = {"username": "registrar", "password": PASSWORD, "client_id": new_id()}
    assert code_of(server.http.post("/v1/sign-in", json=body)) == "sign_in_failed"
    assert server.http.post("/v1/sign-in", json=body | {"password": NEW}).status_code == 200
    assert office.faults() == []
