"""Importing: files first (durable, resumable), then every row in one transaction, all or nothing.

An interrupted import is simply run again: content already stored is skipped, what reading found is kept in
the encrypted store until the end, and rows that are here already are left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from workbench.cases.intake.taking_in import keep
from workbench.cases.items import FileItem
from workbench.cases.migration.batch import ImportBatch
from workbench.cases.migration.bundle import Bundle
from workbench.cases.migration.verdicts import NEW, WRONG, Judge, Verdict, check_content, walk_documents
from workbench.clock import local
from workbench.context import Session
from workbench.documents.reading.read import read_arrival
from workbench.errors import Problem, Problems, UserError
from workbench.i18n import _
from workbench.store.staging import stage, staged, unstage
from workbench.store.store import Store

Step = Callable[[int, int], None]
BATCH = 500


@dataclass(frozen=True)
class Outcome:
    """What an import did, or in a dry run would do."""

    verdicts: tuple[Verdict, ...]

    def count(self, verdict: str) -> int:
        """How many rows got a verdict."""
        return sum(v.verdict == verdict for v in self.verdicts)

    @property
    def clean(self) -> bool:
        """Whether no row is wrong."""
        return not self.count(WRONG)


def judge(store: Store, session: Session, bundle: Bundle) -> Outcome:
    """A verdict for every row; writes nothing. Content is compared with its promised hash."""
    with store.reader() as connection:
        judge_ = Judge(connection, bundle, session.municipality, local(store.clock.now()).date())
        return Outcome(tuple(_with_content(bundle, v) for v in judge_.verdicts()))


def _with_content(bundle: Bundle, verdict: Verdict) -> Verdict:
    if verdict.verdict != NEW or verdict.data is None:
        return verdict
    files = [d["file"] for d in walk_documents(verdict.data.get("documents", ())) if d.get("file")]
    faults = tuple(filter(None, (check_content(bundle, f) for f in files)))
    return Verdict(verdict.line, verdict.external_id, WRONG, faults) if faults else verdict


def import_bundle(
    store: Store, session: Session, bundle: Bundle, *, step: Step = lambda _done, _total: None
) -> Outcome:
    """Import every new row, or none when any row is wrong."""
    if bundle.municipality and bundle.municipality != session.municipality:
        raise UserError(
            _("Paketti on kunnan {code} tietoja. Valitse sama kunta.").format(code=bundle.municipality),
            field="municipality",
        )
    outcome = judge(store, session, bundle)
    if not outcome.clean:
        raise Problems(
            [
                Problem("row", _("Rivi {line}: {why}").format(line=v.line, why="; ".join(v.reasons)))
                for v in outcome.verdicts
                if v.verdict == WRONG
            ]
        )
    key = bundle.key()
    rows = [v.data for v in outcome.verdicts if v.verdict == NEW and v.data is not None]
    files = _store_files(store, session.municipality, bundle, key, rows, step)
    store.execute_all(_batches(rows, files, session.municipality), session)
    unstage(store, key)
    return outcome


def _batches(
    rows: list[dict[str, Any]], files: dict[str, FileItem], municipality: str
) -> Iterator[ImportBatch]:
    for start in range(0, len(rows), BATCH):
        part = rows[start : start + BATCH]
        paths = {
            d["file"]["path"]
            for row in part
            for d in walk_documents(row.get("documents", ()))
            if d.get("file")
        }
        yield ImportBatch(municipality=municipality, rows=tuple(part), files={p: files[p] for p in paths})


def _store_files(
    store: Store, municipality: str, bundle: Bundle, key: str, rows: list[dict[str, Any]], step: Step
) -> dict[str, FileItem]:
    """Every file's bytes into the blob store and its text read; what an earlier run did is not redone."""
    wanted = {
        d["file"]["path"]: d["file"]
        for row in rows
        for d in walk_documents(row.get("documents", ()))
        if d.get("file")
    }
    done = {path: FileItem(**value) for path, value in staged(store, key).items()}
    found: dict[str, FileItem] = {}
    fresh: dict[str, Any] = {}
    for number, (path, file) in enumerate(wanted.items()):
        step(number, len(wanted))
        item = done.get(path)
        if item is None or not store.blobs.has(municipality, item.sha256):
            read = read_arrival(bundle.file(path)).original
            item = keep(store, municipality, read)
            item = FileItem(**(asdict(item) | {"filename": file.get("filename") or item.filename}))
            fresh[path] = asdict(item)
        found[path] = item
        if len(fresh) >= 100:
            stage(store, key, fresh)
            fresh = {}
    stage(store, key, fresh)
    step(len(wanted), len(wanted))
    return found
