"""The OpenAPI document is exact: whatever fits it, or does not, is answered as it says and never with a fault."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.server.http import Served, served
from tests.server.office import founded
from workbench.server.database import Database

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of the library's own imports
    import schemathesis
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

_CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("openapi")
    database = Database(f"sqlite:///{folder / 's.sqlite'}")
    with founded(database, folder) as office, served(office, folder) as made:
        yield made
    database.close()


@pytest.fixture(scope="module")
def document(server: Served) -> Any:
    """The document, of the running application."""
    return schemathesis.openapi.from_asgi("/v1/openapi.json", server.http.app)


@pytest.mark.parametrize("who", ["registrar", ""])
def test_every_call_answers_as_the_document_says(server: Served, document: Any, who: str) -> None:
    """An answer outside the document is one that no client was told of; a 5xx is a fault."""
    asked = 0
    for found in document.get_all_operations():
        operation = found.ok()
        if who and operation.path == "/v1/sign-out":
            continue
        if who:
            server.call(who, "GET", "/v1/devices")
        _ask(operation, server.headers[who] if who else {})
        asked += 1
    assert asked > 15


def _ask(operation: Any, headers: dict[str, str]) -> None:
    @settings(
        max_examples=15, suppress_health_check=list(HealthCheck), phases=[Phase.generate], database=None
    )
    @given(case=operation.as_strategy())
    def answers(case: Any) -> None:
        case.call_and_validate(headers=headers, checks=_CHECKS)

    answers()
