"""Every address says who may open it."""

from django.urls import get_resolver
from every_page import NOT_PAGES

from haven.casework.access.roles import ROLES
from haven.casework.watch.pages import PAGES
from haven.project.management.commands.routes import addresses, routes

ADDRESSES = list(addresses(get_resolver()))


def test_every_address_declares_who_may_open_it():
    undeclared = [path for path, _, pattern in ADDRESSES if not hasattr(pattern.callback, "declared")]

    assert ADDRESSES
    assert undeclared == []


def test_every_declaration_names_roles_that_exist():
    known = {"public", "partner", *ROLES}
    unknown = {
        path: set(pattern.callback.declared.roles) - known
        for path, _, pattern in ADDRESSES
        if not pattern.callback.declared.roles or set(pattern.callback.declared.roles) - known
    }

    assert unknown == {}


def test_every_address_has_a_name():
    assert [path for path, name, _ in ADDRESSES if not name] == []


def test_searches_are_never_in_an_address():
    assert [path for path, _, _ in ADDRESSES if "<str:q" in path or "name>" in path] == []


def test_an_address_lists_the_methods_it_answers():
    methods = {route["name"]: route["methods"] for route in routes()}

    assert methods["healthz"] == ["GET", "HEAD"]
    assert methods["claim-report"] == ["POST"]
    assert methods["search"] == ["GET", "POST"]


def test_every_page_of_the_engine_that_shows_somebody_has_a_name_for_who_is_told_that_it_was_opened():
    personal = {
        name
        for path, name, pattern in ADDRESSES
        if pattern.callback.declared.personal and not path.startswith("adults/")
    }
    public = {name for path, name, _ in ADDRESSES if "authority>" in path}
    buttons = {name for name, what in NOT_PAGES.items() if what == "a button"}

    assert personal - public - buttons - set(PAGES) == set()
