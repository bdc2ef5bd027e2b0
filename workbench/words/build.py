"""Makes the lexicon file out of the Finnish data that simplemma ships.

Run as ``python -m workbench.words.build FOLDER`` in a process of its own: decoding may take hundreds of
megabytes that the window's process should never see. The file appears whole or not at all; two builders at
once both succeed.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import secrets
import sys
import time
import zlib
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from workbench.words.complete import Paradigms
from workbench.words.edits import edit_between
from workbench.words.lexicon import (
    HEADER,
    INDEX_OFFSET,
    INDEX_SLOTS,
    MAGIC,
    NOMINAL,
    PROPER,
    RECORDS_OFFSET,
    VERB,
    form_hash,
    is_intact,
    lexicon_path,
)
from workbench.words.tokens import fold

log = logging.getLogger(__name__)

_STALE_S = 3600
# "sanotte", "sanovat": only verbs have several forms ending so.
_VERB_ENDINGS = frozenset({"tte", "vat", "vät"})
_FEWEST_VERB_FORMS = 4
_FEWEST_FORMS = 8
_SAMPLE = 16
_GUESS_SEEN, _GUESS_SHARE = 12, 0.6


def source_forms() -> Iterator[tuple[str, str]]:
    """Every (form, lemma) of simplemma's Finnish data.

    Its stream of records is read one by one where the installed release has it, which takes a sixth of the
    memory; else the whole dictionary is loaded through the public door.
    """
    from simplemma.strategies.dictionaries import dictionary_factory as shipped

    try:
        from simplemma.strategies.dictionaries import frontcode

        data = shipped._read_decompressed("fi")
        backwards, _count, start = frontcode._read_header(data)
        records = frontcode._iter_records(data, start)
    except (ImportError, AttributeError, TypeError, ValueError):
        yield from shipped.DefaultDictionaryFactory().get_dictionary("fi").items()
        return
    step = -1 if backwards else 1
    for _offset, form, lemma in records:
        yield form[::step].decode(), lemma[::step].decode()


class _Gatherer:
    """Collects the records, parts of speech and the sample from which endings are learnt."""

    def __init__(self) -> None:
        self.edits: dict[tuple[int, str, int], int] = {}
        self.parts = [array("Q") for _ in range(256)]
        self.forms: Counter[str] = Counter()
        self.verb_forms: Counter[str] = Counter()
        self.paradigms = Paradigms()
        self.sample: list[tuple[str, str]] = []

    def add(self, form: str, lemma: str, flags: int) -> None:
        trim, addition = edit_between(form, lemma)
        number = self.edits.setdefault((trim, addition, flags), len(self.edits))
        hashed = form_hash(form)
        self.parts[hashed >> 40].append(hashed << 16 | number)

    def take(self, form: str, lemma: str) -> None:
        self.forms[lemma] += 1
        if form[-3:] in _VERB_ENDINGS:
            self.verb_forms[lemma] += 1
        proper = lemma[:1].isupper()
        folded, target = fold(form), fold(lemma)
        if proper or zlib.crc32(lemma.encode()) % _SAMPLE == 0:
            self.sample.append((folded, target if proper else lemma))
        if not proper:
            self.paradigms.take(folded, target)
        if folded != target:
            self.add(folded, target, PROPER if proper else 0)

    def kind(self, lemma: str) -> int:
        if self.verb_forms[lemma] >= _FEWEST_VERB_FORMS:
            return VERB
        return NOMINAL if self.forms[lemma] >= _FEWEST_FORMS else 0

    def finish(self) -> None:
        """Lemmas stand for themselves, also those simplemma's data sends to another word (työ → sinä)."""
        flags: dict[str, int] = {}
        for lemma in self.forms:
            proper = lemma[:1].isupper()
            folded = fold(lemma)
            flags[folded] = flags.get(folded, 0) | (PROPER if proper else self.kind(lemma))
        for lemma, kinds in flags.items():
            self.add(lemma, lemma, kinds)

    def complete(self) -> None:
        """Give nouns back the forms that the source keeps for another word alone; see ``complete.py``."""
        sorted_parts = [array("Q", sorted(set(part))) for part in self.parts]
        self.parts = sorted_parts
        lost: list[tuple[str, str]] = []
        for lemma in self.forms:
            if lemma[:1].isupper() or self.kind(lemma) != NOMINAL:
                continue
            folded = fold(lemma)
            for form in self.paradigms.forms(folded):
                if form != folded and self._is_anothers(form, folded):
                    lost.append((form, folded))
        for form, lemma in lost:
            self.add(form, lemma, 0)

    def _is_anothers(self, form: str, lemma: str) -> bool:
        """Whether the form is known, but not as one of this lemma's."""
        hashed = form_hash(form)
        part = self.parts[hashed >> 40]
        at = bisect_left(part, hashed << 16)
        if at == len(part) or part[at] >> 16 != hashed:
            return False
        own = self.edits.get((*edit_between(form, lemma), 0))
        while at < len(part) and part[at] >> 16 == hashed:
            if part[at] & 0xFFFF == own:
                return False
            at += 1
        return True

    def guesses(self) -> dict[str, tuple[int, str]]:
        """Endings of two to six letters that tell the lemma of a noun or a name well enough."""
        seen: dict[str, Counter[tuple[int, str]]] = {}
        for form, lemma in self.sample:
            if self.verb_forms[lemma] >= _FEWEST_VERB_FORMS:
                continue
            edit = edit_between(form, fold(lemma))
            for length in range(max(2, edit[0]), min(6, len(form) - 2) + 1):
                seen.setdefault(form[-length:], Counter())[edit] += 1
        learnt: dict[str, tuple[int, str]] = {}
        for ending in sorted(seen, key=len):
            edit, times = seen[ending].most_common(1)[0]
            total = seen[ending].total()
            if total < _GUESS_SEEN or times < _GUESS_SHARE * total:
                continue
            shorter = next(
                (learnt[ending[at:]] for at in range(1, len(ending) - 1) if ending[at:] in learnt), None
            )
            if shorter != edit:
                learnt[ending] = edit
        return learnt


def write_lexicon(forms: Iterator[tuple[str, str]], target: Path) -> None:
    """Write the lexicon of these forms to ``target``."""
    gathered = _Gatherer()
    for form, lemma in forms:
        gathered.take(form, lemma)
    gathered.finish()
    gathered.complete()
    tables = zlib.compress(
        json.dumps({"edits": list(gathered.edits), "guesses": gathered.guesses()}).encode("ascii"), 9
    )
    index = array("I")
    count = crc = 0
    with target.open("wb") as file:
        file.seek(RECORDS_OFFSET)
        for part in gathered.parts:
            records = array("Q", sorted(set(part)))
            for record in records:
                bucket = record >> 48
                while len(index) <= bucket:
                    index.append(count)
                count += 1
            crc = zlib.crc32(records.tobytes(), crc)
            file.write(records.tobytes())
        while len(index) < INDEX_SLOTS:
            index.append(count)
        file.write(tables)
        file.seek(INDEX_OFFSET)
        file.write(index.tobytes())
        file.seek(0)
        file.write(
            HEADER.pack(
                MAGIC,
                sys.byteorder.encode(),
                count,
                len(tables),
                zlib.crc32(index.tobytes()),
                zlib.crc32(tables),
                crc,
            )
        )
        file.flush()
        os.fsync(file.fileno())


def build(folder: Path) -> Path:
    """Build the lexicon in ``folder`` unless a sound one is there; returns its path."""
    target = lexicon_path(folder)
    if is_intact(target):
        return target
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f"{target.name}.{os.getpid()}-{secrets.token_hex(4)}.part"
    try:
        write_lexicon(source_forms(), temporary)
        try:
            temporary.replace(target)
        except PermissionError:
            # Windows does not replace a file somebody reads; another builder's file is as good as ours.
            if not is_intact(target):
                raise
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    _sweep(folder, target)
    return target


def _sweep(folder: Path, keep: Path) -> None:
    """Remove lexicons of other versions and what crashed builders left."""
    for path in folder.glob("fi-*.lexicon*"):
        with contextlib.suppress(OSError):
            if path == keep or (path.suffix == ".part" and time.time() - path.stat().st_mtime < _STALE_S):
                continue
            path.unlink()


def main(arguments: list[str]) -> int:
    """Entry of the child process: one argument, the folder."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m workbench.words.build FOLDER\n")
        return 2
    if hasattr(os, "nice"):
        os.nice(5)
    build(Path(arguments[0]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
