"""A key ring in memory."""

from __future__ import annotations


class FakeRing:
    """Implements :class:`workbench.store.keys.SecretStore`; ``works`` False is a machine without one."""

    def __init__(self, *, works: bool = True) -> None:
        self.works = works
        self.secrets: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.secrets.get(name) if self.works else None

    def set(self, name: str, secret: str) -> bool:
        if self.works:
            self.secrets[name] = secret
        return self.works
