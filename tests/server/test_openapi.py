"""The OpenAPI document is exact: whatever fits it, or does not, is answered as it says and never with a fault."""

from __future__ import annotations

import collections
import copy
import json
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.fakes.world import SECRET
from tests.server.conftest import another_database
from tests.server.http import Served, served
from tests.server.office import founded
from workbench.cases.closing import CloseCase, ReopenCase
from workbench.cases.corrections import MergeCases
from workbench.cases.edit import EditCase, HandOver, SetCaseValues
from workbench.cases.items import DocumentItem, PartyItem
from workbench.cases.papers import AddDocument
from workbench.cases.parts import AddNote, AddParty, AddTask, LinkCases, MarkCase, SaveView
from workbench.cases.single_rights import GiveAccess
from workbench.ids import new_id
from workbench.server.database import Database

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of the library's own imports
    import schemathesis
    from schemathesis import GenerationMode
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_headers_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

_CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]

slow = pytest.mark.slow
FEW, MANY = 8, 300
_QUIETLY = settings(
    suppress_health_check=list(HealthCheck), phases=[Phase.generate], database=None, deadline=None
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("openapi")
    if request.param == "sqlite":
        database = Database(f"sqlite:///{folder / 's.sqlite'}")
        with founded(database, folder) as office, served(office, folder) as made:
            yield made
        database.close()
        return
    with (
        another_database(request.getfixturevalue("postgresql")) as database,
        founded(database, folder) as office,
        served(office, folder) as made,
    ):
        yield made


@pytest.fixture(scope="module")
def document(server: Served) -> Any:
    """The document, of the running application."""
    return schemathesis.openapi.from_asgi("/v1/openapi.json", server.http.app)


def headers_of(server: Served, who: str) -> dict[str, str]:
    """Headers of somebody who has just signed in at a new workstation, or of nobody."""
    if not who:
        return {}
    if who not in server.headers:
        server.hire(who)
    server.sign_in(who)
    return server.headers[who]


POSITIVE, NEGATIVE = GenerationMode.POSITIVE, GenerationMode.NEGATIVE


@pytest.mark.parametrize("mode", [POSITIVE, NEGATIVE], ids=lambda m: m.value)
@pytest.mark.parametrize("who", ["registrar", ""], ids=lambda who: who or "nobody")
def test_every_call_answers_as_the_document_says(
    server: Served, document: Any, who: str, mode: GenerationMode
) -> None:
    """An answer outside the document is one that no client was told of; a 5xx is a fault."""
    ask_every_call(server, document, who, mode, FEW)


@slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("mode", [POSITIVE, NEGATIVE], ids=lambda m: m.value)
@pytest.mark.parametrize("who", ["registrar", "admin", ""], ids=lambda who: who or "nobody")
def test_every_call_many_times(server: Served, document: Any, who: str, mode: GenerationMode) -> None:
    """The same, for longer."""
    ask_every_call(server, document, who, mode, MANY)


def ask_every_call(server: Served, document: Any, who: str, mode: GenerationMode, examples: int) -> None:
    asked = 0
    for found in document.get_all_operations():
        operation = found.ok()
        if mode is NEGATIVE and not can_be_wrong(operation):
            continue
        # Signing out, and losing one's own workstation, would leave the rest to a stranger.
        _ask(operation, headers_of(server, who), mode, examples)
        asked += 1
    assert asked >= (20 if mode is POSITIVE else 14)


def can_be_wrong(operation: Any) -> bool:
    """Whether there is anything in a call that could be said wrongly."""
    return bool(operation.body or operation.query or operation.path_parameters or operation.headers)


def _ask(operation: Any, headers: dict[str, str], mode: GenerationMode, examples: int) -> None:
    @settings(_QUIETLY, max_examples=examples)
    @given(case=operation.as_strategy(generation_mode=mode))
    def answers(case: Any) -> None:
        case.call_and_validate(headers=headers, checks=_CHECKS)

    answers()


@pytest.mark.parametrize("examples", [5, pytest.param(300, marks=[slow, pytest.mark.timeout(3600)])])
def test_calls_that_follow_from_one_another(server: Served, document: Any, examples: int) -> None:
    """What one call answers is used in the next: devices are listed, then revoked or lost, leases taken and given."""
    called: set[str] = set()

    class Conversation(document.as_state_machine()):  # type: ignore[misc]
        def setup(self) -> None:
            self.given = headers_of(server, "preparer")

        def get_call_kwargs(self, case: Any) -> dict[str, Any]:
            return {"headers": self.given}

        def validate_response(self, response: Any, case: Any, **more: Any) -> None:
            called.add(case.operation.label)
            case.validate_response(response, checks=_CHECKS)

    Conversation.run(settings=settings(_QUIETLY, max_examples=examples, stateful_step_count=12))
    assert {"GET /v1/devices", "DELETE /v1/devices/{client_id}"} <= called


# -- almost right ----------------------------------------------------------------------------------------

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every part of a JSON value."""
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in inner:
        yield from places(part, (*path, name))


def spoilt(value: Any, path: tuple[Any, ...], other: Any, *, drop: bool) -> Any:
    """The value with another at one place, or without what is there."""
    made = copy.deepcopy(value)
    place = made
    for name in path[:-1]:
        place = place[name]
    if drop:
        del place[path[-1]]
    else:
        place[path[-1]] = other
    return made


def fresh(group: Any) -> Any:
    """The same group, sent as a new one that makes new rows."""
    text = json.dumps(group)
    made = {op["id"] for op in group["ops"] if op["type"] == "create"}
    for old in {group["group_id"]} | {op["op_id"] for op in group["ops"]} | made:
        text = text.replace(old, new_id())
    return json.loads(text)


def work(server: Served) -> dict[str, Any]:
    """A group of each of many commands, as a workstation made it and the server took it in."""
    office = server.office
    office.made()
    case_id, made = office.register("Malli", handler_id="person-preparer")
    other, second = office.register("Toinen")
    ended, third = office.register("Päättyvä")
    groups = [made, second, third]
    for command in (
        EditCase(case_id=case_id, changes={"summary": "tarkennus"}),
        AddNote(case_id=case_id, text="huomio"),
        AddTask(case_id=case_id, title="Tee", assignee_id="person-registrar"),
        AddParty(case_id=case_id, party=PartyItem(role="initiator", name="Liisa")),
        AddDocument(case_id=case_id, document=DocumentItem(title="Muistio", type="Kirje")),
        MarkCase(case_id=case_id, mark="favourite", on=True),
        SaveView(name="Oma", query={"state": "open"}),
        LinkCases(case_id=case_id, other_id=other, relation="related"),
        HandOver(case_id=case_id, to_id="person-decider"),
        SetCaseValues(case_id=case_id, values=SECRET),
        GiveAccess(case_id=case_id, person_id="person-teacher", reason="apu"),
        MergeCases(case_id=other, into_id=case_id, reason="sama"),
        CloseCase(case_id=ended),
        ReopenCase(case_id=ended, reason="kesken"),
    ):
        office.local.run(command)
        groups += office.made()
    office.bring_content()
    answers = office.push(groups, "registrar")
    assert {r["status"] for r in answers} == {"applied"}, answers
    return {g["command"]: g for g in groups}


@pytest.mark.parametrize("examples", [150, pytest.param(10_000, marks=[slow, pytest.mark.timeout(3600)])])
def test_a_group_with_one_wrong_place_is_answered_and_never_a_fault(
    server: Served, document: Any, examples: int
) -> None:
    """Deeper than a random body reaches: groups of real commands, spoilt at one place."""
    by_command = work(server)
    assert len(by_command) > 12
    headers = headers_of(server, "registrar")
    push = document["/v1/push"]["POST"]
    answered: collections.Counter[str] = collections.Counter()

    @settings(_QUIETLY, max_examples=examples)
    @given(data=st.data())
    def answers(data: st.DataObject) -> None:
        group = fresh(by_command[data.draw(st.sampled_from(sorted(by_command)))])
        path = data.draw(st.sampled_from(list(places(group))))
        wrong = spoilt(group, path, data.draw(JSON), drop=data.draw(st.booleans()))
        case = push.Case(body={"groups": [wrong]}, media_type="application/json")
        answer = case.call_and_validate(headers=headers, checks=_CHECKS)
        answered[str(answer.status_code)] += 1
        for result in answer.json().get("results", ()):
            assert result.get("code") != "internal", (path, wrong)
            answered[result["status"]] += 1

    answers()
    assert answered["422"] and answered["applied"] and answered["rejected"], answered
