"""The glossary, the tour and the front pages name only what is there, and the glossary leaves no model out."""

import re
from importlib import import_module

import pytest
from django.apps import apps
from house import CHECKOUT, classes
from pghistory.models import Event as RowHistory

NAMED = re.compile(r"`([^`\s]+)`")
A_CLASS = re.compile(r"[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*")
A_MODULE = re.compile(r"[a-z_][a-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)+")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
ENDINGS = (".py", ".html", ".md", ".js", ".css", ".yaml", ".toml", ".txt")


def named_in(document: str) -> list[str]:
    return NAMED.findall((CHECKOUT / "docs" / document).read_text(encoding="utf-8"))


def is_a_path(word: str) -> bool:
    return ("/" in word and not word.startswith("/")) or word.endswith(ENDINGS)


def path_exists(word: str) -> bool:
    return any((folder / word).exists() for folder in (CHECKOUT, CHECKOUT / "haven"))


def module_exists(word: str) -> bool:
    """A module, or something a module holds; `haven.` may be left out."""
    parts = word.removeprefix("haven.").split(".")
    for end in range(len(parts), 0, -1):
        try:
            found = import_module(".".join(["haven", *parts[:end]]))
        except ModuleNotFoundError:
            continue
        for part in parts[end:]:
            found = getattr(found, part, None)
        return found is not None
    return False


def test_every_class_in_the_glossary_exists():
    words = [word for word in named_in("glossary.md") if A_CLASS.fullmatch(word)]

    assert words
    assert set(words) - classes() == set()


def test_every_model_is_in_the_glossary():
    models = {
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("haven.") and not issubclass(model, RowHistory)
    }

    assert models - set(named_in("glossary.md")) == set()


def test_every_path_in_the_tour_exists():
    words = [word for word in named_in("tour.md") if is_a_path(word)]

    assert words
    assert [word for word in words if not path_exists(word)] == []


def test_every_module_in_the_tour_exists():
    words = [word for word in named_in("tour.md") if A_MODULE.fullmatch(word) and not is_a_path(word)]

    assert [word for word in words if not module_exists(word)] == []


def test_every_class_in_the_tour_exists():
    assert {word for word in named_in("tour.md") if A_CLASS.fullmatch(word)} - classes() == set()


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/tour.md", "docs/glossary.md"])
def test_every_link_and_picture_leads_somewhere(page):
    path = CHECKOUT / page
    links = LINK.findall(path.read_text(encoding="utf-8"))

    assert [link for link in links if not (path.parent / link).exists()] == []
