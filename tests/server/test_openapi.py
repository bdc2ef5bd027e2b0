"""The OpenAPI document is exact: whatever fits it, or does not, is answered as it says and never with a fault."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.fakes.clock import FakeClock
from tests.server.http import Served, served
from tests.server.office import Office, founded
from workbench.domain import whole_domain
from workbench.server.database import Database
from workbench.server.schema import create_tables

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of the library's own imports
    import schemathesis
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )
    from schemathesis.checks import not_a_server_error

_EXAMPLES = 25
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
    with database.writing() as connection:
        create_tables(connection, whole_domain().kinds)
    with founded(database, folder) as office, served(office, folder) as made:
        yield made
    database.close()
