"""What the habit tests look at: the repository itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def python_files(*folders: str) -> list[Path]:
    """Every Python file under the named folders."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def javascript_files() -> list[Path]:
    """Every script we wrote."""
    folders = ("static/js", "static/desk")
    below = [path for folder in folders for path in (ROOT / folder).rglob("*.js")]
    return sorted((ROOT / "static").glob("*.js")) + sorted(below)


def named(path: Path) -> str:
    """The path as people write it."""
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of one file, methods and inner functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
