"""Models are small, defined in words, and change only by operations."""

import ast

from django.apps import apps
from house import HAVEN, files, name, tree
from pghistory.models import Event as RowHistory

MOST_FIELDS = 25


def models():
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("haven.") and not issubclass(model, RowHistory)
    ]


def test_no_model_is_over_twenty_five_fields():
    sizes = {model.__name__: len(model._meta.local_concrete_fields) for model in models()}

    assert {model: size for model, size in sizes.items() if size > MOST_FIELDS} == {}


def test_every_model_defines_its_word():
    """Django makes up a docstring that begins with the class's name and its fields."""
    assert [model.__name__ for model in models() if (model.__doc__ or "").startswith(f"{model.__name__}(")] == []


def test_no_model_changes_what_saving_or_deleting_means():
    overridden = [
        f"{name(path)}:{node.name}.{method.name}"
        for path in files(".py", under=HAVEN)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
        for method in node.body
        if isinstance(method, ast.FunctionDef) and method.name in ("save", "delete")
    ]

    assert overridden == []


def test_no_form_saves():
    saving = [
        f"{name(path)}:{node.lineno}"
        for path in files(".py", under=HAVEN)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("form.save")
    ]

    assert saving == []
