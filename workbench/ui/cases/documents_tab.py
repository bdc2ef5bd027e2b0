"""Asiakirjat: documents with their attachments as a tree, and the one in hand beside it."""

from __future__ import annotations

from workbench.cases.detail import DocumentDetail, every_document
from workbench.cases.whole import WholeCase
from workbench.clock import local
from workbench.desk import Desk
from workbench.i18n import _, day_text, ngettext
from workbench.ui.cases.document_detail import DocumentPane, paper_of
from workbench.ui.cases.treepane import TreePane, TreeTab
from workbench.ui.cases.words import publicity_look, publicity_short
from workbench.ui.papers.dragout import DragOut, secret_words
from workbench.ui.papers.paper import Paper
from workbench.ui.papers.working_copy import Programs
from workbench.ui.shell import Ui
from workbench.ui.theme.tokens import M, S
from workbench.ui.widgets.empty import EmptyState
from workbench.ui.widgets.listdetail import ListDetail
from workbench.ui.widgets.rowtree import RowTree, TreeColumn, TreeRow
from workbench.ui.widgets.text import label

DEEDS = ("case.document", "document.open", "document.version", "document.edit", "document.values")


class DocumentsTab(TreeTab):
    """``current()`` is the document in hand."""

    def __init__(self, ui: Ui, desk: Desk, programs: Programs) -> None:
        super().__init__(RowTree(
            [TreeColumn(_("Asiakirja")), TreeColumn(_("Tyyppi"), 110, fold=2), TreeColumn(_("Päivä"), 96, fold=3),
             TreeColumn(_("Julkisuus"), 122)],
            _("Asiakirjat"),
        ))  # fmt: skip
        self._ui, self._whole = ui, None
        self.pane = DocumentPane(ui, desk, programs)
        self.tree.current_changed.connect(lambda _id: self._show_current())
        self.tree.opened.connect(lambda _id: self.pane.focus_text())
        self.drag = DragOut(ui, desk, self._paper)
        self.tree.viewport().installEventFilter(self.drag)
        self.tree.setAccessibleDescription(_("Enter näyttää asiakirjan. Vedä rivi kansioon tai viestiin."))
        self.hidden = label("", "small", wrap=True)
        self.hidden.setContentsMargins(M, S, M, S)
        empty = EmptyState(
            _("Ei asiakirjoja"),
            _("Saapuneet kirjeet ja asiaan lisätyt tiedostot tulevat tähän."),
            ui.actions.button("case.document"),
            picture="document",
        )
        self._list = TreePane(self.tree, map(ui.actions.tool_button, DEEDS), empty, self.hidden)
        self.split = ListDetail(
            "case-documents", self._list, self.pane, ui.settings, share=0.56, side_from=760
        )
        self._column.addWidget(self.split)

    _whole: WholeCase | None

    def show_case(self, whole: WholeCase) -> None:
        """Show a case's documents."""
        self._whole = whole
        self.tree.set_rows([_row(d) for d in whole.case.documents])
        count = sum(1 for _d in every_document(whole.case.documents))
        hidden = whole.case.hidden_documents
        self.hidden.setVisible(hidden > 0)
        self.hidden.setText(
            ngettext(
                "Lisäksi {n} salassa pidettävä asiakirja, johon sinulla ei ole oikeutta.",
                "Lisäksi {n} salassa pidettävää asiakirjaa, joihin sinulla ei ole oikeutta.",
                hidden,
            ).format(n=hidden)
        )
        words = ngettext("{n} asiakirja", "{n} asiakirjaa", count).format(n=count)
        self._list.tell(words, empty=not count)
        self.split.show_second(bool(count))
        self._show_current()

    def current(self) -> DocumentDetail | None:
        """The document in hand."""
        if self._whole is None:
            return None
        id_ = self.tree.current_id()
        return next((d for d in every_document(self._whole.case.documents) if d.id == id_), None)

    def _paper(self) -> Paper | str | None:
        """What dragging the row in hand gives: its newest version, or why it is not given."""
        document, whole = self.current(), self._whole
        if document is not None and document.closed:
            return secret_words()
        if document is None or document.file is None or whole is None:
            return None
        return paper_of(document.file, document, whole)

    def leave(self) -> None:
        """The page goes out of view: what was opened with a reason closes."""
        self.pane.leave()

    def _show_current(self) -> None:
        self.pane.show_document(self.current(), self._whole)
        self._ui.actions.refresh()


def _row(d: DocumentDetail) -> TreeRow:
    f = d.fields
    day = f["dated_on"] or (local(f["arrived_at"]).date() if f["arrived_at"] else None)
    title = f["title"] if d.newest < 2 else _("{title} (versio {n})").format(title=f["title"], n=d.newest)
    return TreeRow(
        d.id,
        (title, f["type"], day_text(day) if day else "", publicity_short(f["publicity"])),
        icon="secret" if f["restricted"] else "attachment" if f["attached_to"] else "document",
        states={3: publicity_look(f["publicity"])},
        wholes={3: f["publicity"]},
        children=tuple(_row(a) for a in d.attachments),
    )
