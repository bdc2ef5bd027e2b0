"""Signing in: who is let in, who is not, and that nothing tells why."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.server.people import PASSWORD, POLICY, Desk
from workbench.errors import UserError
from workbench.ids import new_id
from workbench.server.identity import accounts, devices, schema, sessions
from workbench.server.identity.authenticator import Password
from workbench.server.identity.errors import (
    DeviceRefused,
    EnrolmentFailed,
    SignedOut,
    SignInFailed,
    TooMany,
    Wiped,
)


def test_a_right_password_opens_a_session_of_a_quarter_of_an_hour(desk: Desk) -> None:
    client = new_id()
    signed = desk.sign_in("maija", client_id=client)
    assert signed.name == "Maija Testinen"
    found = desk.who(signed.access_token, client)
    assert (found.person_id, found.client_id, found.account_id) == (
        "person-maija",
        client,
        desk.accounts["maija"],
    )
    desk.move(minutes=15)
    with pytest.raises(SignedOut):
        desk.who(signed.access_token, client)


def test_the_name_is_found_however_it_is_written(desk: Desk) -> None:
    assert desk.sign_in("  MAIJA ").person_id == "person-maija"
    with pytest.raises(UserError, match="on jo olemassa"):
        desk.database.write(
            lambda c: accounts.create_account(c, POLICY, "Maija", "person-other", desk.now, PASSWORD)
        )


@pytest.mark.parametrize("name", ["", "a b", "a\0b", "\ud800", "maija'--", "x" * 101, "<b>"])
def test_an_odd_name_is_no_account_and_no_fault(desk: Desk, name: str) -> None:
    with pytest.raises(SignInFailed):
        desk.sign_in(name)
    with pytest.raises(UserError):
        desk.database.write(lambda c: accounts.create_account(c, POLICY, name, "p", desk.now, PASSWORD))


@pytest.mark.parametrize("password", ["lyhyt", "x" * 257, "aaaaaaaaaaaaaaaa", "minämaijaolentäällä"])
def test_a_poor_password_is_refused_with_advice(desk: Desk, password: str) -> None:
    with pytest.raises(UserError) as refused:
        desk.database.write(
            lambda c: accounts.set_password(c, POLICY, desk.accounts["maija"], password, desk.now)
        )
    assert refused.value.field == "password"


def failures(desk: Desk) -> dict[str, Password]:
    """Every way to be refused, by what is wrong."""
    totp = desk.demand_code("maija")
    right = totp.at(desk.now)
    desk.hire("closed")
    desk.database.write(lambda c: accounts.set_disabled(c, desk.accounts["closed"], True, desk.now))
    desk.hire("left")
    desk.leave("left")
    desk.hire("nopassword", "")
    wrong = "000000" if right != "000000" else "111111"
    return {
        "unknown": Password("nobody", PASSWORD, right),
        "password": Password("maija", "not the password", right),
        "code": Password("maija", PASSWORD, wrong),
        "no code": Password("maija", PASSWORD, ""),
        "old code": Password("maija", PASSWORD, totp.at(desk.now - timedelta(seconds=60))),
        "odd code": Password("maija", PASSWORD, "١٢٣٤٥٦"),
        "closed": Password("closed", PASSWORD),
        "left": Password("left", PASSWORD),
        "no password": Password("nopassword", ""),
        "empty": Password("maija", "", right),
    }


def test_every_failure_answers_alike(desk: Desk) -> None:
    said = set()
    for proof in failures(desk).values():
        with pytest.raises(SignInFailed) as refused:
            desk.sign_in(proof.username, proof.password, proof.code)
        said.add((str(refused.value), refused.value.code, refused.value.field))
        with desk.database.writing() as c:
            c.execute(schema.failure.delete())
    assert len(said) == 1


def test_every_failure_costs_the_same_hashing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Time is not measured: what takes time is counted."""
    hashed: list[str] = []
    real = POLICY.hasher.verify

    class Counting:
        def verify(self, stored: str, password: bytes) -> bool:
            hashed.append(
                stored.rpartition("$")[0].rpartition("$")[0]
            )  # the parameters, without salt and hash
            return real(stored, password)

        def hash(self, password: str) -> str:
            return POLICY.hasher.hash(password)

        def check_needs_rehash(self, stored: str) -> bool:
            return False

    wanted = failures(desk)
    desk.policy = replace(desk.policy, hasher=Counting())  # type: ignore[arg-type]
    for proof in wanted.values():
        with pytest.raises(SignInFailed):
            desk.sign_in(proof.username, proof.password, proof.code)
        with desk.database.writing() as c:
            c.execute(schema.failure.delete())
    assert len(hashed) == len(wanted) and len(set(hashed)) == 1


def test_a_code_is_good_once(desk: Desk) -> None:
    totp = desk.demand_code("maija")
    code = totp.at(desk.now)
    desk.sign_in("maija", code=code)
    with pytest.raises(SignInFailed):
        desk.sign_in("maija", code=code)
    with pytest.raises(SignInFailed):  # nor one before it, though it is not used
        desk.sign_in("maija", code=totp.at(desk.now - timedelta(seconds=30)))
    desk.move(seconds=30)
    assert desk.sign_in("maija", code=f" {totp.at(desk.now)[:3]} {totp.at(desk.now)[3:]} ")


def test_a_code_used_twice_at_once_opens_one_session(desk: Desk) -> None:
    code = desk.demand_code("maija").at(desk.now)

    def attempt(_n: int) -> bool:
        try:
            return bool(desk.sign_in("maija", code=code))
        except (SignInFailed, TooMany):
            return False

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(attempt, range(4))) == 1


def test_a_policy_may_demand_a_code_of_everyone(desk: Desk) -> None:
    desk.policy = replace(desk.policy, demand_totp=True)
    with pytest.raises(SignInFailed):
        desk.sign_in("maija")
    totp = desk.demand_code("maija")
    assert desk.sign_in("maija", code=totp.at(desk.now))


def test_the_database_tells_neither_password_nor_token_nor_secret(desk: Desk) -> None:
    totp = desk.demand_code("maija")
    client = new_id()
    joining = desk.joining_code("maija")
    signed = desk.sign_in("maija", code=totp.at(desk.now), client_id=client)
    with pytest.raises(SignInFailed):
        desk.sign_in("guessedname", "guessed password")
    held = ""
    with desk.database.reading() as c:
        for table in schema.account.metadata.sorted_tables:
            held += repr(c.execute(select(table)).all())
    secrets = (PASSWORD, totp.secret, joining, signed.access_token, signed.refresh_token, "guessed")
    assert [s for s in secrets if s in held] == []
    assert "guessed" not in repr(Password("x", "guessed")) and signed.access_token not in repr(signed)
    assert repr(bytes(range(32))) not in repr(POLICY)


# -- lock-out -------------------------------------------------------------------------------------------


def guess(desk: Desk, client: str = "", times: int = 1, username: str = "maija") -> list[str]:
    said = []
    for _ in range(times):
        try:
            desk.sign_in(username, "a wrong password", client_id=client)
        except UserError as error:
            said.append(error.code)
    return said


def test_guessing_from_elsewhere_never_locks_the_person_out(desk: Desk) -> None:
    own = new_id()
    desk.sign_in("maija", client_id=own)
    assert guess(desk, times=8) == ["sign_in_failed"] * 5 + ["busy"] * 3
    with pytest.raises(TooMany):  # from an unknown workstation not even the right password helps
        desk.sign_in("maija")
    assert desk.sign_in("maija", client_id=own)
    assert desk.enrol(desk.joining_code("maija"), new_id())  # and a new one gets in by a joining code
    desk.hire("pekka")
    assert desk.sign_in("pekka")


def test_a_known_workstation_has_a_budget_of_its_own_and_it_ends_too(desk: Desk) -> None:
    own, other = new_id(), new_id()
    desk.sign_in("maija", client_id=own)
    desk.sign_in("maija", client_id=other)
    assert guess(desk, own, 6) == ["sign_in_failed"] * 5 + ["busy"]
    assert desk.sign_in("maija", client_id=other)
    desk.move(seconds=30)
    assert desk.sign_in("maija", client_id=own)
    assert guess(desk, own, 5) == ["sign_in_failed"] * 5, "a right password makes the budget whole"


def test_a_workstation_that_was_revoked_or_is_anothers_is_unknown(desk: Desk) -> None:
    desk.hire("pekka")
    pekkas, revoked = new_id(), new_id()
    desk.sign_in("pekka", client_id=pekkas)
    desk.sign_in("maija", client_id=revoked)
    desk.database.write(lambda c: devices.revoke_device(c, desk.accounts["maija"], revoked, desk.now))
    assert guess(desk, times=5) == ["sign_in_failed"] * 5
    assert guess(desk, pekkas) == ["busy"] and guess(desk, revoked) == ["busy"]


def test_each_failure_more_costs_twice_the_time_up_to_half_an_hour(desk: Desk) -> None:
    guess(desk, times=5)
    waits = []
    for _ in range(9):
        with pytest.raises(TooMany) as refused:
            desk.sign_in("maija")
        waits.append(refused.value.seconds)
        desk.move(seconds=refused.value.seconds)
        assert guess(desk) == ["sign_in_failed"]
    assert waits == [30, 60, 120, 240, 480, 960, 1800, 1800, 1800]
    desk.move(hours=3)
    assert desk.sign_in("maija")


def test_an_unknown_name_is_slowed_down_like_a_known_one(desk: Desk) -> None:
    assert guess(desk, times=7, username="nobody") == guess(desk, times=7)


def test_guesses_made_at_once_are_all_counted(desk: Desk) -> None:
    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(lambda _n: guess(desk)[0], range(16)))
    assert said.count("sign_in_failed") <= POLICY.free_tries


def test_guessed_names_do_not_pile_up(desk: Desk) -> None:
    for n in range(20):
        guess(desk, username=f"nobody{n}")
    desk.move(hours=3)
    guess(desk)
    with desk.database.reading() as c:
        assert len(c.execute(select(schema.failure)).all()) == 1


# -- joining codes --------------------------------------------------------------------------------------


def test_a_joining_code_is_good_once_and_for_a_week(desk: Desk) -> None:
    client = new_id()
    code = desk.joining_code("maija")
    signed = desk.enrol(code, client)
    assert desk.who(signed.access_token, client).person_id == "person-maija"
    for other in (new_id(), client):
        with pytest.raises(EnrolmentFailed):
            desk.enrol(code, other)
    assert desk.who(signed.access_token, client), "trying an old code ends nothing"
    late = desk.joining_code("maija")
    desk.move(days=7)
    with pytest.raises(EnrolmentFailed):
        desk.enrol(late, new_id())


def test_a_joining_code_whose_answer_was_lost_is_answered_again(desk: Desk) -> None:
    client = new_id()
    code = desk.joining_code("maija")
    first = desk.enrol(code, client)
    desk.move(seconds=20)
    assert desk.enrol(code, client) == first
    with pytest.raises(EnrolmentFailed):
        desk.enrol(code, new_id())
    desk.move(seconds=61)
    with pytest.raises(EnrolmentFailed):
        desk.enrol(code, client)


def test_a_new_joining_code_voids_the_former_and_a_closed_account_has_none(desk: Desk) -> None:
    first, second = desk.joining_code("maija"), desk.joining_code("maija")
    with pytest.raises(EnrolmentFailed):
        desk.enrol(first, new_id())
    desk.database.write(lambda c: accounts.set_disabled(c, desk.accounts["maija"], True, desk.now))
    with pytest.raises(EnrolmentFailed):
        desk.enrol(second, new_id())


def test_two_who_use_one_joining_code_at_once_get_one_session(desk: Desk) -> None:
    code = desk.joining_code("maija")

    def attempt(_n: int) -> bool:
        try:
            return bool(desk.enrol(code, new_id()))
        except EnrolmentFailed:
            return False

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(attempt, range(4))) == 1


# -- being refused at once -------------------------------------------------------------------------------


def test_a_closed_account_and_an_ended_service_are_refused_at_the_next_call(desk: Desk) -> None:
    desk.hire("pekka")
    for username in ("maija", "pekka"):
        client = new_id()
        signed = desk.sign_in(username, client_id=client)
        desk.who(signed.access_token, client)
        if username == "maija":
            desk.database.write(lambda c: accounts.set_disabled(c, desk.accounts["maija"], True, desk.now))
        else:
            desk.leave("pekka")
        with pytest.raises(SignedOut):
            desk.who(signed.access_token, client)
        with pytest.raises(SignedOut):
            desk.refresh(signed.refresh_token, client)


def test_a_token_is_good_at_its_own_workstation_alone(desk: Desk) -> None:
    client = new_id()
    signed = desk.sign_in("maija", client_id=client)
    for bearer, where in ((signed.access_token, new_id()), (signed.refresh_token, client), ("", client)):
        with pytest.raises(SignedOut):
            desk.who(bearer, where)
    with pytest.raises(SignedOut):  # a refresh token elsewhere was copied
        desk.refresh(signed.refresh_token, new_id())
    with pytest.raises(SignedOut):
        desk.who(signed.access_token, client)


def test_a_new_password_ends_what_the_former_opened(desk: Desk) -> None:
    client = new_id()
    signed = desk.sign_in("maija", client_id=client)
    fresh = "uusi ja pitkä tunnuslause"
    desk.database.write(lambda c: accounts.set_password(c, POLICY, desk.accounts["maija"], fresh, desk.now))
    with pytest.raises(SignedOut):
        desk.who(signed.access_token, client)
    with pytest.raises(SignInFailed):
        desk.sign_in("maija")
    assert desk.sign_in("maija", fresh)


def test_signing_out_ends_the_session_and_no_other(desk: Desk) -> None:
    one, two = new_id(), new_id()
    first, second = desk.sign_in("maija", client_id=one), desk.sign_in("maija", client_id=two)
    desk.database.write(lambda c: sessions.sign_out(c, first.access_token, desk.now))
    desk.database.write(lambda c: sessions.sign_out(c, "nothing", desk.now))
    with pytest.raises(SignedOut):
        desk.who(first.access_token, one)
    with pytest.raises(SignedOut):
        desk.refresh(first.refresh_token, one)
    assert desk.who(second.access_token, two)


# -- workstations ----------------------------------------------------------------------------------------


def test_ones_own_workstations_are_listed_and_signed_out_for_good(desk: Desk) -> None:
    desk.hire("pekka")
    one, two, pekkas = new_id(), new_id(), new_id()
    signed = desk.sign_in("maija", client_id=one, name=" Työ\nhuone \x07 ")
    desk.move(minutes=1)
    desk.sign_in("maija", client_id=two)
    desk.sign_in("pekka", client_id=pekkas)
    mine = desk.accounts["maija"]
    with desk.database.reading() as c:
        listed = devices.devices_of(c, mine)
    assert [(d.client_id, d.name) for d in listed] == [(two, "Kone"), (one, "Työ huone")]
    for theirs in (pekkas, new_id()):  # another's and none at all are the same
        with pytest.raises(UserError) as refused:
            desk.database.write(lambda c, it=theirs: devices.report_lost(c, mine, it, desk.now))
        assert refused.value.code == "not_found"
    desk.database.write(lambda c: devices.revoke_device(c, mine, one, desk.now))
    with pytest.raises(SignedOut):
        desk.who(signed.access_token, one)
    with pytest.raises(SignedOut):
        desk.refresh(signed.refresh_token, one)
    with pytest.raises(DeviceRefused):
        desk.sign_in("maija", client_id=one)
    assert desk.enrol(desk.joining_code("maija"), one)


def test_a_lost_workstation_is_told_so_with_any_token_it_has(desk: Desk) -> None:
    client = new_id()
    old = desk.sign_in("maija", client_id=client)
    desk.who(old.access_token, client)
    signed = desk.refresh(old.refresh_token, client)
    desk.database.write(lambda c: devices.report_lost(c, desk.accounts["maija"], client, desk.now))
    for _ in range(2):
        with pytest.raises(Wiped):
            desk.who(signed.access_token, client)
        with pytest.raises(Wiped):
            desk.refresh(signed.refresh_token, client)
        with pytest.raises(Wiped):
            desk.refresh(old.refresh_token, client)
        desk.move(days=100)  # long after every token ended
    with pytest.raises(Wiped):
        desk.sign_in("maija", client_id=client)
    with pytest.raises(Wiped):
        desk.enrol(desk.joining_code("maija"), client)
    with pytest.raises(SignInFailed):  # a guess is told nothing
        desk.sign_in("maija", "a wrong password", client_id=client)
    with pytest.raises(SignedOut):
        desk.who(signed.access_token, new_id())


def test_a_workstation_belongs_to_one_account(desk: Desk) -> None:
    desk.hire("pekka")
    client = new_id()
    signed = desk.sign_in("maija", client_id=client)
    with pytest.raises(DeviceRefused):
        desk.sign_in("pekka", client_id=client)
    with pytest.raises(DeviceRefused):
        desk.enrol(desk.joining_code("pekka"), client)
    assert desk.who(signed.access_token, client)


def test_a_sign_in_at_a_workstation_ends_the_former_session_there(desk: Desk) -> None:
    client = new_id()
    former = desk.sign_in("maija", client_id=client)
    desk.sign_in("maija", client_id=client)
    with pytest.raises(SignedOut):
        desk.who(former.access_token, client)


def test_another_key_does_not_open_the_database(desk: Desk) -> None:
    totp = desk.demand_code("maija")
    desk.policy = replace(desk.policy, key=bytes(32))
    with pytest.raises(Exception, match="avain"):
        desk.sign_in("maija", code=totp.at(desk.now))
