"""The server's databases, for what synchronises with a real one."""

from __future__ import annotations

from tests.server.conftest import postgresql

__all__ = ["postgresql"]
