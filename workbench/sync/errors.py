"""What can stand between a workstation and its server; each with a Finnish sentence."""

from __future__ import annotations

from workbench.errors import WorkbenchError


class SyncError(WorkbenchError):
    """Something went wrong on the way or at the other end; nothing confirmed was lost.

    ``incident`` is the server's own name for what happened, to be told to whoever keeps it.
    """

    def __init__(self, message: str, *, incident: str = "") -> None:
        super().__init__(message)
        self.incident = incident


class Offline(SyncError):
    """No answer: the network or the server is away. To be tried again."""


class Busy(SyncError):
    """The server asks to wait so many seconds."""

    def __init__(self, message: str, *, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class ServerFault(SyncError):
    """The server failed. To be tried again."""


class SignedOut(SyncError):
    """The workstation has to sign in again."""


class Wiped(SyncError):
    """The workstation was reported lost: what it holds is to be destroyed."""


class UpgradeNeeded(SyncError):
    """This program is too old to read what the server says; what it sends is still taken."""


class EpochChanged(SyncError):
    """The server was restored from a backup."""


class Resync(SyncError):
    """The cursor is too old: everything is fetched anew."""


class Refused(SyncError):
    """The server does not do what was asked."""

    def __init__(self, message: str, *, code: str, incident: str = "") -> None:
        super().__init__(message, incident=incident)
        self.code = code


class Cancelled(SyncError):
    """The person, or the end of the program, stopped the synchronisation."""
