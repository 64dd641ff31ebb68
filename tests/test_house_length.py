"""No file is too long to be read, no view does more than introduce an operation."""

import ast

from house import HAVEN, files, functions, name

LONGEST_FILE = 400
LONGEST_VIEW = 15


def test_no_file_is_over_four_hundred_lines():
    lengths = {name(path): len(path.read_text().splitlines()) for path in files(".py", ".html", ".js", ".css")}

    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def views():
    """Functions that take a request, in the rooms where views live."""
    for path in files(".py", under=HAVEN):
        if path.stem == "views" or path.parent.name == "views":
            for function in functions(path):
                if function.args.args and function.args.args[0].arg == "request":
                    yield f"{name(path)}:{function.name}", length(function)


def length(function: ast.FunctionDef) -> int:
    """The lines of a function, without its head and its docstring."""
    first = function.body[1] if ast.get_docstring(function) and len(function.body) > 1 else function.body[0]
    return (function.end_lineno or 0) - first.lineno + 1


def test_no_view_is_over_fifteen_lines():
    found = dict(views())

    assert found
    assert {view: length for view, length in found.items() if length > LONGEST_VIEW} == {}
