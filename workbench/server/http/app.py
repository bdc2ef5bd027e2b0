"""The whole HTTP application over one desk."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from workbench import __version__
from workbench.errors import StorageProblem, UserError
from workbench.i18n import _
from workbench.server.cursors import Foreign
from workbench.server.desk import Desk
from workbench.server.http.callers import demand_known
from workbench.server.http.file_calls import file_calls
from workbench.server.http.held_calls import held_calls
from workbench.server.http.identity_calls import identity_calls
from workbench.server.http.problems import Problem, answer, described
from workbench.server.http.state_calls import state_calls
from workbench.server.http.sync_calls import sync_calls
from workbench.server.http.watch import Metrics, Watch
from workbench.server.identity.authenticator import Authenticator, Password, PasswordAuthenticator
from workbench.server.push import EpochChanged


def make_app(desk: Desk, authenticator: Authenticator[Password] | None = None) -> FastAPI:
    """The application. It keeps nothing between calls but counters, so that several processes serve one
    database."""
    app = FastAPI(
        title="Seutupöytä",
        version=__version__,
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        responses=described(413, 415, 422, 429, 500, 503),
    )
    metrics = Metrics()
    app.state.demand_known = lambda request: demand_known(desk, request)
    app.include_router(identity_calls(desk, authenticator or PasswordAuthenticator(desk.policy)))
    app.include_router(sync_calls(desk))
    app.include_router(held_calls(desk))
    app.include_router(file_calls(desk))
    app.include_router(state_calls(desk, metrics))
    app.add_middleware(Watch, metrics=metrics, key=desk.policy.key)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _unfit)
    app.add_exception_handler(UserError, _refused)
    app.add_exception_handler(StorageProblem, _refused)
    app.add_exception_handler(EpochChanged, _epoch)
    app.add_exception_handler(Foreign, _resync)
    return app


async def _http(_request: Request, error: Exception) -> Response:
    if isinstance(error, Problem):
        return answer(error)
    assert isinstance(error, HTTPException)
    code = {404: "not_found", 405: "method", 413: "too_large"}.get(error.status_code, "invalid")
    said = {404: _("Ei löydy."), 405: _("Tätä ei voi tehdä tällä tavalla.")}
    headers = dict(error.headers or {})
    return answer(Problem(code, said.get(error.status_code, _("Pyyntö ei kelpaa.")), headers=headers))


async def _unfit(_request: Request, error: Exception) -> Response:
    # Where it is wrong is told, never what stood there.
    assert isinstance(error, RequestValidationError)
    wrong = error.errors()[0] if error.errors() else {"loc": ()}
    place = ".".join(str(part)[:40] for part in wrong["loc"][:8])
    return answer(Problem("invalid", _("Pyyntö ei kelpaa ({place}).").format(place=place)))


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, (UserError, StorageProblem))
    return answer(Problem.of(error))


async def _epoch(_request: Request, _error: Exception) -> Response:
    return answer(Problem("epoch_changed", _("Palvelin on palautettu varmuuskopiosta.")))


async def _resync(_request: Request, _error: Exception) -> Response:
    return answer(Problem("resync", _("Muutosten luku on aloitettava alusta.")))
