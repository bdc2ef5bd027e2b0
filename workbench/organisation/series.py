"""Names of number series (numerosarjat)."""

from __future__ import annotations


def case_series(municipality: str, year: int) -> str:
    """A municipality's diary series of a year (asiatunnusten sarja)."""
    return f"case:{municipality}:{year}"


def document_series(case_id: str) -> str:
    """Places of documents within a case."""
    return f"document:{case_id}"
