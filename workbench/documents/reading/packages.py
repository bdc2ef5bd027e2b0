"""ZIP packages opened with care: what they claim is checked before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
from types import TracebackType
from typing import TYPE_CHECKING

from workbench.i18n import _

if TYPE_CHECKING:
    from workbench.documents.reading.context import Reading

_SMALL = 10_000_000  # below this no ratio is alarming
_DIRECTORY_ENTRY = 46  # bytes of the shortest entry in a package's directory


class Refused(Exception):
    """The file is not read; ``str()`` is the reason, a Finnish sentence. ``encrypted`` by a password."""

    def __init__(self, reason: str, *, encrypted: bool = False) -> None:
        super().__init__(reason)
        self.encrypted = encrypted


class Package:
    """A package that passed the checks. Members are read within what their directory promised."""

    def __init__(self, data: bytes, reading: Reading) -> None:
        limits = reading.limits
        end = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
        if end >= 0:
            # zipfile would read the whole directory into memory before it could be counted.
            directory = int.from_bytes(data[end + 12 : end + 16], "little")
            if directory > len(data) or directory // _DIRECTORY_ENTRY > limits.zip_members * 4:
                raise _too_much()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, RuntimeError) as problem:
            # The last is how zipfile tells of a version of the format that it does not know.
            raise Refused(
                _("Tiedosto on vioittunut eikä aukea. Pyydä lähettäjältä ehjä tiedosto; tämä on tallessa.")
            ) from problem
        members = self._zip.infolist()
        expanded = sum(member.file_size for member in members)
        suspicious = expanded > _SMALL and expanded > limits.zip_ratio * max(1, len(data))
        if len(members) > limits.zip_members or suspicious or not reading.may_expand(expanded):
            raise _too_much()
        if any(member.flag_bits & 1 for member in members):
            raise Refused(
                _("Tiedosto on suojattu salasanalla. Pyydä lähettäjältä salasana tai suojaamaton tiedosto."),
                encrypted=True,
            )
        self.members = [member for member in members if not member.is_dir()]
        self.names = {member.filename for member in members}

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def read(self, name: str | zipfile.ZipInfo) -> bytes:
        """A member's bytes."""
        return self._zip.read(name)

    def read_xml(self, name: str) -> bytes:
        """A member that is XML; office formats forbid the declarations through which XML attacks."""
        data = self.read(name)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data or _hides_markup(data):
            raise Refused(
                _(
                    "Asiakirjassa on kiellettyjä XML-määrittelyjä, joilla voi hyökätä ohjelmia vastaan. "
                    "Tekstiä ei luettu. Varmista lähettäjältä, mistä tiedosto on peräisin."
                )
            )
        return data


def _hides_markup(data: bytes) -> bool:
    """UTF-16 would hide a declaration from a search of bytes."""
    return data[:2] in (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00") and (
        b"D\x00O\x00C\x00T\x00Y\x00P\x00E" in data
    )


def _too_much() -> Refused:
    return Refused(
        _(
            "Pakattu tiedosto laajenisi poikkeuksellisen suureksi, joten sitä ei avattu. "
            "Tiedosto on tallessa; varmista lähettäjältä, mitä siinä on."
        )
    )
