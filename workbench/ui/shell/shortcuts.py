"""The shortcut sheet, F1: every key that works here, by group, made from the actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

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
            ("Esc", _("Yksi askel takaisin")), ("Enter", _("Avaa rivi")), ("Space", _("Vilkaise riviä")),
            ("a–ö", _("Suodata luetteloa kirjoittamalla")), ("Ctrl+C", _("Kopioi rivin numero ja nimi")),
        ]  # fmt: skip
        lists = [(keys, text) for keys, text in fixed if not typed or score(typed, text)]
        if lists:
            found[_("Luettelot")] = lists
        return found

    def _fill(self, typed: str) -> None:
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, S, 0)
        grid.setHorizontalSpacing(XXL)
        grid.setVerticalSpacing(L)
        for n, (group, rows) in enumerate(self.rows(typed).items()):
            box = QVBoxLayout()
            box.setSpacing(S)
            box.addWidget(label(group, "group"))
            for keys, text in rows:
                row = QHBoxLayout()
                row.setSpacing(M)
                row.addWidget(label(text, wrap=True), 1)
                row.addWidget(label(keys, "key"), 0, Qt.AlignmentFlag.AlignTop)
                box.addLayout(row)
            box.addStretch(1)
            grid.addLayout(box, n // 2, n % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(99, 1)
        self._area.setWidget(body)
