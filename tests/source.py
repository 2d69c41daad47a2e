"""The project's own source, parsed, for the tests that read it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = [
    "rulesets", "audit", "accounts", "schools", "students", "assessments", "reportcards",
    "exchange", "hocba",
]  # fmt: skip

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def code_files() -> tuple[Path, ...]:
    found = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    return tuple(sorted(path for path in found if "migrations" not in path.parts))


@cache
def test_files() -> tuple[Path, ...]:
    return tuple(sorted((ROOT / "tests").rglob("*.py")))


@cache
def template_files() -> tuple[Path, ...]:
    return tuple(sorted((ROOT / "templates").rglob("*.html")))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def module_of(path: Path) -> str:
    """As it is imported: "assessments.models.periods"."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def functions_in(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, Function))


def length_of(function: Function) -> int:
    """From "def" to its last line, decorators aside."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def imports_in(path: Path) -> Iterator[str]:
    """The modules and names that a file imports, inside functions too."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def written_lines(paths: tuple[Path, ...]) -> int:
    return sum(bool(line.strip()) for path in paths for line in path.read_text().splitlines())
