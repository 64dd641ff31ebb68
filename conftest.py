"""The database and the browser of every test.

`db` rolls back on a clone shared by the process. `own_database` is a clone for one test, for what really commits:
other threads, a served copy (`site`), a browser (`page`). All run as the application's role.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connections
from django.test import Client, TransactionTestCase
from playwright.sync_api import Browser, Page
from pytest_django import DjangoDbBlocker

from haven.casework.access import wall
from haven.project.testing.browser import barriers as find_barriers
from haven.project.testing.browser import chromium
from haven.project.testing.databases import clone_template, drop
from haven.project.testing.serving import served

ALIASES = ("default", "apart")

pytest_plugins = ["haven.project.testing.people"]

# A test may use both aliases; that one is a transaction apart is for the code, not for who writes a test to remember.
TransactionTestCase.databases = set(ALIASES)


def point_at(name: str, *, shared: bool) -> None:
    """Use this database from now on. When `shared`, both aliases are one session, so that one roll back undoes both."""
    for alias in ALIASES:
        connections[alias].close()
        connections.settings[alias]["NAME"] = name
        del connections[alias]
    if shared:
        connections["apart"] = connections["default"]


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    name = clone_template()
    with django_db_blocker.unblock():
        point_at(name, shared=True)
        yield name
        connections.close_all()
    drop(name)


@pytest.fixture
def db(request: pytest.FixtureRequest) -> None:
    """As pytest-django's, unless the test has a database of its own. The test itself sees every authority."""
    wanted = "own_database" if "own_database" in request.fixturenames else "_django_db_helper"
    request.getfixturevalue(wanted)
    see_all()


def see_all() -> None:
    """Let the test's own session through the second wall; what it asks of Haven opens its own."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT set_config('haven.authorities', 'all', false)")


@contextmanager
def cloned(before: str, blocker: DjangoDbBlocker) -> Iterator[str]:
    """Use a clone of the template until the block ends."""
    name = clone_template()
    with blocker.unblock():
        point_at(name, shared=False)
        see_all()
        yield name
        point_at(before, shared=True)
    drop(name)


@pytest.fixture(autouse=True)
def the_test_sees_all_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request of a test's browser is walled as any; after its answer the test sees every authority, as before."""
    answer = Client.request

    def request(client: Client, **given: Any) -> Any:
        try:
            return answer(client, **given)
        finally:
            if connections["default"].in_atomic_block and not connections["default"].needs_rollback:
                wall.open_to_all()

    monkeypatch.setattr(Client, "request", request)


@pytest.fixture
def own_database(django_db_setup: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database for this test alone, where transactions commit; its name. Thrown away afterwards."""
    with cloned(django_db_setup, django_db_blocker) as name:
        yield name


@pytest.fixture(scope="module")
def modules_database(django_db_setup: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database for the tests of one file, each of which commits and leaves to the next what it has done."""
    with cloned(django_db_setup, django_db_blocker) as name:
        yield name


@pytest.fixture
def site(own_database: str) -> Iterator[str]:
    """Haven, served on the test's own database; its address."""
    with served() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A page at a desk's width, with relative addresses on `site`."""
    with browser.new_context(base_url=site, viewport={"width": 1366, "height": 768}, locale="en-GB") as context:
        yield context.new_page()


@pytest.fixture
def barriers() -> Callable[[Page], list[dict[str, Any]]]:
    """What stands in somebody's way on a page, as axe finds it: `assert barriers(page) == []`."""
    return find_barriers


@pytest.fixture
def page_without_script(browser: Browser, site: str) -> Iterator[Page]:
    """The same with JavaScript switched off."""
    with browser.new_context(base_url=site, java_script_enabled=False, locale="en-GB") as context:
        yield context.new_page()
