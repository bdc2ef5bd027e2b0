"""One document: its data, versions and content. A secret one is opened with a logged reason."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from workbench.cases.detail import DocumentDetail, FileRow
from workbench.cases.edit import OpenSecret
from workbench.cases.plan.codes import Publicity
from workbench.cases.whole import WholeCase
from workbench.desk import Desk
from workbench.i18n import _, day_text, moment_text, ngettext, size_text
from workbench.ui.cases.words import years_text
from workbench.ui.papers.paper import Paper
from workbench.ui.papers.viewer import DocumentViewer
from workbench.ui.papers.working_copy import CaseDocument, Programs
from workbench.ui.shell import Ui
from workbench.ui.theme.icons import icon
from workbench.ui.theme.tokens import L, M, S
from workbench.ui.widgets.choicebox import ChoiceBox
from workbench.ui.widgets.keyvalue import Fact, KeyValue
from workbench.ui.widgets.text import label


class DocumentPane(QWidget):
    """``show_document(document, whole)``."""

    def __init__(self, ui: Ui, desk: Desk, programs: Programs) -> None:
        super().__init__()
        self._ui, self._programs = ui, programs
        self._document: DocumentDetail | None = None
        self._opened: set[str] = set()
        self._asked = ""
        self._whole: WholeCase | None = None
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, M, 0, 0)
        column.setSpacing(S)
        self._head = QWidget()
        head = QVBoxLayout(self._head)
        head.setContentsMargins(L, 0, L, 0)
        head.setSpacing(S)
        self.title = label("", "section", wrap=True, selectable=True)
        head.addWidget(self.title)
        row = QHBoxLayout()
        row.setSpacing(S)
        self.versions = ChoiceBox(_("Versio"))
        self.versions.currentIndexChanged.connect(lambda _n: self._show_content())
        row.addWidget(self.versions, 1)
        self.more = QPushButton(_("Tiedot"))
        self.more.setProperty("chip", True)
        self.more.setCheckable(True)
        self.more.setToolTip(_("Näytä asiakirjan tiedot: tunniste, julkisuus, säilytys"))
        self.more.toggled.connect(self._look)
        row.addWidget(self.more, 0, Qt.AlignmentFlag.AlignRight)
        head.addLayout(row)
        self.facts = KeyValue()
        head.addWidget(self.facts)
        self.unlock = QPushButton(_("Näytä sisältö (kirjautuu lokiin)"))
        self.unlock.setIcon(icon("unlock"))
        self.unlock.clicked.connect(self._ask)
        head.addWidget(self.unlock, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._head)
        self.viewer = DocumentViewer(ui, desk)
        self.viewer.open_wanted.connect(lambda _paper: self.open_outside())
        column.addWidget(self.viewer, 1)
        column.addStretch(0)

    def show_document(self, document: DocumentDetail | None, whole: WholeCase | None) -> None:
        """Show another document, or nothing."""
        self._document, self._whole = document, whole
        self._head.setVisible(document is not None)
        if document is None or whole is None:
            self.viewer.show_paper(None)
            return
        self.title.setText(document.fields["title"])
        self.facts.set_rows(_facts(document, whole))
        self.versions.blockSignals(True)
        self.versions.clear()
        for version in reversed(document.versions):
            words = _("Versio {n} · {filename}").format(n=version.number, filename=version.filename)
            self.versions.addItem(words, version.version_id)
        self.versions.blockSignals(False)
        self.versions.setVisible(bool(document.versions))
        self._look()
        self._show_content()
        if self._asked == document.id and not self._is_locked(document):
            self._asked = ""
            self.focus_text()

    def file(self) -> FileRow | None:
        """The version chosen."""
        if self._document is None:
            return None
        id_ = self.versions.currentData()
        return next((v for v in self._document.versions if v.version_id == id_), None)

    def focus_text(self) -> None:
        """Put the keyboard on the content."""
        (self.unlock if self.unlock.isVisibleTo(self) else self.viewer).setFocus()

    def open_outside(self) -> None:
        """Open in the document's own program: the newest version to work on, an older one to look at."""
        document, file, whole = self._document, self.file(), self._whole
        if document is None or file is None or whole is None or self._is_locked(document):
            return
        desk = self._programs.of(self._ui)
        if document.file is not None and file.version_id == document.file.version_id:
            desk.open_document(
                CaseDocument(
                    document.id,
                    whole.fields["municipality"],
                    whole.fields["number"] or "",
                    file.number,
                    file.sha256,
                    file.media_type,
                    file.filename,
                )
            )
        else:
            desk.open_paper(paper_of(file, document, whole))

    def leave(self) -> None:
        """Close what was opened."""
        self._opened.clear()
        self._show_content()

    def _look(self) -> None:
        """Data of the document in sight when asked for, and always where there is nothing else to see."""
        has_file = self._document is not None and self._document.newest > 0
        self.facts.setVisible(self.more.isChecked() or not has_file)

    def _is_locked(self, document: DocumentDetail) -> bool:
        inside = self._whole is not None and self._whole.fields["restricted"]  # its reason came with the case
        hidden = bool(document.fields["restricted"]) and not inside and document.id not in self._opened
        return document.closed or hidden

    def _show_content(self) -> None:
        document, file, whole = self._document, self.file(), self._whole
        if document is None or whole is None:
            return
        locked = self._is_locked(document)
        self.unlock.setVisible(locked)
        self.viewer.setVisible(not locked and file is not None)
        self.viewer.show_paper(None if locked or file is None else paper_of(file, document, whole))

    def _ask(self) -> None:
        document = self._document
        if document is None:
            return
        reason = self._ui.dialogs.ask_reason(
            _("Salassa pidettävä asiakirja"),
            _("Avaaminen kirjautuu lokiin. Miksi tarvitset asiakirjan?"),
            deed=_("Näytä"),
            suggestions=(_("Käsittelen asiaa"),),
        )
        if reason is None:
            return

        def opened(_changes: object) -> None:
            # The content comes with the case, read anew because the log has a new mark.
            self._opened.add(document.id)
            self._asked = document.id

        self._ui.tasks.run_command(
            OpenSecret(kind="document", row_id=document.id, reason=reason), initiator=self, done=opened
        )


def paper_of(file: FileRow, document: DocumentDetail, whole: WholeCase) -> Paper:
    """One version of a document, to be looked at or dragged out."""
    return Paper(
        municipality=whole.fields["municipality"],
        sha256=file.sha256,
        media_type=file.media_type,
        filename=file.filename,
        size=file.size,
        text=file.text,
        text_state=file.text_state,
        note=file.note,
        restricted=bool(whole.fields["restricted"]) or Publicity(document.fields["publicity"]).needs_grounds,
    )


def _facts(document: DocumentDetail, whole: WholeCase) -> list[Fact]:
    f, file = document.fields, document.file
    values = document.values
    rows: list[Fact] = [
        (_("Tunniste"), f["identifier"] or ""),
        (_("Tyyppi"), f["type"]),
    ]
    if f["sender"]:
        rows.append((_("Lähettäjä"), f["sender"]))
    if f["author"]:
        rows.append((_("Laatija"), f["author"]))
    if f["arrived_at"]:
        rows.append((_("Saapunut"), moment_text(f["arrived_at"])))
    if f["dated_on"]:
        rows.append((_("Päiväys"), day_text(f["dated_on"])))
    rows.append((_("Julkisuus"), _sourced(f["publicity"], values.publicity.source.text())))
    if f["secrecy_basis"]:
        rows.append((_("Peruste"), f["secrecy_basis"]))
    if f["secret_part"]:
        rows.append((_("Salassa pidettävä osa"), f["secret_part"]))
    if document.secret_until is not None:
        rows.append((_("Salassa"), _("{day} asti").format(day=day_text(document.secret_until))))
    kept = years_text(f["retention_years"])
    rows.append((_("Säilytys"), _sourced(kept, values.retention_years.source.text())))
    if document.kept_until is not None:
        rows.append((_("Hävitettävissä"), day_text(document.kept_until)))
    if file is not None:
        pages = ngettext("{n} sivu", "{n} sivua", file.pages).format(n=file.pages) if file.pages else ""
        size = " · ".join(filter(None, (size_text(file.size), pages)))
        rows.append((_("Tiedosto"), size))
        rows.append((_("Lisätty"), _("{when}, {who}").format(when=moment_text(file.made_at),
                                                            who=whole.person(file.made_by))))  # fmt: skip
    return rows


def _sourced(value: str, source: str) -> str:
    return _("{value} – {source}").format(value=value, source=source)
