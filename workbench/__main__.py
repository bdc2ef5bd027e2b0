"""The ``workbench`` command, also as ``python -m workbench``: alone it opens the window, and with anything after
it is the command line's. A start from the desktop so waits for no module that only the command line needs."""

from __future__ import annotations

import gc
import io
import sys


def main() -> None:
    """Entry point."""
    for stream in (sys.stdout, sys.stderr):
        # Windows hands a pipe its old code page, which lacks half of what people write.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    if len(sys.argv) > 1:
        from workbench.cli.main import app

        app()
        return
    # Nearly all that a start makes stays, and the collector would look through it a dozen times. The window
    # calls it back.
    gc.disable()
    from workbench.app import run_window

    sys.exit(run_window())


if __name__ == "__main__":
    main()
