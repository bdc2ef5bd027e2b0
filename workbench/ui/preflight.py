"""Before any Qt import: name what the machine lacks, and the line that installs it.

Qt's own message for a missing system library is one line of loader jargon. This module knows which
Debian and Fedora packages hold the libraries and says so in Finnish and English. It imports only the
standard library, and nothing at all happens on Windows and macOS, whose wheels carry everything.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path


@dataclass(frozen=True)
class Library:
    """A shared library and the packages that hold it."""

    soname: str
    apt: str
    dnf: str


COMMON: tuple[Library, ...] = (
    Library("libEGL.so.1", "libegl1", "libglvnd-egl"),
    Library("libGL.so.1", "libgl1", "libglvnd-glx"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    Library("libfreetype.so.6", "libfreetype6", "freetype"),
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
)
XCB: tuple[Library, ...] = (
    Library("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb"),
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    Library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    Library("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    Library("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
)


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def missing_libraries(platform: str, loads: Callable[[str], bool] = _loads) -> list[Library]:
    """Libraries that Qt would need on this platform (``xcb``, ``wayland`` …) and that do not load."""
    wanted = COMMON + (XCB if platform == "xcb" else ())
    return [library for library in wanted if not loads(library.soname)]


def chosen_platform(environ: Mapping[str, str]) -> str:
    """The Qt platform that would be used, or "" when there is no display to open a window on."""
    asked = environ.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]
    if asked:
        return asked
    if environ.get("WAYLAND_DISPLAY"):
        return "wayland"
    return "xcb" if environ.get("DISPLAY") else ""


def broken_binding(
    python: tuple[int, ...] = tuple(sys.version_info[:2]), version: Callable[[], str] | None = None
) -> str:
    """PySide6 6.12 miscounts references of None before Python 3.12 and would crash in the middle of work."""
    if python >= (3, 12):
        return ""
    found = _binding_version() if version is None else version()
    parts = [int(part) for part in found.split(".")[:2] if part.isdigit()]
    if parts < [6, 12]:
        return ""
    return (
        f"Ikkunaa ei voi avata: PySide6 {found} kaatuu Pythonilla {python[0]}.{python[1]}.\n"
        f"No window can be opened: PySide6 {found} crashes on Python {python[0]}.{python[1]}.\n\n"
        "Asenna vanhempi / Install an older one:\n"
        '  python -m pip install "PySide6_Essentials<6.12"'
    )


def _binding_version() -> str:
    """Read from PySide6's own file: importing it would start Qt, package metadata cost 20 ms to look up."""
    spec = find_spec("PySide6")
    if spec is None or spec.origin is None:
        return "0"
    config = Path(spec.origin).with_name("_config.py")
    found = re.search(r'^version = "([\d.]+)"', config.read_text(encoding="utf-8"), re.MULTILINE)
    return found[1] if found else "0"


def report(
    environ: Mapping[str, str] | None = None,
    system: str = sys.platform,
    loads: Callable[[str], bool] = _loads,
) -> str:
    """What stops the window from opening and the line that mends it; "" when nothing does."""
    broken = broken_binding()
    if broken:
        return broken
    if not system.startswith("linux"):
        return ""
    platform = chosen_platform(os.environ if environ is None else environ)
    if not platform:
        return (
            "Ikkunaa ei voi avata: näyttöä ei ole (DISPLAY ja WAYLAND_DISPLAY puuttuvat).\n"
            "Käynnistä ohjelma työpöydältä tai käytä komentorivin komentoja (workbench --help).\n\n"
            "No window can be opened: there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set).\n"
            "Start the program from a desktop session, or use the command line (workbench --help)."
        )
    missing = missing_libraries(platform, loads)
    if not missing:
        return ""
    names = ", ".join(library.soname for library in missing)
    apt = " ".join(sorted({library.apt for library in missing}))
    dnf = " ".join(sorted({library.dnf for library in missing}))
    return (
        f"Ikkunaa ei voi avata: koneelta puuttuu kirjastoja: {names}\n"
        f"No window can be opened: shared libraries are missing: {names}\n\n"
        "Asenna ne / Install them:\n"
        f"  Debian, Ubuntu:  sudo apt-get install {apt}\n"
        f"  Fedora, RHEL:    sudo dnf install {dnf}"
    )
