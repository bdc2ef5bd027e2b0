"""One class of the plan: every value that holds and who said so, then its actions and document types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from workbench.cases.plan.inherit import Effective, Level, Source, effective
from workbench.cases.plan.lookup import path_text
from workbench.cases.plan.model import PlanAction, PlanClass, PlanVersion
from workbench.cases.plan.rules import FIELD_LABELS, retention_text
from workbench.i18n import _, ngettext
from workbench.ui.theme.tokens import XL, L, M, S
from workbench.ui.widgets.text import PageHeader, label

_SHOWN_TOGETHER = "retention_kind"


class ClassDetail(QWidget):
    """``show_class(plan, code)``."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.header = PageHeader("", _("Valitse tehtäväluokka."))
        self.header.title.setWordWrap(True)
        self.header.subtitle.setWordWrap(True)
        self._body: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(XL, L, XL, L)
        self._column.setSpacing(M)
        self._column.addWidget(self.header)
        self._column.addStretch(1)

    def show_nothing(self, words: str) -> None:
        """Say why there is nothing to show."""
        self._clear()
        self.header.set("", words)

    def show_class(self, plan: PlanVersion, code: str) -> None:
        """Show what holds in a class."""
        node = plan.find(code)
        if node is None:
            return
        self._clear()
        path = path_text(plan, code).rpartition(" › ")[0]
        self.header.set(node.label, path)
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(M)
        column.addWidget(_values(value_rows(effective(plan, code)), node))
        if node.actions:
            column.addWidget(label(_("Toimenpiteet ja asiakirjat"), "section"))
            column.addWidget(_actions(node.actions))
        self._column.insertWidget(1, self._body)

    def _clear(self) -> None:
        if self._body is not None:
            self._body.hide()
            self._body.deleteLater()
            self._body = None


def value_rows(values: Effective) -> Iterator[tuple[str, str, str]]:
    """(name, value, where it came from) of everything that is decided."""
    for name, sourced in values.items():
        if name == "retention_years":
            continue  # told with the kind, as people say it
        if name == _SHOWN_TOGETHER:
            if sourced.value is not None:
                yield _("säilytysaika"), retention_text(values.defaults()), _source(sourced.source)
        elif sourced.value is not None:
            yield _(FIELD_LABELS[name]), _shown(name, sourced.value), _source(sourced.source)


def _source(source: Source) -> str:
    return _("annettu tässä luokassa") if source.level is Level.CLASS else source.text()


def _shown(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("kyllä") if value else _("ei")
    if name == "secrecy_years":
        return _("{years} v").format(years=value)
    return str(value)


def _values(rows: Iterator[tuple[str, str, str]], node: PlanClass) -> QWidget:
    body = QWidget()
    grid = QGridLayout(body)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(L)
    grid.setVerticalSpacing(S)
    grid.setColumnStretch(1, 1)
    facts: list[tuple[str, str, str]] = []
    if node.case_types:
        facts.append((_("asiatyypit"), ", ".join(node.case_types), ""))
    if node.handling_target_days is not None:
        days = node.handling_target_days
        facts.append((_("tavoiteaika"), ngettext("{n} päivä", "{n} päivää", days).format(n=days), ""))
    if node.case_title_pattern:
        facts.append((_("otsikon malli"), node.case_title_pattern, ""))
    for n, (name, value, source) in enumerate((*facts, *rows)):
        grid.addWidget(label(name.capitalize(), "soft"), n, 0, Qt.AlignmentFlag.AlignTop)
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(label(value, wrap=True, selectable=True))
        if source:
            told.addWidget(label(source, "small", wrap=True))
        grid.addLayout(told, n, 1)
    return body


def _actions(actions: tuple[PlanAction, ...]) -> QWidget:
    body = QWidget()
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(S)
    phase = ""
    for action in actions:
        if action.phase != phase:
            phase = action.phase
            column.addWidget(label(str(phase).capitalize(), "group"))
        column.addWidget(label(action.name, "strong", wrap=True))
        for document in action.document_types:
            given = document.defaults
            extra = [str(given.publicity)] if given.publicity is not None else []
            if given.kind is not None:
                extra.append(retention_text(given))
            words = f"{document.type}: {document.title}" if document.title else document.type
            if extra:
                words = _("{document} – {values}").format(document=words, values=", ".join(extra))
            shown = label(words, "soft", wrap=True)
            shown.setContentsMargins(L, 0, 0, 0)
            column.addWidget(shown)
    return body
