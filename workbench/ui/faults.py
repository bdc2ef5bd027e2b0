"""What a bug report holds: where in our code it happened, never what was being worked on.

A message of an exception may quote a person's name or a document, so the report has the exception's type
and the lines of code, and no values.
"""

from __future__ import annotations

import platform
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from workbench import __version__


@dataclass(frozen=True)
class Fault:
    """An unexpected error, ready to copy."""

    deed: str
    kind: str
    report: str


def fault(deed: str, error: BaseException) -> Fault:
    """A report of ``error`` met while doing ``deed`` (the command's or query's type name)."""
    lines = [
        f"Seutupöytä {__version__} · Python {platform.python_version()} · {sys.platform}",
        f"deed: {deed}",
        f"error: {type(error).__name__}",
    ]
    cause: BaseException | None = error
    while cause is not None:
        for frame in traceback.extract_tb(cause.__traceback__):
            lines.append(f"  {_short(frame.filename)}:{frame.lineno} {frame.name}")
        cause = cause.__cause__
        if cause is not None:
            lines.append(f"caused by: {type(cause).__name__}")
    return Fault(deed, type(error).__name__, "\n".join(lines))


def catch(show: Callable[[Fault], None]) -> None:
    """From now on an error nobody caught on the window's thread is shown as a fault, and the program goes
    on. A keyboard interrupt still ends it."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            sys.__excepthook__(kind, error, trace)
            return
        show(fault("window", error.with_traceback(trace)))

    sys.excepthook = hook


def _short(filename: str) -> str:
    """Path from the package on: a home folder's name is personal data."""
    parts = Path(filename).parts
    for root in ("workbench", "site-packages"):
        if root in parts:
            return "/".join(parts[parts.index(root) :])
    return parts[-1]
