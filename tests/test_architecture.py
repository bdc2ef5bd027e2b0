"""The arrows of the design, read from the source itself: who may import whom, and who may write."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.source import tree
from workbench.domain import whole_domain

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "workbench"
QT = {"PySide6", "shiboken6", "qtawesome", "pyqtgraph", "pytestqt"}


def modules(*folders: str) -> list[Path]:
    """Source files below the given folders of the package, or all of them."""
    roots = [PACKAGE / f for f in folders] if folders else [PACKAGE]
    return sorted(
        p for root in roots for p in (root.rglob("*.py") if root.is_dir() else [root]) if p.exists()
    )


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path, *, for_types: bool = False) -> Iterator[str]:
    """Full names of what a module imports; what only the type checker sees is left out."""
    typing_only = {
        id(inner)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree(path)):
        if id(node) in typing_only and not for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{a.name}" for a in node.names)


def offences(paths: list[Path], *forbidden: str) -> list[str]:
    return [
        f"{name_of(path)} imports {name}"
        for path in paths
        for name in sorted(set(imports(path)))
        if any(name == f or name.startswith(f + ".") for f in forbidden)
    ]


def test_the_reader_of_imports_sees_what_is_there() -> None:
    assert "workbench.store.unit.UnitOfWork" in set(imports(PACKAGE / "cases" / "register.py"))
    assert offences([PACKAGE / "cases" / "register.py"], "workbench.store") != []
    assert len(modules()) > 80


def test_no_qt_outside_the_window() -> None:
    paths = [p for p in modules() if "ui" not in p.relative_to(PACKAGE).parts[:1] and p.name != "app.py"]
    assert offences(paths, *QT, "workbench.ui") == []


def test_no_sqlalchemy_in_window_or_shell() -> None:
    assert offences(modules("ui", "cli"), "sqlalchemy", "sqlcipher3", "sqlite3") == []


_DOMAIN = ("cases", "meetings", "roster", "archive", "organisation", "documents", "law", "sync", "server")
_ABOVE = {
    "store": (*_DOMAIN, "ui", "cli", "setup", "app", "domain", "opening"),
    "words": (*_DOMAIN, "store", "ui", "cli", "setup", "app", "domain", "opening", "context"),
    "law": tuple(
        d
        for d in (*_DOMAIN, "store", "words", "ui", "cli", "setup", "app", "domain", "opening", "context")
        if d != "law"
    ),
    "organisation": (
        "cases",
        "meetings",
        "roster",
        "archive",
        "documents",
        "ui",
        "cli",
        "setup",
        "app",
        "domain",
        "opening",
    ),
    "documents": (
        "cases",
        "meetings",
        "roster",
        "archive",
        "organisation",
        "store",
        "ui",
        "cli",
        "setup",
        "app",
        "domain",
        "opening",
    ),
    "cases": ("meetings", "roster", "archive", "ui", "cli", "setup", "app", "domain", "opening"),
    # What a change means is the rooms' to say; the sync carries it.
    "sync": (*(d for d in _DOMAIN if d != "sync"), "ui", "cli", "setup", "app", "domain", "opening"),
}


@pytest.mark.parametrize("room", _ABOVE)
def test_arrows_point_down_only(room: str) -> None:
    assert offences(modules(room), *(f"workbench.{above}" for above in _ABOVE[room])) == []


def test_only_the_root_modules_are_shared_downwards() -> None:
    """What every room may use knows no room itself."""
    shared = [PACKAGE / f"{n}.py" for n in ("clock", "errors", "ids", "i18n", "resources")]
    allowed = {f"workbench.{n}" for n in ("clock", "errors", "ids", "i18n", "resources", "_resources")}
    found = [
        f"{name_of(p)} imports {n}"
        for p in shared
        for n in imports(p)
        if n.startswith("workbench.") and not any(n == a or n.startswith(a + ".") for a in allowed)
    ]
    assert found == []


def writes(path: Path) -> list[str]:
    """Places where a module makes an INSERT, UPDATE or DELETE."""
    verbs = {"insert", "update", "delete"}
    named = {
        (alias.asname or alias.name)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")
        for alias in node.names
        if alias.name in verbs
    }
    return [
        f"{name_of(path)}:{node.lineno}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and _makes_a_write(node, named, verbs)
    ]


def _makes_a_write(call: ast.Call, named: set[str], verbs: set[str]) -> bool:
    called = call.func
    if isinstance(called, ast.Name):
        return called.id in named or (called.id == "text" and _WRITING.search(ast.unparse(call)) is not None)
    if not isinstance(called, ast.Attribute):
        return False
    if called.attr == "exec_driver_sql":
        return _WRITING.search(ast.unparse(call)) is not None
    # uow.insert is the write path itself; a table is named by its module or imported by name.
    owner = ast.unparse(called.value)
    of_a_table = owner.startswith(("t.", "tables.", "sa.", "sqlalchemy.")) or owner in _tables()
    return called.attr in verbs and of_a_table


_WRITING = re.compile(r"insert into|\bupdate \w+ set|delete from", re.IGNORECASE)


@cache
def _tables() -> frozenset[str]:
    return frozenset(whole_domain().kinds.names())


def test_nothing_outside_the_store_writes_rows() -> None:
    paths = [p for p in modules() if p.relative_to(PACKAGE).parts[0] not in ("store", "words", "server")]
    assert [w for p in paths for w in writes(p)] == []
    for seen in ("unit.py", "journal.py", "search/index.py"):
        assert writes(PACKAGE / "store" / seen), f"the reader of writes sees those in {seen}"


def test_on_the_server_only_its_unit_of_work_writes_rows_of_kinds() -> None:
    """The rest of the server writes the log, the audit, accounts: tables of its own."""
    verbs = {"insert", "update", "delete", "upsert", "insert_missing", "insert_new"}
    found = {
        name_of(path)
        for path in modules("server")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in verbs
        if any(
            "kinds.table" in ast.unparse(a) or ast.unparse(a) in ({"table"} | _tables()) for a in node.args
        )
    }
    assert found == {"workbench.server.unit"}


def test_no_relation_reaches_the_network_or_key_ring_but_through_its_one_door() -> None:
    rest = [p for p in modules() if name_of(p) not in ("workbench.store.keys",)]
    assert offences(rest, "keyring") == []
    outside = [p for p in modules() if p.relative_to(PACKAGE).parts[0] != "sync"]
    assert offences(outside, "requests", "urllib.request", "http.client", "socket") == []


@pytest.mark.parametrize("spec", whole_domain().commands.by_type.values(), ids=lambda s: s.type)
def test_every_command_says_who_may_and_what_it_writes(spec: object) -> None:
    domain = whole_domain()
    assert callable(spec.authorise) and spec.writes <= set(domain.kinds.names())  # type: ignore[attr-defined]
    assert spec.command.__doc__, "a command says in its docstring what a person does"  # type: ignore[attr-defined]
    missing = set(spec.corrections) - set(domain.commands.by_type)  # type: ignore[attr-defined]
    assert not missing, f"corrections that do not exist: {missing}"


def test_every_kind_and_field_has_a_finnish_label() -> None:
    for kind in whole_domain().kinds:
        assert kind.label[:1].isupper(), kind.name
        assert all(f.label[:1].isupper() for f in kind.fields), kind.name
        refs = {f.ref for f in kind.fields if f.ref}
        assert refs <= set(whole_domain().kinds.names()), kind.name
        assert not kind.blob or "municipality" in kind.by_name


def test_every_command_says_in_the_journal_what_happened() -> None:
    """Each handler's module says something and names the object it is about."""
    import inspect

    for spec in whole_domain().commands.by_type.values():
        if spec.adopts:
            continue  # brings what others' commands made, and is not run where a journal is
        source = inspect.getsource(inspect.getmodule(spec.handler))  # type: ignore[arg-type]
        says = ".say(" in source and ".concerns(" in source
        assert says or " tell(uow, " in source, spec.type  # tell() does both


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_every_module_says_what_it_owns(path: Path) -> None:
    assert ast.get_docstring(tree(path)), f"{name_of(path)} has no docstring"


def test_files_are_read_with_a_named_encoding() -> None:
    found = []
    for path in modules():
        for node in ast.walk(tree(path)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in {"read_text", "write_text"}
                and not any(k.arg == "encoding" for k in node.keywords)
            ):
                found.append(f"{name_of(path)}:{node.lineno}")
    assert found == []
