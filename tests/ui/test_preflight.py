"""What a person is told when the machine lacks something the window needs."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

from workbench.ui import preflight


def test_names_each_missing_library_and_the_lines_that_install_them() -> None:
    absent = {"libEGL.so.1", "libxcb-cursor.so.0"}
    text = preflight.report({"DISPLAY": ":0"}, "linux", lambda name: name not in absent)
    assert "libEGL.so.1" in text and "libxcb-cursor.so.0" in text
    assert "apt-get install libegl1 libxcb-cursor0" in text
    assert "dnf install libglvnd-egl xcb-util-cursor" in text
    assert "puuttuu" in text and "missing" in text


def test_without_a_display_says_so_and_offers_the_command_line() -> None:
    text = preflight.report({}, "linux", lambda _name: True)
    assert "DISPLAY" in text and "näyttöä ei ole" in text


def test_offscreen_needs_no_x_libraries() -> None:
    assert preflight.report({"QT_QPA_PLATFORM": "offscreen"}, "linux", lambda n: "xcb" not in n) == ""


def test_windows_is_never_stopped() -> None:
    assert preflight.report({}, "win32", lambda _name: False) == ""


def test_a_binding_that_crashes_on_an_old_python_is_refused_by_name() -> None:
    assert "PySide6_Essentials<6.12" in preflight.broken_binding((3, 11), lambda: "6.12.0")
    assert preflight.broken_binding((3, 11), lambda: "6.11.3") == ""
    assert preflight.broken_binding((3, 12), lambda: "6.12.0") == ""


def test_imports_only_the_standard_library() -> None:
    tree = ast.parse(Path(preflight.__file__).read_text(encoding="utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    assert names <= set(sys.stdlib_module_names)
