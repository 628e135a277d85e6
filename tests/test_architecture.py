"""The house: imports point downward only, modules and functions stay small, and nothing is called a helper."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
APP = ROOT / "app"
MODULES = sorted(APP.rglob("*.py"))

# From the top to the ground. What shares a line does not import each other.
FLOORS = [
    ["app.__main__"],
    ["app.main"],
    ["app.routers", "app.pages", "app.pages.docs", "app.openapi.examples", "app.openapi.document"],
    ["app.release"],
    ["app.http.client"],
    ["app.pages.plots", "app.queries", "app.queries.facets", "app.http.route"],
    ["app.queries.reader"],
    ["app.http.contract", "app.queries.filters"],
    ["app.http.parameters", "app.queries.pagination", "app.exports.response"],
    ["app.http.representations"],
    ["app.database.catalog"],
    ["app.http.caching", "app.http.cors", "app.http.security", "app.queries.quotations", "app.queries.search"],
    ["app.http.answers", "app.queries.normalization"],
    ["app.http.compression", "app.http.conditional", "app.http.store"],
    ["app.http.negotiation"],
    ["app.http.errors"],
    ["app.http.links"],
    ["app.database.engine", "app.database.select", "app.settings"],
    ["app.database.build"],
    ["app.database.serialize", "app.transcription", "app.exports"],
    ["app.models"],
    ["app"],
]


def name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def room(module: str) -> str:
    """The longest name on a floor that the module is, or lies in."""
    names = [room for floor in FLOORS for room in floor if module == room or module.startswith(f"{room}.")]
    return max(names, key=len)


def floor(module: str) -> int:
    return next(n for n, rooms in enumerate(FLOORS) if room(module) in rooms)


def imports(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("app"):
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            known = {name(module) for module in MODULES}
            found += [module if module in known else node.module for module in inner]
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if alias.name.startswith("app")]
    return found


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_point_downward_only(path: Path) -> None:
    for module in imports(path):
        same_room = room(module) == room(name(path))
        assert same_room or floor(module) > floor(name(path)), f"{name(path)} must not import {module}"


def test_no_two_modules_import_each_other() -> None:
    graph = {name(path): set(imports(path)) for path in MODULES}
    circles = [(a, b) for a, names in graph.items() for b in names if a != b and a in graph.get(b, ())]
    assert circles == []


def test_routers_do_not_import_each_other() -> None:
    shared = {"app.routers.dependencies", "app.routers.links"}
    for path in (APP / "routers").glob("*.py"):
        others = {module for module in imports(path) if module.startswith("app.routers")}
        assert others <= shared, path.name


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_is_small_and_says_what_it_owns(path: Path) -> None:
    text = path.read_text()

    assert ast.get_docstring(ast.parse(text)), "a module says in one line what it owns"
    assert text.count("\n") <= 250
    assert path.stem not in {"utils", "helpers", "common", "core", "misc"}


def functions() -> list[tuple[str, int]]:
    nodes = [(path, node) for path in MODULES for node in ast.walk(ast.parse(path.read_text()))]
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
