"""Every pathway has the same shape: who has read one can read them all."""

import ast

import pytest
from house import PATHWAYS, files, functions, name

ALWAYS = {
    "apps",
    "codes",
    "events",
    "forms",
    "letters",
    "migrations",
    "models",
    "operations",
    "pathway",
    "permissions",
    "questions",
    "README",
    "stages",
    "templates",
    "tests",
    "timescales",
    "urls",
    "views",
}
SOMETIMES = {"api", "jobs", "measures", "panels", "scenarios", "year", "static", "locale"}

pathways = pytest.mark.parametrize("pathway", PATHWAYS, ids=lambda folder: folder.name)


@pathways
def test_a_pathway_has_the_rooms_every_pathway_has_and_no_other(pathway):
    rooms = {path.stem for path in pathway.iterdir()} - {"__init__", "__pycache__"}

    assert rooms - SOMETIMES == ALWAYS


@pathways
def test_a_pathway_keeps_its_templates_under_its_own_name(pathway):
    assert [folder.name for folder in (pathway / "templates").iterdir()] == [pathway.name]


def operations(pathway):
    for path in [*files(".py", under=pathway / "operations"), pathway / "operations.py"]:
        if not path.exists():
            continue
        for function in functions(path):
            for decorator in function.decorator_list:
                if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "operation":
                    yield path, function, {keyword.arg: ast.unparse(keyword.value) for keyword in decorator.keywords}


@pathways
def test_an_operation_is_permitted_under_the_name_of_its_pathway(pathway):
    found = list(operations(pathway))

    assert found
    assert [function.name for _, function, said in found if f"'{pathway.name}." not in said.get("may", "")] == []


@pathways
def test_the_first_line_of_an_operation_is_plain_english(pathway):
    """It is the text that the permissions screen shows."""
    silent = [
        f"{name(path)}:{function.name}"
        for path, function, _ in operations(pathway)
        if not (ast.get_docstring(function) or "").split("\n")[0].endswith((".", ":"))
    ]

    assert silent == []


@pathways
def test_an_operation_is_told_who_and_when(pathway):
    """Only views, commands and tests read the clock."""
    missing = {
        function.name: {"by", "at"} - {argument.arg for argument in function.args.kwonlyargs}
        for _, function, _ in operations(pathway)
    }

    assert {function: lacks for function, lacks in missing.items() if lacks} == {}
