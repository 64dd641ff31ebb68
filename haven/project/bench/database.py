"""A database of its own for each measurement: cloned from a migrated template, seeded by its owner, thrown away."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connections
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from haven.project.home import CHECKOUT
from haven.project.settings.databases import app_url, owner_url
from haven.project.testing.databases import clone_template, drop

ALIASES = ("default", "apart")
T = TypeVar("T")


@contextmanager
def fresh_database(cases: int, seed: int) -> Iterator["At"]:
    """A database with so many seeded cases, until the block ends."""
    name = clone_template()
    try:
        if cases:
            seed_into(name, cases, seed)
        at = At(name)
        yield at
        at.end()
    finally:
        drop(name)


class At:
    """Runs things in a thread of its own, connected to one database; so several sizes are measured side by side.

    Connections are kept from one request to the next, as the pool keeps them for the web.
    """

    def __init__(self, name: str, *, as_owner: bool = False) -> None:
        self.name = name
        self.thread = ThreadPoolExecutor(1, initializer=_connect_to, initargs=(name, as_owner))

    def run(self, what: Callable[..., T], *given: Any) -> T:
        return self.thread.submit(what, *given).result()

    def end(self) -> None:
        self.run(connections.close_all)
        self.thread.shutdown()


@contextmanager
def as_owner(at: At) -> Iterator[At]:
    """The same database, seen by the owner of its tables, whom no policy stops."""
    owner = At(at.name, as_owner=True)
    yield owner
    owner.end()


def _connect_to(name: str, as_owner: bool) -> None:
    """Point this thread's connections at a database, as the application or as the owner of its tables."""
    parts = conninfo_to_dict(owner_url() if as_owner else app_url())
    role = {"USER": parts.get("user", ""), "PASSWORD": parts.get("password", "")}
    for alias in ALIASES:
        connection = connections[alias]
        options = {key: value for key, value in connection.settings_dict["OPTIONS"].items() if key != "pool"}
        kept = {**role, "NAME": name, "OPTIONS": options, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": False}
        connection.settings_dict = {**connection.settings_dict, **kept}


def addresses_of(name: str) -> dict[str, str]:
    """The environment in which a program uses this database, as the application or as its owner."""
    return {"DATABASE_URL": _url(app_url(), name), "DATABASE_OWNER_URL": _url(owner_url(), name)}


def seed_into(name: str, cases: int, seed: int) -> None:
    """Seed a database of this name, in a process that is its owner's."""
    command = [
        sys.executable,
        "-m",
        "haven.project",
        "seed",
        "--cases",
        str(cases),
        "--seed",
        str(seed),
        "--verbosity",
        "0",
    ]
    subprocess.run(
        command, env={**os.environ, **addresses_of(name)}, cwd=CHECKOUT, check=True, stdout=subprocess.DEVNULL
    )


def _url(address: str, name: str) -> str:
    parts = {key: str(value) for key, value in conninfo_to_dict(address).items() if value is not None}
    return make_conninfo("", **{**parts, "dbname": name})
