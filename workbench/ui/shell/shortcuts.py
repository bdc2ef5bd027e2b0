"""The shortcut sheet, F1: every key that works here, by group, made from the actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.ui.actions import ActionRegistry, shortcut_text
from workbench.ui.fuzzy import score
from workbench.ui.shell.overlay import Overlay
from workbench.ui.theme.icons import icon
from workbench.ui.theme.tokens import XL, XXL, L, M, S
from workbench.ui.widgets.text import label


class ShortcutSheet(Overlay):
    """Opens over the window; typing narrows it."""

    def __init__(self, window: QWidget, registry: ActionRegistry) -> None:
        super().__init__(window, 820, 560)
        self._registry = registry
        self.setAccessibleName(_("Pikanäppäimet"))
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Etsi pikanäppäintä"))
        self.field.setAccessibleName(_("Etsi pikanäppäintä"))
        self.field.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.field.setFixedWidth(260)
        self.field.textChanged.connect(self._fill)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._area.setAccessibleName(_("Pikanäppäimet"))
        head = QHBoxLayout()
        head.addWidget(label(_("Pikanäppäimet"), "title"), 1)
        head.addWidget(self.field)
        layout = QVBoxLayout(self.panel)
        layout.setContentsMargins(XL, XL, XL, L)
        layout.setSpacing(L)
        layout.addLayout(head)
        layout.addWidget(self._area, 1)

    def open(self) -> None:
        super().open()
        self.field.clear()
        self._fill("")
        self.field.setFocus()

    def rows(self, typed: str = "") -> dict[str, list[tuple[str, str]]]:
        """Group → (keys, what they do)."""
        found: dict[str, list[tuple[str, str]]] = {}
        for spec in self._registry.usable():
            for keys in (spec.shortcut, *spec.more_shortcuts):
                if keys and (not typed or score(typed, f"{spec.text} {spec.group}")):
                    group = spec.group or _("Ikkuna")
                    found.setdefault(group, []).append((shortcut_text(keys), spec.text))
        fixed = [
            ("Esc", _("Yksi askel takaisin")), ("Enter", _("Avaa rivi")),
            (_("Välilyönti"), _("Vilkaise riviä")),
            ("a–ö", _("Suodata luetteloa kirjoittamalla")), ("Ctrl+C", _("Kopioi rivin numero ja nimi")),
        ]  # fmt: skip
        lists = [(keys, text) for keys, text in fixed if not typed or score(typed, text)]
        if lists:
            found[_("Luettelot")] = lists
        return found

    def _fill(self, typed: str) -> None:
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, S, 0)
        row.setSpacing(XXL)
        columns = (QVBoxLayout(), QVBoxLayout())
        filled = [0, 0]
        for column in columns:
            column.setSpacing(S)
            row.addLayout(column, 1)
        for group, rows in self.rows(typed).items():
            least = 0 if filled[0] <= filled[1] else 1
            filled[least] += len(rows) + 2
            self._add_group(columns[least], group, rows)
        for column in columns:
            column.addStretch(1)
        self._area.setWidget(body)

    @staticmethod
    def _add_group(column: QVBoxLayout, group: str, rows: list[tuple[str, str]]) -> None:
        column.addWidget(label(group, "group"))
        for keys, text in rows:
            line = QHBoxLayout()
            line.setSpacing(M)
            line.addWidget(label(text, wrap=True), 1)
            line.addWidget(label(keys, "key"), 0, Qt.AlignmentFlag.AlignTop)
            column.addLayout(line)
        column.addSpacing(M)
