"""The door: an arriving file becomes a described arrival. Nothing else of this folder is called from outside.

Invariant: bad content never raises; ``UserError`` comes only when there is nothing to keep.
"""

from __future__ import annotations

import errno
import stat
from pathlib import Path

from workbench.documents.reading import kinds
from workbench.documents.reading.context import Reading
from workbench.documents.reading.model import (
    BytesSource,
    Limits,
    ParsedArrival,
    ParsedFile,
    PathSource,
    Source,
)
from workbench.documents.reading.names import safe_filename
from workbench.errors import UserError
from workbench.i18n import _

_DEFAULT = Limits()


def read_arrival(path: Path, *, limits: Limits = _DEFAULT) -> ParsedArrival:
    """Read the file at ``path``. One too large for memory stays where it is and must be kept from there."""
    return _arrival(_source(path, limits), path.name, limits)


def read_bytes(data: bytes, filename: str, *, limits: Limits = _DEFAULT) -> ParsedArrival:
    """Read bytes that came without a file: from the clipboard or from another program."""
    if not data:
        raise _empty(safe_filename(filename))
    return _arrival(BytesSource(data), filename, limits)


def _source(path: Path, limits: Limits) -> Source:
    name = safe_filename(path.name)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UserError(
                _("{name} on kansio. Valitse siitä tuotavat tiedostot.").format(name=name), code="folder"
            )
        if not stat.S_ISREG(status.st_mode):
            raise UserError(_("{name} ei ole tiedosto. Valitse tiedosto.").format(name=name), code="not_file")
        if status.st_size == 0:
            raise _empty(name)
        if status.st_size > limits.file_bytes:
            return PathSource(path, status.st_size, status.st_mtime_ns)
        data = path.read_bytes()
    except FileNotFoundError:
        raise UserError(
            _("Tiedostoa {name} ei löydy. Tarkista, ettei sitä ole siirretty.").format(name=name),
            code="missing",
        ) from None
    except ValueError:  # a NUL in the path
        raise UserError(_("Tiedoston nimi ei kelpaa. Anna tiedostolle toinen nimi."), code="name") from None
    except OSError as problem:
        if problem.errno == errno.ENAMETOOLONG:
            raise UserError(
                _("Tiedoston nimi on liian pitkä. Anna tiedostolle lyhyempi nimi."), code="name"
            ) from None
        raise UserError(
            _(
                "Tiedostoa {name} ei voi lukea. Tarkista käyttöoikeutesi tai sulje ohjelma, jossa se on auki."
            ).format(name=name),
            code="unreadable",
        ) from problem
    return BytesSource(data) if data else _raise_empty(name)


def _raise_empty(name: str) -> Source:
    """The file was emptied between looking and reading."""
    raise _empty(name)


def _empty(name: str) -> UserError:
    return UserError(
        _(
            "Tiedosto {name} on tyhjä (0 tavua), joten siinä ei ole mitään kirjattavaa. Pyydä se uudelleen."
        ).format(name=name),
        code="empty",
    )


def _arrival(source: Source, name: str, limits: Limits) -> ParsedArrival:
    original = Reading(limits).part(source, name, depth=0)
    message = original.message
    warnings = _warnings(original)
    if message is None:
        return ParsedArrival(
            kind="file",
            subject=_title(original.filename),
            original=original,
            body_text=original.text,
            files=original.children,
            warnings=warnings,
        )
    return ParsedArrival(
        kind="email",
        subject=message.subject,
        original=original,
        sender=message.sender,
        recipients=message.recipients,
        cc=message.cc,
        sent_at=message.sent_at,
        received_at=message.received_at,
        message_id=message.message_id,
        in_reply_to=message.in_reply_to,
        references=message.references,
        thread_key=message.thread_key,
        body_text=message.body_text,
        files=original.children,
        inline=message.inline,
        warnings=warnings,
    )


def _title(filename: str) -> str:
    """The name of a file as a first title: without its extension, underscores as spaces."""
    stem = filename.rpartition(".")[0] if kinds.extension_of(filename) else filename
    return " ".join((stem or filename).replace("_", " ").split())


def _said_of(file: ParsedFile, warning: str, original: ParsedFile) -> str:
    """A warning that names its file unless the file is the arrival itself."""
    if file is original or file.filename in warning:
        return warning
    return _("Liite {name}: {warning}").format(name=file.filename, warning=warning)


def _warnings(original: ParsedFile) -> tuple[str, ...]:
    """Everything a person should know, each sentence once, in the order of the files."""
    found: list[str] = []
    for file in original.walk():
        found.extend(_said_of(file, warning, original) for warning in file.warnings)
        if file.text_state in ("encrypted", "unreadable", "too_large") or file.size == 0:
            found.append(
                _("Tiedostosta {name} ei saatu tekstiä. {reason}").format(
                    name=file.filename, reason=file.note
                )
            )
    return tuple(dict.fromkeys(found))
