"""The second wall is opened out loud: with a reason, and over everything by no page."""

import ast

from house import HAVEN, files, name, tree

from haven.casework.access.policies.tables import FREE, tables, walled
from haven.casework.access.policies.tables import test_of as passed_by

OPENERS = ("open_to_all", "open_for_work", "lifted")


def calls() -> list[tuple[str, str, ast.Call]]:
    """Every opening of the wall outside tests: the file, the function called, the call."""
    return [
        (name(path), node.func.attr, node)
        for path in files(".py", under=HAVEN)
        if "tests" not in path.parts and "testing" not in path.parts
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in OPENERS
    ]


def test_whoever_opens_the_wall_beyond_a_reader_says_why() -> None:
    silent = [(path, call.lineno) for path, _what, call in calls() if not call.args]

    assert calls()
    assert silent == []


def test_no_page_opens_the_wall_to_every_authority() -> None:
    assert [path for path, what, _call in calls() if what == "open_to_all" and "/views" in path] == []


def test_every_table_is_walled_or_said_to_hold_nothing_about_anybody() -> None:
    for model in walled().values():
        assert passed_by(model).shows
    assert all(FREE.values())
    assert [table for table in FREE if table not in tables()] == []
