"""The line over a document: its name and kind, the page in view, size, and "Avaa ohjelmassa"."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from workbench.i18n import _
from workbench.ui.papers.paper import Paper
from workbench.ui.theme.icons import icon
from workbench.ui.theme.tokens import L, S
from workbench.ui.widgets.text import label

_NARROW, _LEAST = 440, 250


class ViewerBar(QWidget):
    """Tells what is shown and lets it be moved; the name can be dragged out."""

    zoomed = Signal(int)
    stepped = Signal(int)
    open_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.name = _Elided()
        self.place = label("", "small")
        self.size_words = label("", "small")
        self.size_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.size_words.setMinimumWidth(44)
        self._pages = [
            self._tool("up", _("Edellinen sivu (Alt+Page Up)"), lambda: self.stepped.emit(-1)),
            self._tool("down", _("Seuraava sivu (Alt+Page Down)"), lambda: self.stepped.emit(1)),
        ]
        self._sizes = [
            self._tool("zoom-out", _("Pienennä (Ctrl+−)"), lambda: self.zoomed.emit(-1)),
            self._tool("zoom-in", _("Suurenna (Ctrl++)"), lambda: self.zoomed.emit(1)),
            self._tool("scan", _("Sovita leveyteen (Ctrl+0)"), lambda: self.zoomed.emit(0)),
        ]
        self.open = QPushButton(_("Avaa ohjelmassa"))
        self.open.setProperty("quiet", True)
        self.open.setIcon(icon("open", "link"))
        self.open.setAccessibleName(_("Avaa ohjelmassa"))
        self.open.setToolTip(_("Avaa tiedoston kopion sen omassa ohjelmassa"))
        self.open.clicked.connect(self.open_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(L, 4, S, 4)
        row.setSpacing(2)
        row.addWidget(self.name, 1)
        row.addSpacing(S)
        row.addWidget(self.place)
        for tool in (*self._pages, self._sizes[0]):
            row.addWidget(tool)
        row.addWidget(self.size_words)
        for tool in self._sizes[1:]:
            row.addWidget(tool)
        row.addWidget(self.open)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for the word of the last button to go."""
        return QSize(_LEAST, super().minimumSizeHint().height())

    def _fit(self) -> None:
        """Where room is short the button that opens keeps its picture alone, and fitting to width goes."""
        narrow = self.width() < _NARROW
        self.open.setText("" if narrow else _("Avaa ohjelmassa"))
        self._sizes[-1].setVisible(not narrow and self._sizes[0].isVisibleTo(self))

    def attach(self, drag: QObject) -> None:
        """What drags the document out by its name."""
        self.name.installEventFilter(drag)

    def set_paper(self, paper: Paper | None, *, can_open: bool) -> None:
        """Name the document."""
        self.name.set(paper.filename if paper else "", paper.words if paper else "")
        self.open.setVisible(can_open)

    def set_place(self, page: int, count: int, factor: float) -> None:
        """Page in view (from 0) of how many, and the size; 0 when there is none."""
        words = _("{n} / {count}").format(n=page + 1, count=count)
        self.place.setText(words if count > 1 else "")
        self.place.setAccessibleName(_("Sivu {n} / {count}").format(n=page + 1, count=count))
        self.size_words.setText(_("{n} %").format(n=round(factor * 100)) if factor else "")
        self.size_words.setMinimumWidth(max(44, self.size_words.sizeHint().width()))
        for tool in self._pages:
            tool.setVisible(count > 1)
        for widget in (*self._sizes, self.size_words):
            widget.setVisible(bool(factor))
        self._fit()

    def _tool(self, meaning: str, words: str, run: object) -> QToolButton:
        made = QToolButton()
        made.setIcon(icon(meaning))
        made.setToolTip(words)
        made.setAccessibleName(words)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.clicked.connect(run)
        return made


class _Elided(QLabel):
    """A file's name, shortened in the middle; its kind stands after it while there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(60)
        self.setProperty("shortens", True)
        self._name, self._kind = "", ""

    def set(self, name: str, kind: str) -> None:
        self._name, self._kind = name, kind
        self.setToolTip(
            _("{name}\n{kind}\nVedä kansioon tai viestiin").format(name=name, kind=kind) if name else ""
        )
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.OpenHandCursor if name else Qt.CursorShape.ArrowCursor)
        self._fit()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _fit(self) -> None:
        metrics, room = self.fontMetrics(), self.width()
        both = f"{self._name}  ·  {self._kind}" if self._kind else self._name
        if metrics.horizontalAdvance(both) <= room:
            self.setText(both)
        else:
            self.setText(metrics.elidedText(self._name, Qt.TextElideMode.ElideMiddle, max(20, room)))
