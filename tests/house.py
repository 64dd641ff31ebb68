"""Reading the house itself: its files, its modules, its words."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
HAVEN = CHECKOUT / "haven"
PATHWAYS = sorted(folder for folder in (HAVEN / "pathways").iterdir() if (folder / "apps.py").exists())
NOT_OURS = {"node_modules", "static_built", "migrations", "__pycache__", ".venv", ".haven", ".git"}


def files(*endings: str, under: Path = CHECKOUT) -> list[Path]:
    """Our own files with these endings, migrations left out."""
    return sorted(
        path
        for folder in ([under] if under != CHECKOUT else [HAVEN, CHECKOUT / "tests", CHECKOUT / "docs"])
        for path in folder.rglob("*")
        if path.suffix in endings and not NOT_OURS.intersection(path.relative_to(CHECKOUT).parts)
    )


def name(path: Path) -> str:
    return str(path.relative_to(CHECKOUT))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in tree(path).body if isinstance(node, ast.FunctionDef))


def classes() -> set[str]:
    """The name of every class of ours."""
    return {
        node.name
        for path in files(".py", under=HAVEN)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
    }


def said(path: Path) -> Iterator[str]:
    """Every text of a Python file that is not a docstring."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value
