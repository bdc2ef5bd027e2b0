"""Running the HTTP application: one process or several, encrypted or on the machine itself alone."""

from __future__ import annotations

import gc
import ipaddress
import logging
import os
import sys
from contextlib import ExitStack
from pathlib import Path

from fastapi import FastAPI

from workbench.cli.output import remark
from workbench.clock import SystemClock, to_text
from workbench.domain import whole_domain
from workbench.errors import UserError
from workbench.i18n import _
from workbench.server.daily import daily
from workbench.server.desk import Desk
from workbench.server.http.app import make_app
from workbench.server.http.watch import JsonLines
from workbench.server.place import Place, opened
from workbench.server.tidying import tidy

_DATA = "WORKBENCH_SERVER_DATA"
_COLLECTED_AFTER = (10_000, 20, 20)
_open = ExitStack()


def application() -> FastAPI:
    """The application of one process, over the data folder the command line named."""
    log_as_json()
    desk = _open.enter_context(opened(Place(Path(os.environ[_DATA])), whole_domain(), SystemClock()))
    return started(desk)


def started(desk: Desk) -> FastAPI:
    """The application over a desk, its start over: what that made stays until the end, so the collector of
    garbage need never look at it again, and looks seldom at what requests make, which is rarely in circles."""
    app = make_app(desk)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECTED_AFTER)
    return app


def log_as_json() -> None:
    """Log lines as JSON on standard error."""
    handler = logging.StreamHandler(sys.stderr)
    moment = SystemClock()
    handler.setFormatter(JsonLines(lambda: to_text(moment.now())))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    logging.getLogger("uvicorn.access").disabled = True


def check_binding(host: str, certificate: Path | None, key: Path | None) -> None:
    """Refuse to speak unencrypted to anybody but this machine itself."""
    if (certificate is None) != (key is None):
        raise UserError(_("Anna sekä varmenne (--tls-cert) että sen avain (--tls-key)."), field="tls_cert")
    for path in (certificate, key):
        if path is not None and not path.is_file():
            raise UserError(_("Tiedostoa ei ole: {path}").format(path=path), field="tls_cert")
    if certificate is None and not _is_loopback(host):
        raise UserError(
            _(
                "Ilman varmennetta palvelin vastaa vain omalla koneellaan (--host 127.0.0.1). Anna --tls-cert ja "
                "--tls-key, tai pane eteen välityspalvelin, joka salaa yhteyden."
            ),
            field="host",
        )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def serve(
    data: Path, host: str, port: int, *, workers: int, certificate: Path | None, key: Path | None
) -> None:
    """Serve until told to stop."""
    check_binding(host, certificate, key)
    os.environ[_DATA] = str(data.resolve())
    # The database is opened here, too: what is wrong is told at once, and the embedded one outlives workers.
    with opened(Place(data), whole_domain(), SystemClock(), progress=remark) as desk:
        log_as_json()
        with daily(lambda: tidy(desk)):
            run(
                "workbench.server.cli.serving:application",
                host,
                port,
                workers=workers,
                certificate=certificate,
                key=key,
            )


def run(
    application: str,
    host: str,
    port: int,
    *,
    workers: int,
    certificate: Path | None = None,
    key: Path | None = None,
) -> None:
    """Run an application, named as ``module:function that makes it``, until told to stop."""
    import uvicorn

    uvicorn.run(
        application,
        factory=True,
        host=host,
        port=port,
        workers=workers,
        http="workbench.server.http.prompt:PromptProtocol",
        ssl_certfile=str(certificate) if certificate else None,
        ssl_keyfile=str(key) if key else None,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=30,
        limit_concurrency=2000,
        timeout_graceful_shutdown=30,
    )
