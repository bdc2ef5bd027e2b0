"""Reading one arrival: the budget it shares with everything inside it, and the guard around every reader.

Invariant: :meth:`Reading.part` never raises for what the bytes hold. A reader that fails, in whatever way,
costs that part its text and nothing else.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from workbench.documents.reading import kinds
from workbench.documents.reading.detect import detect
from workbench.documents.reading.extract import extract
from workbench.documents.reading.model import (
    BytesSource,
    Extract,
    Limits,
    ParsedFile,
    PathSource,
    Source,
)
from workbench.documents.reading.names import safe_filename, unique_filenames
from workbench.documents.reading.packages import Refused
from workbench.documents.reading.plain import clean_text
from workbench.i18n import _

_CHUNK = 1 << 20


class Reading:
    """The state of reading one arrival."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._expanded = 0
        self._parts = 0

    def may_expand(self, size: int) -> bool:
        """Ask for ``size`` more bytes out of packages; what is granted is spent."""
        if self._expanded + size > self.limits.zip_expanded_bytes:
            return False
        self._expanded += size
        return True

    def may_add_part(self) -> bool:
        """Ask for one more part; granted until the arrival has too many."""
        self._parts += 1
        return self._parts <= self.limits.parts

    def part(
        self,
        content: bytes | Source,
        name: str,
        *,
        depth: int,
        declared: str = "",
        warnings: tuple[str, ...] = (),
    ) -> ParsedFile:
        """Describe one file. ``depth`` counts the messages and packages around it."""
        source = BytesSource(content) if isinstance(content, bytes) else content
        name = name.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate could not be stored
        sha256, size = _fingerprint(source)
        filename = safe_filename(name) if name.strip() else ""
        media_type = _guarded_type(source, filename, declared) if size else kinds.UNKNOWN
        if not filename:
            filename = _("nimetön") + kinds.usual_extension(media_type)
        if size == 0:
            found = Extract(
                state="none", note=_("Tiedosto on tyhjä (0 tavua). Pyydä lähettäjältä oikea tiedosto.")
            )
        else:
            found = self._guarded_extract(source, size, media_type, depth)
        text = clean_text(found.text[: self.limits.text_characters])
        remarks = [*warnings, *_remarks(filename, media_type), *found.warnings]
        if len(found.text) > self.limits.text_characters:
            remarks.append(
                _("Tiedoston {name} teksti on niin pitkä, että vain alku luettiin.").format(name=filename)
            )
        state, note = found.state, found.note
        if state == "ok" and not text:
            state, note = "none", note or _("Tiedostossa ei ole luettavaa tekstiä.")
        return ParsedFile(
            filename=filename,
            original_filename=name,
            media_type=media_type,
            size=size,
            sha256=sha256,
            source=source,
            text=text,
            text_state=state,
            note=note,
            page_count=found.page_count,
            children=told_apart(found.children),
            warnings=tuple(dict.fromkeys(remarks)),
            message=found.message,
        )

    def _guarded_extract(self, source: Source, size: int, media_type: str, depth: int) -> Extract:
        try:
            if size > self.limits.file_bytes or isinstance(source, PathSource):
                return _too_large(source, media_type)
            with source.open() as stream:
                data = stream.read()
            return extract(data, media_type, self, depth)
        except Refused as reason:
            return Extract(state="encrypted" if reason.encrypted else "unreadable", note=str(reason))
        except Exception:  # RecursionError and MemoryError too: no file may stop the intake
            return Extract(
                state="unreadable",
                note=_(
                    "Tiedoston tekstiä ei voitu lukea, koska tiedosto on rikki tai poikkeava. Se on tallessa."
                ),
            )


def told_apart(files: tuple[ParsedFile, ...]) -> tuple[ParsedFile, ...]:
    """Siblings with names of their own."""
    names = unique_filenames(file.filename for file in files)
    return tuple(
        file if file.filename == name else replace(file, filename=name)
        for file, name in zip(files, names, strict=True)
    )


def _fingerprint(source: Source) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with source.open() as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def _guarded_type(source: Source, filename: str, declared: str) -> str:
    try:
        with source.open() as stream:
            return detect(stream, filename, declared)
    except Exception:  # a type that cannot be told is no reason to lose the file
        return kinds.UNKNOWN


def _too_large(source: Source, media_type: str) -> Extract:
    note = _("Tiedosto on niin suuri, ettei sen tekstiä luettu. Tiedosto on tallessa kokonaan.")
    if media_type == kinds.EML:
        from workbench.documents.reading.email_message import read_headers

        with source.open() as stream:
            message, remarks = read_headers(stream.read(_CHUNK))
        return Extract(state="too_large", note=note, message=message, warnings=remarks)
    return Extract(state="too_large", note=note)


def _remarks(filename: str, media_type: str) -> list[str]:
    remarks = []
    if kinds.extension_lies(filename, media_type):
        remarks.append(
            _(
                "Tiedoston {name} pääte on .{extension}, mutta sisältö on {kind}. "
                "Tiedosto käsitellään sisältönsä mukaan."
            ).format(name=filename, extension=kinds.extension_of(filename), kind=kinds.type_label(media_type))
        )
    if media_type in kinds.PROGRAMS:
        remarks.append(
            _("Tiedosto {name} on ohjelma. Älä avaa sitä; varmista lähettäjältä, miksi se tuli.").format(
                name=filename
            )
        )
    return remarks
