"""Without its libraries the server says what to install, not where it stumbled."""

from __future__ import annotations

import sys

import pytest

from workbench.server.cli import entry


def test_a_missing_library_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, "workbench.server.cli.main", raising=False)
    # All but the tables: they are declared once.
    kept = "workbench.server.identity.schema"
    for name in [n for n in sys.modules if n.startswith("workbench.server.identity") and n != kept]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyotp", None)
    with pytest.raises(SystemExit) as ended:
        entry.main()
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert "pyotp" in said and "seutupoyta[server]" in said and "Traceback" not in said
