"""Who asks, as every call of the server is handed it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Principal:
    """A signed-in person at a workstation. ``person_id`` names a row of the kind ``person``, ``client_id`` the
    workstation's store. ``trusted``: the server's own administration, which sees and may do everything."""

    person_id: str
    client_id: str
    account_id: str = ""
    trusted: bool = False


ADMINISTRATION = Principal("", "server", trusted=True)
"""Whoever runs the server's command line."""
