"""Refresh tokens: rotated, copied, and asked for again when the answer was lost."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.server.people import POLICY, Desk
from workbench.domain import whole_domain
from workbench.ids import new_id
from workbench.server.database import Database
from workbench.server.founding import found
from workbench.server.identity.errors import SignedOut
from workbench.server.identity.sessions import Signed


def test_a_refresh_gives_a_new_pair_and_the_old_access_goes_on_until_its_end(desk: Desk) -> None:
    client = new_id()
    first = desk.sign_in("maija", client_id=client)
    desk.move(minutes=14)
    second = desk.refresh(first.refresh_token, client)
    assert second.refresh_token != first.refresh_token and second.access_token != first.access_token
    assert desk.who(first.access_token, client) == desk.who(second.access_token, client)
    desk.move(minutes=2)
    with pytest.raises(SignedOut):
        desk.who(first.access_token, client)
    assert desk.who(second.access_token, client)


def test_a_lost_answer_is_given_again(desk: Desk) -> None:
    client = new_id()
    first = desk.sign_in("maija", client_id=client)
    answers = []
    for _ in range(3):
        answers.append(desk.refresh(first.refresh_token, client))
        desk.move(seconds=15)
    assert answers[0] == answers[1] == answers[2]
    assert desk.who(answers[0].access_token, client)


def test_two_of_the_same_at_once_are_answered_alike(desk: Desk) -> None:
    client = new_id()
    first = desk.sign_in("maija", client_id=client)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _n: desk.refresh(first.refresh_token, client), range(4)))
    assert len(set(answers)) == 1
    assert desk.refresh(answers[0].refresh_token, client)


def test_a_copied_token_ends_the_whole_session(desk: Desk) -> None:
    client = new_id()
    first = desk.sign_in("maija", client_id=client)
    second = desk.refresh(first.refresh_token, client)
    desk.who(second.access_token, client)
    desk.move(seconds=61)
    with pytest.raises(SignedOut):
        desk.refresh(first.refresh_token, client)
    with pytest.raises(SignedOut):
        desk.who(second.access_token, client)
    with pytest.raises(SignedOut):
        desk.refresh(second.refresh_token, client)


def test_a_copy_gets_nothing_within_the_minute_once_the_new_pair_is_in_use(desk: Desk) -> None:
    client = new_id()
    first = desk.sign_in("maija", client_id=client)
    second = desk.refresh(first.refresh_token, client)
    desk.who(second.access_token, client)
    with pytest.raises(SignedOut):
        desk.refresh(first.refresh_token, client)
    assert desk.who(second.access_token, client), "a late twin of an answered request signs nobody out"
    third = desk.refresh(second.refresh_token, client)
    with pytest.raises(SignedOut):
        desk.refresh(first.refresh_token, client)
    assert desk.who(third.access_token, client)


def test_a_thief_who_was_first_is_shut_out_when_the_person_signs_in_again(desk: Desk) -> None:
    client = new_id()
    first = desk.sign_in("maija", client_id=client)
    stolen = desk.refresh(first.refresh_token, client)
    desk.who(stolen.access_token, client)
    with pytest.raises(SignedOut):
        desk.refresh(first.refresh_token, client)
    desk.sign_in("maija", client_id=client)
    with pytest.raises(SignedOut):
        desk.who(stolen.access_token, client)
    with pytest.raises(SignedOut):
        desk.refresh(stolen.refresh_token, client)


def test_an_idle_session_ends(desk: Desk) -> None:
    client = new_id()
    signed = desk.sign_in("maija", client_id=client)
    desk.move(days=89)
    signed = desk.refresh(signed.refresh_token, client)
    desk.move(days=89)
    signed = desk.refresh(signed.refresh_token, client)
    desk.move(days=90)
    with pytest.raises(SignedOut):
        desk.refresh(signed.refresh_token, client)


@contextmanager
def empty() -> Iterator[Desk]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 's.sqlite'}")
        found(database, whole_domain())
        try:
            yield Desk(database)
        finally:
            database.close()


_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("refresh"), st.sampled_from(["answered", "lost", "doubled", "crash"])),
        st.tuples(st.just("wait"), st.integers(1, 20 * 60)),
        st.tuples(st.just("call"), st.just("")),
        st.tuples(st.just("thief"), st.integers(0, 5)),
    ),
    max_size=25,
)


@settings(max_examples=60)
@given(steps=_STEPS)
def test_lost_answers_sign_nobody_out_and_a_thief_never_shares_a_session(
    steps: list[tuple[str, str | int]],
) -> None:
    """A workstation that asks again at once after a lost answer stays signed in. A thief with one of its older
    tokens either gets nothing, or from then on only one of the two goes on."""
    with empty() as desk:
        desk.hire("maija")
        client = new_id()
        held = desk.sign_in("maija", client_id=client)
        older: list[str] = []
        robbed = False
        for what, how in steps:
            try:
                if what == "wait":
                    desk.move(seconds=float(how))
                elif what == "refresh":
                    older.append(held.refresh_token)
                    held = _refresh(desk, held, client, str(how))
                elif what == "call":
                    if desk.now < held.access_expires_at:
                        desk.who(held.access_token, client)
                elif int(how) < len(older):
                    robbed |= _rob(desk, older[-1 - int(how)], held, client)
            except SignedOut:
                assert robbed, "signed out though nothing was stolen"
                return
        if not robbed:
            assert desk.who(desk.refresh(held.refresh_token, client).access_token, client)


def _refresh(desk: Desk, held: Signed, client: str, how: str) -> Signed:
    answer = desk.refresh(held.refresh_token, client)
    if how == "lost" or how == "crash":
        desk.move(seconds=5 if how == "lost" else 50)
        again = desk.refresh(held.refresh_token, client)
        assert again == answer
    elif how == "doubled":
        assert desk.refresh(held.refresh_token, client) == answer
    desk.who(answer.access_token, client)
    return answer


def _rob(desk: Desk, token: str, held: Signed, client: str) -> bool:
    """The thief shows an older token. He never gets in: the pair after it is in use already."""
    with pytest.raises(SignedOut):
        desk.refresh(token, client)
    return True


def test_the_grace_is_shorter_than_an_access_token_lives() -> None:
    assert POLICY.grace < POLICY.access
