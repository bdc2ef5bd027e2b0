"""Dialogs that answer by themselves and remember what was asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class FakeDialogs:
    """Answers are set beforehand; ``asked`` holds (kind, title, text) of each question."""

    reason: str | None = "Perustelu"
    agrees: bool = True
    files: list[Path] = field(default_factory=list)
    folder: Path | None = None
    asked: list[tuple[str, str, str]] = field(default_factory=list)

    def ask_reason(
        self, title: str, text: str, *, deed: str, suggestions: tuple[str, ...] = ()
    ) -> str | None:
        self.asked.append(("reason", title, text))
        return self.reason

    def confirm(self, title: str, consequence: str, *, deed: str, danger: bool = False) -> bool:
        self.asked.append(("confirm", title, consequence))
        return self.agrees

    def choose_files(self, title: str, *, patterns: tuple[str, ...] = ()) -> list[Path]:
        self.asked.append(("files", title, " ".join(patterns)))
        return list(self.files)

    def choose_folder(self, title: str) -> Path | None:
        self.asked.append(("folder", title, ""))
        return self.folder

    def print_page(self, title: str, html: str) -> bool:
        self.asked.append(("print", title, html))
        return self.agrees

    def write_mail(self, to: str, subject: str, text: str) -> None:
        self.asked.append(("mail", to, text))

    def message(self, title: str, text: str) -> None:
        self.asked.append(("message", title, text))
