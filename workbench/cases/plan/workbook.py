"""Import of a records plan from a workbook shaped like the Helsinki model's (one class per sheet).

A sheet's header row names the columns; rows tell their level in column "Tehtäväluokka": a class code, or
"Asian / Käsittelyvaiheen / Toimenpiteen / Asiakirjan (liitteen) metatiedot". Sheets without such a header
(front page, code lists) are passed by.

Invariant: all or nothing. One finding of severity ``error`` and there is no plan; every finding names the
sheet, the cell, what is wrong and the nearest value that would do.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from workbench.cases.plan.codes import PlanState
from workbench.cases.plan.model import PlanVersion
from workbench.cases.plan.workbook_rows import Finding, SheetReader, find_header
from workbench.errors import UserError
from workbench.i18n import _
from workbench.oswords import os_reason

__all__ = ["Finding", "WorkbookImport", "import_workbook"]


@dataclass(frozen=True, slots=True)
class WorkbookImport:
    """The outcome: a plan, or none and the reasons. Notes tell what was understood with an adjustment."""

    plan: PlanVersion | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stopped the import."""
        return tuple(f for f in self.findings if f.severity == "error")


def import_workbook(
    source: Path | bytes, *, municipality: str, version: str, valid_from: date
) -> WorkbookImport:
    """Read a workbook into a draft plan version; :class:`UserError` when it is not a workbook at all."""
    book = _open(source)
    findings: list[Finding] = []
    reader = SheetReader(findings)
    try:
        sheets = 0
        for sheet in book.worksheets:
            rows = [list(row) for row in sheet.iter_rows(values_only=True)]
            header = find_header(rows)
            if header is not None:
                sheets += 1
                reader.read(str(sheet.title).strip(), rows, header)
    finally:
        book.close()
    if not sheets:
        raise UserError(
            _(
                "Työkirjasta ei löytynyt tiedonohjaussuunnitelmaa: miltään taulukolta ei löydy saraketta "
                "Tehtäväluokka. Valitse työkirja, jossa on luokka kullakin taulukolla."
            ),
            code="plan_workbook",
        )
    classes = reader.classes()
    if not classes and not any(f.severity == "error" for f in findings):
        findings.append(
            Finding(
                "error", "", "", _("Työkirjan taulukoilla ei ole yhtään tehtäväluokkaa. Mitään ei tuotu.")
            )
        )
    if any(f.severity == "error" for f in findings):
        return WorkbookImport(None, tuple(findings))
    plan = PlanVersion(municipality, version, valid_from, PlanState.DRAFT, classes)
    return WorkbookImport(plan, tuple(findings))


def _open(source: Path | bytes) -> Any:
    try:
        raw = source if isinstance(source, bytes) else source.read_bytes()
    except OSError as problem:
        raise UserError(
            _("Tiedostoa {name} ei voitu lukea: {reason}.").format(name=source, reason=os_reason(problem)),
            code="plan_workbook",
        ) from problem
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # extensions of Excel that the plan does not use
            return openpyxl.load_workbook(io.BytesIO(raw), data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError, AttributeError) as problem:
        raise UserError(
            _(
                "Tiedosto ei ole ehjä Excel-työkirja (xlsx). "
                "Tallenna se uudelleen Excelissä ja yritä uudestaan."
            ),
            code="plan_workbook",
        ) from problem
