"""Every address says who may open it."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from haven.casework.access.roles import ROLES
from haven.project.management.commands.routes import routes


def addresses(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in resolver.url_patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield here, pattern.callback
        else:
            yield from addresses(pattern, here)


def test_every_address_declares_who_may_open_it():
    undeclared = [address for address, view in addresses(get_resolver()) if not hasattr(view, "declared")]

    assert undeclared == []


def test_every_declaration_names_roles_that_exist():
    known = {"public", *ROLES}
    unknown = {
        address: set(view.declared.roles) - known
        for address, view in addresses(get_resolver())
        if not view.declared.roles or set(view.declared.roles) - known
    }

    assert unknown == {}


def test_every_address_of_ours_has_a_name():
    assert [address for address, name in _names(get_resolver()) if not name] == []


def _names(resolver: URLResolver) -> Iterator[tuple[str, str | None]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield str(pattern.pattern), pattern.name
        else:
            yield from _names(pattern)


def test_searches_are_never_in_an_address():
    addressed = [address for address, _ in addresses(get_resolver()) if "<str:q" in address or "name>" in address]

    assert addressed == []


def test_an_address_lists_the_methods_it_answers():
    methods = {route["name"]: route["methods"] for route in routes()}

    assert methods["healthz"] == ["GET", "HEAD"]
    assert methods["claim-report"] == ["POST"]
    assert methods["search"] == ["GET", "POST"]
