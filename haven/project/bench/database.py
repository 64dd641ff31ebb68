"""A database of its own for each measurement: cloned from a migrated template, seeded by its owner, thrown away."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from haven.project.home import CHECKOUT
from haven.project.settings.databases import app_url, owner_url
from haven.project.testing.databases import clone_template, drop

ALIASES = ("default", "apart")


@contextmanager
def fresh_database(cases: int, seed: int) -> Iterator[dict[str, str]]:
    """A database with so many seeded cases, in use by this process until the block ends; its addresses."""
    before = connections.settings["default"]["NAME"]
    name = clone_template()
    urls = addresses_of(name)
    try:
        if cases:
            seed_into(name, cases, seed)
        _use(name)
        yield urls
    finally:
        _use(before)
        drop(name)


def _use(name: str) -> None:
    for alias in ALIASES:
        connection: Any = connections[alias]
        connection.close()
        if connection.settings_dict["OPTIONS"].get("pool"):
            connection.close_pool()
        connections.settings[alias]["NAME"] = name
        del connections[alias]


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
