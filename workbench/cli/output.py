"""What the shell sees: the result alone on standard output, everything else on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import typer

from workbench.clock import to_text
from workbench.errors import Problems, UserError, WorkbenchError

EXIT_USER, EXIT_STORAGE = 1, 3


def result(text: str) -> None:
    """A line of the result."""
    sys.stdout.write(text + "\n")


def remark(text: str) -> None:
    """Something for the person, not part of the result."""
    sys.stderr.write(text + "\n")


def as_json(value: Any) -> None:
    """The result as JSON, UTF-8, documented English keys."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=_plain) + "\n")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return to_text(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"not JSON: {type(value)}")


@contextmanager
def explained() -> Iterator[None]:
    """Our own errors become a Finnish message and an exit code; bugs keep their trace."""
    try:
        yield
    except Problems as error:
        for problem in error.problems:
            remark(f"• {problem.message}" + (f" ({problem.section})" if problem.section else ""))
        raise typer.Exit(EXIT_USER) from error
    except UserError as error:
        remark(str(error))
        raise typer.Exit(EXIT_USER) from error
    except WorkbenchError as error:  # the disk, the key, or the server and the way to it
        remark(str(error))
        raise typer.Exit(EXIT_STORAGE) from error
