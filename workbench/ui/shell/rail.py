"""The rail: every page by icon and word. ↑ ↓ move, Enter or Space opens, Ctrl+number from anywhere."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.ui.shell.pages import PageSpec
from workbench.ui.theme.fonts import sized
from workbench.ui.theme.icons import colour_of, icon
from workbench.ui.theme.tokens import ICON_LARGE, RAIL, XS, S

_TALL, _LEAST = 56, 42
_SIDE = 2


class Rail(QWidget):
    """Emits ``picked(page id)``."""

    picked = Signal(str)

    def __init__(self, specs: list[PageSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Sivut"))
        self._buttons: dict[str, _RailButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_SIDE, S, _SIDE, S)
        layout.setSpacing(2)
        for spec in sorted(specs, key=lambda spec: spec.at_bottom):
            if spec.at_bottom and not any(s.at_bottom and s.id in self._buttons for s in specs):
                layout.addStretch(1)
            button = _RailButton(spec)
            button.clicked.connect(lambda _checked=False, id_=spec.id: self._pick(id_))
            self._buttons[spec.id] = button
            layout.addWidget(button)
        if not any(spec.at_bottom for spec in specs):
            layout.addStretch(1)
        metrics = QFontMetrics(sized(self.font(), 11, QFont.Weight.DemiBold))  # the chosen one is heavier
        widest = max((metrics.horizontalAdvance(spec.title) for spec in specs), default=0)
        self.setFixedWidth(max(RAIL, widest + 2 * (_SIDE + XS)))

    def set_current(self, page: str) -> None:
        """Mark the page in view."""
        for id_, button in self._buttons.items():
            button.setChecked(id_ == page)

    def set_count(self, page: str, count: int) -> None:
        """A small number on a page's button: work that waits there."""
        if page in self._buttons:
            self._buttons[page].set_count(count)

    def set_tip(self, page: str, tip: str) -> None:
        """Tooltip with the shortcut."""
        if page in self._buttons:
            self._buttons[page].setToolTip(tip)

    def focus_current(self) -> None:
        """Put the keyboard on the rail."""
        for button in self._buttons.values():
            if button.isChecked():
                button.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        buttons = list(self._buttons.values())
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        at = next((n for n, button in enumerate(buttons) if button.hasFocus()), -1)
        if step is None or at < 0:
            super().keyPressEvent(event)
            return
        buttons[(at + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)

    def _pick(self, page: str) -> None:
        for id_, button in self._buttons.items():
            button.setChecked(id_ == page)
        self.picked.emit(page)


class _RailButton(QToolButton):
    def __init__(self, spec: PageSpec) -> None:
        super().__init__()
        self._title, self._count = spec.title, 0
        self.setProperty("rail", True)
        self.setText(spec.title)
        self.setIcon(icon(spec.icon, "rail_text", "rail_text_chosen"))
        self.setIconSize(QSize(ICON_LARGE + 2, ICON_LARGE + 2))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setCheckable(True)
        self.setAccessibleName(spec.title)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        policy.setVerticalPolicy(policy.Policy.Preferred)
        self.setSizePolicy(policy)
        self.setMinimumHeight(_LEAST)
        self.setMaximumHeight(_TALL)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            event.ignore()  # the rail moves the focus itself
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), _TALL)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, _LEAST)  # the rail is as wide as its widest word

    def set_count(self, count: int) -> None:
        self._count = count
        self.setAccessibleName(f"{self._title}, {count}" if count else self._title)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(colour_of("rail_mark"))
            painter.drawRoundedRect(-3, 12, 6, self.height() - 24, 3, 3)
        if self._count:
            text = str(self._count) if self._count < 100 else "99+"
            font = sized(self.font(), 10, self.font().Weight.DemiBold)
            width = max(16, QFontMetrics(font).horizontalAdvance(text) + 8)
            left = self.width() // 2 + 6
            painter.setBrush(colour_of("rail_mark"))
            painter.drawRoundedRect(left, 4, width, 16, 8, 8)
            painter.setPen(colour_of("rail"))
            painter.setFont(font)
            painter.drawText(left, 4, width, 16, Qt.AlignmentFlag.AlignCenter, text)
