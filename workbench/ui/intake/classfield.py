"""The task class: chosen by code or words, with the suggested ones a key away (Alt+1 … Alt+3)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from workbench.cases.plan.lookup import path_text, search, selectable
from workbench.cases.plan.model import PlanVersion
from workbench.i18n import _
from workbench.ui.cases.providers import CLASS_WORDS
from workbench.ui.intake.proposal import ClassHint
from workbench.ui.widgets.searchselect import Choice, Give, SearchSelect
from workbench.ui.widgets.shortbutton import ShortButton


class ClassField(QWidget):
    """``chosen(code)``; ``pick(n)`` takes the n-th suggestion."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._plan: PlanVersion | None = None
        self._usable: frozenset[str] = frozenset()
        self._hints: tuple[ClassHint, ...] = ()
        self.select = SearchSelect(self._provide, _("Tehtäväluokka"))
        self.select.setPlaceholderText(_(CLASS_WORDS))
        self.select.setAcceptDrops(False)
        self.select.chosen.connect(lambda choice: self.chosen.emit(choice.id if choice else ""))
        self.offers: list[ShortButton] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.select)
        for n in range(3):
            button = ShortButton(look="offer")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _checked=False, n=n: self.pick(n))
            layout.addWidget(button)
            self.offers.append(button)
        self.setAccessibleName(_("Tehtäväluokka"))
        self.setFocusProxy(self.select)

    def set_plan(self, plan: PlanVersion) -> None:
        """The plan to choose from."""
        if plan is not self._plan:
            self._plan = plan
            self._usable = frozenset(c.code for c in selectable(plan))

    def set_value(self, code: str, hints: Sequence[ClassHint]) -> None:
        """Show a class and the suggestions, without telling anyone."""
        self._hints = tuple(hints)
        node = self._plan.find(code) if self._plan and code else None
        if not (self.select.hasFocus() and not code):  # words being typed stay
            self.select.set_choice(self._choice(code) if node else None)
        for n, button in enumerate(self.offers):
            shown = n < len(self._hints) and self._hints[n].code != code
            button.setVisible(shown)
            if shown:
                hint = self._hints[n]
                words = _("Alt+{n} · {label}").format(n=n + 1, label=hint.label)
                button.set_words(words)
                button.setToolTip(f"{hint.label}\n{hint.why}")

    def pick(self, n: int) -> bool:
        """Take a suggestion; False when there is none."""
        if n >= len(self._hints):
            return False
        self.chosen.emit(self._hints[n].code)
        return True

    def _provide(self, typed: str, give: Give) -> None:
        if self._plan is None:
            give([])
            return
        found = search(self._plan, typed, 60) if typed else selectable(self._plan)
        give([self._choice(c.code) for c in found if c.code in self._usable][:40])

    def _choice(self, code: str) -> Choice:
        assert self._plan is not None
        node = self._plan.find(code)
        return Choice(code, node.label if node else code, path_text(self._plan, code).rpartition(" › ")[0])
