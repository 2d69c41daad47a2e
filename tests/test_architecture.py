"""The house's rules about its own source: directions, sizes, names and languages."""

import ast
import statistics
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.models import our_models
from tests.source import (
    PACKAGES,
    ROOT,
    code_files,
    functions_in,
    imports_in,
    length_of,
    module_of,
    name_of,
    test_files,
    tree_of,
    written_lines,
)

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
NINE_OF_TEN_FUNCTIONS = 25
MIDDLE_FUNCTION = 8
TEST_LINES_PER_LINE = 1.3

# Inside an app a module imports from its own rank or a lower one, through whatever lies between.
RANKS = {
    "workflow": 1,
    "models": 2,
    "policies": 3,
    "permissions": 3,
    "forms": 4,
    "actions": 4,
    "views": 5,
    "urls": 6,
}
LONE_NAMES = {
    "grade", "mark", "class", "result", "level", "record", "data", "info", "item", "manager",
    "handler", "processor", "helper", "util", "service",
}  # fmt: skip
FOLDERS_THAT_SAY_NOTHING = {"core", "common", "utils", "helpers", "services", "managers"}
QUERYING = {"objects", "save", "delete", "bulk_create", "bulk_update"}

VIEWS = [path for path in code_files() if "views" in module_of(path).split(".")]
TEXT_FILES = [
    path
    for folder, suffixes in {"templates": {".html"}, "static": {".css", ".js"}}.items()
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in suffixes and "vendor" not in path.parts
]


def rank_of(module: str) -> int | None:
    return next((RANKS[part] for part in module.split(".")[1:] if part in RANKS), None)


@cache
def modules_by_name() -> dict[str, Path]:
    return {module_of(path): path for path in code_files()}


@cache
def imported_modules(path: Path) -> set[str]:
    """Our own modules; "from x import y" means x.y where that is a module."""
    known = modules_by_name()
    return {
        name if name in known else name.rpartition(".")[0]
        for name in imports_in(path)
        if name.split(".")[0] in PACKAGES
    } & known.keys()


def reached_within_app(module: str) -> set[str]:
    """What a module imports inside its app, going on through modules that have no rank."""
    app, known = module.split(".")[0], modules_by_name()
    reached: set[str] = set()
    waiting = [module]
    while waiting:
        for imported in imported_modules(known[waiting.pop()]) - reached:
            if imported.split(".")[0] == app:
                reached.add(imported)
                waiting += [imported] if rank_of(imported) is None else []
    return reached


@pytest.mark.parametrize(
    ("module", "rank"),
    [
        ("assessments.models.periods", RANKS["models"]),
        ("exchange.api.views", RANKS["views"]),
        ("assessments.actions._steps", RANKS["actions"]),
        ("assessments.payload", None),
        ("hocba.views", RANKS["views"]),
    ],
)
def test_a_modules_rank_is_that_of_its_kind(module, rank):
    assert rank_of(module) == rank


def test_imports_are_followed_through_modules_without_rank():
    reached = reached_within_app("assessments.policies")
    assert "assessments.completeness" in reached
    assert not any(module.startswith("schools.") for module in reached)


def test_packages_import_in_one_direction():
    lint_imports = Path(sys.executable).with_name("lint-imports")
    finished = subprocess.run(
        [lint_imports, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stdout


def test_inside_an_app_imports_run_downwards():
    higher = {
        (module, imported)
        for module in modules_by_name()
        if (rank := rank_of(module))
        for imported in reached_within_app(module)
        if (rank_of(imported) or 0) > rank
    }
    assert not higher


def test_views_neither_query_nor_write():
    found = {
        name_of(path): words
        for path in VIEWS
        if (words := attributes_in(path) & QUERYING | names_in(path) & {"transaction", "mark_safe"})
    }
    assert not found


def attributes_in(path: Path) -> set[str]:
    return {node.attr for node in ast.walk(tree_of(path)) if isinstance(node, ast.Attribute)}


def names_in(path: Path) -> set[str]:
    return {node.id for node in ast.walk(tree_of(path)) if isinstance(node, ast.Name)}


def test_no_file_is_longer_than_one_sitting():
    too_long = {
        name_of(path): lines
        for path in [*code_files(), *test_files(), *TEXT_FILES]
        if (lines := len(path.read_text().splitlines())) > LONGEST_FILE
    }
    assert not too_long


def test_no_function_is_longer_than_a_screen():
    too_long = {
        (name_of(path), function.name): length_of(function)
        for path in [*code_files(), *test_files()]
        for function in functions_in(path)
        if length_of(function) > LONGEST_FUNCTION
    }
    assert not too_long


def test_most_functions_are_small():
    lengths = [length_of(function) for path in code_files() for function in functions_in(path)]
    assert statistics.median(lengths) <= MIDDLE_FUNCTION
    assert statistics.quantiles(lengths, n=10)[-1] <= NINE_OF_TEN_FUNCTIONS


def test_tests_outweigh_the_code():
    assert written_lines(test_files()) / written_lines(code_files()) >= TEST_LINES_PER_LINE


def test_no_name_says_nothing():
    found = {
        name_of(path): words
        for path in code_files()
        if (words := names_of(path) & LONE_NAMES | folders_of(path) & FOLDERS_THAT_SAY_NOTHING)
    }
    assert not found


def names_of(path: Path) -> set[str]:
    return {path.stem, *(function.name for function in functions_in(path))}


def folders_of(path: Path) -> set[str]:
    return set(module_of(path).split("."))


def test_no_model_name_says_nothing():
    assert not {model._meta.model_name for model in our_models()} & LONE_NAMES


def test_no_error_is_swallowed_whole():
    found = {
        name_of(path): kinds
        for path in code_files()
        if (kinds := caught_in(path) & {"everything", "Exception", "BaseException"})
    }
    assert not found


def caught_in(path: Path) -> set[str]:
    handlers = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.ExceptHandler)]
    kinds = [ast.walk(node.type) for node in handlers if node.type]
    names = {node.id for kind in kinds for node in kind if isinstance(node, ast.Name)}
    return names | {"everything" for node in handlers if not node.type}
