"""Where ``workbench-server`` begins: says what to install when the server's own libraries are missing."""

from __future__ import annotations

import sys

from workbench.i18n import _


def main() -> None:
    """Run the command line of the server."""
    try:
        from workbench.server.cli.main import main as run
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "workbench":
            raise  # a fault of ours
        sys.stderr.write(
            _("Palvelimen kirjastot puuttuvat ({name}). Asenna ne: pip install 'seutupoyta[server]'").format(
                name=error.name
            )
            + "\n"
        )
        raise SystemExit(2) from None
    run()
