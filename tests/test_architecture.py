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

every_file = pytest.mark.parametrize("path", code_files(), ids=name_of)
every_file_and_test = pytest.mark.parametrize("path", code_files() + test_files(), ids=name_of)
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


@pytest.mark.parametrize("module", [name for name in modules_by_name() if rank_of(name)], ids=str)
def test_inside_an_app_imports_run_downwards(module):
    higher = {
        imported
        for imported in reached_within_app(module)
        if (rank_of(imported) or 0) > (rank_of(module) or 0)
    }
    assert not higher


@pytest.mark.parametrize("path", VIEWS, ids=name_of)
def test_views_neither_query_nor_write(path):
    attributes = {node.attr for node in ast.walk(tree_of(path)) if isinstance(node, ast.Attribute)}
    names = {node.id for node in ast.walk(tree_of(path)) if isinstance(node, ast.Name)}
    assert not attributes & {"objects", "save", "delete", "bulk_create", "bulk_update"}
    assert not names & {"transaction", "mark_safe"}


@pytest.mark.parametrize("path", [*code_files(), *test_files(), *TEXT_FILES], ids=name_of)
def test_no_file_is_longer_than_one_sitting(path):
    assert len(path.read_text().splitlines()) <= LONGEST_FILE


@every_file_and_test
def test_no_function_is_longer_than_a_screen(path):
    too_long = {
        function.name: length_of(function)
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


@every_file
def test_no_name_says_nothing(path):
    names = {path.stem, *(function.name for function in functions_in(path))}
    assert not names & LONE_NAMES
    assert not set(module_of(path).split(".")) & FOLDERS_THAT_SAY_NOTHING


def test_no_model_name_says_nothing():
    assert not {model._meta.model_name for model in our_models()} & LONE_NAMES


@every_file
def test_no_error_is_swallowed_whole(path):
    caught = [node.type for node in ast.walk(tree_of(path)) if isinstance(node, ast.ExceptHandler)]
    broad = {ast.unparse(kind) for kind in caught if kind} & {"Exception", "BaseException"}
    assert None not in caught
    assert not broad
