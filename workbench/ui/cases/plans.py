"""What a panel is: fields, the deed's words, and the command made of what was given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from workbench.store.changes import Changes
from workbench.store.commands import Command
from workbench.ui.jobs import Progress
from workbench.ui.widgets.formfield import FormField

Values = dict[str, Any]


@dataclass(frozen=True)
class PanelPlan:
    """One panel. ``make(values, case id)`` gives the command.

    ``prepare`` runs first as a job where something slow must be done (reading a file); its result goes to
    ``make`` under the name ``prepared``. ``whole_job`` does everything in a job instead. ``leads_to`` names
    the case to show afterwards, "" to stay.
    """

    id: str
    title: str
    fields: tuple[FormField, ...]
    deed: str
    make: Callable[[Values, str], Command] | None = None
    consequence: str = ""
    danger: bool = False
    prepare: Callable[[Values, Progress], Any] | None = None
    whole_job: Callable[[Values, str, Progress], Changes] | None = None
    leads_to: Callable[[Changes], str] = field(default=lambda _changes: "")
