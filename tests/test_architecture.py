"""The packages of the app: imports point downward only, and modules and functions stay small."""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
APP = ROOT / "app"
MODULES = sorted(APP.rglob("*.py"))

# From the top down; `settings` and the package itself lie below all others.
ROOMS = [
    "app.__main__",
    "app.server",
    "app.main",
    "app.mcp",
    "app.workbench",
    "app.pages",
    "app.routers",
    "app.release",
    "app.exports",
    "app.openapi",
    "app.queries",
    "app.http",
    "app.database",
    "app.transcription",
    "app.models",
    "app.logs",
    "app.settings",
    "app",
]


def name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def room(module: str) -> str:
    """The longest name of a room that the module is, or lies in."""
    return max((room for room in ROOMS if module == room or module.startswith(f"{room}.")), key=len)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


@cache
def imports(path: Path) -> list[str]:
    found, known = [], {name(module) for module in MODULES}
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("app"):
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            found += [module if module in known else node.module for module in inner]
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if alias.name.startswith("app")]
    return found


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_point_downward_only(path: Path) -> None:
    for module in imports(path):
        here, there = ROOMS.index(room(name(path))), ROOMS.index(room(module))
        assert here <= there, f"{name(path)} must not import {module}"


def test_settings_are_read_by_the_entry_points_alone() -> None:
    readers = {name(path) for path in MODULES if "app.settings" in imports(path)}

    assert readers == {"app.__main__", "app.main", "app.server"}


def test_no_two_modules_import_each_other() -> None:
    graph = {name(path): set(imports(path)) for path in MODULES}
    circles = [(a, b) for a, names in graph.items() for b in names if a != b and a in graph.get(b, ())]
    assert circles == []


def test_routers_do_not_import_each_other() -> None:
    shared = {"app.routers.responses", "app.routers.exports"}
    for path in (APP / "routers").glob("*.py"):
        others = {module for module in imports(path) if module.startswith("app.routers")}
        assert others <= shared, path.name


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_is_small_and_says_what_it_owns(path: Path) -> None:
    text = path.read_text()

    assert ast.get_docstring(parsed(path)), "a module says in one line what it owns"
    assert text.count("\n") <= 250
    assert path.stem not in {"utils", "helpers", "common", "core", "misc"}


@cache
def functions() -> list[tuple[str, int]]:
    nodes = [(path, node) for path in MODULES for node in ast.walk(parsed(path))]
    return [
        (f"{name(path)}.{node.name}", (node.end_lineno or 0) - node.lineno + 1)
        for path, node in nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_functions_fit_in_a_glance() -> None:
    lengths = sorted(length for _, length in functions())

    assert lengths[len(lengths) // 2] <= 10
    assert [found for found in functions() if found[1] > 40] == []


def test_nothing_about_the_first_notice_stands_in_code() -> None:
    for path in MODULES:
        text = path.read_text()
        assert "putuo" not in text.lower(), path
        assert "普陀" not in text, path
        assert "针对" not in text, path
