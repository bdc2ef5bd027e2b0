"""A tiny word analysis: a few inflected forms by heart, every other word is its own lemma."""

from __future__ import annotations

from collections.abc import Iterable

_KNOWN = {
    "asemakaavoista": ("asemakaava", "kaava"),
    "asemakaavan": ("asemakaava", "kaava"),
    "asemakaava": ("asemakaava", "kaava"),
    "kokouksessa": ("kokous",),
    "kaivon": ("kaivo",),
    "kaivosta": ("kaivo",),
}


class FakeWords:
    """Implements :class:`workbench.store.search.index.WordAnalysis`."""

    ready = True

    def analyse_many(self, forms: Iterable[str]) -> dict[str, tuple[str, ...]]:
        return {form: _KNOWN.get(form, (form,)) for form in forms}
