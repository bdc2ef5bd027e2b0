"""The program's own source, parsed once for the tests that read it."""

from __future__ import annotations

import ast
import gc
from functools import cache
from pathlib import Path


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a module. The collector waits: what it runs meanwhile may itself make a tree, which
    Python 3.11 answers with SystemError."""
    gc.disable()
    try:
        return ast.parse(path.read_text(encoding="utf-8"))
    finally:
        gc.enable()
